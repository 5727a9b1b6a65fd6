//! Templates made ready: what is the same on every page of a language is filled in once, and only
//! the rest with every page.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Value;
use minijinja::{
    Environment, Error, ErrorKind, HtmlEscape, Output, State, UndefinedBehavior, escape_formatter,
};
use rebooking_core::presentation::BaseUrl;
use rebooking_core::presentation::locales::Locales;
use rebooking_core::presentation::templates::{TemplateFault, texts};
use rebooking_core::value::customer::Language;

use super::super::layout::Layout;
use super::kind::Templates;
use super::known::known;
use crate::{HttpSettings, StaticTokens};

/// Every template, once for each language.
pub(crate) struct PrecompiledTemplates {
    languages: Vec<(Language, Environment<'static>)>,
    faults: Vec<TemplateFault>,
}

impl PrecompiledTemplates {
    pub(crate) fn new(templates: &Templates, frame: &Layout) -> Self {
        let mut faults = Vec::new();
        let mut speaking = |language| {
            let (beforehand, known) = (beforehand(language, templates), known(frame, language));
            let mut with_every_page = with_every_page(language);
            for (name, _) in templates.sources() {
                let prepared = beforehand
                    .get_template(name)
                    .and_then(|template| template.render(&known))
                    .and_then(|source| with_every_page.add_template_owned(name, source));
                if let Err(error) = prepared {
                    let fault = TemplateFault::in_sample(name, &error);
                    tracing::error!(%fault, "a template cannot be prepared");
                    if !faults.contains(&fault) {
                        faults.push(fault);
                    }
                }
            }
            with_every_page
        };
        let languages = Locales::of_process().languages();
        let languages = languages.map(|language| (language, speaking(language))).collect();
        Self { languages, faults }
    }

    /// What could not be prepared; to fill it fails.
    pub(crate) fn faults(&self) -> &[TemplateFault] {
        &self.faults
    }

    pub(crate) fn fill(
        &self,
        name: &str,
        language: Language,
        with: Value,
    ) -> Result<String, Error> {
        let spoken = self.languages.iter().find(|(spoken, _)| *spoken == language);
        let (_, environment) = spoken
            .or(self.languages.first())
            .ok_or_else(|| Error::new(ErrorKind::TemplateNotFound, "no language is spoken"))?;
        environment.get_template(name)?.render(with)
    }
}

/// Whether the source of one is a template at all.
pub(crate) fn read(templates: &Templates, name: &str, source: &str) -> Result<(), Error> {
    let language = Language::GERMAN;
    let mut beforehand = beforehand(language, templates);
    beforehand.add_template(name, source)?;
    let usual = HttpSettings::new(BaseUrl::default(), StaticTokens::default());
    let known = known(&Layout::new(&usual, ""), language);
    // What it names in vain is found when all templates are tried.
    if let Ok(prepared) = beforehand.get_template(name)?.render(known) {
        with_every_page(language).template_from_named_str(name, &prepared)?;
    }
    Ok(())
}

/// Fills `[[ … ]]` and leaves `{{ … }}` as it is.
fn beforehand(language: Language, templates: &Templates) -> Environment<'_> {
    let mut environment = with_every_page(language);
    let syntax = SyntaxConfig::builder()
        .block_delimiters("[%", "%]")
        .variable_delimiters("[[", "]]")
        .build();
    match syntax {
        Ok(syntax) => environment.set_syntax(syntax),
        Err(error) => tracing::error!(kind = %error.kind(), "no text can be filled in beforehand"),
    }
    environment.set_formatter(inert);
    for (name, source) in templates.sources() {
        // A host's own have been read before.
        if let Err(error) = environment.add_template(name, source) {
            tracing::error!(fault = %TemplateFault::in_sample(name, &error), "a built-in template \
                is broken");
        }
    }
    environment
}

fn with_every_page<'source>(language: Language) -> Environment<'source> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    texts::add_to(&mut environment, language);
    environment
}

/// Escapes as ever, and lets nothing that is filled in pass for a part of the template.
fn inert(out: &mut Output, state: &mut State, value: &Value) -> Result<(), Error> {
    match value.as_str().filter(|_| !value.is_safe()) {
        Some(text) => {
            out.write_str(&HtmlEscape(text).to_string().replace('{', "&#123;")).map_err(Error::from)
        }
        None => escape_formatter(out, state, value),
    }
}
