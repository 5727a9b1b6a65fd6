//! Effects come into the queue with the change that asks for them, once, and end with the change
//! that follows from their end.

use chrono::TimeDelta;

use crate::change::{Change, EffectWrite, Guard};
use crate::effect::{
    Claimed, EffectKey, EffectKind, EffectState, Lane, MailKind, NewEffect, Outcome, TicketFact,
};
use crate::testing::contract::StoreUnderTest;
use crate::testing::contract::given::{self, Picture, apply, vanishes};
use crate::value::ids::EffectId;

/// An effect that was asked for waits from the store's moment on.
pub async fn an_effect_is_due_from_its_commit_on(store: StoreUnderTest) {
    let before = given::now(&store).await;
    let token = given::asked_for(&store, 7001, &[EffectKind::PlaceOrder]).await;
    if let Some(reports) = &store.reports {
        let file = reports.case(token.id().case).await.unwrap().unwrap();
        let [effect] = file.value.effects.as_slice() else { panic!("one effect was asked for") };
        let EffectState::Waiting { due_at } = effect.state else { panic!("it waits") };
        assert!((before..=file.now).contains(&due_at), "it is due at once");
        assert_eq!(effect.attempts, 0);
    }
    let claimed = given::claim_one(&store, Lane::Orders).await;
    let Claimed { effect, now, .. } = claimed;
    assert!((before..=now).contains(&effect.created_at) && effect.since == effect.created_at);
    assert_eq!(
        (effect.attempts, effect.kind, effect.token),
        (1, EffectKind::PlaceOrder, token.id())
    );
}

/// Asked for once more, an effect is not made again, and what became of it stays.
pub async fn an_effect_that_exists_is_kept_as_it_is(store: StoreUnderTest) {
    let kind = EffectKind::Mail(MailKind::Declined);
    let token = given::asked_for(&store, 7001, &[kind]).await;
    let lease = given::claim_one(&store, Lane::Mail).await.lease;
    let done = EffectWrite::Settle { lease, outcome: Outcome::Done };
    apply(&store, &Change::at(token.issued_at()).note(done)).await;
    let effect = async || store.queue.effect(lease.effect).await.unwrap().unwrap().value;
    let before = (effect().await, Picture::read(&store).await.effects);
    apply(&store, &Change::at(token.issued_at()).effect_once(token.id(), kind)).await;
    assert_eq!((effect().await, Picture::read(&store).await.effects), before);
    assert_eq!(store.queue.claim(Lane::Mail, 10, TimeDelta::hours(1)).await.unwrap(), []);
}

/// Twice in one change is once.
pub async fn the_same_key_twice_in_one_change_makes_one_effect(store: StoreUnderTest) {
    let kind = EffectKind::Ticket(TicketFact::Declined);
    let token = given::asked_for(&store, 7001, &[kind, kind]).await;
    assert_eq!(given::effects(&store, token.id().case).await.len(), 1);
}

/// A repetition has a key of its own.
pub async fn a_repetition_is_an_effect_of_its_own(store: StoreUnderTest) {
    let kind = EffectKind::Mail(MailKind::Declined);
    let token = given::asked_for(&store, 7001, &[kind]).await;
    apply(&store, &Change::at(token.issued_at()).effect_again(token.id(), kind, 4)).await;
    let effects = given::effects(&store, token.id().case).await;
    let keys: Vec<EffectKey> = effects.into_iter().map(|effect| effect.key).collect();
    let expected =
        [NewEffect::once(token.id(), kind).key, NewEffect::again(token.id(), kind, 4).key];
    assert_eq!(keys, expected);
}

/// Guard: the worker's lease is the latest, and its effect not over.
pub async fn a_lease_that_is_not_the_latest_settles_nothing(store: StoreUnderTest) {
    let token = given::asked_for(&store, 7001, &[EffectKind::Mail(MailKind::Declined)]).await;
    let first = store.queue.claim(Lane::Mail, 1, TimeDelta::zero()).await.unwrap().remove(0).lease;
    let second = given::claim_one(&store, Lane::Mail).await.lease;
    let settle =
        |lease, outcome| Change::at(token.issued_at()).note(EffectWrite::Settle { lease, outcome });
    let retry = Outcome::Retry { after: TimeDelta::zero(), error: "late".into() };
    for outcome in [Outcome::Done, retry, Outcome::Dead { error: "late".into() }] {
        vanishes(&store, settle(first, outcome), Guard::Lease).await;
    }
    apply(&store, &settle(second, Outcome::Done)).await;
    vanishes(&store, settle(second, Outcome::Dead { error: "twice".into() }), Guard::Lease).await;
}

/// Guard: only what is dead or waits can be retried or skipped.
pub async fn an_effect_under_way_or_done_is_neither_retried_nor_skipped(store: StoreUnderTest) {
    let token = given::asked_for(&store, 7001, &[EffectKind::Mail(MailKind::Declined)]).await;
    let claimed = given::claim_one(&store, Lane::Mail).await;
    let note = |write| Change::at(token.issued_at()).note(write);
    let (lease, id) = (claimed.lease, claimed.effect.id);
    for write in [EffectWrite::Retry(id), EffectWrite::Skip(id)] {
        vanishes(&store, note(write), Guard::Effect).await;
    }
    apply(&store, &note(EffectWrite::Settle { lease, outcome: Outcome::Done })).await;
    for write in
        [EffectWrite::Retry(id), EffectWrite::Skip(id), EffectWrite::Skip(EffectId::new(4_711))]
    {
        vanishes(&store, note(write), Guard::Effect).await;
    }
}
