//! What requests carry, read with suspicion: links, numbers in paths, parameters, JSON bodies. Each
//! fault names its field.

mod form;
mod json;
mod params;

use axum::extract::{FromRequestParts, RawPathParams};
use http::request::Parts;
use rebooking_core::RebookError;
use rebooking_core::link::LinkSecret;
use rebooking_core::value::customer::EmailAddress;
use rebooking_core::value::text::FreeText;

pub(crate) use form::{Fields, Form};
pub(crate) use json::{Body, Whole, number, word};
pub(crate) use params::Params;

use crate::reply::{Fault, Refused};
use crate::service::App;

/// The link in the path. What has not even the form of one is as unknown as any other.
pub(crate) struct Link(pub(crate) LinkSecret);

impl FromRequestParts<App> for Link {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refused> {
        let raw = in_path(parts, app, "token").await.ok_or(RebookError::UnknownLink)?;
        Ok(LinkSecret::parse(&raw).map(Self).map_err(|_| RebookError::UnknownLink)?)
    }
}

/// The name in the path.
pub(crate) struct Name(pub(crate) String);

impl FromRequestParts<App> for Name {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refused> {
        Ok(in_path(parts, app, "name").await.map(Self).ok_or(Fault::NoSuchRoute)?)
    }
}

/// The number in the path, in digits.
pub(crate) struct Id(pub(crate) i64);

impl FromRequestParts<App> for Id {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refused> {
        let raw = in_path(parts, app, "id").await.unwrap_or_default();
        let digits = raw.bytes().all(|byte| byte.is_ascii_digit());
        Ok(raw.parse().ok().filter(|_| digits).map(Self).ok_or(Fault::NoSuchRoute)?)
    }
}

async fn in_path(parts: &mut Parts, app: &App, name: &str) -> Option<String> {
    let params = RawPathParams::from_request_parts(parts, app).await.ok()?;
    params.iter().find(|(known, _)| *known == name).map(|(_, value)| value.to_owned())
}

/// The address that a customer gave.
pub(crate) fn email(field: &'static str, raw: &str) -> Result<EmailAddress, Fault> {
    EmailAddress::parse(raw).map_err(|_| Fault::field(field))
}

/// The name of a field of our forms that nobody sees and only a robot fills in.
const UNSEEN: &str = "homepage";

/// Refuses the form of a robot, before anything of it is looked at or counted.
pub(crate) fn from_a_person(form: &Fields) -> Result<(), Fault> {
    if form.text(UNSEEN).is_some() { Err(Fault::field(UNSEEN)) } else { Ok(()) }
}

/// A text that somebody wrote.
pub(crate) fn text(field: &'static str, raw: &str) -> Result<FreeText, Fault> {
    FreeText::parse(raw).map_err(|_| Fault::field(field))
}

/// The same values without those that are there twice, if not more than `most` are left.
pub(crate) fn few<T: PartialEq>(
    field: &'static str,
    values: Vec<T>,
    most: usize,
) -> Result<Vec<T>, Fault> {
    let mut few = Vec::new();
    for value in values {
        if few.contains(&value) {
            continue;
        }
        if few.len() == most {
            return Err(Fault::field(field));
        }
        few.push(value);
    }
    Ok(few)
}
