//! What the feature earns, column by column.

use chrono::{DateTime, Datelike as _, TimeDelta, Utc};

use crate::audit::{Actor, AuditEvent};
use crate::change::Change;
use crate::eligibility::PriceAdjustment;
use crate::ports::reports::Earnings;
use crate::rebooking::RebookingState;
use crate::testing::contract::StoreUnderTest;
use crate::testing::contract::given;
use crate::testing::samples;
use crate::token::{CancelReason, RebookingToken, TokenParts, TokenState};
use crate::value::booking::{Booking, Course, Partner};
use crate::value::course_date::CourseDate;
use crate::value::ids::{CourseId, PartnerId};
use crate::value::money::{Currency, Money};

pub(super) fn nothing(began: DateTime<Utc>) -> Earnings {
    let (partner, course) = (samples::partner().id, samples::course());
    let month = (began.year(), began.month());
    Earnings::nothing(partner, (course.id, course.name), month, Currency::EUR)
}

/// A link whose customer chose date 1, and whose rebooking has come so far since.
async fn rebooked(
    store: &StoreUnderTest,
    token: RebookingToken,
    state: RebookingState,
) -> RebookingToken {
    given::date(store, 1, 50).await;
    let token = given::issue(store, token).await;
    given::apply(store, &given::choice(store, &token, 1).await).await;
    come_to(store, &token, state).await
}

async fn come_to(
    store: &StoreUnderTest,
    token: &RebookingToken,
    state: RebookingState,
) -> RebookingToken {
    let mut parts = given::reread(store, token).await.into_parts();
    let TokenState::Used(rebooking) = &mut parts.state else { panic!("it was used") };
    rebooking.state = state;
    given::update(store, RebookingToken::restore(parts)).await
}

pub(super) async fn earnings(
    store: &StoreUnderTest,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Vec<Earnings> {
    store.reports().earnings(from, until).await.unwrap().value
}

/// A case counts once in each column that it reached, with whichever of its links.
pub async fn a_case_counts_in_every_column_that_it_reached(store: StoreUnderTest) {
    let confirmed = given::fresh(&store, 7001).await;
    let now = confirmed.issued_at();
    let confirmed = confirmed.mailed(now);
    rebooked(&store, confirmed.clone(), RebookingState::Confirmed).await;
    let visit = Change::at(now).audit(confirmed.id(), &Actor::Customer, AuditEvent::PageOpened);
    given::apply(&store, &visit).await;

    let declined_again = given::fresh(&store, 7002).await.mailed(now);
    rebooked(&store, declined_again.clone(), RebookingState::DeclinedAgain).await;
    let link = given::fresh(&store, 7102).await.link().clone();
    let second = RebookingToken::restore(TokenParts {
        id: declined_again.id().next(),
        link,
        ..declined_again.into_parts()
    });
    given::issue(&store, second.mailed(now)).await;

    let refunded = given::fresh(&store, 7003).await.cancel(CancelReason::Refunded, now).unwrap();
    given::issue(&store, refunded).await;
    let off = RebookingState::Cancelled(CancelReason::Refunded);
    let mut gone = given::fresh(&store, 7004).await.into_parts();
    gone.milestones.refunded_at = Some(now);
    let gone = RebookingToken::restore(gone);
    rebooked(&store, gone, off).await;
    let called_off = given::fresh(&store, 7005).await.cancel(CancelReason::Support, now).unwrap();
    given::issue(&store, called_off).await;
    let expired = RebookingToken::restore(TokenParts {
        expires_at: now - TimeDelta::seconds(1),
        ..given::fresh(&store, 7006).await.into_parts()
    });
    given::issue(&store, expired).await;

    let expected = Earnings {
        declined: 6,
        mailed: 3,
        opened: 3,
        rebooked: 3,
        confirmed: 1,
        refunded: 2,
        expired: 1,
        kept: confirmed.booking().paid,
        refunds: confirmed.booking().paid.times(2),
        to_choice: vec![0, 0, 0],
        to_confirmation: vec![0],
        ..nothing(now)
    };
    assert_eq!(earnings(&store, now, now + TimeDelta::minutes(1)).await, [expected]);
}

/// What is kept is the sum that was paid, less what a cheaper date gave back: 250.00 and 235.00 for
/// three places, and nothing of a gift.
pub async fn a_discounted_booking_earns_the_sum_that_was_paid(store: StoreUnderTest) {
    let now = given::now(&store).await;
    for (item, paid) in [(7001, 25_000), (7002, 0)] {
        let token = given::discounted(&store, item, paid).await;
        rebooked(&store, token, RebookingState::Confirmed).await;
    }
    let starts_at = now + TimeDelta::days(7);
    let unit_price = samples::euros(8_400);
    let cheaper = CourseDate { unit_price, ..samples::course_date(1, starts_at, 50) };
    let token = given::issue(&store, given::discounted(&store, 7003, 25_000).await).await;
    store.upsert_dates(&[cheaper]).await.unwrap();
    given::apply(&store, &given::choice(&store, &token, 1).await).await;
    come_to(&store, &token, RebookingState::Confirmed).await;
    let expected = Earnings {
        declined: 3,
        mailed: 3,
        opened: 3,
        rebooked: 3,
        confirmed: 3,
        kept: samples::euros(25_000 + 23_500),
        given_back: samples::euros(1_500),
        to_choice: vec![0, 0, 0],
        to_confirmation: vec![0, 0, 0],
        ..nothing(now)
    };
    assert_eq!(earnings(&store, now, now + TimeDelta::minutes(1)).await, [expected]);
}

/// By partner, month of the beginning and currency, in that order; the span's end is excluded.
pub async fn earnings_are_told_apart_by_partner_month_and_currency(store: StoreUnderTest) {
    let now = given::now(&store).await;
    // Both months have begun before this one.
    let (earlier, later): (DateTime<Utc>, DateTime<Utc>) =
        ("2025-01-31T23:59:59Z".parse().unwrap(), "2025-02-01T00:00:00Z".parse().unwrap());
    let pounds = Currency::parse("GBP").unwrap();
    let partner = Partner { id: PartnerId::new(6), ..samples::partner() };
    let euro_booking = given::fresh(&store, 7001).await;
    let priced = |token: RebookingToken, unit_price| {
        let booking = Booking { unit_price, ..token.booking().clone() }.at_list_price();
        RebookingToken::restore(TokenParts { booking, ..token.into_parts() })
    };
    given::issue(
        &store,
        RebookingToken::restore(TokenParts { issued_at: later, ..euro_booking.into_parts() }),
    )
    .await;
    let pound_booking =
        priced(given::fresh(&store, 7002).await, Money::new(7_500, pounds).unwrap());
    given::issue(
        &store,
        RebookingToken::restore(TokenParts { issued_at: later, ..pound_booking.into_parts() }),
    )
    .await;
    given::issue(
        &store,
        RebookingToken::restore(TokenParts {
            issued_at: earlier,
            ..given::fresh(&store, 7003).await.into_parts()
        }),
    )
    .await;
    let theirs = given::fresh(&store, 7004).await;
    let booking = Booking { partner: partner.clone(), ..theirs.booking().clone() };
    given::issue(
        &store,
        RebookingToken::restore(TokenParts { issued_at: earlier, booking, ..theirs.into_parts() }),
    )
    .await;
    given::issue(&store, given::fresh(&store, 7005).await).await;

    let in_pounds = |began| {
        let row = nothing(began);
        Earnings::nothing(row.partner, (row.course, row.course_name), row.month, pounds)
    };
    let one = |row: Earnings| Earnings { declined: 1, ..row };
    let expected = [
        one(nothing(earlier)),
        one(nothing(later)),
        one(in_pounds(later)),
        one(Earnings { partner: partner.id, ..nothing(earlier) }),
    ];
    let rows = earnings(&store, earlier, now).await;
    assert_eq!(
        rows.iter().filter(|row| row.month.0 == 2025).cloned().collect::<Vec<_>>(),
        expected
    );
    assert_eq!(earnings(&store, earlier, later).await.len(), 2, "the end of the span is excluded");
    assert_eq!(earnings(&store, later, now).await.len(), 2);
}

/// The month is that of the first link, however late the next ones came.
pub async fn a_case_counts_in_the_month_in_which_it_began(store: StoreUnderTest) {
    let token = given::fresh(&store, 7001).await;
    let began: DateTime<Utc> = "2025-01-10T12:00:00Z".parse().unwrap();
    let first =
        RebookingToken::restore(TokenParts { issued_at: began, ..token.clone().into_parts() });
    let chosen = rebooked(&store, first, RebookingState::Rejected).await;
    let waited = chosen.rebooking().unwrap().at - began;
    let link = given::fresh(&store, 7002).await.link().clone();
    given::issue(
        &store,
        RebookingToken::restore(TokenParts {
            id: token.id().next(),
            link,
            ..token.clone().into_parts()
        }),
    )
    .await;
    let month = began + TimeDelta::days(20);
    let expected = Earnings {
        declined: 1,
        mailed: 1,
        opened: 1,
        rebooked: 1,
        to_choice: vec![waited.num_minutes().unsigned_abs()],
        ..nothing(began)
    };
    assert_eq!(earnings(&store, began, month).await, [expected]);
    assert_eq!(earnings(&store, month, token.issued_at() + TimeDelta::days(1)).await, []);
}

/// A funnel is never wider below than above, whichever steps were noted: a date that support chose,
/// or a program, was seen by nobody, and counts as opened and as mailed all the same.
pub async fn a_funnel_is_never_wider_below_than_above(store: StoreUnderTest) {
    let now = given::now(&store).await;
    for (item, mailed, opened, state) in [
        (7001, false, false, Some(RebookingState::Confirmed)),
        (7002, true, false, Some(RebookingState::Confirmed)),
        (7003, false, true, None),
        (7004, false, true, Some(RebookingState::AwaitingPartner)),
        (7005, true, true, None),
        (7006, false, false, None),
    ] {
        let token = given::fresh(&store, item).await;
        let token = if mailed { token.mailed(now) } else { token };
        match state {
            Some(state) => rebooked(&store, token.clone(), state).await,
            None => given::issue(&store, token.clone()).await,
        };
        if opened {
            let visit = Change::at(now).audit(token.id(), &Actor::Customer, AuditEvent::PageOpened);
            given::apply(&store, &visit).await;
        }
    }
    let rows = earnings(&store, now, now + TimeDelta::minutes(1)).await;
    assert_eq!(rows.iter().map(Earnings::funnel).collect::<Vec<_>>(), [[6, 5, 5, 3, 2]]);
}

/// By course as well: what is borne for dearer dates, given back for cheaper ones and paid for by
/// customers is told apart, each by the course that was booked.
pub async fn each_course_has_a_row_with_what_its_prices_did(store: StoreUnderTest) {
    let now = given::now(&store).await;
    let other = Course { name: "Pasta".to_owned(), id: CourseId::new(41), ..samples::course() };
    let by = samples::euros(2_000);
    let starts_at = now + TimeDelta::days(7);
    for (date, course) in [(1, samples::course()), (2, other.clone())] {
        let date = CourseDate { course, ..samples::course_date(date, starts_at, 50) };
        store.upsert_dates(&[date]).await.unwrap();
    }
    for (item, course, date, consequence) in [
        (7001, samples::course(), 1, PriceAdjustment::Absorbed(by)),
        (7002, samples::course(), 1, PriceAdjustment::Refund(by)),
        (7003, other.clone(), 2, PriceAdjustment::ToPay(by)),
    ] {
        let parts = given::fresh(&store, item).await.into_parts();
        let booking = Booking { course, ..parts.booking.clone() };
        let token = RebookingToken::restore(TokenParts { booking, ..parts });
        let token = given::issue(&store, token).await;
        given::apply(&store, &given::choice(&store, &token, date).await).await;
        let token = come_to(&store, &token, RebookingState::Confirmed).await;
        let mut parts = token.into_parts();
        let TokenState::Used(rebooking) = &mut parts.state else { panic!("it was used") };
        rebooking.consequence = consequence;
        given::update(&store, RebookingToken::restore(parts)).await;
    }
    let rows = earnings(&store, now, now + TimeDelta::minutes(1)).await;
    let sums = |row: &Earnings| (row.course, row.absorbed, row.given_back, row.paid_more);
    let zero = samples::euros(0);
    assert_eq!(
        rows.iter().map(sums).collect::<Vec<_>>(),
        [(samples::course().id, by, by, zero), (other.id, zero, zero, by)]
    );
    assert_eq!(rows[1].course_name, "Pasta");
}
