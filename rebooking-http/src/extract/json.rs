//! JSON bodies, read with suspicion. What is wrong is sorted into a fault that names the field.

use std::fmt;

use serde::de::value::{MapAccessDeserializer, StrDeserializer, StringDeserializer};
use serde::de::{DeserializeOwned, DeserializeSeed, IntoDeserializer as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Number;
use serde_json::value::RawValue;

use super::handler::{Buffered, Extract};
use super::media_type;
use crate::error::{ApiError, RequestError};

/// A JSON body.
pub(crate) struct Body<T>(pub(crate) T);

impl<S: Sync, T: DeserializeOwned + Send> Extract<S> for Body<T> {
    async fn extract(request: &mut Buffered, _state: &S) -> Result<Self, ApiError> {
        if is_json(media_type(&request.parts.headers)) {
            Ok(Self(read(&request.body)?))
        } else {
            Err(RequestError::NotDeclaredJson.into())
        }
    }
}

fn is_json(media_type: &str) -> bool {
    let declared = media_type.to_ascii_lowercase();
    declared == "application/json"
        || (declared.starts_with("application/") && declared.ends_with("+json"))
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, RequestError> {
    // Whether it is JSON at all comes first: a fault further on must not hide behind the first
    // field that is wrong.
    let whole: &RawValue = serde_json::from_slice(bytes).map_err(|_| RequestError::NotJson)?;
    // Without this serde would take a list of values for an object, in the order of its fields.
    if !whole.get().starts_with('{') {
        return Err(RequestError::field("body"));
    }
    let Object(entries) = serde_json::from_str(whole.get()).map_err(|_| RequestError::NotJson)?;
    let entries = Entries { rest: entries.into_iter(), next: None };
    T::deserialize(MapAccessDeserializer::new(entries)).map_err(|FieldError(error)| error)
}

/// Names and values of an object, in their order, those included that are there twice.
struct Object<'de>(Vec<(String, &'de RawValue)>);

impl<'de> Deserialize<'de> for Object<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ObjectVisitor)
    }
}

struct ObjectVisitor;

impl<'de> Visitor<'de> for ObjectVisitor {
    type Value = Object<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object<'de>, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Object(entries))
    }
}

/// The fields of an object one by one. Serde says of each by a method, and not by its text, that it
/// is missing, unknown or there twice.
struct Entries<'de> {
    rest: std::vec::IntoIter<(String, &'de RawValue)>,
    next: Option<(String, &'de RawValue)>,
}

impl<'de> MapAccess<'de> for Entries<'de> {
    type Error = FieldError;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, FieldError> {
        self.next = self.rest.next();
        let name = self.next.as_ref().map(|(name, _)| name.as_str().into_deserializer());
        name.map(|name: StrDeserializer<'_, FieldError>| seed.deserialize(name)).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(
        &mut self,
        seed: V,
    ) -> Result<V::Value, FieldError> {
        let (name, value) = self.next.take().ok_or(FieldError(RequestError::NotJson))?;
        let mut value = serde_json::Deserializer::from_str(value.get());
        seed.deserialize(&mut value).map_err(|error| match error.classify() {
            serde_json::error::Category::Data => FieldError(RequestError::field(name)),
            // A text with half a character in it (a lone surrogate) is no JSON at all.
            _ => FieldError(RequestError::NotJson),
        })
    }
}

/// What is wrong with a field.
#[derive(Debug)]
struct FieldError(RequestError);

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

impl std::error::Error for FieldError {}

impl serde::de::Error for FieldError {
    fn custom<T: fmt::Display>(_message: T) -> Self {
        Self(RequestError::field("body"))
    }

    fn missing_field(field: &'static str) -> Self {
        Self(RequestError::field(field))
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self(RequestError::field(field))
    }

    fn unknown_field(field: &str, _expected: &'static [&'static str]) -> Self {
        Self(RequestError::unknown_field(field))
    }
}

/// One of a few words. Left to itself, serde also takes an object for one, like `{"other":null}`.
pub(crate) fn word<'de, D: Deserializer<'de>, T: DeserializeOwned>(
    deserializer: D,
) -> Result<T, D::Error> {
    let word: StringDeserializer<D::Error> = String::deserialize(deserializer)?.into_deserializer();
    T::deserialize(word)
}

/// A whole number, however it is written: in JSON 402 and 402.0 are the same.
pub(crate) struct JsonInt<T>(pub(crate) T);

impl<'de, T: TryFrom<i64>> Deserialize<'de> for JsonInt<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = Box::<RawValue>::deserialize(deserializer)?;
        let whole = whole(written.get()).and_then(|whole| T::try_from(whole).ok());
        whole
            .map(Self)
            .ok_or_else(|| serde::de::Error::custom("not a whole number within the limits"))
    }
}

fn whole(written: &str) -> Option<i64> {
    /// Up to here every whole number has a form of its own with a point in it.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let pointed = || {
        let number: f64 = written.parse().ok()?;
        // Within these limits nothing is lost.
        (number.fract() == 0.0 && number.abs() < EXACT).then_some(number as i64)
    };
    written.parse().ok().or_else(pointed)
}

/// A field that may be left out, but is not null.
pub(crate) fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// A number, digit by digit. Left to itself, serde also takes an object for one, in the shape that
/// it keeps numbers in.
pub(crate) fn number<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Number>, D::Error> {
    let written = Option::<Box<RawValue>>::deserialize(deserializer)?;
    let number = written.map(|written| written.get().parse()).transpose();
    number.map_err(serde::de::Error::custom)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_number_is_one_however_it_is_written() {
        for (written, number) in [
            ("402", Some(402)),
            ("402.0", Some(402)),
            ("4.02e2", Some(402)),
            ("-1", Some(-1)),
            ("9223372036854775807", Some(i64::MAX)),
            ("402.5", None),
            ("9007199254740993.0", None),
            ("9223372036854775808", None),
            ("1e400", None),
            ("\"402\"", None),
            ("\"nan\"", None),
            ("null", None),
            ("[402]", None),
            (r#"{"$serde_json::private::Number":"402"}"#, None),
        ] {
            let read: Option<JsonInt<i64>> = serde_json::from_str(written).ok();
            assert_eq!(read.map(|JsonInt(read)| read), number, "{written}");
        }
        assert!(serde_json::from_str::<JsonInt<u32>>("-1").is_err());
    }
}
