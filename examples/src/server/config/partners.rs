//! Who gives which course: a file of the host's.

use std::path::PathBuf;

use clap::Args;
use rebooking_core::ports::partners::{PartnerRow, PartnerTable};
use rebooking_core::value::booking::{Partner, PartnerEntry};
use rebooking_core::value::customer::{EmailAddress, Language};
use rebooking_core::value::ids::{CourseId, PartnerId};
use serde::Deserialize;

use super::locales::spoken;
use super::read::Reader;

/// The option.
const NAME: &str = "partners-file";

#[derive(Args)]
#[group(skip)]
#[command(next_help_heading = "Partners")]
pub(super) struct Arguments {
    /// A JSON file that says who gives which course, where shop and schedule do not; without it,
    /// the database's tables do: [{"id": 5, "name": "Evas Küche", "email": "kueche@example.org",
    /// "language": "de", "courses": [40], "skus": ["SUSHI"], "allOthers": false}]
    #[arg(long, env = "REBOOKING_PARTNERS_FILE")]
    partners_file: Option<PathBuf>,
}

/// One partner, as the file has them.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Written {
    id: i64,
    #[serde(default)]
    name: String,
    email: String,
    #[serde(default)]
    language: Option<String>,
    #[serde(default)]
    courses: Vec<i64>,
    #[serde(default)]
    skus: Vec<String>,
    #[serde(default)]
    all_others: bool,
}

impl Arguments {
    pub(super) fn read(&self, reader: &mut Reader) -> Option<PartnerTable> {
        let text = match std::fs::read_to_string(self.partners_file.as_ref()?) {
            Ok(text) => text,
            Err(error) => {
                reader.fault(NAME, &format!("a file that can be read: {error}"));
                return None;
            }
        };
        match table(&text) {
            Ok(table) => Some(table),
            Err(faults) => {
                faults.iter().for_each(|fault| reader.fault(NAME, fault));
                None
            }
        }
    }
}

/// Every mistake is named by its line, or by its partner and field. What stands there is not
/// repeated: it may be somebody's address.
fn table(text: &str) -> Result<PartnerTable, Vec<String>> {
    let written: Vec<Written> =
        serde_json::from_str(text).map_err(|error| vec![unreadable(&error)])?;
    let (mut rows, mut faults) = (Vec::new(), Vec::new());
    for (place, written) in written.into_iter().enumerate() {
        rows.extend(row(place, written, &mut faults));
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    PartnerTable::new(rows).map_err(|ambiguous| ambiguous.iter().map(ToString::to_string).collect())
}

fn unreadable(error: &serde_json::Error) -> String {
    let (line, column) = (error.line(), error.column());
    let wanted = match error.classify() {
        serde_json::error::Category::Data => {
            "a list of partners with id, name, email, language, courses, skus and allOthers"
        }
        serde_json::error::Category::Syntax
        | serde_json::error::Category::Eof
        | serde_json::error::Category::Io => "JSON",
    };
    format!("line {line}, column {column}: {wanted}")
}

fn row(place: usize, written: Written, faults: &mut Vec<String>) -> Option<PartnerRow> {
    let Written { id, name, email, language, courses, skus, all_others } = written;
    let before = faults.len();
    let mut fault = |field: &str, wanted: &str| {
        faults.push(format!("partner {} (id {id}), {field}: {wanted}", place + 1));
    };
    let email = EmailAddress::parse(&email).map_err(|error| fault("email", &error.to_string()));
    let language = language.as_deref().map_or(Ok(Language::default()), spoken);
    let language = language.map_err(|wanted| fault("language", &wanted)).unwrap_or_default();
    if skus.iter().any(|sku| sku.trim().is_empty()) {
        fault("skus", "an article number each");
    }
    let partner = Partner { id: PartnerId::new(id), email: email.ok()?, language };
    (faults.len() == before).then(|| PartnerRow {
        entry: PartnerEntry::new(partner, &name),
        courses: courses.into_iter().map(CourseId::new).collect(),
        skus: skus.iter().map(|sku| sku.trim().to_owned()).collect(),
        all_others,
    })
}
