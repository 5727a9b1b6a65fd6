//! One thing that was looked at, as it is told.

use std::fmt;

/// How it stands with one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Fine,
    Missing,
    /// Nobody has asked for it, or the settings have none of it.
    NotAsked,
}

/// One thing that was looked at.
pub(super) struct Finding {
    pub(super) verdict: Verdict,
    about: String,
    said: String,
    details: Vec<String>,
}

impl Finding {
    fn new(verdict: Verdict, about: impl Into<String>, said: impl Into<String>) -> Self {
        Self { verdict, about: about.into(), said: said.into(), details: Vec::new() }
    }

    pub(super) fn fine(about: impl Into<String>, said: impl Into<String>) -> Self {
        Self::new(Verdict::Fine, about, said)
    }

    pub(super) fn missing(about: impl Into<String>, said: impl Into<String>) -> Self {
        Self::new(Verdict::Missing, about, said)
    }

    pub(super) fn not_asked(about: impl Into<String>, said: impl Into<String>) -> Self {
        Self::new(Verdict::NotAsked, about, said)
    }

    pub(super) fn with(mut self, detail: impl Into<String>) -> Self {
        self.details.push(detail.into());
        self
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verdict = match self.verdict {
            Verdict::Fine => "ok",
            Verdict::Missing => "missing",
            Verdict::NotAsked => "not asked",
        };
        write!(f, "{verdict:<9}  {}: {}", self.about, self.said)?;
        self.details.iter().try_for_each(|detail| write!(f, "\n{:>11}{detail}", ""))
    }
}
