//! A small server: connections with limits, each served by the same service, until it is told to
//! stop.
//!
//! It speaks HTTP/1 and nothing else, which is what proxies speak to it. So there is no waiting,
//! without any limit, for a first byte that tells which HTTP a caller means, and no connection
//! without requests that would never be cut.
//!
//! What it refuses itself, as no request of HTTP/1.1 or one without a clear `Host`, carries the
//! same protective headers as the answers of the service.

mod addresses;
mod bare;
mod transport;

use std::convert::Infallible;
use std::future::Future;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::HOST;
use http::uri::Authority;
use http::{Request, Response, Version};
use http_body::Body;
use http_body_util::Either;
use hyper::body::Incoming;
use hyper::server::conn::http1::Builder;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{sleep, timeout};
use tokio_io_timeout::TimeoutStream;
use tokio_util::sync::CancellationToken;
use tower_http::add_extension::AddExtension;
use tower_service::Service;

use crate::edge::client_ip::{ClientAddress, Network};
use crate::edge::headers::OVER_TLS;
#[cfg(feature = "tls")]
use crate::edge::tls::ServerTls;
use addresses::Addresses;
use bare::Completing;
use transport::Transport;

/// Limits on connections. The body, and the time that an answer may take, are limited by the
/// service itself.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: hosts write it as a literal.
pub struct Connections {
    /// How long a caller may take for the head of a request, the pause before it included: 10 s.
    pub header_timeout: Duration,
    /// How long an answer may wait for a caller who reads nothing of it: 20 s.
    pub write_timeout: Duration,
    /// How many connections are open at once; more wait to be let in: 1024.
    pub at_once: usize,
    /// How many of them one address may have, of IPv6 the first 64 bits: 128; one more is closed at
    /// once. So no single caller takes all.
    pub per_address: usize,
    /// Who may have as many as there are: none. Name the proxies that
    /// [`TrustedProxies`](crate::TrustedProxies) names, as all their callers come from the proxy's
    /// one address.
    pub uncounted: Vec<Network>,
    /// How long what is under way may take once the server is told to stop: 8 s, so that a process
    /// ends before whoever manages it loses patience. What a cut caller asked for is carried
    /// through all the same; see [`RebookingService::idle`](crate::RebookingService::idle).
    pub drain: Duration,
    /// The certificate to show: none, and callers speak plain HTTP. With it every connection
    /// begins with TLS, within [`header_timeout`](Self::header_timeout), and every answer says so
    /// for the next time (`Strict-Transport-Security`, for a year).
    #[cfg(feature = "tls")]
    pub tls: Option<ServerTls>,
}

impl Default for Connections {
    fn default() -> Self {
        Self {
            header_timeout: Duration::from_secs(10),
            write_timeout: Duration::from_secs(20),
            at_once: 1024,
            per_address: 128,
            uncounted: Vec::new(),
            drain: Duration::from_secs(8),
            #[cfg(feature = "tls")]
            tls: None,
        }
    }
}

/// Serves with the usual [`Connections`] until `shutdown` resolves, and then lets what is under way
/// come to its end.
pub async fn serve<S, B>(listener: TcpListener, service: S, shutdown: impl Future<Output = ()>)
where
    S: Service<Request<Incoming>, Response = Response<B>, Error = Infallible>
        + Clone
        + Send
        + 'static,
    S::Future: Send + 'static,
    B: Body<Data = Bytes> + Send + 'static,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    Connections::default().serve(listener, service, shutdown).await;
}

impl Connections {
    /// Serves with these limits; see [`serve`].
    pub async fn serve<S, B>(
        self,
        listener: TcpListener,
        service: S,
        shutdown: impl Future<Output = ()>,
    ) where
        S: Service<Request<Incoming>, Response = Response<B>, Error = Infallible>
            + Clone
            + Send
            + 'static,
        S::Future: Send + 'static,
        B: Body<Data = Bytes> + Send + 'static,
        B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        let seats = Arc::new(Semaphore::new(self.at_once));
        let addresses = Addresses::new(self.per_address, self.uncounted.clone());
        let (graceful, ending) = (GracefulShutdown::new(), CancellationToken::new());
        let transport = Transport::new(&self);
        let mut shutdown = std::pin::pin!(shutdown);
        loop {
            let stream = tokio::select! {
                () = &mut shutdown => break,
                accepted = accept(&listener, &seats) => accepted,
            };
            let Some((stream, peer, seat)) = stream else { continue };
            let Some(place) = addresses.place(peer) else { continue };
            let peer = ClientAddress::from(peer);
            let service = TowerToHyperService::new(AddExtension::new(service.clone(), peer));
            let over_tls = transport.is_tls();
            let service = service_fn(move |request: Request<Incoming>| {
                let answer = names_one_host(&request).then(|| service.call(request));
                async move {
                    let mut answer = match answer {
                        Some(answer) => answer.await?.map(Either::Left),
                        None => bare::refused().map(Either::Right),
                    };
                    if over_tls {
                        let (name, value) = OVER_TLS;
                        answer.headers_mut().entry(name).or_insert(value);
                    }
                    Ok::<_, Infallible>(answer)
                }
            });
            let (transport, ending) = (transport.clone(), ending.clone());
            let watcher = graceful.watcher();
            let (header_timeout, write_timeout) = (self.header_timeout, self.write_timeout);
            tokio::spawn(async move {
                let mut builder = Builder::new();
                // Without a timer hyper ignores its header timeout.
                builder.timer(TokioTimer::new()).header_read_timeout(header_timeout);
                let mut stream = TimeoutStream::new(stream);
                stream.set_write_timeout(Some(write_timeout));
                let accepting = timeout(header_timeout, transport.accept(Box::pin(stream)));
                let accepted = tokio::select! {
                    biased;
                    accepted = accepting => accepted,
                    // Nothing of it is under way yet.
                    () = ending.cancelled() => return,
                };
                let ended = match accepted {
                    Ok(Ok(stream)) => {
                        let stream = TokioIo::new(Completing::new(stream, over_tls));
                        let connection = builder.serve_connection(stream, service);
                        watcher.watch(connection).await.map_err(|error| error.to_string())
                    }
                    Ok(Err(error)) => Err(error.to_string()),
                    Err(_elapsed) => Err("no TLS came about in time".to_owned()),
                };
                if let Err(error) = ended {
                    tracing::debug!(%error, "connection ended");
                }
                drop((seat, place));
            });
        }
        drop(listener);
        ending.cancel();
        tokio::select! {
            () = graceful.shutdown() => {}
            () = sleep(self.drain) => tracing::warn!("connections were still open at the end"),
        }
    }
}

/// Whether a request says once at most for which host it is, and with HTTP/1.1 does say so (RFC
/// 9112, 3.2): two who read it differently would send it to different places.
fn names_one_host<B>(request: &Request<B>) -> bool {
    let mut hosts = request.headers().get_all(HOST).into_iter();
    match (hosts.next(), hosts.next()) {
        (None, _) => request.version() < Version::HTTP_11,
        (Some(host), None) => {
            let named = host.to_str().ok().filter(|host| !host.contains('@'));
            named.is_some_and(|host| host.is_empty() || host.parse::<Authority>().is_ok())
        }
        (Some(_), Some(_)) => false,
    }
}

async fn accept(
    listener: &TcpListener,
    seats: &Arc<Semaphore>,
) -> Option<(TcpStream, IpAddr, OwnedSemaphorePermit)> {
    let seat = seats.clone().acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, peer)) => Some((stream, peer.ip(), seat)),
        Err(error) => {
            // Out of file handles, mostly: some are given back soon.
            tracing::warn!(%error, "cannot accept");
            sleep(Duration::from_millis(100)).await;
            None
        }
    }
}
