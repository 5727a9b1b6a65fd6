//! The store: tokens, places, confirmation requests, effects and history, changed together or not
//! at all.

mod attention;
mod rows;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};

use super::{AsOf, PortError};
use crate::change::{Change, Commit};
use crate::confirmation::{Confirmation, ConfirmationState};
use crate::effect::{Checkpoint, Claimed, Effect, Lane, Lease};
use crate::link::LinkDigest;
use crate::policy::Alternatives;
use crate::token::RebookingToken;
use crate::value::booking::Booking;
use crate::value::course_date::CourseDate;
use crate::value::ids::{
    CaseId, ConfirmationId, CourseDateId, EffectId, OrderId, OrderItemId, PartnerId, TokenRef,
};

pub use attention::{Attention, CaseFilter, CaseRow};
pub use rows::{
    CaseDetails, CaseStatus, ConfirmationCase, ConfirmationKey, DateDetails, Earnings, ItemState,
    LiveConfirmation, OrderState, Page, PageRequest, SweepReason, TokenWithDates, Visits,
};

/// Keeps rebooking tokens, places, confirmation requests and pending effects. A clone of a store is
/// another handle to the same data; any number of processes may use one store at once.
///
/// Reading changes nothing (promise I11). What is read to decide on comes with the store's moment.
/// A row that a store cannot make sense of fails the call that asks for it alone; lists leave it
/// out, and the store's log names it.
#[async_trait]
pub trait RebookingStore: Send + Sync {
    /// The token behind a link in whatever state it is, and the dates of its course and of the
    /// courses that `alternatives` names for it, in one consistent look. `None` means no such link
    /// was ever issued.
    async fn open(
        &self,
        link: &LinkDigest,
        alternatives: &Alternatives,
    ) -> Result<Option<AsOf<TokenWithDates>>, PortError>;

    /// The same for a token whose name is known. `None` means there is no such token.
    async fn token(
        &self,
        id: TokenRef,
        alternatives: &Alternatives,
    ) -> Result<Option<AsOf<TokenWithDates>>, PortError>;

    /// The newest token of a case.
    async fn latest(&self, case: CaseId) -> Result<AsOf<Option<RebookingToken>>, PortError>;

    /// What an order carries now: the newest token of each case whose booking is on it (once a
    /// rebooking has its own order, that is the order that counts), and every live request for an
    /// original booking on it.
    async fn order_state(&self, order: OrderId) -> Result<AsOf<OrderState>, PortError>;

    /// What is known of an order item: its newest live confirmation request, and the newest token
    /// of the case that it belongs to, as the original item or as the item of the order that
    /// carries a rebooking now.
    async fn item_state(&self, item: OrderItemId) -> Result<AsOf<ItemState>, PortError>;

    /// A confirmation request with the tokens that a partner's answer changes. `None` means there
    /// is no such request.
    async fn confirmation(
        &self,
        request: &ConfirmationKey,
    ) -> Result<Option<AsOf<ConfirmationCase>>, PortError>;

    /// Live confirmation requests on a date, at most `limit`; all of them sit on withdrawn dates
    /// when `date` is `None`.
    async fn live_confirmations(
        &self,
        date: Option<CourseDateId>,
        limit: u32,
    ) -> Result<AsOf<Vec<LiveConfirmation>>, PortError>;

    /// Applies the whole of `change`, or nothing of it when one of its guards fails.
    ///
    /// Of any number of calls decided on the same state at most one is told [`Commit::Applied`],
    /// even at the same instant from different processes. After `Applied` a crash loses neither the
    /// state nor one of its effects (promises I4, I6).
    ///
    /// # Errors
    /// [`PortError::Transient`] means nothing was applied; [`PortError::Unknown`] that it may have
    /// been: read again.
    async fn commit(&self, change: &Change) -> Result<Commit, PortError>;

    /// Claims up to `limit` effects of a lane whose time has come or whose lease has run out,
    /// oldest first, each for the time of `lease`. Among the effects of one case in one lane only
    /// the oldest that is not over can be claimed, so their order is kept. An effect that cannot be
    /// read is dead at once, and keeps none of the others from being claimed.
    async fn claim(
        &self,
        lane: Lane,
        limit: u32,
        lease: TimeDelta,
    ) -> Result<Vec<Claimed>, PortError>;

    /// Saves the checkpoints of an effect under way. False when the lease is no longer the latest:
    /// nothing was saved.
    async fn save_checkpoint(&self, lease: Lease, progress: &Checkpoint)
    -> Result<bool, PortError>;

    /// Tokens that the sweep must look at for one reason, by case and step, at most `limit`,
    /// beginning after `after`. A token that was handled no longer matches, but for
    /// [`SweepReason::Waiting`], which is paged through. Names only: each token is read anew when
    /// it is handled, so one that cannot be read keeps nobody else from being found.
    async fn due(
        &self,
        reason: SweepReason,
        after: Option<TokenRef>,
        limit: u32,
    ) -> Result<Vec<TokenRef>, PortError>;

    /// Keeps dates that come from elsewhere: new ones as they are, known ones with their new times,
    /// price and capacity; places that this store has counted as taken stay, and a withdrawn date
    /// stays withdrawn.
    async fn upsert_dates(&self, dates: &[CourseDate]) -> Result<(), PortError>;

    /// Every date of a course that has not ended, in whatever state.
    async fn dates(
        &self,
        course: crate::value::ids::CourseId,
    ) -> Result<AsOf<Vec<CourseDate>>, PortError>;

    /// One date, with the partners who have live requests on it and the reason of its withdrawal.
    /// `None` when it is not known.
    async fn date(&self, id: CourseDateId) -> Result<Option<AsOf<DateDetails>>, PortError>;

    /// Opens a pending request for an original booking, as Feature 01 does where it is not
    /// installed; its places count as taken already. The same booking while one is live gives the
    /// same request.
    async fn open_confirmation(&self, booking: &Booking) -> Result<ConfirmationId, PortError>;

    /// A partner's requests of a kind, newest first. Requests that still wait for their order are
    /// never shown (promise I10: only this partner's).
    async fn confirmations(
        &self,
        partner: PartnerId,
        state: Option<ConfirmationState>,
        page: PageRequest,
    ) -> Result<Page<Confirmation>, PortError>;

    /// A partner's declined bookings and what came of them, newest first (promise I10: only this
    /// partner's).
    async fn partner_rebookings(
        &self,
        partner: PartnerId,
        progress: Option<CaseStatus>,
        page: PageRequest,
    ) -> Result<AsOf<Page<RebookingToken>>, PortError>;

    /// The same list without counting it, at most `limit` rows after the one named: for who reads
    /// all of it. The end is an empty part.
    async fn partner_rebookings_after(
        &self,
        partner: PartnerId,
        progress: Option<CaseStatus>,
        after: Option<TokenRef>,
        limit: u32,
    ) -> Result<AsOf<Vec<RebookingToken>>, PortError>;

    /// Cases for support, by the age of the newest token of each, newest first. A store may stop
    /// counting at 10 000, and need not look further for what a filter asks for.
    async fn cases(
        &self,
        filter: &CaseFilter,
        page: PageRequest,
    ) -> Result<AsOf<Page<CaseRow>>, PortError>;

    /// All that is known of one case. `None` when there is no such case.
    async fn case(&self, case: CaseId) -> Result<Option<AsOf<CaseDetails>>, PortError>;

    /// Effects in one state (see [`EffectState`](crate::effect::EffectState)), or in
    /// any; newest first.
    async fn effects(
        &self,
        state: Option<&str>,
        page: PageRequest,
    ) -> Result<Page<Effect>, PortError>;

    /// One effect.
    async fn effect(&self, id: EffectId) -> Result<Option<AsOf<Effect>>, PortError>;

    /// What the cases that began within a span led to, by partner, month (UTC) of their beginning
    /// and currency, in that order.
    async fn earnings(
        &self,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<AsOf<Vec<Earnings>>, PortError>;

    /// Whether the store can be read and written right now.
    async fn ready(&self) -> Result<(), PortError>;
}
