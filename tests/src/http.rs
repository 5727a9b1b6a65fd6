//! Requests without a browser: one a connection.

use std::io;
use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// Longer than any answer may take.
const PATIENCE: Duration = Duration::from_secs(40);

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Like 200.
    pub status: u16,
    /// Everything before the body.
    pub head: String,
    /// The body.
    pub body: String,
}

impl Answer {
    /// The body as JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }
}

/// Sends one request to `http://host:port` and reads the whole answer.
pub async fn call(
    base: &str,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Answer {
    let answer = try_call(base, method, path, headers, body).await;
    answer.unwrap_or_else(|error| panic!("{method} {path}: {error}"))
}

/// The same where nobody may be there to answer.
///
/// # Errors
/// There is no connection, or it ends before the answer does.
pub async fn try_call(
    base: &str,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> io::Result<Answer> {
    let host = base.strip_prefix("http://").unwrap();
    let exchange = async {
        let mut stream = TcpStream::connect(host).await?;
        stream.write_all(request(host, method, path, headers, body).as_bytes()).await?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).await?;
        io::Result::Ok(bytes)
    };
    let bytes = tokio::time::timeout(PATIENCE, exchange).await??;
    let said = String::from_utf8_lossy(&bytes);
    read(&said, method == "HEAD")
        .ok_or_else(|| io::Error::new(io::ErrorKind::UnexpectedEof, "no whole answer"))
}

/// A request as it goes over the line.
#[must_use]
pub fn request(
    host: &str,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> String {
    let more: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    format!(
        "{method} {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\nuser-agent: Mozilla/5.0 \
         test\r\nsec-fetch-mode: navigate\r\nsec-fetch-dest: document\r\n\
         rebooking-viewed-by: person\r\ncontent-length: {}\r\n{more}\r\n{body}",
        body.len()
    )
}

fn read(said: &str, head_alone: bool) -> Option<Answer> {
    let (head, body) = said.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    let is_whole = head_alone || length.is_none_or(|length| length.parse() == Ok(body.len()));
    is_whole.then(|| Answer { status, head: head.to_owned(), body: body.to_owned() })
}
