//! The contract of [`RebookingStore`](crate::ports::RebookingStore): each case gets a fresh, empty
//! store.

mod attention;
mod changes;
mod dates;
mod effects;
mod finds;
mod given;
mod guards;
mod lists;
mod purge;
mod races;
mod reports;
mod sweeps;

pub use attention::*;
pub use changes::*;
pub use dates::*;
pub use effects::*;
pub use finds::*;
pub use guards::*;
pub use lists::*;
pub use purge::*;
pub use races::*;
pub use reports::*;
pub use sweeps::*;

/// Tests that a store keeps its contract, one test a case.
///
/// `store_contract!(#[tokio::test] () => my_store().await);`, with arguments where the harness
/// hands some over: `store_contract!(#[sqlx::test] (pool: PgPool) => MyStore::new(pool));`.
#[macro_export]
macro_rules! store_contract {
    ($(#[$attribute:meta])* ($($argument:tt)*) => $store:expr) => {
        $crate::contract_cases! { store [$(#[$attribute])*] ($($argument)*) [$store]
            a_choice_is_stored_with_all_that_belongs_to_it
            a_token_comes_back_as_it_was_written
            a_cancelled_token_comes_back_as_it_was_written
            a_link_and_the_one_after_it_change_together
            a_request_moves_on_with_its_booking_and_reason
            an_effect_is_due_from_its_commit_on
            an_effect_that_exists_is_kept_as_it_is
            the_same_key_twice_in_one_change_makes_one_effect
            a_repetition_is_an_effect_of_its_own
            history_is_kept_in_order
            what_is_written_once_is_written_once
            an_empty_change_is_applied
            a_date_that_is_kept_again_keeps_its_taken_places
            a_capacity_below_what_is_taken_frees_nothing
            a_withdrawn_date_stays_withdrawn
            places_that_are_given_back_are_free_again
            dates_of_a_course_are_shown_until_they_end
            a_date_names_the_partners_with_live_requests
            live_requests_on_withdrawn_dates_are_found
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
            a_link_is_found_in_every_state
            what_was_never_stored_is_not_found
            the_newest_token_of_a_case_is_found
            a_request_is_found_by_number_and_by_link
            a_request_of_an_original_booking_is_found_with_its_case
            a_live_booking_has_one_request
            an_order_is_found_with_what_it_carries
            an_item_is_found_by_both_its_numbers
            an_item_without_a_case_has_its_live_request
            reading_changes_nothing
            of_many_changes_to_one_state_one_is_applied
            a_change_of_an_old_version_vanishes
            a_change_of_no_token_vanishes
            a_change_after_the_expiry_vanishes
            a_change_before_the_expiry_is_applied_whatever_the_host_thinks
            an_expired_link_is_no_obstacle_to_support
            a_step_that_exists_is_not_issued_again
            a_link_that_exists_is_not_issued_again
            a_request_that_stands_elsewhere_is_not_moved
            a_request_that_does_not_exist_is_not_moved
            a_date_without_enough_places_takes_nobody
            places_that_a_change_takes_twice_count_twice
            a_withdrawn_or_unknown_date_takes_nobody
            a_lease_that_is_not_the_latest_settles_nothing
            an_effect_under_way_or_done_is_neither_retried_nor_skipped
            a_partner_sees_only_their_own_requests
            a_request_that_waits_for_its_order_is_shown_to_nobody
            requests_are_filtered_and_paged
            a_partner_sees_only_their_own_rebookings
            rebookings_are_paged_newest_first
            a_superseded_link_is_no_rebooking_of_its_own
            lists_are_filtered_by_progress
            cases_are_listed_once_each
            support_finds_a_case_by_what_people_say
            effects_are_listed_by_state
            cases_are_listed_by_what_they_need
            a_case_is_in_need_until_support_has_dealt_with_its_failure
            a_wish_is_open_until_it_is_answered_or_the_case_moves_on
            a_customer_without_a_date_is_in_need_until_the_case_moves_on
            a_forgotten_case_names_nobody
            a_forgotten_case_still_counts
            nothing_decided_before_the_purge_brings_a_name_back
            no_link_can_be_read_from_the_store
            five_hundred_choices_with_one_link_make_one_rebooking
            five_hundred_customers_fill_ten_places_exactly
            many_declines_of_one_request_issue_one_link
            a_date_that_is_withdrawn_in_the_rush_keeps_nobody
            the_last_place_goes_to_one_of_two
            a_rush_of_visits_is_noted_once_beside_the_token
            requests_for_one_booking_at_once_are_one
            a_case_counts_in_every_column_that_it_reached
            earnings_are_told_apart_by_partner_month_and_currency
            a_case_counts_in_the_month_in_which_it_began
            expired_links_are_found_until_that_is_noted
            links_that_expire_soon_are_found_until_that_is_noted
            customers_who_wait_for_new_dates_are_found
            a_sweep_pages_through_who_waits
            cases_that_ended_long_ago_are_found_until_they_are_forgotten
        }
    };
}
