//! Every command of a document is carried out as it stands there, by the shell, on a demo or on a
//! throwaway system with all that is around it; or it is on a short list that says why not.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "in a test a panic is the report"
)]

mod blocks;
mod demo;
mod operator;
mod pooler;
mod restored;
mod shell;
