//! Whose data `forget` and `export` are about.

use std::io::Read as _;

use clap::Args;
use rebooking_core::service::Forget;
use rebooking_core::value::customer::EmailAddress;
use rebooking_core::value::ids::CaseId;
use rebooking_core::value::text::FreeText;

use super::read::Reader;

#[derive(Args)]
#[group(skip)]
pub(super) struct Arguments {
    /// A case, by its number
    #[arg(long)]
    case: Option<i64>,
    /// Every case of the e-mail address that is read from standard input, so that no list of
    /// processes shows it
    #[arg(long)]
    address_from_stdin: bool,
}

#[derive(Args)]
#[group(skip)]
pub(super) struct ForgetArguments {
    #[command(flatten)]
    whose: Arguments,
    /// Why; it stays in the history, so without names
    #[arg(long)]
    reason: Option<String>,
    /// Who does it, as the history keeps it
    #[arg(long)]
    by: Option<String>,
    /// Cancels cases first that are open
    #[arg(long)]
    cancel_open: bool,
}

/// What is to be done with a person's data.
pub(crate) enum PersonConfig {
    Export(Whose),
    Forget { whose: Whose, request: Forget, by: String },
}

pub(crate) enum Whose {
    Case(CaseId),
    Address(EmailAddress),
}

impl Arguments {
    pub(super) fn read(&self, reader: &mut Reader) -> Option<PersonConfig> {
        self.whose(reader).map(PersonConfig::Export)
    }

    fn whose(&self, reader: &mut Reader) -> Option<Whose> {
        match (self.case, self.address_from_stdin) {
            (Some(case), false) => return Some(Whose::Case(CaseId::new(case))),
            (None, true) => {}
            (Some(_), true) | (None, false) => {
                reader.plain_fault("case", "the number of a case, or --address-from-stdin");
                return None;
            }
        }
        let mut given = String::new();
        // No line of a mail is longer.
        let read = std::io::stdin().take(1_000).read_to_string(&mut given);
        match read.ok().and_then(|_| EmailAddress::parse(&given).ok()) {
            Some(address) => Some(Whose::Address(address)),
            None => {
                let wanted = "an e-mail address on standard input";
                reader.plain_fault("address-from-stdin", wanted);
                None
            }
        }
    }
}

impl ForgetArguments {
    pub(super) fn read(&self, reader: &mut Reader) -> Option<PersonConfig> {
        let mut needed = |name: &str, given: Option<&String>, what: &str| {
            let given = FreeText::line(given.map_or("", String::as_str), 2000);
            if given.is_empty() {
                reader.plain_fault(name, what);
            }
            given
        };
        let reason = needed("reason", self.reason.as_ref(), "why; it stays in the history");
        let by = needed("by", self.by.as_ref(), "who does it; it stays in the history");
        let whose = self.whose.whose(reader)?;
        let request = Forget { reason, cancel_open: self.cancel_open };
        Some(PersonConfig::Forget { whose, request, by: by.expose().to_owned() })
    }
}
