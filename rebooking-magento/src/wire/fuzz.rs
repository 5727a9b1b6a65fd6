//! Answers of the shop that are spoilt in every way are refused or read, and nothing panics.

use chrono::NaiveDate;
use rebooking_core::testing::fuzz::fuzz;
use rebooking_core::value::course_date::VenueZone;
use rebooking_core::value::money::Currency;
use reqwest::StatusCode;
use serde::de::DeserializeOwned;

use super::*;
use crate::catalog::{Catalog, date_option};
use crate::client::Refusal;
use crate::settings::CatalogSettings;

macro_rules! bodies {
    ($($name:literal),+) => {
        &[$(include_bytes!(concat!("../../tests/bodies/", $name))),+]
    };
}

fn read<T: DeserializeOwned>(input: &[u8]) -> Option<T> {
    serde_json::from_slice(input).ok()
}

/// All that is worked out of an order without asking for more.
fn look_at(order: &Order) {
    let _ = (order.state(), order.waits(), order.paid().money(Currency::EUR));
    for row in order.rows() {
        let _ = (row.left().whole(), row.left().floor(), row.custom_options().len());
        let _ = row.list_price().money(Currency::EUR);
        let _ = row.paid().money_at_most(Currency::EUR);
        let _ = row.paid().times(row.list_price()).over(row.left());
    }
    let _ = format!("{order:?}");
}

#[test]
fn spoilt_orders_are_refused_or_read() {
    let samples: &[&[u8]] = bodies![
        "order_discounted_guest_configurable.json",
        "order_after_refund.json",
        "link_new.json",
        "orders_changed_since.json"
    ];
    fuzz(samples, |input| {
        read::<Order>(input).iter().for_each(look_at);
        read::<Found<Order>>(input).iter().flat_map(|found| found.items.iter()).for_each(look_at);
    });
}

#[test]
fn spoilt_products_are_refused_or_read() {
    let catalog = Catalog::new(CatalogSettings::default());
    let today = NaiveDate::default();
    let samples: &[&[u8]] = bodies!["children.json", "product_by_id.json", "options_all.json"];
    fuzz(samples, |input| {
        let shown = |product: &Product| {
            let price = catalog.price(product, today);
            price.and_then(|price| catalog.shown(price, Currency::EUR));
        };
        read::<Vec<Product>>(input).iter().flatten().for_each(shown);
        read::<Found<Product>>(input).iter().flat_map(|found| found.items.iter()).for_each(shown);
        let _ = read::<Vec<Variant>>(input);
    });
}

#[test]
fn spoilt_titles_of_dates_are_refused_or_read() {
    let catalog = Catalog::new(CatalogSettings::default());
    let samples: &[&[u8]] = &[
        br#"[{"title":"Termin","type":"drop_down","values":[
            {"option_type_id":4,"title":"2027-01-25 18:00","price":9.5}]}]"#,
        br#"[{"title":"Termin","type":"radio","values":[
            {"option_type_id":"4","title":"+262142-12-31 23:59"},
            {"option_type_id":5,"title":"-262143-01-01 00:00"}]}]"#,
    ];
    fuzz(samples, |input| {
        let options: Vec<CustomOption> = read(input).unwrap_or_default();
        let Some(option) = date_option(&options, "Termin") else { return };
        for value in option.values.iter() {
            let _ = catalog.option_slot(value, VenueZone::BERLIN);
        }
    });
}

#[test]
fn spoilt_carts_and_refusals_are_refused_or_read() {
    let samples: &[&[u8]] = bodies![
        "discounted_cart.json",
        "discounted_cart_totals.json",
        "discounted_cart_payment_methods.json",
        "comments.json",
        "creditmemos_of_order.json",
        "is_salable_8.json",
        "order_unknown.json",
        "cart_after_placing_again.json"
    ];
    fuzz(samples, |input| {
        let _ = (read::<Cart>(input), read::<CartItem>(input), read::<CartTotals>(input));
        let _ = (read::<Vec<PaymentMethod>>(input), read::<Found<Comment>>(input));
        let _ = (read::<Found<CreditMemo>>(input), read::<Salability>(input));
        for kind in ["application/json", "text/html", ""] {
            let _ = Refusal::new(StatusCode::BAD_REQUEST, kind, input).to_string();
        }
    });
}
