//! Handlers that may fail, and what they take of a request. Unlike axum's own, neither answers for
//! itself: an [`ApiError`] goes up to the floor, which tells it as JSON or as a page.

use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::request::Parts;
use http::{HeaderMap, Method};
use http_body_util::BodyExt as _;

use crate::error::{ApiError, RequestError};

/// A request whose body has arrived.
pub(crate) struct Buffered {
    pub(crate) parts: Parts,
    pub(crate) body: Bytes,
}

/// What a handler takes of a request.
pub(crate) trait Extract<S>: Sized + Send {
    fn extract(
        request: &mut Buffered,
        state: &S,
    ) -> impl Future<Output = Result<Self, ApiError>> + Send;
}

/// Whether it is there.
impl<S: Sync, T: Extract<S>> Extract<S> for Result<T, ApiError> {
    async fn extract(request: &mut Buffered, state: &S) -> Result<Self, ApiError> {
        Ok(T::extract(request, state).await)
    }
}

/// What every request has.
impl<S: Sync> Extract<S> for Parts {
    async fn extract(request: &mut Buffered, _state: &S) -> Result<Self, ApiError> {
        Ok(request.parts.clone())
    }
}

impl<S: Sync> Extract<S> for HeaderMap {
    async fn extract(request: &mut Buffered, _state: &S) -> Result<Self, ApiError> {
        Ok(request.parts.headers.clone())
    }
}

impl<S: Sync> Extract<S> for Method {
    async fn extract(request: &mut Buffered, _state: &S) -> Result<Self, ApiError> {
        Ok(request.parts.method.clone())
    }
}

impl<S: Clone + Send + Sync> Extract<S> for State<S> {
    async fn extract(_request: &mut Buffered, state: &S) -> Result<Self, ApiError> {
        Ok(Self(state.clone()))
    }
}

/// An async function of extractors that may fail.
pub(crate) trait TryHandler<T, S>: Clone + Send + Sync + Sized + 'static {
    fn answer(
        self,
        request: Request,
        state: &S,
    ) -> impl Future<Output = Result<Response, ApiError>> + Send;
}

macro_rules! try_handler {
    ($($extractor:ident)*) => {
        #[allow(non_snake_case, reason = "an extractor and its value share a name")]
        impl<F, Answered, R, S, $($extractor,)*> TryHandler<($($extractor,)*), S> for F
        where
            F: FnOnce($($extractor),*) -> Answered + Clone + Send + Sync + 'static,
            Answered: Future<Output = Result<R, ApiError>> + Send,
            R: IntoResponse,
            S: Sync,
            $($extractor: Extract<S>,)*
        {
            async fn answer(self, request: Request, state: &S) -> Result<Response, ApiError> {
                let (parts, body) = request.into_parts();
                let body = body.collect().await.map_err(|_| RequestError::NotJson)?.to_bytes();
                let mut request = Buffered { parts, body };
                $(let $extractor = $extractor::extract(&mut request, state).await?;)*
                self($($extractor),*).await.map(IntoResponse::into_response)
            }
        }
    };
}

/// One that takes nothing.
impl<F, Answered, R, S> TryHandler<(), S> for F
where
    F: FnOnce() -> Answered + Clone + Send + Sync + 'static,
    Answered: Future<Output = Result<R, ApiError>> + Send,
    R: IntoResponse,
    S: Sync,
{
    async fn answer(self, _request: Request, _state: &S) -> Result<Response, ApiError> {
        self().await.map(IntoResponse::into_response)
    }
}

try_handler!(A);
try_handler!(A B);
try_handler!(A B C);
try_handler!(A B C D);
try_handler!(A B C D E);
try_handler!(A B C D E G);
