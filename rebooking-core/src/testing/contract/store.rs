//! The contract of [`RebookingStore`](crate::ports::RebookingStore): each case gets a fresh, empty
//! store, with its [`EffectQueue`](crate::ports::EffectQueue).

mod backups;
mod changes;
mod dates;
mod finds;
mod forgetting;
mod guards;
mod overdue;
mod purge;
mod races;
mod sweeps;

pub use backups::*;
pub use changes::*;
pub use dates::*;
pub use finds::*;
pub use forgetting::*;
pub(super) use forgetting::{assert_forgotten, in_the_way, long_ago, request, world};
pub use guards::*;
pub use overdue::*;
pub use purge::*;
pub(super) use purge::{forget, talkative};
pub use races::*;
pub(super) use sweeps::waiting;
pub use sweeps::*;

/// Tests that a store keeps its contract, one test a case.
///
/// `store_contract!(#[tokio::test] () => my_store().await);`, with arguments where the harness
/// hands some over: `store_contract!(#[sqlx::test] (pool: PgPool) => MyStore::new(pool));`. What is
/// made is one adapter that is store, queue and reports, or a
/// [`StoreUnderTest`](crate::testing::contract::StoreUnderTest).
#[macro_export]
macro_rules! store_contract {
    ($(#[$attribute:meta])* ($($argument:tt)*) => $store:expr) => {
        $crate::contract_cases! { store [$(#[$attribute])*] ($($argument)*)
            [$crate::testing::contract::StoreUnderTest::from($store)]
            a_choice_is_stored_with_all_that_belongs_to_it
            a_token_comes_back_as_it_was_written
            a_cancelled_token_comes_back_as_it_was_written
            a_discounted_booking_keeps_the_sum_that_was_paid
            a_link_and_the_one_after_it_change_together
            a_request_moves_on_with_its_booking_and_reason
            backups_come_back_as_they_were_named
            a_backup_is_booked_together_with_the_decline
            a_decline_whose_backup_is_taken_meanwhile_vanishes
            a_backup_that_is_taken_back_meanwhile_is_not_booked
            a_backup_is_exchanged_together_with_what_is_taken_instead
            what_is_written_once_is_written_once
            an_empty_change_is_applied
            a_date_that_is_kept_again_keeps_its_taken_places
            a_capacity_below_what_is_taken_frees_nothing
            a_withdrawn_date_stays_withdrawn
            places_that_are_given_back_are_free_again
            dates_of_a_course_are_shown_until_they_end
            a_date_names_the_partners_with_live_requests
            live_requests_on_withdrawn_dates_are_found
            a_link_is_found_in_every_state
            what_was_never_stored_is_not_found
            the_newest_token_of_a_case_is_found
            a_request_is_found_by_number_and_by_link
            a_request_of_an_original_booking_is_found_with_its_case
            a_live_booking_has_one_request
            a_partner_is_asked_by_mail_once_and_by_a_link_that_leads_back
            a_booking_whose_case_has_begun_is_not_asked_about_anew
            a_link_by_hand_holds_the_request_that_is_opened_after_it
            a_case_that_has_moved_on_without_a_request_opens_none
            an_order_is_found_with_what_it_carries
            an_item_is_found_by_both_its_numbers
            an_item_without_a_case_has_its_live_request
            reading_changes_nothing
            of_many_changes_to_one_state_one_is_applied
            the_place_of_a_date_and_of_a_booking_is_kept
            a_change_of_an_old_version_vanishes
            a_change_of_no_token_vanishes
            a_change_after_the_expiry_vanishes
            a_change_before_the_expiry_is_applied_whatever_the_host_thinks
            an_expired_link_is_no_obstacle_to_support
            a_step_that_exists_is_not_issued_again
            a_link_that_exists_is_not_issued_again
            a_request_that_stands_elsewhere_is_not_moved
            a_request_that_does_not_exist_is_not_moved
            a_wrong_address_on_a_request_is_counted_on_what_was_read
            a_link_that_expects_no_request_vanishes_while_one_is_live
            a_date_without_enough_places_takes_nobody
            places_that_a_change_takes_twice_count_twice
            a_withdrawn_or_unknown_date_takes_nobody
            a_forgotten_case_names_nobody
            nothing_decided_before_the_purge_brings_a_name_back
            no_link_can_be_read_from_the_store
            the_item_that_a_case_has_moved_to_forgets_nothing
            support_forgets_a_case_once_and_says_why
            an_open_case_is_forgotten_once_it_is_cancelled
            a_booking_that_still_takes_place_is_not_forgotten
            nobody_is_mailed_once_they_are_forgotten
            a_note_is_kept_until_its_case_is_forgotten
            five_hundred_choices_with_one_link_make_one_rebooking
            five_hundred_customers_fill_ten_places_exactly
            many_declines_of_one_request_issue_one_link
            a_date_that_is_withdrawn_in_the_rush_keeps_nobody
            the_last_place_goes_to_one_of_two
            a_rush_of_visits_is_noted_once_beside_the_token
            requests_for_one_booking_at_once_are_one
            a_link_by_hand_and_a_request_at_once_are_one_case
            expired_links_are_found_until_that_is_noted
            links_that_expire_soon_are_found_until_that_is_noted
            customers_who_wait_for_new_dates_are_found
            a_sweep_pages_through_who_waits
            requests_that_wait_too_long_are_found_until_that_is_noted
            a_near_date_leaves_a_partner_less_time
            a_request_is_noted_once_and_while_it_waits
            cases_that_ended_long_ago_are_found_until_they_are_forgotten
        }
    };
}
