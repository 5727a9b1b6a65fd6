//! Rows that make no sense are reported with table, id and column, never guessed, and keep nobody
//! from the others.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "in a test a panic is the report"
)]

mod columns;
#[path = "../common/mod.rs"]
mod common;
mod others;
mod spoilt;
