//! HTTP/1.1 over a socket that is kept: as much of it as a load needs.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// The connections to one server, as many as there are clients.
#[derive(Clone)]
pub struct Http {
    address: Arc<str>,
    idle: Arc<Mutex<Vec<TcpStream>>>,
}

impl Http {
    pub fn to(address: &str) -> Self {
        Self { address: address.into(), idle: Arc::default() }
    }

    pub async fn get(&self, path: &str) -> (u16, String) {
        self.call(&format!("GET {path} HTTP/1.1\r\nhost: bench\r\nuser-agent: curl/8\r\n\r\n"))
            .await
    }

    pub async fn post(&self, path: &str, more: &str, body: &str) -> (u16, String) {
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: bench\r\nuser-agent: curl/8\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n{more}\r\n",
            body.len()
        );
        self.call(&(head + body)).await
    }

    /// Sends a request and reads its whole answer. A connection that was closed while it was idle
    /// is replaced: the server closes one that says nothing for a while.
    async fn call(&self, request: &str) -> (u16, String) {
        let kept = self.idle.lock().unwrap().pop();
        if let Some(stream) = kept
            && let Some(answer) = self.ask(stream, request).await
        {
            return answer;
        }
        let stream = TcpStream::connect(&*self.address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        self.ask(stream, request).await.expect("the server answers")
    }

    /// None where the connection was closed already.
    async fn ask(&self, mut stream: TcpStream, request: &str) -> Option<(u16, String)> {
        stream.write_all(request.as_bytes()).await.ok()?;
        let (mut bytes, mut read) = (Vec::with_capacity(4096), [0; 8192]);
        loop {
            let count = stream.read(&mut read).await.unwrap_or(0);
            if count == 0 && bytes.is_empty() {
                return None;
            }
            assert!(count > 0, "the server has hung up");
            bytes.extend_from_slice(&read[..count]);
            if let Some(answer) = whole(&bytes) {
                self.idle.lock().unwrap().push(stream);
                return Some(answer);
            }
        }
    }
}

/// Status and body, once all of it is there.
fn whole(bytes: &[u8]) -> Option<(u16, String)> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&bytes[..end]).unwrap();
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().unwrap())
    });
    let body = bytes.get(end + 4..end + 4 + length.expect("a length"))?;
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
    Some((status.expect("a status"), String::from_utf8_lossy(body).into_owned()))
}
