//! From a notice to what people read: subject, text, HTML and the calendar entry. Needs no mail
//! server.

mod samples;
mod templates;
mod view;

use std::fmt;

use minijinja::{Error, Value};
use rebooking_core::notice::Notice;
use rebooking_core::presentation::Presentation;
use rebooking_core::presentation::calendar_entry::CalendarEntry;
use rebooking_core::presentation::ics::CalendarFile;
use rebooking_core::presentation::locales::Locales;
use rebooking_core::presentation::templates::TemplateFault;

use crate::config::MailSettings;
use templates::Environments;
pub use templates::{MailTemplateKind, MailTemplates};
use view::Form;

/// A mail as people read it.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mail {
    /// One line.
    pub subject: String,
    /// The whole of it as text.
    pub text: String,
    /// The whole of it as a page, which fetches nothing.
    pub html: String,
    /// What the recipient's calendar is told, where it is told anything.
    pub calendar: Option<CalendarFile>,
}

/// A mail holds a link and a name: it prints nothing.
impl fmt::Debug for Mail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mail(…)")
    }
}

/// Renders notices under one brand, with the built-in [`MailTemplates`] or a host's own.
#[derive(Clone)]
pub struct Renderer {
    settings: MailSettings,
    templates: MailTemplates,
    environments: Environments,
}

impl fmt::Debug for Renderer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Renderer").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl Renderer {
    /// The built-in templates under the brand of these settings.
    #[must_use]
    pub fn new(settings: MailSettings) -> Self {
        let templates = MailTemplates::default();
        Self { settings, environments: Environments::new(&templates), templates }
    }

    /// The same with these templates.
    #[must_use]
    pub fn with_templates(self, templates: MailTemplates) -> Self {
        Self { environments: Environments::new(&templates), templates, ..self }
    }

    /// Overrides one template; see [`MailTemplates::with`].
    ///
    /// # Errors
    /// [`TemplateFault`] for an unknown name, and for a source that is no template.
    pub fn with_template(self, name: &str, source: &str) -> Result<Self, TemplateFault> {
        let templates = self.templates.clone().with(name, source)?;
        Ok(self.with_templates(templates))
    }

    /// The names of all templates, those that others are made of included.
    pub fn template_names() -> impl Iterator<Item = &'static str> {
        MailTemplates::names()
    }

    /// The settings that it renders under.
    #[must_use]
    pub fn settings(&self) -> &MailSettings {
        &self.settings
    }

    /// Renders every mail in every language with samples; see [`MailTemplates::check_templates`].
    #[must_use]
    pub fn check_templates(&self) -> Vec<TemplateFault> {
        self.templates.check_templates()
    }

    /// The mail for a notice. Another attempt at it may say another thing: how long its link still
    /// works, say.
    ///
    /// # Errors
    /// [`TemplateFault`] names the template and line that failed on it; it quotes nothing of the
    /// mail.
    pub fn render(&self, notice: &Notice) -> Result<Mail, TemplateFault> {
        render(&self.environments, &self.settings.presentation, notice)
            .map_err(|error| TemplateFault::in_data(notice.message.kind().as_str(), &error))
    }
}

fn render(
    environments: &Environments,
    presentation: &Presentation,
    notice: &Notice,
) -> Result<Mail, Error> {
    let language = Locales::of_process().spoken(notice.language);
    let entry = CalendarEntry::in_mail(notice, presentation);
    let calendar = entry.as_ref().map(|entry| CalendarFile::new("rebooking-smtp", entry));
    let method = calendar.as_ref().map(|file| file.method);
    let view = |form| view::context(notice, presentation, method, form);
    let folder = notice.message.kind().as_str();
    let fill = |file: &str, view: &Value| {
        environments.template(language, &format!("{folder}/{file}"))?.render(view.clone())
    };
    let subject = one_line(&fill("subject.txt", &view(Form::Text))?);
    let view = |form| view::with_subject(&view(form), &subject);
    let (text, html) =
        (fill("body.txt", &view(Form::Text))?, fill("body.html", &view(Form::Html))?);
    Ok(Mail { subject, text: tidy(&text), html, calendar })
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// No more than one empty line in a row: templates can leave a paragraph out without counting
/// lines.
fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    for line in text.trim().lines() {
        // The blank after two dashes marks a signature (RFC 3676, 4.3).
        let line = if line == "-- " { line } else { line.trim_end() };
        if !(line.is_empty() && tidy.ends_with("\n\n")) {
            tidy.push_str(line);
            tidy.push('\n');
        }
    }
    tidy
}
