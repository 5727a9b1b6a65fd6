//! *Open a request*: a booking was sold, and its partner is to be asked. For shops whose portal
//! does not do that by itself.

use crate::effect::Lane;
use crate::error::RebookError;
use crate::link::LinkPurpose;
use crate::ports::store::CaseKey;
use crate::service::{Rebookings, Wakeup};
use crate::value::booking::Booking;
use crate::value::ids::ConfirmationId;

impl Rebookings {
    /// Opens the partner's request for a booking that was sold, and mails it to the partner, with
    /// the link to answer; its places count as taken already. `None` for one whose case has begun,
    /// as by a decline: that is never opened anew. May be repeated: the same booking gives the same
    /// request, and one mail.
    ///
    /// # Errors
    /// [`RebookError::TryLater`] while the store is out of reach.
    pub async fn open_request(
        &self,
        booking: &Booking,
    ) -> Result<Option<ConfirmationId>, RebookError> {
        let seen = self.store().find(&CaseKey::Item(booking.item)).await?.value;
        if !seen.tokens.is_empty() {
            return Ok(None);
        }
        if let Some(known) = seen.confirmation {
            return Ok(Some(known.id));
        }
        let answer = self.new_link(LinkPurpose::Answer)?;
        let opened = self.store().ask_for_confirmation(booking, &answer).await?;
        self.wake_for(Wakeup::lane(Lane::Mail));
        if self.0.ports.schedule.is_some() {
            // Its partner may propose other dates, or take back the whole one.
            self.wants_dates(booking);
        }
        Ok(Some(opened))
    }
}
