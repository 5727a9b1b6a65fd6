//! Which call goes where, and which permission it needs.

use super::answer::{Answer, Answered, no_route};
use super::request::Request;
use super::search::keep_fields;
use super::state::Shop;
use super::{carts, catalog, money, orders, stock};

/// The permission that a call needs.
pub(super) fn permission(method: &str, segments: &[&str]) -> Option<&'static str> {
    Some(match (method, segments) {
        ("GET", ["orders", ..]) => "Magento_Sales::actions_view",
        ("POST", ["orders"]) => "Magento_Sales::create",
        ("POST", ["orders", _, "comments"]) => "Magento_Sales::comment",
        ("POST", ["orders", _, "cancel"]) => "Magento_Sales::cancel",
        ("POST", ["order", _, "invoice"]) => "Magento_Sales::invoice",
        ("POST", ["order", _, "refund"]) => "Magento_Sales::creditmemo",
        ("POST", ["invoice", _, "refund"]) | ("GET", ["invoices"]) => {
            "Magento_Sales::sales_invoice"
        }
        ("GET", ["creditmemos"]) => "Magento_Sales::sales_creditmemo",
        (_, ["carts", ..]) => "Magento_Cart::manage",
        ("GET", ["products", _, "options"]) => "Magento_Catalog::catalog",
        ("GET", ["products", "attributes", ..]) => "Magento_Catalog::attributes_attributes",
        ("GET", ["products", ..] | ["configurable-products", ..]) => "Magento_Catalog::products",
        ("GET", ["stockItems", _]) => "Magento_Catalog::catalog_inventory",
        ("GET", ["inventory", ..]) => "Magento_InventorySalesApi::stock",
        ("GET", ["store", "storeConfigs"]) => "Magento_Backend::store",
        _ => return None,
    })
}

/// Carries a call out.
pub(super) fn carry_out(shop: &mut Shop, request: &Request) -> Result<Answer, Answer> {
    let segments: Vec<&str> = request.segments.iter().map(String::as_str).collect();
    let answer = match request.method.as_str() {
        "GET" => read(shop, request, &segments),
        _ => write(shop, request, &segments),
    }?;
    Ok(Answer::ok(&keep_fields(request, answer)))
}

fn read(shop: &mut Shop, request: &Request, segments: &[&str]) -> Answered {
    match segments {
        ["orders"] => orders::list(shop, request),
        ["orders", "items"] => orders::items(shop, request),
        ["orders", "items", id] => orders::item(shop, number(id)?),
        ["orders", id] => orders::get(shop, number(id)?),
        ["orders", id, "comments"] => orders::comments(shop, number(id)?),
        ["invoices"] => money::invoices(shop, request),
        ["creditmemos"] => money::memos(shop, request),
        ["carts", id] => carts::get(shop, number(id)?),
        ["carts", id, "items"] => carts::items(shop, number(id)?),
        ["carts", id, "totals"] => carts::totals(shop, number(id)?),
        ["carts", id, "payment-methods"] => carts::payment_methods(shop, number(id)?),
        ["products"] => catalog::list(shop, request),
        ["products", "attributes", code, "options"] => catalog::labels(shop, code),
        ["products", sku] => catalog::get(shop, sku),
        ["products", sku, "options"] => catalog::options(shop, sku),
        ["configurable-products", sku, "children"] => catalog::children(shop, sku),
        ["configurable-products", sku, "options", "all"] => catalog::variants(shop, sku),
        ["stockItems", sku] => stock::item(shop, sku),
        ["inventory", "get-product-salable-quantity", sku, _] => stock::salable(shop, sku),
        ["inventory", "is-product-salable-for-requested-qty", sku, _, count] => {
            stock::fits(shop, sku, count)
        }
        ["inventory", "stock-resolver", "website", code] => stock::resolve(code),
        ["store", "storeConfigs"] => Ok(stock::store_configs(shop)),
        _ => Err(no_route()),
    }
}

fn write(shop: &mut Shop, request: &Request, segments: &[&str]) -> Answered {
    match (request.method.as_str(), segments) {
        ("POST", ["orders"]) => orders::update(shop, request),
        ("POST", ["orders", id, "comments"]) => orders::comment(shop, number(id)?, request),
        ("POST", ["orders", id, "cancel"]) => orders::cancel(shop, number(id)?),
        ("POST", ["order", id, "invoice"]) => money::invoice(shop, number(id)?, None),
        ("POST", ["order", id, "refund"]) => money::refund_order(shop, number(id)?, request),
        ("POST", ["invoice", id, "refund"]) => money::refund_invoice(shop, number(id)?, request),
        ("POST", ["carts"]) => carts::create(shop),
        ("POST", ["carts", id, "items"]) => carts::add(shop, number(id)?, request),
        ("DELETE", ["carts", id, "items", item]) => carts::remove(shop, number(id)?, number(item)?),
        ("POST", ["carts", id, "billing-address"]) => carts::bill(shop, number(id)?, request),
        ("PUT", ["carts", id, "order"]) => carts::place(shop, number(id)?, request),
        _ => Err(no_route()),
    }
}

fn number(segment: &str) -> Result<i64, Answer> {
    segment.parse().map_err(|_| no_route())
}
