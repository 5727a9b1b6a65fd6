//! One case in full, for support: its links, what came of them, its effects and its history. No
//! link is in it.

use chrono::{DateTime, Utc};
use rebooking_core::audit::{Actor, AuditEntry, AuditEvent, Subject};
use rebooking_core::ports::AsOf;
use rebooking_core::ports::reports::{CaseDetails, CaseStatus};
use rebooking_core::rebooking::Rebooking;
use rebooking_core::token::{CancelReason, Cause, RebookingToken, TokenState};
use rebooking_core::value::booking::Booking;
use rebooking_core::value::ids::CourseDateId;
use rebooking_core::wish::Wish;
use serde::Serialize;
use utoipa::ToSchema;

use super::customer::{WishWord, weekday};
use super::effect::EffectRow;
use super::words::{
    CancelWord, CauseWord, ConsequenceWord, LanguageWord, ProgressWord, WeekdayWord,
};
use super::{Amount, day, hours, moment};

#[derive(Serialize, ToSchema)]
pub(crate) struct Case {
    id: i64,
    tokens: Vec<Token>,
    effects: Vec<EffectRow>,
    history: Vec<Entry>,
}

impl Case {
    pub(crate) fn new(id: i64, seen: &AsOf<CaseDetails>) -> Self {
        let AsOf { now, value: file } = seen;
        Self {
            id,
            tokens: file.tokens.iter().map(|token| Token::new(file, token, *now)).collect(),
            effects: file.effects.iter().map(EffectRow::from_effect).collect(),
            history: file.audit.iter().map(Entry::new).collect(),
        }
    }
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = CaseLink)]
struct Token {
    step: u32,
    #[schema(value_type = ProgressWord)]
    status: &'static str,
    #[schema(value_type = CauseWord)]
    cause: Cause,
    reason: String,
    booking: Booked,
    rebooking: Option<Chosen>,
    cancelled: Option<Cancelled>,
    #[schema(format = DateTime)]
    issued_at: String,
    expires_at: String,
    wrong_addresses: u32,
    lost_date_ids: Vec<i64>,
    proposed_date_ids: Vec<i64>,
    wishes: Vec<Said>,
    ticket: Option<Ticket>,
    milestones: Moments,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = CaseBooking)]
struct Booked {
    order_id: i64,
    order_number: String,
    order_item_id: i64,
    course_name: String,
    date_id: i64,
    #[schema(format = Date)]
    date: String,
    #[schema(example = "18:00 - 21:00")]
    time: String,
    participants: u32,
    price: Amount,
    total: Amount,
    #[schema(example = "EUR")]
    currency: String,
    partner_id: i64,
    customer_name: String,
    customer_email: String,
    #[schema(value_type = LanguageWord)]
    language: &'static str,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = CaseRebooking)]
struct Chosen {
    #[schema(format = DateTime)]
    chosen_at: String,
    chosen_by: &'static str,
    course_name: String,
    date_id: i64,
    #[schema(format = Date)]
    date: String,
    #[schema(example = "18:00 - 21:00")]
    time: String,
    partner_id: i64,
    total: Amount,
    #[schema(value_type = ConsequenceWord)]
    consequence: &'static str,
    #[schema(example = "EUR")]
    currency: String,
    confirmation_id: Option<i64>,
    order_number: Option<String>,
    #[schema(format = DateTime)]
    since: String,
}

#[derive(Serialize, ToSchema)]
struct Cancelled {
    #[schema(format = DateTime)]
    at: String,
    #[schema(value_type = CancelWord)]
    why: CancelReason,
}

#[derive(Serialize, ToSchema)]
struct Ticket {
    id: String,
    number: String,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = WishSaid)]
struct Said {
    #[schema(value_type = WishWord)]
    kind: &'static str,
    text: String,
    #[schema(value_type = Vec<WeekdayWord>)]
    weekdays: Vec<&'static str>,
    months: Vec<u32>,
    #[schema(format = DateTime)]
    at: String,
    answered_at: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Moments {
    #[schema(format = DateTime)]
    mailed_at: Option<String>,
    opened_at: Option<String>,
    #[schema(format = DateTime)]
    no_dates_at: Option<String>,
    reminded_at: Option<String>,
    #[schema(format = DateTime)]
    expired_at: Option<String>,
    forgotten_at: Option<String>,
}

#[derive(Serialize, ToSchema)]
struct Entry {
    #[schema(format = DateTime)]
    at: String,
    /// Which link; 0 before there is one.
    step: u32,
    actor: &'static str,
    name: Option<String>,
    event: &'static str,
    note: String,
}

impl Token {
    fn new(file: &CaseDetails, token: &RebookingToken, now: DateTime<Utc>) -> Self {
        let cancelled = match token.state() {
            TokenState::Cancelled { at, why } => Some(Cancelled { at: moment(*at), why: *why }),
            TokenState::Active | TokenState::Used(_) => None,
        };
        let ticket = token
            .ticket()
            .as_ref()
            .map(|ticket| Ticket { id: ticket.id.clone(), number: ticket.number.clone() });
        Self {
            step: token.id().step,
            status: CaseStatus::from_token(token, now).as_str(),
            cause: token.cause(),
            reason: token.reason().expose().to_owned(),
            booking: Booked::new(token.booking()),
            rebooking: token.rebooking().map(Chosen::from_rebooking),
            cancelled,
            issued_at: moment(token.issued_at()),
            expires_at: moment(token.expires_at()),
            wrong_addresses: token.attempts().total,
            lost_date_ids: token.lost().iter().map(|id| CourseDateId::value(*id)).collect(),
            proposed_date_ids: token.proposed().iter().map(|id| CourseDateId::value(*id)).collect(),
            wishes: token.wishes().iter().map(Said::from_wish).collect(),
            ticket,
            milestones: Moments::new(file, token),
        }
    }
}

impl Booked {
    fn new(booking: &Booking) -> Self {
        Self {
            order_id: booking.order.value(),
            order_number: booking.order_number.to_string(),
            order_item_id: booking.item.value(),
            course_name: booking.course.name.clone(),
            date_id: booking.slot.id.value(),
            date: day(&booking.slot),
            time: hours(&booking.slot),
            participants: booking.participants.count(),
            price: Amount(booking.unit_price),
            total: Amount(booking.total()),
            currency: booking.unit_price.currency().to_string(),
            partner_id: booking.partner.id.value(),
            customer_name: booking.customer.name.expose().to_owned(),
            customer_email: booking.customer.email.expose().to_owned(),
            language: booking.customer.language.as_str(),
        }
    }
}

impl Chosen {
    fn from_rebooking(rebooking: &Rebooking) -> Self {
        Self {
            chosen_at: moment(rebooking.at),
            chosen_by: rebooking.by.as_str(),
            course_name: rebooking.course.name.clone(),
            date_id: rebooking.slot.id.value(),
            date: day(&rebooking.slot),
            time: hours(&rebooking.slot),
            partner_id: rebooking.partner.id.value(),
            total: Amount(rebooking.total),
            consequence: rebooking.consequence.as_str(),
            currency: rebooking.total.currency().to_string(),
            confirmation_id: rebooking.confirmation.map(|id| id.value()),
            order_number: rebooking.order.as_ref().map(|order| order.number.to_string()),
            since: moment(rebooking.since),
        }
    }
}

impl Said {
    fn from_wish(wish: &Wish) -> Self {
        Self {
            kind: wish.kind.as_str(),
            text: wish.text.expose().to_owned(),
            weekdays: wish.weekdays.iter().map(|day| weekday(*day)).collect(),
            months: wish.months.clone(),
            at: moment(wish.at),
            answered_at: wish.answered_at.map(moment),
        }
    }
}

impl Moments {
    fn new(file: &CaseDetails, token: &RebookingToken) -> Self {
        let (milestones, first) =
            (&token.milestones(), |event| file.first(token.id(), event).map(moment));
        Self {
            mailed_at: milestones.mailed_at.map(moment),
            opened_at: first(AuditEvent::PageOpened),
            no_dates_at: first(AuditEvent::NoDatesFound),
            reminded_at: milestones.reminded_at.map(moment),
            expired_at: milestones.expired_at.map(moment),
            forgotten_at: milestones.forgotten_at.map(moment),
        }
    }
}

impl Entry {
    fn new(entry: &AuditEntry) -> Self {
        let name = match &entry.actor {
            Actor::Partner(id) => Some(id.to_string()),
            Actor::Support(name) => Some(name.clone()),
            Actor::Customer | Actor::Shop | Actor::System => None,
        };
        Self {
            at: moment(entry.at),
            step: match entry.subject {
                Subject::Token(token) => token.step,
                Subject::Booking(_) | Subject::Date(_) => 0,
            },
            actor: entry.actor.as_str(),
            name,
            event: entry.event.as_str(),
            note: entry.note.expose().to_owned(),
        }
    }
}
