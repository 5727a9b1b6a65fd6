//! What time alone brings about is found when it is due, not earlier, and not again.

use chrono::{DateTime, TimeDelta, Utc};

use crate::change::Change;
use crate::ports::store::SweepReason;
use crate::testing::contract::StoreUnderTest;
use crate::testing::contract::given::{self, apply};
use crate::token::{CancelReason, RebookingToken, TokenParts};
use crate::value::text::FreeText;
use crate::wish::{Wish, WishKind};

const DAY: TimeDelta = TimeDelta::days(1);

async fn due(store: &StoreUnderTest, reason: SweepReason) -> Vec<i64> {
    let found = store.due(reason, None, 100).await.unwrap();
    let mut cases: Vec<i64> = found.iter().map(|token| token.case.value()).collect();
    cases.sort_unstable();
    cases
}

async fn valid(
    store: &StoreUnderTest,
    item: i64,
    issued: TimeDelta,
    expires: TimeDelta,
) -> RebookingToken {
    let fresh = given::fresh(store, item).await;
    let now = fresh.issued_at();
    RebookingToken::restore(TokenParts {
        issued_at: now + issued,
        expires_at: now + expires,
        ..fresh.into_parts()
    })
}

/// A link whose customer wishes for something.
pub(in crate::testing::contract) fn waiting(
    token: RebookingToken,
    kind: WishKind,
    answered_at: Option<DateTime<Utc>>,
) -> RebookingToken {
    let wish = Wish {
        kind,
        text: FreeText::default(),
        weekdays: Vec::new(),
        months: Vec::new(),
        known: Vec::new(),
        at: token.issued_at(),
        answered_at,
    };
    RebookingToken::restore(TokenParts { wishes: vec![wish], ..token.into_parts() })
}

/// From the instant of the expiry on, until it is written down; what was used or taken away does
/// not expire.
pub async fn expired_links_are_found_until_that_is_noted(store: StoreUnderTest) {
    let expired = given::issue(&store, valid(&store, 7001, -DAY, TimeDelta::zero()).await).await;
    given::issue(&store, valid(&store, 7002, -DAY, DAY).await).await;
    let cancelled = valid(&store, 7003, -DAY * 2, -DAY).await;
    let at = cancelled.issued_at();
    given::issue(&store, cancelled.cancel(CancelReason::Support, at).unwrap()).await;
    assert_eq!(due(&store, SweepReason::Expired).await, [7001]);
    let noted = expired.clone().expiry_noted(expired.expires_at());
    apply(&store, &Change::at(expired.expires_at()).update(noted)).await;
    assert_eq!(due(&store, SweepReason::Expired).await, Vec::<i64>::new());
}

/// Not before it is soon, not after it is too late, and not for a link that came with so little
/// time.
pub async fn links_that_expire_soon_are_found_until_that_is_noted(store: StoreUnderTest) {
    let soon = SweepReason::Reminder(DAY * 7);
    let token = given::issue(&store, valid(&store, 7001, -DAY * 25, DAY * 5).await).await;
    given::issue(&store, valid(&store, 7002, -DAY * 20, DAY * 10).await).await;
    given::issue(&store, valid(&store, 7003, -DAY, DAY * 5).await).await;
    given::issue(&store, valid(&store, 7004, -DAY * 31, -DAY).await).await;
    assert_eq!(due(&store, soon).await, [7001]);
    let noted = token.clone().reminded(token.issued_at());
    apply(&store, &Change::at(token.issued_at()).update(noted)).await;
    assert_eq!(due(&store, soon).await, Vec::<i64>::new());
}

/// The newest of its case, not used or taken away, also when it has expired.
pub async fn customers_who_wait_for_new_dates_are_found(store: StoreUnderTest) {
    let now = given::now(&store).await;
    let fresh = |item| given::fresh(&store, item);
    given::issue(&store, waiting(fresh(7001).await, WishKind::NewDates, None)).await;
    given::issue(
        &store,
        waiting(valid(&store, 7002, -DAY * 9, -DAY).await, WishKind::NewDates, None),
    )
    .await;
    given::issue(&store, waiting(fresh(7003).await, WishKind::NewDates, Some(now))).await;
    given::issue(&store, waiting(fresh(7004).await, WishKind::MoneyBack, None)).await;
    given::issue(&store, fresh(7005).await).await;
    let gone = waiting(fresh(7006).await, WishKind::NewDates, None)
        .cancel(CancelReason::Support, now)
        .unwrap();
    given::issue(&store, gone).await;
    let replaced = waiting(fresh(7007).await, WishKind::NewDates, None);
    let next = RebookingToken::restore(TokenParts {
        id: replaced.id().next(),
        link: fresh(7107).await.link().clone(),
        wishes: Vec::new(),
        ..replaced.clone().into_parts()
    });
    given::issue(&store, replaced).await;
    given::issue(&store, next).await;
    assert_eq!(due(&store, SweepReason::Waiting).await, [7001, 7002]);
}

/// Each page begins after the one before, so that a sweep ends though nobody is answered.
pub async fn a_sweep_pages_through_who_waits(store: StoreUnderTest) {
    for item in 7001..=7005 {
        given::issue(&store, waiting(given::fresh(&store, item).await, WishKind::NewDates, None))
            .await;
    }
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let page = store.due(SweepReason::Waiting, after, 2).await.unwrap();
        let Some(last) = page.last() else { break };
        after = Some(*last);
        assert!(page.len() <= 2);
        found.extend(page.into_iter().map(|token| token.case.value()));
        assert!(found.len() <= 5, "the pages do not overlap");
    }
    found.sort_unstable();
    assert_eq!(found, [7001, 7002, 7003, 7004, 7005]);
}

/// The newest of its case, when its end is long enough ago.
pub async fn cases_that_ended_long_ago_are_found_until_they_are_forgotten(store: StoreUnderTest) {
    let purge = SweepReason::Purge(DAY * 90);
    let old = given::issue(&store, valid(&store, 7001, -DAY * 121, -DAY * 91).await).await;
    given::issue(&store, valid(&store, 7002, -DAY * 119, -DAY * 89).await).await;
    given::issue(&store, given::fresh(&store, 7003).await).await;
    let cancelled = given::fresh(&store, 7004).await;
    let long_ago = cancelled.issued_at() - DAY * 91;
    given::issue(&store, cancelled.cancel(CancelReason::Support, long_ago).unwrap()).await;
    let before = valid(&store, 7005, -DAY * 200, -DAY * 100).await;
    let next = RebookingToken::restore(TokenParts {
        id: before.id().next(),
        ..given::fresh(&store, 7105).await.into_parts()
    });
    let next = RebookingToken::restore(TokenParts {
        booking: before.booking().clone(),
        ..next.into_parts()
    });
    given::issue(&store, before).await;
    given::issue(&store, next).await;
    assert_eq!(due(&store, purge).await, [7001, 7004]);
    let now = given::now(&store).await;
    let mut change = Change::at(now).update(old.clone().forgotten(now));
    change.forget = Some(old.id().case);
    apply(&store, &change).await;
    assert_eq!(due(&store, purge).await, [7004]);
}
