//! The adapter against a Magento that answers as the real one does.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test reports by panicking"
)]

mod called_off;
mod check;
mod client;
mod comments;
mod contract;
mod keep;
mod linked;
mod matrix;
mod money;
mod outage;
mod pages;
mod partners;
mod rounds;
mod schedule;
mod secrets;
mod shop;
mod trace;
mod unplaced;
mod watch;
mod watcher;
mod workers;
