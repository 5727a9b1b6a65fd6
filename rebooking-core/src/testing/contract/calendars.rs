//! The contract of [`PartnerCalendars`]: each case gets a fresh, empty store with it.

use chrono::{DateTime, TimeDelta, Utc};

use super::StoreUnderTest;
use super::given;
use super::store::{request, world};
use crate::confirmation::Confirmation;
use crate::link::{LinkDigest, LinkNonce, LinkPurpose};
use crate::ports::PartnerCalendars;
use crate::ports::store::ConfirmationKey;
use crate::service::Decline;
use crate::testing::samples;
use crate::value::booking::{Booking, Partner};
use crate::value::ids::{CaseId, ConfirmationId, PartnerId};

/// Tests that an adapter keeps partners' calendars, one test a case: of a
/// [`StoreUnderTest::with_calendars`](crate::testing::contract::StoreUnderTest::with_calendars).
#[macro_export]
macro_rules! calendars_contract {
    ($(#[$attribute:meta])* ($($argument:tt)*) => $store:expr) => {
        $crate::contract_cases! { calendars [$(#[$attribute])*] ($($argument)*)
            [$crate::testing::contract::StoreUnderTest::from($store)]
            an_address_leads_to_its_partner_and_to_nobody_else
            a_new_address_takes_the_place_of_the_old_one
            an_address_that_is_taken_away_leads_nowhere
            a_calendar_has_what_its_partner_has_confirmed_by_time
            a_calendar_leaves_out_what_is_over_and_what_is_too_much
            a_case_that_is_forgotten_is_in_no_calendar
            a_calendar_knows_what_was_confirmed_and_called_off
        }
    };
}

const OURS: PartnerId = PartnerId::new(5);
const THEIRS: PartnerId = PartnerId::new(6);

fn link(nonce: u8) -> LinkDigest {
    samples::link_keys().stamp(LinkPurpose::Calendar, LinkNonce([nonce; 16])).unwrap().digest
}

fn calendars(store: &StoreUnderTest) -> &dyn PartnerCalendars {
    store.calendars.as_deref().unwrap()
}

async fn owner(store: &StoreUnderTest, link: &LinkDigest) -> Option<PartnerId> {
    calendars(store).calendar_owner(link).await.unwrap()
}

async fn since(store: &StoreUnderTest, partner: PartnerId) -> Option<DateTime<Utc>> {
    calendars(store).calendar_since(partner).await.unwrap()
}

/// The booking of an item that ends in so many days, confirmed by its partner.
async fn confirmed(
    store: &StoreUnderTest,
    item: i64,
    days: i64,
    partner: PartnerId,
) -> ConfirmationId {
    let booking = asked(store, item, days, partner).await;
    let id = store.open_confirmation(&booking).await.unwrap();
    world(store).await.rebookings.confirm_unchecked(&ConfirmationKey::Id(id)).await.unwrap();
    id
}

async fn asked(store: &StoreUnderTest, item: i64, days: i64, partner: PartnerId) -> Booking {
    let partner = Partner { id: partner, ..samples::partner() };
    let slot = samples::slot(90, given::now(store).await + TimeDelta::days(days));
    Booking { slot, partner, ..samples::booking_of(item) }
}

/// The items in a partner's calendar of the last ten days and of what is to come.
async fn items(store: &StoreUnderTest, partner: PartnerId, limit: u32) -> Vec<i64> {
    let since = given::now(store).await - TimeDelta::days(10);
    let shown = calendars(store).calendar_bookings(partner, since, limit).await.unwrap();
    shown.iter().map(|request| request.booking.item.value()).collect()
}

/// What is put twice is there once, since when it was first put.
pub async fn an_address_leads_to_its_partner_and_to_nobody_else(store: StoreUnderTest) {
    assert_eq!((owner(&store, &link(1)).await, since(&store, OURS).await), (None, None));
    calendars(&store).put_calendar(OURS, &link(1)).await.unwrap();
    let put = since(&store, OURS).await;
    calendars(&store).put_calendar(OURS, &link(1)).await.unwrap();
    calendars(&store).put_calendar(THEIRS, &link(2)).await.unwrap();
    assert!(put.is_some());
    assert_eq!(since(&store, OURS).await, put);
    assert_eq!(owner(&store, &link(1)).await, Some(OURS));
    assert_eq!(owner(&store, &link(2)).await, Some(THEIRS));
    assert_eq!(owner(&store, &link(3)).await, None);
}

/// The old one leads nowhere from then on.
pub async fn a_new_address_takes_the_place_of_the_old_one(store: StoreUnderTest) {
    for nonce in [1, 2] {
        calendars(&store).put_calendar(OURS, &link(nonce)).await.unwrap();
    }
    assert_eq!(owner(&store, &link(1)).await, None);
    assert_eq!(owner(&store, &link(2)).await, Some(OURS));
}

/// Those of others stay.
pub async fn an_address_that_is_taken_away_leads_nowhere(store: StoreUnderTest) {
    calendars(&store).put_calendar(OURS, &link(1)).await.unwrap();
    calendars(&store).put_calendar(THEIRS, &link(2)).await.unwrap();
    for _ in 0..2 {
        calendars(&store).revoke_calendar(OURS).await.unwrap();
    }
    assert_eq!((owner(&store, &link(1)).await, since(&store, OURS).await), (None, None));
    assert_eq!(owner(&store, &link(2)).await, Some(THEIRS));
}

/// Not what waits for an answer, nor what another partner gives; it comes back as it is stored.
pub async fn a_calendar_has_what_its_partner_has_confirmed_by_time(store: StoreUnderTest) {
    for (item, days) in [(7001, 9), (7002, 3), (7003, 9)] {
        confirmed(&store, item, days, OURS).await;
    }
    confirmed(&store, 7004, 5, THEIRS).await;
    store.open_confirmation(&asked(&store, 7005, 5, OURS).await).await.unwrap();
    let declined = world(&store).await.declined(asked(&store, 7006, 5, OURS).await).await;
    assert_eq!(items(&store, OURS, 100).await, [7002, 7001, 7003], "declined: {declined:?}");
    assert_eq!(items(&store, THEIRS, 100).await, [7004]);
    let since = given::now(&store).await;
    for shown in calendars(&store).calendar_bookings(OURS, since, 100).await.unwrap() {
        assert_eq!(shown, given::request(&store, shown.id).await);
    }
}

/// What ends first stays.
pub async fn a_calendar_leaves_out_what_is_over_and_what_is_too_much(store: StoreUnderTest) {
    for (item, days) in [(7001, 20), (7002, 3), (7003, -9), (7004, -11)] {
        confirmed(&store, item, days, OURS).await;
    }
    assert_eq!(items(&store, OURS, 100).await, [7003, 7002, 7001]);
    assert_eq!(items(&store, OURS, 2).await, [7003, 7002]);
}

/// Though it was confirmed.
pub async fn a_case_that_is_forgotten_is_in_no_calendar(store: StoreUnderTest) {
    for item in [7001, 7002] {
        confirmed(&store, item, -5, OURS).await;
    }
    let support = world(&store).await;
    let support = support.rebookings.support("anna");
    support.forget(CaseId::new(7001), &request(false)).await.unwrap();
    assert_eq!(items(&store, OURS, 100).await, [7002]);
}

/// Not what was declined without having been confirmed, nor what stands, is over, is another
/// partner's, or is forgotten; a rebooking as well as a booking as it was sold.
pub async fn a_calendar_knows_what_was_confirmed_and_called_off(store: StoreUnderTest) {
    let world = world(&store).await;
    let first = confirmed(&store, 7001, 9, OURS).await;
    let second = confirmed(&store, 7002, 3, OURS).await;
    confirmed(&store, 7003, 12, OURS).await;
    let theirs = confirmed(&store, 7004, 5, THEIRS).await;
    for id in [first, second, theirs] {
        let key = ConfirmationKey::Id(id);
        world.rebookings.decline_unchecked(&key, &Decline::default()).await.unwrap();
    }
    world.declined(asked(&store, 7006, 5, OURS).await).await;
    let soon = given::now(&store).await + TimeDelta::days(1);
    let cancelled = calendars(&store).calendar_cancelled(OURS, soon, 100).await.unwrap();
    let items = |requests: &[Confirmation]| -> Vec<i64> {
        requests.iter().map(|request| request.booking.item.value()).collect()
    };
    assert_eq!(items(&cancelled), [7002, 7001]);
    let one = calendars(&store).calendar_cancelled(OURS, soon, 1).await.unwrap();
    assert_eq!(items(&one), [7002]);
    let later = given::now(&store).await + TimeDelta::days(5);
    let cancelled = calendars(&store).calendar_cancelled(OURS, later, 100).await.unwrap();
    assert_eq!(items(&cancelled), [7001]);
    let support = world.rebookings.support("anna");
    support.forget(CaseId::new(7001), &request(true)).await.unwrap();
    assert_eq!(calendars(&store).calendar_cancelled(OURS, later, 100).await.unwrap(), []);
}
