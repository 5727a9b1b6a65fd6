//! What is refused before there is a request to hand on: the HTTP of a connection answers it by
//! itself, with a status and nothing else. Here such an answer gets the headers of every other.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use http::header::{CONNECTION, HeaderValue};
use http::{Response, StatusCode};
use http_body_util::Empty;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use crate::edge::headers::{OVER_TLS, PROTECTIVE};

/// For a request whose host is unclear: the connection ends with it, as what follows may be meant
/// for somebody else.
pub(super) fn refused<D: bytes::Buf>() -> Response<Empty<D>> {
    let mut answer = Response::new(Empty::new());
    *answer.status_mut() = StatusCode::BAD_REQUEST;
    answer.headers_mut().extend(PROTECTIVE.clone());
    answer.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    answer
}

/// A connection that completes the bare answers which are written to it.
pub(super) struct Completing<I> {
    io: I,
    over_tls: bool,
    /// A completed answer, as far as it is still to be written.
    completed: Vec<u8>,
}

impl<I> Completing<I> {
    pub(super) const fn new(io: I, over_tls: bool) -> Self {
        Self { io, over_tls, completed: Vec::new() }
    }
}

/// Where a bare answer begins that ends with these bytes: one of the statuses that no request
/// leads to, with no header but these.
fn bare(bytes: &[u8]) -> Option<usize> {
    const MAX_LEN: usize = 200;
    const STATUS: [&str; 3] = ["400 ", "414 ", "431 "];
    const HEADERS: [&str; 3] = ["content-length: 0", "connection: close", "date: "];
    let head = bytes.strip_suffix(b"\r\n\r\n")?;
    let tail = head.get(head.len().saturating_sub(MAX_LEN)..)?;
    let begins = tail.windows(7).rposition(|part| part == b"HTTP/1.")?;
    let mut lines = std::str::from_utf8(tail.get(begins..)?).ok()?.split("\r\n");
    let (_, status) = lines.next()?.split_once(' ')?;
    let is_bare = STATUS.iter().any(|one| status.starts_with(one))
        && lines.all(|line| HEADERS.iter().any(|header| line.starts_with(header)));
    is_bare.then_some(head.len() - tail.len() + begins)
}

/// The same answer with the headers of every other.
fn complete(bare: &[u8], over_tls: bool) -> Vec<u8> {
    let mut answer = bare.strip_suffix(b"\r\n").unwrap_or(bare).to_vec();
    let (name, value) = OVER_TLS;
    let over_tls = over_tls.then_some((&name, &value));
    for (name, value) in PROTECTIVE.iter().chain(over_tls) {
        for part in [name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"] {
            answer.extend_from_slice(part);
        }
    }
    answer.extend_from_slice(b"\r\n");
    answer
}

impl<I: AsyncWrite + Unpin> Completing<I> {
    fn poll_completed(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        while !self.completed.is_empty() {
            let written = ready!(Pin::new(&mut self.io).poll_write(cx, &self.completed))?;
            if written == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            self.completed.drain(..written);
        }
        Poll::Ready(Ok(()))
    }
}

impl<I: AsyncRead + Unpin> AsyncRead for Completing<I> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_read(cx, into)
    }
}

impl<I: AsyncWrite + Unpin> AsyncWrite for Completing<I> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        ready!(self.poll_completed(cx))?;
        match bare(bytes).map(|begins| bytes.split_at(begins)) {
            Some(([], bare)) => {
                self.completed = complete(bare, self.over_tls);
                Poll::Ready(Ok(bytes.len()))
            }
            // What comes before it goes first.
            Some((before, _)) => Pin::new(&mut self.io).poll_write(cx, before),
            None => Pin::new(&mut self.io).poll_write(cx, bytes),
        }
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        // A bare answer is one part, and the last one.
        let Some((last, before)) = parts.split_last().filter(|(last, _)| bare(last).is_some())
        else {
            ready!(self.poll_completed(cx))?;
            return Pin::new(&mut self.io).poll_write_vectored(cx, parts);
        };
        match before.iter().find(|part| !part.is_empty()) {
            Some(first) => self.poll_write(cx, first),
            None => self.poll_write(cx, last),
        }
    }

    fn is_write_vectored(&self) -> bool {
        self.io.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.poll_completed(cx))?;
        Pin::new(&mut self.io).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.poll_completed(cx))?;
        Pin::new(&mut self.io).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::AsyncWriteExt as _;

    use super::*;

    const DATE: &str = "date: Sun, 29 Nov 2026 12:00:00 GMT\r\n\r\n";

    async fn written(parts: &[&str]) -> String {
        let mut written = Vec::new();
        let mut connection = Completing::new(&mut written, false);
        for part in parts {
            connection.write_all(part.as_bytes()).await.unwrap();
        }
        connection.shutdown().await.unwrap();
        String::from_utf8(written).unwrap()
    }

    #[tokio::test]
    async fn a_bare_answer_is_completed_also_behind_another_one() {
        let before = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";
        let bare = format!("HTTP/1.1 400 Bad Request\r\nconnection: close\r\n{DATE}");
        for parts in [&[before, &bare][..], &[&format!("{before}{bare}")]] {
            let written = written(parts).await;
            let (kept, completed) = written.split_at(before.len());
            assert_eq!(kept, before);
            assert!(completed.contains("\r\nreferrer-policy: no-referrer\r\n"), "{completed}");
            assert!(completed.ends_with("\r\n\r\n"), "{completed}");
            assert_eq!(completed.matches("\r\n\r\n").count(), 1, "{completed}");
        }
    }

    #[tokio::test]
    async fn what_says_more_or_is_no_refusal_goes_as_it_is() {
        for other in [
            &format!("HTTP/1.1 204 No Content\r\n{DATE}"),
            &format!("HTTP/1.1 400 Bad Request\r\nx-request-id: 1\r\n{DATE}"),
            "HTTP/1.1 100 Continue\r\n\r\n",
            "HTTP/1.1 400 Bad Request\r\n",
            "\r\n\r\n",
            "HTTP/1.1 400 is what it says\r\n\r\n and more",
        ] {
            assert_eq!(written(&[other]).await, other);
        }
    }
}
