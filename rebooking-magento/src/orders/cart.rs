//! The cart that becomes a linked order. Nobody else touches it until it is announced, so it is
//! filled once and forgotten when anything goes wrong: a cart reserves nothing.

use rebooking_core::ports::PortError;
use rebooking_core::value::money::Currency;
use serde_json::{Map, Value, json};

use super::Rebook;
use crate::catalog::{date_option, permanent};
use crate::client::Call;
use crate::settings::Layout;
use crate::wire::{
    Address, Cart, CartItem, CartTotals, Decimal, Id, PaymentMethod, Product, ProductOption, Text,
    Variant,
};

/// A cart that can be placed, or why the shop will never make this order.
pub(super) enum Filled {
    Cart(i64),
    Refused(String),
}

impl Rebook<'_> {
    /// A cart in the original's store view: currency, prices and stock follow from it.
    fn cart_call(&self, call: Call) -> Call {
        call.store(&self.store.code)
    }

    pub(super) async fn fill_cart(&self) -> Result<Filled, PortError> {
        let (sku, option) = match self.product().await? {
            Ok(found) => found,
            Err(why) => return Ok(Filled::Refused(why)),
        };
        let cart: Id = self.session.send(self.cart_call(Call::post("/carts/", &[]))).await?;
        let id = cart.to_string();
        let count = self.change.after.participants.count();
        let mut item = json!({ "quote_id": id, "sku": sku, "qty": count });
        if let (Some(item), Some(option)) = (item.as_object_mut(), option.json()) {
            item.insert("product_option".to_owned(), option);
        }
        let call = self.cart_call(Call::post("/carts/{}/items", &[&id]));
        match self.session.send::<CartItem>(call.body(json!({ "cartItem": item }))).await {
            Ok(added) if added.qty == Decimal::from_count(count) => {}
            Ok(_) => return Err(permanent("the shop put another quantity into the cart")),
            Err(fault) if fault.is_bad_request() || fault.is_not_found() => {
                // The text is the shop's own language: what is behind it is looked up.
                return match self.does_not_fit(0).await? {
                    Some(why) => Ok(Filled::Refused(why.to_owned())),
                    None => Err(fault.into()),
                };
            }
            Err(fault) => return Err(fault.into()),
        }
        self.bill(&id).await?;
        match self.price_differs(&id).await? {
            Some(why) => Ok(Filled::Refused(why)),
            None => Ok(Filled::Cart(cart.0)),
        }
    }

    /// What is put into the cart: the course's SKU and what is chosen with it.
    async fn product(&self) -> Result<Result<(String, ProductOption), String>, PortError> {
        let catalog = &self.shop.catalog;
        let after = &self.change.after;
        let (course, date) = (after.course.id.value(), after.slot.id.value());
        let ids = match catalog.settings.layout {
            Layout::Variants => vec![course, date],
            Layout::Options { .. } => vec![course],
            Layout::Products { .. } => vec![date],
        };
        let products = catalog.products(&self.session, &ids).await?;
        let of = |id: i64| products.iter().find(|product| product.id == Id(id));
        if let Some(shipped) = products.iter().find(|product| product.is_shipped()) {
            let sku = shipped.sku.or_empty();
            return Err(permanent(format!("product {sku} is sent somewhere: courses are virtual")));
        }
        let gone = || Ok(Err("the shop does not offer the new date any more".to_owned()));
        match &catalog.settings.layout {
            Layout::Variants => {
                let (Some(course), Some(date)) = (of(course), of(date)) else { return gone() };
                let sku = course.sku.or_empty().to_owned();
                let option = self.variant(&sku, date).await?;
                Ok(Ok((sku, option)))
            }
            Layout::Options { title, .. } => {
                let Some(course) = of(course) else { return gone() };
                let sku = course.sku.or_empty().to_owned();
                let options = catalog.options(&self.session, &sku).await?;
                let option = date_option(&options, title);
                let value = option.and_then(|option| {
                    let value =
                        option.values.iter().find(|value| value.option_type_id == Id(date))?;
                    Some((option.option_id, value.option_type_id))
                });
                let Some(pair) = value else { return gone() };
                Ok(Ok((sku, ProductOption::Custom(vec![pair]))))
            }
            Layout::Products { .. } => {
                let Some(date) = of(date) else { return gone() };
                Ok(Ok((date.sku.or_empty().to_owned(), ProductOption::None)))
            }
        }
    }

    /// The value that makes a variant: the id of its date's option.
    async fn variant(&self, sku: &str, date: &Product) -> Result<ProductOption, PortError> {
        let call = Call::get("/configurable-products/{}/options/all", &[sku]);
        let variants: Vec<Variant> = self.session.send(call).await?;
        let code = &self.shop.catalog.settings.date;
        let value = date.attribute(code).and_then(|value| value.parse().ok()).map(Id);
        let pair = value.and_then(|value| {
            let has = |variant: &&Variant| variant.values.iter().any(|v| v.value_index == value);
            Some((variants.iter().find(has)?.attribute_id, value))
        });
        match (pair, variants.len()) {
            (Some(pair), 1) => Ok(ProductOption::Configurable(vec![pair])),
            _ => {
                Err(permanent(format!("product {sku}: its variants are not made by {code} alone")))
            }
        }
    }

    async fn bill(&self, cart: &str) -> Result<(), PortError> {
        let Some(address) = &self.original.billing_address else {
            return Err(permanent("the original order has no billing address"));
        };
        let address = copied(address, &self.original.customer_email);
        let call = self.cart_call(Call::post("/carts/{}/billing-address", &[cart]));
        let body = json!({ "address": address, "useForShipping": false });
        Ok(self.session.tell(call.body(body)).await?)
    }

    /// The binding price is the cart's.
    async fn price_differs(&self, cart: &str) -> Result<Option<String>, PortError> {
        let call = self.cart_call(Call::get("/carts/{}/totals", &[cart]));
        let totals: CartTotals = self.session.send(call).await?;
        let expected = self.change.list_total;
        let currency = Currency::parse(totals.quote_currency_code.or_empty()).ok();
        let total = currency.and_then(|currency| totals.grand_total?.money(currency));
        Ok(match total {
            Some(total) if total == expected => None,
            Some(total) => Some(format!(
                "the shop's price is {} {}, not {}",
                total.decimal(),
                total.currency(),
                expected.decimal()
            )),
            None => return Err(permanent("the shop's price cannot be read")),
        })
    }

    /// The way to pay that the shop offers for the cart, of those that take no money by themselves.
    pub(super) async fn payment_method(&self, cart: &str) -> Result<String, PortError> {
        let call = self.cart_call(Call::get("/carts/{}/payment-methods", &[cart]));
        let offered: Vec<PaymentMethod> = self.session.send(call).await?;
        let wanted = match self.change.list_total.sign().is_eq() {
            true => "free",
            false => self.shop.orders.payment_method.as_str(),
        };
        if offered.iter().any(|method| method.code.get() == Some(wanted)) {
            Ok(wanted.to_owned())
        } else {
            Err(permanent(format!("the shop does not offer the payment method {wanted}")))
        }
    }

    /// Turns the cart into an order. Of the two refusals one says that it is one already.
    pub(super) async fn place_cart(
        &self,
        cart: i64,
    ) -> Result<Result<(), crate::client::Fault>, PortError> {
        let cart = cart.to_string();
        let method = self.payment_method(&cart).await;
        let method = match method {
            Ok(method) => method,
            // The methods of a cart that was placed meanwhile are not told.
            Err(PortError::Permanent(_)) => self.shop.orders.payment_method.clone(),
            Err(error) => return Err(error),
        };
        let call = self.cart_call(Call::put("/carts/{}/order", &[&cart]));
        let mut payment = json!({ "method": method });
        if let (Some(payment), "purchaseorder") = (payment.as_object_mut(), method.as_str()) {
            // It wants a number, and keeps it.
            payment.insert("po_number".to_owned(), self.change.reference.as_str().into());
        }
        let body = json!({ "paymentMethod": payment });
        match self.session.send::<Id>(call.body(body)).await {
            Ok(_) => Ok(Ok(())),
            Err(fault) if fault.is_bad_request() || fault.is_not_found() => Ok(Err(fault)),
            Err(fault) => Err(fault.into()),
        }
    }

    /// A cart as it is. `None` when the shop has forgotten it.
    pub(super) async fn cart(&self, cart: i64) -> Result<Option<Cart>, PortError> {
        let call = self.cart_call(Call::get("/carts/{}", &[&cart.to_string()]));
        match self.session.send(call).await {
            Ok(cart) => Ok(Some(cart)),
            Err(fault) if fault.is_not_found() => Ok(None),
            Err(fault) => Err(fault.into()),
        }
    }
}

/// The original's address, for the order that replaces it.
fn copied(address: &Address, email: &Text) -> Value {
    let mut copy = Map::new();
    let mut put = |name: &str, text: &str| copy.insert(name.to_owned(), text.into());
    for (name, text) in [
        ("firstname", &address.firstname),
        ("lastname", &address.lastname),
        ("city", &address.city),
        ("postcode", &address.postcode),
        ("country_id", &address.country_id),
        ("telephone", &address.telephone),
    ] {
        put(name, text.or_empty());
    }
    put("email", email.get().or(address.email.get()).unwrap_or_default());
    for (name, text) in [("company", &address.company), ("region", &address.region)] {
        if let Some(text) = text.get() {
            put(name, text);
        }
    }
    let street = address.street.iter().filter_map(Text::get).collect::<Vec<_>>();
    copy.insert("street".to_owned(), street.into());
    if let Some(Id(region)) = address.region_id {
        copy.insert("region_id".to_owned(), region.into());
    }
    Value::Object(copy)
}
