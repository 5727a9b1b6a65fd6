//! What the two helpdesks call the same things, checked against the Odoo that is there.

use std::collections::BTreeMap;

use crate::config::Flavour;
use crate::error::SetupError;

/// The names of one helpdesk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FieldMap {
    /// The number that people say.
    pub(crate) number: &'static str,
    pub(crate) stage_model: &'static str,
    pub(crate) team_model: &'static str,
    pub(crate) closed: Closed,
}

/// What tells that a ticket is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Closed {
    /// A field of the ticket.
    Ticket(&'static str),
    /// A field of its stage.
    Stage(&'static str),
}

impl FieldMap {
    pub(crate) const fn new(flavour: Flavour) -> Self {
        match flavour {
            Flavour::Oca => Self {
                number: "number",
                stage_model: "helpdesk.ticket.stage",
                team_model: "helpdesk.ticket.team",
                closed: Closed::Ticket("closed"),
            },
            Flavour::Enterprise => Self {
                number: "ticket_ref",
                stage_model: "helpdesk.stage",
                team_model: "helpdesk.team",
                closed: Closed::Stage("fold"),
            },
        }
    }

    /// The fields of a ticket that must be there.
    fn needed(self) -> impl Iterator<Item = &'static str> {
        let closed = match self.closed {
            Closed::Ticket(field) => Some(field),
            Closed::Stage(_) => None,
        };
        ["name", "description", "stage_id", self.number].into_iter().chain(closed)
    }
}

/// The fields that a ticket may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Known {
    /// Whether the description is a page rather than a text.
    pub(crate) html: bool,
    pub(crate) active: bool,
    pub(crate) priority: bool,
    pub(crate) partner_name: bool,
    pub(crate) partner_email: bool,
    pub(crate) team: bool,
}

/// What `fields_get` is asked for: the fields that we know of both helpdesks.
pub(crate) const ASKED: [&str; 11] = [
    "number",
    "ticket_ref",
    "closed",
    "name",
    "description",
    "stage_id",
    "active",
    "priority",
    "partner_name",
    "partner_email",
    "team_id",
];

/// Whether it is the helpdesk that the settings name, and which fields it has.
pub(crate) fn check(
    flavour: Flavour,
    fields: &BTreeMap<String, String>,
) -> Result<Known, SetupError> {
    let has = |field: &str| fields.contains_key(field);
    let map = FieldMap::new(flavour);
    let other = match flavour {
        Flavour::Oca => Flavour::Enterprise,
        Flavour::Enterprise => Flavour::Oca,
    };
    if !has(map.number) && has(FieldMap::new(other).number) {
        return Err(SetupError::Flavour { expected: flavour.as_str(), found: other.as_str() });
    }
    if let Some(missing) = map.needed().find(|field| !has(field)) {
        return Err(SetupError::NoField(missing));
    }
    Ok(Known {
        html: fields.get("description").is_some_and(|kind| kind == "html"),
        active: has("active"),
        priority: has("priority"),
        partner_name: has("partner_name"),
        partner_email: has("partner_email"),
        team: has("team_id"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(names: &[&str]) -> BTreeMap<String, String> {
        names.iter().map(|name| ((*name).to_owned(), "char".to_owned())).collect()
    }

    #[test]
    fn a_helpdesk_is_told_by_what_it_calls_its_numbers() {
        let oca = fields(&["number", "closed", "name", "description", "stage_id"]);
        assert!(check(Flavour::Oca, &oca).is_ok());
        let wrong = SetupError::Flavour { expected: "enterprise", found: "oca" };
        assert_eq!(check(Flavour::Enterprise, &oca), Err(wrong));
        let enterprise = fields(&["ticket_ref", "name", "description", "stage_id"]);
        assert!(check(Flavour::Enterprise, &enterprise).is_ok());
        let wrong = SetupError::Flavour { expected: "oca", found: "enterprise" };
        assert_eq!(check(Flavour::Oca, &enterprise), Err(wrong));
    }

    #[test]
    fn a_field_that_is_needed_is_missed_by_its_name() {
        let short = fields(&["number", "name", "description", "stage_id"]);
        assert_eq!(check(Flavour::Oca, &short), Err(SetupError::NoField("closed")));
    }
}
