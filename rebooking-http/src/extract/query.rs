//! The parameters behind the question mark. One that is unknown, is there twice or cannot be read
//! is refused, and named: a filter that is misspelt must not show everything.

use chrono::NaiveDate;
use percent_encoding::percent_decode_str;
use rebooking_core::ports::reports::PageRequest;

use super::handler::{Buffered, Extract};
use super::one_of;
use crate::error::{ApiError, RequestError};

/// The parameters as they came.
pub(crate) struct Params(String);

impl<S: Sync> Extract<S> for Params {
    async fn extract(request: &mut Buffered, _state: &S) -> Result<Self, ApiError> {
        Ok(Self(request.parts.uri.query().unwrap_or_default().to_owned()))
    }
}

impl Params {
    /// Reads those of these names and refuses all others.
    pub(crate) fn only(&self, names: &[&'static str]) -> Result<Filters, RequestError> {
        let mut found: Vec<(&'static str, String)> = Vec::new();
        for pair in self.0.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let name = decoded(name).unwrap_or_else(|| name.to_owned());
            let Some(name) = names.iter().copied().find(|known| *known == name) else {
                return Err(RequestError::unknown_field(&name));
            };
            let value = decoded(value).filter(|value| !value.chars().any(char::is_control));
            let value = value.ok_or_else(|| RequestError::field(name))?;
            if found.iter().any(|(known, _)| *known == name) {
                return Err(RequestError::field(name));
            }
            found.push((name, value));
        }
        Ok(Filters(found))
    }
}

/// A form's way of writing a text into an address; `None` for what is no UTF-8.
fn decoded(raw: &str) -> Option<String> {
    let spaced = raw.replace('+', " ");
    percent_decode_str(&spaced).decode_utf8().ok().map(std::borrow::Cow::into_owned)
}

/// Parameters, each there once.
pub(crate) struct Filters(Vec<(&'static str, String)>);

impl Filters {
    /// What was given, be it nothing.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    /// A number from 1 on, in digits.
    fn number(&self, name: &'static str, most: u32) -> Result<Option<u32>, RequestError> {
        let Some(value) = self.text(name) else { return Ok(None) };
        let digits = value.bytes().all(|byte| byte.is_ascii_digit());
        let number = value.parse().ok().filter(|number| digits && (1..=most).contains(number));
        number.map(Some).ok_or(RequestError::field(name))
    }

    /// A day, as `2027-01-31` and in no other way.
    pub(crate) fn day(&self, name: &'static str) -> Result<Option<NaiveDate>, RequestError> {
        let Some(value) = self.text(name) else { return Ok(None) };
        let day = value.parse::<NaiveDate>().ok().filter(|day| day.to_string() == value);
        day.filter(|_| value.len() == 10).map(Some).ok_or(RequestError::field(name))
    }

    /// The one of `known` whose word was given.
    pub(crate) fn one_of<T: Copy>(
        &self,
        name: &'static str,
        known: &[T],
        word: fn(T) -> &'static str,
    ) -> Result<Option<T>, RequestError> {
        let Some(value) = self.text(name) else { return Ok(None) };
        let found = one_of(value, known, word).map(Some);
        found.ok_or_else(|| RequestError::not_one_of(name, known.iter().copied().map(word)))
    }

    /// Which part of a list: `page` and `size`.
    pub(crate) fn page(&self) -> Result<PageRequest, RequestError> {
        let usual = PageRequest::default();
        // As many as the description says: 31 bits.
        let number = self.number("page", u32::MAX / 2)?.unwrap_or(usual.number);
        Ok(PageRequest::new(number, self.number("size", 100)?.unwrap_or(usual.size)))
    }
}
