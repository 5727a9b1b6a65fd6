//! Values that the shop writes now so, now so: `2` or `"2"`, `null` or `[]`, `1` or `true`.

use std::fmt;

use chrono::{DateTime, NaiveDateTime, Utc};
use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// A whole number that may come as a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Id(pub(crate) i64);

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let read = match Value::deserialize(from)? {
            Value::Number(number) => number.as_i64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        read.map(Self).ok_or_else(|| D::Error::custom("an id is a whole number"))
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A text that may come as a number; nothing where it is null or of another shape.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Text(Option<String>);

impl Text {
    /// The text without surrounding blanks, where anything is left of it.
    pub(crate) fn get(&self) -> Option<&str> {
        self.0.as_deref().map(str::trim).filter(|text| !text.is_empty())
    }

    pub(crate) fn or_empty(&self) -> &str {
        self.get().unwrap_or_default()
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(Self(match Value::deserialize(from)? {
            Value::String(text) => Some(text),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }))
    }
}

/// It may name somebody.
impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.get().is_some() { "Text(…)" } else { "Text()" })
    }
}

/// Yes or no: `true`, `1`, `"1"`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Flag(pub(crate) bool);

impl<'de> Deserialize<'de> for Flag {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(Self(match Value::deserialize(from)? {
            Value::Bool(flag) => flag,
            Value::Number(number) => number.as_i64().is_some_and(|number| number != 0),
            Value::String(text) => matches!(text.trim(), "1" | "true"),
            _ => false,
        }))
    }
}

/// A list that may be null.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Items<T>(pub(crate) Vec<T>);

impl<T> Default for Items<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> std::ops::Deref for Items<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Items<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(Self(Option::<Vec<T>>::deserialize(from)?.unwrap_or_default()))
    }
}

/// What a search found.
#[derive(Clone, Debug, Deserialize)]
#[serde(bound(deserialize = "T: DeserializeOwned"))]
pub(crate) struct Found<T> {
    #[serde(default)]
    pub(crate) items: Items<T>,
    /// On this page and all others.
    #[serde(default)]
    pub(crate) total_count: u64,
}

/// A moment, written without a zone and meant in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Moment(pub(crate) DateTime<Utc>);

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        NaiveDateTime::parse_from_str(&text, "%Y-%m-%d %H:%M:%S")
            .map(|at| Self(at.and_utc()))
            .map_err(|_| D::Error::custom("a moment is written 2027-01-25 18:00:00"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read<T: DeserializeOwned>(json: &str) -> T {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn an_id_is_a_number_or_a_text() {
        for json in ["2", "\"2\"", "\" 2 \""] {
            assert_eq!(read::<Id>(json), Id(2));
        }
        for json in ["2.5", "null", "\"two\"", "[]", "99999999999999999999"] {
            assert!(serde_json::from_str::<Id>(json).is_err(), "{json}");
        }
    }

    #[test]
    fn a_text_may_be_a_number_null_or_a_list() {
        assert_eq!(read::<Text>("\" a \"").get(), Some("a"));
        assert_eq!(read::<Text>("5").get(), Some("5"));
        for json in ["null", "[]", "\"  \"", "{}"] {
            assert_eq!(read::<Text>(json).get(), None, "{json}");
        }
        assert_eq!(format!("{:?}", read::<Text>("\"Erika\"")), "Text(…)");
    }

    #[test]
    fn a_list_that_is_null_is_empty() {
        assert_eq!(read::<Items<Id>>("null").0, []);
        assert_eq!(read::<Items<Id>>("[\"1\", 2]").0, [Id(1), Id(2)]);
    }

    #[test]
    fn flags_come_as_numbers_too() {
        for (json, flag) in [("true", true), ("1", true), ("\"1\"", true), ("0", false)] {
            assert_eq!(read::<Flag>(json), Flag(flag), "{json}");
        }
        assert_eq!(read::<Flag>("null"), Flag(false));
    }

    #[test]
    fn a_moment_is_meant_in_utc() {
        let at = read::<Moment>("\"2026-11-29 05:24:35\"").0;
        assert_eq!(at.to_rfc3339(), "2026-11-29T05:24:35+00:00");
        assert!(serde_json::from_str::<Moment>("\"2026-11-29T05:24:35Z\"").is_err());
    }
}
