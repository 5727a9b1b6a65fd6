//! Dates out of products, in each layout.

use std::sync::Arc;

use async_trait::async_trait;
use rebooking_core::ports::{CourseSchedule, LeftOut, Orders as _, Places, Schedule};
use rebooking_core::testing::contract::schedule::ScheduleUnderTest;
use rebooking_core::testing::samples;
use rebooking_core::value::booking::Booking;
use rebooking_core::value::course_date::CourseDate;
use rebooking_core::value::customer::{Customer, Language};
use rebooking_core::value::ids::{CourseId, OrderItemId};
use rebooking_magento::testing::{FakeMagento, NewDate, NewOrder};
use rebooking_magento::{Layout, Magento, MagentoSettings, StockSource};

use crate::shop::{COURSE, KITCHEN, NEW, OLD, Shop, adapter, kitchen_gives_all, slot};

/// An empty shop in one of the layouts.
struct Dates {
    fake: FakeMagento,
    magento: Magento,
    layout: Layout,
}

impl Dates {
    async fn new(layout: Layout, change: impl FnOnce(&mut MagentoSettings)) -> Self {
        let fake = FakeMagento::start().await.unwrap();
        let magento = adapter(&fake, |settings| {
            settings.catalog.layout = layout.clone();
            change(settings);
        });
        Self { fake, magento, layout }
    }
}

#[async_trait]
impl ScheduleUnderTest for Dates {
    fn schedule(&self) -> Arc<dyn Schedule> {
        Arc::new(self.magento.clone())
    }

    async fn put(&self, dates: &[CourseDate]) {
        for date in dates {
            let course = date.course.id.value();
            let written = |local: chrono::NaiveDateTime| local.format("%Y-%m-%d %H:%M").to_string();
            let end = written(date.slot.local_end());
            let new = NewDate {
                id: Some(date.slot.id.value()),
                sku: &format!("DATE-{}", date.slot.id),
                label: &written(date.slot.local_start()),
                price: date.unit_price.minor(),
                places: date.free().into(),
                attributes: &[KITCHEN[0], KITCHEN[1], ("course_end", &end)],
            };
            match self.layout {
                Layout::Products { .. } => {
                    self.fake.add_single(&course.to_string(), &new);
                }
                Layout::Variants | Layout::Options { .. } => {
                    self.fake.add_course(Some(course), &date.course.sku, &date.course.name);
                    self.fake.add_date(course, &new);
                }
            }
        }
    }
}

mod variants {
    use super::*;
    rebooking_core::schedule_contract!(
        #[tokio::test] () => Dates::new(Layout::Variants, |_| {}).await
    );
}

mod variants_without_msi {
    use super::*;
    rebooking_core::schedule_contract!(#[tokio::test] () => Dates::new(
        Layout::Variants,
        |settings| settings.catalog.stock = StockSource::StockItems
    ).await);
}

mod products {
    use super::*;
    rebooking_core::schedule_contract!(#[tokio::test] () => Dates::new(
        Layout::Products { course: "course_code".to_owned() },
        |_| {}
    ).await);
}

async fn scheduled(magento: &Magento, course: i64) -> CourseSchedule {
    magento.dates(CourseId::new(course)).await.unwrap().value
}

async fn dates(shop: &Shop) -> Vec<CourseDate> {
    let found = scheduled(&shop.magento, COURSE).await.dates;
    found.into_iter().map(|scheduled| scheduled.date).collect()
}

#[tokio::test]
async fn a_date_that_does_not_parse_is_named_and_left_out_and_the_others_stay() {
    let shop = Shop::open().await;
    let before: Vec<_> = dates(&shop).await.iter().map(|date| date.slot.id.value()).collect();
    shop.fake.set_attribute(NEW, "course_date", Some("am 1. Februar"));
    let after: Vec<_> = dates(&shop).await.iter().map(|date| date.slot.id.value()).collect();
    assert_eq!(
        before.iter().filter(|id| **id != NEW).collect::<Vec<_>>(),
        after.iter().collect::<Vec<_>>()
    );
    assert!(before.contains(&NEW));
    let left_out = scheduled(&shop.magento, COURSE).await.left_out;
    let why = "its date is not written in the format that is set".to_owned();
    assert_eq!(left_out, [LeftOut { what: "SUSHI-2027-02-01".to_owned(), why }]);
}

#[tokio::test]
async fn what_is_sold_in_the_shop_is_no_longer_free() {
    let shop = Shop::open().await;
    let free = |dates: &[CourseDate]| {
        dates.iter().find(|date| date.slot.id.value() == OLD).map(CourseDate::free)
    };
    assert_eq!(free(&dates(&shop).await), Some(10));
    let (order, _) = shop.sell(3, 0);
    assert_eq!(free(&dates(&shop).await), Some(7));
    shop.fake.cancel(order);
    assert_eq!(free(&dates(&shop).await), Some(10));
}

#[tokio::test]
async fn a_date_that_is_switched_off_is_not_offered() {
    let shop = Shop::open().await;
    shop.fake.set_enabled(NEW, false);
    let found = scheduled(&shop.magento, COURSE).await.dates;
    let off = found.iter().find(|scheduled| scheduled.date.id().value() == NEW).unwrap();
    assert_eq!((off.date.free(), off.offered), (0, false));
    assert!(found.iter().any(|scheduled| scheduled.offered));
}

#[tokio::test]
async fn the_shop_says_what_is_free_there_where_it_has_stock() {
    let shop = Shop::open().await;
    let found = scheduled(&shop.magento, COURSE).await.dates;
    assert!(found.iter().all(|scheduled| scheduled.places == Places::FreeThere));
}

#[tokio::test]
async fn who_gives_a_date_stands_at_the_date_or_at_its_course() {
    let shop = Shop::open().await;
    assert_eq!(dates(&shop).await[0].partner, Some(samples::partner()));
    for (code, _) in KITCHEN {
        shop.fake.set_attribute(OLD, code, None);
    }
    let partner = |dates: Vec<CourseDate>| {
        dates.into_iter().find(|date| date.slot.id.value() == OLD).unwrap().partner
    };
    assert_eq!(partner(dates(&shop).await), None);
    for (code, value) in [("partner_id", "6"), ("partner_email", "eva@example.org")] {
        shop.fake.set_attribute(COURSE, code, Some(value));
    }
    assert_eq!(partner(dates(&shop).await).unwrap().id.value(), 6);
}

#[tokio::test]
async fn where_a_date_takes_place_stands_at_the_date_or_at_its_course() {
    let shop = Shop::open().await;
    let (_, item) = shop.sell(2, 0);
    let place = async || {
        let booking = shop.magento.booking(OrderItemId::new(item)).await.unwrap().unwrap();
        let dates = dates(&shop).await;
        let date = dates.into_iter().find(|date| date.slot.id.value() == OLD).unwrap();
        assert_eq!(booking.course.venue, date.course.venue, "the same on orders and dates");
        date.course.venue.map(|venue| venue.to_string())
    };
    assert_eq!(place().await, None);
    shop.fake.set_attribute(COURSE, "venue_name", Some("Evas Küche"));
    shop.fake.set_attribute(COURSE, "venue_address", Some("Kochstraße 5, 80331 München"));
    let of_course = "Evas Küche, Kochstraße 5, 80331 München";
    assert_eq!(place().await.as_deref(), Some(of_course));
    shop.fake.set_attribute(OLD, "venue_name", Some("Backstube"));
    assert_eq!(
        place().await.as_deref(),
        Some("Backstube"),
        "never half of one and half of another"
    );
}

#[tokio::test]
async fn the_values_of_an_option_are_dates_on_which_so_many_fit() {
    let layout = Layout::Options { title: "Termin".to_owned(), capacity: 12 };
    let shop = Dates::new(layout, |_| {}).await;
    let magento = shop.magento.clone().with_partners(kitchen_gives_all());
    let shop = Dates { magento, ..shop };
    let values = [(1, "2027-03-01 18:00", 0), (2, "2027-03-08 18:00", 1_000), (3, "bald", 0)];
    let course = shop.fake.add_with_options("PASTA", 8_900, &values);
    let read = scheduled(&shop.magento, course).await;
    let found: Vec<_> = read
        .dates
        .iter()
        .map(|scheduled| (scheduled.date.id().value(), scheduled.date.free(), scheduled.places))
        .collect();
    assert_eq!(found, [(1, 12, Places::Unknown), (2, 12, Places::Unknown)]);
    let prices: Vec<_> = read.dates.iter().map(|scheduled| scheduled.date.unit_price).collect();
    assert_eq!(prices, [samples::euros(8_900), samples::euros(9_900)]);
    assert_eq!(read.left_out.len(), 1, "{:?}", read.left_out);
    shop.fake.set_enabled(course, false);
    assert!(scheduled(&shop.magento, course).await.dates.iter().all(|date| !date.offered));
    shop.fake.set_enabled(course, true);
    let (name, email) = (("Erika", "Mustermann"), "erika@example.com");
    let (_, item) =
        shop.fake.sell(&NewOrder { course, date: 2, count: 2, discount: 0, name, email });
    let booking = shop.magento.booking(OrderItemId::new(item)).await.unwrap().unwrap();
    assert_eq!(booking.slot.id.value(), 2);
    assert_eq!((booking.course.id.value(), booking.course.sku.as_str()), (course, "PASTA"));
    assert_eq!(booking.unit_price, samples::euros(9_900));
}

#[tokio::test]
async fn a_discount_over_the_whole_cart_is_no_price_for_one() {
    let shop = Shop::open().await;
    let (order, item) = shop.sell(3, 1_700);
    let booking = shop.magento.booking(OrderItemId::new(item)).await.unwrap();
    let paid = samples::euros(25_000);
    assert_eq!(booking, Some(Booking { paid, ..Shop::booking_of(order, item, 3, 8_900) }));
}

#[tokio::test]
async fn the_row_of_a_variant_stands_for_its_course() {
    let shop = Shop::open().await;
    let (order, item) = shop.sell(2, 0);
    let booking = shop.magento.booking(OrderItemId::new(item + 1)).await.unwrap();
    assert_eq!(booking, Some(Shop::booking_of(order, item, 2, 8_900)));
}

#[tokio::test]
async fn a_guest_speaks_the_language_of_the_store_view() {
    let shop = Shop::open().await;
    shop.fake.set_locale("en_GB");
    let (_, item) = shop.sell(1, 0);
    let booking = shop.magento.booking(OrderItemId::new(item)).await.unwrap().unwrap();
    let email = samples::email("erika@example.com");
    assert_eq!(booking.customer, Customer::new("Erika Mustermann", email, Language::ENGLISH));
    assert_eq!(booking.slot, slot(OLD, "2027-01-25T17:00:00Z"));
}
