//! The shop's JSON, read with suspicion: every field may be missing, ids may be texts, lists null.

#[cfg(test)]
mod bodies;
mod cart;
mod decimal;
#[cfg(test)]
mod fuzz;
mod order;
mod product;
mod scalar;
mod stock;

pub(crate) use self::cart::{Cart, CartItem, CartTotals, PaymentMethod};
pub(crate) use self::decimal::Decimal;
pub(crate) use self::order::{Address, Comment, CreditMemo, Invoice, Order, OrderItem, OrderState};
pub(crate) use self::product::{
    AttributeLabel, CustomOption, OptionValue, Product, ProductOption, Variant,
};
pub(crate) use self::scalar::{Flag, Found, Id, Items, Moment, Text};
pub(crate) use self::stock::{Salability, Stock, StockItem, StoreConfig};
