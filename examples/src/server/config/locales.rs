//! A folder with texts of one's own, for pages, mails and all else that people read.

use std::path::PathBuf;

use clap::Args;
use rebooking_core::presentation::locales::Locales;
use rebooking_core::value::customer::Language;

use super::read::Reader;

#[derive(Args)]
#[group(skip)]
#[command(next_help_heading = "Languages, on pages and in mails")]
pub(super) struct Arguments {
    /// A folder with texts that take the place of the built-in ones or add a language, in the
    /// syntax of Fluent: de/ours.ftl, de-AT/ours.ftl, it/all.ftl
    #[arg(long, env = "REBOOKING_LOCALES_DIR")]
    locales_dir: Option<PathBuf>,
}

impl Arguments {
    /// They are those of the whole process from here on: other settings name languages.
    pub(super) fn install(&self, reader: &mut Reader) {
        let Some(folder) = &self.locales_dir else { return };
        match Locales::from_folder(folder) {
            Ok(locales) => {
                if let Err(error) = locales.install() {
                    reader.fault("locales-dir", &error.to_string());
                }
            }
            Err(faults) => {
                faults.iter().for_each(|fault| reader.fault("locales-dir", &fault.to_string()));
            }
        }
    }
}

/// A language that there are texts in, by its tag or a code like `de_AT`.
pub(super) fn spoken(code: &str) -> Result<Language, String> {
    let locales = Locales::of_process();
    locales.of_code(code.trim()).ok_or_else(|| {
        let tags: Vec<String> = locales.languages().map(|language| language.to_string()).collect();
        format!("one of {}", tags.join(", "))
    })
}
