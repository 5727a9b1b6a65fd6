//! Every state that a page can be in, and how a visitor comes to it: one table for all that looks
//! at every page.

mod backups;
mod customer;
mod partner;
mod state;
mod support;

pub use state::{Kept, State, Visit};

/// All of them.
#[must_use]
pub fn states() -> Vec<State> {
    [customer::states(), backups::states(), partner::states(), support::states()].concat()
}
