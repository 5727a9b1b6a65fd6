//! Whose cases the worklist shows: one's own, nobody's, or those of somebody else of support, who
//! can be picked by name where a case of theirs is listed.

use minijinja::value::Value;
use rebooking_core::ports::reports::{CaseRow, HeldBy};
use rebooking_core::value::customer::Language;

use crate::dto::words::Taken;
use crate::error::RequestError;
use crate::extract::Fields;
use crate::messages::text;
use crate::pages::list::choices;

/// What stands before the name of somebody else, as a name can be any word.
const NAMED: &str = "name:";

/// Who was picked in the form.
pub(super) enum Takers {
    Anybody,
    Known(Taken),
    Named(String),
}

impl Takers {
    /// As somebody of the name `own` has asked.
    pub(super) fn read(params: &Fields, own: &str) -> Result<Self, RequestError> {
        match params.text("taken").and_then(|taken| taken.strip_prefix(NAMED)) {
            Some(name) if name == own => Ok(Self::Known(Taken::Mine)),
            Some(name) if (1..=200).contains(&name.chars().count()) => {
                Ok(Self::Named(name.to_owned()))
            }
            _ => {
                let known = params.one_of("taken", &Taken::ALL, Taken::as_str)?;
                Ok(known.map_or(Self::Anybody, Self::Known))
            }
        }
    }

    pub(super) fn held_by(&self, own: &str) -> Option<HeldBy> {
        match self {
            Self::Anybody => None,
            Self::Known(taken) => Some(taken.by(own)),
            Self::Named(name) => Some(HeldBy::Name(name.clone())),
        }
    }

    /// What can be picked beside these cases.
    pub(super) fn choices(&self, language: Language, rows: &[CaseRow], own: &str) -> Vec<Value> {
        let mut names: Vec<_> =
            rows.iter().filter_map(|row| Some(row.holder.as_ref()?.name.as_str())).collect();
        let picked = match self {
            Self::Anybody => String::new(),
            Self::Known(taken) => taken.as_str().to_owned(),
            Self::Named(name) => {
                names.push(name);
                value(name)
            }
        };
        names.retain(|name| *name != own);
        names.sort_unstable();
        names.dedup();
        let values: Vec<_> = names.iter().map(|name| value(name)).collect();
        let anybody = ("", text!(language, "portal-all"));
        let known = Taken::ALL
            .map(|one| (one.as_str(), text!(language, "support-taken", by = one.as_str())));
        let named = values.iter().map(String::as_str).zip(names.iter().map(ToString::to_string));
        choices(&picked, std::iter::once(anybody).chain(known).chain(named))
    }
}

fn value(name: &str) -> String {
    format!("{NAMED}{name}")
}

/// The query that lists all cases of somebody.
pub(super) fn query(name: &str) -> String {
    form_urlencoded::byte_serialize(value(name).as_bytes()).collect()
}
