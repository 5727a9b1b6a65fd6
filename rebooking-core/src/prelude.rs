//! What a host names when it ties the library in: `use rebooking_core::prelude::*;`.
//!
//! The ports, the use cases with their inputs, and the values that they are made of. The errors of
//! single steps, the parts of a change and what only an adapter needs are imported from their
//! modules. [`Schedule`](crate::ports::Schedule) is left out, since a store has `dates`, too.

pub use crate::error::{Conflict, RebookError};
#[cfg(feature = "runtime")]
pub use crate::importer::{ImportSettings, Importer};
pub use crate::link::{LinkKey, LinkKeyId, LinkKeys, LinkSecret};
pub use crate::policy::Policy;
pub use crate::ports::store::{CaseKey, ConfirmationKey};
pub use crate::ports::{
    AsOf, Clock, EffectQueue, EventSink, Mailer, Orders, Partners, PersonalData, PortError, Ports,
    RebookingStore, Reports, SecretSource, Tickets, async_trait,
};
#[cfg(feature = "presentation")]
pub use crate::presentation::BaseUrl;
pub use crate::service::{
    BackupChoice, Choice, Decline, Declined, Forget, ManualLink, NewBackup, NewWish, OrderEvent,
    Rebookings, SupportChoice,
};
#[cfg(feature = "runtime")]
pub use crate::system::{SystemClock, SystemSecrets};
pub use crate::value::booking::Booking;
pub use crate::value::customer::{Customer, EmailAddress, Language};
pub use crate::value::ids::{
    CaseId, ConfirmationId, CourseDateId, CourseId, EffectId, OrderId, OrderItemId, PartnerId,
};
pub use crate::value::text::FreeText;
#[cfg(feature = "runtime")]
pub use crate::worker::Worker;
