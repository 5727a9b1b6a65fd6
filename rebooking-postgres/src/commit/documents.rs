//! The parts of a change as the statement takes them.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use rebooking_core::change::{Change, ConfirmationWrite, DateWrite, EffectWrite, TokenWrite};
use rebooking_core::effect::{EffectKind, Outcome};
use rebooking_core::token::TokenState;
use rebooking_core::value::ids::CourseDateId;
use serde::Serialize;
use sqlx::types::Json;

use super::{Row, columns};
use crate::error::Failure;
use crate::row::{BookingDoc, Query, WrittenToken, actor_columns, as_hex, subject_columns};

#[derive(Debug, Serialize)]
pub(super) struct Token {
    pub(super) op: &'static str,
    unexpired: bool,
    #[serde(flatten)]
    row: WrittenToken,
    #[serde(skip)]
    pub(super) order: (i64, u32),
}

#[derive(Debug)]
pub(super) enum Request {
    Open(Open),
    Move(Moved),
}

/// A request of the token that the same change uses up, which had this version.
#[derive(Debug, Serialize)]
pub(super) struct Open {
    version: i64,
    order_id: i64,
    item_id: i64,
    date_id: i64,
    partner_id: i64,
    booking: Json<BookingDoc>,
    token_case: i64,
    token_step: i64,
    answer_key: i64,
    #[serde(serialize_with = "as_hex")]
    answer_nonce: Vec<u8>,
    answer_digest: String,
}

columns! {
    Open {
        version: "bigint",
        order_id: "bigint",
        item_id: "bigint",
        date_id: "bigint",
        partner_id: "bigint",
        booking: "jsonb",
        token_case: "bigint",
        token_step: "bigint",
        answer_key: "bigint",
        answer_nonce: "bytea",
        answer_digest: "text",
    }
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

/// All effects of a change are asked for at one moment; their places tell them apart.
#[derive(Debug, Serialize)]
pub(super) struct NewEffect {
    key: String,
    case_id: i64,
    step: i64,
    lane: &'static str,
    kind: Json<EffectKind>,
    place: i64,
}

columns! {
    NewEffect {
        key: "text",
        case_id: "bigint",
        step: "bigint",
        lane: "text",
        kind: "jsonb",
        place: "bigint",
    }
}

#[derive(Debug, Serialize)]
pub(super) struct Entry {
    subject: &'static str,
    number: i64,
    step: Option<i64>,
    at: DateTime<Utc>,
    actor: &'static str,
    partner_id: Option<i64>,
    support: Option<String>,
    event: &'static str,
    note: String,
}

columns! {
    Entry {
        subject: "text",
        number: "bigint",
        step: "bigint",
        at: "timestamptz",
        actor: "text",
        partner_id: "bigint",
        support: "text",
        event: "text",
        note: "text",
    }
}

#[derive(Debug, Default, Serialize)]
pub(super) struct Date {
    date: i64,
    pub(super) take: i64,
    back: i64,
    withdrawal: Option<String>,
}

columns! {
    Date {
        date: "bigint",
        take: "bigint",
        back: "bigint",
        withdrawal: "text",
    }
}

impl Row for Token {
    fn columns() -> Vec<(&'static str, &'static str)> {
        [("op", "text"), ("unexpired", "boolean")]
            .into_iter()
            .chain(WrittenToken::columns())
            .collect()
    }

    fn bound<'q>(&'q self, query: Query<'q>) -> Query<'q> {
        self.row.bound(query.bind(self.op).bind(self.unexpired))
    }
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
            let version =
                used.ok_or(Failure::Senseless("a request of no token that the change uses up"))?;
            Ok(Request::Open(Open {
                version: version.into(),
                order_id: booking.order.value(),
                item_id: booking.item.value(),
                date_id: booking.slot.id.value(),
                partner_id: booking.partner.id.value(),
                booking: Json(BookingDoc::of(booking)),
                token_case: token.case.value(),
                token_step: token.step.into(),
                answer_key: answer.key.0.into(),
                answer_nonce: answer.nonce.0.to_vec(),
                answer_digest: answer.digest.as_str().to_owned(),
            }))
        }
        ConfirmationWrite::Move { id, from, to, reason, booking } => Ok(Request::Move(Moved {
            id: id.value(),
            from: from.iter().map(|state| state.as_str()).collect(),
            to: to.as_str(),
            reason: reason.expose().to_owned(),
            booking: booking.as_deref().map(BookingDoc::of),
            keys: booking.as_deref().map(|booking| Keys {
                order_id: booking.order.value(),
                item_id: booking.item.value(),
                date_id: booking.slot.id.value(),
                partner_id: booking.partner.id.value(),
            }),
        })),
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
    pub(super) fn of(effect: &rebooking_core::effect::NewEffect, place: i64) -> Self {
        Self {
            key: effect.key.as_str().to_owned(),
            case_id: effect.token.case.value(),
            step: effect.token.step.into(),
            lane: effect.kind.lane().as_str(),
            kind: Json(effect.kind),
            place,
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
            step: step.map(i64::from),
            at: entry.at,
            actor,
            partner_id,
            support: support.map(str::to_owned),
            event: entry.event.as_str(),
            note: entry.note.expose().to_owned(),
        }
    }
}

/// One write a date, by id: a row can be written once in a statement, and locks are taken in this
/// order.
pub(super) fn dates(writes: &[DateWrite]) -> Vec<Date> {
    let mut dates: BTreeMap<CourseDateId, Date> = BTreeMap::new();
    for write in writes {
        let date = write.date();
        let row =
            dates.entry(date).or_insert_with(|| Date { date: date.value(), ..Date::default() });
        match write {
            DateWrite::Take { places, .. } => row.take += i64::from(*places),
            DateWrite::GiveBack { places, .. } => row.back += i64::from(*places),
            DateWrite::Withdraw { reason, .. } => row.withdrawal = Some(reason.expose().to_owned()),
        }
    }
    dates.into_values().collect()
}
