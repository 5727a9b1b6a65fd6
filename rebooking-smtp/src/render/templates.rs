//! The templates of mails: the built-in ones, compiled into the program, and how they are rendered.

use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, Error, ErrorKind, Template, UndefinedBehavior};
use rebooking_core::presentation::locales::Locales;
use rebooking_core::presentation::templates::{
    Faults, TemplateFault, TemplateKind, Templates, texts,
};
use rebooking_core::presentation::{BaseUrl, Brand, PhoneNumber, Presentation};
use rebooking_core::value::customer::Language;

use super::{render, samples};

/// The templates of all mails. Each mail has three, named like `declined/body.html`; that is also
/// `de/declined/body.html` where it is meant for one language alone. `t("mail-order")` is a text of
/// the reader's language, `t("mail-days", count=30)` one that is filled.
pub type MailTemplates = Templates<MailTemplateKind>;

/// The kind of templates that mails are rendered from.
#[derive(Debug)]
#[non_exhaustive]
pub enum MailTemplateKind {}

impl TemplateKind for MailTemplateKind {
    const BUILT_IN: &'static [(&'static str, &'static str)] = BUILT_IN;

    const BY_LANGUAGE: bool = true;

    fn compile(_: &MailTemplates, name: &str, source: &str) -> Result<(), Error> {
        strict(Language::default()).add_template_owned(name.to_owned(), source.to_owned())
    }

    fn render_samples(templates: &MailTemplates, faults: &mut Faults) {
        let Ok(notices) = samples::notices() else {
            return faults.push(TemplateFault::new("", "the samples cannot be made"));
        };
        let environments = Environments::new(templates);
        // With all that a host may know, and with none of it.
        let bare = Presentation::new(BaseUrl::default());
        let phone = PhoneNumber::parse("+49 89 1234560").ok();
        let full = bare
            .clone()
            .with_brand(Brand { phone, ..Brand::default() })
            .with_places(|_| Some("Kochstraße 5, München".to_owned()));
        for presentation in [full, bare] {
            for notice in &notices {
                faults.note(
                    notice.message.kind().as_str(),
                    render(&environments, &presentation, notice),
                );
            }
        }
    }
}

/// The templates of each language, each compiled when it is first asked for.
#[derive(Clone)]
pub(super) struct Environments {
    templates: MailTemplates,
    languages: Vec<(Language, Environment<'static>)>,
}

impl Environments {
    pub(super) fn new(templates: &MailTemplates) -> Self {
        let languages = Locales::of_process().languages();
        let languages = languages.map(|language| (language, environment(templates, language)));
        Self { templates: templates.clone(), languages: languages.collect() }
    }

    /// A template in a language that there are texts in.
    pub(super) fn template(&self, spoken: Language, name: &str) -> Result<Template<'_, '_>, Error> {
        let found = self.languages.iter().find(|(language, _)| *language == spoken);
        let (_, environment) = found.ok_or_else(|| Error::from(ErrorKind::TemplateNotFound))?;
        environment.get_template(self.templates.name_in(spoken, name).unwrap_or(name))
    }
}

fn environment(templates: &MailTemplates, language: Language) -> Environment<'static> {
    let mut environment = strict(language);
    let (own, templates) = (templates.clone(), templates.clone());
    environment.set_path_join_callback(move |name, parent| {
        // One that extends what it overrides means the built-in one.
        let found = own.name_in(language, name).filter(|found| *found != parent);
        found.map_or(name.into(), |found| found.to_owned().into())
    });
    environment.set_loader(move |name| Ok(templates.source(name).map(str::to_owned)));
    environment
}

fn strict(language: Language) -> Environment<'static> {
    let mut environment = Environment::new();
    texts::add_to(&mut environment, language);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    // Only new delimiters could be wrong.
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
    environment.set_syntax(syntax.unwrap_or_default());
    environment
}

macro_rules! templates {
    ($($name:literal)*) => {
        const BUILT_IN: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../templates/", $name)))),*];
    };
}

templates! {
    "layout.html"
    "parts.html"
    "parts.txt"
    "frame.html"
    "frame.txt"
    "booking_request/subject.txt"
    "booking_request/body.txt"
    "booking_request/body.html"
    "called_off/subject.txt"
    "called_off/body.txt"
    "called_off/body.html"
    "declined/subject.txt"
    "declined/body.txt"
    "declined/body.html"
    "limit_reached/subject.txt"
    "limit_reached/body.txt"
    "limit_reached/body.html"
    "link_replaced/subject.txt"
    "link_replaced/body.txt"
    "link_replaced/body.html"
    "link_sent/subject.txt"
    "link_sent/body.txt"
    "link_sent/body.html"
    "new_dates/subject.txt"
    "new_dates/body.txt"
    "new_dates/body.html"
    "order_refused/subject.txt"
    "order_refused/body.txt"
    "order_refused/body.html"
    "partner_confirmed/subject.txt"
    "partner_confirmed/body.txt"
    "partner_confirmed/body.html"
    "partner_released/subject.txt"
    "partner_released/body.txt"
    "partner_released/body.html"
    "partner_reminder/subject.txt"
    "partner_reminder/body.txt"
    "partner_reminder/body.html"
    "partner_request/subject.txt"
    "partner_request/body.txt"
    "partner_request/body.html"
    "partner_withdrawn/subject.txt"
    "partner_withdrawn/body.txt"
    "partner_withdrawn/body.html"
    "rebooked/subject.txt"
    "rebooked/body.txt"
    "rebooked/body.html"
    "reminder/subject.txt"
    "reminder/body.txt"
    "reminder/body.html"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_compiled_in() {
        let mut files = Vec::new();
        let mut folders =
            vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/templates"))];
        let root = folders[0].clone();
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                match path.is_dir() {
                    true => folders.push(path),
                    false => {
                        files.push(path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned())
                    }
                }
            }
        }
        let mut names: Vec<_> = BUILT_IN.iter().map(|(name, _)| (*name).to_owned()).collect();
        files.sort();
        names.sort();
        assert_eq!(names, files);
    }
}
