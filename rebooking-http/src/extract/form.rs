//! What pages are asked with: the fields of their forms, and the query behind their address.
//! Browsers and mail programs add what they like to an address, so that what a page does not know
//! is left alone.

use std::str::FromStr;

use rebooking_core::ports::reports::PageRequest;
use rebooking_core::value::customer::EmailAddress;
use rebooking_core::value::text::FreeText;

use super::handler::{Buffered, Extract};
use super::{media_type, one_of};
use crate::error::{ApiError, RequestError};

/// Fields in their order. An empty one is one that is not there.
pub(crate) struct Fields(Vec<(String, String)>);

impl<S: Sync> Extract<S> for Fields {
    async fn extract(request: &mut Buffered, _state: &S) -> Result<Self, ApiError> {
        Ok(Self::from_encoded(request.parts.uri.query().unwrap_or_default().as_bytes()))
    }
}

impl Fields {
    pub(crate) fn from_encoded(encoded: &[u8]) -> Self {
        Self(form_urlencoded::parse(encoded).into_owned().collect())
    }

    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, value)| known == name && !value.is_empty());
        found.map(|(_, value)| value.as_str())
    }

    /// Every value of a name that may come more than once.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// A number, or a day.
    pub(crate) fn parsed<T: FromStr>(&self, name: &'static str) -> Result<Option<T>, RequestError> {
        let parsed = self.text(name).map(str::parse).transpose();
        parsed.map_err(|_| RequestError::field(name))
    }

    /// What must be there, but for blanks around it.
    pub(crate) fn required<T: FromStr>(&self, name: &'static str) -> Result<T, RequestError> {
        let value = self.text(name).and_then(|value| value.trim().parse().ok());
        value.ok_or(RequestError::field(name))
    }

    /// What somebody wrote, be it nothing.
    pub(crate) fn free_text(&self, name: &'static str) -> Result<FreeText, RequestError> {
        super::text(name, self.text(name).unwrap_or_default())
    }

    pub(crate) fn email(&self, name: &'static str) -> Result<EmailAddress, RequestError> {
        super::email(name, self.text(name).unwrap_or_default())
    }

    /// The one of `known` whose word was given.
    pub(crate) fn one_of<T: Copy>(
        &self,
        name: &'static str,
        known: &[T],
        word: fn(T) -> &'static str,
    ) -> Result<Option<T>, RequestError> {
        let Some(value) = self.text(name) else { return Ok(None) };
        one_of(value, known, word).map(Some).ok_or(RequestError::field(name))
    }

    /// Which part of a list: `page` and `size`.
    pub(crate) fn page(&self) -> Result<PageRequest, RequestError> {
        let usual = PageRequest::default();
        let number = self.parsed("page")?.unwrap_or(usual.number);
        Ok(PageRequest::new(number, self.parsed("size")?.unwrap_or(usual.size)))
    }
}

/// The fields of a page's form.
pub(crate) struct Form(pub(crate) Fields);

impl<S: Sync> Extract<S> for Form {
    async fn extract(request: &mut Buffered, _state: &S) -> Result<Self, ApiError> {
        let declared = media_type(&request.parts.headers);
        if declared.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            Ok(Self(Fields::from_encoded(&request.body)))
        } else {
            Err(RequestError::NotDeclaredForm.into())
        }
    }
}

/// The name of a field of our forms that nobody sees and only a robot fills in: one that means
/// nothing to browsers and password managers, which fill in what they know.
pub(crate) const HONEYPOT: &str = "blank";
/// The same on the page that follows where it was filled in all the same: a box to tick, which no
/// browser ticks for its reader.
const HONEYPOT_BOX: &str = "blank_box";

/// Refuses the form of a robot, before anything of it is looked at or counted.
pub(crate) fn reject_honeypot(form: &Fields) -> Result<(), RequestError> {
    let filled = [HONEYPOT, HONEYPOT_BOX].iter().any(|name| form.text(name).is_some());
    if filled { Err(RequestError::field(HONEYPOT)) } else { Ok(()) }
}
