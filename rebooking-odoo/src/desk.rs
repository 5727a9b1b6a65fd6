//! One note's way into its ticket, step by step. Each step is one call, and what was done is found
//! again, so that the way can be gone anew from the start after any failure.

use rebooking_core::effect::{EffectKey, TicketFact};
use rebooking_core::ports::{PortError, TicketNote};
use rebooking_core::token::TicketRef;
use rebooking_core::value::ids::CaseId;
use rebooking_core::wish::WishKind;
use serde_json::{Map, Value, json};

use crate::call::{Call, TICKET};
use crate::client::Conversation;
use crate::error::{CallError, Fault};
use crate::fields::Closed;
use crate::marker;
use crate::setup::{Setup, look_up};
use crate::texts::Texts;
use crate::wire::{self, Loaded, Reference};

/// What our external ids begin with. No module has this name, as an upgrade of it could delete the
/// tickets.
pub(crate) const MODULE: &str = "__rebooking__";

/// The helpdesk for the time of one note.
pub(crate) struct Desk<'a> {
    pub(crate) talk: &'a Conversation<'a>,
    pub(crate) setup: &'a Setup,
}

/// A ticket as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Ticket {
    pub(crate) id: i64,
    number: String,
    stage: Option<i64>,
    closed: bool,
    archived: bool,
    priority: u8,
}

impl Ticket {
    pub(crate) fn reference(self) -> TicketRef {
        TicketRef { id: self.id.to_string(), number: self.number }
    }
}

/// The name part of a case's external id.
pub(crate) fn external_name(case: CaseId) -> String {
    format!("case_{case}")
}

impl Desk<'_> {
    /// The ticket that the case knows, unless people have deleted it.
    pub(crate) async fn known(&self, note: &TicketNote) -> Result<Option<Ticket>, PortError> {
        match note.ticket.as_ref().and_then(|ticket| ticket.id.parse().ok()) {
            Some(id) => self.read(id).await,
            None => Ok(None),
        }
    }

    /// The ticket of the case by its external id, opened when there is none.
    pub(crate) async fn find_or_open(
        &self,
        note: &TicketNote,
        texts: Texts,
    ) -> Result<Ticket, PortError> {
        let load = self.load(note, texts);
        let id = match self.find(note.token.case).await? {
            Some(id) => id,
            None => match self.talk.call_for(load.clone(), wire::loaded).await? {
                Loaded::As(id) => id,
                // Somebody else may have opened it at the same moment.
                Loaded::Refused(field) => match self.find(note.token.case).await? {
                    Some(id) => id,
                    None => return Err(CallError::new(&load, not_loaded(field)).into()),
                },
            },
        };
        // The next try opens another.
        let gone = || CallError::new(&self.read_call(id), Fault::Gone);
        self.read(id).await?.ok_or_else(|| gone().into())
    }

    async fn find(&self, case: CaseId) -> Result<Option<i64>, PortError> {
        match look_up(self.talk, TICKET, MODULE, &external_name(case)).await? {
            Some(Reference::To(id)) => Ok(Some(id)),
            // Opening it would write into the one that is there.
            Some(Reference::Hidden) => {
                let call = Call::read(TICKET, "read").on(0);
                Err(CallError::new(&call, Fault::Hidden).into())
            }
            None => Ok(None),
        }
    }

    /// The call that opens a ticket, or finds that it was opened: the external id is unique.
    fn load(&self, note: &TicketNote, texts: Texts) -> Call {
        let (booking, known) = (&note.booking, self.setup.known);
        let description = texts.description(booking);
        let key = |key: i64| key.to_string();
        let text = |there: bool, text: &str| (there && !text.is_empty()).then(|| text.to_owned());
        let cells = [
            ("id", Some(format!("{MODULE}.{}", external_name(note.token.case)))),
            ("name", Some(texts.subject(booking))),
            (
                "description",
                Some(if known.html { description.page() } else { description.plain() }),
            ),
            ("partner_name", text(known.partner_name, booking.customer.name.expose())),
            ("partner_email", text(known.partner_email, booking.customer.email.expose())),
            ("stage_id/.id", self.setup.stage(note.stage).map(key)),
            ("team_id/.id", self.setup.team.map(key)),
        ];
        let cells = cells.into_iter().filter_map(|(name, cell)| Some((name, cell?)));
        let (fields, row): (Vec<&str>, Vec<String>) = cells.unzip();
        Call::write(TICKET, "load").with("fields", json!(fields)).with("data", json!([row]))
    }

    fn read_call(&self, id: i64) -> Call {
        let (map, known) = (self.setup.map, self.setup.known);
        let closed = match map.closed {
            Closed::Ticket(field) => Some(field),
            Closed::Stage(_) => None,
        };
        let optional =
            [closed, known.active.then_some("active"), known.priority.then_some("priority")];
        let fields: Vec<&str> =
            [map.number, "stage_id"].into_iter().chain(optional.into_iter().flatten()).collect();
        Call::read(TICKET, "read").on(id).with("fields", json!(fields))
    }

    async fn read(&self, id: i64) -> Result<Option<Ticket>, PortError> {
        let call = self.read_call(id);
        let record = self.talk.call_for(call.clone(), wire::record).await?;
        let Some(record) = record else { return Ok(None) };
        let ticket = self.ticket(id, &record);
        Ok(Some(ticket.ok_or_else(|| CallError::new(&call, Fault::Unexpected))?))
    }

    fn ticket(&self, id: i64, record: &Map<String, Value>) -> Option<Ticket> {
        let known = self.setup.known;
        let priority = wire::text(record, "priority").and_then(|text| text.parse().ok());
        Some(Ticket {
            id,
            number: wire::text(record, self.setup.map.number)?.to_owned(),
            stage: wire::many2one(record, "stage_id"),
            closed: match self.setup.map.closed {
                Closed::Ticket(field) => wire::flag(record, field),
                Closed::Stage(_) => false,
            },
            archived: known.active && !wire::flag(record, "active"),
            priority: priority.unwrap_or_default(),
        })
    }

    /// Whether the ticket has this note already.
    pub(crate) async fn has_note(&self, ticket: i64, key: &EffectKey) -> Result<bool, PortError> {
        let call = Call::read(MESSAGE, "search_count")
            .with("domain", messages(ticket, &marker::like(key)));
        Ok(self.talk.call_for(call, wire::count).await? > 0)
    }

    /// Moves the ticket to where it belongs and raises its priority, unless people have put it
    /// away.
    pub(crate) async fn update(&self, ticket: &Ticket, note: &TicketNote) -> Result<(), CallError> {
        let stage = self.setup.stage(note.stage).filter(|stage| ticket.stage != Some(*stage));
        let priority = priority(note)
            .filter(|priority| self.setup.known.priority && *priority > ticket.priority);
        if (stage.is_none() && priority.is_none()) || self.is_put_away(ticket).await? {
            return Ok(());
        }
        let mut values = Map::new();
        values.extend(stage.map(|stage| ("stage_id".to_owned(), stage.into())));
        values.extend(priority.map(|level| ("priority".to_owned(), level.to_string().into())));
        let call = Call::write(TICKET, "write").on(ticket.id).with("vals", values);
        self.talk.call_for(call, wire::written).await
    }

    /// Whether people have archived or closed the ticket. A closed one that stands where our last
    /// note has put it was solved by ourselves.
    async fn is_put_away(&self, ticket: &Ticket) -> Result<bool, CallError> {
        if ticket.archived {
            return Ok(true);
        }
        let closed = match (self.setup.map.closed, ticket.stage) {
            (Closed::Ticket(_), _) => ticket.closed,
            (Closed::Stage(_), None) => false,
            (Closed::Stage(field), Some(stage)) => {
                let call = Call::read(self.setup.map.stage_model, "read")
                    .on(stage)
                    .with("fields", json!([field]));
                let stage = self.talk.call_for(call, wire::record).await?;
                stage.is_some_and(|stage| wire::flag(&stage, field))
            }
        };
        if !closed {
            return Ok(false);
        }
        let call = Call::read(MESSAGE, "search_read")
            .with("domain", messages(ticket.id, &marker::like_any()))
            .with("fields", json!(["message_id"]))
            .with("order", "id desc")
            .with("limit", 1);
        let last = self.talk.call_for(call, last_message_id).await?;
        let ours = last.and_then(|id| self.setup.stage(marker::stage_of(&id)?));
        Ok(ours.is_none() || ours != ticket.stage)
    }

    /// Adds the note, for staff alone to see.
    pub(crate) async fn post(
        &self,
        ticket: i64,
        note: &TicketNote,
        texts: Texts,
    ) -> Result<(), PortError> {
        let call = Call::write(TICKET, "message_post")
            .on(ticket)
            .with("body", texts.note(note))
            .with("message_type", "comment")
            .with("subtype_xmlid", "mail.mt_note")
            .with("message_id", marker::message_id(&note.key, note.stage));
        self.talk.call_for(call, wire::created).await?;
        Ok(())
    }
}

const MESSAGE: &str = "mail.message";

fn messages(ticket: i64, like: &str) -> Value {
    json!([["model", "=", TICKET], ["res_id", "=", ticket], ["message_id", "=like", like]])
}

fn last_message_id(answer: &Value) -> Option<Option<String>> {
    match wire::records(answer)?.as_slice() {
        [] => Some(None),
        [first, ..] => Some(wire::text(first, "message_id").map(str::to_owned)),
    }
}

/// The columns that we send, so that a name which Odoo gives back is one of ours.
fn not_loaded(field: Option<String>) -> Fault {
    let columns = ["name", "description", "partner_name", "partner_email", "stage_id", "team_id"];
    let field = field.and_then(|field| columns.into_iter().find(|column| *column == field));
    Fault::NotLoaded(field)
}

/// How urgent a note makes its ticket, from 0 to 3; `None` leaves it as it is.
fn priority(note: &TicketNote) -> Option<u8> {
    match note.fact {
        TicketFact::Wish(_) => Some(match note.wish.as_ref().map(|wish| wish.kind) {
            Some(WishKind::MoneyBack) => 3,
            Some(WishKind::NewDates | WishKind::Other) | None => 2,
        }),
        TicketFact::Declined
        | TicketFact::LimitReached
        | TicketFact::LinkSent
        | TicketFact::NoDates
        | TicketFact::Rebooked
        | TicketFact::Confirmed
        | TicketFact::OrderRefused
        | TicketFact::Cancelled(_)
        | TicketFact::Expired
        | TicketFact::Unreachable
        | TicketFact::CustomerNotTold
        | TicketFact::PartnerNotTold
        | TicketFact::OrderStuck => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_names_a_column_of_ours_and_nothing_else_that_odoo_says() {
        for (said, named) in
            [(Some("stage_id"), Some("stage_id")), (Some("erika@example.com"), None), (None, None)]
        {
            let Fault::NotLoaded(found) = not_loaded(said.map(str::to_owned)) else {
                panic!("{said:?}")
            };
            assert_eq!(found, named);
        }
    }
}
