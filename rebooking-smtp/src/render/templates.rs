//! The templates of mails: the built-in ones, compiled into the program, and how they are rendered.

use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, Error, UndefinedBehavior};
use rebooking_core::presentation::templates::{Faults, TemplateFault, TemplateKind, Templates};
use rebooking_core::presentation::{BaseUrl, Brand, PhoneNumber, Presentation};

use super::{render, samples};

/// The templates of all mails. Each mail has three in each language, named like
/// `de/declined/body.html`.
pub type MailTemplates = Templates<MailTemplateKind>;

/// The kind of templates that mails are rendered from.
#[derive(Debug)]
#[non_exhaustive]
pub enum MailTemplateKind {}

impl TemplateKind for MailTemplateKind {
    const BUILT_IN: &'static [(&'static str, &'static str)] = BUILT_IN;

    fn compile(_: &MailTemplates, name: &'static str, source: &str) -> Result<(), Error> {
        strict().add_template_owned(name, source.to_owned())
    }

    fn render_samples(templates: &MailTemplates, faults: &mut Faults) {
        let Ok(notices) = samples::notices() else {
            return faults.push(TemplateFault::new("", "the samples cannot be made"));
        };
        let environment = environment(templates);
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
                    render(&environment, &presentation, notice),
                );
            }
        }
    }
}

/// Compiles a template when it is first asked for.
pub(super) fn environment(templates: &MailTemplates) -> Environment<'static> {
    let (mut environment, templates) = (strict(), templates.clone());
    environment.set_loader(move |name| Ok(templates.source(name).map(str::to_owned)));
    environment
}

fn strict() -> Environment<'static> {
    let mut environment = Environment::new();
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
    "de/frame.html"
    "de/frame.txt"
    "de/parts.html"
    "de/parts.txt"
    "de/booking_request/subject.txt"
    "de/booking_request/body.txt"
    "de/booking_request/body.html"
    "de/called_off/subject.txt"
    "de/called_off/body.txt"
    "de/called_off/body.html"
    "de/declined/subject.txt"
    "de/declined/body.txt"
    "de/declined/body.html"
    "de/limit_reached/subject.txt"
    "de/limit_reached/body.txt"
    "de/limit_reached/body.html"
    "de/link_replaced/subject.txt"
    "de/link_replaced/body.txt"
    "de/link_replaced/body.html"
    "de/link_sent/subject.txt"
    "de/link_sent/body.txt"
    "de/link_sent/body.html"
    "de/new_dates/subject.txt"
    "de/new_dates/body.txt"
    "de/new_dates/body.html"
    "de/order_refused/subject.txt"
    "de/order_refused/body.txt"
    "de/order_refused/body.html"
    "de/partner_confirmed/subject.txt"
    "de/partner_confirmed/body.txt"
    "de/partner_confirmed/body.html"
    "de/partner_released/subject.txt"
    "de/partner_released/body.txt"
    "de/partner_released/body.html"
    "de/partner_request/subject.txt"
    "de/partner_request/body.txt"
    "de/partner_request/body.html"
    "de/partner_withdrawn/subject.txt"
    "de/partner_withdrawn/body.txt"
    "de/partner_withdrawn/body.html"
    "de/rebooked/subject.txt"
    "de/rebooked/body.txt"
    "de/rebooked/body.html"
    "de/reminder/subject.txt"
    "de/reminder/body.txt"
    "de/reminder/body.html"
    "en/frame.html"
    "en/frame.txt"
    "en/parts.html"
    "en/parts.txt"
    "en/booking_request/subject.txt"
    "en/booking_request/body.txt"
    "en/booking_request/body.html"
    "en/called_off/subject.txt"
    "en/called_off/body.txt"
    "en/called_off/body.html"
    "en/declined/subject.txt"
    "en/declined/body.txt"
    "en/declined/body.html"
    "en/limit_reached/subject.txt"
    "en/limit_reached/body.txt"
    "en/limit_reached/body.html"
    "en/link_replaced/subject.txt"
    "en/link_replaced/body.txt"
    "en/link_replaced/body.html"
    "en/link_sent/subject.txt"
    "en/link_sent/body.txt"
    "en/link_sent/body.html"
    "en/new_dates/subject.txt"
    "en/new_dates/body.txt"
    "en/new_dates/body.html"
    "en/order_refused/subject.txt"
    "en/order_refused/body.txt"
    "en/order_refused/body.html"
    "en/partner_confirmed/subject.txt"
    "en/partner_confirmed/body.txt"
    "en/partner_confirmed/body.html"
    "en/partner_released/subject.txt"
    "en/partner_released/body.txt"
    "en/partner_released/body.html"
    "en/partner_request/subject.txt"
    "en/partner_request/body.txt"
    "en/partner_request/body.html"
    "en/partner_withdrawn/subject.txt"
    "en/partner_withdrawn/body.txt"
    "en/partner_withdrawn/body.html"
    "en/rebooked/subject.txt"
    "en/rebooked/body.txt"
    "en/rebooked/body.html"
    "en/reminder/subject.txt"
    "en/reminder/body.txt"
    "en/reminder/body.html"
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
