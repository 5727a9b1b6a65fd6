//! Who of support looks after a case.

use crate::audit::{Actor, AuditEvent};
use crate::change::{Commit, Guard};
use crate::error::{Conflict, RebookError};
use crate::ports::reports::{CaseFilter, HeldBy, Holder, PageRequest};
use crate::service::decisions;
use crate::testing::contract::StoreUnderTest;
use crate::testing::contract::given;
use crate::testing::contract::store::world;
use crate::value::ids::CaseId;
use crate::value::text::FreeText;

/// Who has it, as the case and the list say it.
async fn holder(store: &StoreUnderTest, case: CaseId) -> Option<String> {
    let details = store.reports().case(case).await.unwrap().unwrap().value;
    let (filter, page) = (CaseFilter::default(), PageRequest::default());
    let rows = store.reports().cases(&filter, page).await.unwrap().value.rows;
    let row = rows.into_iter().find(|row| row.token.id().case == case).unwrap();
    let holder = details.holder();
    assert_eq!(row.holder, holder, "the list says what the case says");
    holder.map(|Holder { name, .. }| name)
}

fn is_taken(outcome: Result<(), RebookError>) -> bool {
    matches!(outcome, Err(RebookError::Conflict(Conflict::CaseTaken)))
}

/// Each once, by whoever may, and the history tells of it.
pub async fn a_case_is_taken_taken_over_and_given_back(store: StoreUnderTest) {
    let world = world(&store).await;
    let case = world.declined(given::booking(&store, 7001).await).await.token.case;
    world.declined(given::booking(&store, 7002).await).await;
    let support = |name| world.rebookings.support(name);
    let (anna, ben) = (support("anna"), support("ben"));
    let holder = async || holder(&store, case).await;
    assert_eq!(holder().await, None);
    for _ in 0..2 {
        anna.take(case, false).await.unwrap();
        assert_eq!(holder().await.as_deref(), Some("anna"));
    }
    assert!(is_taken(ben.take(case, false).await));
    assert!(is_taken(ben.give_back(case).await));
    assert_eq!(holder().await.as_deref(), Some("anna"), "asking changes nothing");
    ben.take(case, true).await.unwrap();
    assert_eq!(holder().await.as_deref(), Some("ben"));
    assert!(is_taken(anna.give_back(case).await));
    for _ in 0..2 {
        ben.give_back(case).await.unwrap();
        assert_eq!(holder().await, None);
    }
    let history = given::history(&store, case).await.unwrap();
    let told = history.into_iter().filter(|entry| entry.event.is_about_the_holder());
    let told: Vec<_> = told.map(|entry| (entry.actor, entry.event)).collect();
    let by = |name: &str| Actor::Support(name.to_owned());
    assert_eq!(
        told,
        [
            (by("anna"), AuditEvent::CaseTaken),
            (by("ben"), AuditEvent::CaseTaken),
            (by("ben"), AuditEvent::CaseGivenBack),
        ]
    );
}

/// Anybody's, one's own, and those that nobody has.
pub async fn cases_are_listed_by_who_has_taken_them(store: StoreUnderTest) {
    let world = world(&store).await;
    let mut cases = Vec::new();
    for item in [7001, 7002, 7003, 7004] {
        cases.push(world.declined(given::booking(&store, item).await).await.token.case);
    }
    let [first, second, third, fourth] = cases[..] else { panic!("four cases") };
    let (anna, ben) = (world.rebookings.support("anna"), world.rebookings.support("ben"));
    anna.take(first, false).await.unwrap();
    anna.take(second, false).await.unwrap();
    anna.give_back(second).await.unwrap();
    anna.take(third, false).await.unwrap();
    ben.take(third, true).await.unwrap();
    let listed = async |held_by: Option<HeldBy>, search: &str| {
        let search = FreeText::line(search, 100);
        let filter = CaseFilter { search, held_by, ..CaseFilter::default() };
        let found = store.reports().cases(&filter, PageRequest::default()).await.unwrap().value;
        let mut listed: Vec<_> = found.rows.iter().map(|row| row.token.id().case).collect();
        assert_eq!(found.total, listed.len() as u64);
        listed.sort_unstable();
        listed
    };
    let by = |name: &str| Some(HeldBy::Name(name.to_owned()));
    for search in ["", "erika@example.com", "Muster"] {
        assert_eq!(listed(None, search).await, cases);
        assert_eq!(listed(by("anna"), search).await, [first]);
        assert_eq!(listed(by("ben"), search).await, [third]);
        assert_eq!(listed(by("Anna"), search).await, []);
        assert_eq!(listed(Some(HeldBy::Nobody), search).await, [second, fourth]);
    }
}

/// Of two who saw it free, one has it.
pub async fn a_case_that_two_take_at_once_has_one_holder(store: StoreUnderTest) {
    let world = world(&store).await;
    let case = world.declined(given::booking(&store, 7001).await).await.token.case;
    let seen = store.reports().case(case).await.unwrap().unwrap();
    let taken = |name| decisions::take(seen.clone(), name, false).unwrap().change.unwrap();
    let (anna, ben) = (taken("anna"), taken("ben"));
    assert_eq!(store.commit(&anna).await.unwrap(), Commit::Applied);
    assert_eq!(store.commit(&ben).await.unwrap(), Commit::Lost(Guard::Token));
    assert_eq!(holder(&store, case).await.as_deref(), Some("anna"));
}
