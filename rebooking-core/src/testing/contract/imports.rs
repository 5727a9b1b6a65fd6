//! The contract of [`DateImports`](crate::ports::DateImports): what two systems count is counted
//! once, whenever it is read.

mod orders;
mod places;
mod stage;
mod taken_over;

pub use orders::*;
pub use places::*;
pub use stage::ImportsUnderTest;
pub use taken_over::*;

/// Tests that a store takes dates over as its contract says, one test a case. What is made is one
/// adapter that is store, queue, reports and [`DateImports`](crate::ports::DateImports), with a
/// clock that moves from one call to the next.
#[macro_export]
macro_rules! imports_contract {
    ($(#[$attribute:meta])* ($($argument:tt)*) => $store:expr) => {
        $crate::contract_cases! { imports [$(#[$attribute])*] ($($argument)*)
            [$crate::testing::contract::imports::ImportsUnderTest::from($store)]
            what_is_free_there_is_free_here
            a_party_that_the_shop_does_not_know_takes_its_places_once
            an_order_that_is_made_is_counted_once
            an_order_that_was_made_during_the_reading_is_not_lost
            a_party_that_left_is_added_while_the_shop_holds_its_places
            what_the_shop_gave_back_is_what_the_shop_says
            a_booking_that_was_bought_is_counted_once
            more_parties_than_the_shop_has_places_for_leave_nothing_free
            what_others_hold_is_named_for_who_is_asked_about
            an_undo_takes_back_nothing_that_the_next_choice_has_taken
            an_order_that_is_refused_is_held_by_the_request_that_it_was_bought_with
            an_order_that_was_closed_for_good_is_held_by_nobody_after_a_refusal
            an_undo_after_a_refusal_holds_what_it_has_opened_again
            a_refusal_waits_until_the_shop_says_what_it_holds
            what_the_shop_cannot_say_after_a_refusal_is_not_counted_on
            what_is_cancelled_after_an_undo_gives_its_places_back_once
            a_rush_of_choices_and_readings_counts_everybody_once
            a_date_that_is_counted_keeps_its_taken_places
            places_that_nobody_else_counts_are_the_stores_own
            a_date_that_is_not_offered_takes_nobody_and_keeps_its_bookings
            a_date_that_is_gone_from_the_schedule_is_not_offered
            a_date_of_the_hosts_own_is_left_alone
            an_older_reading_changes_nothing
            an_import_withdraws_and_never_reopens
            a_date_that_comes_twice_counts_as_it_came_last
            courses_with_dates_or_links_are_known
        }
    };
}
