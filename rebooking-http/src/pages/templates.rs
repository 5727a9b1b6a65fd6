//! The templates of pages: the built-in ones, compiled into the program, and how they are checked.

mod kind;
mod known;
pub(super) mod precompiled;
mod samples;

use minijinja::Error;
use rebooking_core::presentation::BaseUrl;
use rebooking_core::presentation::templates::{Faults, TemplateKind};
use rebooking_core::value::customer::Language;

use super::locale::PageLocale;
use super::renderer::Pages;
use super::visitor::Visitor;
use crate::{HttpSettings, StaticTokens};

use samples::SamplePages;

pub use kind::{PageTemplateKind, Templates};

impl TemplateKind for PageTemplateKind {
    const BUILT_IN: &'static [(&'static str, &'static str)] = BUILT_IN;

    fn compile(templates: &Templates, name: &'static str, source: &str) -> Result<(), Error> {
        precompiled::read(templates, name, source)
    }

    fn render_samples(templates: &Templates, faults: &mut Faults) {
        let pages = Pages::new(&HttpSettings {
            templates: templates.clone(),
            ..HttpSettings::new(BaseUrl::default(), StaticTokens::default())
        });
        pages.templates.faults().iter().cloned().for_each(|fault| faults.push(fault));
        if !faults.is_empty() {
            // Whatever includes them is at no fault, and cannot be filled without them.
            return;
        }
        let samples = match SamplePages::load() {
            Ok(samples) => samples,
            Err(error) => return faults.note("samples.json", Err::<(), _>(error)),
        };
        let visitors = Visitor::samples();
        for language in [Language::German, Language::English] {
            let locale = PageLocale::only(language);
            for (template, page, visitor) in samples.shown_to(&visitors) {
                let shown = pages.layout.around(&locale, visitor, page);
                faults.note(template, pages.templates.fill(template, language, shown));
            }
        }
    }
}

macro_rules! templates {
    ($($name:literal)*) => {
        const BUILT_IN: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../pages/", $name)))),*];
    };
}

templates! {
    "base.html"
    "notice.html"
    "refused.html"
    "csrf.html"
    "filters.html"
    "paging.html"
    "sign_in.html"
    "honeypot.html"
    "customer/address.html"
    "customer/choose.html"
    "customer/booking.html"
    "customer/wishes.html"
    "customer/booked.html"
    "customer/support.html"
    "partner/answer.html"
    "partner/decline.html"
    "partner/rebookings.html"
    "partner/requests.html"
    "support/action.html"
    "support/case.html"
    "support/cases.html"
    "support/earnings.html"
    "support/effect.html"
    "support/effects_head.html"
    "support/effects.html"
    "support/link.html"
    "support/step.html"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_templates_fill_in_both_languages() {
        assert_eq!(Templates::default().check_templates(), []);
    }

    #[test]
    fn a_mistake_in_a_hosts_template_is_found_with_its_name_and_line() {
        let syntax = Templates::default().with("notice.html", "<p>\n{% if %}</p>").unwrap_err();
        assert_eq!(syntax.to_string().split(": ").next(), Some("template notice.html, line 2"));
        let unknown = Templates::default().with("refused.html", "\n\n{{ page.nothing }}").unwrap();
        let unknown = unknown.check_templates().remove(0);
        assert_eq!(
            unknown.to_string(),
            "template refused.html, line 3: undefined value: `page.nothing` is undefined"
        );
        let name = Templates::default().with("notices.html", "").unwrap_err();
        assert_eq!(name.to_string(), "template notices.html: no such template");
    }

    #[test]
    fn every_template_at_fault_is_listed_once() {
        let broken = "{{ page.nothing }}";
        let templates = ["refused.html", "customer/choose.html"]
            .into_iter()
            .fold(Templates::default(), |templates, name| templates.with(name, broken).unwrap());
        let faults: Vec<_> = templates.check_templates().iter().map(ToString::to_string).collect();
        assert_eq!(
            faults,
            ["customer/choose.html", "refused.html"].map(|name| format!(
                "template {name}, line 1: undefined value: `page.nothing` is undefined"
            ))
        );
    }

    #[test]
    fn a_mistake_in_what_is_filled_beforehand_is_found_as_well() {
        let syntax = Templates::default().with("notice.html", "<p>\n[[ t( ]]</p>").unwrap_err();
        assert_eq!(syntax.to_string().split(": ").next(), Some("template notice.html, line 2"));
        let unknown = Templates::default().with("notice.html", "\n\n[[ page.notice ]]").unwrap();
        assert_eq!(
            unknown.check_templates().iter().map(ToString::to_string).collect::<Vec<_>>(),
            ["template notice.html, line 3: undefined value: `page` is undefined"]
        );
    }
    #[test]
    fn a_page_that_needs_no_sign_in_is_tried_with_nobody_signed_in() {
        let whose = "{{ shell.visitor.name }}";
        let at_fault =
            |name| !Templates::default().with(name, whose).unwrap().check_templates().is_empty();
        assert!(at_fault("sign_in.html") && at_fault("partner/answer.html"));
        assert!(!at_fault("support/link.html"));
    }
}
