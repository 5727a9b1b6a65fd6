//! What a host names when it ties the library in: `use rebooking_core::prelude::*;`.
//!
//! The ports that most hosts implement with what they are handed and answer, the use cases with
//! their inputs, and the values that all of these are made of. The errors of single steps, the
//! parts of a change and what only a store needs are imported from their modules.
//! [`Schedule`](crate::ports::Schedule) is left out, since a store has `dates`, too.
//!
//! # A shop of one's own
//!
//! What the worker asks of a shop may be asked again, by another process, after the answer was
//! lost. So each write looks for its key first, which the shop keeps with what it made:
//!
//! ```
//! use rebooking_core::prelude::*;
//!
//! # #[derive(Debug)] struct Away;
//! # impl std::fmt::Display for Away {
//! #     fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str("away") }
//! # }
//! # impl std::error::Error for Away {}
//! # struct Books;
//! # impl Books {
//! #     async fn item(&self, _: OrderItemId) -> Result<Option<Booking>, Away> { Ok(None) }
//! #     async fn items(&self, _: &OrderNumber) -> Result<Vec<BookableItem>, Away> { Ok(vec![]) }
//! #     async fn under(&self, _: &str) -> Result<Option<Kept>, Away> { Ok(None) }
//! #     async fn move_item(&self, _: &str, _: &Booking) -> Result<PlacedOrder, Away> { Err(Away) }
//! #     async fn order(&self, _: &str, _: &Booking, _: Money) -> Result<PlacedOrder, Away> {
//! #         Err(Away)
//! #     }
//! #     async fn call_off(&self, _: &str) -> Result<(), Away> { Ok(()) }
//! #     async fn has_paid_back(&self, _: &str) -> Result<bool, Away> { Ok(true) }
//! #     async fn pay_back(&self, _: &str, _: &Booking, _: Money) -> Result<(), Away> { Ok(()) }
//! # }
//! /// What the books have under a key.
//! enum Kept {
//!     Order(PlacedOrder),
//!     CalledOff,
//! }
//!
//! /// A shop whose `Books` are ours, or those of a service that we call.
//! struct OwnShop(Books);
//!
//! /// Nothing was written: trying again is enough.
//! fn away(error: Away) -> PortError {
//!     PortError::Transient(Box::new(error))
//! }
//!
//! /// It may have been written: the next try looks.
//! fn unknown(error: Away) -> PortError {
//!     PortError::Unknown(Box::new(error))
//! }
//!
//! #[async_trait]
//! impl Orders for OwnShop {
//!     async fn booking(&self, item: OrderItemId) -> Result<Option<Booking>, PortError> {
//!         self.0.item(item).await.map_err(away)
//!     }
//!
//!     async fn find(&self, number: &OrderNumber) -> Result<Vec<BookableItem>, PortError> {
//!         self.0.items(number).await.map_err(away)
//!     }
//!
//!     async fn place(
//!         &self,
//!         change: &OrderChange,
//!         _: &dyn CheckpointStore,
//!     ) -> Result<Placement, PortError> {
//!         match self.0.under(&change.key).await.map_err(away)? {
//!             Some(Kept::Order(order)) => return Ok(Placement::Made(order)),
//!             Some(Kept::CalledOff) => {
//!                 let reason = FreeText::parse("it was called off before")
//!                     .map_err(|wrong| PortError::Permanent(Box::new(wrong)))?;
//!                 return Ok(Placement::Refused { reason });
//!             }
//!             None => {}
//!         }
//!         let (key, after) = (&change.key, &change.after);
//!         let made = match change.strategy {
//!             OrderStrategy::KeepOrder => self.0.move_item(key, after).await,
//!             OrderStrategy::LinkedOrder => self.0.order(key, after, change.list_total).await,
//!         };
//!         made.map(Placement::Made).map_err(unknown)
//!     }
//!
//!     // The key stays in the books as called off, so that no late try places it.
//!     async fn undo(
//!         &self,
//!         undo: &OrderUndo,
//!         _: &dyn CheckpointStore,
//!     ) -> Result<Undone, PortError> {
//!         self.0.call_off(&undo.key).await.map_err(unknown)?;
//!         Ok(Undone { freed: true, original_stands: true })
//!     }
//!
//!     async fn refund(&self, refund: &Refund, _: &dyn CheckpointStore) -> Result<(), PortError> {
//!         if self.0.has_paid_back(&refund.key).await.map_err(away)? {
//!             return Ok(());
//!         }
//!         self.0.pay_back(&refund.key, &refund.booking, refund.amount).await.map_err(unknown)
//!     }
//! }
//! ```
//!
//! A shop that has no place for a key, or whose writes take several calls, notes its steps in the
//! [`CheckpointStore`]. `orders_contract!` (feature `testing`) plays lost answers, repeated calls
//! and late ones against an adapter.

pub use crate::effect::Checkpoint;
pub use crate::error::{Conflict, RebookError};
pub use crate::event::Event;
#[cfg(feature = "runtime")]
pub use crate::importer::{ImportSettings, Importer};
pub use crate::link::{LinkKey, LinkKeyId, LinkKeys, LinkSecret};
pub use crate::notice::{Message, Notice};
pub use crate::policy::{OrderStrategy, Policy};
pub use crate::ports::store::{CaseKey, ConfirmationKey};
pub use crate::ports::{
    AsOf, CheckpointStore, Clock, EffectQueue, EventSink, Mailer, OrderChange, OrderUndo, Orders,
    Partners, PersonalData, Placement, PortError, Ports, RebookingStore, Refund, Reports,
    SecretSource, TicketNote, Tickets, Undone, async_trait,
};
#[cfg(feature = "presentation")]
pub use crate::presentation::BaseUrl;
pub use crate::rebooking::PlacedOrder;
pub use crate::service::{
    BackupChoice, Choice, Decline, Declined, Forget, ManualLink, NewBackup, NewWish, OrderEvent,
    Rebookings, SupportChoice,
};
#[cfg(feature = "runtime")]
pub use crate::system::{SystemClock, SystemSecrets};
pub use crate::token::TicketRef;
pub use crate::value::booking::{
    BookableItem, Booking, Course, OrderNumber, Participants, Partner, Venue,
};
pub use crate::value::course_date::{CourseDate, Slot, VenueZone};
pub use crate::value::customer::{Customer, EmailAddress, Language};
pub use crate::value::ids::{
    CaseId, ConfirmationId, CourseDateId, CourseId, EffectId, OrderId, OrderItemId, PartnerId,
};
pub use crate::value::money::{Currency, Money};
pub use crate::value::text::FreeText;
#[cfg(feature = "runtime")]
pub use crate::worker::Worker;
