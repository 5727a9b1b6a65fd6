//! The use cases. Each file decides with a pure function, commits what was decided, and leaves the
//! outside to *deliver*.

mod address;
mod customer;
mod decide;
mod deliver;
mod events;
mod host;
mod overdue;
mod partner;
mod support;
mod sweep;
mod wakeup;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use event_listener::EventListener;

use crate::effect::Lane;
use crate::error::RebookError;
use crate::link::{
    LinkDigest, LinkKeys, LinkNonce, LinkPurpose, LinkSecret, StoredLink, UnknownKey,
};
use crate::policy::{Policy, PolicyFault};
use crate::ports::store::{
    CaseKey, CaseState, ConfirmationCase, ConfirmationKey, TokenKey, TokenWithDates,
};
use crate::ports::{AsOf, EffectQueue, PortError, Ports, RebookingStore, Reports};
use crate::token::RebookingToken;
use crate::value::booking::Booking;
use crate::value::ids::{CaseId, CourseDateId, CourseId};
use customer::recent_dates::RecentDates;
use host::courses::{CourseLocks, LookedAt};

pub use customer::AsCustomer;
pub use customer::backups::{BackupChoice, BackupOffers, NewBackup};
pub use customer::choose::{Choice, Chosen};
pub use customer::exchange::ExchangeOffers;
pub use customer::show::{LinkOffers, LinkView};
pub use customer::wish::NewWish;
pub use decide::Decision;
pub use deliver::Delivered;
pub use deliver::circuit::OpenCircuit;
#[cfg(feature = "runtime")]
pub(crate) use deliver::{Attempt, End, stop::Stop};
pub use host::order_changed::OrderEvent;
pub use host::partner_names::PartnerNames;
pub use host::reconcile_order::OrderClaim;
pub use host::refresh::Refreshed;
pub use partner::AsPartner;
pub use partner::answer::{Answer, AsPartnerByLink};
pub use partner::backup::{NextStep, Standby};
pub use partner::confirm::Confirmed;
pub use partner::confirm_date::{DateConfirmed, NotConfirmed};
pub use partner::decline::{Decline, Declined};
pub use partner::if_declined::IfDeclined;
pub use partner::lists::RebookingRow;
pub use partner::propose::ConfirmationOptions;
pub use partner::withdraw::Withdrawn;
pub use support::AsSupport;
pub use support::actions::{SupportAction, allowed_actions};
pub use support::case_version::CaseVersion;
pub use support::choose::SupportChoice;
pub use support::forget::{Forget, still_open};
pub use support::lists::{SilentList, UnclaimedList};
pub use support::manual_link::{LinkSent, ManualLink};
pub use support::preview::CustomerPreview;
pub use sweep::Swept;
pub use wakeup::Wakeup;

/// The pure halves of the use cases: state, request and moment in, a change or a refusal out. For
/// benchmarks, for tests, and for hosts that commit in a transaction of their own.
pub mod decisions {
    pub use super::customer::backups::decide as name_backups;
    pub use super::customer::choose::decide as choose;
    pub use super::customer::exchange::decide as exchange;
    pub use super::customer::renew::decide as renew;
    pub use super::customer::show::decide as show;
    pub use super::customer::visit::decide as visit;
    pub use super::customer::wish::decide as wish;
    pub use super::deliver::order::{made as order_made, refused as order_refused};
    pub use super::host::order_changed::decide as order_changed;
    pub use super::host::reconcile_order::decide as reconcile_order;
    pub use super::overdue::decide as overdue;
    pub use super::partner::confirm::decide as confirm;
    pub use super::partner::decline::decide as decline;
    pub use super::support::cancel::decide as cancel;
    pub use super::support::choose::decide as choose_for_support;
    pub use super::support::forget::decide as forget;
    pub use super::support::links::{extend, reissue, resend, settle};
    pub use super::support::manual_link::decide as manual_link;
    pub use super::support::note::decide as note;
    pub use super::support::take::{give_back, take};
}

/// The library's front door. A clone is another handle to the same.
///
/// What people do is done by a handle for their role: [`customer`](Self::customer) and
/// [`partner_by_link`](Self::partner_by_link) for whoever holds a link, [`partner`](Self::partner)
/// and [`support`](Self::support) for whoever has signed in. What the host and its worker do is
/// here.
#[derive(Clone)]
pub struct Rebookings(Arc<Inner>);

struct Inner {
    ports: Ports,
    policy: Policy,
    keys: LinkKeys,
    wakeups: wakeup::Wakeups,
    circuits: deliver::circuit::Breakers,
    /// Whether the last event that was sent was taken, as is noted.
    events_are_taken: AtomicBool,
    /// Courses whose pages were opened: their dates may be too old.
    looked_at: LookedAt,
    imports: CourseLocks,
    recent: RecentDates,
}

impl std::fmt::Debug for Rebookings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rebookings").field("policy", &self.0.policy).finish_non_exhaustive()
    }
}

/// A policy that cannot be used; every fault is listed.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the policy cannot be used: {}",
    .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
)]
#[non_exhaustive]
pub struct UnusablePolicy(pub Vec<PolicyFault>);

impl Rebookings {
    /// Ties the ports together under one policy.
    ///
    /// # Errors
    /// [`UnusablePolicy`] lists every setting that makes no sense.
    pub fn new(ports: Ports, policy: Policy, keys: LinkKeys) -> Result<Self, UnusablePolicy> {
        let faults = policy.check();
        if !faults.is_empty() {
            return Err(UnusablePolicy(faults));
        }
        Ok(Self(Arc::new(Inner {
            ports,
            policy,
            keys,
            wakeups: wakeup::Wakeups::default(),
            circuits: deliver::circuit::Breakers::default(),
            events_are_taken: AtomicBool::default(),
            looked_at: LookedAt::default(),
            imports: CourseLocks::default(),
            recent: RecentDates::default(),
        })))
    }

    /// The rules in force.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.0.policy
    }

    /// The ports, for hosts that read or seed the store beside the use cases.
    #[must_use]
    pub fn ports(&self) -> &Ports {
        &self.0.ports
    }

    /// Says that there may be work, whatever it is: for a host whose store tells it of commits by
    /// other processes, and no more. May be repeated.
    pub fn wake(&self) {
        self.wake_for(Wakeup::ALL);
    }

    /// Says that there is work of this kind, and wakes nobody else. May be repeated.
    pub fn wake_for(&self, whom: Wakeup) {
        self.0.wakeups.wake(whom);
    }

    /// Resolves at the next wake-up, whomever it is for. Take it before looking for work, so that
    /// none is missed in between.
    #[must_use]
    pub fn woken(&self) -> EventListener {
        self.0.wakeups.any()
    }

    /// The same for the work of one lane.
    #[must_use]
    pub fn woken_for(&self, lane: Lane) -> EventListener {
        self.0.wakeups.lane(lane)
    }

    fn store(&self) -> &dyn RebookingStore {
        self.0.ports.store.as_ref()
    }

    async fn open(&self, key: TokenKey) -> Result<Option<AsOf<TokenWithDates>>, PortError> {
        let alternatives = &self.policy().alternatives;
        let seen = self.store().open(&key, alternatives).await?;
        if let (TokenKey::Link(_), Some(seen)) = (&key, &seen) {
            self.wants_dates(seen.value.token.booking());
        }
        Ok(seen)
    }

    async fn open_for_choice(
        &self,
        link: &LinkDigest,
        date: CourseDateId,
    ) -> Result<Option<AsOf<TokenWithDates>>, PortError> {
        let alternatives = &self.policy().alternatives;
        let seen = self.store().open_for_choice(link, date, alternatives).await?;
        if let Some(seen) = &seen {
            self.wants_dates(seen.value.token.booking());
        }
        Ok(seen)
    }

    /// Somebody is about to look at the dates that a booking may be moved to: for the importer,
    /// where they are kept elsewhere.
    fn wants_dates(&self, booking: &Booking) {
        if self.0.ports.schedule.is_some() {
            self.0.looked_at.note(self.courses_for(booking));
        }
    }

    /// The courses that a booking may be moved to, its own among them, each once.
    fn courses_for(&self, booking: &Booking) -> BTreeSet<CourseId> {
        let course = booking.course.id;
        let others = self.policy().alternatives.get(&course).into_iter().flatten().copied();
        others.chain([course]).collect()
    }

    /// What the importer has to know of the pages that were opened.
    #[cfg(feature = "runtime")]
    pub(crate) fn looked_at(&self) -> &LookedAt {
        &self.0.looked_at
    }

    /// The newest token of a case.
    async fn newest_token(&self, case: CaseId) -> Result<AsOf<Option<RebookingToken>>, PortError> {
        Ok(self.store().find(&CaseKey::Id(case)).await?.map(CaseState::into_newest))
    }

    async fn find_confirmation(
        &self,
        key: &ConfirmationKey,
    ) -> Result<Option<AsOf<ConfirmationCase>>, PortError> {
        let seen = self.store().find(&CaseKey::Confirmation(key.clone())).await?;
        Ok(seen.map(CaseState::into_confirmation).transpose())
    }

    fn queue(&self) -> &dyn EffectQueue {
        self.0.ports.queue.as_ref()
    }

    /// The lists and figures, for hosts that watch over all of it.
    ///
    /// # Errors
    /// [`RebookError::NoReports`] where the host has left them out.
    pub fn reports(&self) -> Result<&dyn Reports, RebookError> {
        self.0.ports.reports.as_deref().ok_or(RebookError::NoReports)
    }

    fn new_link(&self, purpose: LinkPurpose) -> Result<StoredLink, RebookError> {
        self.stamp(purpose, LinkNonce(self.0.ports.secrets.bytes()?))
    }

    fn stamp(&self, purpose: LinkPurpose, nonce: LinkNonce) -> Result<StoredLink, RebookError> {
        Ok(self.0.keys.stamp(purpose, nonce).map_err(key_lost)?)
    }

    fn secret(&self, purpose: LinkPurpose, stamp: &StoredLink) -> Result<LinkSecret, PortError> {
        self.0.keys.secret(purpose, stamp).map_err(key_lost)
    }
}

fn key_lost(unknown: UnknownKey) -> PortError {
    PortError::Permanent(Box::new(unknown))
}
