//! The server with a certificate of its own, which is renewed while it runs.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use crate::process::{Server, Starting, command, eventually};

/// The two files of a test.
struct Files {
    certificate: PathBuf,
    key: PathBuf,
}

impl Files {
    fn new(name: &str) -> Self {
        let file = |kind| Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{kind}.pem"));
        Self { certificate: file("certificate"), key: file("key") }
    }

    /// Puts a fresh certificate for `localhost` into them.
    fn renew(&self) -> CertificateDer<'static> {
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        fs::write(&self.certificate, made.cert.pem()).unwrap();
        fs::write(&self.key, made.signing_key.serialize_pem()).unwrap();
        made.cert.der().clone()
    }

    fn served(&self) -> Server {
        Starting::run(
            command(&[])
                .env("REBOOKING_TLS_CERTIFICATE_FILE", &self.certificate)
                .env("REBOOKING_TLS_KEY_FILE", &self.key),
        )
        .up_at("listening on https://")
    }
}

/// What the server answers a caller who trusts this certificate alone; none where it shows another.
fn answer(server: &Server, trusted: &CertificateDer<'static>) -> Option<String> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut roots = RootCertStore::empty();
    roots.add(trusted.clone()).unwrap();
    let config = ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    let name = ServerName::try_from("localhost").unwrap();
    let tls = ClientConnection::new(Arc::new(config), name).unwrap();
    let mut stream = StreamOwned::new(tls, TcpStream::connect(&server.address).unwrap());
    let request = "GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    Some(answer)
}

#[test]
fn it_speaks_https_and_shows_a_renewed_certificate_when_it_is_told() {
    let files = Files::new("renewed");
    let first = files.renew();
    let mut server = files.served();
    let told = answer(&server, &first).unwrap();
    assert!(told.starts_with("HTTP/1.1 200 ") && told.contains("\r\nstrict-transport-"), "{told}");

    // Half of a renewal is none.
    fs::write(&files.key, rcgen::KeyPair::generate().unwrap().serialize_pem()).unwrap();
    server.signal("HUP");
    server.logged("the certificate before it is shown still");
    assert!(answer(&server, &first).is_some());

    let second = files.renew();
    server.signal("HUP");
    eventually(|| answer(&server, &second));
    assert_eq!(answer(&server, &first), None);
    server.signal("TERM");
    assert!(server.ended().success());
}
