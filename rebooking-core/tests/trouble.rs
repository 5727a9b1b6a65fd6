//! What goes wrong in a fake goes wrong as it says: all of it happens, or nothing.

use std::sync::Arc;

use rebooking_core::RebookError;
use rebooking_core::change::{Change, Commit, TokenWrite};
use rebooking_core::effect::{EffectKey, EffectKind, Lane, MailKind, NewEffect};
use rebooking_core::memory::shop::ShopStep;
use rebooking_core::ports::{Clock as _, PortError, RebookingStore as _};
use rebooking_core::testing::{
    MemoryStore, SettableClock, Snapshot, Trouble, Weakness, World, samples,
};

/// A link and its mail.
fn change() -> Change {
    let token = samples::token(samples::booking(), samples::now());
    let mut change = Change::at(samples::now());
    change.effects.push(NewEffect::once(token.id(), EffectKind::Mail(MailKind::Declined)));
    change.tokens.push(TokenWrite::Issue(Box::new(token)));
    change
}

fn store() -> MemoryStore {
    MemoryStore::new(Arc::new(SettableClock::at(samples::now())))
}

fn sizes(snapshot: &Snapshot) -> (usize, usize) {
    (snapshot.tokens.len(), snapshot.effects.len())
}

#[tokio::test]
async fn a_commit_that_fails_leaves_nothing() {
    let store = store();
    store.next_commit(Trouble::Fail);
    assert!(matches!(store.commit(&change()).await, Err(PortError::Transient(_))));
    store.next_call(Trouble::FailForGood);
    assert!(matches!(store.commit(&change()).await, Err(PortError::Permanent(_))));
    assert_eq!(sizes(&store.snapshot()), (0, 0));
}

#[tokio::test]
async fn a_commit_whose_answer_is_lost_is_whole_and_a_weak_one_is_not() {
    for (store, stored) in [(store(), (1, 1)), (store().without(Weakness::Atomicity), (1, 0))] {
        store.next_commit(Trouble::Unanswered);
        assert!(matches!(store.commit(&change()).await, Err(PortError::Unknown(_))));
        assert_eq!(sizes(&store.snapshot()), stored);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_threads_one_issues_the_link() {
    let store = store();
    let commits: Vec<_> = (0..64)
        .map(|_| {
            let store = store.clone();
            tokio::spawn(async move { store.commit(&change()).await.unwrap() })
        })
        .collect();
    let mut applied = 0;
    for commit in commits {
        applied += usize::from(commit.await.unwrap() == Commit::Applied);
    }
    assert_eq!((applied, sizes(&store.snapshot())), (1, (1, 1)));
}

#[tokio::test]
async fn a_call_that_hangs_ends_by_its_deadline_and_harms_no_other() {
    let world = World::new();
    let _ = world.declined_booking().await;
    world.mailer.next_call(Trouble::Hang);
    let delivered = world.rebookings.deliver().await.unwrap();
    assert_eq!((delivered.retried, delivered.done), (1, 1));
    let deadline = world.rebookings.policy().delivery.deadline;
    assert_eq!(world.clock.now(), samples::now() + deadline, "the clock has wound itself on");
}

#[tokio::test]
async fn a_mail_whose_end_is_refused_goes_out_once_and_is_dead() {
    let world = World::new();
    let declined = world.declined_booking().await;
    world.store.next_commit(Trouble::FailForGood);
    assert_eq!(world.rebookings.deliver_lane(Lane::Mail).await.unwrap().dead, 1);
    world.clock.advance(world.rebookings.policy().delivery.lease * 2);
    let _ = world.deliver_all().await.unwrap();
    assert_eq!(world.mailer.sent().len(), 1);
    let mail = EffectKey::new(declined.token, EffectKind::Mail(MailKind::Declined), 0);
    let effects = world.store.snapshot().effects;
    let dead = &effects.iter().find(|kept| kept.effect.key == mail).unwrap().effect;
    assert_eq!(dead.state.as_str(), "dead");
    assert!(dead.last_error.as_ref().unwrap().starts_with("its end could not be written down: "));
}

#[tokio::test]
async fn a_mail_whose_end_cannot_be_written_for_now_comes_again() {
    let world = World::new();
    let _ = world.declined_booking().await;
    world.store.next_commit(Trouble::Fail);
    assert_eq!(world.rebookings.deliver_lane(Lane::Mail).await.unwrap().left, 1);
    world.clock.advance(world.rebookings.policy().delivery.lease * 2);
    assert_eq!(world.rebookings.deliver_lane(Lane::Mail).await.unwrap().done, 1);
}

#[tokio::test]
async fn a_store_out_of_reach_is_told_and_changes_nothing() {
    let world = World::new();
    let declined = world.declined_booking().await;
    let before = world.store.snapshot();
    world.store.every_call(Some(Trouble::Fail));
    let answer =
        world.rebookings.customer(&declined.link).choose(&samples::choice(World::DATES[0])).await;
    assert!(matches!(answer, Err(RebookError::TryLater(_))));
    assert_eq!(world.store.snapshot(), before);
}

#[tokio::test]
async fn an_order_made_without_an_answer_is_found_at_the_next_try() {
    let world = World::with(rebooking_core::Policy {
        orders: rebooking_core::policy::OrderStrategy::LinkedOrder,
        order_wait: chrono::TimeDelta::zero(),
        ..rebooking_core::Policy::default()
    });
    let declined = world.declined_booking().await;
    let _ = world
        .rebookings
        .customer(&declined.link)
        .choose(&samples::choice(World::DATES[0]))
        .await
        .unwrap();
    world.shop.next_step(ShopStep::Create, Trouble::Unanswered);
    assert_eq!(world.deliver_all().await.unwrap().retried, 1);
    world.clock.advance(chrono::TimeDelta::minutes(20));
    let _ = world.deliver_all().await.unwrap();
    let token = world.token(declined.token).await;
    let order = token.rebooking().unwrap().order.clone().unwrap();
    assert_eq!(world.shop.carrying(&token.order_key()), [order]);
}
