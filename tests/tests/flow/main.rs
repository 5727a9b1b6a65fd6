//! The story from decline to confirmation, and every turn that it can take, on in-memory ports.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "in a test a panic is the report"
)]

mod choice;
mod circuit;
mod guarded;
mod late_request;
mod meanwhile;
mod partner;
mod recent_dates;
mod replay;
mod shop;
mod stage;
mod support;
mod waiting;
