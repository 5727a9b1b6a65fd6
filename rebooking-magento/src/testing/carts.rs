//! Carts, and the orders that are made from them.

use serde_json::{Value, json};

use super::answer::{Answer, Answered, amount, bad_request, no_cart, no_product, not_found};
use super::catalog::VARIANT_ATTRIBUTE;
use super::request::{Request, integer, only};
use super::state::{Cart, CartRow, Order, Row, Shop};

const SOLD_OUT: &str = "The requested qty is not available";

pub(super) fn create(shop: &mut Shop) -> Answered {
    let id = shop.number("cart");
    let (rows, address) = (Vec::new(), None);
    shop.carts.push(Cart { id, active: true, rows, address, discount: 0 });
    Ok(id.to_string().into())
}

pub(super) fn get(shop: &mut Shop, id: i64) -> Answered {
    let cart = shop.cart(id).ok_or_else(|| no_cart(id))?;
    let mut json = json!({
        "id": id, "is_active": cart.active, "is_virtual": true, "items_count": cart.rows.len(),
        "billing_address": cart.address, "customer_is_guest": true, "store_id": 1,
        "currency": { "base_currency_code": "EUR", "quote_currency_code": "EUR" },
    });
    let names: Vec<_> = cart.rows.clone();
    // A cart that became an order shows its rows no more.
    if cart.active {
        let rows: Vec<Value> = names.iter().map(|row| row_json(shop, id, row)).collect();
        if let Some(json) = json.as_object_mut() {
            json.insert("items".to_owned(), rows.into());
        }
    }
    Ok(json)
}

pub(super) fn items(shop: &mut Shop, id: i64) -> Answered {
    let rows = active(shop, id)?.rows.clone();
    Ok(rows.iter().map(|row| row_json(shop, id, row)).collect::<Vec<_>>().into())
}

/// Adding again adds up.
pub(super) fn add(shop: &mut Shop, id: i64, request: &Request) -> Answered {
    active(shop, id)?;
    let item = request.argument("cartItem")?;
    only(item, &["quote_id", "sku", "qty", "price", "product_option", "item_id", "name"])?;
    let sku = item.get("sku").and_then(Value::as_str).unwrap_or_default();
    let quantity = integer(item.get("qty")).unwrap_or_default();
    let row = chosen(shop, sku, quantity, item.get("product_option"))?;
    let stocked = shop.product(row.stocked).ok_or_else(no_product)?;
    if !stocked.enabled {
        return Err(bad_request("Product that you are trying to add is not available."));
    }
    let free = stocked.salable();
    let number = shop.number("cart item");
    let cart = active(shop, id)?;
    let there = cart.rows.iter().position(|found| {
        found.stocked == row.stocked && found.course == row.course && found.option == row.option
    });
    let before = there.and_then(|place| cart.rows.get(place)).map_or(0, |row| row.quantity);
    if before + quantity > free {
        return Err(bad_request(SOLD_OUT));
    }
    let row = CartRow { id: number, quantity: before + quantity, ..row };
    match there.and_then(|place| cart.rows.get_mut(place)) {
        Some(found) => *found = CartRow { id: found.id, ..row.clone() },
        None => cart.rows.push(row.clone()),
    }
    Ok(row_json(shop, id, &row))
}

/// What a body asks for: a variant, a value of an option, or the product itself.
fn chosen(
    shop: &Shop,
    sku: &str,
    quantity: i64,
    option: Option<&Value>,
) -> Result<CartRow, Answer> {
    let product = shop.by_sku(sku).ok_or_else(no_product)?;
    let pairs = |name: &str| {
        option
            .and_then(|option| option.pointer(&format!("/extension_attributes/{name}/0")))
            .and_then(|pair| {
                Some((integer(pair.get("option_id"))?, integer(pair.get("option_value"))?))
            })
    };
    let row = CartRow {
        id: 0,
        course: product.id,
        stocked: product.id,
        quantity,
        price: product.price,
        option: option.cloned(),
        sku: product.sku.clone(),
    };
    if product.kind == "configurable" {
        let need = || bad_request("You need to choose options for your item.");
        let (attribute, value) = pairs("configurable_item_options").ok_or_else(need)?;
        let variant = shop.products.iter().find(|found| {
            found.parent == Some(product.id)
                && found
                    .attributes
                    .iter()
                    .any(|(code, found)| code == "course_date" && *found == value.to_string())
        });
        let variant = variant.filter(|_| attribute == VARIANT_ATTRIBUTE).ok_or_else(need)?;
        let (stocked, price, sku) = (variant.id, variant.price, variant.sku.clone());
        return Ok(CartRow { stocked, price, sku, ..row });
    }
    if let Some((id, _, values)) = product.options.first() {
        let need = || {
            bad_request(
                "The product's required option(s) weren't entered. Make sure the options are \
                 entered and try again.",
            )
        };
        let (option, value) = pairs("custom_options").ok_or_else(need)?;
        let value = values.iter().find(|(found, ..)| *found == value && *id == option);
        let (_, _, extra, suffix) = value.ok_or_else(need)?;
        let (price, sku) = (product.price + extra, format!("{}-{suffix}", product.sku));
        return Ok(CartRow { price, sku, ..row });
    }
    Ok(row)
}

pub(super) fn remove(shop: &mut Shop, id: i64, item: i64) -> Answered {
    let cart = active(shop, id)?;
    let before = cart.rows.len();
    cart.rows.retain(|row| row.id != item);
    if cart.rows.len() == before { Err(not_found()) } else { Ok(true.into()) }
}

pub(super) fn bill(shop: &mut Shop, id: i64, request: &Request) -> Answered {
    let address = request.argument("address")?.clone();
    only(
        &address,
        &[
            "firstname",
            "lastname",
            "street",
            "city",
            "postcode",
            "country_id",
            "telephone",
            "email",
            "company",
            "region",
            "region_id",
            "region_code",
        ],
    )?;
    let number = shop.number("address");
    active(shop, id)?.address = Some(address);
    Ok(number.to_string().into())
}

pub(super) fn totals(shop: &mut Shop, id: i64) -> Answered {
    let cart = active(shop, id)?;
    let (sum, discount) = (sum(cart), cart.discount);
    let rows = cart.rows.iter().map(|row| {
        json!({
            "item_id": row.id, "price": amount(row.price), "qty": row.quantity,
            "row_total": amount(row.price * row.quantity),
            "row_total_incl_tax": amount(row.price * row.quantity), "discount_amount": 0,
        })
    });
    Ok(json!({
        "grand_total": amount(sum - discount), "base_grand_total": amount(sum - discount),
        "subtotal": amount(sum), "discount_amount": amount(-discount), "tax_amount": 0,
        "base_currency_code": "EUR", "quote_currency_code": "EUR",
        "items": rows.collect::<Vec<_>>(),
    }))
}

fn sum(cart: &Cart) -> i64 {
    cart.rows.iter().map(|row| row.price * row.quantity).sum()
}

/// Nothing can pay for an empty cart.
pub(super) fn payment_methods(shop: &mut Shop, id: i64) -> Answered {
    let empty = active(shop, id)?.rows.is_empty();
    let methods = shop.payment_methods.iter().filter(|_| !empty);
    let methods = methods.map(|(code, title)| json!({ "code": code, "title": title }));
    Ok(methods.collect::<Vec<_>>().into())
}

/// `PUT /carts/{id}/order`: a cart becomes one order, and then it is a cart no more.
pub(super) fn place(shop: &mut Shop, id: i64, request: &Request) -> Answered {
    active(shop, id)?;
    let payment = request.argument("paymentMethod")?;
    let method = payment.get("method").and_then(Value::as_str).unwrap_or_default().to_owned();
    if method == "purchaseorder" && payment.get("po_number").is_none() {
        return Err(bad_request("Purchase order number is a required field."));
    }
    if !shop.payment_methods.iter().any(|(code, _)| *code == method) {
        return Err(bad_request("The requested Payment Method is not available."));
    }
    let cart = active(shop, id)?.clone();
    let Some(address) = cart.address.clone() else {
        return Err(bad_request("Please check the billing address information. %1"));
    };
    if cart.rows.is_empty() {
        active(shop, id)?.active = false;
        let message = "A server error stopped your order from being placed. Please try to place \
                       your order again.";
        return Err(bad_request(message));
    }
    // The stock is checked again, and reserved.
    let fits = |row: &CartRow| {
        shop.product(row.stocked).is_some_and(|product| row.quantity <= product.salable())
    };
    if !cart.rows.iter().all(fits) {
        return Err(bad_request(SOLD_OUT));
    }
    for product in &mut shop.products {
        let of = cart.rows.iter().filter(|row| row.stocked == product.id);
        product.reserved += of.map(|row| row.quantity).sum::<i64>();
    }
    active(shop, id)?.active = false;
    let order = order(shop, &cart, address, method);
    let number = order.id;
    shop.orders.push(order);
    Ok(number.into())
}

fn order(shop: &mut Shop, cart: &Cart, address: Value, method: String) -> Order {
    let (id, now) = (shop.number("order"), shop.moment());
    let mut rows = Vec::new();
    let mut discount = cart.discount;
    for row in &cart.rows {
        let course = shop.product(row.course).cloned();
        let stocked = shop.product(row.stocked).cloned();
        let (Some(course), Some(stocked)) = (course, stocked) else { continue };
        let item = shop.number("order item");
        let parent = Row {
            id: item,
            parent: None,
            product: course.id,
            kind: course.kind,
            // With a variant it is the variant's, with an option it has the option's at its end.
            sku: row.sku.clone(),
            name: course.name,
            ordered: row.quantity,
            cancelled: 0,
            refunded: 0,
            invoiced: 0,
            price: row.price,
            discount: std::mem::take(&mut discount),
            amount_refunded: 0,
            tax_percent: shop.tax_percent,
            option: row.option.clone(),
        };
        let child = (course.id != stocked.id).then(|| Row {
            id: shop.number("order item"),
            parent: Some(item),
            product: stocked.id,
            kind: stocked.kind,
            name: stocked.name,
            price: 0,
            discount: 0,
            option: None,
            ..parent.clone()
        });
        rows.push(parent);
        rows.extend(child);
    }
    Order {
        id,
        number: format!("{id:09}"),
        cart: cart.id,
        state: "new",
        created: now.clone(),
        updated: now,
        address,
        method,
        discount: cart.discount,
        paid: None,
        refunded: None,
        rows,
        comments: Vec::new(),
        invoices: Vec::new(),
        memos: Vec::new(),
        columns: serde_json::Map::new(),
    }
}

/// A cart that was not placed yet.
fn active(shop: &mut Shop, id: i64) -> Result<&mut Cart, Answer> {
    shop.cart(id).filter(|cart| cart.active).ok_or_else(|| no_cart(id))
}

fn row_json(shop: &Shop, cart: i64, row: &CartRow) -> Value {
    let course = shop.product(row.course);
    let mut json = json!({
        "item_id": row.id, "sku": row.sku, "qty": row.quantity, "price": amount(row.price),
        "name": course.map(|course| course.name.clone()),
        "product_type": course.map(|course| course.kind), "quote_id": cart.to_string(),
    });
    if let (Some(json), Some(option)) = (json.as_object_mut(), &row.option) {
        json.insert("product_option".to_owned(), option.clone());
    }
    json
}
