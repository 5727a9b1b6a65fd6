//! What the cases of store, queue and reports begin with, and how they look at the whole of a
//! store.

use chrono::{DateTime, TimeDelta, Utc};

use crate::audit::{Actor, AuditEntry, AuditEvent};
use crate::change::{Change, Commit, DateWrite, EffectWrite, Guard};
use crate::confirmation::Confirmation;
use crate::effect::{Claimed, Effect, EffectKind, Lane, NewEffect, Outcome};
use crate::link::{LinkNonce, LinkPurpose, StoredLink};
use crate::policy::{Alternatives, Policy};
use crate::ports::Reports;
use crate::ports::reports::{CaseDetails, CaseFilter, Page, PageRequest};
use crate::ports::store::{
    CaseKey, ConfirmationCase, ConfirmationKey, DateDetails, TokenKey, TokenWithDates, Visits,
};
use crate::service::decisions;
use crate::testing::contract::StoreUnderTest;
use crate::testing::samples;
use crate::token::{Cause, Milestones, RebookingToken, TokenParts, TokenState};
use crate::value::booking::Booking;
use crate::value::course_date::CourseDate;
use crate::value::ids::{CaseId, ConfirmationId, CourseDateId, OrderItemId, PartnerId};

/// The store's moment, in whole seconds: stores keep times to the microsecond.
pub(super) async fn now(store: &StoreUnderTest) -> DateTime<Utc> {
    let now = store.find(&CaseKey::Id(CaseId::new(0))).await.unwrap().now;
    DateTime::from_timestamp(now.timestamp(), 0).unwrap()
}

/// A date of the sample course in a week.
pub(super) async fn date(store: &StoreUnderTest, id: i64, free: u32) -> CourseDate {
    let date = samples::course_date(id, now(store).await + TimeDelta::days(7), free);
    store.upsert_dates(std::slice::from_ref(&date)).await.unwrap();
    date
}

/// How many places of a date are taken.
pub(super) async fn taken(store: &StoreUnderTest, id: i64) -> u32 {
    store.date(CourseDateId::new(id)).await.unwrap().unwrap().value.date.taken
}

/// The sample booking of an item, on date 90 in three days.
pub(super) async fn booking(store: &StoreUnderTest, item: i64) -> Booking {
    let slot = samples::slot(90, now(store).await + TimeDelta::days(3));
    Booking { slot, ..samples::booking_of(item) }
}

/// A link that has not been issued.
pub(super) async fn fresh(store: &StoreUnderTest, item: i64) -> RebookingToken {
    samples::token(booking(store, item).await, now(store).await)
}

/// One that has not been issued, for three places for which less was paid than 89.00 each.
pub(super) async fn discounted(store: &StoreUnderTest, item: i64, paid: i64) -> RebookingToken {
    let (participants, paid) = (samples::party(3), samples::euros(paid));
    let booking = Booking { participants, paid, ..booking(store, item).await };
    samples::token(booking, now(store).await)
}

/// A link that is in the store.
pub(super) async fn issued(store: &StoreUnderTest, item: i64) -> RebookingToken {
    issue(store, fresh(store, item).await).await
}

/// A link that support has sent by hand, for a booking whose partner nobody has asked.
pub(super) async fn by_hand(store: &StoreUnderTest, item: i64) -> RebookingToken {
    let token = fresh(store, item).await.into_parts();
    let by_hand = TokenParts { cause: Cause::Manual, declines: 0, ..token };
    issue(store, RebookingToken::restore(by_hand)).await
}

/// Puts a link into the store as it is: issued first, as every link is, and then written with what
/// has happened to it.
pub(super) async fn issue(store: &StoreUnderTest, token: RebookingToken) -> RebookingToken {
    let (state, milestones) = (TokenState::Active, Milestones::default());
    let new =
        RebookingToken::restore(TokenParts { state, milestones, ..token.clone().into_parts() });
    apply(store, &Change::at(token.issued_at()).issue(new.clone())).await;
    if token == new { token } else { update(store, token).await }
}

/// Writes a token.
pub(super) async fn update(store: &StoreUnderTest, token: RebookingToken) -> RebookingToken {
    apply(store, &Change::at(token.issued_at()).update(token.clone())).await;
    RebookingToken::restore(TokenParts { version: token.version() + 1, ..token.into_parts() })
}

/// A link with something to be done about it.
pub(super) async fn asked_for(
    store: &StoreUnderTest,
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
pub(super) async fn reread(store: &StoreUnderTest, token: &RebookingToken) -> RebookingToken {
    opened(store, token).await.token
}

/// What people have found at a link's page.
pub(super) async fn visits(store: &StoreUnderTest, token: &RebookingToken) -> Visits {
    opened(store, token).await.visits
}

async fn opened(store: &StoreUnderTest, token: &RebookingToken) -> TokenWithDates {
    store.open(&TokenKey::Id(token.id()), &Alternatives::new()).await.unwrap().unwrap().value
}

/// The change that a customer's choice of a date asks for.
pub(super) async fn choice(store: &StoreUnderTest, token: &RebookingToken, date: i64) -> Change {
    let seen = store.open(&TokenKey::Id(token.id()), &Alternatives::new()).await.unwrap().unwrap();
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
pub(super) async fn apply(store: &StoreUnderTest, change: &Change) {
    assert_eq!(store.commit(change).await.unwrap(), Commit::Applied);
}

/// Commits a change that one guard must stop, together with a link, effects, history and places
/// that would all be fine: then nothing of it is stored.
pub(super) async fn vanishes(store: &StoreUnderTest, change: Change, guard: Guard) {
    date(store, 50, 10).await;
    let witness = match newest(store, CaseId::new(9_998)).await {
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
    let link = TokenKey::Link(company.link().digest.clone());
    assert!(store.open(&link, &Alternatives::new()).await.unwrap().is_none());
    if store.reports.is_none() {
        // What no list shows is not due either.
        let due = store.queue.claim(Lane::Orders, 100, TimeDelta::zero()).await.unwrap();
        let strangers = [company.id(), witness.id()];
        assert!(due.iter().all(|claimed| !strangers.contains(&claimed.effect.token)));
    }
}

/// The newest token of a case.
pub(super) async fn newest(store: &StoreUnderTest, case: CaseId) -> Option<RebookingToken> {
    store.find(&CaseKey::Id(case)).await.unwrap().value.into_newest()
}

/// The tokens of a case by step.
pub(super) async fn tokens(store: &StoreUnderTest, case: CaseId) -> Vec<RebookingToken> {
    store.find(&CaseKey::Id(case)).await.unwrap().value.tokens
}

/// A confirmation request with what an answer to it changes.
pub(super) async fn confirmation(
    store: &StoreUnderTest,
    key: ConfirmationKey,
) -> Option<ConfirmationCase> {
    store.find(&CaseKey::Confirmation(key)).await.unwrap().value.into_confirmation()
}

/// The confirmation request with this number.
pub(super) async fn request(store: &StoreUnderTest, id: ConfirmationId) -> Confirmation {
    confirmation(store, ConfirmationKey::Id(id)).await.unwrap().confirmation
}

/// The history of a case, where the store has reports.
pub(super) async fn history(store: &StoreUnderTest, case: CaseId) -> Option<Vec<AuditEntry>> {
    let reports = store.reports.as_ref()?;
    Some(reports.case(case).await.unwrap().map(|case| case.value.audit).unwrap_or_default())
}

/// The effects of a case that wait for a worker, by their age. Without reports they are claimed to
/// be seen, and done then, so a case looks at them last.
pub(super) async fn effects(store: &StoreUnderTest, case: CaseId) -> Vec<Effect> {
    if let Some(reports) = &store.reports {
        return reports.case(case).await.unwrap().unwrap().value.effects;
    }
    let mut found = Vec::new();
    for lane in Lane::ALL {
        loop {
            let claimed = store.queue.claim(lane, 100, TimeDelta::hours(1)).await.unwrap();
            if claimed.is_empty() {
                break;
            }
            for one in claimed {
                let write = EffectWrite::Settle { lease: one.lease, outcome: Outcome::Done };
                apply(store, &Change::at(one.now).note(write)).await;
                found.push(one.effect);
            }
        }
    }
    found.retain(|effect| effect.token.case == case);
    found.sort_by_key(|effect| effect.id);
    found
}

/// A link by which a partner answers.
pub(super) fn answer_link(nonce: [u8; 16]) -> StoredLink {
    samples::link_keys().stamp(LinkPurpose::Answer, LinkNonce(nonce)).unwrap()
}

/// Claims one effect for an hour.
pub(super) async fn claim_one(store: &StoreUnderTest, lane: Lane) -> Claimed {
    let mut claimed = store.queue.claim(lane, 1, TimeDelta::hours(1)).await.unwrap();
    assert_eq!(claimed.len(), 1, "one effect is due");
    claimed.remove(0)
}

/// All that the ports show of a store that holds samples.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Picture {
    /// With reports, all that they show of each case.
    pub(super) cases: Vec<CaseDetails>,
    /// Without reports, the tokens of the cases that samples have.
    pub(super) tokens: Vec<RebookingToken>,
    pub(super) effects: Vec<Effect>,
    pub(super) dates: Vec<DateDetails>,
    pub(super) requests: Vec<Confirmation>,
}

impl Picture {
    pub(super) async fn read(store: &StoreUnderTest) -> Self {
        let mut picture = Self::default();
        let mut known = store.dates(samples::course().id).await.unwrap().value;
        known.sort_by_key(CourseDate::id);
        for date in known {
            let live = store.live_confirmations(Some(date.id()), 100).await.unwrap().value;
            for live in live {
                picture.requests.push(request(store, live.id).await);
            }
            picture.dates.push(store.date(date.id()).await.unwrap().unwrap().value);
        }
        match &store.reports {
            Some(reports) => picture.look_at_reports(reports.as_ref()).await,
            None => picture.look_at_samples(store).await,
        }
        picture
    }

    async fn look_at_reports(&mut self, reports: &dyn Reports) {
        let all = CaseFilter::default();
        for row in every_page(async |page| reports.cases(&all, page).await.unwrap().value).await {
            self.cases.push(reports.case(row.token.id().case).await.unwrap().unwrap().value);
        }
        for partner in [samples::partner().id, PartnerId::new(6)] {
            let list = async |page| reports.confirmations(partner, None, page).await.unwrap();
            self.requests.extend(every_page(list).await);
        }
        self.effects = every_page(async |page| reports.effects(None, page).await.unwrap()).await;
    }

    async fn look_at_samples(&mut self, store: &StoreUnderTest) {
        for item in (7001..=7010).chain([7101, 7102, 7103, 9_998, 9_999]) {
            let found = store.find(&CaseKey::Item(OrderItemId::new(item))).await.unwrap().value;
            self.tokens.extend(found.tokens);
            self.requests.extend(found.confirmation);
        }
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
