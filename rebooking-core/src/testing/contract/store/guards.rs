//! Each guard alone makes a whole change vanish.

use chrono::TimeDelta;
use futures_util::future::join_all;

use crate::attempts::Attempts;
use crate::audit::{Actor, AuditEvent};
use crate::change::{Change, Commit, ConfirmationWrite, DateWrite, Guard, LIVE};
use crate::confirmation::ConfirmationState;
use crate::effect::{EffectKind, MailKind};
use crate::link::LinkPurpose;
use crate::policy::{Alternatives, Policy};
use crate::ports::store::TokenKey;
use crate::service::{SupportChoice, decisions};
use crate::testing::contract::StoreUnderTest;
use crate::testing::contract::given::{self, apply, vanishes};
use crate::token::{Milestones, RebookingToken, TokenParts};
use crate::value::ids::{ConfirmationId, CourseDateId};
use crate::value::text::FreeText;

/// The other calls are told which guard stopped them.
pub async fn of_many_changes_to_one_state_one_is_applied(store: StoreUnderTest) {
    let token = given::issued(&store, 7001).await;
    let change = Change::at(token.issued_at())
        .update(token.clone())
        .effect_once(token.id(), EffectKind::Mail(MailKind::Reminder))
        .audit(token.id(), &Actor::System, AuditEvent::LinkReminded);
    let commits = join_all((0..32).map(|_| store.commit(&change))).await;
    let commits: Vec<Commit> = commits.into_iter().map(Result::unwrap).collect();
    let (applied, lost): (Vec<_>, Vec<_>) =
        commits.into_iter().partition(|commit| *commit == Commit::Applied);
    assert_eq!((applied.len(), lost), (1, vec![Commit::Lost(Guard::Token); 31]));
    assert_eq!(given::reread(&store, &token).await.version(), 1);
    let history = given::history(&store, token.id().case).await;
    assert!(history.is_none_or(|history| history.len() == 1));
    assert_eq!(given::effects(&store, token.id().case).await.len(), 1);
}

/// Guard: the token is at the version that was read.
pub async fn a_change_of_an_old_version_vanishes(store: StoreUnderTest) {
    let token = given::issued(&store, 7001).await;
    apply(&store, &Change::at(token.issued_at()).update(token.clone())).await;
    let late = Change::at(token.issued_at())
        .update(token.clone())
        .effect_once(token.id(), EffectKind::PlaceOrder)
        .audit(token.id(), &Actor::Customer, AuditEvent::Chosen);
    vanishes(&store, late, Guard::Token).await;
}

/// A change of a token that does not exist is one of a version that does not exist.
pub async fn a_change_of_no_token_vanishes(store: StoreUnderTest) {
    let token = given::fresh(&store, 7001).await;
    vanishes(&store, Change::at(token.issued_at()).update(token), Guard::Token).await;
}

/// Guard: the token has not expired by the store's clock, whatever the decision thought. The
/// instant itself is too late.
pub async fn a_change_after_the_expiry_vanishes(store: StoreUnderTest) {
    let fresh = given::fresh(&store, 7001).await;
    let now = fresh.issued_at();
    let token = RebookingToken::restore(TokenParts {
        issued_at: now - TimeDelta::days(30),
        expires_at: now,
        ..fresh.into_parts()
    });
    let token = given::issue(&store, token).await;
    let believed = now - TimeDelta::days(1);
    // The state that would be written says otherwise; what is stored counts.
    let next = RebookingToken::restore(TokenParts {
        expires_at: now + TimeDelta::days(1),
        ..token.clone().into_parts()
    });
    vanishes(&store, Change::at(believed).update_unexpired(next), Guard::Expiry).await;
    apply(&store, &Change::at(now).update(token)).await;
}

/// A host whose clock is far ahead loses nothing.
pub async fn a_change_before_the_expiry_is_applied_whatever_the_host_thinks(store: StoreUnderTest) {
    let token = given::issued(&store, 7001).await;
    let believed = token.expires_at() + TimeDelta::days(1);
    apply(&store, &Change::at(believed).update_unexpired(token)).await;
}

/// Support chooses for a customer whose time is over, whether the sweep has noted that or not; the
/// choice itself prolongs the link.
pub async fn an_expired_link_is_no_obstacle_to_support(store: StoreUnderTest) {
    let date = given::date(&store, 1, 10).await;
    for (item, noted) in [(7001, false), (7002, true)] {
        let fresh = given::fresh(&store, item).await;
        let now = fresh.issued_at();
        let milestones = Milestones { expired_at: noted.then_some(now), ..fresh.milestones() };
        let token = RebookingToken::restore(TokenParts {
            issued_at: now - TimeDelta::days(30),
            expires_at: now,
            milestones,
            ..fresh.into_parts()
        });
        let token = given::issue(&store, token).await;
        let seen =
            store.open(&TokenKey::Id(token.id()), &Alternatives::new()).await.unwrap().unwrap();
        let choice = SupportChoice {
            date: date.id(),
            reason: FreeText::line("Die Kundin hat angerufen.", 100),
        };
        let answer = given::stamp(LinkPurpose::Answer, &token);
        let anna = Actor::Support("anna".into());
        let decided =
            decisions::choose_for_support(seen, &choice, &anna, &Policy::default(), answer)
                .unwrap();
        apply(&store, &decided.change.unwrap()).await;
        assert!(given::reread(&store, &token).await.rebooking().is_some());
    }
}

/// Guard: no token of this case and step exists.
pub async fn a_step_that_exists_is_not_issued_again(store: StoreUnderTest) {
    let token = given::issued(&store, 7001).await;
    let other = given::fresh(&store, 7002).await;
    let again = RebookingToken::restore(TokenParts {
        link: other.link().clone(),
        reason: FreeText::default(),
        ..token.clone().into_parts()
    });
    vanishes(&store, Change::at(token.issued_at()).issue(again), Guard::Step).await;
    assert_eq!(given::reread(&store, &token).await, token);
}

/// Guard: two tokens never share a link.
pub async fn a_link_that_exists_is_not_issued_again(store: StoreUnderTest) {
    let token = given::issued(&store, 7001).await;
    let twin = RebookingToken::restore(TokenParts {
        link: token.link().clone(),
        ..given::fresh(&store, 7002).await.into_parts()
    });
    vanishes(&store, Change::at(token.issued_at()).issue(twin), Guard::Step).await;
}

/// Guard: the confirmation request stands where it was read.
pub async fn a_request_that_stands_elsewhere_is_not_moved(store: StoreUnderTest) {
    let booking = given::booking(&store, 7001).await;
    let now = given::now(&store).await;
    let id = store.open_confirmation(&booking).await.unwrap();
    let to = |to, from| ConfirmationWrite::Move {
        id,
        from,
        to,
        reason: FreeText::default(),
        booking: None,
    };
    let confirm = to(ConfirmationState::Confirmed, &[ConfirmationState::Pending]);
    apply(&store, &Change::at(now).confirmation(confirm.clone())).await;
    vanishes(&store, Change::at(now).confirmation(confirm), Guard::Confirmation).await;
    apply(&store, &Change::at(now).confirmation(to(ConfirmationState::Declined, LIVE))).await;
    let withdraw = to(ConfirmationState::Withdrawn, LIVE);
    vanishes(&store, Change::at(now).confirmation(withdraw), Guard::Confirmation).await;
    assert_eq!(given::request(&store, id).await.state, ConfirmationState::Declined);
}

/// A request that does not exist stands nowhere.
pub async fn a_request_that_does_not_exist_is_not_moved(store: StoreUnderTest) {
    let write = ConfirmationWrite::Move {
        id: ConfirmationId::new(4_711),
        from: LIVE,
        to: ConfirmationState::Withdrawn,
        reason: FreeText::default(),
        booking: None,
    };
    let now = given::now(&store).await;
    vanishes(&store, Change::at(now).confirmation(write), Guard::Confirmation).await;
}

/// Guard: the date has the places.
pub async fn a_date_without_enough_places_takes_nobody(store: StoreUnderTest) {
    let date = given::date(&store, 1, 3).await;
    let now = given::now(&store).await;
    let take = |places| Change::at(now).date(DateWrite::Take { date: date.id(), places });
    vanishes(&store, take(4), Guard::Places).await;
    apply(&store, &take(3)).await;
    vanishes(&store, take(1), Guard::Places).await;
    assert_eq!(given::taken(&store, 1).await, date.taken + 3);
}

/// Guard: two takings in one change count together.
pub async fn places_that_a_change_takes_twice_count_twice(store: StoreUnderTest) {
    let date = given::date(&store, 1, 3).await;
    let take = DateWrite::Take { date: date.id(), places: 2 };
    let change = Change::at(given::now(&store).await).date(take.clone()).date(take);
    vanishes(&store, change, Guard::Places).await;
}

/// Guard: a date that has been withdrawn, or that nobody knows, has no places.
pub async fn a_withdrawn_or_unknown_date_takes_nobody(store: StoreUnderTest) {
    let date = given::date(&store, 1, 3).await;
    let now = given::now(&store).await;
    let reason = FreeText::line("Wasserschaden", 100);
    apply(&store, &Change::at(now).date(DateWrite::Withdraw { date: date.id(), reason })).await;
    for date in [date.id(), CourseDateId::new(4_711)] {
        vanishes(&store, Change::at(now).date(DateWrite::Take { date, places: 1 }), Guard::Places)
            .await;
    }
}

/// Guard: as many wrong addresses were counted as were read, so that of several at once none is
/// left uncounted.
pub async fn a_wrong_address_on_a_request_is_counted_on_what_was_read(store: StoreUnderTest) {
    let booking = given::booking(&store, 7001).await;
    let answer = given::answer_link([1; 16]);
    let id = store.ask_for_confirmation(&booking, &answer).await.unwrap().unwrap();
    let (now, limits) = (given::now(&store).await, Policy::default().attempts);
    let attempts = Attempts::default().one_more(limits, now);
    let count = |read, attempts: &Attempts| {
        let attempts = attempts.clone();
        Change::at(now).confirmation(ConfirmationWrite::Attempt { id, read, attempts })
    };
    apply(&store, &count(0, &attempts)).await;
    assert_eq!(given::request(&store, id).await.attempts, attempts);
    vanishes(&store, count(0, &attempts), Guard::Confirmation).await;
    let again = attempts.one_more(limits, now);
    apply(&store, &count(1, &again)).await;
    let counted = given::request(&store, id).await;
    assert_eq!((counted.attempts, counted.state), (again, ConfirmationState::Pending));
}

/// Guard: a link for a booking that had no request is not issued beside one that was opened since,
/// as nobody would close that.
pub async fn a_link_that_expects_no_request_vanishes_while_one_is_live(store: StoreUnderTest) {
    let booking = given::booking(&store, 7001).await;
    let absent = ConfirmationWrite::Absent(booking.item);
    let now = given::now(&store).await;
    let token = given::fresh(&store, 7001).await;
    let issue = |absent| Change::at(now).confirmation(absent).issue(token.clone());
    let request = store.open_confirmation(&booking).await.unwrap();
    vanishes(&store, issue(absent.clone()), Guard::Confirmation).await;
    let close = ConfirmationState::Withdrawn;
    apply(&store, &Change::at(now).close(request, close, FreeText::EMPTY, &booking)).await;
    apply(&store, &issue(absent)).await;
}
