//! What a text is filled with.

use std::borrow::Cow;

use fluent_bundle::FluentValue;

/// What a text is filled with.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Argument<'a> {
    /// A text, put in as it is; or a word that decides which text it is.
    Text(Cow<'a, str>),
    /// A number that a language words by its rules of plurals, and writes without any grouping.
    Count(u64),
}

/// The largest whole number up to which a double is exact.
const EXACT: u64 = 1 << 53;

impl Argument<'_> {
    pub(super) fn to_fluent(&self) -> FluentValue<'_> {
        match self {
            Self::Text(text) => text.as_ref().into(),
            Self::Count(count) => (*count).min(EXACT).into(),
        }
    }
}

impl<'a> From<&'a str> for Argument<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text.into())
    }
}

impl<'a> From<&'a String> for Argument<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Argument<'_> {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<bool> for Argument<'_> {
    /// The word *yes* or *no*.
    fn from(whether: bool) -> Self {
        if whether { "yes".into() } else { "no".into() }
    }
}

impl From<u32> for Argument<'_> {
    fn from(count: u32) -> Self {
        Self::Count(count.into())
    }
}

impl From<u64> for Argument<'_> {
    fn from(count: u64) -> Self {
        Self::Count(count)
    }
}
