//! Support's worklist: cases by what they need, as long as they need it.

use chrono::TimeDelta;

use crate::audit::{Actor, AuditEvent};
use crate::change::{Change, ConfirmationNote, ConfirmationWrite, EffectWrite};
use crate::confirmation::ConfirmationState;
use crate::effect::{EffectKind, Lane, MailKind, Outcome};
use crate::ports::reports::{Attention, CaseFilter, CaseStatus, PageRequest};
use crate::testing::contract::StoreUnderTest;
use crate::testing::contract::given::{self, apply, every_page};
use crate::testing::contract::store::waiting;
use crate::token::{CancelReason, RebookingToken, TokenParts};
use crate::value::ids::EffectId;
use crate::value::text::FreeText;
use crate::wish::{Wish, WishKind};

const MAIL: EffectKind = EffectKind::Mail(MailKind::Declined);
const NOTHING: [i64; 0] = [];

/// The cases that need something. Says so of each of them, and of no other.
async fn in_need(store: &StoreUnderTest, attention: Attention) -> Vec<i64> {
    let list = async |filter: CaseFilter| {
        let rows =
            every_page(async |page| store.reports().cases(&filter, page).await.unwrap().value)
                .await;
        rows.into_iter().map(|row| (row.token.id().case.value(), row.attention)).collect::<Vec<_>>()
    };
    let mut all = list(CaseFilter::default()).await;
    all.retain(|(_, needs)| needs.contains(&attention));
    // By the worklist, by the address, and by a part of the name. Who was forgotten is found by
    // neither, and needs nothing.
    for search in ["", "erika@example.com", "Muster"] {
        let search = FreeText::line(search, 100);
        let listed =
            list(CaseFilter { search, attention: Some(attention), ..CaseFilter::default() }).await;
        assert_eq!(listed, all, "the rows say what the filter finds");
    }
    all.into_iter().map(|(case, _)| case).collect()
}

/// A link one of whose mails has failed for good.
pub(super) async fn failed(
    store: &StoreUnderTest,
    token: RebookingToken,
) -> (RebookingToken, EffectId) {
    apply(store, &Change::at(token.issued_at()).effect_once(token.id(), MAIL)).await;
    let claimed = given::claim_one(store, Lane::Mail).await;
    let outcome = Outcome::Dead { error: "no".into() };
    apply(
        store,
        &Change::at(claimed.now).note(EffectWrite::Settle { lease: claimed.lease, outcome }),
    )
    .await;
    (token, claimed.effect.id)
}

/// A link at whose page somebody found no date.
async fn stranded(store: &StoreUnderTest, token: RebookingToken) -> RebookingToken {
    let found =
        Change::at(token.issued_at()).audit(token.id(), &Actor::Customer, AuditEvent::NoDatesFound);
    apply(store, &found).await;
    token
}

/// A link whose customer wishes for something.
pub(super) async fn wishing(store: &StoreUnderTest, item: i64, kind: WishKind) -> RebookingToken {
    given::issue(store, waiting(given::fresh(store, item).await, kind, None)).await
}

pub(super) async fn cancelled(store: &StoreUnderTest, token: RebookingToken) {
    let at = token.issued_at();
    given::update(store, token.cancel(CancelReason::Support, at).unwrap()).await;
}

/// The link that takes the place of another.
async fn replaced(store: &StoreUnderTest, token: RebookingToken) -> RebookingToken {
    let link = given::fresh(store, token.id().case.value() + 100).await.link().clone();
    let next = RebookingToken::restore(TokenParts {
        id: token.id().next(),
        link,
        ..token.clone().into_parts()
    });
    let old = token.clone().cancel(CancelReason::Superseded, token.issued_at()).unwrap();
    apply(store, &Change::at(token.issued_at()).update(old).issue(next.clone())).await;
    next
}

async fn chosen(store: &StoreUnderTest, token: &RebookingToken) {
    apply(store, &given::choice(store, token, 1).await).await;
}

/// Each by what it needs, newest first, and with all that it needs; with what else is asked for.
pub async fn cases_are_listed_by_what_they_need(store: StoreUnderTest) {
    use Attention::{Failed, NoDates, Wish};
    given::issued(&store, 7001).await;
    let fresh = given::fresh(&store, 7002).await;
    let issued_at = fresh.issued_at() - TimeDelta::hours(1);
    let all = waiting(
        RebookingToken::restore(TokenParts { issued_at, ..fresh.into_parts() }),
        WishKind::Other,
        None,
    );
    let all = given::issue(&store, all).await;
    stranded(&store, failed(&store, all).await.0).await;
    failed(&store, given::issued(&store, 7003).await).await;
    wishing(&store, 7004, WishKind::MoneyBack).await;
    stranded(&store, given::issued(&store, 7005).await).await;
    for (attention, cases) in
        [(Failed, [7003, 7002]), (Wish, [7004, 7002]), (NoDates, [7005, 7002])]
    {
        assert_eq!(in_need(&store, attention).await, cases, "{attention:?}");
    }
    let listed = async |search: &str, attention, progress| {
        let search = FreeText::line(search, 100);
        let filter = CaseFilter { search, progress, attention, ..CaseFilter::default() };
        let found = store.reports().cases(&filter, PageRequest::default()).await.unwrap().value;
        found
            .rows
            .into_iter()
            .map(|row| (row.token.id().case.value(), row.attention))
            .collect::<Vec<_>>()
    };
    let every = vec![(7002, vec![Failed, Wish, NoDates])];
    assert_eq!(listed("100007002", None, None).await, every);
    for attention in [Failed, Wish, NoDates] {
        for search in ["100007002", "Muster"] {
            let found = listed(search, Some(attention), Some(CaseStatus::Open)).await;
            assert!(found.ends_with(&every), "{search}, {attention:?}: {found:?}");
        }
        assert_eq!(listed("100007001", Some(attention), None).await, []);
        assert_eq!(listed("", Some(attention), Some(CaseStatus::Confirmed)).await, []);
    }
    let first = CaseFilter { attention: Some(Failed), ..CaseFilter::default() };
    let page = store.reports().cases(&first, PageRequest::new(2, 1)).await.unwrap().value;
    assert_eq!((page.rows[0].token.id().case.value(), page.rows.len(), page.total), (7002, 1, 2));
}

/// Of whichever link, whatever became of the case; not while it is tried anew, and not once it was
/// skipped.
pub async fn a_case_is_in_need_until_support_has_dealt_with_its_failure(store: StoreUnderTest) {
    let failures = async || in_need(&store, Attention::Failed).await;
    let (token, effect) = failed(&store, given::issued(&store, 7001).await).await;
    cancelled(&store, replaced(&store, token.clone()).await).await;
    assert_eq!(failures().await, [7001], "of an older link, and called off");
    let decided = |write| Change::at(token.issued_at()).note(write);
    apply(&store, &decided(EffectWrite::Retry(effect))).await;
    assert_eq!(failures().await, NOTHING);
    let claimed = given::claim_one(&store, Lane::Mail).await;
    assert_eq!(failures().await, NOTHING);
    let outcome = Outcome::Dead { error: "no".into() };
    apply(&store, &decided(EffectWrite::Settle { lease: claimed.lease, outcome })).await;
    assert_eq!(failures().await, [7001]);
    apply(&store, &decided(EffectWrite::Skip(effect))).await;
    assert_eq!(failures().await, NOTHING);
}

/// Whatever it is, also on an expired link and on the one that follows it.
pub async fn a_wish_is_open_until_it_is_answered_or_the_case_moves_on(store: StoreUnderTest) {
    given::date(&store, 1, 5).await;
    let wishes = async || in_need(&store, Attention::Wish).await;
    for (item, kind) in
        [(7001, WishKind::NewDates), (7002, WishKind::Other), (7003, WishKind::MoneyBack)]
    {
        let token = wishing(&store, item, kind).await;
        assert_eq!(wishes().await, [item], "{kind:?}");
        let answered = token.clone().wishes_answered(|_| true, token.issued_at());
        given::update(&store, answered).await;
        assert_eq!(wishes().await, NOTHING, "{kind:?}");
    }
    let used = wishing(&store, 7004, WishKind::Other).await;
    chosen(&store, &used).await;
    cancelled(&store, wishing(&store, 7005, WishKind::Other).await).await;
    let forgotten = wishing(&store, 7006, WishKind::Other).await;
    let at = forgotten.issued_at();
    let mut forget = Change::at(at).update(forgotten.clone().forgotten(at));
    forget.forget = Some(forgotten.id().case);
    apply(&store, &forget).await;
    assert_eq!(wishes().await, NOTHING);
    replaced(&store, wishing(&store, 7007, WishKind::Other).await).await;
    let fresh = waiting(given::fresh(&store, 7008).await, WishKind::Other, None);
    let expires_at = fresh.issued_at() - TimeDelta::hours(1);
    let expired = given::issue(
        &store,
        RebookingToken::restore(TokenParts { expires_at, ..fresh.into_parts() }),
    )
    .await;
    assert_eq!(wishes().await, [7008, 7007]);
    let noted_at = expired.issued_at();
    let expired = expired.expiry_noted(noted_at);
    given::update(&store, expired.clone()).await;
    assert_eq!(wishes().await, [7008, 7007], "its expiry was written down");
    // One of two is enough.
    let mut second = given::reread(&store, &expired).await.into_parts();
    let answered = Wish { answered_at: Some(second.issued_at), ..second.wishes[0].clone() };
    second.wishes.insert(0, answered);
    given::update(&store, RebookingToken::restore(second)).await;
    assert_eq!(wishes().await, [7008, 7007]);
}

/// Of whichever link: a new one takes no promise back, and a choice keeps it.
pub async fn a_customer_without_a_date_is_in_need_until_the_case_moves_on(store: StoreUnderTest) {
    given::date(&store, 1, 5).await;
    let stuck = async || in_need(&store, Attention::NoDates).await;
    let first = stranded(&store, given::issued(&store, 7001).await).await;
    let opened =
        Change::at(first.issued_at()).audit(first.id(), &Actor::Customer, AuditEvent::PageOpened);
    apply(&store, &opened).await;
    let visited = given::issued(&store, 7002).await;
    let opened = Change::at(visited.issued_at()).audit(
        visited.id(),
        &Actor::Customer,
        AuditEvent::PageOpened,
    );
    apply(&store, &opened).await;
    assert_eq!(stuck().await, [7001], "who only opened the page is in no need");
    let next = replaced(&store, first).await;
    assert_eq!(stuck().await, [7001], "a new link keeps no promise");
    let support = Actor::Support("anna".into());
    let dealt = Change::at(next.issued_at()).audit(next.id(), &support, AuditEvent::WishSettled);
    apply(&store, &dealt).await;
    assert_eq!(stuck().await, NOTHING);
    stranded(&store, next.clone()).await;
    assert_eq!(stuck().await, [7001], "what is found anew counts anew");
    chosen(&store, &next).await;
    cancelled(&store, stranded(&store, given::issued(&store, 7003).await).await).await;
    assert_eq!(stuck().await, NOTHING);
    let fresh = given::fresh(&store, 7004).await;
    let expires_at = fresh.issued_at() - TimeDelta::hours(1);
    stranded(
        &store,
        given::issue(
            &store,
            RebookingToken::restore(TokenParts { expires_at, ..fresh.into_parts() }),
        )
        .await,
    )
    .await;
    assert_eq!(stuck().await, [7004], "an expired link keeps no promise");
}

/// From when it is noted until the answer, and no longer than anybody's name is known.
pub async fn a_silent_partner_is_on_the_worklist_until_the_answer(store: StoreUnderTest) {
    given::date(&store, 1, 20).await;
    let silent = async || in_need(&store, Attention::PartnerSilent).await;
    let mut asked = Vec::new();
    for item in [7001, 7002, 7003] {
        let token = given::issued(&store, item).await;
        chosen(&store, &token).await;
        let token = given::reread(&store, &token).await;
        asked.push((token.clone(), token.rebooking().unwrap().confirmation.unwrap()));
    }
    let moved = |id, from: &'static [ConfirmationState], to| {
        let (reason, booking) = (FreeText::EMPTY, None);
        ConfirmationWrite::Move { id, from, to, reason, booking }
    };
    for (token, id) in &asked {
        let ask = moved(*id, &[ConfirmationState::Waiting], ConfirmationState::Pending);
        apply(&store, &Change::at(token.issued_at()).confirmation(ask)).await;
    }
    assert_eq!(silent().await, NOTHING);
    for (token, id) in &asked {
        let note = ConfirmationWrite::Note { id: *id, note: ConfirmationNote::Silent };
        apply(&store, &Change::at(token.issued_at()).confirmation(note)).await;
    }
    assert_eq!(silent().await, [7003, 7002, 7001]);
    let (token, id) = &asked[0];
    let answer = moved(*id, &[ConfirmationState::Pending], ConfirmationState::Confirmed);
    apply(&store, &Change::at(token.issued_at()).confirmation(answer)).await;
    assert_eq!(silent().await, [7003, 7002]);
    let (token, _) = &asked[1];
    let at = token.issued_at();
    let mut forget = Change::at(at).update(token.clone().forgotten(at));
    forget.forget = Some(token.id().case);
    apply(&store, &forget).await;
    assert_eq!(silent().await, [7003]);
}
