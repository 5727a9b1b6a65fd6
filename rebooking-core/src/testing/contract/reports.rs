//! The contract of [`Reports`](crate::ports::Reports): each case gets a fresh, empty store with its
//! queue and reports.

mod addresses;
mod attention;
mod backlog;
mod earned_links;
mod earnings;
mod history;
mod holder;
mod lists;
mod settled;
mod silent;
mod waits;

pub use addresses::*;
pub use attention::*;
pub use backlog::*;
pub use earned_links::*;
pub use earnings::*;
pub use history::*;
pub use holder::*;
pub use lists::*;
pub use settled::*;
pub use silent::*;
pub use waits::*;

/// Tests that reports keep their contract, one test a case; see
/// [`store_contract!`](crate::store_contract).
#[macro_export]
macro_rules! reports_contract {
    ($(#[$attribute:meta])* ($($argument:tt)*) => $store:expr) => {
        $crate::contract_cases! { reports [$(#[$attribute])*] ($($argument)*)
            [$crate::testing::contract::StoreUnderTest::from($store)]
            history_is_kept_in_order
            a_partner_sees_only_their_own_requests
            a_request_that_waits_for_its_order_is_shown_to_nobody
            requests_are_filtered_and_paged
            a_partner_sees_only_their_own_rebookings
            rebookings_are_paged_newest_first
            a_superseded_link_is_no_rebooking_of_its_own
            lists_are_filtered_by_progress
            cases_are_listed_once_each
            support_finds_a_case_by_what_people_say
            support_finds_an_address_in_every_spelling
            effects_are_listed_by_state
            what_waits_is_counted_by_lane
            cases_are_listed_by_what_they_need
            a_case_is_in_need_until_support_has_dealt_with_its_failure
            a_wish_is_open_until_it_is_answered_or_the_case_moves_on
            a_customer_without_a_date_is_in_need_until_the_case_moves_on
            a_silent_partner_is_on_the_worklist_until_the_answer
            a_case_waits_since_the_first_of_its_needs
            cases_that_wait_longest_come_first
            a_silent_partner_of_a_sold_booking_is_listed_until_the_answer_or_the_end_of_the_date
            a_case_is_taken_taken_over_and_given_back
            cases_are_listed_by_who_has_taken_them
            a_case_that_two_take_at_once_has_one_holder
            a_case_is_in_no_need_once_support_has_dealt_with_it
            a_booking_that_stands_has_a_word_of_its_own_for_its_partner
            a_forgotten_case_still_counts
            a_case_counts_in_every_column_that_it_reached
            a_discounted_booking_earns_the_sum_that_was_paid
            earnings_are_told_apart_by_partner_month_and_currency
            a_case_counts_in_the_month_in_which_it_began
            a_funnel_is_never_wider_below_than_above
            each_course_has_a_row_with_what_its_prices_did
            a_mail_with_any_link_counts_and_the_expiry_of_the_newest
            the_first_choice_and_the_newest_link_count
            a_refund_is_of_what_was_paid_for_the_newest_link
        }
    };
}
