//! From a notice to what people read: subject, text, HTML and the calendar entry. Needs no mail
//! server.

mod samples;
mod templates;
mod view;

use std::fmt;
use std::sync::Arc;

use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, UndefinedBehavior, Value};
use rebooking_core::calendar_entry::{CalendarEntry, Places};
use rebooking_core::notice::Notice;
use rebooking_core::value::booking::Booking;

use crate::calendar::CalendarPart;
use crate::config::MailSettings;
use crate::error::TemplateFault;
use view::Form;

/// A mail as people read it.
#[derive(Clone, PartialEq, Eq)]
pub struct Mail {
    /// One line.
    pub subject: String,
    /// The whole of it as text.
    pub text: String,
    /// The whole of it as a page, which fetches nothing.
    pub html: String,
    /// What the recipient's calendar is told, where it is told anything.
    pub calendar: Option<CalendarPart>,
}

/// A mail holds a link and a name: it prints nothing.
impl fmt::Debug for Mail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mail(…)")
    }
}

/// Renders notices under one brand.
///
/// Every mail has three templates a language, named like `de/declined/body.html`;
/// [`Renderer::template_names`] lists them. They are minijinja templates; what is undefined is an
/// error, and what ends in `.html` is escaped.
#[derive(Clone)]
pub struct Renderer {
    settings: MailSettings,
    templates: Environment<'static>,
    places: Option<Places>,
}

impl fmt::Debug for Renderer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Renderer").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl Renderer {
    /// The built-in wording under the brand of these settings.
    #[must_use]
    pub fn new(settings: MailSettings) -> Self {
        let mut templates = Environment::new();
        templates.set_undefined_behavior(UndefinedBehavior::Strict);
        // Only new delimiters could be wrong.
        let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
        templates.set_syntax(syntax.unwrap_or_default());
        // Read from the program itself; one that is overridden is never asked for.
        templates.set_loader(|name| Ok(templates::source(name).map(str::to_owned)));
        Self { settings, templates, places: None }
    }

    /// Puts another template in the place of a built-in one.
    ///
    /// # Errors
    /// [`TemplateFault`] for a name that no built-in template has, and for a source that is no
    /// template. Whether it can be filled shows [`Renderer::check_templates`].
    pub fn with_template(mut self, name: &str, source: &str) -> Result<Self, TemplateFault> {
        if templates::source(name).is_none() {
            let what = "there is no template of this name".to_owned();
            return Err(TemplateFault { template: name.to_owned(), line: 0, what });
        }
        let added = self.templates.add_template_owned(name.to_owned(), source.to_owned());
        added.map_err(|error| TemplateFault::in_full(&error))?;
        Ok(self)
    }

    /// Tells mails and calendar entries where courses take place.
    #[must_use]
    pub fn with_places(self, places: Places) -> Self {
        Self { places: Some(places), ..self }
    }

    /// The names of all templates, those that others are made of included.
    pub fn template_names() -> impl Iterator<Item = &'static str> {
        templates::ALL.iter().map(|(name, _)| *name)
    }

    /// The settings that it renders under.
    #[must_use]
    pub fn settings(&self) -> &MailSettings {
        &self.settings
    }

    /// Renders every mail in every language with samples, so that a fault in an overridden template
    /// shows when a program starts and not when a customer waits. Empty means that all is well.
    #[must_use]
    pub fn check_templates(&self) -> Vec<TemplateFault> {
        let Ok(samples) = samples::notices() else {
            let what = "the samples cannot be made".to_owned();
            return vec![TemplateFault { template: String::new(), line: 0, what }];
        };
        // With and without a place, whether or not the host knows any today.
        let somewhere =
            self.clone().with_places(Arc::new(|_| Some("Kochstraße 5, München".to_owned())));
        let nowhere = Self { places: None, ..self.clone() };
        let mut faults = Vec::new();
        for renderer in [somewhere, nowhere] {
            for error in samples.iter().filter_map(|notice| renderer.rendered(notice).err()) {
                let fault = TemplateFault::in_full(&error);
                if !faults.contains(&fault) {
                    faults.push(fault);
                }
            }
        }
        faults
    }

    /// The mail for a notice. Another try of it may say another thing: how long its link still
    /// works, say.
    ///
    /// # Errors
    /// [`TemplateFault`] names the template and line that failed on it; it quotes nothing of the
    /// mail.
    pub fn render(&self, notice: &Notice) -> Result<Mail, TemplateFault> {
        self.rendered(notice).map_err(|error| TemplateFault::in_short(&error))
    }

    fn rendered(&self, notice: &Notice) -> Result<Mail, minijinja::Error> {
        let place = |booking: &Booking| self.places.as_ref().and_then(|places| places(booking));
        let MailSettings { brand, base, .. } = &self.settings;
        let entry = CalendarEntry::in_mail(notice, brand, base, self.places.as_ref());
        let calendar = entry.as_ref().map(CalendarPart::of);
        let method = calendar.as_ref().map(|part| part.method);
        let view = |form| view::of(notice, &self.settings, &place, method, form);
        let folder = format!("{}/{}", notice.language.as_str(), notice.message.kind().as_str());
        let fill = |file: &str, view: &Value| {
            self.templates.get_template(&format!("{folder}/{file}"))?.render(view.clone())
        };
        let subject = one_line(&fill("subject.txt", &view(Form::Text))?);
        let view = |form| view::with_subject(&view(form), &subject);
        let (text, html) =
            (fill("body.txt", &view(Form::Text))?, fill("body.html", &view(Form::Page))?);
        let text = tidy(&text);
        Ok(Mail { subject, text, html, calendar })
    }
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
