//! What goes wrong: everything outside, the database, the servers, the callers. Afterwards every
//! promise holds.
//!
//! How often is a setting: as it comes, a run of all tests is short; for a release it is
//! `REBOOKING_KILLS=100 REBOOKING_STOPS=20 REBOOKING_HANG_UPS=1000 REBOOKING_TRACED=200`.

mod callers;
mod database;
mod frozen;
mod leaks;
mod load;
mod outside;

/// As often as this setting says, or else so often.
fn times(setting: &str, or_else: usize) -> usize {
    std::env::var(setting).map_or(or_else, |times| times.parse().unwrap())
}
