//! JSON-2: a method has its own address, its arguments have names, errors have a status.

use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};
use secrecy::ExposeSecret as _;
use serde_json::Value;

use super::message::{Answer, Request, headers};
use crate::call::Call;
use crate::config::{OdooAddress, OdooSettings};
use crate::error::{Exception, Fault, UnusableSettings};

const DATABASE: HeaderName = HeaderName::from_static("x-odoo-database");

/// How to call an Odoo from 19 on.
pub(crate) struct Json2 {
    address: OdooAddress,
    headers: HeaderMap,
}

impl Json2 {
    pub(super) fn new(
        settings: &OdooSettings,
        database: Option<&str>,
    ) -> Result<Self, UnusableSettings> {
        let mut headers = headers();
        let key = settings.key.expose_secret();
        if key.trim().is_empty() {
            return Err(UnusableSettings::Key);
        }
        let mut bearer =
            HeaderValue::from_str(&format!("bearer {key}")).map_err(|_| UnusableSettings::Key)?;
        bearer.set_sensitive(true);
        headers.insert(AUTHORIZATION, bearer);
        if let Some(database) = database {
            let name = HeaderValue::from_str(database).map_err(|_| UnusableSettings::Database)?;
            if name.is_empty() {
                return Err(UnusableSettings::Database);
            }
            headers.insert(DATABASE, name);
        }
        Ok(Self { address: settings.address.clone(), headers })
    }

    pub(crate) fn request(&self, call: &Call) -> Request {
        let mut body = call.args.clone();
        if let Some(ids) = &call.ids {
            body.insert("ids".to_owned(), ids.clone().into());
        }
        Request {
            url: self.address.join(&["json", "2", call.model, call.method]),
            headers: self.headers.clone(),
            body: body.into(),
        }
    }
}

/// A status can mean several things, so that the name of the exception decides where there is one.
pub(crate) fn result(answer: &Answer) -> Result<Value, Fault> {
    let body = serde_json::from_slice::<Value>(&answer.body);
    match answer.status {
        200 => body.map_err(|_| Fault::NotJson),
        status @ (400 | 403 | 404 | 422 | 500) => Err(match body {
            Ok(body) => body.get("name").and_then(Value::as_str).map_or_else(
                || Fault::Status(status),
                |name| Fault::Exception(Exception::named(name)),
            ),
            Err(_) => Fault::Status(status),
        }),
        status => Err(Fault::Status(status)),
    }
}
