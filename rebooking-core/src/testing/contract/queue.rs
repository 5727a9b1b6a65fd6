//! The contract of [`EffectQueue`](crate::ports::EffectQueue): each case gets a fresh, empty queue
//! with its [`RebookingStore`](crate::ports::RebookingStore).

mod claims;
mod commits;
mod events;

pub use claims::*;
pub use commits::*;
pub use events::*;

/// Tests that a queue keeps its contract, one test a case; see
/// [`store_contract!`](crate::store_contract).
#[macro_export]
macro_rules! queue_contract {
    ($(#[$attribute:meta])* ($($argument:tt)*) => $store:expr) => {
        $crate::contract_cases! { queue [$(#[$attribute])*] ($($argument)*)
            [$crate::testing::contract::StoreUnderTest::from($store)]
            an_effect_is_due_from_its_commit_on
            an_effect_that_exists_is_kept_as_it_is
            the_same_key_twice_in_one_change_makes_one_effect
            a_repetition_is_an_effect_of_its_own
            effects_of_one_case_and_lane_are_claimed_in_order
            what_follows_an_effect_that_was_put_off_waits_no_longer_than_it
            effects_of_one_change_are_claimed_in_its_order
            an_effect_that_is_over_lets_the_next_one_pass
            lanes_and_cases_do_not_wait_for_one_another
            no_more_is_claimed_than_asked_for
            two_workers_never_hold_one_effect
            a_claim_shows_the_lease_and_counts_the_try
            a_lease_that_ran_out_is_claimed_anew
            a_late_worker_saves_nothing
            a_failed_attempt_comes_again_after_its_pause
            what_is_given_back_counts_neither_try_nor_time
            what_is_done_is_not_claimed_again
            support_has_a_dead_effect_tried_anew
            support_hurries_or_skips_what_waits
            the_end_of_an_effect_and_what_it_changes_are_one
            a_lease_that_is_not_the_latest_settles_nothing
            an_effect_under_way_or_done_is_neither_retried_nor_skipped
            what_happens_is_told_once_in_its_order
            an_event_waits_for_a_worker_that_tells_it
            nothing_is_stored_of_events_that_nobody_wants
            support_has_an_event_told_once_more_that_was_taken
        }
    };
}
