//! Products, their variants, options and labels.

use serde_json::{Value, json};

use super::answer::{Answered, amount, no_product, not_found};
use super::request::Request;
use super::search::search;
use super::state::{Product, Shop};

/// The number of the attribute that makes variants.
pub(super) const VARIANT_ATTRIBUTE: i64 = 137;

impl Product {
    fn json(&self) -> Value {
        let own = [("required_options", "0"), ("has_options", "0"), ("tax_class_id", "2")];
        let own = own.map(|(code, value)| json!({ "attribute_code": code, "value": value }));
        let attributes = self.attributes.iter();
        let attributes = attributes
            .map(|(code, value)| json!({ "attribute_code": code, "value": value }))
            .chain(own)
            .chain([json!({ "attribute_code": "category_ids", "value": [] })]);
        json!({
            "id": self.id, "sku": self.sku, "name": self.name, "attribute_set_id": 4,
            "price": amount(self.price), "status": if self.enabled { 1 } else { 2 },
            "visibility": 1, "type_id": self.kind, "tier_prices": [],
            "custom_attributes": attributes.collect::<Vec<_>>(),
        })
    }
}

pub(super) fn get(shop: &Shop, sku: &str) -> Answered {
    shop.by_sku(sku).map(Product::json).ok_or_else(no_product)
}

/// A filter may name any attribute.
pub(super) fn list(shop: &Shop, request: &Request) -> Answered {
    let rows = shop.products.iter().map(|product| {
        let mut row = product.json();
        if let Some(row) = row.as_object_mut() {
            row.insert("entity_id".to_owned(), product.id.into());
            for (code, value) in &product.attributes {
                row.entry(code.clone()).or_insert_with(|| value.clone().into());
            }
        }
        row
    });
    let attributes = shop.products.iter().flat_map(|product| product.attributes.iter());
    let mut columns: Vec<&str> = attributes.map(|(code, _)| code.as_str()).collect();
    columns.extend(["course_code", "entity_id", "sku", "name", "status", "type_id", "price"]);
    search(request, rows.collect(), &columns)
}

pub(super) fn children(shop: &Shop, sku: &str) -> Answered {
    let course = shop.by_sku(sku).ok_or_else(no_product)?;
    let children = shop.products.iter().filter(|product| product.parent == Some(course.id));
    Ok(children.map(Product::json).collect::<Vec<_>>().into())
}

pub(super) fn variants(shop: &Shop, sku: &str) -> Answered {
    let course = shop.by_sku(sku).ok_or_else(no_product)?;
    let children = shop.products.iter().filter(|product| product.parent == Some(course.id));
    let values = children.filter_map(|child| {
        let (_, value) = child.attributes.iter().find(|(code, _)| code == "course_date")?;
        value.parse::<i64>().ok().map(|index| json!({ "value_index": index }))
    });
    Ok(json!([{
        "id": 1, "attribute_id": VARIANT_ATTRIBUTE.to_string(), "label": "Termin", "position": 0,
        "values": values.collect::<Vec<_>>(), "product_id": course.id,
    }]))
}

pub(super) fn options(shop: &Shop, sku: &str) -> Answered {
    let product = shop.by_sku(sku).ok_or_else(no_product)?;
    let options = product.options.iter().map(|(id, title, values)| {
        let values = values.iter().map(|(value, title, price, sku)| {
            json!({
                "title": title, "price": amount(*price), "price_type": "fixed", "sku": sku,
                "option_type_id": value,
            })
        });
        json!({
            "product_sku": product.sku, "option_id": id, "title": title, "type": "drop_down",
            "is_require": true, "values": values.collect::<Vec<_>>(),
        })
    });
    Ok(options.collect::<Vec<_>>().into())
}

/// The first label is empty.
pub(super) fn labels(shop: &Shop, attribute: &str) -> Answered {
    let labels = shop.labels.get(attribute).ok_or_else(not_found)?;
    let labels =
        labels.iter().map(|(id, label)| json!({ "label": label, "value": id.to_string() }));
    let empty = json!({ "label": " ", "value": "" });
    Ok(std::iter::once(empty).chain(labels).collect::<Vec<_>>().into())
}
