//! Which crate may know which, and inside a crate which file: arrows point inward, to the core.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "in a test a panic is the report"
)]

mod circles;
mod crates;
mod door;
mod floors;
mod imports;
mod open_types;
mod packages;
mod workspace;
