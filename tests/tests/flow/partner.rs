//! The partner's answers: decline, confirm, withdraw, and whose requests they are.

use chrono::TimeDelta;
use rebooking_core::RebookError;
use rebooking_core::eligibility::Refusal;
use rebooking_core::error::InvalidInput;
use rebooking_core::link::LinkPurpose;
use rebooking_core::ports::RebookingStore as _;
use rebooking_core::ports::reports::{PageRequest, PartnerStatus};
use rebooking_core::ports::store::{CaseKey, ConfirmationKey};
use rebooking_core::proposal::{InvalidProposal, Proposals};
use rebooking_core::service::{Answer, Confirmed, Decline, Declined, ManualLink, Withdrawn};
use rebooking_core::testing::{World, samples};
use rebooking_core::value::booking::Partner;
use rebooking_core::value::course_date::CourseDate;
use rebooking_core::value::ids::{CourseDateId, PartnerId};

use crate::stage::{
    FIRST, SECOND, because, customer_mails, free, mailed_link, rebooked, request_of, text, ticket,
};

#[tokio::test]
async fn a_second_event_for_the_same_request_does_nothing_new() {
    let world = World::new();
    let declined = world.declined_booking().await;
    let before = world.store.snapshot();
    let request = ConfirmationKey::Id(declined.confirmation);
    for (reason, answer) in [
        ("Der Koch ist krank.", Declined::Already),
        ("Rohrbruch", Declined::AlreadyOtherwise),
        ("", Declined::AlreadyOtherwise),
    ] {
        let again = world.rebookings.decline_unchecked(&request, &because(reason)).await.unwrap();
        assert_eq!(again, answer, "{reason}");
    }
    assert_eq!(world.store.snapshot(), before);
}

#[tokio::test]
async fn the_partner_confirms_and_the_customer_is_told_once() {
    let world = World::new();
    let (_, chosen) = rebooked(&world, samples::booking(), FIRST).await;
    let request = request_of(&world, chosen.token.id()).await;
    let partner = samples::partner().id;
    assert_eq!(world.rebookings.partner(partner).confirm(&request).await.unwrap(), Confirmed::Now);
    assert_eq!(
        world.rebookings.partner(partner).confirm(&request).await.unwrap(),
        Confirmed::Already
    );
    world.deliver_all().await.unwrap();
    assert_eq!(customer_mails(&world), ["rebooked", "partner_confirmed"]);
    assert_eq!(ticket(&world, chosen.token.id().case), ["Declined", "Rebooked", "Confirmed"]);
}

#[tokio::test]
async fn who_confirms_when_the_course_has_begun_tells_no_customer_to_look_forward_to_it() {
    let world = World::new();
    let (_, chosen) = rebooked(&world, samples::booking(), FIRST).await;
    let request = request_of(&world, chosen.token.id()).await;
    world.deliver_all().await.unwrap();
    world.clock.advance(chosen.token.moved_booking().unwrap().slot.starts_at - samples::now());
    let partner = world.rebookings.partner(samples::partner().id);
    assert_eq!(partner.confirm(&request).await.unwrap(), Confirmed::Now);
    world.deliver_all().await.unwrap();
    assert_eq!(customer_mails(&world), ["rebooked"]);
}

#[tokio::test]
async fn the_partner_may_answer_by_the_link_in_the_mail() {
    let world = World::new();
    let (_, chosen) = rebooked(&world, samples::booking(), FIRST).await;
    let answer = chosen.token.rebooking().unwrap().answer.digest.clone();
    let confirmed =
        world.rebookings.confirm_unchecked(&ConfirmationKey::Link(answer)).await.unwrap();
    assert_eq!(confirmed, Confirmed::Now);
}

#[tokio::test]
async fn each_decline_makes_a_new_link_up_to_the_limit_and_then_a_mail_without_one() {
    let world = World::new();
    let (mut link, mut chosen) = rebooked(&world, samples::booking(), FIRST).await;
    for (step, next) in [(2, SECOND), (3, World::<rebooking_core::testing::MemoryStore>::DATES[0])]
    {
        let before = free(&world, chosen.slot.id).await;
        let lost = chosen.slot.id;
        let declined = decline_again(&world, &chosen).await;
        assert!(
            matches!(declined, Declined::LinkIssued(token) if token.step == step),
            "{declined:?}"
        );
        assert_eq!(free(&world, lost).await, before + 2, "the places are given back");
        world.deliver_all().await.unwrap();
        let newest = mailed_link(&world);
        assert_ne!(newest.digest(), link.digest(), "a used link is never reopened");
        link = newest;
        let shown = world.rebookings.customer(&link).show().await.unwrap().into_offers().unwrap();
        assert!(
            shown.offers.iter().all(|offer| offer.date().id() != lost),
            "a lost date never comes back"
        );
        let date = shown.offers.iter().map(|offer| offer.date().id()).find(|id| *id == next);
        let date = date.unwrap_or_else(|| add_date(next.value() + 50));
        if world.store.date(date).await.unwrap().is_none() {
            let starts_at = samples::now() + TimeDelta::days(60);
            world
                .store
                .upsert_dates(&[samples::course_date(date.value(), starts_at, 5)])
                .await
                .unwrap();
        }
        chosen = world.rebookings.customer(&link).choose(&samples::choice(date)).await.unwrap();
        world.deliver_all().await.unwrap();
    }
    let declined = decline_again(&world, &chosen).await;
    assert_eq!(declined, Declined::LimitReached(chosen.token.id().case));
    world.deliver_all().await.unwrap();
    assert_eq!(customer_mails(&world).last(), Some(&"limit_reached"));
    assert_eq!(
        ticket(&world, chosen.token.id().case).last().map(String::as_str),
        Some("LimitReached")
    );
}

fn add_date(id: i64) -> rebooking_core::value::ids::CourseDateId {
    rebooking_core::value::ids::CourseDateId::new(id)
}

async fn decline_again(world: &World, chosen: &rebooking_core::service::Chosen) -> Declined {
    let request = request_of(world, chosen.token.id()).await;
    world
        .rebookings
        .partner(samples::partner().id)
        .decline(&request, &because("wieder krank"))
        .await
        .unwrap()
}

#[tokio::test]
async fn withdrawing_a_date_declines_every_booking_on_it_and_offers_it_no_more() {
    let world = World::new();
    world.seed().await.unwrap();
    for item in [7001, 7002, 7003] {
        world.store.open_confirmation(&samples::booking_of(item)).await.unwrap();
    }
    let date = samples::booking().slot.id;
    let partner = samples::partner().id;
    let withdrawn =
        world.rebookings.partner(partner).withdraw(date, &text("Küche defekt")).await.unwrap();
    assert_eq!((withdrawn.links, withdrawn.without_link), (3, 0));
    let again =
        world.rebookings.partner(partner).withdraw(date, &text("Küche defekt")).await.unwrap();
    assert_eq!(again, Withdrawn::default(), "repeating it does nothing new");
    assert!(world.store.date(date).await.unwrap().unwrap().value.date.withdrawn);
}

#[tokio::test]
async fn proposed_dates_are_shown_first_and_must_be_dates_of_the_course() {
    let world = World::new();
    world.seed().await.unwrap();
    let request =
        ConfirmationKey::Id(world.store.open_confirmation(&samples::booking()).await.unwrap());
    let partner = samples::partner().id;
    let wrong = Decline { proposed: vec![add_date(4711)], ..because("krank") };
    let refused = world.rebookings.partner(partner).decline(&request, &wrong).await;
    assert!(matches!(refused, Err(RebookError::Invalid(InvalidInput::Proposal(_)))), "{refused:?}");
    let right = Decline { proposed: vec![SECOND], ..because("krank") };
    world.rebookings.partner(partner).decline(&request, &right).await.unwrap();
    world.deliver_all().await.unwrap();
    let shown = world
        .rebookings
        .customer(&mailed_link(&world))
        .show()
        .await
        .unwrap()
        .into_offers()
        .unwrap();
    assert_eq!(shown.offers.first().map(|offer| offer.date().id()), Some(SECOND));
}

/// Dates that nobody may propose for a booking that has moved from date 90 to date 1, and why.
async fn never_offered(world: &World) -> Vec<(CourseDateId, Refusal)> {
    let date = |id, days| samples::course_date(id, samples::now() + TimeDelta::days(days), 5);
    let withdrawn = CourseDate { withdrawn: true, ..date(11, 30) };
    let full = CourseDate { taken: 14, ..date(12, 30) };
    let partner = Partner { id: PartnerId::new(6), ..samples::partner() };
    let others = CourseDate { partner: Some(partner), ..date(13, 30) };
    let soon = samples::course_date(14, samples::now() + TimeDelta::hours(23), 5);
    let far = date(15, 400);
    world.store.upsert_dates(&[withdrawn, full, others, soon, far]).await.unwrap();
    [
        (11, Refusal::Withdrawn),
        (12, Refusal::TooFewPlaces { free: 1 }),
        (13, Refusal::OtherPartner),
        (14, Refusal::TooSoon),
        (15, Refusal::TooFar),
        (90, Refusal::LostBefore),
        (1, Refusal::LostBefore),
        (4711, Refusal::Unknown),
    ]
    .map(|(id, why)| (CourseDateId::new(id), why))
    .into()
}

#[tokio::test]
async fn a_proposal_that_would_never_be_offered_is_refused_with_its_reason() {
    let world = World::new();
    let (_, chosen) = rebooked(&world, samples::booking(), FIRST).await;
    let request = request_of(&world, chosen.token.id()).await;
    let answer = &chosen.token.rebooking().unwrap().answer;
    let link = samples::link_keys().secret(LinkPurpose::Answer, answer).unwrap();
    let (rebookings, partner) = (&world.rebookings, samples::partner());
    for (date, refusal) in never_offered(&world).await {
        let before = world.store.snapshot();
        let decline = Decline { proposed: vec![SECOND, date], ..because("krank") };
        let by_answer = Answer::Decline(decline.clone());
        for refused in [
            rebookings.partner(partner.id).decline(&request, &decline).await.map(|_| ()),
            rebookings.decline_unchecked(&request, &decline).await.map(|_| ()),
            rebookings.partner_by_link(&link).answer(&partner.email, &by_answer).await,
        ] {
            let Err(RebookError::Invalid(InvalidInput::Proposal(wrong))) = refused else {
                panic!("{date}: {refused:?}");
            };
            assert!(
                matches!(wrong, InvalidProposal::Date { date: named, why, .. }
                    if named == date && why == refusal),
                "{wrong:?}"
            );
        }
        assert_eq!(world.store.snapshot(), before, "nothing of it is stored");
    }
}

#[tokio::test]
async fn what_may_be_proposed_is_what_is_listed() {
    let world = World::new();
    let (_, chosen) = rebooked(&world, samples::booking(), FIRST).await;
    let request = request_of(&world, chosen.token.id()).await;
    never_offered(&world).await;
    let known = world.store.dates(samples::course().id).await.unwrap().value;
    let case = world.store.find(&CaseKey::Confirmation(request)).await.unwrap().value;
    let case = case.into_confirmation().unwrap();
    let listed = world
        .rebookings
        .partner(samples::partner().id)
        .confirmation_options(std::slice::from_ref(&case.confirmation))
        .await
        .unwrap()
        .remove(0)
        .proposals;
    let policy = world.rebookings.policy();
    let rules = Proposals::new(&case.confirmation, case.latest.as_ref(), policy, samples::now());
    for date in &known {
        let allowed = rules.check(&[date.id()], &known).is_ok();
        assert_eq!(allowed, listed.contains(date), "{}", date.id());
    }
    assert_eq!(listed.iter().map(CourseDate::id).collect::<Vec<_>>(), [SECOND]);
}

#[tokio::test]
async fn dates_that_a_case_lost_before_its_booking_was_asked_for_are_not_proposed() {
    let world = World::new();
    world.seed().await.unwrap();
    let booking = samples::booking();
    world.shop.put_booking(booking.clone());
    // The case begins by hand, before the partner was asked about its booking.
    let by_hand = ManualLink { item: booking.item, reason: text("auf Wunsch"), again: true };
    let support = world.rebookings.support("sam");
    support.send_link(&by_hand).await.unwrap();
    world.deliver_all().await.unwrap();
    let link = mailed_link(&world);
    let chosen = world.rebookings.customer(&link).choose(&samples::choice(FIRST)).await.unwrap();
    world.deliver_all().await.unwrap();
    support.cancel(chosen.token.id().case, &text("Telefon")).await.unwrap();
    let again = world.store.open_confirmation(&booking).await.unwrap();
    let decline = Decline { proposed: vec![FIRST], ..because("krank") };
    let refused = world.rebookings.decline_unchecked(&ConfirmationKey::Id(again), &decline).await;
    assert!(
        matches!(
            refused,
            Err(RebookError::Invalid(InvalidInput::Proposal(InvalidProposal::Date {
                why: Refusal::LostBefore,
                ..
            })))
        ),
        "{refused:?}"
    );
    let page = PageRequest::default();
    let partner = world.rebookings.partner(samples::partner().id);
    let asked = partner.confirmations(None, page).await.unwrap();
    let asked: Vec<_> = asked.rows.into_iter().filter(|request| request.id == again).collect();
    let listed = partner.confirmation_options(&asked).await.unwrap();
    let ids: Vec<_> =
        listed.iter().flat_map(|options| &options.proposals).map(CourseDate::id).collect();
    assert_eq!(ids, [SECOND]);
}

#[tokio::test]
async fn a_decline_without_a_reason_is_refused_by_name() {
    let world = World::new();
    world.seed().await.unwrap();
    let request =
        ConfirmationKey::Id(world.store.open_confirmation(&samples::booking()).await.unwrap());
    let refused = world
        .rebookings
        .partner(samples::partner().id)
        .decline(&request, &Decline::default())
        .await;
    assert!(matches!(refused, Err(RebookError::Invalid(InvalidInput::NoReason))), "{refused:?}");
}

#[tokio::test]
async fn i10_a_partner_reaches_only_what_is_theirs() {
    let world = World::new();
    let (_, chosen) = rebooked(&world, samples::booking(), FIRST).await;
    let request = request_of(&world, chosen.token.id()).await;
    let (stranger, before) = (PartnerId::new(6), world.store.snapshot());
    let (rebookings, page) = (&world.rebookings, PageRequest::default());
    assert!(matches!(
        rebookings.partner(stranger).confirm(&request).await,
        Err(RebookError::NotFound(_))
    ));
    assert!(matches!(
        rebookings.partner(stranger).decline(&request, &because("nein")).await,
        Err(RebookError::NotFound(_))
    ));
    assert!(matches!(
        rebookings.partner(stranger).withdraw(FIRST, &text("nein")).await,
        Err(RebookError::NotFound(_))
    ));
    assert_eq!(rebookings.partner(stranger).confirmations(None, page).await.unwrap().total, 0);
    assert_eq!(rebookings.partner(stranger).rebookings(None, page).await.unwrap().total, 0);
    assert_eq!(world.store.snapshot(), before);
    let rows = rebookings
        .partner(samples::partner().id)
        .rebookings(Some(PartnerStatus::AwaitingPartner), page)
        .await
        .unwrap();
    assert_eq!(
        rows.rows.iter().map(|row| row.new.map(|slot| slot.id)).collect::<Vec<_>>(),
        [Some(FIRST)]
    );
}
