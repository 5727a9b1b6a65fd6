//! What the edge asks of the floor behind it: to answer for what is refused in its place.

use axum::extract::Request;
use axum::response::Response;
use http::HeaderValue;

/// Why a request is answered without its route, or although its route is not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rejection {
    NoSuchRoute,
    /// There is a route, but not for this method.
    WrongMethod,
    /// A page of another site makes its reader's browser send it.
    CrossSite,
    TooManyRequests {
        /// After so many seconds once more.
        seconds: i64,
    },
    BodyTooLarge,
    /// The body did not arrive within the deadline.
    BodyTimeout,
    /// The body broke off.
    BodyUnreadable,
    /// The route takes longer than the deadline. It runs to completion all the same.
    AnswerTimeout,
    /// The route panicked.
    Panicked,
}

/// Routes with one way to tell errors, like JSON or pages.
pub(crate) trait Floor: Clone + Send + Sync + 'static {
    /// What an error is told by: the reader's language, say. It is read before the request goes on.
    type Reader: Clone + Send + Sync + 'static;

    fn reader(&self, request: &Request) -> Self::Reader;

    /// The `Content-Language` of whatever is answered without one.
    fn language(reader: &Self::Reader) -> Option<HeaderValue>;

    fn reject(&self, rejection: Rejection, reader: &Self::Reader) -> Response;
}
