//! What tests need: samples, a clock that they own, a whole world on the adapters in
//! [`memory`](crate::memory), and the contract suite of every port.
//!
//! An adapter of your own proves itself with one line a port, such as
//! [`store_contract!`](crate::store_contract).

pub mod clock;
pub mod contract;
pub mod events;
pub mod fuzz;
#[cfg(feature = "runtime")]
pub mod gated_queue;
pub mod samples;
pub mod stock;
pub mod world;

pub use crate::memory::{
    KeptEffect, MemoryCheckpoints, MemoryEventSwitch, MemoryEvents, MemoryMailer, MemoryPartners,
    MemoryShop, MemoryStore, MemoryTickets, Snapshot, Trouble, Troubles, Weakness,
};
pub use clock::{CountingSecrets, SettableClock};
#[cfg(feature = "runtime")]
pub use gated_queue::GatedQueue;
pub use world::World;
