//! What waits is counted by lane.

use crate::change::{Change, EffectWrite};
use crate::effect::{EffectKind, Lane, MailKind, Outcome, TicketFact};
use crate::ports::reports::Backlog;
use crate::testing::contract::StoreUnderTest;
use crate::testing::contract::given::{self, apply};

/// An effect counts in its lane from the commit to its end, under way or not; one that failed for
/// good is told apart, and what has been done counts no more.
pub async fn what_waits_is_counted_by_lane(store: StoreUnderTest) {
    let nothing = |lane| Backlog { lane, waiting: 0, oldest: None, dead: 0 };
    assert_eq!(store.reports().backlog().await.unwrap().value, Lane::ALL.map(nothing));

    let (mail, note) =
        (EffectKind::Mail(MailKind::Declined), EffectKind::Ticket(TicketFact::Declined));
    for item in 7001..=7004 {
        given::asked_for(&store, item, &[mail, note]).await;
    }
    let mut ended = Vec::new();
    for outcome in [Outcome::Done, Outcome::Dead { error: "no".into() }] {
        let claimed = given::claim_one(&store, Lane::Mail).await;
        let write = EffectWrite::Settle { lease: claimed.lease, outcome };
        apply(&store, &Change::at(claimed.now).note(write)).await;
        ended.push(claimed.effect);
    }
    let under_way = given::claim_one(&store, Lane::Mail).await.effect;

    let seen = store.reports().backlog().await.unwrap();
    let of = |lane| seen.value.iter().find(|backlog| backlog.lane == lane).copied().unwrap();
    let mails = of(Lane::Mail);
    assert_eq!((mails.waiting, mails.dead), (2, 1));
    assert_eq!(mails.oldest, Some(under_way.created_at), "the oldest that is not over");
    assert!(seen.now >= under_way.created_at, "its age can be told");
    let notes = of(Lane::Tickets);
    assert_eq!((notes.waiting, notes.dead), (4, 0));
    assert!(notes.oldest <= ended.first().map(|first| first.created_at), "nothing of it is over");
    assert_eq!(of(Lane::Orders), nothing(Lane::Orders));
}
