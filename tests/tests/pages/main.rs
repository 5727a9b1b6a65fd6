//! The pages in Chromium: by mouse and by keyboard, with scripts and without, in every state and at
//! every size.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "in a test a panic is the report"
)]

mod backups;
mod calendar;
mod demo;
mod every_state;
mod many;
mod print;
mod scanner;
mod story;
mod whole_date;
mod worklist;
