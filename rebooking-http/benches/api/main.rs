//! How long an answer takes without any network, and how many a second there are beside a bare server that answers as many bytes.
//!
//! `cargo bench -p rebooking-http`. Absolute numbers depend on the machine: compare lines of one run.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    missing_docs,
    reason = "a benchmark that cannot begin should say so"
)]

mod bare;
mod load;

use bytes::Bytes;
use criterion::Criterion;
use http::{Request, header};
use http_body_util::{BodyExt as _, Full};
use rebooking_core::link::BaseAddress;
use rebooking_core::testing::World;
use rebooking_core::testing::world::DeclinedBooking;
use rebooking_http::{Connections, HttpSettings, Rate, RateLimits, RebookingService, StaticTokens, service};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tower::ServiceExt as _;

const CHOICE: &str = r#"{"selectedDateId":1,"customerEmail":"erika@example.com"}"#;

/// The service on the memory store, with a declined booking. The limits stay on, but nobody meets them.
async fn prepared() -> (RebookingService, DeclinedBooking) {
    let world = World::new();
    let declined = world.declined_booking().await;
    world.deliver_all().await.unwrap();
    let mut settings = HttpSettings::new(BaseAddress::default(), StaticTokens::default());
    let rate = Some(Rate::new(100_000_000, 100_000_000));
    settings.limits = RateLimits { per_address: rate, per_link: rate, ..RateLimits::default() };
    (service(world.rebookings.clone(), settings), declined)
}

fn get(link: &str) -> Request<Full<Bytes>> {
    Request::get(link).header(header::USER_AGENT, "bench").body(Full::default()).unwrap()
}

fn post(link: &str) -> Request<Full<Bytes>> {
    Request::post(link).header(header::CONTENT_TYPE, "application/json").body(Full::from(CHOICE)).unwrap()
}

/// One answer, from the request to the last byte.
fn rendering(criterion: &mut Criterion, runtime: &Runtime) {
    let mut group = criterion.benchmark_group("answer");
    for (name, path, make) in [
        ("GET the dates as JSON", "", get as fn(&str) -> Request<Full<Bytes>>),
        ("GET an unknown link", "x", get),
        ("POST the same choice again", "", post),
    ] {
        let (service, declined) = runtime.block_on(prepared());
        let path = format!("/api/rebook/{}{path}", declined.link.expose());
        group.bench_function(name, |bencher| {
            bencher.to_async(runtime).iter(|| {
                let (service, request) = (service.clone(), make(&path));
                async move {
                    service.oneshot(request).await.unwrap().into_body().collect().await.unwrap().to_bytes()
                }
            });
        });
    }
    group.finish();
}

/// Beside a bare server: how much of its throughput is left.
fn throughput(runtime: &Runtime) {
    let (service, declined) = runtime.block_on(prepared());
    let path = format!("/api/rebook/{}", declined.link.expose());
    let ours = listen(runtime, move |listener| async move {
        Connections::default().serve(listener, service, std::future::pending()).await;
    });
    let get = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nuser-agent: bench\r\n\r\n");
    let length = CHOICE.len();
    let post = format!(
        "POST {path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{CHOICE}"
    );
    // Every way that customers go, and what it should reach of the bare server's throughput. A page is one more line here.
    for (name, request, aim) in
        [("GET the dates as JSON", get, Some(0.6)), ("POST the same choice again", post, None)]
    {
        let length = load::length_of_answer(ours, &request);
        let bare = listen(runtime, move |listener| bare::serve(listener, length));
        let (ours, bare) = load::beside(ours, bare, &request);
        let aim = aim.map(|aim: f64| format!(" (aim {aim})")).unwrap_or_default();
        println!("{name}: {ours:.0}/s beside {bare:.0}/s, ratio {:.2}{aim}", ours / bare);
    }
}

fn listen<F: Future<Output = ()> + Send + 'static>(
    runtime: &Runtime,
    serve: impl FnOnce(TcpListener) -> F,
) -> std::net::SocketAddr {
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
    let address = listener.local_addr().unwrap();
    runtime.spawn(serve(listener));
    address
}

fn main() {
    let runtime = Runtime::new().unwrap();
    let mut criterion = Criterion::default().configure_from_args();
    rendering(&mut criterion, &runtime);
    criterion.final_summary();
    throughput(&runtime);
}
