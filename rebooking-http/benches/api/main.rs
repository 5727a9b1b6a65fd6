//! How long an answer takes without any network, and how many a second there are beside a bare
//! server that answers as many bytes.
//!
//! `cargo bench -p rebooking-http`. Absolute numbers depend on the machine: compare lines of one
//! run.

#![allow(
    clippy::cast_precision_loss,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    missing_docs,
    reason = "a benchmark that cannot begin should say so"
)]

mod bare;
mod load;

use std::net::SocketAddr;

use bytes::Bytes;
use criterion::Criterion;
use http::{Request, header};
use http_body_util::{BodyExt as _, Full};
use load::Load;
use rebooking_core::ports::RebookingStore as _;
use rebooking_core::presentation::BaseUrl;
use rebooking_core::testing::{World, samples};
use rebooking_http::{
    Connections, HttpSettings, Rate, RateLimits, RebookingService, StaticTokens, service,
};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tower::ServiceExt as _;

/// As the example server has it. The bare server has it, too.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const CHOICE: &str = r#"{"selectedDateId":1,"customerEmail":"erika@example.com"}"#;

/// The service on the memory store, with so many declined bookings. The limits stay on, but nobody
/// meets them.
async fn prepared(bookings: usize) -> (RebookingService, Vec<String>) {
    let world = World::new();
    let mut links = Vec::new();
    for item in (0..).take(bookings) {
        links
            .push(world.declined(samples::booking_of(7_001 + item)).await.link.expose().to_owned());
    }
    // The date that everybody takes.
    let starts_at = samples::booking().slot.starts_at + chrono::TimeDelta::days(7);
    world.store.upsert_dates(&[samples::course_date(1, starts_at, 1_000_000)]).await.unwrap();
    let mut settings = HttpSettings::new(BaseUrl::default(), StaticTokens::default());
    let rate = Some(Rate::new(100_000_000, 100_000_000));
    settings.limits = RateLimits { per_address: rate, per_link: rate, ..RateLimits::default() };
    (service(world.rebookings.clone(), settings), links)
}

fn get(link: &str) -> Request<Full<Bytes>> {
    Request::get(link).header(header::USER_AGENT, "bench").body(Full::default()).unwrap()
}

fn post(link: &str) -> Request<Full<Bytes>> {
    Request::post(link)
        .header(header::CONTENT_TYPE, "application/json")
        .body(Full::from(CHOICE))
        .unwrap()
}

/// One answer, from the request to the last byte.
fn rendering(criterion: &mut Criterion, runtime: &Runtime) {
    let mut group = criterion.benchmark_group("answer");
    for (name, before, after, make) in [
        ("GET the dates as JSON", "/api/rebook/", "", get as fn(&str) -> Request<Full<Bytes>>),
        ("GET the page", "/rebook/", "", get),
        ("GET an unknown link", "/api/rebook/", "x", get),
        ("POST the same choice again", "/api/rebook/", "", post),
    ] {
        let (service, links) = runtime.block_on(prepared(1));
        let path = format!("{before}{}{after}", links[0]);
        group.bench_function(name, |bencher| {
            bencher.to_async(runtime).iter(|| {
                let (service, request) = (service.clone(), make(&path));
                async move {
                    service
                        .oneshot(request)
                        .await
                        .unwrap()
                        .into_body()
                        .collect()
                        .await
                        .unwrap()
                        .to_bytes()
                }
            });
        });
    }
    group.finish();
}

const READING: Load = Load { rounds: 9, a_round: 16_000 };
const CHOOSING: Load = Load { rounds: 9, a_round: 3_200 };

/// Beside a bare server: how much of its throughput is left. Every way that customers go, and what
/// it should reach.
fn throughput(runtime: &Runtime) {
    let (service, links) = runtime.block_on(prepared(CHOOSING.total() + 1));
    let ours = listen(runtime, move |listener| async move {
        Connections::default().serve(listener, service, std::future::pending()).await;
    });
    for (name, before, aim) in
        [("GET the dates as JSON", "/api/rebook/", 0.6), ("GET the page", "/rebook/", 0.4)]
    {
        let last = &links[CHOOSING.total()];
        let get =
            format!("GET {before}{last} HTTP/1.1\r\nhost: localhost\r\nuser-agent: bench\r\n\r\n");
        beside(runtime, ours, &format!("{name} (aim {aim})"), READING, &get, &|_| &get);
    }
    let posts: Vec<String> = links.iter().map(|link| choice(link)).collect();
    let again = posts[0].as_str();
    beside(
        runtime,
        ours,
        "POST a choice, each with a link of its own",
        CHOOSING,
        again,
        &|number| &posts[number],
    );
    beside(runtime, ours, "POST the same choice again", CHOOSING, again, &|_| again);
}

fn choice(link: &str) -> String {
    let length = CHOICE.len();
    format!(
        "POST /api/rebook/{link} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
         content-length: {length}\r\n\r\n{CHOICE}"
    )
}

/// `sample` is answered as long as the others.
fn beside(
    runtime: &Runtime,
    ours: SocketAddr,
    name: &str,
    load: Load,
    sample: &str,
    requests: load::Requests<'_>,
) {
    let length = load::length_of_answer(ours, sample);
    let bare = listen(runtime, move |listener| bare::serve(listener, length));
    let (ours, bare) = load.beside(ours, bare, requests);
    println!("{name}: {ours:.0}/s beside {bare:.0}/s of {length} bytes, ratio {:.2}", ours / bare);
}

fn listen<F: Future<Output = ()> + Send + 'static>(
    runtime: &Runtime,
    serve: impl FnOnce(TcpListener) -> F,
) -> SocketAddr {
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
