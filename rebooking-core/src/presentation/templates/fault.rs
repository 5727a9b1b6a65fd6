//! What is wrong with a template, and where.

use std::error::Error;

/// A template that cannot be used: which one, where, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "template {template}{}: {what}",
    .line.map(|line| format!(", line {line}")).unwrap_or_default()
)]
#[non_exhaustive]
pub struct TemplateFault {
    /// Its name, such as `de/declined/body.html`.
    pub template: String,
    /// The line at fault, where there is one.
    pub line: Option<usize>,
    /// What is wrong there. Of samples it may quote; of a real mail or page it quotes nothing.
    pub what: String,
}

impl TemplateFault {
    /// A fault of a whole template.
    #[must_use]
    pub fn new(template: &str, what: impl Into<String>) -> Self {
        Self { template: template.to_owned(), line: None, what: what.into() }
    }

    /// With all that the template engine says: for sources and samples only.
    #[must_use]
    pub fn in_sample(name: &str, error: &minijinja::Error) -> Self {
        let innermost = innermost(error);
        let detail = innermost.detail().map(|detail| format!(": {detail}")).unwrap_or_default();
        Self { what: format!("{}{detail}", innermost.kind()), ..Self::in_data(name, error) }
    }

    /// With the kind of the fault alone: the rest may quote what was filled in.
    #[must_use]
    pub fn in_data(name: &str, error: &minijinja::Error) -> Self {
        let innermost = innermost(error);
        Self {
            template: innermost.name().or(error.name()).unwrap_or(name).to_owned(),
            line: innermost.line().or(error.line()),
            what: innermost.kind().to_string(),
        }
    }
}

/// Of templates that include one another, the innermost is the one to mend.
fn innermost(error: &minijinja::Error) -> &minijinja::Error {
    let mut innermost = error;
    let mut source = error.source();
    while let Some(error) = source {
        innermost = error.downcast_ref().unwrap_or(innermost);
        source = error.source();
    }
    innermost
}

/// Collects faults: of each template the first one.
#[derive(Debug, Default)]
pub struct Faults(Vec<TemplateFault>);

impl Faults {
    /// Takes note of the outcome of compiling or rendering a template.
    pub fn note<T>(&mut self, name: &str, outcome: Result<T, minijinja::Error>) {
        if let Err(error) = outcome {
            self.push(TemplateFault::in_sample(name, &error));
        }
    }

    /// Adds a fault, unless its template has one already.
    pub fn push(&mut self, fault: TemplateFault) {
        if !self.0.iter().any(|known| known.template == fault.template) {
            self.0.push(fault);
        }
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them, in the order in which they were found.
    #[must_use]
    pub fn into_vec(self) -> Vec<TemplateFault> {
        self.0
    }
}
