//! The small server with a certificate of its own, over real connections.

use std::sync::Arc;
use std::time::Duration;

use rebooking_http::{Connections, ServerTls, TlsFault};
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use crate::api::Api;
use crate::serve::Server;

/// A certificate for `localhost`, signed by itself.
struct Certificate {
    pem: String,
    key: String,
    der: CertificateDer<'static>,
}

impl Certificate {
    fn new() -> Self {
        Self::until(2040)
    }

    fn until(year: i32) -> Self {
        // There is one for all of a process; a second one is refused.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut asked = rcgen::CertificateParams::new(["localhost".to_owned()]).unwrap();
        asked.not_after = rcgen::date_time_ymd(year, 12, 31);
        let key = rcgen::KeyPair::generate().unwrap();
        let made = asked.self_signed(&key).unwrap();
        Self { pem: made.pem(), key: key.serialize_pem(), der: made.der().clone() }
    }

    fn shown(&self) -> ServerTls {
        ServerTls::from_pem(self.pem.as_bytes(), self.key.as_bytes()).unwrap()
    }

    /// A caller who trusts this one and no other, and would speak the newer HTTP, too.
    async fn call(&self, server: &Server) -> std::io::Result<TlsStream<TcpStream>> {
        let mut roots = RootCertStore::empty();
        roots.add(self.der.clone()).unwrap();
        let mut config =
            ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        let name = ServerName::try_from("localhost").unwrap();
        TlsConnector::from(Arc::new(config)).connect(name, server.connect().await).await
    }
}

async fn serving(tls: &ServerTls) -> Server {
    let connections = Connections { tls: Some(tls.clone()), ..Connections::default() };
    Server::start(&Api::new(), connections).await
}

async fn answered(stream: &mut TlsStream<TcpStream>, request: &str) -> String {
    stream.write_all(format!("{request}\r\n\r\n").as_bytes()).await.unwrap();
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.unwrap());
    }
    String::from_utf8(head).unwrap()
}

const ALIVE: &str = "HEAD /healthz HTTP/1.1\r\nhost: localhost";

#[tokio::test]
async fn over_tls_it_speaks_http_1_and_has_callers_come_so_again() {
    let certificate = Certificate::new();
    let server = serving(&certificate.shown()).await;
    let mut stream = certificate.call(&server).await.unwrap();
    assert_eq!(stream.get_ref().1.alpn_protocol(), Some(&b"http/1.1"[..]));
    let hsts = "\r\nstrict-transport-security: max-age=31536000\r\n";
    // An answer of the service, one of the server, and one of what it stands on.
    for (request, status) in [
        (ALIVE, "200"),
        ("GET /healthz HTTP/1.1\r\nhost: a\r\nhost: b", "400"),
        ("GET /\u{7f} HTTP/1.1\r\nhost: localhost", "400"),
    ] {
        let mut stream = certificate.call(&server).await.unwrap();
        let answer = answered(&mut stream, request).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{answer}");
        assert_eq!(answer.matches(hsts).count(), 1, "{answer}");
    }
    let answer = answered(&mut stream, ALIVE).await;
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
}

#[tokio::test]
async fn who_comes_without_tls_is_told_nothing() {
    let server = serving(&Certificate::new().shown()).await;
    let mut stream = server.connect().await;
    stream.write_all(format!("{ALIVE}\r\n\r\n").as_bytes()).await.unwrap();
    let mut told = Vec::new();
    let read = timeout(Duration::from_secs(5), stream.read_to_end(&mut told)).await;
    drop(read.expect("it is closed"));
    assert!(!told.starts_with(b"HTTP"), "{told:?}");
}

#[tokio::test]
async fn a_renewed_certificate_is_shown_from_the_next_connection_on() {
    let (old, new) = (Certificate::new(), Certificate::until(2041));
    let tls = old.shown();
    let server = serving(&tls).await;
    let mut open = old.call(&server).await.unwrap();
    tls.renew(new.pem.as_bytes(), new.key.as_bytes()).unwrap();
    assert!(old.call(&server).await.is_err(), "it is not shown any more");
    let mut next = new.call(&server).await.unwrap();
    for stream in [&mut open, &mut next] {
        assert!(answered(stream, ALIVE).await.starts_with("HTTP/1.1 200 "));
    }
    assert_eq!(tls.expires_at().to_rfc3339(), "2041-12-31T00:00:00+00:00");
}

#[tokio::test]
async fn what_cannot_be_shown_is_told_and_the_certificate_before_it_stays() {
    let (old, other) = (Certificate::new(), Certificate::new());
    let tls = old.shown();
    let server = serving(&tls).await;
    for (pem, key, fault) in [
        (&old.pem, &other.key, TlsFault::Mismatch),
        (&old.key, &old.key, TlsFault::Certificate),
        (&old.pem, &old.pem, TlsFault::Key),
        (&String::new(), &old.key, TlsFault::Certificate),
        (&old.pem, &String::new(), TlsFault::Key),
    ] {
        assert_eq!(tls.renew(pem.as_bytes(), key.as_bytes()), Err(fault));
    }
    old.call(&server).await.unwrap();
}

#[tokio::test]
async fn a_caller_who_never_begins_with_tls_is_cut() {
    let connections = Connections {
        header_timeout: Duration::from_millis(200),
        tls: Some(Certificate::new().shown()),
        ..Connections::default()
    };
    let server = Server::start(&Api::new(), connections).await;
    let mut silent = server.connect().await;
    let end = timeout(Duration::from_secs(5), silent.read(&mut [0])).await.expect("it is cut");
    assert_eq!(end.unwrap(), 0);
}

#[tokio::test]
async fn a_caller_who_has_not_begun_keeps_no_server_from_its_end() {
    let certificate = Certificate::new();
    let server = serving(&certificate.shown()).await;
    let mut silent = server.connect().await;
    // Who is let in after it is answered, so it has been let in.
    let mut next = certificate.call(&server).await.unwrap();
    answered(&mut next, ALIVE).await;
    timeout(Duration::from_secs(5), server.stopped()).await.expect("it ends");
    assert!(matches!(silent.read(&mut [0]).await, Ok(0) | Err(_)));
}
