//! The store: tokens, places, confirmation requests, effects and history, changed together or not at all.

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};

use super::{AsOf, PortError};
use crate::audit::AuditEntry;
use crate::booking::Booking;
use crate::change::{Change, Commit};
use crate::confirmation::{Confirmation, ConfirmationState};
use crate::course_date::CourseDate;
use crate::effect::{Claimed, Effect, Lane, Lease, Progress};
use crate::ids::{CaseId, ConfirmationId, CourseDateId, EffectId, OrderId, OrderItemId, PartnerId, TokenRef};
use crate::link::LinkDigest;
use crate::money::Money;
use crate::policy::Alternatives;
use crate::text::FreeText;
use crate::token::RebookingToken;

/// Keeps rebooking tokens, places, confirmation requests and pending effects. A clone of a store is another handle to the same
/// data; any number of processes may use one store at once.
///
/// Reading changes nothing (promise I11). What is read to decide on comes with the store's moment.
#[async_trait]
pub trait RebookingStore: Send + Sync {
    /// The token behind a link in whatever state it is, and the dates of its course and of the courses that `alternatives` names
    /// for it, in one consistent look. `None` means no such link was ever issued.
    async fn open(
        &self,
        link: &LinkDigest,
        alternatives: &Alternatives,
    ) -> Result<Option<AsOf<Opened>>, PortError>;

    /// The same for a token whose name is known. `None` means there is no such token.
    async fn token(
        &self,
        id: TokenRef,
        alternatives: &Alternatives,
    ) -> Result<Option<AsOf<Opened>>, PortError>;

    /// The newest token of a case.
    async fn latest(&self, case: CaseId) -> Result<AsOf<Option<RebookingToken>>, PortError>;

    /// What an order carries now: the newest token of each case whose booking is on it (once a rebooking has its own order, that
    /// is the order that counts), and live requests for original bookings on it that belong to no case.
    async fn of_order(&self, order: OrderId) -> Result<AsOf<OrderFile>, PortError>;

    /// What is known of an order item: its newest live confirmation request, and the newest token of the case that it belongs to,
    /// as the original item or as the item of the order that carries a rebooking now.
    async fn of_item(&self, item: OrderItemId) -> Result<AsOf<ItemFile>, PortError>;

    /// A confirmation request with the tokens that a partner's answer changes. `None` means there is no such request.
    async fn asked(&self, request: &Asked) -> Result<Option<AsOf<Request>>, PortError>;

    /// Live confirmation requests on a date, at most `limit`; all of them sit on withdrawn dates when `date` is `None`.
    async fn live_on(
        &self,
        date: Option<CourseDateId>,
        limit: u32,
    ) -> Result<AsOf<Vec<LiveRequest>>, PortError>;

    /// Applies the whole of `change`, or nothing of it when one of its guards fails.
    ///
    /// Of any number of calls decided on the same state at most one is told [`Commit::Applied`], even at the same instant from
    /// different processes. After `Applied` a crash loses neither the state nor one of its effects (promises I4, I6).
    ///
    /// # Errors
    /// [`PortError::Passing`] means nothing was applied; [`PortError::Unknown`] that it may have been: read again.
    async fn commit(&self, change: &Change) -> Result<Commit, PortError>;

    /// Claims up to `limit` effects of a lane whose time has come or whose lease has run out, oldest first, each for the time of
    /// `lease`. Among the effects of one case in one lane only the oldest that is not over can be claimed, so their order is kept.
    async fn claim(&self, lane: Lane, limit: u32, lease: TimeDelta) -> Result<Vec<Claimed>, PortError>;

    /// Saves the memo of an effect under way. False when the lease is no longer the latest: nothing was saved.
    async fn save_progress(&self, lease: Lease, progress: &Progress) -> Result<bool, PortError>;

    /// Tokens that the sweep must look at for one reason, oldest first, at most `limit`, beginning after `after`. A token that was
    /// handled no longer matches, but for [`SweepReason::Waiting`], which is paged through.
    async fn due(
        &self,
        reason: SweepReason,
        after: Option<TokenRef>,
        limit: u32,
    ) -> Result<AsOf<Vec<RebookingToken>>, PortError>;

    /// Keeps dates that come from elsewhere: new ones as they are, known ones with their new times, price and capacity; places that
    /// this store has counted as taken stay, and a withdrawn date stays withdrawn.
    async fn keep_dates(&self, dates: &[CourseDate]) -> Result<(), PortError>;

    /// Every date of a course that has not ended, in whatever state.
    async fn dates(&self, course: crate::ids::CourseId) -> Result<AsOf<Vec<CourseDate>>, PortError>;

    /// One date, with the partners who have live requests on it and the reason of its withdrawal. `None` when it is not known.
    async fn date(&self, id: CourseDateId) -> Result<Option<AsOf<DateFile>>, PortError>;

    /// Opens a pending request for an original booking, as Feature 01 does where it is not installed; its places count as taken
    /// already. The same booking while one is live gives the same request.
    async fn request(&self, booking: &Booking) -> Result<ConfirmationId, PortError>;

    /// A partner's requests of a kind, newest first. Requests that still wait for their order are never shown (promise I10: only
    /// this partner's).
    async fn requests(
        &self,
        partner: PartnerId,
        state: Option<ConfirmationState>,
        page: Page,
    ) -> Result<Paged<Confirmation>, PortError>;

    /// A partner's declined bookings and what came of them, newest first (promise I10: only this partner's).
    async fn partner_rebookings(
        &self,
        partner: PartnerId,
        progress: Option<Progressed>,
        page: Page,
    ) -> Result<AsOf<Paged<RebookingToken>>, PortError>;

    /// Cases for support, newest first: the newest token of each.
    async fn cases(&self, filter: &CaseFilter, page: Page) -> Result<AsOf<Paged<RebookingToken>>, PortError>;

    /// All that is known of one case. `None` when there is no such case.
    async fn case(&self, case: CaseId) -> Result<Option<AsOf<CaseFile>>, PortError>;

    /// Effects in one state (see [`EffectState::name`](crate::effect::EffectState::name)), or in any; newest first.
    async fn effects(&self, state: Option<&str>, page: Page) -> Result<Paged<Effect>, PortError>;

    /// One effect.
    async fn effect(&self, id: EffectId) -> Result<Option<AsOf<Effect>>, PortError>;

    /// What the cases that began within a span led to, by partner, month (UTC) of their beginning and currency, in that order.
    async fn earnings(
        &self,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<AsOf<Vec<Earnings>>, PortError>;

    /// Whether the store can be read and written right now.
    async fn ready(&self) -> Result<(), PortError>;
}

/// A token with the dates that its customer might choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The token.
    pub token: RebookingToken,
    /// Dates of its course and of the stand-ins that have not ended, in no order, eligible or not.
    pub dates: Vec<CourseDate>,
}

/// How a confirmation request is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// By its number.
    Number(ConfirmationId),
    /// By the link for answering without signing in.
    Link(LinkDigest),
}

/// A confirmation request with what an answer to it changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The request.
    pub confirmation: Confirmation,
    /// The token whose rebooking opened it, for a request that is not of an original booking.
    pub opened_by: Option<RebookingToken>,
    /// The newest token of the case that the booking belongs to.
    pub latest: Option<RebookingToken>,
}

/// A live request on a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiveRequest {
    /// Its number.
    pub id: ConfirmationId,
    /// Whose course it is.
    pub partner: PartnerId,
    /// Why the date was withdrawn; empty while it is not.
    pub withdrawal: FreeText,
}

/// What an order carries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderFile {
    /// The newest token of each case whose booking is on it.
    pub tokens: Vec<RebookingToken>,
    /// Live requests for original bookings on it that belong to no case.
    pub requests: Vec<Confirmation>,
}

/// What is known of an order item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemFile {
    /// Its newest live confirmation request.
    pub confirmation: Option<Confirmation>,
    /// The newest token of its case.
    pub latest: Option<RebookingToken>,
}

/// One date, for who wants to withdraw it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateFile {
    /// The date.
    pub date: CourseDate,
    /// Partners with live requests on it.
    pub partners: Vec<PartnerId>,
    /// Why it was withdrawn; empty while it is not.
    pub withdrawal: FreeText,
}

/// Why the sweep looks at a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SweepReason {
    /// Active, expired, and nobody has written it down yet.
    Expired,
    /// Active and unexpired, expires within this time, not reminded yet, and not issued or replaced later than that.
    Reminder(TimeDelta),
    /// The newest of its case, not cancelled or used, and its customer waits for new dates.
    Waiting,
    /// The newest of its case, ended longer ago than this, and not forgotten.
    Purge(TimeDelta),
}

/// Which part of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// From 1 on.
    pub number: u32,
    /// Rows a page, 1 to 100.
    pub size: u32,
}

impl Page {
    /// A page of a list; both numbers are brought into their ranges.
    #[must_use]
    pub fn new(number: u32, size: u32) -> Self {
        Self { number: number.max(1), size: size.clamp(1, 100) }
    }

    /// How many rows come before this page.
    #[must_use]
    pub fn offset(self) -> u64 {
        u64::from(self.number.saturating_sub(1)) * u64::from(self.size)
    }
}

impl Default for Page {
    fn default() -> Self {
        Self { number: 1, size: 25 }
    }
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paged<T> {
    /// Its rows.
    pub rows: Vec<T>,
    /// How many rows there are on all pages.
    pub total: u64,
}

/// How far a declined booking has come, as partners and support filter and read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Progressed {
    /// The customer has a link and has not chosen.
    Open,
    /// The customer has chosen; the shop has not answered.
    Rebooked,
    /// The partner is asked to confirm.
    AwaitingPartner,
    /// The partner confirmed.
    Confirmed,
    /// Declined again, beyond the limit of links or with a newer link.
    Declined,
    /// The shop refused the order.
    Rejected,
    /// The link expired unused.
    Expired,
    /// The link or the rebooking was called off.
    Cancelled,
}

impl Progressed {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Open,
        Self::Rebooked,
        Self::AwaitingPartner,
        Self::Confirmed,
        Self::Declined,
        Self::Rejected,
        Self::Expired,
        Self::Cancelled,
    ];

    /// How far a token has come at a moment.
    #[must_use]
    pub fn of(token: &RebookingToken, now: DateTime<Utc>) -> Self {
        use crate::rebooking::RebookingState as S;
        use crate::token::TokenState as T;
        match &token.state {
            T::Active if now < token.expires_at => Self::Open,
            T::Active => Self::Expired,
            T::Cancelled { .. } => Self::Cancelled,
            T::Used(rebooking) => match rebooking.state {
                S::Ordering => Self::Rebooked,
                S::AwaitingPartner => Self::AwaitingPartner,
                S::Confirmed => Self::Confirmed,
                S::DeclinedAgain => Self::Declined,
                S::Rejected => Self::Rejected,
                S::Cancelled(_) => Self::Cancelled,
            },
        }
    }

    /// The word for filters and JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Rebooked => "rebooked",
            Self::AwaitingPartner => "awaiting_partner",
            Self::Confirmed => "confirmed",
            Self::Declined => "declined",
            Self::Rejected => "rejected",
            Self::Expired => "expired",
            Self::Cancelled => "cancelled",
        }
    }
}

/// Which cases support wants to see. `Debug` prints no search text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseFilter {
    /// An order number (its beginning), an e-mail address (whole, whatever its case) or a part of a name; empty means all.
    pub search: FreeText,
    /// How far the newest token has come.
    pub progress: Option<Progressed>,
}

/// All that is known of one case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseFile {
    /// Its tokens by step.
    pub tokens: Vec<RebookingToken>,
    /// Its effects by age.
    pub effects: Vec<Effect>,
    /// Its history by time.
    pub audit: Vec<AuditEntry>,
}

/// What the cases of one partner that began in one month led to. A case counts once in every column that it reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earnings {
    /// Whose courses.
    pub partner: PartnerId,
    /// Year and month (1 to 12), UTC, of the beginning of the case.
    pub month: (i32, u32),
    /// Cases that began: a decline, a withdrawn date, or a link by hand.
    pub declined: u64,
    /// Cases whose customer was mailed a link.
    pub mailed: u64,
    /// Cases whose page was opened by a person.
    pub opened: u64,
    /// Cases with a choice.
    pub rebooked: u64,
    /// Cases whose latest rebooking the partner has confirmed.
    pub confirmed: u64,
    /// Cases that ended with the order refunded in the shop.
    pub refunded: u64,
    /// Cases whose latest link expired unused.
    pub expired: u64,
    /// What customers have paid for the confirmed rebookings: the revenue kept.
    pub kept: Money,
}
