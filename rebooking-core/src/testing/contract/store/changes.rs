//! What a change asks for is there, all of it, and stays.

use chrono::{TimeDelta, Weekday};

use crate::attempts::Attempts;
use crate::audit::{Actor, AuditEvent, Subject};
use crate::change::{Change, Commit, ConfirmationWrite};
use crate::confirmation::ConfirmationState;
use crate::eligibility::PriceAdjustment;
use crate::link::LinkPurpose;
use crate::ports::store::{ConfirmationKey, Visits};
use crate::rebooking::{PlacedOrder, RebookingState};
use crate::testing::contract::StoreUnderTest;
use crate::testing::contract::given::{self, apply};
use crate::testing::samples;
use crate::token::{CancelReason, RebookingToken, TicketRef, TokenParts, TokenState};
use crate::value::booking::Booking;
use crate::value::ids::{CourseDateId, OrderId, OrderItemId};
use crate::value::text::FreeText;
use crate::wish::{Wish, WishKind};

/// Token, request, places, effect and history of a choice.
pub async fn a_choice_is_stored_with_all_that_belongs_to_it(store: StoreUnderTest) {
    let date = given::date(&store, 1, 5).await;
    let token = given::issued(&store, 7001).await;
    apply(&store, &given::choice(&store, &token, 1).await).await;

    let used = given::reread(&store, &token).await;
    let rebooking = used.rebooking().expect("the token is used");
    assert_eq!((used.version(), rebooking.slot.id), (1, date.id()));
    let asked = given::confirmation(&store, ConfirmationKey::Id(rebooking.confirmation.unwrap()))
        .await
        .unwrap();
    assert_eq!(asked.confirmation.state, ConfirmationState::Waiting);
    assert_eq!(asked.confirmation.token, Some(token.id()));
    assert_eq!(asked.confirmation.booking.slot, date.slot);
    assert_eq!(asked.confirmation.answer, Some(given::stamp(LinkPurpose::Answer, &token)));
    assert_eq!(asked.opened_by.as_ref(), Some(&used));
    assert_eq!(given::taken(&store, 1).await, date.taken + 2);
    let effects = given::effects(&store, token.id().case).await;
    let keys: Vec<_> = effects.iter().map(|effect| effect.key.as_str()).collect();
    assert_eq!(keys, ["7001-1-order-place"]);
    if let Some(history) = given::history(&store, token.id().case).await {
        let events: Vec<_> = history.iter().map(|entry| (entry.subject, entry.event)).collect();
        assert_eq!(events, [(Subject::Token(token.id()), AuditEvent::Chosen)]);
    }
}

/// Every field of a token comes back as it was written.
pub async fn a_token_comes_back_as_it_was_written(store: StoreUnderTest) {
    let date = given::date(&store, 1, 5).await;
    let token = given::fresh(&store, 7001).await;
    let now = token.issued_at();
    let mut parts = token.into_parts();
    parts.lost = vec![CourseDateId::new(91), CourseDateId::new(92)];
    parts.proposed = vec![date.id()];
    (parts.declines, parts.renewals) = (2, 1);
    parts.attempts = Attempts { recent: vec![now - TimeDelta::minutes(3), now], total: 7 };
    parts.ticket = Some(TicketRef { id: "42".into(), number: "HT00042".into() });
    parts.wishes = vec![Wish {
        kind: WishKind::NewDates,
        text: FreeText::parse("Am liebsten\nabends 🍣").unwrap(),
        weekdays: vec![Weekday::Sat, Weekday::Sun],
        months: vec![3, 12],
        known: Vec::new(),
        at: now,
        answered_at: Some(now),
    }];
    let later = now + TimeDelta::seconds(1);
    let token = RebookingToken::restore(parts).mailed(now).reminded(later);
    let token = given::issue(&store, token).await;
    assert_eq!(given::reread(&store, &token).await, token);
    apply(&store, &given::choice(&store, &token, 1).await).await;
    let mut used = given::reread(&store, &token).await.expiry_noted(now).into_parts();
    let TokenState::Used(rebooking) = &mut used.state else { panic!("it was used") };
    rebooking.state = RebookingState::Cancelled(CancelReason::Refunded);
    rebooking.order = Some(PlacedOrder {
        id: OrderId::new(88_001),
        number: samples::order_number("100012345-1"),
        item: OrderItemId::new(88_002),
    });
    let written = given::update(&store, RebookingToken::restore(used)).await;
    assert_eq!(given::reread(&store, &token).await, written);
}

/// A token that was taken away says when and why.
pub async fn a_cancelled_token_comes_back_as_it_was_written(store: StoreUnderTest) {
    let token = given::issued(&store, 7001).await;
    let now = token.issued_at();
    let next = token.clone().cancel(CancelReason::Support, now).unwrap();
    apply(&store, &Change::at(now).update(next.clone())).await;
    assert_eq!(
        given::reread(&store, &token).await,
        RebookingToken::restore(TokenParts { version: 1, ..next.into_parts() })
    );
}

/// Three places for 250.00 stay 250.00, in the link, in both requests and in what was chosen: no
/// price for each adds up to that.
pub async fn a_discounted_booking_keeps_the_sum_that_was_paid(store: StoreUnderTest) {
    let token = given::discounted(&store, 7001, 25_000).await;
    let paid = samples::euros(25_000);
    let before = store.open_confirmation(token.booking()).await.unwrap();
    assert_eq!(given::request(&store, before).await.booking, *token.booking());
    let token = given::issue(&store, token).await;
    assert_eq!(given::reread(&store, &token).await.booking(), token.booking());
    given::date(&store, 1, 5).await;
    apply(&store, &given::choice(&store, &token, 1).await).await;

    let used = given::reread(&store, &token).await;
    let rebooking = used.rebooking().expect("the token is used").clone();
    assert_eq!((rebooking.total, rebooking.paid), (paid, paid));
    assert_eq!(rebooking.list_total, samples::euros(26_700));
    assert_eq!(rebooking.consequence, PriceAdjustment::Same);
    let opened = given::request(&store, rebooking.confirmation.unwrap()).await;
    assert_eq!(Some(opened.booking), used.moved_booking());
    assert_eq!(used.moved_booking().unwrap().paid, paid);
}

/// The old link and the one in its place are written together.
pub async fn a_link_and_the_one_after_it_change_together(store: StoreUnderTest) {
    let token = given::issued(&store, 7001).await;
    let now = token.issued_at();
    let old = token.clone().cancel(CancelReason::Superseded, now).unwrap();
    let next = RebookingToken::restore(TokenParts {
        id: token.id().next(),
        link: given::fresh(&store, 7002).await.link().clone(),
        ..token.clone().into_parts()
    });
    apply(&store, &Change::at(now).update(old).issue(next.clone())).await;
    let latest = given::newest(&store, token.id().case).await;
    assert_eq!(latest, Some(next));
    assert_eq!(given::reread(&store, &token).await.version(), 1);
}

/// A request takes the booking of the order that carries it, and the reason of its end.
pub async fn a_request_moves_on_with_its_booking_and_reason(store: StoreUnderTest) {
    let (booking, now) = (given::booking(&store, 7001).await, given::now(&store).await);
    let id = store.open_confirmation(&booking).await.unwrap();
    let ordered = Booking { order_number: samples::order_number("200000001"), ..booking };
    let reason = FreeText::line("Der Koch ist krank.", 100);
    let write = ConfirmationWrite::Move {
        id,
        from: &[ConfirmationState::Pending],
        to: ConfirmationState::Declined,
        reason: reason.clone(),
        booking: Some(Box::new(ordered.clone())),
    };
    apply(&store, &Change::at(now).confirmation(write)).await;
    let request = given::request(&store, id).await;
    assert_eq!((request.booking, request.reason), (ordered, reason));
}

/// An entry of an event that is written once a link is kept, and passed over when it comes again,
/// also within one change. Another link of the case has its own.
pub async fn what_is_written_once_is_written_once(store: StoreUnderTest) {
    let token = given::issued(&store, 7001).await;
    let opened = |change: Change, id| change.audit(id, &Actor::Customer, AuditEvent::PageOpened);
    let at = token.issued_at();
    let visit = opened(opened(Change::at(at), token.id()), token.id());
    apply(&store, &visit).await;
    let next = RebookingToken::restore(TokenParts {
        id: token.id().next(),
        ..given::fresh(&store, 7101).await.into_parts()
    });
    apply(&store, &opened(Change::at(at).issue(next.clone()), token.id())).await;
    assert_eq!(given::visits(&store, &next).await, Visits::default());
    apply(&store, &opened(Change::at(at), next.id())).await;
    if let Some(history) = given::history(&store, token.id().case).await {
        let subjects: Vec<_> = history.iter().map(|entry| entry.subject).collect();
        assert_eq!(subjects, [Subject::Token(token.id()), Subject::Token(next.id())]);
    }
    assert_eq!(given::visits(&store, &next).await, Visits { opened: true, found_no_dates: false });
}

/// A change that asks for nothing is applied.
pub async fn an_empty_change_is_applied(store: StoreUnderTest) {
    let now = given::now(&store).await;
    assert_eq!(store.commit(&Change::at(now)).await.unwrap(), Commit::Applied);
}
