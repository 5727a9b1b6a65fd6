//! Backups are kept as they were named, and one is booked together with the partner's no.

use chrono::TimeDelta;

use crate::backup::Backup;
use crate::change::{Change, Commit, DateWrite, Guard};
use crate::confirmation::ConfirmationState;
use crate::eligibility::PriceAdjustment;
use crate::link::LinkPurpose;
use crate::policy::Policy;
use crate::ports::store::{ConfirmationKey, TokenKey};
use crate::rebooking::{PlacedOrder, RebookingState};
use crate::service::{Decline, Declined, NextStep, Standby, decisions};
use crate::testing::contract::StoreUnderTest;
use crate::testing::contract::given::{self, Picture, apply};
use crate::testing::samples;
use crate::token::{Cause, RebookingToken};
use crate::value::course_date::CourseDate;
use crate::value::ids::{OrderId, OrderItemId};
use crate::value::text::FreeText;

fn backup(date: &CourseDate, cents: i64, consequence: PriceAdjustment) -> Backup {
    Backup { slot: date.slot, total: samples::euros(cents), consequence }
}

/// A link that is used for date 1, whose order is made.
async fn awaiting(store: &StoreUnderTest) -> RebookingToken {
    given::date(store, 1, 5).await;
    let token = given::issued(store, 7001).await;
    apply(store, &given::choice(store, &token, 1).await).await;
    let used = given::reread(store, &token).await;
    let order = PlacedOrder {
        id: OrderId::new(17_001),
        number: samples::order_number("100007001"),
        item: OrderItemId::new(7001),
    };
    let made = decisions::order_made(used, order, given::now(store).await).unwrap();
    apply(store, &made).await;
    given::reread(store, &token).await
}

/// What the partner's no asks for, with date 2 as the only backup that is known.
async fn declined(store: &StoreUnderTest, token: &RebookingToken) -> (Change, Declined) {
    let request = token.rebooking().unwrap().confirmation.unwrap();
    let case = given::confirmation(store, ConfirmationKey::Id(request)).await.unwrap();
    let seen = crate::ports::AsOf { now: given::now(store).await, value: case };
    let dates = store.dates(samples::course().id).await.unwrap().value;
    let next = given::fresh(store, 7002).await;
    let standby = Standby { dates, answer: given::stamp(LinkPurpose::Answer, &next) };
    let step = NextStep { link: next.link().clone(), standby: Some(standby) };
    let no = Decline { reason: FreeText::line("Der Koch ist krank.", 100), proposed: Vec::new() };
    let (policy, why) = (Policy::default(), Cause::Declined);
    let decided = decisions::decline(seen, &no, why, &policy, step).unwrap();
    (decided.change.unwrap(), decided.answer)
}

/// In their order, with totals and what follows from them; and none is there once they are taken
/// back.
pub async fn backups_come_back_as_they_were_named(store: StoreUnderTest) {
    let (second, third) = (given::date(&store, 2, 5).await, given::date(&store, 3, 5).await);
    let token = awaiting(&store).await;
    let cent = samples::euros(1);
    let lists = [
        vec![
            backup(&third, 17_801, PriceAdjustment::Absorbed(cent)),
            backup(&second, 17_800, PriceAdjustment::Same),
        ],
        vec![
            backup(&second, 17_799, PriceAdjustment::Refund(cent)),
            backup(&third, 17_801, PriceAdjustment::ToPay(cent)),
        ],
        Vec::new(),
    ];
    for list in lists {
        let read = given::reread(&store, &token).await;
        given::update(&store, read.backups_named(list.clone())).await;
        let kept = given::reread(&store, &token).await;
        assert_eq!(kept.rebooking().unwrap().backups, list);
    }
}

/// The link after the one that was declined is issued as used: with its request, its places and its
/// order, all at once.
pub async fn a_backup_is_booked_together_with_the_decline(store: StoreUnderTest) {
    let second = given::date(&store, 2, 5).await;
    let token = awaiting(&store).await;
    let named = vec![backup(&second, 17_800, PriceAdjustment::Same)];
    let token = given::update(&store, token.backups_named(named)).await;
    let (change, answer) = declined(&store, &token).await;
    assert_eq!(answer, Declined::BackupBooked(token.id().next()));
    apply(&store, &change).await;

    let tokens = given::tokens(&store, token.id().case).await;
    let [before, after] = tokens.as_slice() else { panic!("two links: {tokens:?}") };
    let lost = before.rebooking().unwrap();
    assert_eq!((lost.state, lost.backups.as_slice()), (RebookingState::DeclinedAgain, &[][..]));
    let booked = after.rebooking().unwrap();
    assert_eq!((booked.slot, booked.state), (second.slot, RebookingState::Ordering));
    assert!(booked.is_backup);
    assert_eq!(after.version(), 0);
    let request = given::request(&store, booked.confirmation.unwrap()).await;
    assert_eq!(request.state, ConfirmationState::Waiting);
    assert_eq!(Some(request.booking), after.moved_booking());
    let [one, two] = [1, 2].map(|date| given::taken(&store, date));
    assert_eq!((one.await, two.await), (10, 12));
    let effects = given::effects(&store, token.id().case).await;
    let keys: Vec<_> = effects.iter().map(|effect| effect.key.as_str()).collect();
    assert!(keys.contains(&"7001-2-order-place"), "{keys:?}");
    assert!(!keys.contains(&"7001-2-mail-declined"), "{keys:?}");
    // What was used from its beginning is written on like any other.
    let later = given::now(&store).await + TimeDelta::seconds(1);
    given::update(&store, after.clone().mailed(later)).await;
    let key = TokenKey::Newest(token.id().case);
    let newest = store.open(&key, &crate::policy::Alternatives::new()).await.unwrap().unwrap();
    assert_eq!(newest.value.token.rebooking(), Some(booked));
}

/// Guard: the backup has the places. Without them the decline is not stored either, to be decided
/// anew.
pub async fn a_decline_whose_backup_is_taken_meanwhile_vanishes(store: StoreUnderTest) {
    let second = given::date(&store, 2, 2).await;
    let token = awaiting(&store).await;
    let named = vec![backup(&second, 17_800, PriceAdjustment::Same)];
    let token = given::update(&store, token.backups_named(named)).await;
    let (change, _) = declined(&store, &token).await;
    let taken = Change::at(change.at).date(DateWrite::Take { date: second.id(), places: 1 });
    apply(&store, &taken).await;
    let before = Picture::read(&store).await;
    assert_eq!(store.commit(&change).await.unwrap(), Commit::Lost(Guard::Places));
    assert_eq!(Picture::read(&store).await, before, "nothing of a lost change is stored");
    let (change, answer) = declined(&store, &token).await;
    assert_eq!(answer, Declined::LinkIssued(token.id().next()));
    apply(&store, &change).await;
}

/// Guard: whoever names a backup while the partner declines is heard, or is told that it is too
/// late; a backup is never booked that was taken back.
pub async fn a_backup_that_is_taken_back_meanwhile_is_not_booked(store: StoreUnderTest) {
    let second = given::date(&store, 2, 5).await;
    let token = awaiting(&store).await;
    let named = vec![backup(&second, 17_800, PriceAdjustment::Same)];
    let token = given::update(&store, token.backups_named(named)).await;
    let (change, _) = declined(&store, &token).await;
    given::update(&store, token.backups_named(Vec::new())).await;
    assert_eq!(store.commit(&change).await.unwrap(), Commit::Lost(Guard::Token));
    assert_eq!(given::taken(&store, 2).await, 10);
}

/// The link of the backup and the one that takes its place, with places and requests of both, all
/// at once.
pub async fn a_backup_is_exchanged_together_with_what_is_taken_instead(store: StoreUnderTest) {
    let (second, third) = (given::date(&store, 2, 5).await, given::date(&store, 3, 5).await);
    let token = awaiting(&store).await;
    let named = vec![backup(&second, 17_800, PriceAdjustment::Same)];
    let token = given::update(&store, token.backups_named(named)).await;
    let (change, _) = declined(&store, &token).await;
    apply(&store, &change).await;
    let booked = given::tokens(&store, token.id().case).await.remove(1);
    let order = PlacedOrder {
        id: OrderId::new(17_002),
        number: samples::order_number("100007002"),
        item: OrderItemId::new(7001),
    };
    let made = decisions::order_made(booked.clone(), order, given::now(&store).await).unwrap();
    apply(&store, &made).await;

    let key = TokenKey::Id(booked.id());
    let seen = store.open(&key, &crate::policy::Alternatives::new()).await.unwrap().unwrap();
    let next = given::fresh(&store, 7003).await;
    let answer = given::stamp(LinkPurpose::Answer, &next);
    let (choice, policy) = (samples::choice(third.id()), Policy::default());
    let link = next.link().clone();
    let decided = decisions::exchange(seen, None, &choice, &policy, link, answer).unwrap();
    apply(&store, &decided.change.unwrap()).await;

    let tokens = given::tokens(&store, token.id().case).await;
    let [_, given_up, taken] = tokens.as_slice() else { panic!("three links: {tokens:?}") };
    assert!(given_up.was_exchanged());
    let (old, new) = (given_up.rebooking().unwrap(), taken.rebooking().unwrap());
    assert_eq!((new.slot, new.state), (third.slot, RebookingState::Ordering));
    let old = given::request(&store, old.confirmation.unwrap()).await;
    let new = given::request(&store, new.confirmation.unwrap()).await;
    assert_eq!((old.state, new.state), (ConfirmationState::Withdrawn, ConfirmationState::Waiting));
    let [two, three] = [2, 3].map(|date| given::taken(&store, date));
    assert_eq!((two.await, three.await), (10, 12));
    let effects = given::effects(&store, token.id().case).await;
    let keys: Vec<_> = effects.iter().map(|effect| effect.key.as_str()).collect();
    for key in ["7001-2-order-undo", "7001-3-order-place"] {
        assert!(keys.contains(&key), "{keys:?}");
    }
    // Who hears of its order being gone in the shop is told of the new date, not of the old one.
    let seen = store.order_state(OrderId::new(17_002)).await.unwrap();
    assert!(seen.value.tokens.is_empty(), "{:?}", seen.value.tokens);
}
