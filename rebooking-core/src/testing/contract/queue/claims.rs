//! Effects are claimed in order, held by one worker at a time, and end as that worker says.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use futures_util::future::join_all;

use crate::change::{Change, EffectWrite};
use crate::effect::{
    Checkpoint, Claimed, Effect, EffectKind, EffectState, EffectStatus, Lane, MailKind, Outcome,
    TicketFact,
};
use crate::ports::reports::PageRequest;
use crate::testing::contract::StoreUnderTest;
use crate::testing::contract::given::{self, apply};
use crate::value::ids::EffectId;

const MAIL: EffectKind = EffectKind::Mail(MailKind::Declined);
const NEXT_MAIL: EffectKind = EffectKind::Mail(MailKind::Rebooked);
const NOTE: EffectKind = EffectKind::Ticket(TicketFact::Declined);
const HOUR: TimeDelta = TimeDelta::hours(1);

async fn settle(store: &StoreUnderTest, claimed: &Claimed, outcome: Outcome) {
    let write = EffectWrite::Settle { lease: claimed.lease, outcome };
    apply(store, &Change::at(claimed.now).note(write)).await;
}

async fn claim(store: &StoreUnderTest, lane: Lane, lease: TimeDelta) -> Vec<Claimed> {
    store.queue.claim(lane, 10, lease).await.unwrap()
}

async fn effect(store: &StoreUnderTest, id: EffectId) -> Effect {
    store.queue.effect(id).await.unwrap().unwrap().value
}

fn kinds(claimed: &[Claimed]) -> Vec<EffectKind> {
    claimed.iter().map(|claimed| claimed.effect.kind).collect()
}

/// The name of an effect that waits: from the list, or else by a worker who gives it back.
async fn waiting(store: &StoreUnderTest, kind: EffectKind) -> EffectId {
    let Some(reports) = &store.reports else {
        let claimed = given::claim_one(store, kind.lane()).await;
        assert_eq!(claimed.effect.kind, kind);
        let back = Outcome::GivenBack { after: HOUR, error: "out of reach".into() };
        settle(store, &claimed, back).await;
        return claimed.effect.id;
    };
    let all = reports.effects(Some(EffectStatus::Waiting), PageRequest::default()).await.unwrap();
    all.rows.iter().find(|effect| effect.kind == kind).unwrap().id
}

/// The customer is not told that it worked before being told that there is a link.
pub async fn effects_of_one_case_and_lane_are_claimed_in_order(store: StoreUnderTest) {
    let token = given::asked_for(&store, 7001, &[MAIL]).await;
    apply(&store, &Change::at(token.issued_at()).effect_once(token.id(), NEXT_MAIL)).await;
    let first = claim(&store, Lane::Mail, HOUR).await;
    assert_eq!(kinds(&first), [MAIL]);
    assert!(
        claim(&store, Lane::Mail, HOUR).await.is_empty(),
        "the next one waits for the first to end"
    );
    let later = Outcome::Retry { after: HOUR, error: "out of reach".into() };
    settle(&store, &first[0], later).await;
    assert!(
        claim(&store, Lane::Mail, HOUR).await.is_empty(),
        "also while the first one waits for its time"
    );
}

/// What was asked for before and after an effect was put off waits for it, and is free as soon as
/// support has taken it off or had it done.
pub async fn what_follows_an_effect_that_was_put_off_waits_no_longer_than_it(
    store: StoreUnderTest,
) {
    let reminder = EffectKind::Mail(MailKind::Reminder);
    for (item, hurried) in [(7001, false), (7002, true)] {
        let token = given::asked_for(&store, item, &[MAIL, NEXT_MAIL]).await;
        let first = given::claim_one(&store, Lane::Mail).await;
        settle(&store, &first, Outcome::Retry { after: HOUR, error: "out of reach".into() }).await;
        apply(&store, &Change::at(token.issued_at()).effect_once(token.id(), reminder)).await;
        assert!(claim(&store, Lane::Mail, HOUR).await.is_empty());
        let id = first.effect.id;
        if hurried {
            apply(&store, &Change::at(token.issued_at()).note(EffectWrite::Retry(id))).await;
            settle(&store, &given::claim_one(&store, Lane::Mail).await, Outcome::Done).await;
        } else {
            apply(&store, &Change::at(token.issued_at()).note(EffectWrite::Skip(id))).await;
        }
        for expected in [NEXT_MAIL, reminder] {
            let next = claim(&store, Lane::Mail, HOUR).await;
            assert_eq!(kinds(&next), [expected]);
            settle(&store, &next[0], Outcome::Done).await;
        }
    }
}

/// The oldest goes first in one change, too.
pub async fn effects_of_one_change_are_claimed_in_its_order(store: StoreUnderTest) {
    given::asked_for(&store, 7001, &[NEXT_MAIL, MAIL]).await;
    for expected in [NEXT_MAIL, MAIL] {
        let claimed = given::claim_one(&store, Lane::Mail).await;
        assert_eq!(claimed.effect.kind, expected);
        settle(&store, &claimed, Outcome::Done).await;
    }
}

/// What is done, dead or skipped holds nothing up.
pub async fn an_effect_that_is_over_lets_the_next_one_pass(store: StoreUnderTest) {
    let token =
        given::asked_for(&store, 7001, &[MAIL, NEXT_MAIL, EffectKind::Mail(MailKind::Reminder)])
            .await;
    settle(
        &store,
        &given::claim_one(&store, Lane::Mail).await,
        Outcome::Dead { error: "no".into() },
    )
    .await;
    let second = waiting(&store, NEXT_MAIL).await;
    apply(&store, &Change::at(token.issued_at()).note(EffectWrite::Skip(second))).await;
    assert_eq!(
        kinds(&claim(&store, Lane::Mail, HOUR).await),
        [EffectKind::Mail(MailKind::Reminder)]
    );
}

/// A slow shop holds up no mail, and one case no other.
pub async fn lanes_and_cases_do_not_wait_for_one_another(store: StoreUnderTest) {
    given::asked_for(&store, 7001, &[EffectKind::PlaceOrder, MAIL, NOTE]).await;
    given::asked_for(&store, 7002, &[MAIL]).await;
    assert_eq!(kinds(&claim(&store, Lane::Mail, HOUR).await), [MAIL, MAIL]);
    assert_eq!(kinds(&claim(&store, Lane::Tickets, HOUR).await), [NOTE]);
    assert_eq!(kinds(&claim(&store, Lane::Orders, HOUR).await), [EffectKind::PlaceOrder]);
}

/// Not more than asked for, and the oldest first.
pub async fn no_more_is_claimed_than_asked_for(store: StoreUnderTest) {
    for item in 7001..=7005 {
        given::asked_for(&store, item, &[MAIL]).await;
    }
    let claimed = store.queue.claim(Lane::Mail, 2, HOUR).await.unwrap();
    let cases: Vec<i64> = claimed.iter().map(|claimed| claimed.effect.token.case.value()).collect();
    assert_eq!(cases, [7001, 7002]);
    assert_eq!(store.queue.claim(Lane::Mail, 0, HOUR).await.unwrap(), []);
    assert_eq!(store.queue.claim(Lane::Mail, 100, HOUR).await.unwrap().len(), 3);
}

/// However many ask at once.
pub async fn two_workers_never_hold_one_effect(store: StoreUnderTest) {
    for item in 7001..=7020 {
        given::asked_for(&store, item, &[MAIL]).await;
    }
    let mut held = BTreeSet::new();
    for _ in 0..4 {
        for claimed in join_all((0..8).map(|_| store.queue.claim(Lane::Mail, 3, HOUR))).await {
            for claimed in claimed.unwrap() {
                assert!(held.insert(claimed.effect.id), "{} is held by two", claimed.effect.key);
            }
        }
    }
    assert_eq!(held.len(), 20, "every effect was claimed by somebody");
}

/// A claim says what it is, from when, for how long, and which try.
pub async fn a_claim_shows_the_lease_and_counts_the_try(store: StoreUnderTest) {
    given::asked_for(&store, 7001, &[MAIL]).await;
    let claimed = given::claim_one(&store, Lane::Mail).await;
    assert_eq!(claimed.effect.state, EffectState::Leased { until: claimed.now + HOUR });
    assert_eq!((claimed.effect.attempts, claimed.checkpoint.clone()), (1, Checkpoint::default()));
    assert_eq!(claimed.lease.effect, claimed.effect.id);
    assert_eq!(effect(&store, claimed.effect.id).await, claimed.effect);
}

/// A worker that was lost loses nothing but its time.
pub async fn a_lease_that_ran_out_is_claimed_anew(store: StoreUnderTest) {
    given::asked_for(&store, 7001, &[MAIL]).await;
    let first = claim(&store, Lane::Mail, TimeDelta::zero()).await.remove(0);
    let checkpoints = Checkpoint("cart 17".into());
    assert!(
        store.queue.save_checkpoint(first.lease, &checkpoints).await.unwrap(),
        "it is still the latest"
    );
    let second = given::claim_one(&store, Lane::Mail).await;
    assert!(second.lease.fence > first.lease.fence, "the fence grows");
    assert_eq!((second.effect.attempts, &second.checkpoint), (2, &checkpoints));
    settle(&store, &second, Outcome::Done).await;
}

/// What another has taken over is theirs.
pub async fn a_late_worker_saves_nothing(store: StoreUnderTest) {
    given::asked_for(&store, 7001, &[MAIL]).await;
    let late = claim(&store, Lane::Mail, TimeDelta::zero()).await.remove(0);
    let current = claim(&store, Lane::Mail, TimeDelta::zero()).await.remove(0);
    let checkpoints = Checkpoint("mine".into());
    assert!(store.queue.save_checkpoint(current.lease, &checkpoints).await.unwrap());
    assert!(!store.queue.save_checkpoint(late.lease, &Checkpoint("late".into())).await.unwrap());
    let next = given::claim_one(&store, Lane::Mail).await;
    assert_eq!(next.checkpoint, checkpoints);
    settle(&store, &next, Outcome::Done).await;
    assert!(
        !store.queue.save_checkpoint(next.lease, &Checkpoint("after".into())).await.unwrap(),
        "it is over"
    );
}

/// An attempt that failed comes again when its time has come, and says why it failed.
pub async fn a_failed_attempt_comes_again_after_its_pause(store: StoreUnderTest) {
    given::asked_for(&store, 7001, &[MAIL]).await;
    let retry = |after| Outcome::Retry { after, error: "out of reach for now".into() };
    settle(&store, &given::claim_one(&store, Lane::Mail).await, retry(TimeDelta::zero())).await;
    let again = given::claim_one(&store, Lane::Mail).await;
    assert_eq!(again.effect.attempts, 2);
    assert_eq!(again.effect.last_error.as_deref(), Some("out of reach for now"));
    settle(&store, &again, retry(HOUR)).await;
    assert!(claim(&store, Lane::Mail, HOUR).await.is_empty());
    let EffectState::Waiting { due_at } = effect(&store, again.effect.id).await.state else {
        panic!("it waits")
    };
    assert!(due_at >= again.now + HOUR, "the pause is counted by the store's clock");
}

/// Whoever could not even try has not tried, however long it took to find that out.
pub async fn what_is_given_back_counts_neither_try_nor_time(store: StoreUnderTest) {
    given::asked_for(&store, 7001, &[MAIL]).await;
    let now = TimeDelta::zero();
    let retry = Outcome::Retry { after: now, error: "out of reach".into() };
    settle(&store, &given::claim_one(&store, Lane::Mail).await, retry).await;
    let second = given::claim_one(&store, Lane::Mail).await;
    let back = |after| Outcome::GivenBack { after, error: "we are refused over there".into() };
    settle(&store, &second, back(now)).await;
    let third = given::claim_one(&store, Lane::Mail).await;
    assert_eq!((second.effect.attempts, third.effect.attempts), (2, 2));
    assert_eq!(third.effect.last_error.as_deref(), Some("we are refused over there"));
    assert!(
        third.effect.since >= second.now && third.effect.created_at == second.effect.created_at
    );
    assert!(third.lease.fence > second.lease.fence, "the fence goes on growing");
    settle(&store, &third, back(HOUR)).await;
    assert!(claim(&store, Lane::Mail, HOUR).await.is_empty(), "it waits for its time");
    assert_eq!(effect(&store, third.effect.id).await.attempts, 1);
}

/// Done is done.
pub async fn what_is_done_is_not_claimed_again(store: StoreUnderTest) {
    given::asked_for(&store, 7001, &[MAIL]).await;
    let claimed = given::claim_one(&store, Lane::Mail).await;
    settle(&store, &claimed, Outcome::Done).await;
    assert!(claim(&store, Lane::Mail, HOUR).await.is_empty());
    assert_eq!(effect(&store, claimed.effect.id).await.state.as_str(), "done");
}

/// With all its tries before it, and all its time; its checkpoint stays, since the outside may
/// hold what it names.
pub async fn support_has_a_dead_effect_tried_anew(store: StoreUnderTest) {
    let token = given::asked_for(&store, 7001, &[MAIL]).await;
    let claimed = given::claim_one(&store, Lane::Mail).await;
    let checkpoints = Checkpoint("cart 17".into());
    assert!(store.queue.save_checkpoint(claimed.lease, &checkpoints).await.unwrap());
    settle(&store, &claimed, Outcome::Dead { error: "refused for good".into() }).await;
    let dead = effect(&store, claimed.effect.id).await;
    assert_eq!(
        (dead.state.as_str(), dead.last_error.as_deref()),
        ("dead", Some("refused for good"))
    );
    apply(&store, &Change::at(token.issued_at()).note(EffectWrite::Retry(dead.id))).await;
    let again = given::claim_one(&store, Lane::Mail).await;
    assert_eq!((again.effect.attempts, &again.checkpoint), (1, &checkpoints));
    assert!(again.lease.fence > claimed.lease.fence, "the fence goes on growing");
    assert!(again.effect.since >= claimed.now && again.effect.created_at == dead.created_at);
}

/// What waits for its time can be hurried or taken off.
pub async fn support_hurries_or_skips_what_waits(store: StoreUnderTest) {
    let token = given::asked_for(&store, 7001, &[MAIL]).await;
    let claimed = given::claim_one(&store, Lane::Mail).await;
    settle(&store, &claimed, Outcome::Retry { after: HOUR, error: "out of reach".into() }).await;
    let note = |write| Change::at(token.issued_at()).note(write);
    apply(&store, &note(EffectWrite::Retry(claimed.effect.id))).await;
    let again = given::claim_one(&store, Lane::Mail).await;
    settle(&store, &again, Outcome::Retry { after: HOUR, error: "out of reach".into() }).await;
    apply(&store, &note(EffectWrite::Skip(claimed.effect.id))).await;
    assert_eq!(effect(&store, claimed.effect.id).await.state.as_str(), "skipped");
    assert!(claim(&store, Lane::Mail, HOUR).await.is_empty());
}

/// What came of an effect is stored with its end, or neither is.
pub async fn the_end_of_an_effect_and_what_it_changes_are_one(store: StoreUnderTest) {
    let token = given::asked_for(&store, 7001, &[MAIL]).await;
    let claimed = given::claim_one(&store, Lane::Mail).await;
    let write = EffectWrite::Settle { lease: claimed.lease, outcome: Outcome::Done };
    let change =
        Change::at(claimed.now).update(token.clone()).effect_once(token.id(), NOTE).note(write);
    apply(&store, &Change::at(claimed.now).update(token.clone())).await;
    given::vanishes(&store, change.clone(), crate::change::Guard::Token).await;
    let token = given::reread(&store, &token).await;
    apply(&store, &Change { tokens: Change::at(claimed.now).update(token).tokens, ..change }).await;
    assert_eq!(effect(&store, claimed.effect.id).await.state.as_str(), "done");
    assert_eq!(kinds(&claim(&store, Lane::Tickets, HOUR).await), [NOTE]);
}
