//! The shop: what people do there, and what stands in its books.

use chrono::{DateTime, Days, Utc};
use serde::Deserialize;
use serde_json::{Value, json};

use super::control;
use super::people::{CELLAR, Giver, Guest, KITCHEN};

/// The sushi course of the kitchen.
pub const SUSHI: i64 = 40;
/// The wine course of the cellar.
pub const WINE: i64 = 41;
/// A Saturday of the sushi course in 30 days.
pub const SATURDAY: i64 = 90;
/// A week later, at the same price.
pub const WEEK_LATER: i64 = 91;
/// Two weeks later, at the same price.
pub const TWO_WEEKS_LATER: i64 = 92;
/// The only date of the wine course.
pub const WINE_EVENING: i64 = 95;

/// A date that the shop offers.
#[derive(Clone, Debug)]
pub struct Offered {
    /// Its number.
    pub id: i64,
    /// Its course.
    pub course: i64,
    /// In how many days it is.
    pub days: u64,
    /// For one, in cents.
    pub price: i64,
    /// How many people.
    pub places: i64,
}

/// A booking in the shop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Bought {
    /// The order's key.
    pub order: i64,
    /// The row, which is also the number of its case.
    pub item: i64,
}

impl Bought {
    /// The number that customers know.
    #[must_use]
    pub fn number(self) -> String {
        format!("{:09}", self.order)
    }
}

/// An order as it stands in the books.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct ShopOrder {
    /// Its key.
    pub id: i64,
    /// Its number.
    pub number: String,
    /// `new`, `complete`, `canceled`, `closed`.
    pub state: String,
    /// Our key, where one was set.
    pub key: Option<String>,
    /// The order that it replaces.
    pub parent: Option<String>,
    /// Its total in cents.
    pub total: i64,
    /// The rows that customers see.
    pub items: Vec<ShopItem>,
    /// Its comments, oldest first.
    pub comments: Vec<String>,
    /// Its credit memos.
    pub memos: Vec<ShopMemo>,
}

impl ShopOrder {
    /// Whether it is in force.
    #[must_use]
    pub fn is_live(&self) -> bool {
        !matches!(self.state.as_str(), "canceled" | "closed")
    }
}

/// A row of an order.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct ShopItem {
    /// Its number.
    pub item: i64,
    /// What was bought.
    pub sku: String,
}

/// A credit memo.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct ShopMemo {
    /// In cents.
    pub total: i64,
    /// What it says.
    pub comment: String,
}

/// A product with its stock.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct ShopProduct {
    /// Its number.
    pub id: i64,
    /// How many can still be bought.
    pub salable: i64,
    /// Whether it is on offer.
    pub enabled: bool,
}

/// Somebody at the desk of the shop, and everybody who buys there.
#[derive(Clone, Debug)]
pub struct Shop {
    base: String,
}

impl Shop {
    /// The shop there.
    #[must_use]
    pub const fn at(base: String) -> Self {
        Self { base }
    }

    /// Asks it for something that people do by hand.
    pub async fn told(&self, what: &str, body: &Value) -> Value {
        control::told(&self.base, what, body).await
    }

    /// The two courses with their dates.
    pub async fn opens(&self, now: DateTime<Utc>) {
        self.told("course", &json!({ "id": SUSHI, "sku": "SUSHI", "name": "Sushi-Kurs" })).await;
        self.told("course", &json!({ "id": WINE, "sku": "WEIN", "name": "Weinprobe" })).await;
        for (id, course, days) in [
            (SATURDAY, SUSHI, 30),
            (WEEK_LATER, SUSHI, 37),
            (TWO_WEEKS_LATER, SUSHI, 44),
            (WINE_EVENING, WINE, 30),
        ] {
            self.offers(&Offered { id, course, days, price: 8_900, places: 10 }, now).await;
        }
    }

    /// A date is on offer from now on, or is changed.
    pub async fn offers(&self, date: &Offered, now: DateTime<Utc>) {
        let Offered { id, course, days, price, places } = date;
        let label = (now + Days::new(*days)).format("%Y-%m-%d 18:00").to_string();
        let giver = if *course == WINE { CELLAR } else { KITCHEN };
        let Giver { id: partner, email, .. } = giver;
        let attributes = json!({ "partner_id": partner.to_string(), "partner_email": email });
        let date = json!({
            "course": course, "id": id, "sku": format!("D-{id}"), "label": label,
            "price": price, "places": places, "attributes": attributes,
        });
        self.told("date", &date).await;
    }

    /// A date is on offer no longer.
    pub async fn takes_off(&self, date: i64) {
        self.told("enabled", &json!({ "product": date, "enabled": false })).await;
    }

    /// So many can still be bought.
    pub async fn has_left(&self, date: i64, count: i64) {
        self.told("salable", &json!({ "product": date, "count": count })).await;
    }

    /// A guest buys places for so many people, and pays.
    pub async fn sells(&self, guest: &Guest, date: i64, people: i64) -> Bought {
        self.sells_for_less(guest, date, people, 0).await
    }

    /// The same, so many cents off the whole.
    pub async fn sells_for_less(
        &self,
        guest: &Guest,
        date: i64,
        people: i64,
        discount: i64,
    ) -> Bought {
        let course = if date == WINE_EVENING { WINE } else { SUSHI };
        let Guest { first, last, email } = guest;
        let sale = json!({
            "course": course, "date": date, "count": people, "discount": discount,
            "firstname": first, "lastname": last, "email": email,
        });
        let sold = self.told("sell", &sale).await;
        let number = |name: &str| sold[name].as_i64().unwrap();
        let bought = Bought { order: number("order"), item: number("item") };
        assert_ne!(bought.order, 0, "the shop sells nothing of date {date}");
        self.told("pay", &json!({ "order": bought.order })).await;
        bought
    }

    /// People pay an order back, whole.
    pub async fn pays_back(&self, bought: Bought) {
        self.told("close", &json!({ "order": bought.order })).await;
    }

    /// The books.
    pub async fn orders(&self) -> Vec<ShopOrder> {
        serde_json::from_value(self.told("orders", &Value::Null).await).unwrap()
    }

    /// One order.
    pub async fn order(&self, id: i64) -> ShopOrder {
        self.orders().await.into_iter().find(|order| order.id == id).unwrap()
    }

    /// The stock.
    pub async fn products(&self) -> Vec<ShopProduct> {
        serde_json::from_value(self.told("products", &Value::Null).await).unwrap()
    }

    /// How many can still be bought of a date.
    pub async fn left(&self, date: i64) -> i64 {
        let products = self.products().await;
        products.iter().find(|product| product.id == date).unwrap().salable
    }

    /// Everything that was sent to it.
    pub async fn heard(&self) -> String {
        self.told("calls", &Value::Null).await.to_string()
    }

    /// The next such call fails in this way.
    pub async fn fails_once(&self, fault: &str, method: &str, path: &str) {
        let fault = json!({ "fault": fault, "method": method, "path": path });
        self.told("fail", &fault).await;
    }

    /// No call fails any more.
    pub async fn calms_down(&self) {
        self.told("calm", &json!({})).await;
    }
}
