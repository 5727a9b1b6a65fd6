//! What is answered: the envelope of success, and the one match from an error to status, stable code and message.

use std::borrow::Cow;
use std::sync::Arc;

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_TYPE, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderMap, StatusCode};
use rebooking_core::customer::Language;
use rebooking_core::eligibility::Refusal;
use rebooking_core::error::Conflict;
use rebooking_core::ports::PortError;
use rebooking_core::rebooking::NotNow;
use rebooking_core::token::{CancelReason, Spent};
use rebooking_core::{Policy, RebookError};
use serde::Serialize;
use utoipa::ToSchema;

use crate::text;
use crate::wire::error::{ErrorData, Failure};

/// What a route answers.
pub(crate) type Answer<T> = Result<Success<T>, Refused>;

/// Marks an answer that is as it should be, whatever its status: a page says itself what is wrong.
#[derive(Clone, Copy)]
pub(crate) struct Finished;

/// The envelope of success.
pub(crate) struct Success<T>(pub(crate) T);

/// What is around the data of every answer of success.
#[derive(Serialize, ToSchema)]
pub(crate) struct Envelope<T> {
    #[schema(example = true)]
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

impl Fault {
    pub(crate) fn field(name: impl Into<Cow<'static, str>>) -> Self {
        Self::Field { name: name.into(), wanted: Wanted::TheUsual }
    }

    pub(crate) fn not_one_of(name: &'static str, words: impl Iterator<Item = &'static str>) -> Self {
        let words = words.collect::<Vec<_>>().join(", ");
        Self::Field { name: name.into(), wanted: Wanted::OneOf(words) }
    }

    /// The name comes from the caller: only so much of it is repeated as can harm nobody who reads it.
    pub(crate) fn unknown_field(name: &str) -> Self {
        const LONGEST: usize = 40;
        let plain = |c: char| if c.is_alphanumeric() || "_-.$[]".contains(c) { c } else { '?' };
        let mut shown: String = name.chars().take(LONGEST).map(plain).collect();
        if name.chars().nth(LONGEST).is_some() {
            shown.push('…');
        }
        Self::Field { name: shown.into(), wanted: Wanted::Nothing }
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

/// Who is told, and what they asked for.
pub(crate) struct Caller<'a> {
    pub(crate) language: Language,
    pub(crate) policy: &'a Policy,
    /// It is done anew each time that it is asked for.
    pub(crate) each_time: bool,
}

impl Caller<'_> {
    fn outcome_unknown(&self) -> String {
        if self.each_time {
            text::outcome_unknown_look_first(self.language)
        } else {
            text::outcome_unknown(self.language)
        }
    }
}

/// Status, code and message of an error, and what else its reader needs.
pub(crate) struct Verdict {
    pub(crate) status: StatusCode,
    data: ErrorData,
    /// Seconds.
    retry_after: Option<i64>,
}

impl Refused {
    /// The answer that tells it.
    pub(crate) fn tell(&self, to: &Caller<'_>) -> Response {
        let verdict = self.told(to);
        let mut told = of_json(serde_json::to_vec(&Failure::new(&verdict.data)).unwrap_or_default());
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
            Self::Core(RebookError::Broken(error)) => tracing::error!(error = %error.phrase(), "refused"),
            Self::Http(Fault::Broken) => tracing::error!("a route failed"),
            Self::Http(Fault::TooLate) => tracing::warn!("a route takes too long; it goes on"),
            Self::Core(_) | Self::Http(_) => {}
        }
    }

    /// The same for a page, which says it in its own way.
    pub(crate) fn told(&self, to: &Caller<'_>) -> Verdict {
        self.log();
        self.verdict(to)
    }

    /// Whether the page can be shown once more with what is to be mended on it; everything else ends it.
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
            Self::Http(fault) => matches!(fault, Fault::Field { .. }),
        }
    }

    fn verdict(&self, to: &Caller<'_>) -> Verdict {
        use RebookError as E;
        let says = to.language;
        match self {
            Self::Core(E::UnknownLink) => told(404, "token_unknown", text::token_unknown(says)),
            Self::Core(E::Gone { why, token }) => match why {
                Spent::Expired { .. } => {
                    let replaced = token.is_replaced_on_request(to.policy.renewal_limit);
                    told(410, "token_expired", text::token_expired(says, token, replaced))
                        .with(|data| data.new_link(replaced))
                }
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
            Self::Core(E::Invalid { field, .. }) => invalid(says, field, &Wanted::TheUsual),
            Self::Core(E::NotFound(what)) => told(404, "not_found", text::not_found(says, what)),
            Self::Core(E::Conflict(conflict)) => {
                let (code, message) = in_conflict(says, *conflict);
                told(409, code, message)
            }
            Self::Core(E::TryLater(PortError::Unknown(_))) => {
                told(503, "outcome_unknown", to.outcome_unknown()).retry(5)
            }
            Self::Core(E::TryLater(_)) => told(503, "try_later", text::try_later(says)).retry(5),
            Self::Core(E::Broken(_)) => told(500, "broken", text::broken(says)),
            Self::Core(_) => told(500, "internal", text::broken(says)),
            Self::Http(fault) => fault.verdict(to),
        }
    }
}

impl Fault {
    fn verdict(&self, to: &Caller<'_>) -> Verdict {
        let says = to.language;
        match self {
            Self::NoSuchRoute => told(404, "not_found", text::not_found(says, "address")),
            Self::WrongMethod => told(405, "method_not_allowed", text::wrong_method(says)),
            Self::NotSignedIn => told(401, "not_signed_in", text::not_signed_in(says)),
            Self::WrongRole => told(403, "wrong_role", text::wrong_role(says)),
            Self::CrossSite => told(403, "cross_site", text::cross_site(says)),
            Self::StaleForm => told(403, "stale_form", text::stale_form(says)),
            Self::NotDeclaredJson => told(415, "unsupported_media_type", text::not_declared_json(says)),
            Self::NotDeclaredForm => told(415, "unsupported_media_type", text::not_declared_form(says)),
            Self::NotJson => told(400, "malformed_body", text::not_json(says)),
            Self::Field { name, wanted } => invalid(says, name, wanted),
            Self::TooManyRequests { seconds } => {
                told(429, "too_many_requests", text::too_many_requests(says, *seconds)).retry(*seconds)
            }
            Self::TooLarge => told(413, "body_too_large", text::too_large(says)),
            Self::TooSlow => told(408, "request_timeout", text::too_slow(says)),
            Self::TooLate => told(503, "answer_timeout", to.outcome_unknown()).retry(5),
            Self::Broken => told(500, "internal", text::broken(says)),
        }
    }
}

fn invalid(says: Language, field: &str, wanted: &Wanted) -> Verdict {
    let message = match wanted {
        Wanted::Nothing => text::unknown_field(says, field),
        Wanted::TheUsual => text::invalid(says, field),
        Wanted::OneOf(words) => text::not_one_of(says, field, words),
    };
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

    pub(crate) fn code(&self) -> &'static str {
        self.data.code()
    }

    pub(crate) fn message(&self) -> &str {
        self.data.message()
    }

    pub(crate) fn field(&self) -> Option<&str> {
        self.data.field_name()
    }

    /// Whether a new link is sent to whoever asks for it.
    pub(crate) fn offers_new_link(&self) -> bool {
        self.data.offers_new_link()
    }

    /// Says when it is worth trying again.
    pub(crate) fn retry_in(&self, headers: &mut HeaderMap) {
        if let Some(seconds) = self.retry_after {
            headers.insert(RETRY_AFTER, seconds.into());
        }
    }
}
