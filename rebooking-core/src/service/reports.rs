//! *List*: what partners and support read. Changes nothing.

use chrono::{DateTime, Utc};

use super::Rebookings;
use crate::confirmation::{Confirmation, ConfirmationState};
use crate::effect::{Effect, EffectStatus};
use crate::error::{InvalidInput, RebookError, Resource};
use crate::ports::AsOf;
use crate::ports::reports::{
    CaseDetails, CaseFilter, CaseRow, CaseStatus, Earnings, Page, PageRequest,
};
use crate::token::RebookingToken;
use crate::value::booking::{Course, OrderNumber, Participants};
use crate::value::course_date::Slot;
use crate::value::ids::{CaseId, PartnerId, TokenRef};
use crate::value::text::FreeText;

/// A declined booking and what came of it, as a partner reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    pub progress: CaseStatus,
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
            progress: CaseStatus::from_token(token, now),
            rebooked_at: rebooking.map(|rebooking| rebooking.at),
        }
    }
}

impl Rebookings {
    /// A partner's own requests, newest first.
    ///
    /// # Errors
    /// [`RebookError::NoReports`], and [`RebookError::TryLater`] while the store is out of reach.
    pub async fn confirmations(
        &self,
        partner: PartnerId,
        state: Option<ConfirmationState>,
        page: PageRequest,
    ) -> Result<Page<Confirmation>, RebookError> {
        Ok(self.reports()?.confirmations(partner, state, page).await?)
    }

    /// A partner's own declined bookings and what came of them, newest first.
    ///
    /// # Errors
    /// [`RebookError::NoReports`], and [`RebookError::TryLater`] while the store is out of reach.
    pub async fn rebookings(
        &self,
        partner: PartnerId,
        progress: Option<CaseStatus>,
        page: PageRequest,
    ) -> Result<Page<RebookingRow>, RebookError> {
        let AsOf { now, value } =
            self.reports()?.partner_rebookings(partner, progress, page).await?;
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
        &self,
        partner: PartnerId,
        progress: Option<CaseStatus>,
        after: Option<TokenRef>,
    ) -> Result<Vec<RebookingRow>, RebookError> {
        let AsOf { now, value } =
            self.reports()?.partner_rebookings_after(partner, progress, after, 100).await?;
        Ok(value.iter().map(|token| RebookingRow::from_token(token, now)).collect())
    }

    /// Cases for support, newest first, with what each needs and the moment by which their state is
    /// to be read.
    ///
    /// # Errors
    /// [`RebookError::NoReports`], and [`RebookError::TryLater`] while the store is out of reach.
    pub async fn cases(
        &self,
        filter: &CaseFilter,
        page: PageRequest,
    ) -> Result<AsOf<Page<CaseRow>>, RebookError> {
        Ok(self.reports()?.cases(filter, page).await?)
    }

    /// All that is known of one case.
    ///
    /// # Errors
    /// [`RebookError::NotFound`], and [`RebookError::TryLater`] while the store is out of reach.
    pub async fn case(&self, case: CaseId) -> Result<AsOf<CaseDetails>, RebookError> {
        self.reports()?.case(case).await?.ok_or(RebookError::NotFound(Resource::Case))
    }

    /// Effects in one state or in any, newest first.
    ///
    /// # Errors
    /// [`RebookError::NoReports`], and [`RebookError::TryLater`] while the store is out of reach.
    pub async fn effects(
        &self,
        status: Option<EffectStatus>,
        page: PageRequest,
    ) -> Result<Page<Effect>, RebookError> {
        Ok(self.reports()?.effects(status, page).await?)
    }

    /// What the cases that began within a span (UTC, its end excluded) led to.
    ///
    /// # Errors
    /// [`RebookError::Invalid`] for a span that ends before it begins, and
    /// [`RebookError::TryLater`].
    pub async fn earnings(
        &self,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<AsOf<Vec<Earnings>>, RebookError> {
        if until <= from {
            return Err(InvalidInput::Span.into());
        }
        Ok(self.reports()?.earnings(from, until).await?)
    }
}
