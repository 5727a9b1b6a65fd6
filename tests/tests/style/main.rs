//! How the sources read: the words that they use, and how wide a line may be.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "in a test a panic is the report"
)]

mod files;
mod width;
mod words;
