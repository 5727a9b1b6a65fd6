//! Each guard is proven twice: its case passes, and with the guard taken off the same case fails.

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures_util::FutureExt as _;
use rebooking_core::testing::contract::{StoreUnderTest, orders, queue, store, tickets};
use rebooking_core::testing::{
    MemoryShop, MemoryStore, MemoryTickets, SettableClock, Trouble, Weakness, samples,
};

async fn holds(case: impl Future<Output = ()>) -> bool {
    AssertUnwindSafe(case).catch_unwind().await.is_ok()
}

fn sound() -> MemoryStore {
    let store = MemoryStore::new(Arc::new(SettableClock::at(samples::now())));
    store.every_call(Some(Trouble::GiveWay));
    store
}

fn without_reports(store: MemoryStore) -> StoreUnderTest {
    StoreUnderTest::without_reports(store)
}

/// One test a weakness: every case named holds for the sound adapter, and fails for the weak one.
macro_rules! noticed {
    ($($name:ident: $sound:expr, $weak:expr => $($suite:ident { $($case:ident)* })+;)*) => {
        $(
            #[tokio::test]
            async fn $name() {
                $($(
                    assert!(holds($suite::$case($sound)).await, "{} holds", stringify!($case));
                    assert!(!holds($suite::$case($weak)).await, "{} notices", stringify!($case));
                )*)+
            }
        )*
    };
}

noticed! {
    a_missing_version_check: sound().into(), sound().without(Weakness::Token).into() => store {
        a_change_of_an_old_version_vanishes
        of_many_changes_to_one_state_one_is_applied
        five_hundred_choices_with_one_link_make_one_rebooking
        nothing_decided_before_the_purge_brings_a_name_back
    } queue {
        the_end_of_an_effect_and_what_it_changes_are_one
    };
    a_missing_expiry_check: sound().into(), sound().without(Weakness::Expiry).into() => store {
        a_change_after_the_expiry_vanishes
    };
    a_link_that_overwrites_another:
        sound().into(), sound().without(Weakness::Step).into() => store {
        a_step_that_exists_is_not_issued_again
        a_link_that_exists_is_not_issued_again
    };
    a_missing_look_at_the_request:
        sound().into(), sound().without(Weakness::Confirmation).into() => store {
        a_request_that_stands_elsewhere_is_not_moved
    };
    a_missing_count_of_places: sound().into(), sound().without(Weakness::Places).into() => store {
        a_date_without_enough_places_takes_nobody
        places_that_a_change_takes_twice_count_twice
        a_withdrawn_or_unknown_date_takes_nobody
        five_hundred_customers_fill_ten_places_exactly
        the_last_place_goes_to_one_of_two
    };
    a_missing_fence: sound().into(), sound().without(Weakness::Lease).into() => queue {
        a_lease_that_is_not_the_latest_settles_nothing
        a_late_worker_saves_nothing
    };
    a_missing_look_at_the_effect:
        sound().into(), sound().without(Weakness::Effect).into() => queue {
        an_effect_under_way_or_done_is_neither_retried_nor_skipped
        support_has_an_event_told_once_more_that_was_taken
    };
    a_change_that_is_left_half_done:
        sound().into(), sound().without(Weakness::Atomicity).into() => store {
        a_change_after_the_expiry_vanishes
        a_date_without_enough_places_takes_nobody
        a_request_that_stands_elsewhere_is_not_moved
    } queue {
        a_lease_that_is_not_the_latest_settles_nothing
        an_effect_under_way_or_done_is_neither_retried_nor_skipped
    };
    an_effect_that_is_made_twice:
        sound().into(), sound().without(Weakness::EffectKeys).into() => queue {
        an_effect_that_exists_is_kept_as_it_is
        the_same_key_twice_in_one_change_makes_one_effect
    };
    a_history_that_tells_each_visit:
        sound().into(), sound().without(Weakness::History).into() => store {
        what_is_written_once_is_written_once
        a_rush_of_visits_is_noted_once_beside_the_token
    };
    effects_out_of_order: sound().into(), sound().without(Weakness::EffectOrder).into() => queue {
        effects_of_one_case_and_lane_are_claimed_in_order
        effects_of_one_change_are_claimed_in_its_order
        no_more_is_claimed_than_asked_for
    };
    a_lease_that_keeps_nobody_away:
        sound().into(), sound().without(Weakness::LeaseTime).into() => queue {
        two_workers_never_hold_one_effect
        effects_of_one_case_and_lane_are_claimed_in_order
    };
    a_change_that_is_left_half_done_where_nobody_reports:
        without_reports(sound()), without_reports(sound().without(Weakness::Atomicity)) =>
    store {
        a_change_after_the_expiry_vanishes
        a_date_without_enough_places_takes_nobody
        a_request_that_stands_elsewhere_is_not_moved
    } queue {
        a_lease_that_is_not_the_latest_settles_nothing
        an_effect_under_way_or_done_is_neither_retried_nor_skipped
    };
    a_shop_adapter_that_does_not_look:
        MemoryShop::new(), MemoryShop::new().without_looking() => orders {
        the_same_key_again_gives_the_same_order
        an_order_whose_answer_was_lost_is_found_again
        an_order_that_is_called_off_stays_off
        what_was_never_made_is_kept_from_being_made
        a_difference_is_paid_back_once
        a_refund_whose_answer_was_lost_is_not_paid_again
    };
    a_ticket_adapter_that_does_not_look:
        MemoryTickets::new(), MemoryTickets::new().without_looking() => tickets {
        a_case_has_one_ticket
        the_same_note_again_changes_nothing
        a_ticket_whose_answer_was_lost_is_found_again
    };
}
