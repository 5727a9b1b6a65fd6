//! Reports: the lists and figures that partners and support read. No decision is made on them.

mod attention;
mod earnings;
mod holder;
mod rows;
mod timeline;

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::{AsOf, FoundRow, PortError};
use crate::confirmation::{Confirmation, ConfirmationState};
use crate::effect::{Effect, EffectStatus};
use crate::token::RebookingToken;
use crate::value::ids::{CaseId, PartnerId, TokenRef};

pub use attention::{Attention, CaseFilter, CaseOrder, CaseRow, Recorded};
pub use earnings::{Earnings, median};
pub use holder::{HeldBy, Holder};
pub use rows::{Backlog, CaseDetails, CaseStatus, Page, PageRequest, PartnerStatus};
pub use timeline::{Happened, Timeline};

/// Lists what a [`RebookingStore`](super::RebookingStore) keeps. A host whose portal has lists of
/// its own leaves it out; the use cases that list then say so, and all others work as ever.
///
/// Reading changes nothing (promise I11). A row that cannot be read is left out; the log names it
/// once, and [`malformed_rows`](Self::malformed_rows) lists it.
#[async_trait]
pub trait Reports: Send + Sync {
    /// A partner's confirmation requests in one state or in any, newest first. Requests that still
    /// wait for their order are never shown (promise I10: only this partner's).
    async fn confirmations(
        &self,
        partner: PartnerId,
        state: Option<ConfirmationState>,
        page: PageRequest,
    ) -> Result<Page<Confirmation>, PortError>;

    /// A partner's bookings that were declined, or for which support has sent a link, and what came
    /// of them, newest first (promise I10: only this partner's).
    async fn partner_rebookings(
        &self,
        partner: PartnerId,
        status: Option<PartnerStatus>,
        page: PageRequest,
    ) -> Result<AsOf<Page<RebookingToken>>, PortError>;

    /// The same list without counting it, at most `limit` rows after the one named: for who reads
    /// all of it. The end is an empty part.
    async fn partner_rebookings_after(
        &self,
        partner: PartnerId,
        status: Option<PartnerStatus>,
        after: Option<TokenRef>,
        limit: u32,
    ) -> Result<AsOf<Vec<RebookingToken>>, PortError>;

    /// Cases for support in the order that the filter asks for. A store may stop counting at the
    /// 10 000 newest, and need not look further for what a filter asks for.
    async fn cases(
        &self,
        filter: &CaseFilter,
        page: PageRequest,
    ) -> Result<AsOf<Page<CaseRow>>, PortError>;

    /// Requests for bookings as they were sold whose partner is noted to be silent, the longest
    /// known first, at most `limit`: those that are pending and whose date has not ended. One for a
    /// rebooking is what its case [needs](Attention::PartnerSilent).
    async fn silent_partners(&self, limit: u32) -> Result<Vec<Confirmation>, PortError>;

    /// All that is known of one case. `None` when there is no such case.
    async fn case(&self, case: CaseId) -> Result<Option<AsOf<CaseDetails>>, PortError>;

    /// Effects in one state or in any, newest first.
    async fn effects(
        &self,
        status: Option<EffectStatus>,
        page: PageRequest,
    ) -> Result<Page<Effect>, PortError>;

    /// What waits in each lane, in the order of [`Lane::ALL`](crate::effect::Lane::ALL); for
    /// metrics and alarms. A store may stop counting at 10 000.
    async fn backlog(&self) -> Result<AsOf<Vec<Backlog>>, PortError>;

    /// Rows that make no sense and are not yet mended, the longest known first, at most 1 000; for
    /// support and for alarms. A store finds one when it has to read it, by whatever call, and no
    /// longer lists it once it can be read or is gone. One whose rows cannot be malformed has none.
    async fn malformed_rows(&self) -> Result<Vec<FoundRow>, PortError>;

    /// What the cases that began within a span led to, by partner, month (UTC) of their beginning,
    /// currency and course, in that order.
    async fn earnings(
        &self,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<AsOf<Vec<Earnings>>, PortError>;
}
