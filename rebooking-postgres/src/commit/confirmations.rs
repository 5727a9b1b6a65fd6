//! Confirmations as a change writes them.

use chrono::{DateTime, Utc};
use rebooking_core::change::{Change, ConfirmationWrite, TokenWrite};
use rebooking_core::confirmation::ConfirmationState;
use rebooking_core::token::{RebookingToken, TokenState};
use rebooking_core::value::booking::Booking;
use rebooking_core::value::ids::TokenRef;
use serde::Serialize;
use sqlx::types::Json;

use crate::columns::row;
use crate::error::Failure;
use crate::row::{BookingDoc, as_hex};

row! {
    /// A confirmation for the token that the same change uses up, which had this version, or none
    /// where the change issues it as one that is used.
    #[derive(Debug, Serialize)]
    pub(super) struct NewConfirmation {
        version: Option<i64> = "bigint",
        order_id: i64 = "bigint",
        item_id: i64 = "bigint",
        date_id: i64 = "bigint",
        partner_id: i64 = "bigint",
        booking: Json<BookingDoc> = "jsonb",
        token_case: i64 = "bigint",
        token_step: i64 = "bigint",
        answer_key: i64 = "bigint",
        #[serde(serialize_with = "as_hex")]
        answer_nonce: Vec<u8> = "bytea",
        answer_digest: String = "text",
    }
}

/// A confirmation that moves on from one of some states, counts a wrong address, or is noted as
/// unanswered.
#[derive(Debug, Serialize)]
pub(super) struct ConfirmationMove {
    id: i64,
    from: Vec<&'static str>,
    to: Option<&'static str>,
    reason: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    booking: Option<BookingDoc>,
    #[serde(flatten)]
    keys: Option<Keys>,
    #[serde(flatten)]
    counted: Option<Counted>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'static str>,
}

/// Wrong addresses: how many were read, and all with this one.
#[derive(Debug, Serialize)]
struct Counted {
    attempts_read: u32,
    attempts: u32,
    attempts_recent: Vec<DateTime<Utc>>,
}

/// Under which the confirmation is found.
#[derive(Debug, Serialize)]
pub(super) struct Keys {
    order_id: i64,
    item_id: i64,
    date_id: i64,
    partner_id: i64,
}

/// The confirmations that `change` opens and those that it moves on.
pub(super) fn confirmations(
    change: &Change,
) -> Result<(Vec<NewConfirmation>, Vec<ConfirmationMove>), Failure> {
    let (mut opens, mut moves) = (Vec::new(), Vec::new());
    for write in &change.confirmations {
        match write {
            ConfirmationWrite::Open { token, booking, answer } => opens.push(NewConfirmation {
                version: version_used(change, *token)?.map(i64::from),
                order_id: booking.order.value(),
                item_id: booking.item.value(),
                date_id: booking.slot.id.value(),
                partner_id: booking.partner.id.value(),
                booking: Json(BookingDoc::from(booking.as_ref())),
                token_case: token.case.value(),
                token_step: token.step.into(),
                answer_key: answer.key.0.into(),
                answer_nonce: answer.nonce.0.to_vec(),
                answer_digest: answer.digest.as_str().to_owned(),
            }),
            ConfirmationWrite::Move { id, from, to, reason, booking } => {
                moves.push(ConfirmationMove {
                    id: id.value(),
                    from: from.iter().map(|state| state.as_str()).collect(),
                    to: Some(to.as_str()),
                    reason: reason.expose().to_owned(),
                    booking: booking.as_deref().map(BookingDoc::from),
                    keys: booking.as_deref().map(Keys::from),
                    counted: None,
                    note: None,
                });
            }
            ConfirmationWrite::Attempt { id, read, attempts } => moves.push(ConfirmationMove {
                id: id.value(),
                from: Vec::new(),
                to: None,
                reason: String::new(),
                booking: None,
                keys: None,
                counted: Some(Counted {
                    attempts_read: *read,
                    attempts: attempts.total,
                    attempts_recent: attempts.recent.clone(),
                }),
                note: None,
            }),
            ConfirmationWrite::Note { id, note } => moves.push(ConfirmationMove {
                id: id.value(),
                from: vec![ConfirmationState::Pending.as_str()],
                to: None,
                reason: String::new(),
                booking: None,
                keys: None,
                counted: None,
                note: Some(note.as_str()),
            }),
            // Looked at before the statement: see `Payload::absent`.
            ConfirmationWrite::Absent(_) => {}
        }
    }
    Ok((opens, moves))
}

/// The version of a token that the same change uses up; of one that it issues as used there is
/// none.
fn version_used(change: &Change, token: TokenRef) -> Result<Option<u32>, Failure> {
    let is_used = |one: &RebookingToken| match one.state() {
        TokenState::Used(_) => one.id() == token,
        TokenState::Active | TokenState::Cancelled { .. } => false,
    };
    let used = change.tokens.iter().find_map(|write| match write {
        TokenWrite::Update { next, .. } => is_used(next).then(|| Some(next.version())),
        TokenWrite::Issue(next) => is_used(next).then_some(None),
    });
    used.ok_or(Failure::Unsupported("a confirmation of no token that the change uses up"))
}

impl From<&Booking> for Keys {
    fn from(booking: &Booking) -> Self {
        Self {
            order_id: booking.order.value(),
            item_id: booking.item.value(),
            date_id: booking.slot.id.value(),
            partner_id: booking.partner.id.value(),
        }
    }
}

impl ConfirmationMove {
    /// Whether it leaves the states in which it may begin.
    pub(super) fn moves_on(&self) -> bool {
        self.to.is_none_or(|to| !self.from.contains(&to))
    }
}
