//! The row of a confirmation request.

use chrono::{DateTime, Utc};
use rebooking_core::confirmation::Confirmation;
use rebooking_core::link::StoredLink;
use rebooking_core::value::ids::{CaseId, ConfirmationId, TokenRef};
use sqlx::types::Json;

use super::{BookingDoc, Place};
use crate::error::MalformedRow;

/// The columns of `miomente_partner_portal_rebooking_requests` that mean something to the core.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct RequestRow {
    pub(crate) request_id: i64,
    booking: Json<BookingDoc>,
    request_state: String,
    token_case: Option<i64>,
    token_step: Option<i64>,
    answer_key: Option<i64>,
    answer_nonce: Option<Vec<u8>>,
    answer_digest: Option<String>,
    request_reason: String,
    request_opened_at: DateTime<Utc>,
}

impl TryFrom<RequestRow> for Confirmation {
    type Error = MalformedRow;

    fn try_from(row: RequestRow) -> Result<Self, MalformedRow> {
        let place = Place::new(crate::REQUESTS, row.request_id);
        Ok(Self {
            id: ConfirmationId::new(row.request_id),
            booking: row.booking.restore(&place, "booking")?,
            token: row.token(&place)?,
            answer: row.answer(&place)?,
            state: place.word("state", &row.request_state)?,
            reason: place.text("reason", &row.request_reason)?,
            opened_at: row.request_opened_at,
        })
    }
}

impl RequestRow {
    fn token(&self, place: &Place) -> Result<Option<TokenRef>, MalformedRow> {
        match (self.token_case, self.token_step) {
            (Some(case), Some(step)) => Ok(Some(TokenRef {
                case: CaseId::new(case),
                step: place.count("token_step", step)?,
            })),
            (None, None) => Ok(None),
            (Some(_), None) => Err(place.bad("token_step", "must be there")),
            (None, Some(_)) => Err(place.bad("token_step", "must not be there")),
        }
    }

    fn answer(&self, place: &Place) -> Result<Option<StoredLink>, MalformedRow> {
        let Some(key) = self.answer_key else {
            place.absent("answer_nonce", &self.answer_nonce)?;
            place.absent("answer_digest", &self.answer_digest)?;
            return Ok(None);
        };
        let nonce = place.present("answer_nonce", self.answer_nonce.as_deref())?;
        let digest = place.present("answer_digest", self.answer_digest.as_deref())?;
        place.stamp(["answer_key", "answer_nonce", "answer_digest"], key, nonce, digest).map(Some)
    }
}
