//! What becomes of an answer when its call is scripted to fail.

use std::convert::Infallible;
use std::io;
use std::time::Duration;

use bytes::Bytes;
use futures_util::{StreamExt as _, stream};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, Full, StreamBody};
use hyper::body::Frame;
use hyper::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderValue};
use hyper::{Response, StatusCode};

use super::answer::{Answer, internal, maintenance, not_found, too_many, unauthorized, uncaught};
use super::faults::Fault;

pub(super) type Body = UnsyncBoxBody<Bytes, io::Error>;

/// What is answered in place of doing anything.
pub(super) async fn undone(fault: Fault) -> io::Result<Answer> {
    match fault {
        Fault::Json500 => Ok(internal()),
        Fault::Text500 => Ok(uncaught()),
        Fault::Html503 => Ok(maintenance()),
        Fault::TooMany => Ok(too_many()),
        Fault::NotFound => Ok(not_found()),
        Fault::Unauthorized => Ok(unauthorized("Magento_Sales::scripted")),
        Fault::SilentBefore => std::future::pending().await,
        // Whoever was connected already is let go, too.
        Fault::Refused | Fault::Dropped => Err(io::Error::other("scripted: closed")),
        Fault::Reset
        | Fault::Json500Done
        | Fault::SilentAfter
        | Fault::Huge
        | Fault::WrongJson
        | Fault::Trickle => Err(io::Error::other("these are done")),
    }
}

/// What becomes of the answer to what was done.
pub(super) async fn spoilt(answer: Answer, fault: Fault) -> io::Result<Response<Body>> {
    match fault {
        Fault::Json500Done => Ok(whole(internal())),
        Fault::SilentAfter => std::future::pending().await,
        Fault::WrongJson => Ok(whole(Answer { body: "{\"items\": [<br />".to_owned(), ..answer })),
        Fault::Reset => {
            let half = Bytes::from(answer.body).slice(..1);
            let parts = stream::iter([Ok(Frame::data(half)), Err(io::Error::other("scripted"))]);
            // The length that was promised is never reached.
            Ok(response(
                answer.status,
                answer.content_type,
                Some(1000),
                StreamBody::new(parts).boxed_unsync(),
            ))
        }
        Fault::Huge => {
            let megabyte = Bytes::from(vec![b' '; 1024 * 1024]);
            let parts = stream::iter((0..10).map(move |_| Ok(Frame::data(megabyte.clone()))));
            Ok(response(
                answer.status,
                answer.content_type,
                None,
                StreamBody::new(parts).boxed_unsync(),
            ))
        }
        Fault::Trickle => {
            let bytes = answer.body.into_bytes();
            let parts = stream::iter(bytes).then(|byte| async move {
                tokio::time::sleep(Duration::from_secs(1)).await;
                Ok(Frame::data(Bytes::from(vec![byte])))
            });
            Ok(response(
                answer.status,
                answer.content_type,
                None,
                StreamBody::new(parts).boxed_unsync(),
            ))
        }
        Fault::Refused
        | Fault::Dropped
        | Fault::Json500
        | Fault::Text500
        | Fault::Html503
        | Fault::TooMany
        | Fault::NotFound
        | Fault::Unauthorized
        | Fault::SilentBefore => Ok(whole(answer)),
    }
}

pub(super) fn whole(answer: Answer) -> Response<Body> {
    let body = Full::new(Bytes::from(answer.body));
    let body = body.map_err(|never: Infallible| match never {}).boxed_unsync();
    response(answer.status, answer.content_type, None, body)
}

fn response(
    status: StatusCode,
    content_type: &'static str,
    length: Option<u64>,
    body: Body,
) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    if let Some(length) = length {
        headers.insert(CONTENT_LENGTH, length.into());
    }
    response
}
