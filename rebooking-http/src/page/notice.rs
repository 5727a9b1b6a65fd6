//! What the last form led to, above the page that it came from.

use serde::Serialize;

use crate::reply::Verdict;

/// `page.notice` in the templates.
#[derive(Serialize)]
pub(super) struct Notice {
    kind: &'static str,
    text: String,
    /// The field that it is about, by its id on the page.
    field: Option<String>,
}

impl Notice {
    pub(super) const fn good(text: String) -> Self {
        Self { kind: "good", text, field: None }
    }

    pub(super) const fn bad(text: String, field: Option<String>) -> Self {
        Self { kind: "bad", text, field }
    }

    /// What is wrong with a form; `id` finds the field that is meant on the page.
    pub(super) fn mistake(told: &Verdict, id: impl FnOnce(&str) -> Option<String>) -> Self {
        Self::bad(told.message().to_owned(), told.field().and_then(id))
    }
}
