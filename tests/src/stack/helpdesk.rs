//! The helpdesk: its tickets, and what people do with them.

use serde::Deserialize;
use serde_json::{Value, json};

use super::control;
use super::shop::Bought;

/// A ticket as people see it.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub struct Ticket {
    /// Its key.
    pub id: i64,
    /// Its number.
    pub number: String,
    /// Its external ids.
    pub external: Vec<String>,
    /// Its subject.
    pub name: String,
    /// What it is about.
    pub description: String,
    /// The name of its stage.
    pub stage: String,
    /// `0` to `3`.
    pub priority: String,
    /// Its notes, oldest first.
    pub notes: Vec<Note>,
}

/// A note in a ticket.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub struct Note {
    /// What it says.
    pub body: String,
    /// Its message id, by which it is told from others.
    pub message_id: String,
}

/// Somebody at the helpdesk.
#[derive(Clone, Debug)]
pub struct Helpdesk {
    base: String,
}

impl Helpdesk {
    /// The helpdesk there.
    #[must_use]
    pub const fn at(base: String) -> Self {
        Self { base }
    }

    /// Asks it for something that people do by hand.
    pub async fn told(&self, what: &str, body: &Value) -> Value {
        control::told(&self.base, what, body).await
    }

    /// Every ticket.
    pub async fn tickets(&self) -> Vec<Ticket> {
        serde_json::from_value(self.told("tickets", &Value::Null).await).unwrap()
    }

    /// The one ticket about a booking, where there is one.
    pub async fn ticket(&self, bought: Bought) -> Option<Ticket> {
        let case = format!("__rebooking__.case_{}", bought.item);
        let mut tickets = self.tickets().await;
        tickets.retain(|ticket| ticket.external.contains(&case));
        assert!(tickets.len() <= 1, "{tickets:?}");
        tickets.pop()
    }

    /// Everything that was sent to it.
    pub async fn heard(&self) -> String {
        self.told("calls", &Value::Null).await.to_string()
    }

    /// The next call that writes fails in this way.
    pub async fn fails_to_write_once(&self, symptom: &str, done: bool) {
        let fault = json!({ "symptom": symptom, "done": done, "writes": true });
        self.told("fail", &fault).await;
    }

    /// No call fails any more.
    pub async fn calms_down(&self) {
        self.told("calm", &json!({})).await;
    }
}
