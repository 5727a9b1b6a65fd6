//! How the sources read: the words that they use, how wide a line may be, and whether every text is
//! there.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "in a test a panic is the report"
)]

mod catalogue_words;
mod catalogues;
mod commands;
mod documents;
mod files;
mod monitoring;
mod width;
mod words;
