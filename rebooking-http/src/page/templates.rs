//! The templates: built in, and each to be replaced by a host's own.

use std::fmt;
use std::sync::Arc;

use minijinja::value::Value;
use minijinja::{Environment, UndefinedBehavior};
use rebooking_core::customer::Language;
use rebooking_core::link::BaseAddress;

use super::staff::Visitor;
use super::{customer, refused, staff};

/// The built-in templates, by name.
const BUILT_IN: [(&str, &str); 27] = [
    ("base.html", include_str!("../../pages/base.html")),
    ("notice.html", include_str!("../../pages/notice.html")),
    ("refused.html", include_str!("../../pages/refused.html")),
    ("csrf.html", include_str!("../../pages/csrf.html")),
    ("filters.html", include_str!("../../pages/filters.html")),
    ("paging.html", include_str!("../../pages/paging.html")),
    ("sign_in.html", include_str!("../../pages/sign_in.html")),
    ("trap.html", include_str!("../../pages/trap.html")),
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

/// The templates of all pages, in the language of Jinja. What is put into them is escaped, and what they name must exist.
///
/// Each can be replaced by name; what it can use is best read in the built-in one. `t("…", "…")` picks the German or the English
/// of two texts.
///
/// ```
/// let templates = rebooking_http::Templates::default()
///     .with("customer/support.html", "<p>{{ t(\"Schreiben Sie uns!\", \"Write to us!\") }}</p>")?;
/// assert_eq!(templates.check_templates(), []);
/// # Ok::<(), rebooking_http::TemplateFault>(())
/// ```
#[derive(Clone)]
pub struct Templates(Arc<ByLanguage>);

/// Every template once for each language, so that what says the same on every page is picked when a program starts and not with
/// every page.
#[derive(Clone)]
struct ByLanguage {
    german: Environment<'static>,
    english: Environment<'static>,
}

impl ByLanguage {
    fn add(&mut self, name: &'static str, source: &str) -> Result<(), minijinja::Error> {
        self.german.add_template_owned(name, spoken(source, Language::German))?;
        self.english.add_template_owned(name, spoken(source, Language::English))
    }

    const fn of(&self, language: Language) -> &Environment<'static> {
        match language {
            Language::German => &self.german,
            Language::English => &self.english,
        }
    }
}

/// The template with every `{{ t("…", "…") }}` of two plain texts replaced by the one of them, as `{{ "…" }}`: it is escaped as before, and
/// stays in its line.
fn spoken(source: &str, language: Language) -> String {
    const OPEN: &str = "{{ t(\"";
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some((before, after)) = rest.split_once(OPEN) {
        out.push_str(before);
        let picked = after.split_once("\") }}").and_then(|(inside, behind)| {
            let (german, english) = inside.split_once("\", \"")?;
            let text = match language {
                Language::German => german,
                Language::English => english,
            };
            (!inside.contains('\\') && !german.contains('"') && !english.contains('"'))
                .then_some((text, behind))
        });
        match picked {
            Some((text, behind)) => {
                out.push_str("{{ \"");
                out.push_str(text);
                out.push_str("\" }}");
                rest = behind;
            }
            None => {
                out.push_str(OPEN);
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

impl Templates {
    /// Every name, in no order.
    pub fn names() -> impl Iterator<Item = &'static str> {
        BUILT_IN.iter().map(|(name, _)| *name)
    }

    /// Puts a host's template in the place of the built-in one.
    ///
    /// # Errors
    /// [`TemplateFault`] for a name that is none of [`Templates::names`], and for a text that is no template.
    pub fn with(mut self, name: &str, source: &str) -> Result<Self, TemplateFault> {
        let Some((name, _)) = BUILT_IN.iter().find(|(known, _)| *known == name) else {
            return Err(TemplateFault {
                template: name.to_owned(),
                line: None,
                what: "no such template".into(),
            });
        };
        Arc::make_mut(&mut self.0).add(name, source).map_err(|error| TemplateFault::of(name, &error))?;
        Ok(self)
    }

    /// Fills every page with samples, in both languages, so that a mistake in a template is found when the server starts and not by
    /// a customer. Every template at fault is listed with its first mistake; empty means that all is well.
    #[must_use]
    pub fn check_templates(&self) -> Vec<TemplateFault> {
        let pages = super::Pages::new(&crate::HttpSettings {
            templates: self.clone(),
            ..crate::HttpSettings::new(BaseAddress::default(), crate::StaticTokens::default())
        });
        let mut faults = Vec::new();
        let mut fill = |template: &str, language: Language, with: Value| {
            if let Err(fault) = self.fill(template, language, with)
                && !faults.contains(&fault)
            {
                faults.push(fault);
            }
        };
        for language in [Language::German, Language::English] {
            let spoken = super::Spoken::only(language);
            for (template, view) in customer::samples(language).into_iter().chain(refused::samples(language))
            {
                fill(template, language, pages.frame.around(&spoken, None, view));
            }
            for visitor in &Visitor::samples() {
                for (template, view) in staff::samples(language) {
                    fill(template, language, pages.frame.around(&spoken, Some(visitor), view));
                }
            }
        }
        faults
    }

    pub(super) fn fill(&self, name: &str, language: Language, with: Value) -> Result<String, TemplateFault> {
        let filled = self.0.of(language).get_template(name).and_then(|template| template.render(with));
        filled.map_err(|error| TemplateFault::of(name, &error))
    }
}

impl Default for Templates {
    fn default() -> Self {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
        let mut all = ByLanguage { german: environment.clone(), english: environment };
        for (name, source) in BUILT_IN {
            // A test fills them all, so none of them is left out here.
            if let Err(error) = all.add(name, source) {
                tracing::error!(fault = %TemplateFault::of(name, &error), "a built-in template is broken");
            }
        }
        Self(Arc::new(all))
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
        // The detail of an error names variables of the template, never their values; those of failing calls may hold values.
        let detail = error.detail().filter(|_| error.kind() == minijinja::ErrorKind::SyntaxError);
        let what =
            detail.map_or_else(|| error.kind().to_string(), |detail| format!("{}: {detail}", error.kind()));
        Self { template: error.name().unwrap_or(name).to_owned(), line: error.line(), what }
    }
}

/// `t`: the German or the English of two texts.
pub(super) fn chooser(language: Language) -> Value {
    match language {
        Language::German => Value::from_function(|german: Value, _english: Value| german),
        Language::English => Value::from_function(|_german: Value, english: Value| english),
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
    fn what_is_filled_in_is_escaped() {
        let templates = Templates::default().with("notice.html", "{{ page }}").unwrap();
        let filled = templates
            .fill("notice.html", Language::German, minijinja::context! { page => "<b title='x'>\"" })
            .unwrap();
        assert!(!filled.contains(['<', '>', '"', '\'']), "{filled}");
    }

    #[test]
    fn two_plain_texts_are_picked_from_beforehand_and_everything_else_is_left_to_the_page() {
        for (source, german, english) in [
            (r#"<p>{{ t("Ja", "Yes") }}</p>"#, r#"<p>{{ "Ja" }}</p>"#, r#"<p>{{ "Yes" }}</p>"#),
            (r#"{{ t("a", "b") }}{{ t("c", "d") }}"#, r#"{{ "a" }}{{ "c" }}"#, r#"{{ "b" }}{{ "d" }}"#),
        ] {
            assert_eq!(spoken(source, Language::German), german);
            assert_eq!(spoken(source, Language::English), english);
        }
        for source in [
            r#"{{ t("Zur " ~ name ~ "-Seite", "To " ~ name) }}"#,
            r#"{{ t("a \"b\"", "c") }}"#,
            r#"{{ t("a", name) }}{{ t(name, "b") }}"#,
            r#"{{ t("a", "b") | upper }}"#,
            r#"{% if t("a", "b") %}x{% endif %}"#,
            r#"{{ t("never closed"#,
        ] {
            assert_eq!(spoken(source, Language::English), source);
        }
    }

    #[test]
    fn what_is_picked_beforehand_is_escaped_all_the_same() {
        let templates = Templates::default().with("notice.html", r#"{{ t("<b>&", "<i>") }}"#).unwrap();
        let filled = templates.fill("notice.html", Language::German, minijinja::context! {}).unwrap();
        assert_eq!(filled, "&lt;b&gt;&amp;");
    }
}
