//! What requests carry, read with suspicion: links, numbers in paths, parameters, JSON bodies. Each fault names its field.

use axum::extract::{FromRequest, FromRequestParts, Query, RawPathParams, Request};
use bytes::Bytes;
use chrono::NaiveDate;
use http::HeaderMap;
use http::header::CONTENT_TYPE;
use http::request::Parts;
use rebooking_core::RebookError;
use rebooking_core::customer::EmailAddress;
use rebooking_core::link::LinkSecret;
use rebooking_core::ports::store::Page;
use rebooking_core::text::FreeText;
use serde::de::DeserializeOwned;
use serde_json::error::Category;

use crate::reply::{Fault, Refused};
use crate::service::App;

/// The link in the path. What has not even the form of one is as unknown as any other.
pub(crate) struct Link(pub(crate) LinkSecret);

impl FromRequestParts<App> for Link {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refused> {
        let raw = in_path(parts, app).await.ok_or(RebookError::UnknownLink)?;
        Ok(LinkSecret::parse(&raw).map(Self).map_err(|_| RebookError::UnknownLink)?)
    }
}

/// The number in the path.
pub(crate) struct Id(pub(crate) i64);

impl FromRequestParts<App> for Id {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refused> {
        let raw = in_path(parts, app).await;
        Ok(raw.and_then(|raw| raw.parse().ok()).map(Self).ok_or(Fault::NoSuchRoute)?)
    }
}

async fn in_path(parts: &mut Parts, app: &App) -> Option<String> {
    let params = RawPathParams::from_request_parts(parts, app).await.ok()?;
    params.iter().next().map(|(_, value)| value.to_owned())
}

/// The parameters behind the question mark. An empty one is one that is not there.
pub(crate) struct Params(Vec<(String, String)>);

impl FromRequestParts<App> for Params {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, _app: &App) -> Result<Self, Refused> {
        let Query(pairs) = Query::try_from_uri(&parts.uri).map_err(|_| Fault::field("query"))?;
        Ok(Self(pairs))
    }
}

impl Params {
    /// Refuses parameters with other names: a filter that is misspelt must not show everything.
    pub(crate) fn only(&self, names: &[&str]) -> Result<(), Fault> {
        match self.0.iter().find(|(name, _)| !names.contains(&name.as_str())) {
            Some((name, _)) => Err(Fault::unknown_field(name)),
            None => Ok(()),
        }
    }

    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(known, value)| known == name && !value.is_empty())
            .map(|(_, value)| value.as_str())
    }

    pub(crate) fn number(&self, name: &'static str) -> Result<Option<u32>, Fault> {
        self.text(name).map(|value| value.parse().map_err(|_| Fault::field(name))).transpose()
    }

    pub(crate) fn day(&self, name: &'static str) -> Result<Option<NaiveDate>, Fault> {
        self.text(name).map(|value| value.parse().map_err(|_| Fault::field(name))).transpose()
    }

    /// The one of `known` whose word was given.
    pub(crate) fn one_of<T: Copy>(
        &self,
        name: &'static str,
        known: &[T],
        word: fn(T) -> &'static str,
    ) -> Result<Option<T>, Fault> {
        let Some(value) = self.text(name) else { return Ok(None) };
        known.iter().copied().find(|one| word(*one) == value).map(Some).ok_or(Fault::field(name))
    }

    pub(crate) fn page(&self) -> Result<Page, Fault> {
        let usual = Page::default();
        let number = self.number("page")?.unwrap_or(usual.number);
        Ok(Page::new(number, self.number("size")?.unwrap_or(usual.size)))
    }
}

/// A JSON body.
pub(crate) struct Body<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest<App> for Body<T> {
    type Rejection = Refused;

    async fn from_request(request: Request, app: &App) -> Result<Self, Refused> {
        if !is_json(request.headers()) {
            return Err(Fault::NotDeclaredJson.into());
        }
        let bytes = Bytes::from_request(request, app).await.map_err(|_| Fault::NotJson)?;
        Ok(Self(read(&bytes)?))
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let declared = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = declared.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json"))
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Fault> {
    // Without this serde would take a list of values for an object, in the order of its fields.
    if bytes.trim_ascii_start().first() == Some(&b'[') {
        return Err(Fault::field("body"));
    }
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|error| fault(&error))?;
    json.end().map_err(|_| Fault::NotJson)?;
    Ok(value)
}

fn fault(error: &serde_path_to_error::Error<serde_json::Error>) -> Fault {
    match error.inner().classify() {
        Category::Io | Category::Syntax | Category::Eof => return Fault::NotJson,
        Category::Data => {}
    }
    let said = error.inner().to_string();
    // A field that is missing, or there twice, is at no place that the path could name; serde's words name it.
    let named = ["missing field `", "duplicate field `"].iter().find_map(|words| said.strip_prefix(words));
    if let Some(rest) = named {
        return Fault::field(rest.split('`').next().unwrap_or_default());
    }
    let path = error.path().to_string();
    let field = path.split(['.', '[']).next().filter(|field| !field.is_empty()).unwrap_or("body");
    if said.starts_with("unknown field") { Fault::unknown_field(field) } else { Fault::field(field) }
}

/// The address that a customer gave.
pub(crate) fn email(field: &'static str, raw: &str) -> Result<EmailAddress, Fault> {
    EmailAddress::parse(raw).map_err(|_| Fault::field(field))
}

/// A text that somebody wrote.
pub(crate) fn text(field: &'static str, raw: &str) -> Result<FreeText, Fault> {
    FreeText::parse(raw).map_err(|_| Fault::field(field))
}
