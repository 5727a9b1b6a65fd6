//! Who gives a course: attributes, and where they are silent, the host's list.

use std::sync::Arc;

use async_trait::async_trait;
use rebooking_core::ports::{Orders as _, Partners, PortError, Schedule as _};
use rebooking_core::testing::MemoryPartners;
use rebooking_core::testing::contract::partners::{PartnersUnderTest, TableUnderTest};
use rebooking_core::testing::samples;
use rebooking_core::value::booking::{Course, Partner, PartnerEntry};
use rebooking_core::value::ids::{CourseId, OrderItemId, PartnerId};
use rebooking_magento::Magento;
use rebooking_magento::testing::{FakeMagento, NewDate};

use crate::shop::{COURSE, KITCHEN, OLD, Shop, adapter};

/// A shop whose courses say who gives them.
struct Attributes {
    fake: FakeMagento,
    magento: Magento,
}

impl Attributes {
    async fn new() -> Self {
        let fake = FakeMagento::start().await.unwrap();
        let magento = adapter(&fake, |_| {});
        Self { fake, magento }
    }

    fn add(&self, course: &Course) {
        let id = course.id.value();
        self.fake.add_course(Some(id), &course.sku, &course.name);
        let date = NewDate {
            id: Some(id + 1_000),
            sku: &format!("{}-1", course.sku),
            label: "2027-02-01 18:00",
            price: 8_900,
            places: 10,
            attributes: &[],
        };
        self.fake.add_date(id, &date);
    }
}

#[async_trait]
impl PartnersUnderTest for Attributes {
    fn partners(&self) -> Arc<dyn Partners> {
        Arc::new(self.magento.clone())
    }

    async fn put_course(&self, course: &Course) {
        self.add(course);
    }

    async fn put(&self, entry: &PartnerEntry, courses: &[Course]) {
        let Partner { id, email, language } = &entry.partner;
        for course in courses {
            for (code, value) in [
                ("partner_id", id.to_string()),
                ("partner_email", email.expose().to_owned()),
                ("partner_language", language.to_string()),
                ("partner_name", entry.name.expose().to_owned()),
            ] {
                self.fake.set_attribute(course.id.value(), code, Some(&value));
            }
        }
    }
}

mod by_attributes {
    use super::*;
    rebooking_core::partners_contract!(#[tokio::test] () => Attributes::new().await);
}

/// A shop whose products say nothing, and a list of the host's.
struct Listed(Attributes, TableUnderTest);

#[async_trait]
impl PartnersUnderTest for Listed {
    fn partners(&self) -> Arc<dyn Partners> {
        let mut magento = adapter(&self.0.fake, |settings| {
            settings.catalog.partner.id = None;
        });
        magento = magento.with_partners(self.1.partners());
        Arc::new(magento)
    }

    async fn put_course(&self, course: &Course) {
        self.0.add(course);
    }

    async fn put(&self, entry: &PartnerEntry, courses: &[Course]) {
        self.1.put(entry, courses).await;
    }
}

mod by_the_list {
    use super::*;
    rebooking_core::partners_contract!(
        #[tokio::test] () => Listed(Attributes::new().await, TableUnderTest::default())
    );
}

fn bakery() -> PartnerEntry {
    let (id, email) = (PartnerId::new(6), samples::email("backstube@example.org"));
    PartnerEntry::new(Partner { id, email, ..samples::partner() }, "Backstube Süd")
}

/// The sushi course without any attribute, and a list in which the bakery gives it.
async fn silent(list: &MemoryPartners) -> (Shop, Magento, OrderItemId) {
    let shop = Shop::open().await;
    for (code, _) in KITCHEN {
        shop.fake.set_attribute(OLD, code, None);
    }
    list.put(bakery(), &[CourseId::new(COURSE)]);
    let (_, item) = shop.sell(2, 0);
    let magento = shop.magento.clone().with_partners(Arc::new(list.clone()));
    (shop, magento, OrderItemId::new(item))
}

#[tokio::test]
async fn what_the_products_do_not_say_the_list_does() {
    let (shop, magento, item) = silent(&MemoryPartners::new()).await;
    let booking = magento.booking(item).await.unwrap().unwrap();
    assert_eq!(booking.partner, bakery().partner);
    let dates = magento.dates(CourseId::new(COURSE)).await.unwrap().value;
    let old = dates.dates.iter().find(|scheduled| scheduled.date.id().value() == OLD).unwrap();
    assert_eq!(old.date.partner, Some(bakery().partner));
    shop.fake.set_attribute(OLD, "partner_id", Some("5"));
    shop.fake.set_attribute(OLD, "partner_email", Some("kueche@example.org"));
    let booking = magento.booking(item).await.unwrap().unwrap();
    assert_eq!(booking.partner, samples::partner(), "the product says it itself");
}

#[tokio::test]
async fn a_booking_whose_partner_nobody_knows_names_its_product() {
    let shop = Shop::open().await;
    for (code, _) in KITCHEN {
        shop.fake.set_attribute(OLD, code, None);
    }
    let (_, item) = shop.sell(2, 0);
    let refused = shop.magento.booking(OrderItemId::new(item)).await.unwrap_err();
    assert!(matches!(refused, PortError::Permanent(_)), "{refused:?}");
    assert!(refused.phrase().contains("who gives product SUSHI (course 40, date 90)"));
}

#[tokio::test]
async fn a_number_without_an_address_is_looked_up_in_the_list_and_never_replaced() {
    let list = MemoryPartners::new();
    let (shop, magento, item) = silent(&list).await;
    shop.fake.set_attribute(OLD, "partner_id", Some("7"));
    let refused = magento.booking(item).await.unwrap_err();
    assert!(matches!(refused, PortError::Permanent(_)), "the bakery is not asked: {refused:?}");
    let seventh = Partner { id: PartnerId::new(7), ..samples::partner() };
    list.put(PartnerEntry::new(seventh.clone(), ""), &[]);
    assert_eq!(magento.booking(item).await.unwrap().unwrap().partner, seventh);
    shop.fake.set_attribute(OLD, "partner_email", Some("no address"));
    let refused = magento.booking(item).await.unwrap_err();
    assert!(matches!(refused, PortError::Permanent(_)), "nor is one guessed: {refused:?}");
}
