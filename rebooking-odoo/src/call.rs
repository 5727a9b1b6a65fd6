//! A call before it is put into the words of a protocol.

use serde_json::{Map, Value};

/// The model of tickets, in both helpdesks.
pub(crate) const TICKET: &str = "helpdesk.ticket";

/// One call of a method of a model.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) model: &'static str,
    pub(crate) method: &'static str,
    /// The records that it is about; `None` for methods of the model itself.
    pub(crate) ids: Option<Vec<i64>>,
    /// Its arguments by name.
    pub(crate) args: Map<String, Value>,
    pub(crate) kind: CallKind,
}

/// Whether a call changes something over there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CallKind {
    Read,
    Write,
}

impl Call {
    /// A call that changes nothing.
    pub(crate) fn read(model: &'static str, method: &'static str) -> Self {
        Self { model, method, ids: None, args: Map::new(), kind: CallKind::Read }
    }

    /// A call that changes something.
    pub(crate) fn write(model: &'static str, method: &'static str) -> Self {
        Self { kind: CallKind::Write, ..Self::read(model, method) }
    }

    pub(crate) fn on(self, id: i64) -> Self {
        Self { ids: Some(vec![id]), ..self }
    }

    pub(crate) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.args.insert(name.to_owned(), value.into());
        self
    }

    /// One ticket may be out of this user's sight without that being so for others.
    pub(crate) fn is_about_a_ticket(&self) -> bool {
        self.model == TICKET && self.ids.is_some()
    }
}
