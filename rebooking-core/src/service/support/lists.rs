//! *List*: what support reads. Changes nothing.

use chrono::{DateTime, Utc};

use crate::confirmation::Confirmation;
use crate::effect::{Effect, EffectStatus};
use crate::error::{InvalidInput, RebookError, Resource};
use crate::ports::reports::{CaseDetails, CaseFilter, CaseRow, Earnings, Page, PageRequest};
use crate::ports::{AsOf, FoundRow, UnclaimedOrder};
use crate::service::AsSupport;
use crate::value::ids::{CaseId, OrderId};

/// Orders in the shop that no rebooking claims, as far as a list shows them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnclaimedList {
    /// The longest known first.
    pub orders: Vec<UnclaimedOrder>,
    /// Whether there are more than are in the list.
    pub more: bool,
}

impl UnclaimedList {
    /// So many orders are listed at most.
    pub const MAX: u32 = 100;

    fn cut(mut orders: Vec<UnclaimedOrder>) -> Self {
        let more = orders.len() > Self::MAX as usize;
        orders.truncate(Self::MAX as usize);
        Self { orders, more }
    }
}

/// Bookings as they were sold whose partner does not answer, as far as a list shows them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct SilentList {
    /// What their partners were asked, the longest known to be silent first.
    pub requests: Vec<Confirmation>,
    /// Whether there are more than are in the list.
    pub more: bool,
}

impl SilentList {
    /// So many requests are listed at most.
    pub const MAX: u32 = 100;

    fn cut(mut requests: Vec<Confirmation>) -> Self {
        let more = requests.len() > Self::MAX as usize;
        requests.truncate(Self::MAX as usize);
        Self { requests, more }
    }
}

impl AsSupport<'_> {
    /// Cases in the order of the filter, with what each needs and the moment by which their state
    /// is to be read.
    ///
    /// # Errors
    /// [`RebookError::NoReports`], and [`RebookError::TryLater`] while the store is out of reach.
    pub async fn cases(
        self,
        filter: &CaseFilter,
        page: PageRequest,
    ) -> Result<AsOf<Page<CaseRow>>, RebookError> {
        Ok(self.rebookings.reports()?.cases(filter, page).await?)
    }

    /// All that is known of one case.
    ///
    /// # Errors
    /// [`RebookError::NotFound`], and [`RebookError::TryLater`] while the store is out of reach.
    pub async fn case(self, case: CaseId) -> Result<AsOf<CaseDetails>, RebookError> {
        self.rebookings.reports()?.case(case).await?.ok_or(RebookError::NotFound(Resource::Case))
    }

    /// Bookings as they were sold whose partner has not answered for so long that support is to
    /// call, until the answer or the end of the date; at most [`SilentList::MAX`]. For a rebooking
    /// its case says so.
    ///
    /// # Errors
    /// [`RebookError::NoReports`], and [`RebookError::TryLater`] while the store is out of reach.
    pub async fn silent_partners(self) -> Result<SilentList, RebookError> {
        // One more than is shown tells whether there are more.
        let found = self.rebookings.reports()?.silent_partners(SilentList::MAX + 1).await?;
        Ok(SilentList::cut(found))
    }

    /// Effects in one state or in any, newest first.
    ///
    /// # Errors
    /// [`RebookError::NoReports`], and [`RebookError::TryLater`] while the store is out of reach.
    pub async fn effects(
        self,
        status: Option<EffectStatus>,
        page: PageRequest,
    ) -> Result<Page<Effect>, RebookError> {
        Ok(self.rebookings.reports()?.effects(status, page).await?)
    }

    /// Orders in the shop that carry a key of ours and that no rebooking claims, the longest known
    /// first, at most [`UnclaimedList::MAX`]; none where nobody keeps a list.
    ///
    /// # Errors
    /// [`RebookError::TryLater`] while the store is out of reach.
    pub async fn unclaimed_orders(self) -> Result<UnclaimedList, RebookError> {
        let Some(list) = &self.rebookings.ports().unclaimed else {
            return Ok(UnclaimedList::default());
        };
        // One more than is shown tells whether there are more.
        Ok(UnclaimedList::cut(list.unclaimed(UnclaimedList::MAX + 1).await?))
    }

    /// Takes an order off that list, as people have dealt with it in the shop.
    ///
    /// # Errors
    /// [`RebookError::NotFound`] for one that is not on it, or no more, and
    /// [`RebookError::TryLater`] while the store is out of reach.
    pub async fn dealt_with(self, order: OrderId) -> Result<(), RebookError> {
        let known = match &self.rebookings.ports().unclaimed {
            Some(list) => list.dealt_with(order, self.name).await?,
            None => false,
        };
        if known { Ok(()) } else { Err(RebookError::NotFound(Resource::Order)) }
    }

    /// Rows of the store that make no sense, the longest known first: what they are about goes
    /// wrong until somebody mends them in the database. None where the host has left the reports
    /// out.
    ///
    /// # Errors
    /// [`RebookError::TryLater`] while the store is out of reach.
    pub async fn malformed_rows(self) -> Result<Vec<FoundRow>, RebookError> {
        self.rebookings.malformed_rows().await
    }

    /// What the cases that began within a span (UTC, its end excluded) led to.
    ///
    /// # Errors
    /// [`RebookError::Invalid`] for a span that ends before it begins, and
    /// [`RebookError::TryLater`].
    pub async fn earnings(
        self,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<AsOf<Vec<Earnings>>, RebookError> {
        if until <= from {
            return Err(InvalidInput::Span.into());
        }
        Ok(self.rebookings.reports()?.earnings(from, until).await?)
    }
}
