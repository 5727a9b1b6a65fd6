//! A shop with the sushi course, its customer and an adapter.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use rebooking_core::ports::Orders;
use rebooking_core::ports::partners::PartnerTable;
use rebooking_core::system::{SystemClock, SystemSecrets};
use rebooking_core::testing::contract::orders::ShopUnderTest;
use rebooking_core::testing::samples;
use rebooking_core::value::booking::{Booking, Course, PartnerEntry};
use rebooking_core::value::course_date::{CourseDate, Slot};
use rebooking_core::value::ids::{CourseDateId, CourseId, OrderId, OrderItemId};
use rebooking_core::value::money::Money;
use rebooking_magento::testing::{FakeMagento, Fault, NewDate, NewOrder, SeenCall};
use rebooking_magento::{Limits, Magento, MagentoSettings, ShopUrl, SignIn, reqwest};

pub(crate) const COURSE: i64 = 40;
pub(crate) const OLD: i64 = 90;
pub(crate) const NEW: i64 = 91;
pub(crate) const CHEAP: i64 = 92;

/// A shop and the adapter on it.
#[derive(Clone)]
pub(crate) struct Shop {
    pub(crate) fake: FakeMagento,
    pub(crate) magento: Magento,
}

/// Everything is on this machine: a call that takes longer than that hangs, however busy it is.
pub(crate) fn limits() -> Limits {
    Limits {
        call: Duration::from_millis(1200),
        total: Duration::from_secs(20),
        ..Limits::default()
    }
}

/// A client with a connection for each call, so that each call can be refused.
pub(crate) fn http() -> reqwest::Client {
    // There is one for all libraries of a process; a second one is refused.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        .pool_max_idle_per_host(0)
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap()
}

pub(crate) fn adapter(fake: &FakeMagento, change: impl FnOnce(&mut MagentoSettings)) -> Magento {
    adapter_on(http(), fake, change)
}

pub(crate) fn adapter_on(
    http: reqwest::Client,
    fake: &FakeMagento,
    change: impl FnOnce(&mut MagentoSettings),
) -> Magento {
    let url = ShopUrl::parse(&fake.url()).unwrap();
    let mut settings = MagentoSettings::new(url, SignIn::OAuth1(fake.credentials()));
    settings.limits = limits();
    change(&mut settings);
    Magento::new(settings, http, Arc::new(SystemClock), Arc::new(SystemSecrets))
}

/// The attributes of a date that Eva's kitchen gives.
pub(crate) const KITCHEN: [(&str, &str); 2] =
    [("partner_id", "5"), ("partner_email", "kueche@example.org")];

/// A list by which Eva's kitchen gives every course.
pub(crate) fn kitchen_gives_all() -> Arc<PartnerTable> {
    Arc::new(PartnerTable::of_one(PartnerEntry::new(samples::partner(), "Evas Küche")))
}

impl Shop {
    pub(crate) async fn open() -> Self {
        Self::open_with(|_| {}).await
    }

    pub(crate) async fn open_with(change: impl FnOnce(&mut MagentoSettings)) -> Self {
        Self::open_on(http(), change).await
    }

    pub(crate) async fn open_on(
        http: reqwest::Client,
        change: impl FnOnce(&mut MagentoSettings),
    ) -> Self {
        let fake = FakeMagento::start().await.unwrap();
        fake.add_course(Some(COURSE), "SUSHI", "Sushi-Kurs");
        for (id, sku, label, price) in [
            (OLD, "SUSHI-2027-01-25", "2027-01-25 18:00", 8_900),
            (NEW, "SUSHI-2027-02-01", "2027-02-01 18:00", 8_900),
            (CHEAP, "SUSHI-2027-02-08", "2027-02-08 18:00", 7_900),
        ] {
            let attributes = &KITCHEN;
            fake.add_date(
                COURSE,
                &NewDate { id: Some(id), sku, label, price, places: 10, attributes },
            );
        }
        let magento = adapter_on(http, &fake, change);
        Self { fake, magento }
    }

    /// Erika buys places on the old date.
    pub(crate) fn sell(&self, count: i64, discount: i64) -> (i64, i64) {
        let (name, email) = (("Erika", "Mustermann"), "erika@example.com");
        self.fake.sell(&NewOrder { course: COURSE, date: OLD, count, discount, name, email })
    }

    /// The booking of an order item, as the adapter should read it.
    pub(crate) fn booking_of(order: i64, item: i64, count: u32, unit_price: i64) -> Booking {
        let booking = Booking {
            order: OrderId::new(order),
            order_number: samples::order_number(&format!("{order:09}")),
            item: OrderItemId::new(item),
            course: course(),
            slot: slot(OLD, "2027-01-25T17:00:00Z"),
            participants: samples::party(count),
            unit_price: samples::euros(unit_price),
            ..samples::booking()
        };
        booking.at_list_price()
    }
}

pub(crate) fn course() -> Course {
    Course::new(CourseId::new(COURSE), "SUSHI", "Sushi-Kurs")
}

pub(crate) fn slot(id: i64, starts_at: &str) -> Slot {
    samples::slot(id, starts_at.parse().unwrap())
}

/// A date that costs as much as the old one.
pub(crate) fn new_date() -> CourseDate {
    let date = samples::course_date(NEW, "2027-02-01T17:00:00Z".parse().unwrap(), 10);
    CourseDate { course: course(), ..date }
}

/// What a call does for good: not the announcement of a cart, which is repeated.
pub(crate) fn is_decisive(call: &SeenCall) -> bool {
    let comment = call.path.ends_with("/comments") && !call.body.contains(":cart:");
    let refund = call.path.ends_with("/refund");
    let place = call.method == "PUT" && call.path.ends_with("/order");
    call.is_write() && (comment || refund || place)
}

#[async_trait]
impl ShopUnderTest for Shop {
    fn orders(&self) -> Arc<dyn Orders> {
        Arc::new(self.magento.clone())
    }

    async fn booking(&self) -> Booking {
        let live = |order: &&rebooking_magento::testing::SeenOrder| {
            order.key.is_none() && !matches!(order.state.as_str(), "canceled" | "closed")
        };
        let there = self.fake.orders();
        let (order, item) = match there.iter().find(live) {
            Some(order) => (order.id, order.items[0].0),
            None => {
                let (order, item) = self.sell(2, 0);
                self.fake.pay(order, None);
                (order, item)
            }
        };
        Self::booking_of(order, item, 2, 8_900)
    }

    async fn order_of_two(&self) -> [Booking; 2] {
        let (name, email) = (("Erika", "Mustermann"), "erika@example.com");
        let item = NewOrder { course: COURSE, date: OLD, count: 2, discount: 0, name, email };
        let (order, items) = self.fake.sell_together(&[item.clone(), item]);
        self.fake.pay(order, None);
        [items[0], items[1]].map(|item| Self::booking_of(order, item, 2, 8_900))
    }

    async fn same_number(&self, booking: &Booking) -> Booking {
        let (order, item) = self.sell(2, 0);
        let order_number = booking.order_number.clone();
        self.fake.move_to_other_store(order, order_number.as_str());
        Booking { order_number, ..Self::booking_of(order, item, 2, 8_900) }
    }

    async fn discounted_booking(&self) -> Booking {
        let (order, item) = self.sell(3, 1_700);
        let paid = samples::euros(25_000);
        Booking { paid, ..Self::booking_of(order, item, 3, 8_900) }
    }

    async fn date(&self) -> CourseDate {
        new_date()
    }

    async fn carrying(&self, key: &str) -> usize {
        carrying(&self.fake, key)
    }

    async fn refunded(&self, key: &str) -> Vec<Money> {
        refunds(&self.fake, key).into_iter().map(samples::euros).collect()
    }

    async fn sell_out(&self, date: CourseDateId) {
        self.fake.set_salable(date.value(), 0);
    }

    async fn close(&self, order: OrderId) {
        self.fake.close(order.value());
    }

    async fn close_item(&self, booking: &Booking) {
        let count = booking.participants.count().into();
        self.fake.refund_row(booking.order.value(), booking.item.value(), count);
    }

    async fn lose_next_answer(&self) {
        self.fake.fail_once(is_decisive, Fault::SilentAfter);
    }
}

/// Live orders that carry a key. One that was made from a cart counts whether or not it was tied
/// to its original; one that stays counts once for each comment that moves it.
pub(crate) fn carrying(fake: &FakeMagento, key: &str) -> usize {
    let orders = fake.orders();
    let live = |state: &str| !matches!(state, "canceled" | "closed");
    let made = orders.iter().filter(|order| live(&order.state) && is_linked(&orders, order, key));
    let moved = orders.iter().filter(|order| live(&order.state)).map(|order| {
        let has = |mark: &str| {
            let mark = format!("[rebooking:{key}{mark}]");
            order.comments.iter().filter(|comment| comment.contains(&mark)).count()
        };
        if has(":undone") > 0 { 0 } else { has("") }
    });
    made.count() + moved.sum::<usize>()
}

/// Any order beside those that customers made is ours; without a key it belongs to the one whose
/// cart was announced.
fn is_linked(
    orders: &[rebooking_magento::testing::SeenOrder],
    order: &rebooking_magento::testing::SeenOrder,
    key: &str,
) -> bool {
    match &order.key {
        Some(found) => found == key,
        None => {
            let mark = format!("[rebooking:{key}:cart:{}]", order.cart);
            orders.iter().any(|order| order.comments.iter().any(|text| text.contains(&mark)))
        }
    }
}

/// What was paid back under a key, in cents.
pub(crate) fn refunds(fake: &FakeMagento, key: &str) -> Vec<i64> {
    let mark = format!("[rebooking:{key}:refund]");
    let orders = fake.orders();
    let memos = orders.iter().flat_map(|order| &order.memos);
    memos.filter(|memo| memo.comment.contains(&mark)).map(|memo| memo.total).collect()
}
