//! The two ways to speak to an Odoo: what a call looks like, and what an answer means.

pub(crate) mod json2;
pub(crate) mod json_rpc;
pub(crate) mod message;

use serde_json::Value;

use crate::config::{OdooSettings, Protocol};
use crate::error::{Fault, UnusableSettings};
use message::Answer;

/// One of the two ways.
pub(crate) enum Transport {
    Json2(json2::Json2),
    JsonRpc(json_rpc::JsonRpc),
}

impl Transport {
    pub(crate) fn new(settings: &OdooSettings) -> Result<Self, UnusableSettings> {
        Ok(match &settings.protocol {
            Protocol::Json2 { database } => {
                Self::Json2(json2::Json2::new(settings, database.as_deref())?)
            }
            Protocol::JsonRpc { database, login } => {
                Self::JsonRpc(json_rpc::JsonRpc::new(settings, database, login)?)
            }
        })
    }

    /// The result that an answer holds.
    pub(crate) fn result(&self, answer: &Answer) -> Result<Value, Fault> {
        match self {
            Self::Json2(_) => json2::result(answer),
            Self::JsonRpc(_) => json_rpc::result(answer),
        }
    }
}
