//! Dates: kept from elsewhere, shown until they end, withdrawn for good.

use chrono::TimeDelta;

use crate::change::{Change, Commit, DateWrite};
use crate::confirmation::ConfirmationState;
use crate::policy::Alternatives;
use crate::ports::store::{CaseKey, ConfirmationKey, TokenKey};
use crate::testing::contract::StoreUnderTest;
use crate::testing::contract::given::{self, apply};
use crate::testing::samples;
use crate::value::booking::{Booking, Course, Partner, Venue};
use crate::value::course_date::CourseDate;
use crate::value::ids::{CourseDateId, CourseId, PartnerId};
use crate::value::text::FreeText;

async fn withdraw(store: &StoreUnderTest, date: CourseDateId, reason: &str) {
    let write = DateWrite::Withdraw { date, reason: FreeText::line(reason, 100) };
    apply(store, &Change::at(given::now(store).await).date(write)).await;
}

/// New times, price and capacity are taken over; places that were sold here stay sold.
pub async fn a_date_that_is_kept_again_keeps_its_taken_places(store: StoreUnderTest) {
    let date = given::date(&store, 1, 5).await;
    let take = DateWrite::Take { date: date.id(), places: 2 };
    apply(&store, &Change::at(given::now(&store).await).date(take)).await;
    let slot = samples::slot(1, date.slot.starts_at + TimeDelta::hours(1));
    let changed = CourseDate {
        slot,
        unit_price: samples::euros(9900),
        capacity: 20,
        taken: 0,
        ..date.clone()
    };
    store.upsert_dates(std::slice::from_ref(&changed)).await.unwrap();
    let kept = store.date(date.id()).await.unwrap().unwrap().value.date;
    assert_eq!(kept, CourseDate { taken: date.taken + 2, ..changed });
}

/// Elsewhere somebody may sell fewer places than are sold here: then none is free, and none of the
/// sold ones is lost.
pub async fn a_capacity_below_what_is_taken_frees_nothing(store: StoreUnderTest) {
    let date = given::date(&store, 1, 5).await;
    let shrunk = CourseDate { capacity: date.taken - 1, ..date.clone() };
    store.upsert_dates(&[shrunk]).await.unwrap();
    let kept = store.date(date.id()).await.unwrap().unwrap().value.date;
    assert_eq!((kept.taken, kept.free()), (date.taken, 0));
}

/// Also when it comes from elsewhere once more.
pub async fn a_withdrawn_date_stays_withdrawn(store: StoreUnderTest) {
    let date = given::date(&store, 1, 5).await;
    withdraw(&store, date.id(), "Wasserschaden").await;
    store.upsert_dates(std::slice::from_ref(&date)).await.unwrap();
    let file = store.date(date.id()).await.unwrap().unwrap().value;
    assert!(file.date.withdrawn);
    assert_eq!(file.withdrawal.expose(), "Wasserschaden");
}

/// Places go back to the date that they were taken from, and never below nothing taken; an unknown
/// date is none of its business.
pub async fn places_that_are_given_back_are_free_again(store: StoreUnderTest) {
    let date = given::date(&store, 1, 5).await;
    let now = given::now(&store).await;
    let give_back = |date, places| Change::at(now).date(DateWrite::GiveBack { date, places });
    apply(&store, &give_back(date.id(), 3)).await;
    assert_eq!(given::taken(&store, 1).await, date.taken - 3);
    apply(&store, &give_back(date.id(), 1_000)).await;
    assert_eq!(given::taken(&store, 1).await, 0);
    apply(&store, &give_back(CourseDateId::new(4_711), 3)).await;
    assert!(store.date(CourseDateId::new(4_711)).await.unwrap().is_none());
}

/// What is left to give, full or withdrawn, is shown; what has ended and what belongs to another
/// course is not.
pub async fn dates_of_a_course_are_shown_until_they_end(store: StoreUnderTest) {
    let now = given::now(&store).await;
    let starting = |id, start: TimeDelta, free| samples::course_date(id, now + start, free);
    let running = starting(1, TimeDelta::hours(-2), 5);
    let ended = starting(2, TimeDelta::hours(-4), 5);
    let full = starting(3, TimeDelta::days(9), 0);
    let other = CourseDate {
        course: Course::new(CourseId::new(41), "RAMEN", "Ramen-Kurs"),
        ..starting(4, TimeDelta::days(9), 5)
    };
    let unclaimed = CourseDate { partner: None, ..starting(5, TimeDelta::days(9), 5) };
    let withdrawn = starting(6, TimeDelta::days(9), 5);
    let given = [running, ended, full, other.clone(), unclaimed, withdrawn];
    store.upsert_dates(&given).await.unwrap();
    withdraw(&store, CourseDateId::new(6), "Wasserschaden").await;
    let shown = |mut dates: Vec<CourseDate>| {
        dates.sort_by_key(CourseDate::id);
        dates
    };
    let [running, _, full, _, unclaimed, withdrawn] = given;
    let withdrawn = CourseDate { withdrawn: true, ..withdrawn };
    let expected = vec![running, full, unclaimed, withdrawn];
    assert_eq!(shown(store.dates(samples::course().id).await.unwrap().value), expected);
    assert_eq!(shown(store.dates(other.course.id).await.unwrap().value), vec![other.clone()]);
    assert_eq!(store.dates(CourseId::new(4_711)).await.unwrap().value, []);

    let token = given::issued(&store, 7001).await;
    let seen = store
        .open(&TokenKey::Link(token.link().digest.clone()), &Alternatives::new())
        .await
        .unwrap()
        .unwrap()
        .value;
    assert_eq!(shown(seen.dates), expected);
    let stand_ins = Alternatives::from([(samples::course().id, vec![other.course.id])]);
    let seen = store
        .open(&TokenKey::Link(token.link().digest.clone()), &stand_ins)
        .await
        .unwrap()
        .unwrap()
        .value;
    assert!(seen.dates.contains(&other), "courses that stand in are shown too");
    assert_eq!(seen.dates.len(), 5);
    let none = Alternatives::new();
    for (date, alternatives, is_shown) in [
        (3, &none, true),
        (6, &none, true),
        (2, &none, false),
        (4, &none, false),
        (4, &stand_ins, true),
    ] {
        let (link, date) = (&token.link().digest, CourseDateId::new(date));
        let seen = store.open_for_choice(link, date, alternatives).await.unwrap().unwrap().value;
        assert_eq!(seen.token, token);
        let found = seen.dates.iter().any(|found| found.id() == date);
        assert_eq!(found, is_shown, "a choice of {date:?} meets what is shown");
    }
}

/// Who wants to withdraw a date is shown who has live requests on it.
pub async fn a_date_names_the_partners_with_live_requests(store: StoreUnderTest) {
    let slot = given::date(&store, 1, 5).await.slot;
    let other = Partner { id: PartnerId::new(6), ..samples::partner() };
    for (item, partner) in [(7001, samples::partner()), (7002, samples::partner()), (7003, other)] {
        let booking = Booking { slot, partner, ..samples::booking_of(item) };
        store.open_confirmation(&booking).await.unwrap();
    }
    let mut file = store.date(slot.id).await.unwrap().unwrap().value;
    file.partners.sort_unstable();
    assert_eq!(file.partners, [samples::partner().id, PartnerId::new(6)]);
    assert!(file.withdrawal.is_empty() && !file.date.withdrawn);
}

/// With why, so that the mails can say it. A request that is closed is not shown.
pub async fn live_requests_on_withdrawn_dates_are_found(store: StoreUnderTest) {
    let (first, second) = (given::date(&store, 1, 5).await, given::date(&store, 2, 5).await);
    let mut requests = Vec::new();
    for (item, date) in [(7001, &first), (7002, &first), (7003, &second)] {
        let booking = Booking { slot: date.slot, ..samples::booking_of(item) };
        requests.push(store.open_confirmation(&booking).await.unwrap());
    }
    assert_eq!(store.live_confirmations(None, 10).await.unwrap().value, []);
    withdraw(&store, first.id(), "Wasserschaden").await;
    let mut live = store.live_confirmations(None, 10).await.unwrap().value;
    live.sort_by_key(|live| live.id);
    let found: Vec<_> =
        live.iter().map(|live| (live.id, live.partner, live.withdrawal.expose())).collect();
    let partner = samples::partner().id;
    assert_eq!(
        found,
        [(requests[0], partner, "Wasserschaden"), (requests[1], partner, "Wasserschaden")]
    );
    assert_eq!(store.live_confirmations(None, 1).await.unwrap().value.len(), 1);
    let on_second = store.live_confirmations(Some(second.id()), 10).await.unwrap().value;
    assert_eq!(on_second.iter().map(|live| live.id).collect::<Vec<_>>(), [requests[2]]);
    let booking = Booking { slot: first.slot, ..samples::booking_of(7001) };
    let close = Change::at(given::now(&store).await).close(
        requests[0],
        ConfirmationState::Declined,
        FreeText::default(),
        &booking,
    );
    apply(&store, &close).await;
    let left = store.live_confirmations(Some(first.id()), 10).await.unwrap().value;
    assert_eq!(left.iter().map(|live| live.id).collect::<Vec<_>>(), [requests[1]]);
}

/// As far as it is known: page, mail and calendar show it.
pub async fn the_place_of_a_date_and_of_a_booking_is_kept(store: impl Into<StoreUnderTest>) {
    let store = store.into();
    let now = given::now(&store).await;
    let dates = [("Evas Küche", "Kochstraße 5"), ("", "Kochstraße 5"), ("", "")];
    let dates: Vec<CourseDate> = (1..)
        .zip(dates)
        .map(|(id, (name, address))| {
            let date = samples::course_date(id, now + TimeDelta::days(7 * id), 5);
            CourseDate { course: date.course.at(Venue::new(name, address)), ..date }
        })
        .collect();
    store.upsert_dates(&dates).await.unwrap();
    for date in &dates {
        let kept = store.date(date.id()).await.unwrap().unwrap().value.date;
        assert_eq!(kept.course, date.course);
    }
    let course = samples::course().at(Venue::new("Evas Küche", "Kochstraße 5"));
    let booking = Booking { course, ..samples::booking() };
    let request = store.open_confirmation(&booking).await.unwrap();
    let key = CaseKey::Confirmation(ConfirmationKey::Id(request));
    let asked = store.find(&key).await.unwrap().value.confirmation.unwrap();
    assert_eq!(asked.booking.course, booking.course);
    let token = samples::token(booking.clone(), now);
    assert_eq!(store.commit(&Change::at(now).issue(token.clone())).await.unwrap(), Commit::Applied);
    let kept = store.find(&CaseKey::Id(token.id().case)).await.unwrap().value.into_newest();
    assert_eq!(kept.unwrap().booking().course, booking.course);
}
