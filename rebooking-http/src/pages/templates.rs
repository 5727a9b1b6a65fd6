//! The templates: built in, and each to be replaced by a host's own.

mod known;
mod precompiled;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use minijinja::value::Value;
use rebooking_core::link::BaseUrl;
use rebooking_core::value::customer::Language;

use super::staff::Visitor;
use super::{customer, error_page, staff};

pub(super) use precompiled::PrecompiledTemplates;

/// The built-in templates, by name.
const BUILT_IN: [(&str, &str); 27] = [
    ("base.html", include_str!("../../pages/base.html")),
    ("notice.html", include_str!("../../pages/notice.html")),
    ("refused.html", include_str!("../../pages/refused.html")),
    ("csrf.html", include_str!("../../pages/csrf.html")),
    ("filters.html", include_str!("../../pages/filters.html")),
    ("paging.html", include_str!("../../pages/paging.html")),
    ("sign_in.html", include_str!("../../pages/sign_in.html")),
    ("honeypot.html", include_str!("../../pages/honeypot.html")),
    ("customer/address.html", include_str!("../../pages/customer/address.html")),
    ("customer/choose.html", include_str!("../../pages/customer/choose.html")),
    ("customer/booking.html", include_str!("../../pages/customer/booking.html")),
    ("customer/wishes.html", include_str!("../../pages/customer/wishes.html")),
    ("customer/booked.html", include_str!("../../pages/customer/booked.html")),
    ("customer/support.html", include_str!("../../pages/customer/support.html")),
    ("partner/answer.html", include_str!("../../pages/partner/answer.html")),
    ("partner/decline.html", include_str!("../../pages/partner/decline.html")),
    ("partner/rebookings.html", include_str!("../../pages/partner/rebookings.html")),
    ("partner/requests.html", include_str!("../../pages/partner/requests.html")),
    ("support/action.html", include_str!("../../pages/support/action.html")),
    ("support/case.html", include_str!("../../pages/support/case.html")),
    ("support/cases.html", include_str!("../../pages/support/cases.html")),
    ("support/earnings.html", include_str!("../../pages/support/earnings.html")),
    ("support/effect.html", include_str!("../../pages/support/effect.html")),
    ("support/effects_head.html", include_str!("../../pages/support/effects_head.html")),
    ("support/effects.html", include_str!("../../pages/support/effects.html")),
    ("support/link.html", include_str!("../../pages/support/link.html")),
    ("support/step.html", include_str!("../../pages/support/step.html")),
];

/// The templates of all pages, in the language of Jinja. What is put into them is escaped, and what
/// they name must exist.
///
/// Each can be replaced by name; what it can use is best read in the built-in one. `{{ … }}` and
/// `{% … %}` are filled with every page. What is the same on all pages of a language may stand in
/// `[[ … ]]` and `[% … %]` instead: it is filled once, when the service begins, and costs a page
/// nothing. That is `t("…", "…")`, which picks the German or the English of two texts, the brand
/// and the address in `shell`, `weekdays` and `months`; the first two may stand in `{{ … }}` as
/// well.
///
/// ```
/// let templates = rebooking_http::Templates::default()
///     .with("customer/support.html", "<p>[[ t(\"Schreiben Sie uns!\", \"Write to us!\") ]]</p>")?;
/// assert_eq!(templates.check_templates(), []);
/// # Ok::<(), rebooking_http::TemplateFault>(())
/// ```
#[derive(Clone, Default)]
pub struct Templates {
    /// A host's own, by the name of the built-in one.
    own: Arc<BTreeMap<&'static str, Arc<str>>>,
}

impl Templates {
    /// Every name, in no order.
    pub fn names() -> impl Iterator<Item = &'static str> {
        BUILT_IN.iter().map(|(name, _)| *name)
    }

    /// Puts a host's template in the place of the built-in one.
    ///
    /// # Errors
    /// [`TemplateFault`] for a name that is none of [`Templates::names`], and for a text that is no
    /// template.
    pub fn with(mut self, name: &str, source: &str) -> Result<Self, TemplateFault> {
        let Some(name) = Self::names().find(|known| *known == name) else {
            return Err(TemplateFault {
                template: name.to_owned(),
                line: None,
                what: "no such template".into(),
            });
        };
        precompiled::read(&self, name, source).map_err(|error| TemplateFault::of(name, &error))?;
        Arc::make_mut(&mut self.own).insert(name, source.into());
        Ok(self)
    }

    /// Fills every page with samples, in both languages, so that a mistake in a template is found
    /// when the server starts and not by a customer. Every template at fault is listed with its
    /// first mistake; empty means that all is well.
    #[must_use]
    pub fn check_templates(&self) -> Vec<TemplateFault> {
        let pages = super::Pages::new(&crate::HttpSettings {
            templates: self.clone(),
            ..crate::HttpSettings::new(BaseUrl::default(), crate::StaticTokens::default())
        });
        let mut faults = pages.templates.faults().to_vec();
        if !faults.is_empty() {
            // Whatever includes them is at no fault, and cannot be filled without them.
            return faults;
        }
        let mut fill = |template: &str, language: Language, with: Value| {
            if let Err(fault) = pages.templates.fill(template, language, with)
                && !faults.iter().any(|known| known.template == fault.template)
            {
                faults.push(fault);
            }
        };
        for language in [Language::German, Language::English] {
            let spoken = super::PageLocale::only(language);
            for (template, view) in
                customer::samples(language).into_iter().chain(error_page::samples(language))
            {
                fill(template, language, pages.layout.around(&spoken, None, view));
            }
            for visitor in &Visitor::samples() {
                for (template, view) in staff::samples(language) {
                    fill(template, language, pages.layout.around(&spoken, Some(visitor), view));
                }
            }
        }
        faults
    }

    /// Name and source of each.
    fn sources(&self) -> impl Iterator<Item = (&'static str, &str)> {
        BUILT_IN
            .iter()
            .map(|(name, built_in)| (*name, self.own.get(name).map_or(*built_in, AsRef::as_ref)))
    }
}

impl fmt::Debug for Templates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(Self::names()).finish()
    }
}

/// What is wrong with a template, and where. It holds nothing of what was filled in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("template {template}{}: {what}", .line.map(|line| format!(", line {line}")).unwrap_or_default())]
pub struct TemplateFault {
    template: String,
    line: Option<usize>,
    what: String,
}

impl TemplateFault {
    fn of(name: &str, error: &minijinja::Error) -> Self {
        // The detail of an error names variables of the template, never their values; those of
        // failing calls may hold values.
        let detail = error.detail().filter(|_| error.kind() == minijinja::ErrorKind::SyntaxError);
        let what = detail.map_or_else(
            || error.kind().to_string(),
            |detail| format!("{}: {detail}", error.kind()),
        );
        Self { template: error.name().unwrap_or(name).to_owned(), line: error.line(), what }
    }
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
        assert_eq!(unknown.to_string(), "template refused.html, line 3: undefined value");
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
            ["customer/choose.html", "refused.html"]
                .map(|name| format!("template {name}, line 1: undefined value"))
        );
    }

    #[test]
    fn a_mistake_in_what_is_filled_beforehand_is_found_as_well() {
        let syntax = Templates::default().with("notice.html", "<p>\n[[ t( ]]</p>").unwrap_err();
        assert_eq!(syntax.to_string().split(": ").next(), Some("template notice.html, line 2"));
        let unknown = Templates::default().with("notice.html", "\n\n[[ page.notice ]]").unwrap();
        assert_eq!(
            unknown.check_templates().iter().map(ToString::to_string).collect::<Vec<_>>(),
            ["template notice.html, line 3: undefined value"]
        );
    }
}
