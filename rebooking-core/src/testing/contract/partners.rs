//! The contract of [`Partners`]: who gives a course is named, and never guessed.

use std::error::Error as _;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;

use crate::ports::partners::{PartnerRow, PartnerTable, UnknownPartner};
use crate::ports::{Partners, PortError};
use crate::testing::{MemoryPartners, samples};
use crate::value::booking::{Course, Partner, PartnerEntry};
use crate::value::customer::Language;
use crate::value::ids::{CourseDateId, CourseId, PartnerId};

/// An adapter with the list behind it, where the cases put partners. It begins without any.
#[async_trait]
pub trait PartnersUnderTest: Send + Sync {
    /// The adapter.
    fn partners(&self) -> Arc<dyn Partners>;

    /// A course with one date, whose number is that of the course and a thousand more. Nobody gives
    /// it yet.
    async fn put_course(&self, course: &Course);

    /// A partner gives these courses from now on; what was known of the partner is overwritten.
    async fn put(&self, entry: &PartnerEntry, courses: &[Course]);
}

#[async_trait]
impl PartnersUnderTest for MemoryPartners {
    fn partners(&self) -> Arc<dyn Partners> {
        Arc::new(self.clone())
    }

    async fn put_course(&self, _: &Course) {}

    async fn put(&self, entry: &PartnerEntry, courses: &[Course]) {
        let courses: Vec<CourseId> = courses.iter().map(|course| course.id).collect();
        Self::put(self, entry.clone(), &courses);
    }
}

/// A [`PartnerTable`], which is made anew for each change.
#[derive(Debug, Default)]
pub struct TableUnderTest(Mutex<Vec<PartnerRow>>);

#[async_trait]
impl PartnersUnderTest for TableUnderTest {
    fn partners(&self) -> Arc<dyn Partners> {
        Arc::new(PartnerTable::new(self.0.lock().unwrap().clone()).unwrap())
    }

    async fn put_course(&self, _: &Course) {}

    async fn put(&self, entry: &PartnerEntry, courses: &[Course]) {
        let mut rows = self.0.lock().unwrap();
        rows.retain(|row| row.entry.partner.id != entry.partner.id);
        rows.push(PartnerRow {
            entry: entry.clone(),
            courses: courses.iter().map(|course| course.id).collect(),
            skus: Vec::new(),
            all_others: false,
        });
    }
}

fn course(id: i64) -> Course {
    Course::new(CourseId::new(id), &format!("COURSE-{id}"), "Kurs")
}

fn date_of(course: &Course) -> CourseDateId {
    CourseDateId::new(course.id.value() + 1_000)
}

fn kitchen() -> PartnerEntry {
    PartnerEntry::new(samples::partner(), "Evas Küche")
}

fn bakery() -> PartnerEntry {
    let (id, email) = (PartnerId::new(6), samples::email("backstube@example.org"));
    PartnerEntry::new(Partner { id, email, language: Language::ENGLISH }, "Backstube Süd")
}

async fn giving(list: &impl PartnersUnderTest, course: &Course) -> Option<PartnerEntry> {
    list.partners().giving(course, date_of(course)).await.unwrap()
}

/// Number, name, address and language.
pub async fn who_gives_a_course_is_found_by_it(list: impl PartnersUnderTest) {
    let (sushi, pasta, bread) = (course(40), course(41), course(42));
    for course in [&sushi, &pasta, &bread] {
        list.put_course(course).await;
    }
    list.put(&kitchen(), &[sushi.clone(), pasta.clone()]).await;
    list.put(&bakery(), std::slice::from_ref(&bread)).await;
    assert_eq!(giving(&list, &sushi).await, Some(kitchen()));
    assert_eq!(giving(&list, &pasta).await, Some(kitchen()));
    assert_eq!(giving(&list, &bread).await, Some(bakery()));
}

/// As the portal numbers them.
pub async fn a_partner_is_found_by_number(list: impl PartnersUnderTest) {
    list.put_course(&course(40)).await;
    list.put(&kitchen(), &[course(40)]).await;
    let of = async |id| list.partners().partner(PartnerId::new(id)).await.unwrap();
    assert_eq!(of(5).await, Some(kitchen()));
    assert_eq!(of(6).await, None);
}

/// Also one that nobody has ever heard of.
pub async fn what_nobody_gives_has_no_partner(list: impl PartnersUnderTest) {
    for course in [course(40), course(41)] {
        list.put_course(&course).await;
    }
    list.put(&kitchen(), &[course(40)]).await;
    assert_eq!(giving(&list, &course(41)).await, None);
    assert_eq!(giving(&list, &course(99_999_999)).await, None);
}

/// Trying again helps nobody; people are told what to name a partner for.
pub async fn a_partner_that_must_be_known_is_named_or_missed_by_product(
    list: impl PartnersUnderTest,
) {
    for course in [course(40), course(41)] {
        list.put_course(&course).await;
    }
    list.put(&kitchen(), &[course(40)]).await;
    let of = async |course: &Course| list.partners().required(course, date_of(course)).await;
    assert_eq!(of(&course(40)).await.unwrap(), kitchen());
    let missed = of(&course(41)).await.unwrap_err();
    assert!(matches!(missed, PortError::Permanent(_)), "{missed:?}");
    let named = missed.source().unwrap().to_string();
    assert_eq!(named, UnknownPartner::new(&course(41), CourseDateId::new(1_041)).to_string());
    assert!(named.contains("COURSE-41"), "{named}");
}

/// A new address holds for the next question.
pub async fn a_partner_that_moved_is_as_they_are_now(list: impl PartnersUnderTest) {
    list.put_course(&course(40)).await;
    list.put(&kitchen(), &[course(40)]).await;
    let partner = Partner { email: samples::email("neu@example.org"), ..samples::partner() };
    let moved = PartnerEntry::new(partner, "Evas neue Küche");
    list.put(&moved, &[course(40)]).await;
    assert_eq!(giving(&list, &course(40)).await, Some(moved.clone()));
    assert_eq!(list.partners().partner(moved.partner.id).await.unwrap(), Some(moved));
}

/// Tests that a list of partners keeps its contract, one test a case. The expression makes a
/// [`PartnersUnderTest`](crate::testing::contract::partners::PartnersUnderTest).
#[macro_export]
macro_rules! partners_contract {
    ($(#[$attribute:meta])* ($($argument:tt)*) => $partners:expr) => {
        $crate::contract_cases! { partners [$(#[$attribute])*] ($($argument)*) [$partners]
            who_gives_a_course_is_found_by_it
            a_partner_is_found_by_number
            what_nobody_gives_has_no_partner
            a_partner_that_must_be_known_is_named_or_missed_by_product
            a_partner_that_moved_is_as_they_are_now
        }
    };
}
