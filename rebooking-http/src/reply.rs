//! What is answered: the envelope of success, and the one match from an error to status, stable code and message.

use std::borrow::Cow;
use std::sync::Arc;

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::header::{ALLOW, CONTENT_TYPE, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE};
use rebooking_core::RebookError;
use rebooking_core::customer::Language;
use rebooking_core::eligibility::Refusal;
use rebooking_core::error::Conflict;
use rebooking_core::ports::PortError;
use rebooking_core::rebooking::NotNow;
use rebooking_core::token::{CancelReason, Spent};
use serde::Serialize;

use crate::text;
use crate::wire::error::{ErrorData, Failure};

/// What a route answers.
pub(crate) type Answer<T> = Result<Success<T>, Refused>;

/// The envelope of success.
pub(crate) struct Success<T>(pub(crate) T);

#[derive(Serialize)]
struct Envelope<T> {
    success: bool,
    data: T,
}

impl<T: Serialize> IntoResponse for Success<T> {
    fn into_response(self) -> Response {
        match serde_json::to_vec(&Envelope { success: true, data: self.0 }) {
            Ok(json) => of_json(json),
            Err(_) => Fault::Broken.into_response(),
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
pub(crate) enum Refused {
    /// A use case refused it.
    Core(RebookError),
    /// It never came to a use case.
    Http(Fault),
}

/// What is wrong with a request before any use case has seen it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    NoSuchRoute,
    WrongMethod,
    NotSignedIn,
    WrongRole,
    NotDeclaredJson,
    NotJson,
    Field { name: Cow<'static, str>, known: bool },
    TooLarge,
    TooSlow,
    TooLate,
    Broken,
}

impl Fault {
    pub(crate) fn field(name: impl Into<String>) -> Self {
        Self::Field { name: Cow::Owned(name.into()), known: true }
    }

    pub(crate) fn unknown_field(name: impl Into<String>) -> Self {
        Self::Field { name: Cow::Owned(name.into()), known: false }
    }
}

impl From<Fault> for Refused {
    fn from(fault: Fault) -> Self {
        Self::Http(fault)
    }
}

impl From<RebookError> for Refused {
    fn from(error: RebookError) -> Self {
        Self::Core(error)
    }
}

impl IntoResponse for Refused {
    /// Leaves the wording to the guard, which knows the language.
    fn into_response(self) -> Response {
        let mut answer = Response::new(Body::empty());
        *answer.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
        answer.extensions_mut().insert(Arc::new(self));
        answer
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        Refused::from(self).into_response()
    }
}

/// Status, code and message of an error, and what else its reader needs.
struct Verdict {
    status: StatusCode,
    data: ErrorData,
    /// Seconds.
    retry_after: Option<i64>,
}

impl Refused {
    /// The answer that tells it. `answer` is what the framework made of it: only its `Allow` is kept.
    pub(crate) fn tell(&self, answer: Response, language: Language) -> Response {
        self.log();
        let Verdict { status, data, retry_after } = self.verdict(language);
        let mut told = of_json(serde_json::to_vec(&Failure::new(data)).unwrap_or_default());
        *told.status_mut() = status;
        if let Some(seconds) = retry_after {
            told.headers_mut().insert(RETRY_AFTER, seconds.into());
        }
        if status == StatusCode::UNAUTHORIZED {
            told.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(allow) = answer.headers().get(ALLOW) {
            told.headers_mut().insert(ALLOW, allow.clone());
        }
        told
    }

    /// Callers are told that something is out of reach, the log is told what.
    fn log(&self) {
        match self {
            Self::Core(RebookError::TryLater(error)) => {
                tracing::warn!(error = %error.phrase(), "out of reach")
            }
            Self::Core(RebookError::Broken(error)) => tracing::error!(error = %error.phrase(), "refused"),
            Self::Http(Fault::Broken) => tracing::error!("a route failed"),
            Self::Http(Fault::TooLate) => tracing::warn!("a route takes too long; it goes on"),
            Self::Core(_) | Self::Http(_) => {}
        }
    }

    fn verdict(&self, says: Language) -> Verdict {
        use RebookError as E;
        match self {
            Self::Core(E::UnknownLink) => told(404, "token_unknown", text::token_unknown(says)),
            Self::Core(E::Gone { why, token }) => match why {
                Spent::Expired { .. } => told(410, "token_expired", text::token_expired(says, token)),
                Spent::Cancelled { why: CancelReason::Superseded, .. } => {
                    told(410, "token_superseded", text::token_superseded(says))
                }
                Spent::Cancelled { why, .. } => {
                    told(410, "token_cancelled", text::token_cancelled(says, *why))
                }
                Spent::Used { .. } => {
                    told(410, "token_used", text::token_used(says, token)).with(|data| data.booked(token))
                }
            },
            Self::Core(E::WrongEmail { left }) => {
                told(403, "email_mismatch", text::email_mismatch(says, *left))
                    .with(|data| data.attempts_left(*left))
            }
            Self::Core(E::TooManyAttempts { wait: Some(wait) }) => {
                // Rounded up: a second too early would be refused once more.
                let wait = wait.num_milliseconds().saturating_add(999) / 1000;
                told(429, "too_many_attempts", text::too_many_attempts(says, wait)).retry(wait)
            }
            Self::Core(E::TooManyAttempts { wait: None }) => {
                told(429, "attempts_exhausted", text::attempts_exhausted(says)).retry(24 * 60 * 60)
            }
            Self::Core(E::ChooseAgain { why, offers }) => {
                choose_again(says, *why).with(|data| data.offers(offers))
            }
            Self::Core(E::Invalid { field, .. }) => invalid(says, field, true),
            Self::Core(E::NotFound(what)) => told(404, "not_found", text::not_found(says, what)),
            Self::Core(E::Conflict(conflict)) => {
                let (code, message) = in_conflict(says, *conflict);
                told(409, code, message)
            }
            Self::Core(E::TryLater(PortError::Unknown(_))) => {
                told(503, "outcome_unknown", text::outcome_unknown(says)).retry(5)
            }
            Self::Core(E::TryLater(_)) => told(503, "try_later", text::try_later(says)).retry(5),
            Self::Core(E::Broken(_)) => told(500, "broken", text::broken(says)),
            Self::Core(_) => told(500, "internal", text::broken(says)),
            Self::Http(fault) => fault.verdict(says),
        }
    }
}

impl Fault {
    fn verdict(&self, says: Language) -> Verdict {
        match self {
            Self::NoSuchRoute => told(404, "not_found", text::not_found(says, "address")),
            Self::WrongMethod => told(405, "method_not_allowed", text::wrong_method(says)),
            Self::NotSignedIn => told(401, "not_signed_in", text::not_signed_in(says)),
            Self::WrongRole => told(403, "wrong_role", text::wrong_role(says)),
            Self::NotDeclaredJson => told(415, "unsupported_media_type", text::not_declared_json(says)),
            Self::NotJson => told(400, "malformed_body", text::not_json(says)),
            Self::Field { name, known } => invalid(says, name, *known),
            Self::TooLarge => told(413, "body_too_large", text::too_large(says)),
            Self::TooSlow => told(408, "request_timeout", text::too_slow(says)),
            Self::TooLate => told(503, "answer_timeout", text::outcome_unknown(says)).retry(5),
            Self::Broken => told(500, "internal", text::broken(says)),
        }
    }
}

fn invalid(says: Language, field: &str, known: bool) -> Verdict {
    let message = if known { text::invalid(says, field) } else { text::unknown_field(says, field) };
    told(422, "invalid_field", message).with(|data| data.field(field))
}

fn choose_again(says: Language, why: Refusal) -> Verdict {
    let message = text::refusal(says, why);
    match why {
        Refusal::TooFewPlaces { .. } => told(409, "sold_out", message),
        Refusal::PriceChanged { total } => told(409, "price_changed", message).with(|data| data.total(total)),
        Refusal::Unknown
        | Refusal::OtherCourse
        | Refusal::LostBefore
        | Refusal::Withdrawn
        | Refusal::AlreadyStarted
        | Refusal::TooSoon
        | Refusal::TooFar
        | Refusal::OtherCurrency
        | Refusal::PriceDiffers => told(409, "date_not_offered", message),
    }
}

fn in_conflict(says: Language, conflict: Conflict) -> (&'static str, String) {
    let code = match conflict {
        Conflict::Rebooking(NotNow::NotAskedYet) => "partner_not_asked_yet",
        Conflict::Rebooking(NotNow::OrderStands) => "order_stands",
        Conflict::Rebooking(NotNow::Over) => "rebooking_over",
        Conflict::Link(Spent::Expired { .. }) => "link_expired",
        Conflict::Link(Spent::Cancelled { .. }) => "link_cancelled",
        Conflict::Link(Spent::Used { .. }) => "link_used",
        Conflict::ConfirmationClosed => "confirmation_closed",
        Conflict::RebookingLive => "rebooking_live",
        Conflict::NothingToMove => "nothing_to_move",
        Conflict::EffectNotIdle => "effect_not_idle",
        Conflict::OrderCannotBeSkipped => "order_cannot_be_skipped",
        Conflict::EnoughWishes => "enough_wishes",
        Conflict::Forgotten => "forgotten",
        _ => "conflict",
    };
    (code, text::conflict(says, conflict))
}

fn told(status: u16, code: &'static str, message: String) -> Verdict {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    Verdict { status, data: ErrorData::new(code, message), retry_after: None }
}

impl Verdict {
    fn with(self, more: impl FnOnce(ErrorData) -> ErrorData) -> Self {
        Self { data: more(self.data), ..self }
    }

    fn retry(self, seconds: i64) -> Self {
        Self { retry_after: Some(seconds), ..self }
    }
}
