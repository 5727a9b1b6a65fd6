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
    /// the link to answer; its places count as taken already. A link that support has sent by hand
    /// before stays good, and holds the request until it is used. `None` for a booking that has
    /// been declined or moved: that is never opened anew. May be repeated: the same booking gives
    /// the same request, and one mail.
    ///
    /// # Errors
    /// [`RebookError::TryLater`] while the store is out of reach.
    pub async fn open_request(
        &self,
        booking: &Booking,
    ) -> Result<Option<ConfirmationId>, RebookError> {
        let seen = self.store().find(&CaseKey::Item(booking.item)).await?.value;
        match (seen.confirmation.as_ref(), seen.newest()) {
            (Some(known), _) if known.token.is_none() => return Ok(Some(known.id)),
            (None, None) => {}
            (None, Some(token)) if token.awaits_request() => {}
            (None | Some(_), _) => return Ok(None),
        }
        let answer = self.new_link(LinkPurpose::Answer)?;
        let opened = self.store().ask_for_confirmation(booking, &answer).await?;
        if opened.is_none() {
            return Ok(None);
        }
        self.wake_for(Wakeup::lane(Lane::Mail));
        if self.0.ports.schedule.is_some() {
            // Its partner may propose other dates, or take back the whole one.
            self.wants_dates(booking);
        }
        Ok(opened)
    }
}
