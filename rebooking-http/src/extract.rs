//! What requests carry, read with suspicion: links, numbers in paths, parameters, JSON bodies. Each
//! fault names its field.

#[cfg(feature = "pages")]
mod form;
pub(crate) mod handler;
mod json;
pub(crate) mod language;
mod query;
pub(crate) mod trace;

use axum::extract::{FromRequestParts, RawPathParams};
use http::HeaderMap;
use http::header::{CONTENT_TYPE, IF_NONE_MATCH};
use rebooking_core::RebookError;
use rebooking_core::link::LinkSecret;
use rebooking_core::value::customer::EmailAddress;
use rebooking_core::value::text::FreeText;

#[cfg(feature = "pages")]
pub(crate) use form::{Fields, Form, HONEYPOT, reject_honeypot};
pub(crate) use json::{Body, JsonInt, number, present, word};
pub(crate) use query::{Filters, Params};

use crate::edge::floor::Rejection;
use crate::error::{ApiError, RequestError};
use handler::{Buffered, Extract};

/// The link in the path. What has not even the form of one is as unknown as any other.
pub(crate) struct Link(pub(crate) LinkSecret);

impl<S: Sync> Extract<S> for Link {
    async fn extract(request: &mut Buffered, _state: &S) -> Result<Self, ApiError> {
        let raw = in_path(request, "token").await.ok_or(RebookError::UnknownLink)?;
        Ok(LinkSecret::parse(&raw).map(Self).map_err(|_| RebookError::UnknownLink)?)
    }
}

/// The secret in the address of a partner's calendar, which ends as the name of a file does. What
/// has not even the form of one is as unknown as any other.
pub(crate) struct CalendarLink(pub(crate) LinkSecret);

impl<S: Sync> Extract<S> for CalendarLink {
    async fn extract(request: &mut Buffered, _state: &S) -> Result<Self, ApiError> {
        let raw = in_path(request, "token").await.ok_or(RebookError::UnknownLink)?;
        let secret = raw.strip_suffix(".ics").ok_or(RebookError::UnknownLink)?;
        Ok(LinkSecret::parse(secret).map(Self).map_err(|_| RebookError::UnknownLink)?)
    }
}

/// What the caller has of an answer already, by its `ETag`s.
pub(crate) struct IfNoneMatch(Vec<String>);

impl<S: Sync> Extract<S> for IfNoneMatch {
    async fn extract(request: &mut Buffered, _state: &S) -> Result<Self, ApiError> {
        let told = request.parts.headers.get_all(IF_NONE_MATCH).into_iter();
        let tags = told.filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(','));
        Ok(Self(tags.map(|tag| tag.trim().trim_start_matches("W/").to_owned()).collect()))
    }
}

impl IfNoneMatch {
    /// Whether it is one of them.
    pub(crate) fn has(&self, tag: &str) -> bool {
        self.0.iter().any(|known| known == tag || known == "*")
    }
}

/// The number in the path, in digits.
pub(crate) struct Id(pub(crate) i64);

impl<S: Sync> Extract<S> for Id {
    async fn extract(request: &mut Buffered, _state: &S) -> Result<Self, ApiError> {
        let raw = in_path(request, "id").await.unwrap_or_default();
        let digits = raw.bytes().all(|byte| byte.is_ascii_digit());
        Ok(raw.parse().ok().filter(|_| digits).map(Self).ok_or(Rejection::NoSuchRoute)?)
    }
}

/// A parameter of the path; none for what is no UTF-8.
pub(crate) async fn in_path(request: &mut Buffered, name: &str) -> Option<String> {
    let params = RawPathParams::from_request_parts(&mut request.parts, &()).await.ok()?;
    params.iter().find(|(known, _)| *known == name).map(|(_, value)| value.to_owned())
}

/// The media type that the body is declared to have, without its parameters.
fn media_type(headers: &HeaderMap) -> &str {
    let declared = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    declared.unwrap_or_default().split(';').next().unwrap_or_default().trim()
}

/// The one of `known` with this word.
fn one_of<T: Copy>(value: &str, known: &[T], word: fn(T) -> &'static str) -> Option<T> {
    known.iter().copied().find(|one| word(*one) == value)
}

/// The address that a customer gave.
pub(crate) fn email(field: &'static str, raw: &str) -> Result<EmailAddress, RequestError> {
    EmailAddress::parse(raw).map_err(|_| RequestError::field(field))
}

/// A text that somebody wrote.
pub(crate) fn text(field: &'static str, raw: &str) -> Result<FreeText, RequestError> {
    FreeText::parse(raw).map_err(|_| RequestError::field(field))
}

/// The same values without those that are there twice, if not more than `most` are left.
pub(crate) fn dedup_max<T: PartialEq>(
    field: &'static str,
    values: Vec<T>,
    most: usize,
) -> Result<Vec<T>, RequestError> {
    let mut few = Vec::new();
    for value in values {
        if few.contains(&value) {
            continue;
        }
        if few.len() == most {
            return Err(RequestError::field(field));
        }
        few.push(value);
    }
    Ok(few)
}
