//! What pages are asked with: the fields of their forms, and the query behind their address.
//! Browsers and mail programs add what they like to an address, so that what a page does not know
//! is left alone.

use axum::extract::{FromRequest, FromRequestParts, Request};
use bytes::Bytes;
use chrono::NaiveDate;
use http::header::CONTENT_TYPE;
use http::request::Parts;
use rebooking_core::ports::store::PageRequest;

use crate::error::{ApiError, RequestError};
use crate::state::AppState;

/// Fields in their order. An empty one is one that is not there.
pub(crate) struct Fields(Vec<(String, String)>);

impl FromRequestParts<AppState> for Fields {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _app: &AppState) -> Result<Self, ApiError> {
        Ok(Self::of(parts.uri.query().unwrap_or_default().as_bytes()))
    }
}

impl Fields {
    fn of(encoded: &[u8]) -> Self {
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

    pub(crate) fn number(&self, name: &'static str) -> Result<Option<u32>, RequestError> {
        self.text(name)
            .map(|value| value.parse().map_err(|_| RequestError::field(name)))
            .transpose()
    }

    pub(crate) fn day(&self, name: &'static str) -> Result<Option<NaiveDate>, RequestError> {
        self.text(name)
            .map(|value| value.parse().map_err(|_| RequestError::field(name)))
            .transpose()
    }

    /// The one of `known` whose word was given.
    pub(crate) fn one_of<T: Copy>(
        &self,
        name: &'static str,
        known: &[T],
        word: fn(T) -> &'static str,
    ) -> Result<Option<T>, RequestError> {
        let Some(value) = self.text(name) else { return Ok(None) };
        known
            .iter()
            .copied()
            .find(|one| word(*one) == value)
            .map(Some)
            .ok_or(RequestError::field(name))
    }

    /// Which part of a list: `page` and `size`.
    pub(crate) fn page(&self) -> Result<PageRequest, RequestError> {
        let usual = PageRequest::default();
        let number = self.number("page")?.unwrap_or(usual.number);
        Ok(PageRequest::new(number, self.number("size")?.unwrap_or(usual.size)))
    }
}

/// The fields of a page's form.
pub(crate) struct Form(pub(crate) Fields);

impl FromRequest<AppState> for Form {
    type Rejection = ApiError;

    async fn from_request(request: Request, app: &AppState) -> Result<Self, ApiError> {
        let declared = request
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        let essence = declared.split(';').next().unwrap_or_default().trim();
        if !essence.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            return Err(RequestError::NotDeclaredForm.into());
        }
        let bytes = Bytes::from_request(request, app).await.map_err(|_| RequestError::NotJson)?;
        Ok(Self(Fields::of(&bytes)))
    }
}
