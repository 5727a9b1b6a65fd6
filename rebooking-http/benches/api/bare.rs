//! The least that a server can do: hyper, and the same bytes for every request.

use std::convert::Infallible;

use bytes::Bytes;
use http::{Response, header};
use http_body_util::{BodyExt as _, Full};
use hyper::server::conn::http1::Builder;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

/// Reads what comes and answers so many bytes.
pub(crate) async fn serve(listener: TcpListener, length: usize) {
    let body = Bytes::from(vec![b' '; length]);
    while let Ok((stream, _)) = listener.accept().await {
        let body = body.clone();
        let answer = service_fn(move |request: http::Request<hyper::body::Incoming>| {
            let body = body.clone();
            async move {
                request.into_body().collect().await.ok();
                let answer = Response::builder().header(header::CONTENT_TYPE, "application/json");
                Ok::<_, Infallible>(answer.body(Full::new(body)).unwrap())
            }
        });
        tokio::spawn(Builder::new().serve_connection(TokioIo::new(stream), answer));
    }
}
