//! The small server, over real connections.

mod bare;

use std::net::SocketAddr;
use std::time::Duration;

use rebooking_core::testing::Trouble;
use rebooking_http::Connections;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::api::{Api, page};

pub(crate) struct Server {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<()>,
}

impl Server {
    pub(crate) async fn start(api: &Api, connections: Connections) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel();
        let service = api.service.clone();
        let serving = tokio::spawn(async move {
            connections.serve(listener, service, async { drop(stopped.await) }).await;
        });
        Self { address, stop, serving }
    }

    pub(crate) async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }

    /// Tells it to stop, and waits for its end.
    pub(crate) async fn stopped(self) {
        self.stop.send(()).unwrap();
        self.serving.await.unwrap();
    }
}

/// All that comes until the other side closes; fails when it does not within five seconds.
async fn to_its_end(stream: &mut TcpStream) -> String {
    let mut text = String::new();
    timeout(Duration::from_secs(5), stream.read_to_string(&mut text))
        .await
        .expect("it is closed")
        .unwrap();
    text
}

async fn ask(stream: &mut TcpStream, head: &str) {
    stream.write_all(format!("{head}\r\nhost: localhost\r\n\r\n").as_bytes()).await.unwrap();
}

fn impatient() -> Connections {
    Connections { header_timeout: Duration::from_millis(200), ..Connections::default() }
}

#[tokio::test]
async fn a_request_is_answered() {
    let server = Server::start(&Api::new(), Connections::default()).await;
    let mut stream = server.connect().await;
    ask(&mut stream, "GET /healthz HTTP/1.1\r\nconnection: close").await;
    let answer = to_its_end(&mut stream).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(
        answer.trim_end().ends_with(r#"{"success":true,"data":{"status":"alive"}}"#),
        "{answer}"
    );
}

#[tokio::test]
async fn head_has_the_length_and_no_body() {
    let server = Server::start(&Api::new(), Connections::default()).await;
    for path in ["/healthz", "/nothing"] {
        let mut stream = server.connect().await;
        ask(&mut stream, &format!("HEAD {path} HTTP/1.1\r\nconnection: close")).await;
        let answer = to_its_end(&mut stream).await;
        assert!(
            answer.contains("content-length: ") && !answer.contains("content-length: 0"),
            "{answer}"
        );
        assert!(answer.ends_with("\r\n\r\n"), "{answer}");
    }
}

#[tokio::test]
async fn a_connection_that_says_nothing_or_never_ends_its_head_is_cut() {
    let server = Server::start(&Api::new(), impatient()).await;
    let mut silent = server.connect().await;
    assert_eq!(to_its_end(&mut silent).await, "");
    let mut slow = server.connect().await;
    slow.write_all(b"GET /healthz HTTP/1.1\r\nhost: ").await.unwrap();
    to_its_end(&mut slow).await;
}

#[tokio::test]
async fn a_caller_who_reads_nothing_is_cut_and_holds_no_seat() {
    let one = Connections {
        write_timeout: Duration::from_millis(200),
        at_once: 1,
        ..Connections::default()
    };
    let server = Server::start(&Api::new(), one).await;
    let mut deaf = server.connect().await;
    let asks = b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n".repeat(10_000);
    // Asks on and on until nobody takes it any more, and then until the connection is gone.
    let cut =
        timeout(Duration::from_secs(30), async { while deaf.write_all(&asks).await.is_ok() {} })
            .await;
    assert!(cut.is_ok(), "it is cut");
    let mut next = server.connect().await;
    ask(&mut next, "GET /healthz HTTP/1.1\r\nconnection: close").await;
    assert!(to_its_end(&mut next).await.starts_with("HTTP/1.1 200 OK"));
}

#[tokio::test]
async fn a_body_that_never_ends_is_answered_in_time() {
    let api = Api::on(rebooking_core::testing::World::new(), |settings| {
        settings.deadline = Duration::from_millis(300)
    });
    let server = Server::start(&api, Connections::default()).await;
    let mut stream = server.connect().await;
    let head = "POST /api/rebook/x HTTP/1.1\r\nconnection: close\r\ncontent-length: \
                10\r\ncontent-type: application/json";
    ask(&mut stream, head).await;
    let answer = to_its_end(&mut stream).await;
    assert!(answer.starts_with("HTTP/1.1 408 Request Timeout\r\n"), "{answer}");
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused_before_it_has_come() {
    let server = Server::start(&Api::new(), Connections::default()).await;
    let mut stream = server.connect().await;
    ask(&mut stream, "POST /api/rebook/x HTTP/1.1\r\nconnection: close\r\ncontent-length: 1000000")
        .await;
    stream.write_all(&[b' '; 17 * 1024]).await.unwrap();
    let mut answer = vec![0; 64];
    let read = timeout(Duration::from_secs(5), stream.read(&mut answer)).await.unwrap().unwrap();
    let answer = String::from_utf8_lossy(&answer[..read]).into_owned();
    assert!(answer.starts_with("HTTP/1.1 413 Payload Too Large\r\n"), "{answer}");
}

#[tokio::test]
async fn one_connection_too_many_waits_until_another_is_closed() {
    let server =
        Server::start(&Api::new(), Connections { at_once: 1, ..Connections::default() }).await;
    let mut first = server.connect().await;
    ask(&mut first, "GET /healthz HTTP/1.1").await;
    let mut byte = [0];
    first.read_exact(&mut byte).await.unwrap();
    let mut second = server.connect().await;
    ask(&mut second, "GET /healthz HTTP/1.1").await;
    assert!(timeout(Duration::from_millis(200), second.read_exact(&mut byte)).await.is_err());
    drop(first);
    timeout(Duration::from_secs(5), second.read_exact(&mut byte)).await.unwrap().unwrap();
}

#[tokio::test]
async fn one_address_cannot_take_every_connection() {
    let two = Connections { per_address: 2, ..Connections::default() };
    let proxy = Connections { uncounted: vec!["127.0.0.0/8".parse().unwrap()], ..two.clone() };
    for (connections, third_is_served) in [(two, false), (proxy, true)] {
        let server = Server::start(&Api::new(), connections).await;
        let mut held = Vec::new();
        for _ in 0..2 {
            let mut stream = server.connect().await;
            ask(&mut stream, "GET /healthz HTTP/1.1").await;
            stream.read_exact(&mut [0; 12]).await.unwrap();
            held.push(stream);
        }
        let mut third = server.connect().await;
        third
            .write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")
            .await
            .ok();
        let mut answer = Vec::new();
        // What is closed at once may also be reset.
        timeout(Duration::from_secs(5), third.read_to_end(&mut answer))
            .await
            .expect("it is ended")
            .ok();
        assert_eq!(answer.starts_with(b"HTTP/1.1 200"), third_is_served);
        drop(held);
        // A place that was given back is given again; the server learns of it a moment later.
        let again = async {
            loop {
                let mut stream = server.connect().await;
                stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n").await.ok();
                if stream.read_exact(&mut [0; 12]).await.is_ok() {
                    break;
                }
            }
        };
        timeout(Duration::from_secs(5), again).await.expect("there is a place again");
    }
}

#[tokio::test]
async fn told_to_stop_it_ends_idle_connections_and_finishes_what_is_under_way() {
    let api = Api::new();
    let declined = api.declined().await;
    api.world.store.every_call(Some(Trouble::GiveWay));
    let server = Server::start(&api, Connections::default()).await;
    let (mut idle, mut busy) = (server.connect().await, server.connect().await);
    ask(&mut idle, "GET /healthz HTTP/1.1").await;
    idle.read_exact(&mut [0; 12]).await.unwrap();
    let body = r#"{"selectedDateId":1,"customerEmail":"erika@example.com"}"#;
    let (path, length) = (page(&declined), body.len());
    // The head is in and the body is still to come when the server is told to stop.
    let head = format!(
        "POST {path} HTTP/1.1\r\ncontent-type: application/json\r\ncontent-length: {length}"
    );
    ask(&mut busy, &head).await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    server.stop.send(()).unwrap();
    to_its_end(&mut idle).await;
    busy.write_all(body.as_bytes()).await.unwrap();
    let answer = to_its_end(&mut busy).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    timeout(Duration::from_secs(5), server.serving).await.unwrap().unwrap();
    api.service.idle().await;
}

#[tokio::test]
async fn a_connection_that_will_not_end_is_left_after_the_time_to_drain() {
    let api = Api::new();
    let server = Server::start(
        &api,
        Connections { drain: Duration::from_millis(100), ..Connections::default() },
    )
    .await;
    let mut stuck = server.connect().await;
    stuck.write_all(b"GET /healthz HTTP/1.1\r\nhost: ").await.unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    server.stop.send(()).unwrap();
    timeout(Duration::from_secs(5), server.serving).await.unwrap().unwrap();
}
