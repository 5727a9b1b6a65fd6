//! For how long cases have needed something, and who has waited longest.

use chrono::TimeDelta;

use super::attention::{cancelled, failed, wishing};
use crate::audit::{Actor, AuditEvent};
use crate::change::Change;
use crate::ports::reports::{Attention, CaseFilter, CaseOrder, PageRequest};
use crate::testing::contract::StoreUnderTest;
use crate::testing::contract::given::{self, apply, every_page};
use crate::testing::contract::store::waiting;
use crate::token::RebookingToken;
use crate::wish::WishKind;

/// Whichever of its needs that is; a case without one waits for nobody of support.
pub async fn a_case_waits_since_the_first_of_its_needs(store: StoreUnderTest) {
    let since = async |item: i64| {
        let (filter, page) = (CaseFilter::default(), PageRequest::default());
        let rows = store.reports().cases(&filter, page).await.unwrap().value.rows;
        rows.into_iter().find(|row| row.token.id().case.value() == item).unwrap().waits_since
    };
    given::issued(&store, 7001).await;
    assert_eq!(since(7001).await, None);
    let (token, _) = failed(&store, given::issued(&store, 7002).await).await;
    let failed_at = since(7002).await.unwrap();
    assert!(failed_at >= token.issued_at());
    let earlier = token.issued_at() - TimeDelta::hours(2);
    let found = Change::at(earlier).audit(token.id(), &Actor::Customer, AuditEvent::NoDatesFound);
    apply(&store, &found).await;
    assert_eq!(since(7002).await, Some(earlier));
    let wish = wishing(&store, 7003, WishKind::Other).await;
    assert_eq!(since(7003).await, Some(wish.issued_at()));
    cancelled(&store, wish).await;
    assert_eq!(since(7003).await, None);
}

/// Whichever of its needs that is, whoever is newer; without a need a case comes last.
pub async fn cases_that_wait_longest_come_first(store: StoreUnderTest) {
    let listed = async |filter: CaseFilter| {
        let filter = CaseFilter { order: CaseOrder::LongestWaiting, ..filter };
        let rows =
            every_page(async |page| store.reports().cases(&filter, page).await.unwrap().value)
                .await;
        rows.into_iter().map(|row| row.token.id().case.value()).collect::<Vec<_>>()
    };
    let found = async |token: &RebookingToken, hours| {
        let at = token.issued_at() - TimeDelta::hours(hours);
        let found = Change::at(at).audit(token.id(), &Actor::Customer, AuditEvent::NoDatesFound);
        apply(&store, &found).await;
    };
    given::issued(&store, 7001).await;
    failed(&store, given::issued(&store, 7002).await).await;
    found(&given::issued(&store, 7003).await, 2).await;
    let mut wish = waiting(given::fresh(&store, 7004).await, WishKind::Other, None).into_parts();
    wish.wishes[0].at -= TimeDelta::hours(1);
    let wish = given::issue(&store, RebookingToken::restore(wish)).await;
    found(&wishing(&store, 7005, WishKind::Other).await, 3).await;
    given::issued(&store, 7006).await;
    assert_eq!(listed(CaseFilter::default()).await, [7005, 7003, 7004, 7002, 7006, 7001]);
    for (attention, cases) in
        [(Attention::Wish, vec![7005, 7004]), (Attention::NoDates, vec![7005, 7003])]
    {
        let filter = CaseFilter { attention: Some(attention), ..CaseFilter::default() };
        assert_eq!(listed(filter).await, cases, "{attention:?}");
    }
    cancelled(&store, wish).await;
    assert_eq!(
        listed(CaseFilter::default()).await,
        [7005, 7003, 7002, 7006, 7004, 7001],
        "who called off waits for nobody"
    );
}
