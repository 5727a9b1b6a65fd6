//! Memory adapters, fakes, samples, and a clock that tests own.
//!
//! The adapters keep the whole contract of their ports; what goes wrong is scripted with [`Trouble`], and what a guard is good
//! for shows when it is taken off with [`Weakness`].

pub mod clock;
pub mod mailbox;
pub mod memory;
pub mod samples;
pub mod shop;
pub mod tickets;
pub mod trouble;
pub mod world;

pub use clock::{CountingSecrets, SettableClock};
pub use mailbox::MemoryMailer;
pub use memory::{KeptEffect, MemoryStore, Snapshot, Weakness};
pub use shop::MemoryShop;
pub use tickets::MemoryTickets;
pub use trouble::{Trouble, Troubles};
pub use world::World;
