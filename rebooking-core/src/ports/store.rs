//! The store: tokens, places, confirmation requests, effects and history, changed together or not
//! at all.

mod rows;

use async_trait::async_trait;

use super::{AsOf, PortError};
use crate::change::{Change, Commit};
use crate::confirmation::Overdue;
use crate::link::{LinkDigest, StoredLink};
use crate::policy::Alternatives;
use crate::token::RebookingToken;
use crate::value::booking::Booking;
use crate::value::course_date::CourseDate;
use crate::value::ids::{ConfirmationId, CourseDateId, CourseId, OrderId, TokenRef};

pub use rows::{
    CaseKey, CaseState, ConfirmationCase, ConfirmationKey, DateDetails, LiveConfirmation,
    OrderState, SweepReason, TokenKey, TokenWithDates, Visits,
};

/// Reads what a use case decides on, and commits what it decided: tokens, places, confirmation
/// requests, history, and the effects that the [`EffectQueue`](super::EffectQueue) on the same data
/// gives out. A clone of a store is another handle to the same data; any number of processes may
/// use one store at once.
///
/// Reading changes nothing (promise I11). What is read to decide on comes with the store's moment.
/// A row that a store cannot make sense of fails the call that asks for it alone; lists leave it
/// out, and the store's log names it.
#[async_trait]
pub trait RebookingStore: Send + Sync {
    /// A token in whatever state it is, and the dates of its course and of the courses that
    /// `alternatives` names for it, in one consistent read. `None` means there is no such token.
    async fn open(
        &self,
        key: &TokenKey,
        alternatives: &Alternatives,
    ) -> Result<Option<AsOf<TokenWithDates>>, PortError>;

    /// A link and the date that its customer has chosen, if it is one of those that
    /// [`open`](Self::open) shows: the other dates may be left out, and so may who has looked.
    async fn open_for_choice(
        &self,
        link: &LinkDigest,
        date: CourseDateId,
        alternatives: &Alternatives,
    ) -> Result<Option<AsOf<TokenWithDates>>, PortError> {
        let _ = date;
        self.open(&TokenKey::Link(link.clone()), alternatives).await
    }

    /// A token alone, as [`open`](Self::open) shows it: what a worker reads for each effect. A
    /// store that can leave the dates unread has a method of its own. `None` means there is no such
    /// token.
    async fn token(&self, id: TokenRef) -> Result<Option<AsOf<RebookingToken>>, PortError> {
        let seen = self.open(&TokenKey::Id(id), &Alternatives::new()).await?;
        Ok(seen.map(|seen| seen.map(|seen| seen.token)))
    }

    /// A token that its link names, with who has looked at it, for who has its dates already: as
    /// [`open`](Self::open), but the dates may be left out.
    async fn open_alone(
        &self,
        link: &LinkDigest,
    ) -> Result<Option<AsOf<TokenWithDates>>, PortError> {
        self.open(&TokenKey::Link(link.clone()), &Alternatives::new()).await
    }

    /// What is known of a case, with the confirmation request that the key names. What changes
    /// during the read may be seen in part, and then fails a guard of what is decided on it.
    async fn find(&self, key: &CaseKey) -> Result<AsOf<CaseState>, PortError>;

    /// What an order carries now: the newest token of each case whose booking is on it (once a
    /// rebooking has its own order, that is the order that counts), and every live request for an
    /// original booking on it.
    async fn order_state(&self, order: OrderId) -> Result<AsOf<OrderState>, PortError>;

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

    /// Requests that the sweep must look at as their partners do not answer, by id, at most
    /// `limit`, beginning after `after`: those to which [`Overdue::is_due`] applies since they were
    /// opened, at the store's moment. One that was handled no longer matches.
    async fn overdue(
        &self,
        overdue: Overdue,
        after: Option<ConfirmationId>,
        limit: u32,
    ) -> Result<Vec<ConfirmationId>, PortError>;

    /// Inserts or updates dates that come from elsewhere: new ones as they are, known ones with
    /// their new times, price and capacity; places that this store has counted as taken stay, and a
    /// withdrawn date stays withdrawn.
    async fn upsert_dates(&self, dates: &[CourseDate]) -> Result<(), PortError>;

    /// Every date of a course that has not ended, in whatever state.
    async fn dates(&self, course: CourseId) -> Result<AsOf<Vec<CourseDate>>, PortError>;

    /// One date, with the partners who have live requests on it and the reason of its withdrawal.
    /// `None` when it is not known.
    async fn date(&self, id: CourseDateId) -> Result<Option<AsOf<DateDetails>>, PortError>;

    /// Opens a pending request for an original booking, as Feature 01 does where it is not
    /// installed; its places count as taken already. The same booking while one is live gives the
    /// same request, and so does one whose case has begun: a decline at this very moment is not
    /// followed by a request that nobody opened.
    async fn open_confirmation(&self, booking: &Booking) -> Result<ConfirmationId, PortError>;

    /// The same with a link for answering, and with the effect that mails it to the partner
    /// ([`MailKind::BookingRequest`](crate::effect::MailKind::BookingRequest), about
    /// [the booking](TokenRef::booking)): all at once or not at all. A request that is live
    /// already, however it was opened, stays as it is, and nobody is asked a second time. A link by
    /// hand that [awaits the request](crate::token::RebookingToken::awaits_request) holds it from
    /// then on; a case that has moved on without any request opens none, which is `None`.
    async fn ask_for_confirmation(
        &self,
        booking: &Booking,
        answer: &StoredLink,
    ) -> Result<Option<ConfirmationId>, PortError>;

    /// Whether the store can be read and written right now.
    async fn ready(&self) -> Result<(), PortError>;
}
