//! The adapter against an Odoo that answers as real ones do: the contract of the port, the steps of
//! each note, everything that can go wrong on the way, and what must never be said.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "in a test a panic is the report"
)]

mod contract;
mod desk;
mod settings;
mod steps;
mod trace;
mod troubles;
