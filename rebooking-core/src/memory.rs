//! Adapters in memory, for demos and for tests: store, shop, partners, support system,
//! mailbox, events, checkpoints.
//!
//! They keep the whole contract of their ports, and nothing after the process ends. What goes
//! wrong is scripted with [`Trouble`], and what a guard is good for shows when it is taken off with
//! [`Weakness`].

pub mod checkpoints;
pub mod event_switch;
pub mod events;
pub mod mailbox;
pub mod partners;
pub mod shop;
mod sign_outs;
pub mod store;
pub mod tickets;
pub mod trouble;

pub use checkpoints::MemoryCheckpoints;
pub use event_switch::MemoryEventSwitch;
pub use events::MemoryEvents;
pub use mailbox::MemoryMailer;
pub use partners::MemoryPartners;
pub use shop::MemoryShop;
pub use store::{KeptEffect, MemoryStore, Snapshot, Weakness};
pub use tickets::MemoryTickets;
pub use trouble::{Trouble, Troubles};
