//! How settings name a record of Odoo.

use std::fmt;
use std::str::FromStr;

/// A stage or a team, as settings name it. Names are translated, and people change them: a number
/// or an external id is the better choice.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RecordRef {
    /// The number that its page has in the address bar.
    Id(i64),
    /// The external id, as *Export* and the developer mode show it.
    ExternalId {
        /// What stands before the dot.
        module: String,
        /// What stands behind it.
        name: String,
    },
    /// The name in the language of the user whose key it is.
    Name(String),
}

impl FromStr for RecordRef {
    type Err = MalformedReference;

    /// Reads `12` as a number, `module.name` as an external id, and anything else as a name.
    fn from_str(raw: &str) -> Result<Self, MalformedReference> {
        let raw = raw.trim();
        if raw.is_empty() {
            return Err(MalformedReference);
        }
        if raw.bytes().all(|byte| byte.is_ascii_digit()) {
            return raw.parse().map(Self::Id).map_err(|_| MalformedReference);
        }
        let word = |text: &str| {
            let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
            !text.is_empty() && text.chars().all(plain)
        };
        Ok(match raw.split_once('.') {
            Some((module, name)) if word(module) && word(name) => {
                Self::ExternalId { module: module.to_owned(), name: name.to_owned() }
            }
            Some(_) | None => Self::Name(raw.to_owned()),
        })
    }
}

impl fmt::Display for RecordRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => id.fmt(f),
            Self::ExternalId { module, name } => write!(f, "{module}.{name}"),
            Self::Name(name) => f.write_str(name),
        }
    }
}

/// Nothing that could name a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a number, an external id like module.name, or a name is needed")]
pub struct MalformedReference;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_a_number_an_external_id_or_a_name() {
        let external = RecordRef::ExternalId { module: "helpdesk_mgmt".into(), name: "x_1".into() };
        for (raw, expected) in [
            (" 12 ", Ok(RecordRef::Id(12))),
            ("helpdesk_mgmt.x_1", Ok(external)),
            ("In Arbeit", Ok(RecordRef::Name("In Arbeit".into()))),
            ("Warten auf Dr. Koch", Ok(RecordRef::Name("Warten auf Dr. Koch".into()))),
            ("", Err(MalformedReference)),
            ("99999999999999999999", Err(MalformedReference)),
        ] {
            assert_eq!(raw.parse(), expected, "{raw}");
        }
    }
}
