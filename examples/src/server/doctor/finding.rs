//! One thing that was looked at, as it is told.

use std::fmt;

/// How it stands with one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    Fine,
    Missing,
    /// Nobody has asked for it, or the settings have none of it.
    NotAsked,
}

/// One thing that was looked at.
pub(super) struct Finding {
    pub(super) status: Status,
    about: String,
    said: String,
    details: Vec<String>,
}

impl Finding {
    fn new(status: Status, about: impl Into<String>, said: impl Into<String>) -> Self {
        Self { status, about: about.into(), said: said.into(), details: Vec::new() }
    }

    pub(super) fn fine(about: impl Into<String>, said: impl Into<String>) -> Self {
        Self::new(Status::Fine, about, said)
    }

    pub(super) fn missing(about: impl Into<String>, said: impl Into<String>) -> Self {
        Self::new(Status::Missing, about, said)
    }

    pub(super) fn not_asked(about: impl Into<String>, said: impl Into<String>) -> Self {
        Self::new(Status::NotAsked, about, said)
    }

    pub(super) fn with(mut self, detail: impl Into<String>) -> Self {
        self.details.push(detail.into());
        self
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let status = match self.status {
            Status::Fine => "ok",
            Status::Missing => "missing",
            Status::NotAsked => "not asked",
        };
        write!(f, "{status:<9}  {}: {}", self.about, self.said)?;
        self.details.iter().try_for_each(|detail| write!(f, "\n{:>11}{detail}", ""))
    }
}
