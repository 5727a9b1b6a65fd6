//! What the outside tests stand on: a browser, servers to look at, and a table of every state that
//! a page can be in.
#![cfg_attr(
    feature = "outside",
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        reason = "in a test a panic is the report"
    )
)]

#[cfg(feature = "outside")]
pub mod browser;
#[cfg(feature = "outside")]
pub mod checks;
#[cfg(feature = "outside")]
pub mod demo;
#[cfg(feature = "outside")]
pub mod failover;
#[cfg(feature = "outside")]
pub mod http;
#[cfg(feature = "outside")]
pub mod person;
#[cfg(feature = "outside")]
pub mod process;
#[cfg(feature = "outside")]
pub mod soak;
#[cfg(feature = "outside")]
pub mod stack;
#[cfg(feature = "outside")]
pub mod stage;
#[cfg(feature = "outside")]
pub mod states;
