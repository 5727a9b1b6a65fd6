//! Places: what is in the source less what is reserved.

use serde_json::{Value, json};

use super::answer::{Answered, bad_request, no_product, not_found, uncaught};
use super::state::Shop;

pub(super) fn salable(shop: &Shop, sku: &str) -> Answered {
    let product = shop.by_sku(sku).ok_or_else(uncaught)?;
    if product.kind == "configurable" {
        let message = "Can't check requested quantity for products without Source Items support.";
        return Err(bad_request(message));
    }
    Ok(product.salable().into())
}

pub(super) fn fits(shop: &Shop, sku: &str, count: &str) -> Answered {
    let product = shop.by_sku(sku).ok_or_else(uncaught)?;
    let count: i64 = count.parse().map_err(|_| uncaught())?;
    if count <= product.salable() {
        return Ok(json!({ "salable": true, "errors": [] }));
    }
    let errors = [
        ("back_order-disabled", "Backorders are disabled"),
        ("manage_stock-enabled", "Manage stock is enabled"),
        ("is_salable_with_reservations-not_enough_qty", "The requested qty is not available"),
    ];
    let errors = errors.map(|(code, message)| json!({ "code": code, "message": message }));
    Ok(json!({ "salable": false, "errors": errors }))
}

/// Without MSI: what is there, reservations not taken off.
pub(super) fn item(shop: &Shop, sku: &str) -> Answered {
    let product = shop.by_sku(sku).ok_or_else(no_product)?;
    Ok(json!({
        "item_id": product.id, "product_id": product.id, "stock_id": 1, "qty": product.quantity,
        "is_in_stock": product.quantity > 0, "manage_stock": true, "min_qty": 0, "backorders": 0,
    }))
}

pub(super) fn resolve(website: &str) -> Answered {
    if website != "base" {
        return Err(not_found());
    }
    let channels = json!([{ "type": "website", "code": "base" }]);
    Ok(json!({
        "stock_id": 1, "name": "Default Stock",
        "extension_attributes": { "sales_channels": channels },
    }))
}

pub(super) fn store_configs(shop: &Shop) -> Value {
    let stores = [(1, "default"), (2, "other")].map(|(id, code)| {
        json!({
            "id": id, "code": code, "website_id": 1, "locale": shop.locale,
            "base_currency_code": "EUR", "default_display_currency_code": "EUR",
            "timezone": "Europe/Berlin",
        })
    });
    Value::Array(stores.into())
}
