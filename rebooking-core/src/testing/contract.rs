//! One contract suite a port: plain functions, one a promise. The macros name them for a test
//! harness; an adapter outside this crate proves itself with one line a port.
//!
//! A case gets a fresh adapter and reports by panicking. It never moves the clock of what it tests,
//! so it runs against a database with a clock of its own.
//!
//! ```text
//! rebooking_core::store_contract!(#[sqlx::test] (pool: PgPool) => PostgresStore::new(pool));
//! ```
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    reason = "a contract case reports by panicking"
)]

pub mod calendars;
pub mod event_switch;
pub mod events;
mod given;
pub mod imports;
pub mod mail;
pub mod orders;
pub mod partners;
pub mod personal;
pub mod queue;
pub mod reports;
pub mod schedule;
pub mod sign_outs;
pub mod store;
pub mod tickets;
pub mod unclaimed;
mod under_test;

pub use under_test::StoreUnderTest;

/// One test for each case of a suite; the macros of the suites call it.
#[doc(hidden)]
#[macro_export]
macro_rules! contract_cases {
    ($suite:ident $attributes:tt $arguments:tt $make:tt $($case:ident)*) => {
        $($crate::contract_case! { $suite $attributes $arguments $make $case })*
    };
}

/// One test.
#[doc(hidden)]
#[macro_export]
macro_rules! contract_case {
    ($suite:ident [$($attribute:tt)*] ($($argument:tt)*) [$make:expr] $case:ident) => {
        $($attribute)*
        async fn $case($($argument)*) {
            $crate::testing::contract::$suite::$case($make).await;
        }
    };
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    /// What a file declares: its cases.
    fn declared(source: &str) -> impl Iterator<Item = &str> {
        source
            .lines()
            .filter_map(|line| line.strip_prefix("pub async fn ")?.split(['(', '<']).next())
    }

    /// What the macro of a suite names.
    fn named(suite: &str) -> BTreeSet<&str> {
        let list = suite.split("contract_cases! {").nth(1).and_then(|rest| rest.split('}').next());
        let lines = list.unwrap().lines().skip(1).map(str::trim);
        lines.filter(|line| !line.is_empty() && !line.starts_with('[')).collect()
    }

    #[test]
    fn every_case_is_named_by_its_macro() {
        for (suite, files) in [
            (
                include_str!("contract/store.rs"),
                vec![
                    include_str!("contract/store/backups.rs"),
                    include_str!("contract/store/changes.rs"),
                    include_str!("contract/store/dates.rs"),
                    include_str!("contract/store/finds.rs"),
                    include_str!("contract/store/forgetting.rs"),
                    include_str!("contract/store/guards.rs"),
                    include_str!("contract/store/overdue.rs"),
                    include_str!("contract/store/purge.rs"),
                    include_str!("contract/store/races.rs"),
                    include_str!("contract/store/sweeps.rs"),
                ],
            ),
            (
                include_str!("contract/imports.rs"),
                vec![
                    include_str!("contract/imports/orders.rs"),
                    include_str!("contract/imports/places.rs"),
                    include_str!("contract/imports/taken_over.rs"),
                ],
            ),
            (
                include_str!("contract/orders.rs"),
                vec![include_str!("contract/orders.rs"), include_str!("contract/orders/find.rs")],
            ),
            (
                include_str!("contract/queue.rs"),
                vec![
                    include_str!("contract/queue/claims.rs"),
                    include_str!("contract/queue/commits.rs"),
                    include_str!("contract/queue/events.rs"),
                ],
            ),
            (
                include_str!("contract/reports.rs"),
                vec![
                    include_str!("contract/reports/addresses.rs"),
                    include_str!("contract/reports/attention.rs"),
                    include_str!("contract/reports/backlog.rs"),
                    include_str!("contract/reports/earned_links.rs"),
                    include_str!("contract/reports/earnings.rs"),
                    include_str!("contract/reports/history.rs"),
                    include_str!("contract/reports/holder.rs"),
                    include_str!("contract/reports/lists.rs"),
                    include_str!("contract/reports/settled.rs"),
                    include_str!("contract/reports/silent.rs"),
                    include_str!("contract/reports/waits.rs"),
                ],
            ),
        ] {
            let cases: BTreeSet<_> = files.iter().flat_map(|source| declared(source)).collect();
            assert_eq!(named(suite), cases);
        }
        for suite in [
            include_str!("contract/calendars.rs"),
            include_str!("contract/event_switch.rs"),
            include_str!("contract/events.rs"),
            include_str!("contract/mail.rs"),
            include_str!("contract/partners.rs"),
            include_str!("contract/personal.rs"),
            include_str!("contract/schedule.rs"),
            include_str!("contract/sign_outs.rs"),
            include_str!("contract/tickets.rs"),
            include_str!("contract/unclaimed.rs"),
        ] {
            assert_eq!(named(suite), declared(suite).collect());
        }
    }
}
