//! The parts of a change as documents: what the statement unpacks, one kind a table.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use rebooking_core::change::{Change, ConfirmationWrite, DateWrite, EffectWrite, TokenWrite};
use rebooking_core::confirmation::ConfirmationState;
use rebooking_core::effect::{EffectKind, Outcome};
use rebooking_core::ids::CourseDateId;
use rebooking_core::token::TokenState;
use serde::Serialize;

use crate::error::Failure;
use crate::row::{BookingDoc, Nonce, WrittenToken, actor_columns, subject_columns};

#[derive(Debug, Serialize)]
pub(super) struct Token {
    pub(super) op: &'static str,
    unexpired: bool,
    row: WrittenToken,
    #[serde(skip)]
    pub(super) order: (i64, u32),
}

#[derive(Debug, Serialize)]
#[serde(tag = "op", rename_all = "snake_case")]
pub(super) enum Request {
    Open { version: u32, row: Box<OpenRow> },
    Move(Box<Moved>),
}

#[derive(Debug, Serialize)]
pub(super) struct OpenRow {
    order_id: i64,
    item_id: i64,
    date_id: i64,
    partner_id: i64,
    state: &'static str,
    booking: BookingDoc,
    token_case: i64,
    token_step: u32,
    answer_key: u16,
    answer_nonce: Nonce,
    answer_digest: String,
}

#[derive(Debug, Serialize)]
pub(super) struct Moved {
    id: i64,
    from: Vec<&'static str>,
    to: &'static str,
    reason: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    booking: Option<BookingDoc>,
    #[serde(flatten)]
    keys: Option<Keys>,
}

#[derive(Debug, Serialize)]
pub(super) struct Keys {
    order_id: i64,
    item_id: i64,
    date_id: i64,
    partner_id: i64,
}

#[derive(Debug, Serialize)]
pub(super) struct Note {
    op: &'static str,
    pub(super) id: i64,
    fence: u64,
    to: &'static str,
    after: i64,
    error: Option<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct NewEffect {
    key: String,
    case_id: i64,
    step: u32,
    lane: &'static str,
    kind: EffectKind,
}

#[derive(Debug, Serialize)]
pub(super) struct Entry {
    subject: &'static str,
    number: i64,
    step: Option<u32>,
    at: DateTime<Utc>,
    actor: &'static str,
    partner_id: Option<i64>,
    support: Option<String>,
    event: &'static str,
    note: String,
}

#[derive(Debug, Serialize)]
pub(super) struct Date {
    op: &'static str,
    date: CourseDateId,
    pub(super) take: u64,
    back: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    withdrawal: Option<String>,
}

impl Token {
    pub(super) fn of(write: &TokenWrite) -> Self {
        let (op, unexpired, token) = match write {
            TokenWrite::Issue(token) => ("issue", false, token),
            TokenWrite::Update { next, unexpired } => ("update", *unexpired, next),
        };
        Self {
            op,
            unexpired,
            row: WrittenToken::from(token.as_ref()),
            order: (token.id.case.value(), token.id.step),
        }
    }
}

pub(super) fn request(write: &ConfirmationWrite, change: &Change) -> Result<Request, Failure> {
    match write {
        ConfirmationWrite::Open { token, booking, answer } => {
            let used = change.tokens.iter().find_map(|write| match write {
                TokenWrite::Update { next, .. } if next.id == *token => match next.state {
                    TokenState::Used(_) => Some(next.version),
                    TokenState::Active | TokenState::Cancelled { .. } => None,
                },
                TokenWrite::Update { .. } | TokenWrite::Issue(_) => None,
            });
            Ok(Request::Open {
                version: used.ok_or(Failure::Senseless("a request of no token that the change uses up"))?,
                row: Box::new(OpenRow {
                    order_id: booking.order.value(),
                    item_id: booking.item.value(),
                    date_id: booking.slot.id.value(),
                    partner_id: booking.partner.id.value(),
                    state: ConfirmationState::Waiting.name(),
                    booking: BookingDoc::of(booking),
                    token_case: token.case.value(),
                    token_step: token.step,
                    answer_key: answer.key.0,
                    answer_nonce: Nonce::of(answer.nonce),
                    answer_digest: answer.digest.as_str().to_owned(),
                }),
            })
        }
        ConfirmationWrite::Move { id, from, to, reason, booking } => Ok(Request::Move(Box::new(Moved {
            id: id.value(),
            from: from.iter().map(|state| state.name()).collect(),
            to: to.name(),
            reason: reason.expose().to_owned(),
            booking: booking.as_deref().map(BookingDoc::of),
            keys: booking.as_deref().map(|booking| Keys {
                order_id: booking.order.value(),
                item_id: booking.item.value(),
                date_id: booking.slot.id.value(),
                partner_id: booking.partner.id.value(),
            }),
        }))),
    }
}

impl Moved {
    /// Whether it leaves the states in which it may begin.
    pub(super) fn moves_on(&self) -> bool {
        !self.from.contains(&self.to)
    }
}

impl Note {
    pub(super) fn of(write: &EffectWrite) -> Self {
        match write {
            EffectWrite::Settle { lease, outcome } => {
                let microseconds = |after: &TimeDelta| after.num_microseconds().unwrap_or(i64::MAX);
                let (op, to, after, error) = match outcome {
                    Outcome::Done => ("settle", "done", 0, None),
                    Outcome::Retry { after, error } => {
                        ("settle", "waiting", microseconds(after), Some(error.clone()))
                    }
                    Outcome::GivenBack { after, error } => {
                        ("give back", "waiting", microseconds(after), Some(error.clone()))
                    }
                    Outcome::Dead { error } => ("settle", "dead", 0, Some(error.clone())),
                };
                Self { op, id: lease.effect.value(), fence: lease.fence, to, after, error }
            }
            EffectWrite::Retry(id) => {
                Self { op: "retry", id: id.value(), fence: 0, to: "waiting", after: 0, error: None }
            }
            EffectWrite::Skip(id) => {
                Self { op: "skip", id: id.value(), fence: 0, to: "skipped", after: 0, error: None }
            }
        }
    }
}

impl NewEffect {
    pub(super) fn of(effect: &rebooking_core::effect::NewEffect) -> Self {
        Self {
            key: effect.key.as_str().to_owned(),
            case_id: effect.token.case.value(),
            step: effect.token.step,
            lane: effect.kind.lane().name(),
            kind: effect.kind,
        }
    }
}

impl Entry {
    pub(super) fn of(entry: &rebooking_core::audit::AuditEntry) -> Self {
        let (actor, partner_id, support) = actor_columns(&entry.actor);
        let (subject, number, step) = subject_columns(entry.subject);
        Self {
            subject,
            number,
            step,
            at: entry.at,
            actor,
            partner_id,
            support: support.map(str::to_owned),
            event: entry.event.name(),
            note: entry.note.expose().to_owned(),
        }
    }
}

/// One write a date, by id: a row can be written once in a statement, and locks are taken in this order.
pub(super) fn dates(writes: &[DateWrite]) -> Vec<Date> {
    let mut dates: BTreeMap<CourseDateId, Date> = BTreeMap::new();
    for write in writes {
        let date = write.date();
        let row = dates.entry(date).or_insert(Date { op: "write", date, take: 0, back: 0, withdrawal: None });
        match write {
            DateWrite::Take { places, .. } => row.take += u64::from(*places),
            DateWrite::GiveBack { places, .. } => row.back += u64::from(*places),
            DateWrite::Withdraw { reason, .. } => row.withdrawal = Some(reason.expose().to_owned()),
        }
    }
    dates.into_values().collect()
}
