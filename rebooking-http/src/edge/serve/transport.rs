//! What connections speak below HTTP: TCP alone, or TLS.

use std::io;
use std::pin::Pin;

use tokio::net::TcpStream;
use tokio_io_timeout::TimeoutStream;
#[cfg(feature = "tls")]
use tokio_rustls::server::TlsStream;

use super::Connections;
#[cfg(feature = "tls")]
use crate::edge::tls::ServerTls;

/// A connection with the time-out of its writes.
pub(super) type TcpWithTimeout = Pin<Box<TimeoutStream<TcpStream>>>;

/// What a connection speaks below HTTP.
#[derive(Clone)]
pub(super) enum Transport {
    Plain,
    #[cfg(feature = "tls")]
    Tls(ServerTls),
}

#[cfg(feature = "tls")]
pub(super) type ServerStream =
    tokio_util::either::Either<TcpWithTimeout, Box<TlsStream<TcpWithTimeout>>>;
#[cfg(not(feature = "tls"))]
pub(super) type ServerStream = TcpWithTimeout;

impl Transport {
    #[cfg(feature = "tls")]
    pub(super) fn new(connections: &Connections) -> Self {
        connections.tls.clone().map_or(Self::Plain, Self::Tls)
    }

    #[cfg(not(feature = "tls"))]
    pub(super) const fn new(_: &Connections) -> Self {
        Self::Plain
    }

    pub(super) const fn is_tls(&self) -> bool {
        match self {
            Self::Plain => false,
            #[cfg(feature = "tls")]
            Self::Tls(_) => true,
        }
    }

    #[cfg(feature = "tls")]
    pub(super) async fn accept(self, stream: TcpWithTimeout) -> io::Result<ServerStream> {
        Ok(match self {
            Self::Plain => ServerStream::Left(stream),
            Self::Tls(tls) => ServerStream::Right(Box::new(tls.acceptor().accept(stream).await?)),
        })
    }

    #[cfg(not(feature = "tls"))]
    pub(super) async fn accept(self, stream: TcpWithTimeout) -> io::Result<ServerStream> {
        Ok(stream)
    }
}
