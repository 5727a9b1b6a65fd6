//! The row of a confirmation, as it is read.

use rebooking_core::attempts::Attempts;
use rebooking_core::confirmation::Confirmation;
use rebooking_core::link::StoredLink;
use rebooking_core::ports::MalformedRow;
use rebooking_core::value::ids::{CaseId, ConfirmationId, TokenRef};

use super::Place;
use crate::columns::ConfirmationRow;

impl TryFrom<ConfirmationRow> for Confirmation {
    type Error = MalformedRow;

    fn try_from(row: ConfirmationRow) -> Result<Self, MalformedRow> {
        let place = Place::new(crate::REQUESTS, row.id);
        Ok(Self {
            id: ConfirmationId::new(row.id),
            booking: row.booking.restore(&place, "booking")?,
            token: row.token(&place)?,
            answer: row.answer(&place)?,
            attempts: Attempts {
                recent: row.attempts_recent.clone(),
                total: place.count("attempts", row.attempts)?,
            },
            state: place.word("state", &row.state)?,
            reason: place.text("reason", &row.reason)?,
            opened_at: row.opened_at,
            reminded_at: row.reminded_at,
            silent_at: row.silent_at,
        })
    }
}

impl ConfirmationRow {
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
        place.link(["answer_key", "answer_nonce", "answer_digest"], key, nonce, digest).map(Some)
    }
}
