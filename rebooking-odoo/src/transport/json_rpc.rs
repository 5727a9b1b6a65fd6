//! JSON-RPC: one address for everything, the key in each call, and errors under status 200.

use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};

use super::message::{Answer, Request, headers};
use crate::call::Call;
use crate::config::{OdooAddress, OdooSettings};
use crate::error::{Exception, Fault, UnusableSettings};

/// How to call an Odoo before 19.
pub(crate) struct JsonRpc {
    address: OdooAddress,
    database: String,
    login: String,
    key: SecretString,
}

impl JsonRpc {
    pub(super) fn new(
        settings: &OdooSettings,
        database: &str,
        login: &str,
    ) -> Result<Self, UnusableSettings> {
        if settings.key.expose_secret().trim().is_empty() {
            return Err(UnusableSettings::Key);
        }
        if database.is_empty() {
            return Err(UnusableSettings::Database);
        }
        Ok(Self {
            address: settings.address.clone(),
            database: database.to_owned(),
            login: login.to_owned(),
            key: settings.key.clone(),
        })
    }

    /// Asks for our number.
    pub(crate) fn sign_in(&self) -> Request {
        let key = self.key.expose_secret();
        self.post("common", "authenticate", json!([self.database, self.login, key, {}]))
    }

    pub(crate) fn request(&self, uid: i64, call: &Call) -> Request {
        let key = self.key.expose_secret();
        // Methods of records take these first, those of the model take nothing by place.
        let by_place = call.ids.as_ref().map_or_else(|| json!([]), |ids| json!([ids]));
        let args = json!([self.database, uid, key, call.model, call.method, by_place, call.args]);
        self.post("object", "execute_kw", args)
    }

    fn post(&self, service: &str, method: &str, args: Value) -> Request {
        let params = json!({ "service": service, "method": method, "args": args });
        Request {
            url: self.address.join(&["jsonrpc"]),
            headers: headers(),
            body: json!({ "jsonrpc": "2.0", "method": "call", "id": 1, "params": params }),
        }
    }
}

/// The code of an error says nothing, its name does.
pub(crate) fn result(answer: &Answer) -> Result<Value, Fault> {
    if answer.status != 200 {
        return Err(Fault::Status(answer.status));
    }
    let mut body: Value = serde_json::from_slice(&answer.body).map_err(|_| Fault::NotJson)?;
    if let Some(error) = body.get("error") {
        let name = error.pointer("/data/name").and_then(Value::as_str);
        return Err(name.map_or(Fault::Unexpected, |name| Fault::Exception(Exception::named(name))));
    }
    body.get_mut("result").map(Value::take).ok_or(Fault::Unexpected)
}
