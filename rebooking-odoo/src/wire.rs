//! Odoo's answers. What is absent is `false`, whatever its type; several answers are a number in
//! one version and a list of one in another.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// A key of a record.
pub(crate) fn id(value: &Value) -> Option<i64> {
    value.as_i64().filter(|id| *id > 0)
}

/// What `create` and `message_post` give: a number or a list of one.
pub(crate) fn created(value: &Value) -> Option<i64> {
    match value.as_array().map(Vec::as_slice) {
        None => id(value),
        Some([only]) => id(only),
        Some(_) => None,
    }
}

/// What `search` gives.
pub(crate) fn ids(value: &Value) -> Option<Vec<i64>> {
    value.as_array()?.iter().map(id).collect()
}

/// What `search_count` gives.
pub(crate) fn count(value: &Value) -> Option<u64> {
    value.as_u64()
}

/// What `write` gives.
pub(crate) fn written(value: &Value) -> Option<()> {
    (*value == Value::Bool(true)).then_some(())
}

/// What `read` and `search_read` give.
pub(crate) fn records(value: &Value) -> Option<Vec<&Map<String, Value>>> {
    value.as_array()?.iter().map(Value::as_object).collect()
}

/// The record that `read` gives of one id; none when it is gone.
pub(crate) fn record(value: &Value) -> Option<Option<Map<String, Value>>> {
    match records(value)?.as_slice() {
        [] => Some(None),
        [only] => Some(Some((*only).clone())),
        _ => None,
    }
}

/// What `fields_get` gives: the type of each field.
pub(crate) fn field_types(value: &Value) -> Option<BTreeMap<String, String>> {
    let kind = |(name, field): (&String, &Value)| {
        Some((name.clone(), field.get("type")?.as_str()?.to_owned()))
    };
    value.as_object()?.iter().map(kind).collect()
}

/// What an external id leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reference {
    To(i64),
    /// A record that this user does not see.
    Hidden,
}

/// What `check_object_reference` gives for a record of `model`.
pub(crate) fn reference(value: &Value, model: &str) -> Option<Reference> {
    match value.as_array().map(Vec::as_slice) {
        Some([found, Value::Bool(false)]) if found == model => Some(Reference::Hidden),
        Some([found, key]) if found == model => id(key).map(Reference::To),
        Some(_) | None => None,
    }
}

/// What `load` says of one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Loaded {
    /// It is there.
    As(i64),
    /// Nothing was written; the column at fault where one is named.
    Refused(Option<String>),
}

/// What `load` gives.
pub(crate) fn loaded(value: &Value) -> Option<Loaded> {
    match value.get("ids")? {
        Value::Bool(false) => {
            let field = value.pointer("/messages/0/field").and_then(Value::as_str);
            Some(Loaded::Refused(field.map(str::to_owned)))
        }
        ids => created(ids).map(Loaded::As),
    }
}

/// A text field.
pub(crate) fn text<'a>(record: &'a Map<String, Value>, field: &str) -> Option<&'a str> {
    record.get(field).and_then(Value::as_str)
}

/// A field of type boolean; one that is not there is false.
pub(crate) fn flag(record: &Map<String, Value>, field: &str) -> bool {
    record.get(field).and_then(Value::as_bool).unwrap_or_default()
}

/// The key that a many2one field holds.
pub(crate) fn many2one(record: &Map<String, Value>, field: &str) -> Option<i64> {
    match record.get(field)?.as_array()?.as_slice() {
        [key, ..] => id(key),
        [] => None,
    }
}
