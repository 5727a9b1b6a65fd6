//! What is personal is wiped everywhere, and secrets are nowhere to begin with.

use crate::audit::{Actor, AuditEvent};
use crate::change::{Change, Commit, Guard};
use crate::link::LinkPurpose;
use crate::ports::Reports;
use crate::ports::reports::{CaseFilter, PageRequest};
use crate::testing::contract::StoreUnderTest;
use crate::testing::contract::given::{self, Picture, apply};
use crate::testing::{SettableClock, samples};
use crate::token::{RebookingToken, TokenParts};
use crate::value::text::FreeText;
use crate::wish::{Wish, WishKind};

/// A case of two links with everything personal that a case can hold: the first was used, the
/// second holds a wish.
pub(in crate::testing::contract) async fn talkative(store: &StoreUnderTest) -> RebookingToken {
    given::date(store, 1, 5).await;
    let fresh = given::fresh(store, 7001).await;
    let origin = store.open_confirmation(fresh.booking()).await.unwrap();
    let token = given::issue(
        store,
        RebookingToken::restore(TokenParts { origin: Some(origin), ..fresh.into_parts() }),
    )
    .await;
    apply(store, &given::choice(store, &token, 1).await).await;
    let note = FreeText::line("Frau Mustermann hat angerufen.", 100);
    let support = Actor::Support("anna".into());
    apply(
        store,
        &Change::at(token.issued_at()).audit_why(
            token.id(),
            &support,
            AuditEvent::LinkResent,
            note,
        ),
    )
    .await;
    let wish = Wish {
        kind: WishKind::Other,
        text: FreeText::line("Erika hat donnerstags Zeit.", 100),
        weekdays: Vec::new(),
        months: Vec::new(),
        known: Vec::new(),
        at: token.issued_at(),
        answered_at: None,
    };
    let link = given::fresh(store, 7101).await.link().clone();
    given::issue(
        store,
        RebookingToken::restore(TokenParts {
            id: token.id().next(),
            link,
            wishes: vec![wish],
            ..token.into_parts()
        }),
    )
    .await
}

pub(in crate::testing::contract) async fn forget(store: &StoreUnderTest, token: &RebookingToken) {
    let now = given::now(store).await;
    let forgotten = token.clone().forgotten(now);
    let mut change =
        Change::at(now).audit(token.id(), &Actor::System, AuditEvent::Forgotten).update(forgotten);
    change.forget = Some(token.id().case);
    apply(store, &change).await;
}

async fn found(reports: &dyn Reports, text: &str) -> u64 {
    let filter = CaseFilter { search: FreeText::line(text, 100), ..CaseFilter::default() };
    reports.cases(&filter, PageRequest::default()).await.unwrap().value.total
}

/// In every link of the case and in every request for it; other cases keep what they have.
pub async fn a_forgotten_case_names_nobody(store: StoreUnderTest) {
    let token = talkative(&store).await;
    let other = given::issued(&store, 7002).await;
    let other_request = store.open_confirmation(other.booking()).await.unwrap();
    forget(&store, &token).await;

    let tokens = given::tokens(&store, token.id().case).await;
    for token in &tokens {
        let customer = &token.booking().customer;
        assert!(customer.name.is_empty() && customer.email.is_forgotten(), "{}", token.id());
        assert!(
            token.reason().is_empty() && token.wishes().iter().all(|wish| wish.text.is_empty())
        );
        assert!(token.milestones().forgotten_at.is_some());
    }
    if let Some(history) = given::history(&store, token.id().case).await {
        assert!(history.iter().all(|entry| entry.note.is_empty()), "what support wrote");
        let wrote = history.iter().any(|entry| entry.event == AuditEvent::LinkResent);
        assert!(wrote, "that it wrote stays");
    }
    let opened = tokens[0].rebooking().unwrap().confirmation.unwrap();
    for request in [token.origin().unwrap(), opened] {
        let request = given::request(&store, request).await;
        let customer = &request.booking.customer;
        assert!(
            customer.name.is_empty() && customer.email.is_forgotten(),
            "request {}",
            request.id
        );
        assert!(request.reason.is_empty());
    }
    if let Some(reports) = store.reports.as_deref() {
        let by_address = found(reports, "erika@example.com").await;
        assert_eq!((by_address, found(reports, "Mustermann").await), (1, 1));
    }
    assert_eq!(given::reread(&store, &other).await, other);
    let kept = given::request(&store, other_request).await;
    assert_eq!(&kept.booking, other.booking());
}

/// Whoever read a link of the case before can no longer write what they read.
pub async fn nothing_decided_before_the_purge_brings_a_name_back(store: StoreUnderTest) {
    let newest = talkative(&store).await;
    let older = given::tokens(&store, newest.id().case).await.remove(0);
    forget(&store, &newest).await;
    for read_before in [older, newest] {
        let late = Change::at(read_before.issued_at()).update(read_before.clone());
        assert_eq!(
            store.commit(&late).await.unwrap(),
            Commit::Lost(Guard::Token),
            "{}",
            read_before.id()
        );
    }
}

/// Promise I8: neither the customer's link nor the partner's can be read from the store.
pub async fn no_link_can_be_read_from_the_store(store: StoreUnderTest) {
    let clock = SettableClock::self_winding(given::now(&store).await);
    let world = store.world(clock, crate::policy::Policy::default());
    let case = world.declined(given::booking(&store, 7001).await).await;
    let date = given::date(&store, 60, 5).await;
    world.rebookings.customer(&case.link).choose(&samples::choice(date.id())).await.unwrap();
    let _ = world.deliver_all().await.unwrap();
    let token = world.token(case.token).await;
    let answer = &token.rebooking().unwrap().answer;
    let answer = samples::link_keys().secret(LinkPurpose::Answer, answer).unwrap();

    let picture = Picture::read(&store).await;
    let mut stored = format!("{picture:?}");
    let texts = picture.cases.iter().flat_map(|file| {
        let notes = file.audit.iter().map(|entry| &entry.note);
        notes.chain(file.tokens.iter().map(RebookingToken::reason))
    });
    let texts = texts.chain(picture.tokens.iter().map(RebookingToken::reason));
    let reasons = picture.requests.iter().map(|request| &request.reason);
    texts.chain(reasons).for_each(|text| stored.push_str(text.expose()));
    for secret in [case.link, answer] {
        assert!(!stored.contains(secret.expose()), "a link is stored");
    }
}
