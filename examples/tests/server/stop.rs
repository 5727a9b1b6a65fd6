//! How the server ends: at a signal to stop it carries through what it has begun; after a crash
//! nothing is lost.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use crate::PARTNER;
use crate::process::{Server, eventually};

#[test]
fn a_request_under_way_is_answered_after_the_signal_to_stop_and_then_the_server_ends_well() {
    for signal in ["TERM", "INT"] {
        let mut server = Server::start();
        let body = r#"{"reason":"Rohrbruch"}"#;
        let mut stream = server.connect();
        let head = format!(
            "POST /api/partner/confirmations/1/decline HTTP/1.1\r\nhost: {}\r\nauthorization: \
             Bearer {PARTNER}\r\n\
             content-type: application/json\r\ncontent-length: {}\r\nexpect: 100-continue\r\n\r\n",
            server.address,
            body.len()
        );
        stream.write_all(head.as_bytes()).unwrap();
        let mut begun = [0; 25];
        stream.read_exact(&mut begun).unwrap();
        assert_eq!(&begun, b"HTTP/1.1 100 Continue\r\n\r\n", "the request is under way");

        server.signal(signal);
        eventually(|| TcpStream::connect(&server.address).is_err().then_some(()));
        stream.write_all(body.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200 "), "{signal}: {answer}");
        assert!(server.ended().success(), "{signal}");
    }
}
