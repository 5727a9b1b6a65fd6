//! A folder with templates of one's own, for pages and mails: each file takes the place of the
//! built-in one of its name.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use rebooking_core::brand::Brand;
use rebooking_core::link::BaseUrl;
use rebooking_core::value::customer::EmailAddress;
use rebooking_http::Templates;
use rebooking_smtp::{MailSettings, Renderer, TemplateFault};

use super::read::Reader;

#[derive(Args)]
#[group(skip)]
#[command(next_help_heading = "Templates, of pages and mails")]
pub(super) struct Arguments {
    /// A folder with templates that take the place of the built-in ones, by name:
    /// pages/customer/support.html, mails/de/declined/subject.txt
    #[arg(long, env = "REBOOKING_TEMPLATES")]
    templates: Option<PathBuf>,
}

/// What pages and mails are made from.
#[derive(Debug, Default)]
pub(crate) struct TemplatesConfig {
    pub(crate) pages: Templates,
    /// Name and source of each that is not the built-in one.
    mails: Vec<(String, String)>,
}

impl Arguments {
    pub(super) fn read(&self, reader: &mut Reader) -> TemplatesConfig {
        let mut templates = TemplatesConfig::default();
        let Some(folder) = &self.templates else { return templates };
        let mut fault = |what: &str| reader.fault("templates", what);
        let mut files = Vec::new();
        if let Err(error) = collect(folder, "", &mut files) {
            fault(&format!("a folder that can be read: {error}"));
        }
        files.sort();
        let mut pages_are_sound = true;
        for (name, source) in files {
            if let Some(page) = name.strip_prefix("pages/") {
                match templates.pages.clone().with(page, &source) {
                    Ok(with) => templates.pages = with,
                    Err(wrong) => {
                        pages_are_sound = false;
                        fault(&format!("pages/: {wrong}"));
                    }
                }
            } else if let Some(mail) = name.strip_prefix("mails/") {
                templates.mails.push((mail.to_owned(), source));
            } else {
                fault(&format!("{name}: only pages/… and mails/… are read"));
            }
        }
        if pages_are_sound {
            templates
                .pages
                .check_templates()
                .iter()
                .for_each(|wrong| fault(&format!("pages/: {wrong}")));
        }
        templates.mail_faults().iter().for_each(|wrong| fault(&format!("mails/: {wrong}")));
        templates
    }
}

impl TemplatesConfig {
    /// The wording of mails.
    ///
    /// # Errors
    /// None that reading the settings has not told already.
    pub(crate) fn renderer(&self, settings: MailSettings) -> Result<Renderer, TemplateFault> {
        let with = |renderer: Renderer, (name, source): &(String, String)| {
            renderer.with_template(name, source)
        };
        self.mails.iter().try_fold(Renderer::new(settings), with)
    }

    fn mail_faults(&self) -> Vec<TemplateFault> {
        let Ok(sender) = EmailAddress::parse("buchung@example.com") else { return Vec::new() };
        let built_in =
            Renderer::new(MailSettings::new(Brand::default(), BaseUrl::default(), sender));
        let (mut renderer, mut faults) = (built_in, Vec::new());
        for (name, source) in &self.mails {
            match renderer.clone().with_template(name, source) {
                Ok(with) => renderer = with,
                Err(wrong) => faults.push(wrong),
            }
        }
        // What could not be read would only show again as what is missing.
        if faults.is_empty() { renderer.check_templates() } else { faults }
    }
}

/// Every file below a folder by its path from there. Names that begin with a dot are the system's
/// or an editor's.
fn collect(folder: &Path, prefix: &str, files: &mut Vec<(String, String)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') || name.ends_with('~') {
            continue;
        }
        let (name, path) = (format!("{prefix}{name}"), entry.path());
        if path.is_dir() {
            collect(&path, &format!("{name}/"), files)?;
        } else {
            let source = fs::read_to_string(&path)
                .map_err(|error| io::Error::other(format!("{name}: {error}")))?;
            files.push((name, source));
        }
    }
    Ok(())
}
