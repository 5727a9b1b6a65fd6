//! A stream between the SMTP client and the socket, encrypted or not. It works around two habits of
//! servers that the client takes for a broken connection.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use lettre::transport::smtp::client::AsyncTokioStream;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// A stream on which every reply is ASCII, and on which QUIT is not waited for.
///
/// Servers reply in the encoding of their country, and the client rejects a reply that is not
/// UTF-8; only code and keywords matter to us, and those are ASCII. After an error the client sends
/// QUIT and waits: a server that does not reply would turn the error into a timeout.
#[derive(Debug)]
pub(super) struct AsciiStream<S> {
    stream: S,
    peer: SocketAddr,
    /// Read before anything from the stream.
    first: &'static [u8],
    leaving: bool,
}

impl<S> AsciiStream<S> {
    pub(super) const fn new(stream: S, peer: SocketAddr, first: &'static [u8]) -> Self {
        Self { stream, peer, first, leaving: false }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for AsciiStream<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.leaving {
            return Poll::Ready(Ok(()));
        }
        if !self.first.is_empty() {
            let (now, later) = self.first.split_at(self.first.len().min(buffer.remaining()));
            buffer.put_slice(now);
            self.first = later;
            return Poll::Ready(Ok(()));
        }
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.stream).poll_read(context, buffer))?;
        for byte in buffer.filled_mut().iter_mut().skip(before).filter(|byte| !byte.is_ascii()) {
            *byte = b'?';
        }
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for AsciiStream<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        // A mail ends with the boundary of its parts, so no rest of one is this.
        if bytes == b"QUIT\r\n" {
            self.leaving = true;
        }
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

impl<S> AsyncTokioStream for AsciiStream<S>
where
    S: AsyncRead + AsyncWrite + Send + Sync + Unpin + std::fmt::Debug,
{
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.peer)
    }
}
