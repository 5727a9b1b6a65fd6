//! *List*: what partners read of their own bookings. Changes nothing.

use chrono::{DateTime, Utc};

use crate::confirmation::{Confirmation, ConfirmationState};
use crate::error::RebookError;
use crate::ports::AsOf;
use crate::ports::reports::{Page, PageRequest, PartnerStatus};
use crate::service::AsPartner;
use crate::token::RebookingToken;
use crate::value::booking::{Course, OrderNumber, Participants};
use crate::value::course_date::Slot;
use crate::value::ids::TokenRef;
use crate::value::text::FreeText;

/// A declined booking and what came of it, as a partner reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RebookingRow {
    /// The declined confirmation request, or the case where support sent the link by hand.
    pub id: i64,
    /// The link.
    pub token: TokenRef,
    /// Which course was booked.
    pub course: Course,
    /// For how many people.
    pub participants: Participants,
    /// The order as it was.
    pub original_order_number: OrderNumber,
    /// The date as it was.
    pub original: Slot,
    /// The order as it is, once the shop has made it.
    pub new_order_number: Option<OrderNumber>,
    /// The date as it is, once the customer has chosen.
    pub new: Option<Slot>,
    /// Who booked.
    pub customer_name: FreeText,
    /// How far it has come.
    pub progress: PartnerStatus,
    /// When the customer chose.
    pub rebooked_at: Option<DateTime<Utc>>,
}

impl RebookingRow {
    /// The row of one token at a moment.
    #[must_use]
    pub fn from_token(token: &RebookingToken, now: DateTime<Utc>) -> Self {
        let rebooking = token.rebooking();
        Self {
            id: token
                .origin()
                .map_or_else(|| token.id().case.value(), crate::value::ids::ConfirmationId::value),
            token: token.id(),
            course: token.booking().course.clone(),
            participants: token.booking().participants,
            original_order_number: token.booking().order_number.clone(),
            original: token.booking().slot,
            new_order_number: rebooking
                .and_then(|rebooking| rebooking.order.as_ref())
                .map(|order| order.number.clone()),
            new: rebooking.map(|rebooking| rebooking.slot),
            customer_name: token.booking().customer.name.clone(),
            progress: PartnerStatus::from_token(token, now),
            rebooked_at: rebooking.map(|rebooking| rebooking.at),
        }
    }
}

impl AsPartner<'_> {
    /// The partner's own confirmations, newest first.
    ///
    /// # Errors
    /// [`RebookError::NoReports`], and [`RebookError::TryLater`] while the store is out of reach.
    pub async fn confirmations(
        self,
        state: Option<ConfirmationState>,
        page: PageRequest,
    ) -> Result<Page<Confirmation>, RebookError> {
        Ok(self.rebookings.reports()?.confirmations(self.partner, state, page).await?)
    }

    /// The partner's own declined bookings and what came of them, newest first.
    ///
    /// # Errors
    /// [`RebookError::NoReports`], and [`RebookError::TryLater`] while the store is out of reach.
    pub async fn rebookings(
        self,
        progress: Option<PartnerStatus>,
        page: PageRequest,
    ) -> Result<Page<RebookingRow>, RebookError> {
        let AsOf { now, value } =
            self.rebookings.reports()?.partner_rebookings(self.partner, progress, page).await?;
        Ok(Page {
            rows: value.rows.iter().map(|token| RebookingRow::from_token(token, now)).collect(),
            total: value.total,
        })
    }

    /// The same without counting, the next hundred after the row of `after`: for who reads all of
    /// it. The end is an empty part.
    ///
    /// # Errors
    /// [`RebookError::NoReports`], and [`RebookError::TryLater`] while the store is out of reach.
    pub async fn rebookings_after(
        self,
        progress: Option<PartnerStatus>,
        after: Option<TokenRef>,
    ) -> Result<Vec<RebookingRow>, RebookError> {
        let AsOf { now, value } = self
            .rebookings
            .reports()?
            .partner_rebookings_after(self.partner, progress, after, 100)
            .await?;
        Ok(value.iter().map(|token| RebookingRow::from_token(token, now)).collect())
    }
}
