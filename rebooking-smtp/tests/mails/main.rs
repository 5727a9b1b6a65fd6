//! The mails from outside: as text files, as other programs read them, and in conversation with
//! servers of another make.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "in a test a panic is the report"
)]

mod browser;
mod calendar;
mod contract;
mod expected;
mod files;
mod python;
mod raw;
mod scripted;
mod server;
mod stage;
mod talk;
mod templates;
mod tricks;
mod venue;
