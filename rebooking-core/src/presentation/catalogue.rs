//! The one machine for texts as data: a catalogue for each language, in the syntax of
//! [Project Fluent](https://projectfluent.org), checked against each other and filled by key.
//!
//! Amounts, days and hours are written by [`super::format`] and go in as texts; counts go in as
//! numbers, by which a language words its plurals.

mod argument;
mod shape;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentError, FluentResource};
use fluent_syntax::ast::Pattern;

use crate::value::customer::Language;

pub use argument::Argument;
pub use shape::Shape;

/// What is wrong with a catalogue.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{language}: {what}")]
#[non_exhaustive]
pub struct CatalogueFault {
    /// Whose.
    pub language: Language,
    /// The message and its mistake; nothing that was filled in.
    pub what: String,
}

/// Why a template cannot have a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TextFault {
    /// No catalogue has it.
    #[error("there is no such text")]
    Unknown,
    /// The text names an argument that is not given.
    #[error("the text lacks an argument")]
    LacksArgument,
}

/// The texts of a program in every language that it speaks.
///
/// ```
/// use rebooking_core::presentation::catalogue::Catalogues;
/// use rebooking_core::value::customer::Language;
///
/// let german = "free = { $places ->\n [one] Ein Platz\n *[other] { $places } Plätze\n }";
/// let english = "free = { $places ->\n [one] One place\n *[other] { $places } places\n }";
/// let catalogues =
///     Catalogues::new(&[(Language::GERMAN, german), (Language::ENGLISH, english)]);
/// assert_eq!(catalogues.check(), []);
/// assert_eq!(catalogues.text(Language::GERMAN, "free", &[("places", 5_u32.into())]), "5 Plätze");
/// ```
pub struct Catalogues {
    /// The first is the one that the others are compared with, and that stands in for them.
    all: Vec<Catalogue>,
    unread: Vec<CatalogueFault>,
}

/// The texts of one language.
struct Catalogue {
    language: Language,
    texts: FluentBundle<Arc<FluentResource>>,
    resources: Vec<Arc<FluentResource>>,
}

impl Catalogues {
    /// Reads sources, any number for a language. The language that comes first stands in where
    /// another one has no text. What cannot be read is left out and told by
    /// [`Catalogues::check`].
    #[must_use]
    pub fn new(sources: &[(Language, &str)]) -> Self {
        let mut catalogues = Self { all: Vec::new(), unread: Vec::new() };
        for (language, source) in sources {
            catalogues.add(*language, source, false);
        }
        catalogues
    }

    /// Adds a source whose texts take the place of those of the same key.
    pub fn override_with(&mut self, language: Language, source: &str) {
        self.add(language, source, true);
    }

    fn add(&mut self, language: Language, source: &str, overriding: bool) {
        let mut fault = |what| self.unread.push(CatalogueFault { language, what });
        let resource =
            FluentResource::try_new(source.to_owned()).unwrap_or_else(|(some, errors)| {
                errors.iter().for_each(|error| fault(error.to_string()));
                some
            });
        let resource = Arc::new(resource);
        let known = self.all.iter_mut().position(|catalogue| catalogue.language == language);
        let place = known.unwrap_or_else(|| {
            self.all.push(Catalogue::new(language));
            self.all.len() - 1
        });
        if let Some(catalogue) = self.all.get_mut(place) {
            if overriding {
                catalogue.texts.add_resource_overriding(Arc::clone(&resource));
            } else if let Err(errors) = catalogue.texts.add_resource(Arc::clone(&resource)) {
                errors.iter().for_each(|error| fault(error.to_string()));
            }
            catalogue.resources.push(resource);
        }
    }

    /// The languages, in the order in which they came.
    pub fn languages(&self) -> impl Iterator<Item = Language> {
        self.all.iter().map(|catalogue| catalogue.language)
    }

    /// The text of a key, filled with arguments by name.
    ///
    /// It never fails: a text that a language lacks is taken from one that is less exact, then from
    /// the first one, and a key that nobody knows stands for itself. That, and every argument that
    /// is missing, is logged as an error, without what was filled in.
    #[must_use]
    pub fn text(
        &self,
        language: Language,
        key: &str,
        arguments: &[(&str, Argument<'_>)],
    ) -> String {
        let Some((catalogue, pattern)) = self.find(language, key) else {
            tracing::error!(key, "no catalogue has this text");
            return key.to_owned();
        };
        let (text, faults) = catalogue.fill(pattern, arguments);
        for fault in faults {
            let language = catalogue.language.as_str();
            tracing::error!(key, language, %fault, "a text lacks a part");
        }
        text
    }

    /// The same, where what is wrong can be told.
    ///
    /// # Errors
    /// [`TextFault`] for a key that there is not, and for an argument that is missing.
    pub fn try_text(
        &self,
        language: Language,
        key: &str,
        arguments: &[(&str, Argument<'_>)],
    ) -> Result<String, TextFault> {
        let (catalogue, pattern) = self.find(language, key).ok_or(TextFault::Unknown)?;
        let (text, faults) = catalogue.fill(pattern, arguments);
        if faults.is_empty() { Ok(text) } else { Err(TextFault::LacksArgument) }
    }

    fn find(&self, language: Language, key: &str) -> Option<(&Catalogue, &Pattern<&str>)> {
        let of = |wanted| self.all.iter().filter(move |catalogue| catalogue.language == wanted);
        let mut chain = language.fallbacks().flat_map(of).chain(self.all.first());
        chain.find_map(|catalogue| {
            let pattern = catalogue.texts.get_message(key)?.value()?;
            Some((catalogue, pattern))
        })
    }

    /// What cannot be read or is there twice.
    #[must_use]
    pub fn unread(&self) -> &[CatalogueFault] {
        &self.unread
    }

    /// Every mistake: what cannot be read or is there twice, and where a language differs from the
    /// first one in its messages, in the arguments of one, or in the words that it tells apart.
    #[must_use]
    pub fn check(&self) -> Vec<CatalogueFault> {
        let mut faults = self.unread.clone();
        let Some((first, others)) = self.all.split_first() else { return faults };
        let wanted = first.shapes();
        for catalogue in others {
            let fault = |what| CatalogueFault { language: catalogue.language, what };
            faults.extend(shape::differences(&wanted, &catalogue.shapes()).into_iter().map(fault));
        }
        for catalogue in &self.all {
            let fault = |what| CatalogueFault { language: catalogue.language, what };
            let shapes = catalogue.shapes();
            let keys: BTreeSet<&str> = shapes.keys().map(String::as_str).collect();
            let unknown = shapes.iter().flat_map(|(key, shape)| {
                let missing = shape.uses.iter().filter(|used| !keys.contains(used.as_str()));
                missing.map(move |used| format!("{key} uses {used}, which is missing"))
            });
            faults.extend(unknown.map(fault));
        }
        faults
    }

    /// What every message of a language is made of, by its key; empty for a language that is not
    /// spoken.
    #[must_use]
    pub fn shapes(&self, language: Language) -> BTreeMap<String, Shape> {
        let own = self.all.iter().find(|catalogue| catalogue.language == language);
        own.map(Catalogue::shapes).unwrap_or_default()
    }
}

impl fmt::Debug for Catalogues {
    /// The languages.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.all.iter().map(|catalogue| catalogue.language)).finish()
    }
}

impl Catalogue {
    fn new(language: Language) -> Self {
        let tag = language.as_str().parse().unwrap_or_default();
        let mut texts = FluentBundle::new_concurrent(vec![tag]);
        // Marks of direction are no part of a mail, a calendar file or a table.
        texts.set_use_isolating(false);
        Self { language, texts, resources: Vec::new() }
    }

    fn fill(
        &self,
        pattern: &Pattern<&str>,
        arguments: &[(&str, Argument<'_>)],
    ) -> (String, Vec<FluentError>) {
        let arguments: FluentArgs<'_> =
            arguments.iter().map(|(name, value)| (*name, value.to_fluent())).collect();
        let mut faults = Vec::new();
        let text = self.texts.format_pattern(pattern, Some(&arguments), &mut faults).into_owned();
        (text, faults)
    }

    fn shapes(&self) -> BTreeMap<String, Shape> {
        shape::read(self.resources.iter().flat_map(|resource| resource.entries()))
    }
}

#[cfg(test)]
mod tests;
