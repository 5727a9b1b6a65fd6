//! The contract of [`PersonalData`](crate::ports::PersonalData): each case gets a fresh, empty
//! store with all of its ports.

use super::StoreUnderTest;
use super::given;
use super::store::{assert_forgotten, in_the_way, long_ago, request, world};
use crate::error::{RebookError, Resource, StillOpen};
use crate::testing::samples;
use crate::value::booking::Booking;
use crate::value::customer::{Customer, EmailAddress, Language};
use crate::value::ids::CaseId;
use crate::value::text::FreeText;

/// Tests that a store keeps this contract, one test a case: of a
/// [`StoreUnderTest::with_personal`](crate::testing::contract::StoreUnderTest::with_personal).
#[macro_export]
macro_rules! personal_contract {
    ($(#[$attribute:meta])* ($($argument:tt)*) => $store:expr) => {
        $crate::contract_cases! { personal [$(#[$attribute])*] ($($argument)*)
            [$crate::testing::contract::StoreUnderTest::from($store)]
            every_case_of_a_person_is_found_and_forgotten
            all_that_is_in_the_way_of_forgetting_a_person_is_named
            a_record_has_all_that_is_kept_of_a_case
        }
    };
}

async fn booking_of(store: &StoreUnderTest, item: i64, address: &str) -> Booking {
    let customer = Customer::new("Erika Müller", samples::email(address), Language::GERMAN);
    Booking { customer, ..given::booking(store, item).await }
}

async fn cases_of(store: &StoreUnderTest, address: &EmailAddress) -> Vec<CaseId> {
    let (personal, mut found) = (store.personal.as_ref().unwrap(), Vec::new());
    loop {
        let part = personal.cases_of(address, found.last().copied(), 2).await.unwrap();
        assert!(part.len() <= 2);
        if part.is_empty() {
            return found;
        }
        found.extend(part);
    }
}

/// However the address is spelled, with bookings that are no case; others keep theirs.
pub async fn every_case_of_a_person_is_found_and_forgotten(store: StoreUnderTest) {
    let world = world(&store).await;
    let support = world.rebookings.support("anna");
    for (item, address) in [(7001, "erika@xn--mller-kva.example"), (7002, "Erika@MÜLLER.example")]
    {
        let booking = booking_of(&store, item, address).await;
        let case = world.declined(booking).await.token.case;
        support.cancel(case, &FreeText::line("Telefonat", 100)).await.unwrap();
    }
    // One that nobody has declined.
    let over = long_ago(booking_of(&store, 7003, "erika@mu\u{308}ller.example").await);
    let asked = store.open_confirmation(&over).await.unwrap();
    let other = world.declined(given::booking(&store, 7004).await).await.token;
    let address = samples::email("erika@müller.example");
    let all: Vec<_> = (7001..=7003).map(CaseId::new).collect();
    assert_eq!(cases_of(&store, &address).await, all);
    assert_eq!(support.records_of(&address).await.unwrap().len(), 3);
    assert_eq!(support.forget_person(&address, &request(false)).await.unwrap(), all);
    for case in all {
        assert_forgotten(&store, case).await;
    }
    assert!(given::request(&store, asked).await.booking.customer.email.is_forgotten());
    assert!(cases_of(&store, &address).await.is_empty());
    let again = support.forget_person(&address, &request(false)).await;
    assert!(matches!(again, Err(RebookError::NotFound(Resource::Person))), "{again:?}");
    let kept = world.token(other).await;
    assert_eq!(cases_of(&store, &kept.booking().customer.email).await, [other.case]);
}

/// Nothing is forgotten while one of them is.
pub async fn all_that_is_in_the_way_of_forgetting_a_person_is_named(store: StoreUnderTest) {
    let world = world(&store).await;
    let support = world.rebookings.support("anna");
    let over = world.declined(given::booking(&store, 7001).await).await.token.case;
    support.cancel(over, &FreeText::line("Telefonat", 100)).await.unwrap();
    let open = world.declined(given::booking(&store, 7002).await).await.token.case;
    let stands = given::booking(&store, 7003).await;
    store.open_confirmation(&stands).await.unwrap();
    let stands = CaseId::from(stands.item);
    let address = samples::booking().customer.email;
    for (cancel_open, named) in [
        (false, vec![(open, StillOpen::Link), (stands, StillOpen::Booking)]),
        (true, vec![(stands, StillOpen::Booking)]),
    ] {
        let refused = support.forget_person(&address, &request(cancel_open)).await;
        assert_eq!(in_the_way(refused.map(|_| ())), named);
    }
    assert_eq!(cases_of(&store, &address).await, [over, open, stands]);
}

/// Links, requests, effects and history.
pub async fn a_record_has_all_that_is_kept_of_a_case(store: StoreUnderTest) {
    let world = world(&store).await;
    let declined = world.declined(given::booking(&store, 7001).await).await;
    let case = declined.token.case;
    world.declined(given::booking(&store, 7002).await).await;
    let date = given::date(&store, 60, 5).await.id();
    world.rebookings.customer(&declined.link).choose(&samples::choice(date)).await.unwrap();
    let personal = store.personal.as_ref().unwrap();
    let before = given::Picture::read(&store).await;
    let record = personal.record(case).await.unwrap().unwrap().value;
    personal.cases_of(&samples::booking().customer.email, None, 9).await.unwrap();
    assert_eq!(given::Picture::read(&store).await, before, "reading changes nothing");
    let details = store.reports().case(case).await.unwrap().unwrap().value;
    assert_eq!((record.case, &record.tokens), (case, &details.tokens));
    assert_eq!((&record.effects, &record.audit), (&details.effects, &details.audit));
    let requests: Vec<_> = record.confirmations.iter().map(|one| one.id).collect();
    let opened = record.tokens[0].rebooking().unwrap().confirmation.unwrap();
    assert_eq!(requests, [declined.confirmation, opened]);
    let bare = given::booking(&store, 7003).await;
    let asked = store.open_confirmation(&bare).await.unwrap();
    let record = personal.record(CaseId::from(bare.item)).await.unwrap().unwrap().value;
    assert_eq!((record.tokens.len(), record.confirmations[0].id), (0, asked));
    assert_eq!(personal.record(CaseId::new(7099)).await.unwrap(), None);
}
