//! The one match from an error to status, stable code and message.

use http::header::RETRY_AFTER;
use http::{HeaderMap, StatusCode};
use rebooking_core::eligibility::Refusal;
use rebooking_core::error::{Conflict, InvalidInput, Resource};
use rebooking_core::ports::PortError;
use rebooking_core::proposal::InvalidProposal;
use rebooking_core::rebooking::InvalidTransition;
use rebooking_core::token::{CancelReason, LinkUnusable};
use rebooking_core::value::customer::Language;
use rebooking_core::{Policy, RebookError};

use super::{ApiError, Code, RequestError, Wanted};
use crate::dto::error::ErrorData;
use crate::messages;

/// Who is told, and what they asked for.
pub(crate) struct ErrorAudience<'a> {
    pub(crate) language: Language,
    pub(crate) policy: &'a Policy,
    /// It is done anew each time that it is asked for.
    pub(crate) each_time: bool,
    /// It is said on a page, where nobody knows the names of fields, nor what JSON is.
    pub(crate) on_page: bool,
}

impl ErrorAudience<'_> {
    fn outcome_unknown(&self) -> String {
        match (self.each_time, self.on_page) {
            (true, true) => messages::outcome_unknown_open_again(self.language),
            (true, false) => messages::outcome_unknown_look_first(self.language),
            (false, _) => messages::outcome_unknown(self.language),
        }
    }
}

/// Status, code and message of an error, and what else its reader needs.
pub(crate) struct ErrorResponse {
    pub(crate) status: StatusCode,
    code: Code,
    data: ErrorData,
    /// Seconds.
    retry_after: Option<i64>,
}

impl ApiError {
    pub(super) fn verdict(&self, to: &ErrorAudience<'_>) -> ErrorResponse {
        use RebookError as E;
        let says = to.language;
        match self {
            Self::Core(E::UnknownLink) => told(Code::TokenUnknown, messages::token_unknown(says)),
            Self::Core(E::Gone { why, token }) => match why {
                LinkUnusable::Expired { .. } => {
                    let replaced = token.is_replaced_on_request(to.policy.renewal_limit);
                    told(Code::TokenExpired, messages::token_expired(says, token, replaced))
                        .with(|data| data.new_link(replaced))
                }
                LinkUnusable::Cancelled { why: CancelReason::Superseded, .. } => {
                    told(Code::TokenSuperseded, messages::token_superseded(says))
                }
                LinkUnusable::Cancelled { why, .. } => {
                    told(Code::TokenCancelled, messages::token_cancelled(says, *why))
                }
                LinkUnusable::Used { .. } => {
                    told(Code::TokenUsed, messages::token_used(says, token, to.policy))
                        .with(|data| data.booked(token))
                }
            },
            Self::Core(E::WrongEmail { left }) => {
                told(Code::EmailMismatch, messages::email_mismatch(says, *left))
                    .with(|data| data.attempts_left(*left))
            }
            Self::Core(E::TooManyAttempts { wait: Some(wait) }) => {
                // Rounded up: a second too early would be refused once more.
                let wait = wait.num_milliseconds().saturating_add(999) / 1000;
                told(Code::TooManyAttempts, messages::too_many_attempts(says, wait)).retry(wait)
            }
            Self::Core(E::TooManyAttempts { wait: None }) => {
                told(Code::AttemptsExhausted, messages::attempts_exhausted(says))
                    .retry(24 * 60 * 60)
            }
            Self::Core(E::ChooseAgain { why, slot, offers }) => {
                let message = messages::refusal(says, *why, slot.as_ref(), !offers.is_empty());
                choose_again(*why, message).with(|data| data.offers(offers))
            }
            Self::Core(E::Invalid(input)) => invalid_input(to, input),
            Self::Core(E::NotFound(Resource::Booking)) if to.on_page => {
                told(Code::NotFound, messages::no_such_item(says))
                    .with(|data| data.field("orderItemId"))
            }
            Self::Core(E::NotFound(what)) => {
                told(Code::NotFound, messages::not_found(says, Some(*what)))
            }
            Self::Core(E::Conflict(conflict)) => {
                let (code, message) = in_conflict(says, *conflict);
                told(code, message)
            }
            Self::Core(E::TryLater(PortError::Unknown(_))) => {
                told(Code::OutcomeUnknown, to.outcome_unknown()).retry(5)
            }
            Self::Core(E::TryLater(_)) => told(Code::TryLater, messages::try_later(says)).retry(5),
            Self::Core(E::Broken(_)) => told(Code::Broken, messages::broken(says)),
            Self::Core(_) => told(Code::Internal, messages::broken(says)),
            Self::Http(fault) => fault.verdict(to),
        }
    }
}

impl RequestError {
    fn verdict(&self, to: &ErrorAudience<'_>) -> ErrorResponse {
        let says = to.language;
        match self {
            Self::NoSuchRoute => told(Code::NotFound, messages::not_found(says, None)),
            Self::WrongMethod => told(Code::MethodNotAllowed, messages::wrong_method(says)),
            Self::NotSignedIn => told(Code::NotSignedIn, messages::not_signed_in(says)),
            Self::WrongRole => told(Code::WrongRole, messages::wrong_role(says)),
            Self::CrossSite => told(Code::CrossSite, messages::cross_site(says)),
            Self::StaleForm => told(Code::StaleForm, messages::stale_form(says)),
            Self::NotDeclaredJson | Self::NotDeclaredForm if to.on_page => {
                told(Code::UnsupportedMediaType, messages::not_received(says))
            }
            Self::NotJson if to.on_page => told(Code::MalformedBody, messages::not_received(says)),
            Self::TooLarge if to.on_page => told(Code::BodyTooLarge, messages::too_long(says)),
            Self::NotDeclaredJson => {
                told(Code::UnsupportedMediaType, messages::not_declared_json(says))
                    .with(|data| data.field("Content-Type"))
            }
            Self::NotDeclaredForm => {
                told(Code::UnsupportedMediaType, messages::not_declared_form(says))
                    .with(|data| data.field("Content-Type"))
            }
            Self::NotJson => {
                told(Code::MalformedBody, messages::not_json(says)).with(|data| data.field("body"))
            }
            Self::Field { name, wanted } => invalid(to, name, wanted),
            Self::TooManyRequests { seconds } => {
                told(Code::TooManyRequests, messages::too_many_requests(says, *seconds))
                    .retry(*seconds)
            }
            Self::TooLarge => {
                told(Code::BodyTooLarge, messages::too_large(says)).with(|data| data.field("body"))
            }
            Self::TooSlow => told(Code::RequestTimeout, messages::too_slow(says)),
            Self::TooLate => told(Code::AnswerTimeout, to.outcome_unknown()).retry(5),
            Self::Broken => told(Code::Internal, messages::broken(says)),
        }
    }
}

fn invalid(to: &ErrorAudience<'_>, field: &str, wanted: &Wanted) -> ErrorResponse {
    let says = to.language;
    let message = match wanted {
        _ if to.on_page => messages::mistaken(says, field),
        Wanted::Nothing => messages::unknown_field(says, field),
        Wanted::TheUsual => messages::invalid(says, field),
        Wanted::OneOf(words) => messages::not_one_of(says, field, words),
    };
    told(Code::InvalidField, message).with(|data| data.field(field))
}

/// The field of the request that breaks a rule, and how.
fn invalid_input(to: &ErrorAudience<'_>, input: &InvalidInput) -> ErrorResponse {
    let field = match input {
        InvalidInput::NoReason => "reason",
        InvalidInput::Proposal(InvalidProposal::Date { date, slot, why }) => {
            let message =
                messages::invalid_proposal(to.language, *date, slot.as_ref(), *why, to.on_page);
            return told(Code::InvalidField, message).with(|data| data.field("proposedDateIds"));
        }
        InvalidInput::Proposal(InvalidProposal::TooMany) => "proposedDateIds",
        InvalidInput::ExpectedTotal(_) => "expectedTotal",
        InvalidInput::MoneyBackNotOffered => "kind",
        InvalidInput::EmptyWish => "text",
        InvalidInput::Month => "months",
        InvalidInput::Extension => "days",
        InvalidInput::EffectState => "state",
        InvalidInput::Span => "to",
        _ => "body",
    };
    invalid(to, field, &Wanted::TheUsual)
}

fn choose_again(why: Refusal, message: String) -> ErrorResponse {
    match why {
        Refusal::TooFewPlaces { .. } => told(Code::SoldOut, message),
        Refusal::PriceChanged { total } => {
            told(Code::PriceChanged, message).with(|data| data.total(total))
        }
        Refusal::Unknown
        | Refusal::OtherCourse
        | Refusal::LostBefore
        | Refusal::OtherPartner
        | Refusal::Withdrawn
        | Refusal::AlreadyStarted
        | Refusal::TooSoon
        | Refusal::TooFar
        | Refusal::OtherCurrency
        | Refusal::PriceDiffers => told(Code::DateNotOffered, message),
    }
}

fn in_conflict(says: Language, conflict: Conflict) -> (Code, String) {
    let code = match conflict {
        Conflict::Rebooking(InvalidTransition::NotAskedYet) => Code::PartnerNotAskedYet,
        Conflict::Rebooking(InvalidTransition::OrderStands) => Code::OrderStands,
        Conflict::Rebooking(InvalidTransition::Over) => Code::RebookingOver,
        Conflict::Link(LinkUnusable::Expired { .. }) => Code::LinkExpired,
        Conflict::Link(LinkUnusable::Cancelled { .. }) => Code::LinkCancelled,
        Conflict::Link(LinkUnusable::Used { .. }) => Code::LinkUsed,
        Conflict::ConfirmationClosed => Code::ConfirmationClosed,
        Conflict::RebookingLive => Code::RebookingLive,
        Conflict::NothingToMove => Code::NothingToMove,
        Conflict::EffectNotIdle => Code::EffectNotIdle,
        Conflict::OrderCannotBeSkipped => Code::OrderCannotBeSkipped,
        Conflict::EnoughWishes => Code::EnoughWishes,
        Conflict::Forgotten => Code::Forgotten,
        Conflict::Changed => Code::CaseChanged,
        _ => Code::Conflict,
    };
    (code, messages::conflict(says, conflict))
}

fn told(code: Code, message: String) -> ErrorResponse {
    ErrorResponse {
        status: code.status(),
        code,
        data: ErrorData::new(code.word(), message),
        retry_after: None,
    }
}

impl ErrorResponse {
    fn with(self, more: impl FnOnce(ErrorData) -> ErrorData) -> Self {
        Self { data: more(self.data), ..self }
    }

    fn retry(self, seconds: i64) -> Self {
        Self { retry_after: Some(seconds), ..self }
    }

    pub(super) const fn data(&self) -> &ErrorData {
        &self.data
    }

    pub(crate) const fn code(&self) -> Code {
        self.code
    }

    pub(crate) fn message(&self) -> &str {
        self.data.message()
    }

    /// The field that is wrong.
    pub(crate) fn field(&self) -> Option<&str> {
        self.data.field_name()
    }

    /// Whether it is about the address that somebody gave to show that they are the right one.
    pub(crate) const fn is_about_the_address(&self) -> bool {
        matches!(self.code, Code::EmailMismatch | Code::TooManyAttempts | Code::AttemptsExhausted)
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
