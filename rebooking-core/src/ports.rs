//! The traits that tie the core to the outside world; an adapter implements one and proves it with
//! its contract suite.
//!
//! Every port is used as `Arc<dyn Port>`: `&self`, `Send + Sync`, one error type, and promises
//! instead of parameters in its docs. The suites are in `testing::contract` (feature `testing`).

mod builder;
mod calendars;
mod clock;
mod event_switch;
mod events;
mod mail;
mod malformed;
mod orders;
pub mod partners;
pub mod personal;
mod queue;
pub mod reports;
mod schedule;
mod sign_outs;
pub mod store;
mod tickets;
mod trace;
mod unclaimed;

use std::error::Error;

pub use async_trait::async_trait;
pub use builder::{MissingPort, OuterSchedule, Ports, PortsBuilder};
pub use calendars::PartnerCalendars;
pub use clock::{Clock, SecretSource};
pub use event_switch::{EventSwitch, EventsState};
pub use events::EventSink;
pub use mail::Mailer;
pub use malformed::{FoundRow, MalformedRow};
pub use orders::{CheckpointStore, OrderChange, OrderUndo, Orders, Placement, Refund, Undone};
pub use partners::Partners;
pub use personal::PersonalData;
pub use queue::EffectQueue;
pub use reports::Reports;
pub use schedule::{
    CourseSchedule, DateImports, Import, KnownCourse, LeftOut, Places, Schedule, ScheduledDate,
};
pub use sign_outs::SignOuts;
pub use store::RebookingStore;
pub use tickets::{TicketNote, TicketStage, Tickets};
pub use trace::TraceParent;
pub use unclaimed::{Noted, UnclaimedOrder, UnclaimedOrders};

/// Where an error came from.
pub type Source = Box<dyn Error + Send + Sync + 'static>;

/// An error of any port, sorted by one question: can trying again help? Its text goes into logs and
/// lists that support reads, so adapters keep links, addresses, names and server answers with
/// personal data out of it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PortError {
    /// Nothing happened over there; later it may work.
    #[error("out of reach for now")]
    Transient(#[source] Source),
    /// It may have happened over there, or may still happen. Wait out the grace time, then look and
    /// try again under the same key.
    #[error("the outcome is unknown")]
    Unknown(#[source] Source),
    /// Nothing happened, and the same call will never work: people must look.
    #[error("refused for good")]
    Permanent(#[source] Source),
    /// Nothing happened, and the same call will never work, as nobody can be reached at the address
    /// of this mail. Support must find another way to this one person; the program is sound.
    #[error("the address was refused for good")]
    InvalidRecipient(#[source] Source),
    /// Nothing happened, and nothing else would: nobody answers over there, whatever we ask (no
    /// route, no such host, a service that is down). The circuit breaker of the lane trips, is
    /// probed after a pause that grows from
    /// [`backoff_base`](crate::policy::Delivery::backoff_base), and no try is counted: an outage of
    /// days harms no effect.
    #[error("nobody answers over there")]
    Unavailable(#[source] Source),
    /// Nothing happened, and nothing else would: the other side refuses us, not this call (a
    /// password that is no longer right). The circuit breaker of the lane trips with one alarm, and
    /// no try is counted; see [`open_circuits`](crate::Rebookings::open_circuits).
    #[error("we are refused over there")]
    Unauthorized(#[source] Source),
}

impl PortError {
    /// Whether the same call may work later.
    #[must_use]
    pub const fn is_retryable(&self) -> bool {
        match self {
            Self::Transient(_)
            | Self::Unknown(_)
            | Self::Unavailable(_)
            | Self::Unauthorized(_) => true,
            Self::Permanent(_) | Self::InvalidRecipient(_) => false,
        }
    }

    /// The stored row that makes no sense, where that is why a store refuses. Such a store has said
    /// so in its log once, and lists the row by [`Reports::malformed_rows`] until it is mended:
    /// callers log it no more.
    #[must_use]
    pub fn malformed_row(&self) -> Option<&MalformedRow> {
        match self {
            Self::Permanent(source) => source.downcast_ref(),
            _ => None,
        }
    }

    /// The phrase that is kept with an effect: what kind of failure, and its source in one line of
    /// at most 200 characters.
    #[must_use]
    pub fn phrase(&self) -> String {
        let source = match self {
            Self::Transient(source)
            | Self::Unknown(source)
            | Self::Permanent(source)
            | Self::InvalidRecipient(source)
            | Self::Unavailable(source)
            | Self::Unauthorized(source) => source,
        };
        crate::value::text::FreeText::line(&format!("{self}: {source}"), 200).expose().to_owned()
    }
}

/// What was read, with the store's moment: decisions use that moment and no other, so a host with a
/// wrong clock changes nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: hosts write it as a literal.
pub struct AsOf<T> {
    /// The store's moment.
    pub now: chrono::DateTime<chrono::Utc>,
    /// What was there.
    pub value: T,
}

impl<T> AsOf<T> {
    /// A part of it, or what was made of it, at the same moment.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> AsOf<U> {
        AsOf { now: self.now, value: f(self.value) }
    }
}

impl<T> AsOf<Option<T>> {
    /// `None` where nothing was there.
    #[must_use]
    pub fn transpose(self) -> Option<AsOf<T>> {
        self.value.map(|value| AsOf { now: self.now, value })
    }
}
