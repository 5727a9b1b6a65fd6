//! What is answered: the envelope of success, and why there is none.

mod code;
mod response;

use std::borrow::Cow;
use std::sync::Arc;

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderValue, WWW_AUTHENTICATE};
use rebooking_core::RebookError;
use rebooking_core::error::Conflict;
use serde::Serialize;
use utoipa::ToSchema;

use crate::dto::error::Failure;

pub(crate) use code::Code;
pub(crate) use response::{ErrorAudience, ErrorResponse};

/// What a route answers.
pub(crate) type ApiResult<T> = Result<ApiSuccess<T>, ApiError>;

/// Marks an answer that is as it should be, whatever its status: a page says itself what is wrong.
#[derive(Clone, Copy)]
pub(crate) struct Finished;

/// The envelope of success.
pub(crate) struct ApiSuccess<T>(pub(crate) T);

/// What is around the data of every answer of success.
#[derive(Serialize, ToSchema)]
pub(crate) struct Envelope<T> {
    #[schema(example = true)]
    success: bool,
    data: T,
}

impl<T: Serialize> IntoResponse for ApiSuccess<T> {
    fn into_response(self) -> Response {
        // Room for most answers, so that none grows bit by bit.
        let mut json = Vec::with_capacity(2048);
        match serde_json::to_writer(&mut json, &Envelope { success: true, data: self.0 }) {
            Ok(()) => of_json(json),
            Err(_) => RequestError::Broken.into_response(),
        }
    }
}

/// The line's end is for whoever reads it in a shell.
fn of_json(mut json: Vec<u8>) -> Response {
    json.push(b'\n');
    let mut answer = Response::new(Body::from(json));
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    answer
}

/// Why a request got no answer of success.
#[derive(Debug)]
pub(crate) enum ApiError {
    /// A use case refused it.
    Core(RebookError),
    /// It never came to a use case.
    Http(RequestError),
}

/// What is wrong with a request before any use case has seen it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum RequestError {
    NoSuchRoute,
    WrongMethod,
    NotSignedIn,
    WrongRole,
    CrossSite,
    StaleForm,
    NotDeclaredJson,
    NotDeclaredForm,
    NotJson,
    Field { name: Cow<'static, str>, wanted: Wanted },
    TooManyRequests { seconds: i64 },
    TooLarge,
    TooSlow,
    TooLate,
    Broken,
}

/// What would be right in a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// No such field.
    Nothing,
    /// What the field is known to hold.
    TheUsual,
    /// One of these words.
    OneOf(String),
}

impl RequestError {
    pub(crate) fn field(name: impl Into<Cow<'static, str>>) -> Self {
        Self::Field { name: name.into(), wanted: Wanted::TheUsual }
    }

    pub(crate) fn not_one_of(
        name: &'static str,
        words: impl Iterator<Item = &'static str>,
    ) -> Self {
        let words = words.collect::<Vec<_>>().join(", ");
        Self::Field { name: name.into(), wanted: Wanted::OneOf(words) }
    }

    /// The name comes from the caller: only so much of it is repeated as can harm nobody who reads
    /// it.
    pub(crate) fn unknown_field(name: &str) -> Self {
        const MAX_LEN: usize = 40;
        let plain = |c: char| if c.is_alphanumeric() || "_-.$[]".contains(c) { c } else { '?' };
        let mut shown: String = name.chars().take(MAX_LEN).map(plain).collect();
        if name.chars().nth(MAX_LEN).is_some() {
            shown.push('…');
        }
        Self::Field { name: shown.into(), wanted: Wanted::Nothing }
    }
}

impl From<RequestError> for ApiError {
    fn from(fault: RequestError) -> Self {
        Self::Http(fault)
    }
}

impl From<RebookError> for ApiError {
    fn from(error: RebookError) -> Self {
        Self::Core(error)
    }
}

impl IntoResponse for ApiError {
    /// Leaves the wording to the guard, which knows the language.
    fn into_response(self) -> Response {
        let mut answer = Response::new(Body::empty());
        *answer.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
        answer.extensions_mut().insert(Arc::new(self));
        answer
    }
}

impl IntoResponse for RequestError {
    fn into_response(self) -> Response {
        ApiError::from(self).into_response()
    }
}

impl ApiError {
    /// The answer that tells it.
    pub(crate) fn tell(&self, to: &ErrorAudience<'_>) -> Response {
        let verdict = self.told(to);
        let mut told =
            of_json(serde_json::to_vec(&Failure::new(verdict.data())).unwrap_or_default());
        let status = verdict.status;
        *told.status_mut() = status;
        verdict.retry_in(told.headers_mut());
        if status == StatusCode::UNAUTHORIZED {
            told.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        told
    }

    /// Callers are told that something is out of reach, the log is told what.
    fn log(&self) {
        match self {
            Self::Core(RebookError::TryLater(error)) => {
                tracing::warn!(error = %error.phrase(), "out of reach")
            }
            Self::Core(RebookError::Broken(error)) => {
                tracing::error!(error = %error.phrase(), "refused")
            }
            Self::Http(RequestError::Broken) => tracing::error!("a route failed"),
            Self::Http(RequestError::TooLate) => {
                tracing::warn!("a route takes too long; it goes on")
            }
            Self::Core(_) | Self::Http(_) => {}
        }
    }

    /// The same for a page, which says it in its own way.
    pub(crate) fn told(&self, to: &ErrorAudience<'_>) -> ErrorResponse {
        self.log();
        self.verdict(to)
    }

    /// The stable code alone.
    pub(crate) fn code(&self, to: &ErrorAudience<'_>) -> &'static str {
        self.verdict(to).code().word()
    }

    /// Whether the page can be shown once more with what is to be mended on it; everything else
    /// ends it.
    pub(crate) fn is_about_the_form(&self) -> bool {
        use RebookError as E;
        match self {
            Self::Core(
                E::WrongEmail { .. }
                | E::TooManyAttempts { .. }
                | E::ChooseAgain { .. }
                | E::Invalid { .. }
                | E::Conflict(Conflict::EnoughWishes),
            ) => true,
            Self::Core(_) => false,
            Self::Http(fault) => matches!(fault, RequestError::Field { .. }),
        }
    }
}
