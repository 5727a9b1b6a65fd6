//! JSON bodies, read with suspicion. What is wrong is sorted into a fault that names the field.

use axum::extract::{FromRequest, Request};
use bytes::Bytes;
use http::HeaderMap;
use http::header::CONTENT_TYPE;
use serde::de::value::StringDeserializer;
use serde::de::{DeserializeOwned, IntoDeserializer as _};
use serde::{Deserialize, Deserializer};
use serde_json::error::Category;
use serde_json::value::RawValue;
use serde_json::{Error, Number};

use crate::reply::{Fault, Refused};
use crate::service::App;

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
    // Whether it is JSON at all comes first: a fault further on must not hide behind the first field that is wrong.
    let whole: &RawValue = serde_json::from_slice(bytes).map_err(|_| Fault::NotJson)?;
    // Without this serde would take a list of values for an object, in the order of its fields.
    if !whole.get().starts_with('{') {
        return Err(Fault::field("body"));
    }
    let mut json = serde_json::Deserializer::from_str(whole.get());
    serde_path_to_error::deserialize(&mut json).map_err(|error| fault(&error))
}

fn fault(error: &serde_path_to_error::Error<Error>) -> Fault {
    if error.inner().classify() != Category::Data {
        return Fault::NotJson;
    }
    let said = error.inner().to_string();
    // A field that is missing, or there twice, is at no place that the path could name; serde's words name it.
    let named = ["missing field `", "duplicate field `"].iter().find_map(|words| said.strip_prefix(words));
    if let Some(rest) = named {
        return Fault::field(rest.split('`').next().unwrap_or_default().to_owned());
    }
    if let Some(rest) = said.strip_prefix("unknown field `") {
        return Fault::unknown_field(rest.rsplit_once("`, expected").map_or(rest, |(name, _)| name));
    }
    let path = error.path().to_string();
    let field = path.split(['.', '[']).next().filter(|field| !field.is_empty()).unwrap_or("body");
    Fault::field(field.to_owned())
}

/// One of a few words. Left to itself, serde also takes an object for one, like `{"other":null}`.
pub(crate) fn word<'de, D: Deserializer<'de>, T: DeserializeOwned>(deserializer: D) -> Result<T, D::Error> {
    let word: StringDeserializer<D::Error> = String::deserialize(deserializer)?.into_deserializer();
    T::deserialize(word)
}

/// A number, digit by digit. Left to itself, serde also takes an object for one, in the shape that it keeps numbers in.
pub(crate) fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Number>, D::Error> {
    let written = Option::<Box<RawValue>>::deserialize(deserializer)?;
    let number = written.map(|written| written.get().parse()).transpose();
    number.map_err(serde::de::Error::custom)
}
