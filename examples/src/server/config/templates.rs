//! A folder with templates of one's own, for pages and mails: each file takes the place of the
//! built-in one of its name.

use std::fmt::Display;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use rebooking_http::Templates;
use rebooking_smtp::{MailSettings, MailTemplates, Renderer};

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

/// What pages and mails are rendered from.
#[derive(Debug, Default)]
pub(crate) struct TemplatesConfig {
    pub(crate) pages: Templates,
    mails: MailTemplates,
}

impl Arguments {
    pub(super) fn read(&self, reader: &mut Reader) -> TemplatesConfig {
        let mut templates = TemplatesConfig::default();
        let Some(folder) = &self.templates else { return templates };
        let mut fault = |what: &str| reader.fault("templates", what);
        match strangers(folder) {
            Ok(names) => names
                .iter()
                .for_each(|name| fault(&format!("{name}: only pages/… and mails/… are read"))),
            Err(error) => fault(&format!("a folder that can be read: {error}")),
        }
        let (pages, mails) = (folder.join("pages"), folder.join("mails"));
        set(&mut templates.pages, &pages, "pages/", Templates::from_folder, &mut fault);
        set(&mut templates.mails, &mails, "mails/", MailTemplates::from_folder, &mut fault);
        templates
    }
}

impl TemplatesConfig {
    pub(crate) fn renderer(&self, settings: MailSettings) -> Renderer {
        Renderer::new(settings).with_templates(self.mails.clone())
    }
}

/// Takes a folder's templates if there is one, or tells every fault in it.
fn set<T, F: Display>(
    templates: &mut T,
    folder: &Path,
    name: &str,
    read: fn(&Path) -> Result<T, Vec<F>>,
    fault: &mut impl FnMut(&str),
) {
    if !folder.is_dir() {
        return;
    }
    match read(folder) {
        Ok(own) => *templates = own,
        Err(faults) => faults.iter().for_each(|wrong| fault(&format!("{name}: {wrong}"))),
    }
}

/// What is in the folder and of neither kind; hidden files are the system's.
fn strangers(folder: &Path) -> std::io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let hidden = name.starts_with('.') || name.ends_with('~');
        let known = entry.path().is_dir() && ["pages", "mails"].contains(&name.as_str());
        if !hidden && !known {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}
