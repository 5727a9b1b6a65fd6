//! What a change asks for is there, all of it, and stays.

use chrono::{TimeDelta, Weekday};

use super::given::{self, Picture, apply};
use crate::attempts::Attempts;
use crate::audit::{Actor, AuditEvent, Subject};
use crate::change::{Change, Commit, ConfirmationWrite, EffectWrite};
use crate::confirmation::ConfirmationState;
use crate::effect::{
    EffectKey, EffectKind, EffectState, Lane, MailKind, NewEffect, Outcome, TicketFact,
};
use crate::link::LinkPurpose;
use crate::ports::RebookingStore;
use crate::ports::store::{ConfirmationKey, Visits};
use crate::rebooking::{PlacedOrder, RebookingState};
use crate::testing::samples;
use crate::token::{CancelReason, RebookingToken, TicketRef, TokenParts, TokenState};
use crate::value::booking::Booking;
use crate::value::ids::{CaseId, CourseDateId, OrderId, OrderItemId};
use crate::value::text::FreeText;
use crate::wish::{Wish, WishKind};

/// Token, request, places, effect and history of a choice.
pub async fn a_choice_is_stored_with_all_that_belongs_to_it(store: impl RebookingStore + 'static) {
    let date = given::date(&store, 1, 5).await;
    let token = given::issued(&store, 7001).await;
    apply(&store, &given::choice(&store, &token, 1).await).await;

    let file = store.case(token.id().case).await.unwrap().unwrap().value;
    let rebooking = file.tokens[0].rebooking().expect("the token is used");
    assert_eq!((file.tokens[0].version(), rebooking.slot.id), (1, date.id()));
    let asked = store
        .confirmation(&ConfirmationKey::Id(rebooking.confirmation.unwrap()))
        .await
        .unwrap()
        .unwrap()
        .value;
    assert_eq!(asked.confirmation.state, ConfirmationState::Waiting);
    assert_eq!(asked.confirmation.token, Some(token.id()));
    assert_eq!(asked.confirmation.booking.slot, date.slot);
    assert_eq!(asked.confirmation.answer, Some(given::stamp(LinkPurpose::Answer, &token)));
    assert_eq!(asked.opened_by.as_ref(), Some(&file.tokens[0]));
    assert_eq!(given::taken(&store, 1).await, date.taken + 2);
    let keys: Vec<_> = file.effects.iter().map(|effect| effect.key.as_str()).collect();
    assert_eq!(keys, ["7001-1-order-place"]);
    let events: Vec<_> = file.audit.iter().map(|entry| (entry.subject, entry.event)).collect();
    assert_eq!(events, [(Subject::Token(token.id()), AuditEvent::Chosen)]);
}

/// Every field of a token comes back as it was written.
pub async fn a_token_comes_back_as_it_was_written(store: impl RebookingStore + 'static) {
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
pub async fn a_cancelled_token_comes_back_as_it_was_written(store: impl RebookingStore + 'static) {
    let token = given::issued(&store, 7001).await;
    let now = token.issued_at();
    let next = token.clone().cancel(CancelReason::Support, now).unwrap();
    apply(&store, &Change::at(now).update(next.clone())).await;
    assert_eq!(
        given::reread(&store, &token).await,
        RebookingToken::restore(TokenParts { version: 1, ..next.into_parts() })
    );
}

/// The old link and the one in its place are written together.
pub async fn a_link_and_the_one_after_it_change_together(store: impl RebookingStore + 'static) {
    let token = given::issued(&store, 7001).await;
    let now = token.issued_at();
    let old = token.clone().cancel(CancelReason::Superseded, now).unwrap();
    let next = RebookingToken::restore(TokenParts {
        id: token.id().next(),
        link: given::fresh(&store, 7002).await.link().clone(),
        ..token.clone().into_parts()
    });
    apply(&store, &Change::at(now).update(old).issue(next.clone())).await;
    let latest = store.latest(token.id().case).await.unwrap().value;
    assert_eq!(latest, Some(next));
    assert_eq!(given::reread(&store, &token).await.version(), 1);
}

/// A request takes the booking of the order that carries it, and the reason of its end.
pub async fn a_request_moves_on_with_its_booking_and_reason(store: impl RebookingStore + 'static) {
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
    let request =
        store.confirmation(&ConfirmationKey::Id(id)).await.unwrap().unwrap().value.confirmation;
    assert_eq!((request.booking, request.reason), (ordered, reason));
}

/// An effect that was asked for waits from the store's moment on.
pub async fn an_effect_is_due_from_its_commit_on(store: impl RebookingStore + 'static) {
    let before = given::now(&store).await;
    let token = given::asked_for(&store, 7001, &[EffectKind::PlaceOrder]).await;
    let file = store.case(token.id().case).await.unwrap().unwrap();
    let [effect] = file.value.effects.as_slice() else { panic!("one effect was asked for") };
    let EffectState::Waiting { due_at } = effect.state else { panic!("it waits") };
    assert!((before..=file.now).contains(&due_at), "it is due at once");
    assert!((before..=file.now).contains(&effect.created_at) && effect.since == effect.created_at);
    assert_eq!(
        (effect.attempts, effect.kind, effect.token),
        (0, EffectKind::PlaceOrder, token.id())
    );
}

/// ConfirmationKey for once more, an effect is not made again, and what became of it stays.
pub async fn an_effect_that_exists_is_kept_as_it_is(store: impl RebookingStore + 'static) {
    let kind = EffectKind::Mail(MailKind::Declined);
    let token = given::asked_for(&store, 7001, &[kind]).await;
    let lease = given::claim_one(&store, Lane::Mail).await.lease;
    let done = EffectWrite::Settle { lease, outcome: Outcome::Done };
    apply(&store, &Change::at(token.issued_at()).note(done)).await;
    let before = Picture::read(&store).await.effects;
    apply(&store, &Change::at(token.issued_at()).effect_once(token.id(), kind)).await;
    assert_eq!(Picture::read(&store).await.effects, before);
}

/// Twice in one change is once.
pub async fn the_same_key_twice_in_one_change_makes_one_effect(
    store: impl RebookingStore + 'static,
) {
    let kind = EffectKind::Ticket(TicketFact::Declined);
    given::asked_for(&store, 7001, &[kind, kind]).await;
    assert_eq!(Picture::read(&store).await.effects.len(), 1);
}

/// A repetition has a key of its own.
pub async fn a_repetition_is_an_effect_of_its_own(store: impl RebookingStore + 'static) {
    let kind = EffectKind::Mail(MailKind::Declined);
    let token = given::asked_for(&store, 7001, &[kind]).await;
    apply(&store, &Change::at(token.issued_at()).effect_again(token.id(), kind, 4)).await;
    let keys: Vec<EffectKey> =
        Picture::read(&store).await.effects.into_iter().map(|effect| effect.key).collect();
    let expected =
        [NewEffect::again(token.id(), kind, 4).key, NewEffect::once(token.id(), kind).key];
    assert_eq!(keys, expected, "newest first");
}

/// Who did what and why, in the order in which it was done; a date's history is no case's.
pub async fn history_is_kept_in_order(store: impl RebookingStore + 'static) {
    let token = given::issued(&store, 7001).await;
    let (at, why) = (token.issued_at(), FreeText::line("auf Wunsch", 100));
    let support = Actor::Support("ines".into());
    let partner = Actor::Partner(samples::partner().id);
    let booking = Subject::Booking(CaseId::new(7001));
    apply(&store, &Change::at(at).audit(booking, &partner, AuditEvent::PartnerConfirmed)).await;
    apply(
        &store,
        &Change::at(at).audit_why(token.id(), &support, AuditEvent::LinkResent, why.clone()),
    )
    .await;
    let date = Subject::Date(CourseDateId::new(7001));
    apply(&store, &Change::at(at).audit(date, &partner, AuditEvent::DateWithdrawn)).await;
    let audit = store.case(token.id().case).await.unwrap().unwrap().value.audit;
    let said: Vec<_> =
        audit.iter().map(|entry| (entry.subject, &entry.actor, entry.event, &entry.note)).collect();
    let silent = FreeText::default();
    assert_eq!(
        said,
        [
            (booking, &partner, AuditEvent::PartnerConfirmed, &silent),
            (Subject::Token(token.id()), &support, AuditEvent::LinkResent, &why),
        ]
    );
    assert_eq!(audit[0].at, at);
}

/// An entry of an event that is written once a link is kept, and passed over when it comes again,
/// also within one change. Another link of the case has its own.
pub async fn what_is_written_once_is_written_once(store: impl RebookingStore + 'static) {
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
    let audit = store.case(token.id().case).await.unwrap().unwrap().value.audit;
    let subjects: Vec<_> = audit.iter().map(|entry| entry.subject).collect();
    assert_eq!(subjects, [Subject::Token(token.id()), Subject::Token(next.id())]);
    assert_eq!(given::visits(&store, &next).await, Visits { opened: true, found_no_dates: false });
}

/// A change that asks for nothing is applied.
pub async fn an_empty_change_is_applied(store: impl RebookingStore + 'static) {
    let now = given::now(&store).await;
    assert_eq!(store.commit(&Change::at(now)).await.unwrap(), Commit::Applied);
}
