//! What partners and support read: theirs only, page by page, newest first.

use chrono::TimeDelta;

use crate::change::{Change, EffectWrite};
use crate::confirmation::ConfirmationState;
use crate::effect::{EffectKind, EffectStatus, Lane, MailKind, Outcome};
use crate::ports::reports::{CaseFilter, CaseStatus, PageRequest, PartnerStatus};
use crate::testing::contract::StoreUnderTest;
use crate::testing::contract::given::{self, apply, every_page};
use crate::testing::samples;
use crate::token::{CancelReason, RebookingToken, TokenParts};
use crate::value::booking::{Booking, Partner};
use crate::value::customer::Customer;
use crate::value::ids::PartnerId;
use crate::value::text::FreeText;

fn other_partner() -> Partner {
    Partner {
        id: PartnerId::new(6),
        email: samples::email("ofen@example.org"),
        ..samples::partner()
    }
}

/// One link for each item, each issued a minute after the one before.
async fn issued_in_turn(
    store: &StoreUnderTest,
    items: std::ops::RangeInclusive<i64>,
) -> Vec<RebookingToken> {
    let mut tokens = Vec::new();
    for (turn, item) in (0_i32..).zip(items) {
        let fresh = given::fresh(store, item).await;
        let issued_at = fresh.issued_at() + TimeDelta::minutes(1) * turn - TimeDelta::days(1);
        tokens.push(
            given::issue(
                store,
                RebookingToken::restore(TokenParts { issued_at, ..fresh.into_parts() }),
            )
            .await,
        );
    }
    tokens
}

pub(super) fn search(text: &str) -> CaseFilter {
    CaseFilter { search: FreeText::line(text, 100), ..CaseFilter::default() }
}

pub(super) async fn found(store: &StoreUnderTest, filter: &CaseFilter) -> Vec<i64> {
    let rows =
        every_page(async |page| store.reports().cases(filter, page).await.unwrap().value).await;
    rows.iter().map(|row| row.token.id().case.value()).collect()
}

/// Promise I10, for requests.
pub async fn a_partner_sees_only_their_own_requests(store: StoreUnderTest) {
    let theirs = store.open_confirmation(&given::booking(&store, 7001).await).await.unwrap();
    let booking = Booking { partner: other_partner(), ..given::booking(&store, 7002).await };
    let others = store.open_confirmation(&booking).await.unwrap();
    for (partner, expected) in [(samples::partner(), vec![theirs]), (other_partner(), vec![others])]
    {
        let rows =
            store.reports().confirmations(partner.id, None, PageRequest::default()).await.unwrap();
        assert_eq!(rows.rows.iter().map(|request| request.id).collect::<Vec<_>>(), expected);
        assert_eq!(rows.total, 1);
    }
    assert_eq!(
        store
            .reports()
            .confirmations(PartnerId::new(4_711), None, PageRequest::default())
            .await
            .unwrap()
            .total,
        0
    );
}

/// Before the shop has made the order there is nothing to confirm.
pub async fn a_request_that_waits_for_its_order_is_shown_to_nobody(store: StoreUnderTest) {
    given::date(&store, 1, 5).await;
    let token = given::issued(&store, 7001).await;
    apply(&store, &given::choice(&store, &token, 1).await).await;
    for kind in [None, Some(ConfirmationState::Waiting)] {
        let shown = store
            .reports()
            .confirmations(samples::partner().id, kind, PageRequest::default())
            .await
            .unwrap();
        assert_eq!((shown.total, shown.rows.len()), (0, 0));
    }
}

/// By where they stand, newest first.
pub async fn requests_are_filtered_and_paged(store: StoreUnderTest) {
    let partner = samples::partner().id;
    let mut ids = Vec::new();
    for item in 7001..=7009 {
        ids.push(store.open_confirmation(&given::booking(&store, item).await).await.unwrap());
    }
    let declined = ConfirmationState::Declined;
    let close = Change::at(given::now(&store).await).close(
        ids[0],
        declined,
        FreeText::default(),
        &given::booking(&store, 7001).await,
    );
    apply(&store, &close).await;
    let listed = async |kind| {
        let rows = every_page(async |page| {
            store.reports().confirmations(partner, kind, page).await.unwrap()
        })
        .await;
        rows.iter().map(|request| request.id).collect::<Vec<_>>()
    };
    let newest_first: Vec<_> = ids.iter().rev().copied().collect();
    assert_eq!(listed(None).await, newest_first);
    assert_eq!(listed(Some(declined)).await, [ids[0]]);
    assert_eq!(listed(Some(ConfirmationState::Pending)).await, newest_first[..8]);
}

/// Promise I10, for declined bookings and what came of them.
pub async fn a_partner_sees_only_their_own_rebookings(store: StoreUnderTest) {
    let theirs = given::issued(&store, 7001).await;
    let fresh = given::fresh(&store, 7002).await;
    let booking = Booking { partner: other_partner(), ..fresh.booking().clone() };
    let others =
        given::issue(&store, RebookingToken::restore(TokenParts { booking, ..fresh.into_parts() }))
            .await;
    for (partner, expected) in [(samples::partner(), theirs), (other_partner(), others)] {
        let rows = store
            .reports()
            .partner_rebookings(partner.id, None, PageRequest::default())
            .await
            .unwrap()
            .value;
        assert_eq!((rows.rows, rows.total), (vec![expected], 1));
    }
}

/// Newest first, on as many pages as it takes, and an empty one behind the last.
pub async fn rebookings_are_paged_newest_first(store: StoreUnderTest) {
    let tokens = issued_in_turn(&store, 7001..=7010).await;
    let partner = samples::partner().id;
    let rows = every_page(async |page| {
        store.reports().partner_rebookings(partner, None, page).await.unwrap().value
    })
    .await;
    assert!(rows.iter().eq(tokens.iter().rev()));
    let behind = store
        .reports()
        .partner_rebookings(partner, None, PageRequest::new(9, 7))
        .await
        .unwrap()
        .value;
    assert_eq!((behind.rows, behind.total), (vec![], 10));
    let (mut rows, mut after) = (Vec::new(), None);
    loop {
        let part =
            store.reports().partner_rebookings_after(partner, None, after, 3).await.unwrap().value;
        let Some(last) = part.last() else { break };
        after = Some(last.id());
        assert!(part.len() <= 3 && rows.len() < 10);
        rows.extend(part);
    }
    assert!(rows.iter().eq(tokens.iter().rev()), "part by part");
}

/// A link that another has replaced is not another decline.
pub async fn a_superseded_link_is_no_rebooking_of_its_own(store: StoreUnderTest) {
    let token = given::issued(&store, 7001).await;
    let next = RebookingToken::restore(TokenParts {
        id: token.id().next(),
        link: given::fresh(&store, 7002).await.link().clone(),
        ..token.clone().into_parts()
    });
    let old = token.clone().cancel(CancelReason::Superseded, token.issued_at()).unwrap();
    apply(&store, &Change::at(token.issued_at()).update(old).issue(next.clone())).await;
    let rows = store
        .reports()
        .partner_rebookings(samples::partner().id, None, PageRequest::default())
        .await
        .unwrap()
        .value;
    assert_eq!((rows.rows, rows.total), (vec![next], 1));
}

/// How far a case has come is a matter of the store's moment, too.
pub async fn lists_are_filtered_by_progress(store: StoreUnderTest) {
    given::date(&store, 1, 5).await;
    let open = given::issued(&store, 7001).await;
    let fresh = given::fresh(&store, 7002).await;
    let expired = RebookingToken::restore(TokenParts {
        expires_at: fresh.issued_at() - TimeDelta::hours(1),
        ..fresh.into_parts()
    });
    let expired = given::issue(&store, expired).await;
    let chosen = given::issued(&store, 7003).await;
    apply(&store, &given::choice(&store, &chosen, 1).await).await;
    let cancelled = given::fresh(&store, 7004).await;
    let cancelled = cancelled.clone().cancel(CancelReason::Support, cancelled.issued_at()).unwrap();
    let cancelled = given::issue(&store, cancelled).await;
    let cases = [
        (CaseStatus::Open, PartnerStatus::Open, Some(open)),
        (CaseStatus::Expired, PartnerStatus::Expired, Some(expired)),
        (CaseStatus::Rebooked, PartnerStatus::Rebooked, Some(chosen)),
        (CaseStatus::Cancelled, PartnerStatus::Cancelled, Some(cancelled)),
        (CaseStatus::Confirmed, PartnerStatus::Confirmed, None),
        (CaseStatus::Rejected, PartnerStatus::Rejected, None),
    ];
    for (progress, status, token) in cases {
        let expected: Vec<_> = token.iter().map(|token| token.id()).collect();
        let page = PageRequest::default();
        let theirs = store
            .reports()
            .partner_rebookings(samples::partner().id, Some(status), page)
            .await
            .unwrap()
            .value;
        assert_eq!(
            theirs.rows.iter().map(|token| token.id()).collect::<Vec<_>>(),
            expected,
            "{progress:?}"
        );
        let filter = CaseFilter { progress: Some(progress), ..CaseFilter::default() };
        let cases = store.reports().cases(&filter, page).await.unwrap().value;
        assert_eq!(
            cases.rows.iter().map(|row| row.token.id()).collect::<Vec<_>>(),
            expected,
            "{progress:?}"
        );
        assert_eq!((theirs.total, cases.total), (expected.len() as u64, expected.len() as u64));
    }
}

/// The newest token of each, newest first.
pub async fn cases_are_listed_once_each(store: StoreUnderTest) {
    let tokens = issued_in_turn(&store, 7001..=7009).await;
    let (first, link) = (&tokens[0], given::fresh(&store, 7100).await);
    let next = RebookingToken::restore(TokenParts {
        id: first.id().next(),
        link: link.link().clone(),
        issued_at: link.issued_at(),
        ..first.clone().into_parts()
    });
    given::issue(&store, next.clone()).await;
    let rows = every_page(async |page| {
        store.reports().cases(&CaseFilter::default(), page).await.unwrap().value
    })
    .await;
    let expected: Vec<_> =
        std::iter::once(&next).chain(tokens[1..].iter().rev()).cloned().collect();
    assert_eq!(rows.into_iter().map(|row| row.token).collect::<Vec<_>>(), expected);
}

/// By the beginning of an order number, the whole address whatever its case, or a part of the name.
pub async fn support_finds_a_case_by_what_people_say(store: StoreUnderTest) {
    given::issued(&store, 7001).await;
    let fresh = given::fresh(&store, 8002).await;
    let customer = Customer::new(
        "Jörg Weiß-Öztürk",
        samples::email("Joerg_100%@example.com"),
        fresh.booking().customer.language,
    );
    let booking = Booking { customer, ..fresh.booking().clone() };
    given::issue(&store, RebookingToken::restore(TokenParts { booking, ..fresh.into_parts() }))
        .await;
    for (text, expected) in [
        ("10000700", vec![7001]),
        ("100008002", vec![8002]),
        ("00008002", vec![]),
        ("erika@EXAMPLE.com", vec![7001]),
        ("erika@example", vec![]),
        ("Mustermann", vec![7001]),
        ("Weiß-Özt", vec![8002]),
        ("joerg_100%@example.com", vec![8002]),
        ("Joerg_100%@example.com.", vec![8002]),
        // What means something to a database means nothing to support.
        ("100%", vec![]),
        ("1_000", vec![]),
        ("' OR 1=1 --", vec![]),
    ] {
        assert_eq!(found(&store, &search(text)).await, expected, "{text}");
    }
    assert_eq!(found(&store, &CaseFilter::default()).await.len(), 2);
    // A name counts where nothing else fits.
    let fresh = given::fresh(&store, 9003).await;
    let customer = Customer::new(
        "Frau 100007001",
        samples::email("frau@example.com"),
        fresh.booking().customer.language,
    );
    given::issue(
        &store,
        RebookingToken::restore(TokenParts {
            booking: Booking { customer, ..fresh.booking().clone() },
            ..fresh.into_parts()
        }),
    )
    .await;
    assert_eq!(found(&store, &search("100007001")).await, [7001]);
    assert_eq!(found(&store, &search("u 100007001")).await, [9003]);
}

/// In one state or in any, newest first.
pub async fn effects_are_listed_by_state(store: StoreUnderTest) {
    let mail = EffectKind::Mail(MailKind::Declined);
    let mut ids = Vec::new();
    for item in 7001..=7009 {
        given::asked_for(&store, item, &[mail]).await;
    }
    for outcome in [Outcome::Done, Outcome::Dead { error: "no".into() }] {
        let claimed = given::claim_one(&store, Lane::Mail).await;
        let write = EffectWrite::Settle { lease: claimed.lease, outcome };
        apply(&store, &Change::at(claimed.now).note(write)).await;
        ids.push(claimed.effect.id);
    }
    ids.push(given::claim_one(&store, Lane::Mail).await.effect.id);
    let listed = async |state| {
        let rows =
            every_page(async |page| store.reports().effects(state, page).await.unwrap()).await;
        rows.iter().map(|effect| effect.id).collect::<Vec<_>>()
    };
    use EffectStatus::{Dead, Done, Leased, Skipped, Waiting};
    for (state, id) in [Done, Dead, Leased].into_iter().zip(&ids) {
        assert_eq!(listed(Some(state)).await, [*id], "{state:?}");
    }
    assert_eq!((listed(Some(Waiting)).await.len(), listed(Some(Skipped)).await.len()), (6, 0));
    let all = listed(None).await;
    assert!(all.is_sorted_by(|newer, older| newer > older) && all.len() == 9);
}
