//! What people do in the shop: courses, dates, sales, and all that happens to them afterwards.

use serde_json::{Value, json};

use super::catalog::VARIANT_ATTRIBUTE;
use super::seen::SeenOrder;
use super::server::FakeMagento;
use super::state::{Cart, CartRow, Product, Shop};
use super::{carts, money, orders};

/// A date of a course.
#[derive(Clone, Debug)]
// Exhaustive: hosts write it as a literal.
pub struct NewDate<'a> {
    /// Its product; a new number where none is given.
    pub id: Option<i64>,
    /// Its SKU.
    pub sku: &'a str,
    /// What the option of the attribute `course_date` is called: `2027-01-25 18:00`.
    pub label: &'a str,
    /// For one, in cents.
    pub price: i64,
    /// How many can be sold.
    pub places: i64,
    /// Attributes beside `course_date`.
    pub attributes: &'a [(&'a str, &'a str)],
}

/// An order that a customer makes.
#[derive(Clone, Debug)]
// Exhaustive: hosts write it as a literal.
pub struct NewOrder<'a> {
    /// The course: a configurable product, or one with an option.
    pub course: i64,
    /// The date: a variant, or a value of the option.
    pub date: i64,
    /// How many people.
    pub count: i64,
    /// Off the whole, in cents.
    pub discount: i64,
    /// The customer.
    pub name: (&'a str, &'a str),
    /// The customer's address.
    pub email: &'a str,
}

impl FakeMagento {
    /// A configurable product, whose variants are its dates.
    pub fn add_course(&self, id: Option<i64>, sku: &str, name: &str) -> i64 {
        self.shop(|shop| add(shop, id, product(sku, name, "configurable", 0)))
    }

    /// A date of a course, as a variant. A product with that number is replaced, and what is
    /// reserved of it stays.
    pub fn add_date(&self, course: i64, date: &NewDate<'_>) -> i64 {
        self.shop(|shop| {
            let option = label(shop, date.label);
            let mut new = variant(date);
            new.parent = Some(course);
            new.attributes.push(("course_date".to_owned(), option.to_string()));
            add(shop, date.id, new)
        })
    }

    /// A date as a product of its own, tied to others by the attribute `course_code`; its
    /// attribute `course_date` is a text.
    pub fn add_single(&self, code: &str, date: &NewDate<'_>) -> i64 {
        self.shop(|shop| {
            let mut new = variant(date);
            new.attributes.push(("course_date".to_owned(), date.label.to_owned()));
            new.attributes.push(("course_code".to_owned(), code.to_owned()));
            add(shop, date.id, new)
        })
    }

    /// A product whose dates are values of a custom option: id, title, price beside the product's.
    pub fn add_with_options(&self, sku: &str, price: i64, values: &[(i64, &str, i64)]) -> i64 {
        self.shop(|shop| {
            let option = shop.number("option");
            let values = values.iter().enumerate().map(|(place, &(id, title, extra))| {
                (id, title.to_owned(), extra, format!("d{}", place + 1))
            });
            let values = values.collect();
            let mut new = product(sku, sku, "virtual", price);
            new.quantity = 1_000_000;
            new.options.push((option, "Termin".to_owned(), values));
            add(shop, None, new)
        })
    }

    /// Sets an attribute of a product; none takes it away.
    pub fn set_attribute(&self, product: i64, code: &str, value: Option<&str>) {
        self.shop(|shop| {
            for found in shop.products.iter_mut().filter(|found| found.id == product) {
                found.attributes.retain(|(name, _)| name != code);
                found.attributes.extend(value.map(|value| (code.to_owned(), value.to_owned())));
            }
        });
    }

    /// Switches a product off, or on again.
    pub fn set_enabled(&self, product: i64, enabled: bool) {
        self.shop(|shop| {
            let found = shop.products.iter_mut().filter(|found| found.id == product);
            found.for_each(|found| found.enabled = enabled);
        });
    }

    /// So many can still be bought.
    pub fn set_salable(&self, product: i64, count: i64) {
        self.shop(|shop| {
            let found = shop.products.iter_mut().filter(|found| found.id == product);
            found.for_each(|found| found.quantity = found.reserved + count);
        });
    }

    /// How many can still be bought.
    #[must_use]
    pub fn salable(&self, product: i64) -> i64 {
        self.shop(|shop| shop.product(product).map_or(0, Product::salable))
    }

    /// A guest buys: returns the order and the row that customers see.
    #[must_use]
    pub fn sell(&self, order: &NewOrder<'_>) -> (i64, i64) {
        let (order, rows) = self.sell_together(std::slice::from_ref(order));
        (order, rows.first().copied().unwrap_or_default())
    }

    /// A guest buys several things at once, under the first name and address: returns the order and
    /// the rows that customers see.
    #[must_use]
    pub fn sell_together(&self, order: &[NewOrder<'_>]) -> (i64, Vec<i64>) {
        self.shop(|shop| {
            let before = shop.orders.len();
            if let Some(cart) = cart(shop, order) {
                let body = json!({ "paymentMethod": { "method": "checkmo" } });
                let request = super::request::Request {
                    method: hyper::Method::PUT,
                    segments: Vec::new(),
                    query: Vec::new(),
                    body,
                };
                let _ = carts::place(shop, cart, &request);
            }
            let Some(made) = shop.orders.get(before) else { return (0, Vec::new()) };
            let rows = made.rows.iter().filter(|row| row.parent.is_none());
            (made.id, rows.map(|row| row.id).collect())
        })
    }

    /// Another store of the shop has made this order, under a number of its own: numbers are unique
    /// within a store alone.
    pub fn move_to_other_store(&self, order: i64, number: &str) {
        self.shop(|shop| {
            if let Some(order) = shop.order(order) {
                number.clone_into(&mut order.number);
                order.columns.insert("store_id".to_owned(), 2.into());
            }
        });
    }

    /// People take everything off an order that we have written on it.
    pub fn unmark(&self, order: i64) {
        self.shop(|shop| {
            if let Some(order) = shop.order(order) {
                order.columns.remove("ext_order_id");
                order.comments.clear();
            }
        });
    }

    /// People pay back some of a row that is paid.
    pub fn refund_row(&self, order: i64, row: i64, count: i64) {
        self.shop(|shop| {
            let items = json!([{ "order_item_id": row, "qty": count }]);
            let request = super::request::Request {
                method: hyper::Method::POST,
                segments: Vec::new(),
                query: Vec::new(),
                body: json!({ "items": items }),
            };
            let _ = money::refund_order(shop, order, &request);
        });
    }

    /// The money has come in; with a transaction, a gateway has taken it.
    pub fn pay(&self, order: i64, transaction: Option<&str>) {
        self.shop(|shop| {
            let _ = money::invoice(shop, order, transaction.map(str::to_owned));
        });
    }

    /// Moves an order to another state, as a payment or people do: `pending_payment`, `holded`,
    /// `processing`.
    pub fn set_state(&self, order: i64, state: &'static str) {
        self.shop(|shop| {
            let now = shop.moment();
            if let Some(order) = shop.order(order) {
                (order.state, order.updated) = (state, now);
            }
        });
    }

    /// People cancel an order that is not paid.
    pub fn cancel(&self, order: i64) {
        self.shop(|shop| {
            let _ = orders::cancel(shop, order);
        });
    }

    /// People pay a whole order back, or cancel it where it is not paid.
    pub fn close(&self, order: i64) {
        self.shop(|shop| {
            if orders::cancel(shop, order).is_ok_and(|done| done == Value::Bool(true)) {
                return;
            }
            let request = super::request::Request {
                method: hyper::Method::POST,
                segments: Vec::new(),
                query: Vec::new(),
                body: json!({ "items": [] }),
            };
            let _ = money::refund_order(shop, order, &request);
        });
    }

    /// Every order, oldest first.
    #[must_use]
    pub fn orders(&self) -> Vec<SeenOrder> {
        self.shop(|shop| shop.orders.iter().map(SeenOrder::from).collect())
    }

    /// One order.
    #[must_use]
    pub fn order(&self, id: i64) -> Option<SeenOrder> {
        self.orders().into_iter().find(|order| order.id == id)
    }

    /// Switches a way to pay on.
    pub fn offer_payment(&self, code: &str, title: &str) {
        self.shop(|shop| shop.payment_methods.push((code.to_owned(), title.to_owned())));
    }

    /// The tax that is in prices of orders from now on: a label, nothing is added.
    pub fn set_tax_percent(&self, percent: i64) {
        self.shop(|shop| shop.tax_percent = percent);
    }

    /// The language of the store view: `de_DE` at the start.
    pub fn set_locale(&self, locale: &str) {
        self.shop(|shop| locale.clone_into(&mut shop.locale));
    }
}

fn product(sku: &str, name: &str, kind: &'static str, price: i64) -> Product {
    Product {
        id: 0,
        sku: sku.to_owned(),
        name: name.to_owned(),
        price,
        enabled: true,
        kind,
        attributes: Vec::new(),
        parent: None,
        options: Vec::new(),
        quantity: 0,
        reserved: 0,
    }
}

fn variant(date: &NewDate<'_>) -> Product {
    let name = format!("Kurs {}", date.label);
    let attributes = date.attributes.iter();
    Product {
        attributes: attributes.map(|&(code, value)| (code.to_owned(), value.to_owned())).collect(),
        quantity: date.places,
        ..product(date.sku, &name, "virtual", date.price)
    }
}

/// Keeps what is reserved of a product that is replaced.
fn add(shop: &mut Shop, id: Option<i64>, mut new: Product) -> i64 {
    let id = id.unwrap_or_else(|| 1000 + shop.number("product"));
    if let Some(old) = shop.product(id) {
        new.reserved = old.reserved;
    }
    shop.products.retain(|product| product.id != id);
    shop.products.push(Product { id, ..new });
    id
}

/// The id of an option's label, which is made where it is new.
fn label(shop: &mut Shop, label: &str) -> i64 {
    let labels = shop.labels.entry("course_date".to_owned()).or_default();
    if let Some((id, _)) = labels.iter().find(|(_, found)| found == label) {
        return *id;
    }
    let id = 4 + i64::try_from(labels.len()).unwrap_or_default();
    labels.push((id, label.to_owned()));
    id
}

fn cart(shop: &mut Shop, orders: &[NewOrder<'_>]) -> Option<i64> {
    let first = orders.first()?;
    let id = shop.number("cart");
    let rows = (1..).zip(orders).map(|(number, order)| row(shop, number, order));
    let rows = rows.collect::<Option<Vec<_>>>()?;
    let (firstname, lastname) = first.name;
    let address = json!({
        "firstname": firstname, "lastname": lastname, "street": ["Weg 1"], "city": "Berlin",
        "postcode": "10115", "country_id": "DE", "telephone": "030 0000", "email": first.email,
    });
    let discount = orders.iter().map(|order| order.discount).sum();
    shop.carts.push(Cart { id, active: true, rows, address: Some(address), discount });
    Some(id)
}

fn row(shop: &Shop, id: i64, order: &NewOrder<'_>) -> Option<CartRow> {
    let course = shop.product(order.course)?;
    if let Some((option, _, values)) = course.options.first() {
        let (value, _, extra, suffix) = values.iter().find(|(id, ..)| *id == order.date)?;
        return Some(CartRow {
            id,
            course: course.id,
            stocked: course.id,
            quantity: order.count,
            price: course.price + extra,
            option: Some(chosen("custom_options", *option, json!(value.to_string()))),
            sku: format!("{}-{suffix}", course.sku),
        });
    }
    let date = shop.product(order.date)?;
    let attribute = date.attributes.iter().find(|(code, _)| code == "course_date");
    let value: i64 = attribute.and_then(|(_, value)| value.parse().ok()).unwrap_or_default();
    let option = chosen("configurable_item_options", VARIANT_ATTRIBUTE, json!(value));
    Some(CartRow {
        id,
        course: course.id,
        stocked: date.id,
        quantity: order.count,
        price: date.price,
        option: (course.id != date.id).then_some(option),
        sku: date.sku.clone(),
    })
}

fn chosen(kind: &str, option: i64, value: Value) -> Value {
    let pair = json!({ "option_id": option.to_string(), "option_value": value });
    json!({ "extension_attributes": { kind: [pair] } })
}
