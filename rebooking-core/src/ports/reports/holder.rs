//! Who of support looks after a case, as the history tells.

use chrono::{DateTime, Utc};

use super::rows::CaseDetails;
use crate::audit::{Actor, AuditEntry, AuditEvent};

/// Somebody of support who has taken a case, so that nobody else works on it without knowing.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: stores write and read every field.
pub struct Holder {
    /// The name of their sign-in.
    pub name: String,
    /// Since when.
    pub since: DateTime<Utc>,
}

/// Whose cases support wants to see.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: hosts write it as a literal.
pub enum HeldBy {
    /// Those that nobody looks after.
    Nobody,
    /// Those of whoever signs in by this name.
    Name(String),
}

impl HeldBy {
    /// Whether a case with this holder is meant.
    #[must_use]
    pub fn is(&self, holder: Option<&Holder>) -> bool {
        match self {
            Self::Nobody => holder.is_none(),
            Self::Name(name) => holder.is_some_and(|holder| holder.name == *name),
        }
    }
}

impl Holder {
    /// Who has taken a case by the last entry of its history that takes it or gives it back; nobody
    /// by any other entry.
    fn from_last(entry: &AuditEntry) -> Option<Self> {
        match (entry.event, &entry.actor) {
            (AuditEvent::CaseTaken, Actor::Support(name)) => {
                Some(Self { name: name.clone(), since: entry.at })
            }
            _ => None,
        }
    }
}

impl CaseDetails {
    /// Who looks after it.
    #[must_use]
    pub fn holder(&self) -> Option<Holder> {
        let mut newest_first = self.audit.iter().rev();
        newest_first.find(|entry| entry.event.is_about_the_holder()).and_then(Holder::from_last)
    }
}
