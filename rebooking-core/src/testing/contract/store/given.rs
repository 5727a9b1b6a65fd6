//! What the store's cases begin with, and how they look at the whole of a store.

use chrono::{DateTime, TimeDelta, Utc};

use crate::audit::{Actor, AuditEvent};
use crate::change::{Change, Commit, DateWrite, Guard};
use crate::confirmation::Confirmation;
use crate::effect::{Claimed, Effect, EffectKind, Lane, NewEffect};
use crate::link::{LinkNonce, LinkPurpose, StoredLink};
use crate::policy::{Alternatives, Policy};
use crate::ports::RebookingStore;
use crate::ports::store::{
    CaseDetails, CaseFilter, ConfirmationKey, DateDetails, Page, PageRequest, TokenWithDates,
    Visits,
};
use crate::service::decisions;
use crate::testing::samples;
use crate::token::{Milestones, RebookingToken, TokenParts, TokenState};
use crate::value::booking::Booking;
use crate::value::course_date::CourseDate;
use crate::value::ids::{CaseId, CourseDateId, PartnerId};

/// The store's moment, in whole seconds: stores keep times to the microsecond.
pub(super) async fn now(store: &dyn RebookingStore) -> DateTime<Utc> {
    let now = store.latest(CaseId::new(0)).await.unwrap().now;
    DateTime::from_timestamp(now.timestamp(), 0).unwrap()
}

/// A date of the sample course in a week.
pub(super) async fn date(store: &dyn RebookingStore, id: i64, free: u32) -> CourseDate {
    let date = samples::course_date(id, now(store).await + TimeDelta::days(7), free);
    store.upsert_dates(std::slice::from_ref(&date)).await.unwrap();
    date
}

/// How many places of a date are taken.
pub(super) async fn taken(store: &dyn RebookingStore, id: i64) -> u32 {
    store.date(CourseDateId::new(id)).await.unwrap().unwrap().value.date.taken
}

/// The sample booking of an item, on date 90 in three days.
pub(super) async fn booking(store: &dyn RebookingStore, item: i64) -> Booking {
    let slot = samples::slot(90, now(store).await + TimeDelta::days(3));
    Booking { slot, ..samples::booking_of(item) }
}

/// A link that has not been issued.
pub(super) async fn fresh(store: &dyn RebookingStore, item: i64) -> RebookingToken {
    samples::token(booking(store, item).await, now(store).await)
}

/// A link that is in the store.
pub(super) async fn issued(store: &dyn RebookingStore, item: i64) -> RebookingToken {
    issue(store, fresh(store, item).await).await
}

/// Puts a link into the store as it is: issued first, as every link is, and then written with what
/// has happened to it.
pub(super) async fn issue(store: &dyn RebookingStore, token: RebookingToken) -> RebookingToken {
    let (state, milestones) = (TokenState::Active, Milestones::default());
    let new =
        RebookingToken::restore(TokenParts { state, milestones, ..token.clone().into_parts() });
    apply(store, &Change::at(token.issued_at()).issue(new.clone())).await;
    if token == new { token } else { update(store, token).await }
}

/// Writes a token.
pub(super) async fn update(store: &dyn RebookingStore, token: RebookingToken) -> RebookingToken {
    apply(store, &Change::at(token.issued_at()).update(token.clone())).await;
    RebookingToken::restore(TokenParts { version: token.version() + 1, ..token.into_parts() })
}

/// A link with something to be done about it.
pub(super) async fn asked_for(
    store: &dyn RebookingStore,
    item: i64,
    kinds: &[EffectKind],
) -> RebookingToken {
    let token = fresh(store, item).await;
    let mut change = Change::at(token.issued_at()).issue(token.clone());
    change.effects.extend(kinds.iter().map(|kind| NewEffect::once(token.id(), *kind)));
    apply(store, &change).await;
    token
}

/// The token as it is now.
pub(super) async fn reread(store: &dyn RebookingStore, token: &RebookingToken) -> RebookingToken {
    opened(store, token).await.token
}

/// What people have found at a link's page.
pub(super) async fn visits(store: &dyn RebookingStore, token: &RebookingToken) -> Visits {
    opened(store, token).await.visits
}

async fn opened(store: &dyn RebookingStore, token: &RebookingToken) -> TokenWithDates {
    store.token(token.id(), &Alternatives::new()).await.unwrap().unwrap().value
}

/// The change that a customer's choice of a date asks for.
pub(super) async fn choice(
    store: &dyn RebookingStore,
    token: &RebookingToken,
    date: i64,
) -> Change {
    let seen = store.token(token.id(), &Alternatives::new()).await.unwrap().unwrap();
    let choice = samples::choice(CourseDateId::new(date));
    let answer = stamp(LinkPurpose::Answer, token);
    let decided = decisions::choose(seen, &choice, &Policy::default(), answer).unwrap();
    assert!(decided.answer.is_ok(), "the sample choice is a good one");
    decided.change.unwrap()
}

/// The link that an answer to the partner's request of a token has.
pub(super) fn stamp(purpose: LinkPurpose, token: &RebookingToken) -> StoredLink {
    let LinkNonce(nonce) = token.link().nonce;
    samples::link_keys().stamp(purpose, LinkNonce(nonce)).unwrap()
}

/// Commits what must be applied.
pub(super) async fn apply(store: &dyn RebookingStore, change: &Change) {
    assert_eq!(store.commit(change).await.unwrap(), Commit::Applied);
}

/// Commits a change that one guard must stop, together with a link, effects, history and places
/// that would all be fine: then nothing of it is stored.
pub(super) async fn vanishes(store: &dyn RebookingStore, change: Change, guard: Guard) {
    date(store, 50, 10).await;
    let witness = match store.latest(CaseId::new(9_998)).await.unwrap().value {
        Some(witness) => witness,
        None => issued(store, 9_998).await,
    };
    let company = fresh(store, 9_999).await;
    let mut whole = Change::at(change.at)
        .issue(company.clone())
        .effect_once(company.id(), EffectKind::PlaceOrder)
        .effect_once(witness.id(), EffectKind::PlaceOrder)
        .audit(witness.id(), &Actor::System, AuditEvent::LinkMailed)
        .date(DateWrite::Take { date: CourseDateId::new(50), places: 1 });
    whole.tokens.extend(change.tokens);
    whole.confirmations.extend(change.confirmations);
    whole.effects.extend(change.effects);
    whole.audit.extend(change.audit);
    whole.dates.extend(change.dates);
    (whole.effect, whole.forget) = (change.effect, change.forget);
    let before = Picture::read(store).await;
    assert_eq!(store.commit(&whole).await.unwrap(), Commit::Lost(guard));
    assert_eq!(Picture::read(store).await, before, "nothing of a lost change is stored");
    assert!(store.open(&company.link().digest, &Alternatives::new()).await.unwrap().is_none());
}

/// Claims one effect for an hour.
pub(super) async fn claim_one(store: &dyn RebookingStore, lane: Lane) -> Claimed {
    let mut claimed = store.claim(lane, 1, TimeDelta::hours(1)).await.unwrap();
    assert_eq!(claimed.len(), 1, "one effect is due");
    claimed.remove(0)
}

/// All that the port shows of a store that holds samples.
#[derive(Debug, PartialEq)]
pub(super) struct Picture {
    pub(super) cases: Vec<CaseDetails>,
    pub(super) effects: Vec<Effect>,
    pub(super) dates: Vec<DateDetails>,
    pub(super) requests: Vec<Confirmation>,
}

impl Picture {
    pub(super) async fn read(store: &dyn RebookingStore) -> Self {
        let mut cases = Vec::new();
        for row in
            every_page(async |page| store.cases(&CaseFilter::default(), page).await.unwrap().value)
                .await
        {
            cases.push(store.case(row.token.id().case).await.unwrap().unwrap().value);
        }
        let mut dates = Vec::new();
        let mut requests = Vec::new();
        let mut known = store.dates(samples::course().id).await.unwrap().value;
        known.sort_by_key(CourseDate::id);
        for date in known {
            let live = store.live_confirmations(Some(date.id()), 100).await.unwrap().value;
            for request in live {
                let asked =
                    store.confirmation(&ConfirmationKey::Id(request.id)).await.unwrap().unwrap();
                requests.push(asked.value.confirmation);
            }
            dates.push(store.date(date.id()).await.unwrap().unwrap().value);
        }
        for partner in [samples::partner().id, PartnerId::new(6)] {
            requests.extend(
                every_page(async |page| store.confirmations(partner, None, page).await.unwrap())
                    .await,
            );
        }
        let effects = every_page(async |page| store.effects(None, page).await.unwrap()).await;
        Self { cases, effects, dates, requests }
    }
}

/// All rows of a list, page by page; checks that every page says the same total, which is their
/// number.
pub(super) async fn every_page<T>(list: impl AsyncFn(PageRequest) -> Page<T>) -> Vec<T> {
    let (mut rows, mut number) = (Vec::new(), 1);
    loop {
        let page = list(PageRequest::new(number, 7)).await;
        let (count, total) = (page.rows.len(), page.total);
        rows.extend(page.rows);
        if count < 7 {
            assert_eq!(rows.len() as u64, total, "the pages hold as many rows as they say");
            return rows;
        }
        number += 1;
    }
}
