//! The languages of this process: the catalogues that it was built with, and what a host adds to
//! them or says otherwise. Pages, mails, answers of the API, calendar files, comments in the shop
//! and tickets take their texts from here.

mod built_in;
mod folder;
mod formats;
mod pattern;

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::sync::OnceLock;

use super::catalogue::{Argument, Catalogues, Shape, TextFault};
use crate::value::customer::Language;

pub use folder::LocaleFault;
pub(super) use formats::{DayText, Formats};

/// The text of a key in a language, filled with arguments by name:
/// `text!(language, "page-choose-this", difference, start, total = &total)`. See
/// [`Locales::text`]; `tests/tests/style` compares every call with the catalogues.
#[macro_export]
macro_rules! text {
    ($language:expr, $key:literal $(, $name:ident $(= $value:expr)?)* $(,)?) => {
        $crate::presentation::locales::Locales::of_process().text(
            $language,
            $key,
            &[$((
                stringify!($name),
                $crate::presentation::locales::given!($name $($value)?).into(),
            )),*],
        )
    };
}
pub use text;

/// What an argument is: a value, or what is called as it is.
#[doc(hidden)]
#[macro_export]
macro_rules! given {
    ($name:ident) => {
        $name
    };
    ($name:ident $value:expr) => {
        $value
    };
}

#[doc(hidden)]
pub use given;

static OF_PROCESS: OnceLock<Locales> = OnceLock::new();

/// Languages and their texts. There is one for the whole process, like the rules of time zones:
/// the built-in ones, unless a host installs its own before the first text is asked for.
///
/// ```
/// use rebooking_core::presentation::locales::Locales;
/// use rebooking_core::value::customer::Language;
///
/// let locales = Locales::built_in();
/// let swiss = Language::parse("de-CH")?;
/// assert_eq!(locales.nearest(swiss), Some(Language::GERMAN));
/// assert_eq!(locales.text(swiss, "portal-people", &[("count", 5_u32.into())]), "5 Personen");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Locales {
    catalogues: Catalogues,
    first: (Language, Formats),
    others: Vec<(Language, Formats)>,
}

impl Locales {
    /// German, English and French.
    #[must_use]
    pub fn built_in() -> Self {
        Self::new(Catalogues::new(built_in::SOURCES))
    }

    /// The built-in ones, with what a folder says otherwise or adds. It has a folder for each
    /// language, called by its tag, with any number of files in the syntax of Fluent:
    /// `de/ours.ftl`, `it/page.ftl`. A region (`de-AT`) says only what differs from its language; a
    /// language that is new says everything. Keys that begin with `own-` are the host's, for its
    /// own templates. Names that begin with a dot or end with `~` are the system's or an editor's.
    ///
    /// # Errors
    /// Everything that is wrong, each with its file.
    pub fn from_folder(folder: &Path) -> Result<Self, Vec<LocaleFault>> {
        folder::catalogues(folder, Catalogues::new(built_in::SOURCES)).map(Self::new)
    }

    fn new(catalogues: Catalogues) -> Self {
        let formats = |language| (language, Formats::new(&catalogues, language));
        let first = formats(Language::GERMAN);
        let spoken = catalogues.languages().filter(|language| *language != Language::GERMAN);
        let others = spoken.map(formats).collect();
        Self { catalogues, first, others }
    }

    /// Makes them those of the process. Once, before anything is rendered.
    ///
    /// # Errors
    /// [`AlreadyInUse`] when others are installed, or texts have been asked for.
    pub fn install(self) -> Result<(), AlreadyInUse> {
        OF_PROCESS.set(self).map_err(|_| AlreadyInUse)
    }

    /// Those of this process.
    #[must_use]
    pub fn of_process() -> &'static Self {
        OF_PROCESS.get_or_init(Self::built_in)
    }

    /// All languages; the first one is read by whoever asks for none of them.
    pub fn languages(&self) -> impl Iterator<Item = Language> {
        self.all().map(|(language, _)| *language)
    }

    fn all(&self) -> impl Iterator<Item = &(Language, Formats)> {
        std::iter::once(&self.first).chain(&self.others)
    }

    /// The one of [`Locales::languages`] that is meant: the language itself, or else the nearest
    /// that is less exact.
    #[must_use]
    pub fn nearest(&self, language: Language) -> Option<Language> {
        let is_there = |wanted: &Language| self.languages().any(|language| language == *wanted);
        language.fallbacks().find(is_there)
    }

    /// The same for somebody who must be told something: the first one where there is none.
    #[must_use]
    pub fn spoken(&self, language: Language) -> Language {
        self.nearest(language).unwrap_or(self.first.0)
    }

    /// The one that a shop or another system means by its code ("de_DE"); see
    /// [`Language::from_code`] and [`Locales::nearest`].
    #[must_use]
    pub fn of_code(&self, code: &str) -> Option<Language> {
        self.nearest(Language::from_code(code)?)
    }

    /// What a language calls itself: *Deutsch*.
    #[must_use]
    pub fn name(&self, language: Language) -> &str {
        &self.formats(language).name
    }

    pub(super) fn formats(&self, language: Language) -> &Formats {
        let find = |wanted| self.all().find(|(language, _)| *language == wanted);
        let found = self.nearest(language).and_then(find).unwrap_or(&self.first);
        &found.1
    }

    /// What every message of a language is made of, by its key; empty for a language that there are
    /// no texts in.
    #[must_use]
    pub fn shapes(&self, language: Language) -> BTreeMap<String, Shape> {
        self.catalogues.shapes(language)
    }

    /// The text of a key, filled with arguments by name; see [`Catalogues::text`].
    #[must_use]
    pub fn text(
        &self,
        language: Language,
        key: &str,
        arguments: &[(&str, Argument<'_>)],
    ) -> String {
        self.catalogues.text(language, key, arguments)
    }

    /// The same for templates, whose keys nobody has compared with the catalogues.
    ///
    /// # Errors
    /// [`TextFault`] for a key that there is not, and for an argument that is missing.
    pub fn try_text(
        &self,
        language: Language,
        key: &str,
        arguments: &[(&str, Argument<'_>)],
    ) -> Result<String, TextFault> {
        self.catalogues.try_text(language, key, arguments)
    }
}

impl fmt::Debug for Locales {
    /// The languages.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.languages()).finish()
    }
}

/// The process has languages already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("languages are installed once, before any text is asked for")]
pub struct AlreadyInUse;

#[cfg(test)]
mod tests;
