//! Memory adapters, fakes, samples, a clock that tests own, and the contract suite of every port.
//!
//! The adapters keep the whole contract of their ports; what goes wrong is scripted with
//! [`Trouble`], and what a guard is good for shows when it is taken off with [`Weakness`]. An
//! adapter of your own proves itself with one line a port, such as
//! [`store_contract!`](crate::store_contract).

pub mod checkpoints;
pub mod clock;
pub mod contract;
pub mod mailbox;
pub mod memory;
pub mod samples;
pub mod shop;
pub mod tickets;
pub mod trouble;
pub mod world;

pub use checkpoints::MemoryCheckpoints;
pub use clock::{CountingSecrets, SettableClock};
pub use mailbox::MemoryMailer;
pub use memory::{KeptEffect, MemoryStore, Snapshot, Weakness};
pub use shop::MemoryShop;
pub use tickets::MemoryTickets;
pub use trouble::{Trouble, Troubles};
pub use world::World;
