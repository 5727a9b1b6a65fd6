//! The one match from an error to status, stable code and message.

use http::header::RETRY_AFTER;
use http::{HeaderMap, StatusCode};
use rebooking_core::eligibility::{Offer, Refusal};
use rebooking_core::error::{Conflict, InvalidInput, OpenCase, Resource};
use rebooking_core::ports::PortError;
use rebooking_core::proposal::InvalidProposal;
use rebooking_core::rebooking::InvalidTransition;
use rebooking_core::token::{CancelReason, LinkUnusable, RebookingToken};
use rebooking_core::value::booking::BookableItem;
use rebooking_core::value::customer::Language;
use rebooking_core::value::money::Money;
use rebooking_core::{Policy, RebookError};

use super::{ApiError, Code, RequestError, Wanted};
use crate::edge::floor::Rejection;
use crate::messages::{self, text};

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
            (true, true) => text!(self.language, "errors-outcome-unknown-open-again"),
            (true, false) => text!(self.language, "errors-outcome-unknown-look-first"),
            (false, _) => text!(self.language, "errors-outcome-unknown"),
        }
    }
}

/// Status, code and message of an error, and what else its reader needs.
pub(crate) struct ErrorResponse {
    pub(crate) status: StatusCode,
    pub(crate) code: Code,
    pub(crate) message: String,
    pub(crate) details: ErrorDetails,
    /// Seconds.
    retry_after: Option<i64>,
}

/// What else helps with some codes.
#[derive(Default)]
pub(crate) struct ErrorDetails {
    /// The field that is wrong.
    pub(crate) field: Option<String>,
    /// How many more addresses may be tried for now.
    pub(crate) attempts_left: Option<u32>,
    /// Whether a new link is mailed to whoever asks for one.
    pub(crate) new_link: Option<bool>,
    /// The total to agree to.
    pub(crate) total: Option<Money>,
    /// The fresh list to choose from.
    pub(crate) offers: Option<Vec<Offer>>,
    /// The items of an order to choose from.
    pub(crate) items: Option<Vec<BookableItem>>,
    /// The cases that are in the way.
    pub(crate) open_cases: Option<Vec<OpenCase>>,
    /// The link with which something was booked.
    pub(crate) used: Option<Box<RebookingToken>>,
}

impl ApiError {
    /// What somebody is told, and the log what they are not.
    pub(crate) fn response(&self, to: &ErrorAudience<'_>) -> ErrorResponse {
        self.log();
        self.sorted(to)
    }

    /// The stable code alone.
    pub(crate) fn code(&self, to: &ErrorAudience<'_>) -> Code {
        self.sorted(to).code
    }

    fn sorted(&self, to: &ErrorAudience<'_>) -> ErrorResponse {
        use RebookError as E;
        let says = to.language;
        match self {
            Self::Core(E::UnknownLink) => by_code(says, Code::TokenUnknown),
            Self::Core(E::Gone { why, token }) => match why {
                LinkUnusable::Expired { .. } => {
                    let replaced = token.is_replaced_on_request(to.policy.renewal_limit);
                    told(Code::TokenExpired, messages::token_expired(says, token, replaced))
                        .with(|details| details.new_link = Some(replaced))
                }
                LinkUnusable::Cancelled { why: CancelReason::Superseded, .. } => {
                    by_code(says, Code::TokenSuperseded)
                }
                LinkUnusable::Cancelled { why, .. } => told(
                    Code::TokenCancelled,
                    text!(says, "errors-token-cancelled", why = why.as_str()),
                ),
                LinkUnusable::Used { .. } => {
                    told(Code::TokenUsed, messages::token_used(says, token, to.policy))
                        .with(|details| details.used = Some(token.clone()))
                }
            },
            Self::Core(E::WrongEmail { left }) => {
                told(Code::EmailMismatch, text!(says, "errors-email-mismatch", left = *left))
                    .with(|details| details.attempts_left = Some(*left))
            }
            Self::Core(E::TooManyAttempts { wait: Some(wait) }) => {
                // Rounded up: a second too early would be refused once more.
                let wait = wait.num_milliseconds().saturating_add(999) / 1000;
                let minutes = wait.max(1).unsigned_abs().div_ceil(60);
                let message = text!(says, "errors-too-many-attempts", minutes);
                told(Code::TooManyAttempts, message).retry(wait)
            }
            Self::Core(E::TooManyAttempts { wait: None }) => {
                by_code(says, Code::AttemptsExhausted).retry(24 * 60 * 60)
            }
            Self::Core(E::ChooseAgain { why, slot, offers }) => {
                let message = messages::refusal(says, *why, slot.as_ref(), !offers.is_empty());
                choose_again(*why, message).with(|details| details.offers = Some(offers.clone()))
            }
            Self::Core(E::Invalid(input)) => invalid_input(to, input),
            Self::Core(E::NotFound(Resource::Booking)) if to.on_page => {
                told(Code::NotFound, text!(says, "errors-no-such-item")).field("orderItemId")
            }
            Self::Core(E::NotFound(Resource::Order)) if to.on_page => {
                let message = text!(says, "errors-not-found", what = Resource::Order.to_string());
                told(Code::NotFound, message).field("orderNumber")
            }
            Self::Core(E::ChooseItem { items }) => by_code(says, Code::ChooseItem)
                .field("orderItemId")
                .with(|details| details.items = Some(items.clone())),
            Self::Core(E::OpenCases(open)) => {
                let numbers: Vec<String> = open.iter().map(|open| open.case.to_string()).collect();
                let stands = open.iter().any(|open| !open.open.ends_with_the_case());
                let why = if stands { "booking" } else { "case" };
                told(
                    Code::CaseOpen,
                    text!(says, "errors-case-open", why, cases = numbers.join(", ")),
                )
                .with(|details| details.open_cases = Some(open.clone()))
            }
            Self::Core(E::NotFound(Resource::Person)) if to.on_page => {
                let message = text!(says, "errors-not-found", what = Resource::Person.to_string());
                told(Code::NotFound, message).field("email")
            }
            Self::Core(E::NotFound(what)) => {
                told(Code::NotFound, text!(says, "errors-not-found", what = what.to_string()))
            }
            Self::Core(E::NoReports) => by_code(says, Code::ReportsLeftOut),
            Self::Core(E::Conflict(conflict)) => by_code(says, in_conflict(*conflict)),
            Self::Core(E::TryLater(PortError::Unknown(_))) => {
                told(Code::OutcomeUnknown, to.outcome_unknown()).retry(5)
            }
            Self::Core(E::TryLater(_)) => by_code(says, Code::TryLater).retry(5),
            Self::Core(E::Broken(_)) => by_code(says, Code::Broken),
            Self::Core(_) => by_code(says, Code::Internal),
            Self::Http(error) => error.sorted(to),
            Self::Edge(rejection) => rejected(*rejection, to),
        }
    }
}

impl RequestError {
    fn sorted(&self, to: &ErrorAudience<'_>) -> ErrorResponse {
        let says = to.language;
        match self {
            Self::NotSignedIn => by_code(says, Code::NotSignedIn),
            Self::WrongRole => by_code(says, Code::WrongRole),
            Self::StaleForm => by_code(says, Code::StaleForm),
            #[cfg(feature = "pages")]
            Self::NotDeclaredForm => {
                told(Code::UnsupportedMediaType, text!(says, "errors-not-received"))
            }
            Self::NotDeclaredJson => {
                told(Code::UnsupportedMediaType, text!(says, "errors-not-declared-json"))
                    .field("Content-Type")
            }
            Self::NotJson => unreadable(to),
            Self::Field { name, wanted } => invalid(to, name, wanted),
            Self::Broken => by_code(says, Code::Internal),
        }
    }
}

/// What the edge refuses.
fn rejected(rejection: Rejection, to: &ErrorAudience<'_>) -> ErrorResponse {
    let says = to.language;
    match rejection {
        Rejection::NoSuchRoute => {
            told(Code::NotFound, text!(says, "errors-not-found", what = "page"))
        }
        Rejection::WrongMethod => by_code(says, Code::MethodNotAllowed),
        Rejection::CrossSite => by_code(says, Code::CrossSite),
        Rejection::TooManyRequests { seconds } => {
            let waiting = seconds.max(1).unsigned_abs();
            let message = text!(says, "errors-too-many-requests", seconds = waiting);
            told(Code::TooManyRequests, message).retry(seconds)
        }
        Rejection::BodyTooLarge if to.on_page => {
            told(Code::BodyTooLarge, text!(says, "errors-too-long"))
        }
        Rejection::BodyTooLarge => {
            told(Code::BodyTooLarge, text!(says, "errors-too-large")).field("body")
        }
        Rejection::BodyTimeout => by_code(says, Code::RequestTimeout),
        Rejection::BodyUnreadable => unreadable(to),
        Rejection::AnswerTimeout => told(Code::AnswerTimeout, to.outcome_unknown()).retry(5),
        Rejection::Panicked => by_code(says, Code::Internal),
    }
}

fn unreadable(to: &ErrorAudience<'_>) -> ErrorResponse {
    if to.on_page {
        told(Code::MalformedBody, text!(to.language, "errors-not-received"))
    } else {
        told(Code::MalformedBody, text!(to.language, "errors-not-json")).field("body")
    }
}

fn invalid(to: &ErrorAudience<'_>, field: &str, wanted: &Wanted) -> ErrorResponse {
    let says = to.language;
    let message = match wanted {
        _ if to.on_page => text!(says, "fields-mistaken", field),
        Wanted::Nothing => text!(says, "fields-unknown", field),
        Wanted::TheUsual => text!(says, "fields-invalid", field),
        Wanted::OneOf(words) => text!(says, "fields-not-one-of", field, words),
    };
    told(Code::InvalidField, message).field(field)
}

/// The field of the request that breaks a rule, and how.
fn invalid_input(to: &ErrorAudience<'_>, input: &InvalidInput) -> ErrorResponse {
    let field = match input {
        InvalidInput::NoReason => "reason",
        InvalidInput::EmptyNote => "note",
        InvalidInput::Proposal(InvalidProposal::Date { date, slot, why }) => {
            let message =
                messages::invalid_proposal(to.language, *date, slot.as_ref(), *why, to.on_page);
            return told(Code::InvalidField, message).field("proposedDateIds");
        }
        InvalidInput::Proposal(InvalidProposal::TooMany) => "proposedDateIds",
        InvalidInput::ExpectedTotal(_) => "expectedTotal",
        InvalidInput::MoneyBackNotOffered => "kind",
        InvalidInput::EmptyWish => "text",
        InvalidInput::Month => "months",
        InvalidInput::TooManyBackups { .. } | InvalidInput::BackupTwice => "backups",
        InvalidInput::Extension => "days",
        InvalidInput::Span => "to",
        _ => "body",
    };
    invalid(to, field, &Wanted::TheUsual)
}

fn choose_again(why: Refusal, message: String) -> ErrorResponse {
    match why {
        Refusal::TooFewPlaces { .. } => told(Code::SoldOut, message),
        Refusal::PriceChanged { total } => {
            told(Code::PriceChanged, message).with(|details| details.total = Some(total))
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

const fn in_conflict(conflict: Conflict) -> Code {
    match conflict {
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
        Conflict::BackupsClosed => Code::BackupsClosed,
        Conflict::DateFixed => Code::DateFixed,
        Conflict::Forgotten => Code::Forgotten,
        Conflict::CaseTaken => Code::CaseTaken,
        Conflict::Changed => Code::CaseChanged,
        _ => Code::Conflict,
    }
}

/// An error that is told by its code alone.
fn by_code(says: Language, code: Code) -> ErrorResponse {
    told(code, text!(says, "errors-by-code", code = code.as_str()))
}

fn told(code: Code, message: String) -> ErrorResponse {
    let (status, details) = (code.status(), ErrorDetails::default());
    ErrorResponse { status, code, message, details, retry_after: None }
}

impl ErrorResponse {
    fn with(mut self, add: impl FnOnce(&mut ErrorDetails)) -> Self {
        add(&mut self.details);
        self
    }

    fn field(self, name: &str) -> Self {
        self.with(|details| details.field = Some(name.to_owned()))
    }

    fn retry(self, seconds: i64) -> Self {
        Self { retry_after: Some(seconds), ..self }
    }

    /// Says when it is worth trying again.
    pub(crate) fn retry_in(&self, headers: &mut HeaderMap) {
        if let Some(seconds) = self.retry_after {
            headers.insert(RETRY_AFTER, seconds.into());
        }
    }
}
