//! What the last form led to, above the page that it came from.

use minijinja::value::{Serde, Value};
use serde::Serialize;

use crate::error::{Code, ErrorResponse};
use crate::extract::HONEYPOT;

/// The field of the customer's address, by its name and its id.
pub(super) const ADDRESS: &str = "customerEmail";

/// What pages ask of an error.
impl ErrorResponse {
    /// The field that is wrong.
    pub(super) fn wrong_field(&self) -> Option<&str> {
        self.details.field.as_deref()
    }

    /// Whether it is about the address that somebody gave to show that they are the right one.
    pub(super) const fn is_about_the_address(&self) -> bool {
        matches!(self.code, Code::EmailMismatch | Code::TooManyAttempts | Code::AttemptsExhausted)
    }

    /// Whether a new link is sent to whoever asks for it.
    pub(super) fn offers_new_link(&self) -> bool {
        self.details.new_link.unwrap_or_default()
    }
}

/// `page.notice` in the templates.
#[derive(Serialize)]
pub(super) struct Notice {
    kind: &'static str,
    text: String,
    /// The field that it is about, or whatever else helps, by its id on the page.
    field: Option<String>,
    leads_to: LeadsTo,
    /// Whether the form that was sent had its honeypot filled in.
    honeypot: bool,
}

/// What is found there.
#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum LeadsTo {
    Field,
    Date,
    Dates,
    Wishes,
}

impl From<Notice> for Value {
    fn from(notice: Notice) -> Self {
        Self::from(Serde(notice))
    }
}

impl Notice {
    pub(super) fn good(text: String) -> Self {
        Self { kind: "good", ..Self::bad(text, None) }
    }

    /// What the last form led to; none for a word that says nothing.
    pub(super) fn flash(text: String) -> Option<Self> {
        (!text.is_empty()).then(|| Self::good(text))
    }

    pub(super) const fn bad(text: String, field: Option<String>) -> Self {
        Self { kind: "bad", text, field, leads_to: LeadsTo::Field, honeypot: false }
    }

    /// Whether all that is wrong is the customer's address.
    pub(super) fn asks_for_address(&self) -> bool {
        self.field.as_deref() == Some(ADDRESS)
    }

    /// It leads to a part of the page that is no field.
    pub(super) fn leading(text: String, id: String, leads_to: LeadsTo) -> Self {
        Self { leads_to, ..Self::bad(text, Some(id)) }
    }

    /// The page of a form whose honeypot was filled in has another one.
    pub(super) fn after(self, response: &ErrorResponse) -> Self {
        Self { honeypot: response.wrong_field() == Some(HONEYPOT), ..self }
    }

    /// What is wrong with a form; `id` finds the field that is meant on the page.
    pub(super) fn mistake(
        response: &ErrorResponse,
        id: impl FnOnce(&str) -> Option<String>,
    ) -> Self {
        let text = response.message.clone();
        Self::bad(text, response.wrong_field().and_then(id)).after(response)
    }
}
