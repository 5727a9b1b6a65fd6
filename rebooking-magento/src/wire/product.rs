//! Products, their attributes and their options.

use serde::Deserialize;
use serde_json::Value;

use super::{Decimal, Id, Items, Text};

/// A product.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Product {
    pub(crate) id: Id,
    #[serde(default)]
    pub(crate) sku: Text,
    #[serde(default)]
    pub(crate) name: Text,
    pub(crate) price: Option<Decimal>,
    pub(crate) status: Option<Id>,
    /// `virtual`, `simple`, `configurable` and others.
    #[serde(default)]
    pub(crate) type_id: Text,
    #[serde(default)]
    pub(crate) custom_attributes: Items<Attribute>,
}

impl Product {
    /// It can be bought; a product that says nothing can.
    pub(crate) fn is_enabled(&self) -> bool {
        self.status.is_none_or(|status| status == Id(1))
    }

    /// It is sent somewhere, so an order needs a way to send it.
    pub(crate) fn is_shipped(&self) -> bool {
        self.type_id.get() == Some("simple")
    }

    /// The value of an attribute: a text, or the id of an option.
    pub(crate) fn attribute(&self, code: &str) -> Option<&str> {
        let found = self.custom_attributes.iter().find(|found| found.attribute_code == code)?;
        found.value.get()
    }
}

/// An attribute with its value; a list is no value of use here.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Attribute {
    attribute_code: String,
    #[serde(default)]
    value: Text,
}

/// The label of an option's id.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct AttributeLabel {
    #[serde(default)]
    pub(crate) label: Text,
    #[serde(default)]
    pub(crate) value: Text,
}

/// An attribute that makes the variants of a configurable product.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Variant {
    pub(crate) attribute_id: Id,
    #[serde(default)]
    pub(crate) values: Items<VariantValue>,
}

/// One of its values.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct VariantValue {
    pub(crate) value_index: Id,
}

/// A custom option of a simple or virtual product.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct CustomOption {
    pub(crate) option_id: Id,
    #[serde(default)]
    pub(crate) title: Text,
    /// `drop_down`, `radio` and others.
    #[serde(default, rename = "type")]
    pub(crate) kind: Text,
    #[serde(default)]
    pub(crate) values: Items<OptionValue>,
}

/// One value of a custom option.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct OptionValue {
    pub(crate) option_type_id: Id,
    #[serde(default)]
    pub(crate) title: Text,
    #[serde(default)]
    pub(crate) price: Decimal,
    #[serde(default)]
    pub(crate) price_type: Text,
}

/// What is put into a cart with a product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ProductOption {
    /// A variant of a configurable product.
    Configurable(Vec<(Id, Id)>),
    /// Values of custom options.
    Custom(Vec<(Id, Id)>),
    /// The product as it is.
    None,
}

impl ProductOption {
    pub(crate) fn json(&self) -> Option<Value> {
        let (name, pairs) = match self {
            Self::Configurable(pairs) => ("configurable_item_options", pairs),
            Self::Custom(pairs) => ("custom_options", pairs),
            Self::None => return None,
        };
        let pairs = pairs.iter().map(|&(option, value)| {
            let value = match self {
                // Only here the value is a number.
                Self::Configurable(_) => Value::from(value.0),
                Self::Custom(_) | Self::None => Value::from(value.to_string()),
            };
            serde_json::json!({ "option_id": option.to_string(), "option_value": value })
        });
        let pairs: Vec<Value> = pairs.collect();
        Some(serde_json::json!({ "extension_attributes": { name: pairs } }))
    }
}
