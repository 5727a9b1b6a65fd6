//! The row of one line of history.

use rebooking_core::audit::{Actor, AuditEntry, Subject};
use rebooking_core::ports::MalformedRow;
use rebooking_core::value::ids::{CaseId, CourseDateId, PartnerId, TokenRef};

use super::Place;
use crate::columns::AuditRow;

impl TryFrom<AuditRow> for AuditEntry {
    type Error = MalformedRow;

    fn try_from(row: AuditRow) -> Result<Self, MalformedRow> {
        let place = Place::new(crate::AUDIT, row.id);
        let actor = match (row.actor.as_str(), row.partner_id, row.support) {
            ("customer", None, None) => Actor::Customer,
            ("partner", Some(id), None) => Actor::Partner(PartnerId::new(id)),
            ("support", None, Some(name)) => Actor::Support(name),
            ("shop", None, None) => Actor::Shop,
            ("system", None, None) => Actor::System,
            _ => return Err(place.bad("actor", "no such actor, or one without its name")),
        };
        let subject = match (row.subject.as_str(), row.step) {
            ("token", Some(step)) => {
                TokenRef { case: CaseId::new(row.number), step: place.count("step", step)? }.into()
            }
            ("booking", None) => Subject::Booking(CaseId::new(row.number)),
            ("date", None) => Subject::Date(CourseDateId::new(row.number)),
            _ => {
                return Err(
                    place.bad("subject", "no such subject, or one that contradicts its step")
                );
            }
        };
        Ok(Self {
            subject,
            at: row.at,
            actor,
            event: place.word("event", &row.event)?,
            note: place.text("note", &row.note)?,
        })
    }
}

/// The columns that name a subject.
pub(crate) const fn subject_columns(subject: Subject) -> (&'static str, i64, Option<u32>) {
    let (number, step) = match subject {
        Subject::Token(token) => (token.case.value(), Some(token.step)),
        Subject::Booking(case) => (case.value(), None),
        Subject::Date(date) => (date.value(), None),
    };
    (subject.as_str(), number, step)
}

/// The columns that name an actor.
pub(crate) fn actor_columns(actor: &Actor) -> (&'static str, Option<i64>, Option<&str>) {
    let (partner, support) = match actor {
        Actor::Partner(id) => (Some(id.value()), None),
        Actor::Support(name) => (None, Some(name.as_str())),
        Actor::Customer | Actor::Shop | Actor::System => (None, None),
    };
    (actor.as_str(), partner, support)
}
