//! Callers who want to hold the server up: each is ended within its limit, while everybody else is
//! served.

use std::time::Duration;

use rebooking_core::testing::World;
use rebooking_http::Connections;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout};

use crate::api::{Api, page};
use crate::serve::Server;

const POST: &str =
    "POST /api/rebook/x HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n";

const HEAD: Duration = Duration::from_millis(400);
const WHOLE: Duration = Duration::from_millis(600);

/// A server with short limits: [`HEAD`] for a head, [`WHOLE`] for a request.
async fn server(api: &Api) -> Server {
    let short = Connections { header_timeout: HEAD, ..Connections::default() };
    Server::start(api, short).await
}

fn short_deadline() -> Api {
    Api::on(World::new(), |settings| settings.deadline = WHOLE)
}

/// How an attack ended.
struct Ended {
    said: String,
    after: Duration,
}

impl Ended {
    /// Not before the limit: it was the limit that ended it. That it was ended at all is bounded by
    /// [`drip`], with room for a slow machine, and far below what it would take if there were no
    /// limit.
    #[track_caller]
    fn by(&self, limit: Duration) -> &str {
        assert!(self.after >= limit, "after {:?}: {}", self.after, self.said);
        &self.said
    }
}

/// Sends a beginning, and then the same piece again and again until the server ends it. All the
/// while others are served.
async fn drip(server: &Server, begin: &str, piece: &str, pause: Duration) -> Ended {
    let mut stream = server.connect().await;
    let (mut read, mut write) = stream.split();
    let sending = async {
        write.write_all(begin.as_bytes()).await.ok();
        while write.write_all(piece.as_bytes()).await.is_ok() {
            tokio::time::sleep(pause).await;
        }
        std::future::pending::<()>().await;
    };
    let reading = async {
        let mut said = Vec::new();
        // A connection that is reset has ended, too.
        read.read_to_end(&mut said).await.ok();
        String::from_utf8_lossy(&said).into_owned()
    };
    let begun = Instant::now();
    let ended = async {
        let said = tokio::select! {
            said = reading => said,
            () = sending => String::new(),
        };
        Ended { said, after: begun.elapsed() }
    };
    let (ended, ()) =
        tokio::join!(timeout(Duration::from_secs(10), ended), others_are_served(server));
    ended.expect("it is ended")
}

/// Somebody who asks as everybody does is answered.
async fn others_are_served(server: &Server) {
    let asking = async {
        let mut stream = server.connect().await;
        let get = "GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
        stream.write_all(get.as_bytes()).await.unwrap();
        let mut said = String::new();
        stream.read_to_string(&mut said).await.unwrap();
        assert_eq!(status(&said), "200", "{said}");
    };
    timeout(Duration::from_secs(5), asking).await.expect("others are served");
}

/// The status of an answer, or nothing where the connection was closed without one.
fn status(said: &str) -> &str {
    said.split(' ').nth(1).unwrap_or_default()
}

#[tokio::test]
async fn a_head_that_comes_letter_by_letter_is_cut() {
    let server = server(&short_deadline()).await;
    let ended = drip(&server, "GET /healthz HTTP/1.1\r\nx: ", "y", Duration::from_millis(50)).await;
    assert!(matches!(status(ended.by(HEAD)), "" | "408"), "{}", ended.said);
}

#[tokio::test]
async fn a_silent_connection_is_cut() {
    let server = server(&short_deadline()).await;
    let ended = drip(&server, "", "", Duration::from_millis(50)).await;
    assert_eq!(ended.by(HEAD), "");
}

#[tokio::test]
async fn a_body_that_comes_letter_by_letter_is_refused_at_the_deadline() {
    let server = server(&short_deadline()).await;
    let begin = format!("{POST}content-length: 10000\r\n\r\n");
    let ended = drip(&server, &begin, " ", Duration::from_millis(50)).await;
    assert_eq!(status(ended.by(WHOLE)), "408", "{}", ended.said);
}

#[tokio::test]
async fn chunks_without_end_are_refused_once_they_are_too_long() {
    let server = server(&short_deadline()).await;
    let begin = format!("{POST}transfer-encoding: chunked\r\n\r\n");
    let chunk = format!("400\r\n{}\r\n", " ".repeat(1024));
    let said = drip(&server, &begin, &chunk, Duration::from_millis(1)).await.said;
    assert!(matches!(status(&said), "413" | ""), "{said}");
    let slowly = drip(&server, &begin, "1\r\n \r\n", Duration::from_millis(50)).await;
    assert_eq!(status(slowly.by(WHOLE)), "408", "{}", slowly.said);
}

#[tokio::test]
async fn ten_megabytes_are_refused_before_they_come() {
    let server = server(&short_deadline()).await;
    let begin = format!("{POST}content-length: 10485760\r\n\r\n");
    let said = drip(&server, &begin, "", Duration::from_millis(50)).await.said;
    assert_eq!(status(&said), "413", "{said}");
    let sent = drip(&server, &begin, &" ".repeat(65_536), Duration::from_millis(1)).await.said;
    assert!(matches!(status(&sent), "413" | ""), "{sent}");
}

#[tokio::test]
async fn a_head_that_is_too_large_is_refused() {
    let server = server(&short_deadline()).await;
    let many = (0..200).map(|n| format!("x-{n}: y\r\n")).collect::<String>();
    let long = "x".repeat(64 * 1024);
    for (head, refused) in [
        (format!("GET /healthz HTTP/1.1\r\nhost: localhost\r\n{many}\r\n"), &["431"][..]),
        (format!("GET /api/rebook/{long} HTTP/1.1\r\nhost: localhost\r\n\r\n"), &["414", "431"]),
        (
            format!(
                "GET /healthz HTTP/1.1\r\nhost: localhost\r\nx: {}\r\n\r\n",
                "y".repeat(600 * 1024)
            ),
            &["431", ""],
        ),
    ] {
        let said = drip(&server, &head, "", Duration::from_millis(50)).await.said;
        assert!(refused.contains(&status(&said)), "{said}");
    }
}

#[tokio::test]
async fn lengths_that_contradict_each_other_are_refused() {
    let server = server(&short_deadline()).await;
    for lengths in [
        "content-length: 5\r\ncontent-length: 6\r\n",
        "content-length: 5, 6\r\n",
        "content-length: -1\r\n",
        "content-length: 5\r\ntransfer-encoding: identity\r\n",
        "transfer-encoding: gzip\r\n",
    ] {
        // What would be a request of its own if the lengths were read in another way than a proxy
        // reads them.
        let smuggled = "0\r\n\r\nGET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n";
        let said =
            drip(&server, &format!("{POST}{lengths}\r\n{smuggled}"), "", Duration::from_millis(50))
                .await
                .said;
        assert_eq!(status(&said), "400", "{lengths}: {said}");
        assert_eq!(said.matches("HTTP/1.1 ").count(), 1, "{lengths}: {said}");
    }
    // Both at once: the chunks count (RFC 9112, 6.3), and the connection ends with the answer.
    let both = format!("{POST}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n");
    let said = drip(&server, &both, "", Duration::from_millis(50)).await.said;
    assert!(status(&said).starts_with('4'), "{said}");
}

#[tokio::test]
async fn all_of_them_at_once_keep_nobody_else_waiting() {
    let api = short_deadline();
    let declined = api.declined().await;
    let server = server(&api).await;
    let endless = format!("{POST}transfer-encoding: chunked\r\n\r\n");
    let slow = format!("{POST}content-length: 10000\r\n\r\n");
    let begins = ["", "GET /", &endless, &slow, "GET / HTTP/1.1\r\nx: "];
    let mut held: Vec<TcpStream> = Vec::new();
    for begin in begins.iter().cycle().take(100) {
        let mut stream = server.connect().await;
        stream.write_all(begin.as_bytes()).await.unwrap();
        held.push(stream);
    }
    let get =
        format!("GET {} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n", page(&declined));
    for _ in 0..10 {
        let said = drip(&server, &get, "", Duration::from_millis(50)).await.said;
        assert_eq!(status(&said), "200", "{said}");
    }
}
