//! What waits is counted by lane.

use chrono::TimeDelta;

use crate::change::{Change, EffectWrite};
use crate::effect::{EffectKind, Lane, MailKind, Outcome, TicketFact};
use crate::ports::reports::Backlog;
use crate::testing::contract::StoreUnderTest;
use crate::testing::contract::given::{self, apply};

/// An effect counts in its lane from the commit to its end, under way or not; one that failed for
/// good is told apart, and what has been done counts no more. Overdue is only what could be tried
/// now: neither what is under way nor what waits for its time.
pub async fn what_waits_is_counted_by_lane(store: StoreUnderTest) {
    let nothing = |lane| Backlog { lane, waiting: 0, due_since: None, dead: 0 };
    assert_eq!(store.reports().backlog().await.unwrap().value, Lane::ALL.map(nothing));

    let (mail, note) =
        (EffectKind::Mail(MailKind::Declined), EffectKind::Ticket(TicketFact::Declined));
    for item in 7001..=7004 {
        given::asked_for(&store, item, &[mail, note]).await;
    }
    let later = Outcome::Retry { after: TimeDelta::hours(1), error: "no".into() };
    for outcome in [Outcome::Done, Outcome::Dead { error: "no".into() }, later] {
        let claimed = given::claim_one(&store, Lane::Mail).await;
        let write = EffectWrite::Settle { lease: claimed.lease, outcome };
        apply(&store, &Change::at(claimed.now).note(write)).await;
    }
    let of = async |lane| {
        let seen = store.reports().backlog().await.unwrap();
        let backlog = seen.value.into_iter().find(|backlog| backlog.lane == lane).unwrap();
        assert!(backlog.due_since.is_none_or(|since| since <= seen.now), "{backlog:?}");
        backlog
    };
    let mails = of(Lane::Mail).await;
    assert_eq!((mails.waiting, mails.dead), (2, 1));
    assert!(mails.due_since.is_some(), "the last of them could be sent");
    let notes = of(Lane::Tickets).await;
    assert_eq!((notes.waiting, notes.dead), (4, 0));
    assert!(notes.due_since <= mails.due_since, "the first of them waits since the first decline");
    assert_eq!(of(Lane::Orders).await, nothing(Lane::Orders));

    given::claim_one(&store, Lane::Mail).await;
    let under_way = of(Lane::Mail).await;
    assert_eq!((under_way.waiting, under_way.due_since), (2, None));
}
