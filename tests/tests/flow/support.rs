//! What support does: links by hand, again and anew, longer and no more, and a choice on somebody's
//! behalf.

use chrono::{Datelike as _, TimeDelta};
use rebooking_core::RebookError;
use rebooking_core::error::{Conflict, InvalidInput, Resource};
use rebooking_core::ports::RebookingStore as _;
use rebooking_core::ports::reports::{CaseFilter, CaseStatus, PageRequest};
use rebooking_core::rebooking::RebookingState;
use rebooking_core::service::{CaseVersion, LinkSent, LinkView, ManualLink, SupportChoice};
use rebooking_core::testing::{World, samples};
use rebooking_core::token::CancelReason;

use crate::stage::{
    FIRST, SECOND, customer_mails, free, mailed_link, partner_mails, rebooked, request_of, text,
    ticket,
};

fn by_hand() -> ManualLink {
    ManualLink { item: samples::booking().item, reason: text("Auf Ihren Wunsch."), again: true }
}

#[tokio::test]
async fn a_link_by_hand_leaves_the_booking_alone_until_the_customer_chooses() {
    let world = World::new();
    world.seed().await.unwrap();
    world.shop.put_booking(samples::booking());
    world.store.open_confirmation(&samples::booking()).await.unwrap();
    let old = samples::booking().slot.id;
    let before = free(&world, old).await;
    let sent = world.rebookings.support("sam").send_link(&by_hand()).await.unwrap();
    assert!(matches!(sent, LinkSent::Issued(token) if token.step == 1), "{sent:?}");
    let again = world.rebookings.support("sam").send_link(&by_hand()).await.unwrap();
    assert!(matches!(again, LinkSent::Resent(_)), "{again:?}");
    world.deliver_all().await.unwrap();
    assert_eq!(customer_mails(&world), ["link_sent", "link_sent"]);
    assert_eq!(free(&world, old).await, before);
    world.rebookings.customer(&mailed_link(&world)).choose(&samples::choice(FIRST)).await.unwrap();
    assert_eq!(free(&world, old).await, before + 2, "the old date is left");
    world.deliver_all().await.unwrap();
    assert_eq!(
        partner_mails(&world),
        ["partner_released", "partner_request"],
        "of the old date, for the new one"
    );
}

#[tokio::test]
async fn a_booking_that_only_the_shop_knows_gets_its_link_too() {
    let world = World::new();
    world.seed().await.unwrap();
    let unknown = world.rebookings.support("sam").send_link(&by_hand()).await;
    assert!(matches!(unknown, Err(RebookError::NotFound(Resource::Booking))), "{unknown:?}");
    world.shop.put_booking(samples::booking());
    assert!(matches!(
        world.rebookings.support("sam").send_link(&by_hand()).await,
        Ok(LinkSent::Issued(_))
    ));
}

#[tokio::test]
async fn a_reissued_link_kills_the_old_one_at_once_and_a_resent_one_is_the_same() {
    let world = World::new();
    let declined = world.declined_booking().await;
    let case = declined.token.case;
    world.rebookings.support("sam").resend(case).await.unwrap();
    world.deliver_all().await.unwrap();
    assert_eq!(mailed_link(&world).digest(), declined.link.digest());
    world.rebookings.support("sam").reissue(case).await.unwrap();
    let old = world.rebookings.customer(&declined.link).show().await;
    let superseded = CancelReason::Superseded;
    assert!(matches!(old, Ok(LinkView::Cancelled { why, .. }) if why == superseded));
    world.deliver_all().await.unwrap();
    assert_eq!(customer_mails(&world), ["declined", "declined", "link_replaced"]);
    assert!(
        world.rebookings.customer(&mailed_link(&world)).show().await.unwrap().into_offers().is_ok()
    );
}

#[tokio::test]
async fn an_extended_link_works_again_after_its_time_was_over() {
    let world = World::new();
    let declined = world.declined_booking().await;
    world.clock.advance(TimeDelta::days(31));
    assert!(world.rebookings.customer(&declined.link).show().await.unwrap().into_offers().is_err());
    let until = world.rebookings.support("sam").extend(declined.token.case, 5).await.unwrap();
    assert_eq!(until, rebooking_core::ports::Clock::now(&world.clock) + TimeDelta::days(5));
    assert!(world.rebookings.customer(&declined.link).show().await.unwrap().into_offers().is_ok());
    for days in [0, 366] {
        let refused = world.rebookings.support("sam").extend(declined.token.case, days).await;
        assert!(
            matches!(refused, Err(RebookError::Invalid(InvalidInput::Extension))),
            "{refused:?}"
        );
    }
}

#[tokio::test]
async fn a_cancelled_rebooking_gives_its_places_back_and_undoes_its_order() {
    let world = World::new();
    world.seed().await.unwrap();
    let before = free(&world, FIRST).await;
    let (_, chosen) = rebooked(&world, samples::booking(), FIRST).await;
    let case = chosen.token.id().case;
    world.rebookings.support("sam").cancel(case, &text("auf Wunsch")).await.unwrap();
    world.deliver_all().await.unwrap();
    assert_eq!(free(&world, FIRST).await, before);
    assert!(world.shop.carrying("reb-7001-1").is_empty());
    assert_eq!(partner_mails(&world), ["partner_request", "partner_withdrawn"]);
    assert_eq!(ticket(&world, case).last().map(String::as_str), Some("Cancelled(Support)"));
}

#[tokio::test]
async fn a_live_rebooking_must_be_called_off_before_another_link_is_sent_by_hand() {
    let world = World::new();
    let (_, chosen) = rebooked(&world, samples::booking(), FIRST).await;
    let refused = world.rebookings.support("sam").send_link(&by_hand()).await;
    assert!(matches!(refused, Err(RebookError::Conflict(Conflict::RebookingLive))), "{refused:?}");
    world
        .rebookings
        .support("sam")
        .cancel(chosen.token.id().case, &text("auf Wunsch"))
        .await
        .unwrap();
    let sent = world.rebookings.support("sam").send_link(&by_hand()).await;
    assert!(matches!(sent, Ok(LinkSent::Issued(token)) if token.step == 2));
}

#[tokio::test]
async fn support_chooses_past_the_minimum_notice_with_a_reason_that_is_kept() {
    let world = World::new();
    let declined = world.declined_booking().await;
    let tomorrow = samples::course_date(77, samples::now() + TimeDelta::hours(3), 5);
    world.store.upsert_dates(&[tomorrow]).await.unwrap();
    let soon = rebooking_core::value::ids::CourseDateId::new(77);
    assert!(
        world.rebookings.customer(&declined.link).choose(&samples::choice(soon)).await.is_err(),
        "too soon for a customer"
    );
    let choice = SupportChoice { date: soon, reason: text("am Telefon zugesagt") };
    let nameless = SupportChoice { reason: text(""), ..choice.clone() };
    assert!(
        world.rebookings.support("sam").choose(declined.token.case, &nameless).await.is_err(),
        "not without a reason"
    );
    world.rebookings.support("sam").choose(declined.token.case, &choice).await.unwrap();
    let file = world.rebookings.support("sam").case(declined.token.case).await.unwrap().value;
    assert!(file.audit.iter().any(|entry| entry.note.expose() == "am Telefon zugesagt"));
}

#[tokio::test]
async fn cases_are_found_by_number_address_and_name_and_earnings_show_what_was_kept() {
    let world = World::new();
    let (_, chosen) = rebooked(&world, samples::booking(), SECOND).await;
    world
        .rebookings
        .partner(samples::partner().id)
        .confirm(&request_of(&world, chosen.token.id()).await)
        .await
        .unwrap();
    for search in ["100007001", "ERIKA@example.com", "muster"] {
        let filter = CaseFilter {
            search: text(search),
            progress: Some(CaseStatus::Confirmed),
            ..CaseFilter::default()
        };
        assert_eq!(
            world
                .rebookings
                .support("sam")
                .cases(&filter, PageRequest::default())
                .await
                .unwrap()
                .value
                .total,
            1,
            "{search}"
        );
    }
    let now = samples::now();
    let earned = world
        .rebookings
        .support("sam")
        .earnings(now - TimeDelta::days(1), now + TimeDelta::days(1))
        .await
        .unwrap()
        .value;
    let [month] = earned.as_slice() else { panic!("one partner, one month: {earned:?}") };
    assert_eq!(month.month, (now.year(), now.month()));
    let counts = [month.declined, month.rebooked, month.confirmed, month.refunded, month.expired];
    assert_eq!((counts, month.kept), ([1, 1, 1, 0, 0], samples::euros(17_800)));
    assert_eq!(
        world.token(chosen.token.id()).await.rebooking().unwrap().state,
        RebookingState::Confirmed
    );
}

#[tokio::test]
async fn what_was_decided_on_a_case_as_it_was_seen_is_done_once() {
    let world = World::new();
    let declined = world.declined_booking().await;
    let seen = async || {
        let token = world.token(declined.token).await;
        CaseVersion::at(token.id(), token.version())
    };
    let changed = |outcome| matches!(outcome, Err(RebookError::Conflict(Conflict::Changed)));
    let first = seen().await;
    let until = world.rebookings.support("sam").extend(first, 10).await.unwrap();
    assert!(changed(world.rebookings.support("sam").extend(first, 10).await.map(|_| ())));
    assert_eq!(world.token(declined.token).await.expires_at(), until);
    let second = seen().await;
    world.rebookings.support("sam").resend(second).await.unwrap();
    assert!(changed(world.rebookings.support("sam").resend(second).await.map(|_| ())));
    world.deliver_all().await.unwrap();
    let third = seen().await;
    world.rebookings.support("sam").reissue(third).await.unwrap();
    assert!(changed(world.rebookings.support("sam").reissue(third).await.map(|_| ())));
    let by_hand = ManualLink { again: false, ..by_hand() };
    let sent = world.rebookings.support("sam").send_link(&by_hand).await;
    assert!(matches!(sent, Ok(LinkSent::AlreadyActive(token)) if token.step == 2));
    world.deliver_all().await.unwrap();
    assert_eq!(customer_mails(&world), ["declined", "declined", "link_replaced"]);
}
