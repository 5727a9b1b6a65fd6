//! What use cases look for is found, by every name that it has.

use std::collections::BTreeSet;

use chrono::TimeDelta;

use crate::change::{Change, ConfirmationWrite, EffectWrite};
use crate::confirmation::ConfirmationState;
use crate::effect::{EffectKind, Lane, MailKind, Outcome};
use crate::link::{LinkDigest, LinkPurpose};
use crate::policy::Alternatives;
use crate::ports::reports::{CaseFilter, PageRequest};
use crate::ports::store::{CaseKey, CaseState, ConfirmationKey, OrderState, SweepReason, TokenKey};
use crate::rebooking::{PlacedOrder, RebookingState};
use crate::testing::contract::StoreUnderTest;
use crate::testing::contract::given::{self, Picture, apply};
use crate::testing::samples;
use crate::token::{CancelReason, RebookingToken, TokenParts, TokenState};
use crate::value::booking::Booking;
use crate::value::ids::{
    CaseId, ConfirmationId, CourseDateId, EffectId, OrderId, OrderItemId, TokenRef,
};
use crate::value::text::FreeText;

/// A case whose customer has chosen date 1, and whose order the shop has made under other numbers.
pub(super) async fn moved(store: &StoreUnderTest, item: i64) -> RebookingToken {
    given::date(store, 1, 5).await;
    let token = given::issued(store, item).await;
    apply(store, &given::choice(store, &token, 1).await).await;
    let mut parts = given::reread(store, &token).await.into_parts();
    let order = PlacedOrder {
        id: OrderId::new(80_000 + item),
        number: samples::order_number(&format!("8{item}")),
        item: OrderItemId::new(90_000 + item),
    };
    let TokenState::Used(rebooking) = &mut parts.state else { panic!("it was used") };
    (rebooking.order, rebooking.state) = (Some(order), RebookingState::AwaitingPartner);
    let confirmation = rebooking.confirmation.unwrap();
    let token = RebookingToken::restore(parts);
    let write = ConfirmationWrite::Move {
        id: confirmation,
        from: &[ConfirmationState::Waiting],
        to: ConfirmationState::Pending,
        reason: FreeText::default(),
        booking: token.moved_booking().map(Box::new),
    };
    apply(store, &Change::at(token.issued_at()).confirmation(write).update(token.clone())).await;
    given::reread(store, &token).await
}

/// Whatever has happened to it.
pub async fn a_link_is_found_in_every_state(store: StoreUnderTest) {
    let fresh = given::fresh(&store, 7001).await;
    let now = fresh.issued_at();
    let expired = RebookingToken::restore(TokenParts {
        expires_at: now - TimeDelta::days(1),
        ..given::fresh(&store, 7002).await.into_parts()
    });
    let cancelled = given::fresh(&store, 7003).await.cancel(CancelReason::Support, now).unwrap();
    for token in [
        given::issue(&store, fresh).await,
        given::issue(&store, expired).await,
        given::issue(&store, cancelled).await,
        moved(&store, 7004).await,
    ] {
        let seen = store
            .open(&TokenKey::Link(token.link().digest.clone()), &Alternatives::new())
            .await
            .unwrap()
            .unwrap();
        assert_eq!(seen.value.token, token);
        let alone = store.open_alone(&token.link().digest).await.unwrap().unwrap();
        assert_eq!((&alone.value.token, alone.value.visits), (&token, seen.value.visits));
        let by_name =
            store.open(&TokenKey::Id(token.id()), &Alternatives::new()).await.unwrap().unwrap();
        assert_eq!(by_name.value, seen.value);
        let alone = store.token(token.id()).await.unwrap().unwrap();
        assert_eq!(alone.value, token);
        let moments = [now, seen.now, by_name.now, alone.now];
        assert!(moments.is_sorted(), "the store's moment comes with it");
    }
}

/// `None` means that it was never there.
pub async fn what_was_never_stored_is_not_found(store: StoreUnderTest) {
    let never = given::fresh(&store, 7001).await;
    given::issued(&store, 7002).await;
    let none = Alternatives::new();
    assert!(
        store.open(&TokenKey::Link(never.link().digest.clone()), &none).await.unwrap().is_none()
    );
    assert!(
        store
            .open(&TokenKey::Link(LinkDigest::parse(&"0".repeat(64)).unwrap()), &none)
            .await
            .unwrap()
            .is_none()
    );
    let (link, date) = (&never.link().digest, CourseDateId::new(1));
    assert!(store.open_for_choice(link, date, &none).await.unwrap().is_none());
    assert!(store.open_alone(&never.link().digest).await.unwrap().is_none());
    assert!(store.open(&TokenKey::Id(never.id()), &none).await.unwrap().is_none());
    assert!(store.token(never.id()).await.unwrap().is_none());
    assert!(
        store
            .open(&TokenKey::Id(TokenRef { case: CaseId::new(7002), step: 2 }), &none)
            .await
            .unwrap()
            .is_none()
    );
    assert!(store.open(&TokenKey::Newest(never.id().case), &none).await.unwrap().is_none());
    for key in [
        CaseKey::Id(never.id().case),
        CaseKey::Item(OrderItemId::new(4_711)),
        CaseKey::Confirmation(ConfirmationKey::Id(ConfirmationId::new(4_711))),
        CaseKey::Confirmation(ConfirmationKey::Link(never.link().digest.clone())),
    ] {
        assert_eq!(store.find(&key).await.unwrap().value, CaseState::default(), "{key:?}");
    }
    if let Some(reports) = &store.reports {
        assert!(reports.case(never.id().case).await.unwrap().is_none());
    }
    assert!(store.queue.effect(EffectId::new(4_711)).await.unwrap().is_none());
    assert_eq!(store.order_state(OrderId::new(4_711)).await.unwrap().value, OrderState::default());
}

/// The newest token of a case is the one with the highest step.
pub async fn the_newest_token_of_a_case_is_found(store: StoreUnderTest) {
    let token = given::issued(&store, 7001).await;
    let link = |item| given::fresh(&store, item);
    let second = RebookingToken::restore(TokenParts {
        id: token.id().next(),
        link: link(7102).await.link().clone(),
        ..token.clone().into_parts()
    });
    let third = RebookingToken::restore(TokenParts {
        id: second.id().next(),
        link: link(7103).await.link().clone(),
        ..token.clone().into_parts()
    });
    given::issue(&store, second).await;
    given::issue(&store, third.clone()).await;
    let newest = TokenKey::Newest(token.id().case);
    let opened = store.open(&newest, &Alternatives::new()).await.unwrap().unwrap().value;
    assert_eq!(opened.token, third);
    let tokens = given::tokens(&store, token.id().case).await;
    assert_eq!(tokens.iter().map(|token| token.id().step).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(tokens.last(), Some(&third));
    if let Some(reports) = &store.reports {
        let case = reports.case(token.id().case).await.unwrap().unwrap().value;
        assert_eq!(case.tokens, tokens);
    }
}

/// With what an answer to it changes.
pub async fn a_request_is_found_by_number_and_by_link(store: StoreUnderTest) {
    let token = moved(&store, 7001).await;
    let id = token.rebooking().unwrap().confirmation.unwrap();
    let by_number = given::confirmation(&store, ConfirmationKey::Id(id)).await.unwrap();
    let link = given::stamp(LinkPurpose::Answer, &token).digest;
    assert_eq!(given::confirmation(&store, ConfirmationKey::Link(link)).await.unwrap(), by_number);
    assert_eq!(by_number.opened_by.as_ref(), Some(&token));
    assert_eq!(by_number.latest.as_ref(), Some(&token));
    assert_eq!(Some(by_number.confirmation.booking), token.moved_booking());
    let customers =
        given::confirmation(&store, ConfirmationKey::Link(token.link().digest.clone())).await;
    assert!(customers.is_none(), "the customer's link is none for partners");
}

/// Its case is the one of its item.
pub async fn a_request_of_an_original_booking_is_found_with_its_case(store: StoreUnderTest) {
    let booking = given::booking(&store, 7001).await;
    let id = store.open_confirmation(&booking).await.unwrap();
    let asked = given::confirmation(&store, ConfirmationKey::Id(id)).await.unwrap();
    assert_eq!((asked.opened_by, asked.latest), (None, None));
    assert_eq!(
        (asked.confirmation.booking, asked.confirmation.state),
        (booking, ConfirmationState::Pending)
    );
    let token = given::issued(&store, 7001).await;
    assert_eq!(
        given::confirmation(&store, ConfirmationKey::Id(id)).await.unwrap().latest,
        Some(token)
    );
}

/// The same booking is asked about once, as long as the request is live; then anew.
pub async fn a_live_booking_has_one_request(store: StoreUnderTest) {
    let (booking, now) = (given::booking(&store, 7001).await, given::now(&store).await);
    let first = store.open_confirmation(&booking).await.unwrap();
    assert_eq!(store.open_confirmation(&booking).await.unwrap(), first);
    let other = store.open_confirmation(&given::booking(&store, 7002).await).await.unwrap();
    assert_ne!(other, first);
    let declined = ConfirmationState::Declined;
    apply(&store, &Change::at(now).close(first, declined, FreeText::default(), &booking)).await;
    assert_ne!(store.open_confirmation(&booking).await.unwrap(), first);
}

/// Of any number of calls at once one opens the request, and its mail waits for a worker with it.
pub async fn a_partner_is_asked_by_mail_once_and_by_a_link_that_leads_back(store: StoreUnderTest) {
    let booking = given::booking(&store, 7001).await;
    let links: Vec<_> = (0..8_u8).map(|n| given::answer_link([n; 16])).collect();
    let asking = links.iter().map(|link| store.ask_for_confirmation(&booking, link));
    let opened = futures_util::future::try_join_all(asking).await.unwrap();
    let opened: Vec<_> = opened.into_iter().flatten().collect();
    assert_eq!(opened.len(), 8);
    assert!(opened.iter().all(|id| *id == opened[0]), "{opened:?}");
    assert_eq!(store.open_confirmation(&booking).await.unwrap(), opened[0]);
    let asked = given::request(&store, opened[0]).await;
    let answer = asked.answer.clone().unwrap();
    assert!(links.contains(&answer));
    let by_link = given::confirmation(&store, ConfirmationKey::Link(answer.digest)).await;
    assert_eq!(by_link.unwrap().confirmation, asked);

    let about = TokenRef::booking(booking.item.into());
    let mail = given::claim_one(&store, Lane::Mail).await.effect;
    assert_eq!((mail.token, mail.kind), (about, EffectKind::Mail(MailKind::BookingRequest)));
    // One that was open already was asked about by others.
    let other = given::booking(&store, 7002).await;
    let first = store.open_confirmation(&other).await.unwrap();
    let link = given::answer_link([9; 16]);
    assert_eq!(store.ask_for_confirmation(&other, &link).await.unwrap(), Some(first));
    assert_eq!(given::request(&store, first).await.answer, None);
    assert!(store.queue.claim(Lane::Mail, 9, TimeDelta::hours(1)).await.unwrap().is_empty());
}

/// Whoever asks anew at the moment of a decline would send its customer two links.
pub async fn a_booking_whose_case_has_begun_is_not_asked_about_anew(store: StoreUnderTest) {
    let (booking, now) = (given::booking(&store, 7001).await, given::now(&store).await);
    let first = store.open_confirmation(&booking).await.unwrap();
    let declined = ConfirmationState::Declined;
    apply(&store, &Change::at(now).close(first, declined, FreeText::default(), &booking)).await;
    given::issued(&store, 7001).await;
    assert_eq!(store.open_confirmation(&booking).await.unwrap(), first);
    let closed = given::confirmation(&store, ConfirmationKey::Id(first)).await.unwrap();
    assert_eq!(closed.confirmation.state, declined, "and it stays closed");
}

/// The case by the order that holds the booking now, and every live request for an original booking
/// on it.
pub async fn an_order_is_found_with_what_it_carries(store: StoreUnderTest) {
    let token = given::issued(&store, 7001).await;
    let order = token.booking().order;
    let file = |tokens, confirmations| OrderState { tokens, confirmations };
    assert_eq!(store.order_state(order).await.unwrap().value, file(vec![token], vec![]));
    let moved = moved(&store, 7002).await;
    let placed = moved.rebooking().unwrap().order.clone().unwrap().id;
    let gone = store.order_state(moved.booking().order).await.unwrap().value;
    assert_eq!(
        gone,
        OrderState::default(),
        "the order that carries the rebooking is the one that counts"
    );
    assert_eq!(store.order_state(placed).await.unwrap().value, file(vec![moved], vec![]));

    // Two bookings of one order: one has a case and a request, the other a request only.
    let shared =
        |item, booking: Booking| Booking { order, item: OrderItemId::new(item), ..booking };
    let lone = shared(7003, given::booking(&store, 7003).await);
    let id = store.open_confirmation(&lone).await.unwrap();
    let beside_the_case =
        store.open_confirmation(&given::booking(&store, 7001).await).await.unwrap();
    let found = store.order_state(order).await.unwrap().value;
    assert_eq!(found.tokens.len(), 1);
    assert_eq!(
        found.confirmations.iter().map(|request| request.id).collect::<BTreeSet<_>>(),
        BTreeSet::from([id, beside_the_case])
    );
}

/// As the original item, and as the item of the order that carries the rebooking now.
pub async fn an_item_is_found_by_both_its_numbers(store: StoreUnderTest) {
    let token = moved(&store, 7001).await;
    let rebooking = token.rebooking().unwrap();
    for item in [token.booking().item, rebooking.order.as_ref().unwrap().item] {
        let file = store.find(&CaseKey::Item(item)).await.unwrap().value;
        assert_eq!(file.newest(), Some(&token), "{item}");
        assert_eq!(file.confirmation.map(|request| request.id), rebooking.confirmation, "{item}");
    }
}

/// A booking that nobody declined has a request and no case.
pub async fn an_item_without_a_case_has_its_live_request(store: StoreUnderTest) {
    let booking = given::booking(&store, 7001).await;
    let id = store.open_confirmation(&booking).await.unwrap();
    let file = store.find(&CaseKey::Item(booking.item)).await.unwrap().value;
    assert_eq!((file.confirmation.map(|request| request.id), file.tokens), (Some(id), vec![]));
    let declined = ConfirmationState::Declined;
    let change =
        Change::at(given::now(&store).await).close(id, declined, FreeText::default(), &booking);
    apply(&store, &change).await;
    let file = store.find(&CaseKey::Item(booking.item)).await.unwrap().value;
    assert_eq!(file.confirmation, None);
}

/// Promise I11, for every question that the port can be asked.
pub async fn reading_changes_nothing(store: StoreUnderTest) {
    let token = moved(&store, 7001).await;
    let asked_for = given::asked_for(&store, 7002, &[EffectKind::Mail(MailKind::Declined)]).await;
    let claimed = given::claim_one(&store, Lane::Mail).await;
    let dead =
        EffectWrite::Settle { lease: claimed.lease, outcome: Outcome::Dead { error: "no".into() } };
    apply(&store, &Change::at(asked_for.issued_at()).note(dead)).await;
    let before = Picture::read(&store).await;
    for _ in 0..2 {
        let none = Alternatives::new();
        store.open(&TokenKey::Link(token.link().digest.clone()), &none).await.unwrap();
        store.open(&TokenKey::Id(token.id()), &none).await.unwrap();
        store.order_state(token.booking().order).await.unwrap();
        store.find(&CaseKey::Id(token.id().case)).await.unwrap();
        store.find(&CaseKey::Item(token.booking().item)).await.unwrap();
        for reason in
            [SweepReason::Expired, SweepReason::Waiting, SweepReason::Reminder(TimeDelta::days(40))]
        {
            store.due(reason, None, 100).await.unwrap();
        }
        store.due(SweepReason::Purge(TimeDelta::zero()), None, 100).await.unwrap();
        store.live_confirmations(None, 100).await.unwrap();
        store.queue.effect(claimed.effect.id).await.unwrap();
        if let Some(reports) = &store.reports {
            let page = PageRequest::default();
            reports.partner_rebookings(token.booking().partner.id, None, page).await.unwrap();
            reports.cases(&CaseFilter::default(), page).await.unwrap();
            reports.earnings(token.issued_at(), token.expires_at()).await.unwrap();
            reports.backlog().await.unwrap();
        }
        store.ready().await.unwrap();
    }
    assert_eq!(Picture::read(&store).await, before);
}

/// As if the request had been there when the link was sent.
pub async fn a_link_by_hand_holds_the_request_that_is_opened_after_it(store: StoreUnderTest) {
    let booking = given::booking(&store, 7001).await;
    let token = given::by_hand(&store, 7001).await;
    let link = given::answer_link([1; 16]);
    let opened = store.ask_for_confirmation(&booking, &link).await.unwrap();
    assert_eq!(store.ask_for_confirmation(&booking, &link).await.unwrap(), opened);
    let held = given::reread(&store, &token).await;
    assert_eq!((held.origin(), held.holds()), (opened, opened));
    assert_eq!(held.version(), token.version() + 1, "whoever has read it before reads it again");
    let next = token.request_opened(opened.unwrap()).into_parts();
    assert_eq!(held, RebookingToken::restore(TokenParts { version: held.version(), ..next }));
}

/// The partner of a booking that is gone is not asked about it.
pub async fn a_case_that_has_moved_on_without_a_request_opens_none(store: StoreUnderTest) {
    let booking = given::booking(&store, 7001).await;
    let token = given::by_hand(&store, 7001).await;
    let now = given::now(&store).await;
    let gone = token.cancel(CancelReason::OrderCancelled, now).unwrap();
    apply(&store, &Change::at(now).update(gone.clone())).await;
    let asked = store.ask_for_confirmation(&booking, &given::answer_link([1; 16])).await.unwrap();
    assert_eq!(asked, None);
    let found = store.find(&CaseKey::Item(booking.item)).await.unwrap().value;
    assert_eq!(found.confirmation, None);
    assert!(store.queue.claim(Lane::Mail, 9, TimeDelta::hours(1)).await.unwrap().is_empty());
}
