//! The error of every handler, sorted by who refused.

use std::borrow::Cow;

use rebooking_core::RebookError;

use crate::edge::floor::Rejection;
use crate::edge::rate_limit::TooOften;

/// Why a request got no answer of success.
#[derive(Debug, derive_more::From)]
pub(crate) enum ApiError {
    /// A use case refused it.
    Core(RebookError),
    /// It never came to a use case.
    Http(RequestError),
    /// The edge answers in the place of its route.
    Edge(Rejection),
}

/// What is wrong with a request before any use case has seen it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum RequestError {
    NotSignedIn,
    WrongRole,
    #[cfg_attr(not(feature = "pages"), expect(dead_code, reason = "only pages have forms"))]
    StaleForm,
    NotDeclaredJson,
    #[cfg(feature = "pages")]
    NotDeclaredForm,
    NotJson,
    Field {
        name: Cow<'static, str>,
        wanted: Wanted,
    },
    /// Something of ours is broken.
    Broken,
}

/// What would be right in a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// No such field.
    Nothing,
    /// What the field is known to hold.
    TheUsual,
    /// One of these words.
    OneOf(String),
}

impl RequestError {
    pub(crate) fn field(name: impl Into<Cow<'static, str>>) -> Self {
        Self::Field { name: name.into(), wanted: Wanted::TheUsual }
    }

    pub(crate) fn not_one_of(
        name: &'static str,
        words: impl Iterator<Item = &'static str>,
    ) -> Self {
        let words = words.collect::<Vec<_>>().join(", ");
        Self::Field { name: name.into(), wanted: Wanted::OneOf(words) }
    }

    /// The name comes from the caller: only so much of it is repeated as can harm nobody who reads
    /// it.
    pub(crate) fn unknown_field(name: &str) -> Self {
        const MAX_LEN: usize = 40;
        let plain = |c: char| if c.is_alphanumeric() || "_-.$[]".contains(c) { c } else { '?' };
        let mut shown: String = name.chars().take(MAX_LEN).map(plain).collect();
        if name.chars().nth(MAX_LEN).is_some() {
            shown.push('…');
        }
        Self::Field { name: shown.into(), wanted: Wanted::Nothing }
    }
}

impl From<TooOften> for ApiError {
    fn from(too_often: TooOften) -> Self {
        Self::Edge(too_often.into())
    }
}

impl ApiError {
    /// Callers are told that something is out of reach, the log is told what.
    pub(super) fn log(&self) {
        match self {
            Self::Core(RebookError::TryLater(error)) => {
                tracing::warn!(error = %error.phrase(), "out of reach")
            }
            Self::Core(error) if error.is_listed() => {}
            Self::Core(RebookError::Broken(error)) => {
                tracing::error!(error = %error.phrase(), "refused")
            }
            Self::Http(RequestError::Broken) | Self::Edge(Rejection::Panicked) => {
                tracing::error!("a route failed")
            }
            Self::Edge(Rejection::AnswerTimeout) => {
                tracing::warn!("a route takes too long; it goes on")
            }
            Self::Core(_) | Self::Http(_) | Self::Edge(_) => {}
        }
    }
}
