//! The one machine for the templates of pages and mails: built in, overridden by name or from a
//! folder, compiled strictly, and checked with samples before anybody reads them.
//!
//! It is for the adapters that render; its functions show types of minijinja, which they share.

mod fault;
mod folder;
pub mod texts;

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::path::Path;
use std::sync::Arc;

use crate::value::customer::Language;

pub use fault::{Faults, TemplateFault};

/// What tells the templates of pages from those of mails.
pub trait TemplateKind: Sized + 'static {
    /// Name and source of every built-in template.
    const BUILT_IN: &'static [(&'static str, &'static str)];

    /// Whether one may also be overridden for a single language, as `de/declined/body.html`.
    const BY_LANGUAGE: bool = false;

    /// Compiles one source under a name. What it names in vain is found by
    /// [`TemplateKind::render_samples`].
    ///
    /// # Errors
    /// For a source that is no template.
    fn compile(
        templates: &Templates<Self>,
        name: &str,
        source: &str,
    ) -> Result<(), minijinja::Error>;

    /// Renders every template with samples, in every language and with every branch taken.
    fn render_samples(templates: &Templates<Self>, faults: &mut Faults);
}

/// All templates of a kind: the built-in ones, and those that a host puts in their place.
///
/// They are minijinja templates. What ends in `.html` is escaped, and what is undefined is an
/// error. What a template can use is best read in the built-in one.
pub struct Templates<K> {
    overrides: Arc<BTreeMap<String, Arc<str>>>,
    kind: PhantomData<fn() -> K>,
}

impl<K: TemplateKind> Templates<K> {
    /// Every name, in no order.
    pub fn names() -> impl Iterator<Item = &'static str> {
        K::BUILT_IN.iter().map(|(name, _)| *name)
    }

    /// Overrides the built-in template of this name.
    ///
    /// # Errors
    /// [`TemplateFault`] for a name that is none of [`Templates::names`], and for a source that is
    /// no template. Whether it can be rendered shows [`Templates::check_templates`].
    pub fn with(mut self, name: &str, source: &str) -> Result<Self, TemplateFault> {
        let is_known = |name: &str| Self::names().any(|known| known == name);
        if !is_known(name) && !of_language::<K>(name).is_some_and(|(_, name)| is_known(name)) {
            return Err(TemplateFault::new(name, "no such template"));
        }
        K::compile(&self, name, source).map_err(|error| TemplateFault::in_sample(name, &error))?;
        Arc::make_mut(&mut self.overrides).insert(name.to_owned(), source.into());
        Ok(self)
    }

    /// Overrides templates by the files of a folder, each by its path from there, and checks them.
    /// Names that begin with a dot or end with `~` are the system's or an editor's.
    ///
    /// # Errors
    /// Every file that cannot be read and every [`TemplateFault`].
    pub fn from_folder(folder: &Path) -> Result<Self, Vec<TemplateFault>> {
        let mut templates = Self::default();
        let mut faults = Vec::new();
        for file in folder::files(folder) {
            match file.and_then(|(name, source)| templates.clone().with(&name, &source)) {
                Ok(with) => templates = with,
                Err(fault) => faults.push(fault),
            }
        }
        // What could not be read would only show again as what is missing.
        if faults.is_empty() {
            faults = templates.check_templates();
        }
        if faults.is_empty() { Ok(templates) } else { Err(faults) }
    }

    /// Renders every template with samples, so that a mistake is found when the program starts and
    /// not by a customer. Every template at fault is listed with its first mistake; empty means
    /// that all is well.
    #[must_use]
    pub fn check_templates(&self) -> Vec<TemplateFault> {
        let mut faults = Faults::default();
        K::render_samples(self, &mut faults);
        faults.into_vec()
    }

    /// Name and source of each.
    pub fn sources(&self) -> impl Iterator<Item = (&'static str, &str)> {
        K::BUILT_IN.iter().map(|(name, built_in)| {
            (*name, self.overrides.get(*name).map_or(*built_in, AsRef::as_ref))
        })
    }

    /// The source of one, also of one that is overridden for a language alone.
    #[must_use]
    pub fn source(&self, name: &str) -> Option<&str> {
        let own = self.overrides.get(name).map(AsRef::as_ref);
        own.or_else(|| K::BUILT_IN.iter().find_map(|(known, it)| (*known == name).then_some(*it)))
    }
}

impl<K: TemplateKind> Templates<K> {
    /// Which one is meant by a name in a language: what is overridden for the language, or for one
    /// that is less exact, goes before what all languages share. A name that begins with a language
    /// itself is looked for as it is first.
    #[must_use]
    pub fn name_in(&self, language: Language, name: &str) -> Option<&str> {
        let own = |name: &str| self.overrides.get_key_value(name).map(|(own, _)| own.as_str());
        let of_language = of_language::<K>(name);
        let mut of_its_own = language.fallbacks().map(|language| format!("{language}/{name}"));
        of_its_own
            .find_map(|name| own(&name))
            .or_else(|| Self::names().find(|known| *known == name))
            .or_else(|| of_language.and_then(|_| own(name)))
            .or_else(|| of_language.and_then(|(_, rest)| self.name_in(language, rest)))
    }
}

/// The language of a name and the rest of it, where templates may be a language's own.
fn of_language<K: TemplateKind>(name: &str) -> Option<(Language, &str)> {
    let (tag, name) = name.split_once('/').filter(|_| K::BY_LANGUAGE)?;
    Some((Language::parse(tag).ok()?, name))
}

impl<K> Clone for Templates<K> {
    fn clone(&self) -> Self {
        Self { overrides: Arc::clone(&self.overrides), kind: PhantomData }
    }
}

impl<K> Default for Templates<K> {
    fn default() -> Self {
        Self { overrides: Arc::default(), kind: PhantomData }
    }
}

impl<K> fmt::Debug for Templates<K> {
    /// The names of those that are overridden.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.overrides.keys()).finish()
    }
}

#[cfg(test)]
mod tests;
