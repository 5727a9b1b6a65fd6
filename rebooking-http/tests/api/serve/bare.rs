//! What is refused before there is a request, or because nobody can tell for whom it is.

use std::time::Duration;

use rebooking_core::testing::World;
use rebooking_http::Connections;
use tokio::io::AsyncWriteExt as _;

use super::{Server, to_its_end};
use crate::api::Api;

/// Each of the headers that protect an answer.
const PROTECTIVE: [&str; 7] = [
    "cache-control: no-store",
    "content-security-policy: default-src 'none'",
    "referrer-policy: no-referrer",
    "x-content-type-options: nosniff",
    "x-robots-tag: noindex, nofollow",
    "cross-origin-opener-policy: same-origin",
    "permissions-policy: camera=()",
];

/// What comes back for these bytes until the connection is closed.
async fn raw(server: &Server, bytes: &[u8]) -> String {
    let mut stream = server.connect().await;
    stream.write_all(bytes).await.ok();
    to_its_end(&mut stream).await
}

#[track_caller]
fn is_refused(answer: &str, status: &str, what: &str) {
    assert_eq!(answer.split(' ').nth(1), Some(status), "{what}: {answer}");
    for header in PROTECTIVE {
        assert!(answer.contains(&format!("\r\n{header}")), "{what} lacks {header}: {answer}");
    }
    assert_eq!(answer.matches("\r\nreferrer-policy: ").count(), 1, "{what}: {answer}");
    assert_eq!(answer.matches("HTTP/1.").count(), 1, "{what}: {answer}");
}

#[tokio::test]
async fn what_is_no_request_is_refused_with_the_headers_of_every_answer() {
    let server = Server::start(&Api::new(), Connections::default()).await;
    let at = "host: localhost";
    let many = (0..150).fold(String::new(), |all, n| all + &format!("x-{n}: 1\r\n"));
    for (status, head) in [
        ("400", "nonsense".to_owned()),
        ("400", format!("GET /healthz HTTP/9.9\r\n{at}")),
        ("400", format!("GET /health<z HTTP/1.1\r\n{at}")),
        ("400", format!("GET /healthz HTTP/1.1\r\n{at}\r\nbad header: x")),
        ("400", format!("POST /sign-in HTTP/1.1\r\n{at}\r\ncontent-length: x")),
        ("400", format!("POST /sign-in HTTP/1.1\r\n{at}\r\ntransfer-encoding: gzip")),
        ("414", format!("GET /{} HTTP/1.1\r\n{at}", "x".repeat(66_000))),
        ("431", format!("GET /healthz HTTP/1.1\r\n{at}\r\n{many}x: 1")),
    ] {
        let answer = raw(&server, format!("{head}\r\n\r\n").as_bytes()).await;
        is_refused(&answer, status, &head.chars().take(60).collect::<String>());
    }
}

#[tokio::test]
async fn what_the_service_refuses_of_a_body_carries_them_as_well() {
    let api = Api::on(World::new(), |settings| settings.deadline = Duration::from_millis(300));
    let server = Server::start(&api, Connections::default()).await;
    let post = "POST /api/rebook/x HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\
                content-type: application/json\r\n";
    for (status, rest) in [
        ("400", "transfer-encoding: chunked\r\n\r\nnonsense\r\n".to_owned()),
        ("408", "content-length: 10\r\n\r\n".to_owned()),
        ("413", format!("content-length: 50000\r\n\r\n{}", "x".repeat(50_000))),
    ] {
        let answer = raw(&server, format!("{post}{rest}").as_bytes()).await;
        is_refused(&answer, status, &rest.chars().take(40).collect::<String>());
    }
}

#[tokio::test]
async fn a_request_says_once_for_which_host_it_is() {
    let server = Server::start(&Api::new(), Connections::default()).await;
    for head in [
        "GET /healthz HTTP/1.1\r\naccept: */*",
        "GET http://localhost/healthz HTTP/1.1",
        "GET /healthz HTTP/1.1\r\nhost: one.example\r\nhost: two.example",
        "GET /healthz HTTP/1.1\r\nhost: one.example\r\nhost: one.example",
        "GET /healthz HTTP/1.0\r\nhost: one.example\r\nhost: two.example",
        "GET /healthz HTTP/1.1\r\nhost: one.example, two.example",
        "GET /healthz HTTP/1.1\r\nhost: user@one.example",
        "GET /healthz HTTP/1.1\r\nhost: one.example/path",
    ] {
        let next = "GET /readyz HTTP/1.1\r\nhost: localhost\r\n\r\n";
        let answer = raw(&server, format!("{head}\r\n\r\n{next}").as_bytes()).await;
        is_refused(&answer, "400", head);
    }
    for head in [
        "GET /healthz HTTP/1.1\r\nhost: localhost:8080\r\nconnection: close",
        "GET /healthz HTTP/1.1\r\nhost: [::1]:8080\r\nconnection: close",
        "GET /healthz HTTP/1.1\r\nhost:\r\nconnection: close",
        "GET /healthz HTTP/1.0",
        "GET /healthz HTTP/1.0\r\nhost: localhost",
    ] {
        let answer = raw(&server, format!("{head}\r\n\r\n").as_bytes()).await;
        assert!(answer.split(' ').nth(1) == Some("200"), "{head}: {answer}");
    }
}

#[tokio::test]
async fn what_is_no_request_behind_one_that_is_gets_its_own_answer() {
    let server = Server::start(&Api::new(), Connections::default()).await;
    let asked = b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\nnonsense\r\n\r\n";
    let answers = raw(&server, asked).await;
    let second = answers.rfind("HTTP/1.1 ").unwrap();
    assert!(answers.starts_with("HTTP/1.1 200 OK\r\n"), "{answers}");
    is_refused(&answers[second..], "400", "the second");
}
