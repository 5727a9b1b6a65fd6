//! What the fake keeps, and what people do with it.

use std::collections::BTreeMap;

use crate::call::TICKET;
use crate::config::Flavour;
use crate::fields::FieldMap;

/// The database of the fake.
pub const DATABASE: &str = "shop";
/// The login of our user.
pub const LOGIN: &str = "rebooking-bot";
/// The key of our user.
pub const KEY: &str = "c0ffee5ec2e7c0ffee5ec2e7c0ffee5ec2e7beef";
/// The number of our user.
pub(super) const BOT: i64 = 5;

/// A ticket as people see it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SeenTicket {
    /// Its key.
    pub id: i64,
    /// Its number.
    pub number: String,
    /// Its external ids.
    pub external: Vec<String>,
    /// Its subject.
    pub name: String,
    /// What it is about.
    pub description: String,
    /// The customer's name.
    pub partner_name: String,
    /// The customer's address.
    pub partner_email: String,
    /// The name of its stage.
    pub stage: String,
    /// Its team.
    pub team: Option<i64>,
    /// Its priority.
    pub priority: String,
    /// Whether its stage closes it.
    pub closed: bool,
    /// Whether people have moved it to where it is.
    pub moved_by_people: bool,
    /// Its notes of ours, the oldest first.
    pub notes: Vec<SeenNote>,
}

/// A note as people see it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SeenNote {
    /// What it says.
    pub body: String,
    /// Who sees it: `mail.mt_note` staff alone.
    pub subtype: String,
    /// Its message id.
    pub message_id: String,
}

#[derive(Clone, Debug)]
pub(super) struct Ticket {
    pub(super) name: String,
    pub(super) description: String,
    pub(super) partner_name: String,
    pub(super) partner_email: String,
    pub(super) stage: i64,
    pub(super) team: Option<i64>,
    pub(super) priority: String,
    pub(super) active: bool,
    pub(super) hidden: bool,
    pub(super) moved_by: i64,
}

#[derive(Clone, Debug)]
pub(super) struct Stage {
    pub(super) name: String,
    pub(super) closed: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Message {
    pub(super) ticket: i64,
    pub(super) body: String,
    pub(super) kind: String,
    pub(super) subtype: String,
    pub(super) message_id: String,
}

/// Everything that this Odoo keeps.
#[derive(Debug)]
pub(super) struct World {
    pub(super) flavour: Flavour,
    pub(super) map: FieldMap,
    pub(super) revoked: bool,
    pub(super) forbidden: Vec<String>,
    /// Models that are not installed, and fields that tickets do not have.
    pub(super) lacking: Vec<String>,
    pub(super) tickets: BTreeMap<i64, Ticket>,
    pub(super) stages: BTreeMap<i64, Stage>,
    pub(super) teams: BTreeMap<i64, String>,
    pub(super) messages: BTreeMap<i64, Message>,
    /// Model and key of each external id.
    pub(super) external: BTreeMap<(String, String), (&'static str, i64)>,
    /// External ids that a `load` is about to make.
    pub(super) loading: Vec<(String, String)>,
    last_id: i64,
}

impl World {
    pub(super) fn new(flavour: Flavour) -> Self {
        let map = FieldMap::new(flavour);
        let (module, stages): (_, &[(&str, &str, bool)]) = match flavour {
            Flavour::Oca => (
                "helpdesk_mgmt",
                &[
                    ("helpdesk_ticket_stage_new", "New", false),
                    ("helpdesk_ticket_stage_in_progress", "In Progress", false),
                    ("helpdesk_ticket_stage_awaiting", "Awaiting", false),
                    ("helpdesk_ticket_stage_done", "Done", true),
                    ("helpdesk_ticket_stage_cancelled", "Cancelled", true),
                    ("helpdesk_ticket_stage_rejected", "Rejected", true),
                ],
            ),
            Flavour::Enterprise => (
                "helpdesk",
                &[
                    ("stage_new", "New", false),
                    ("stage_in_progress", "In Progress", false),
                    ("stage_on_hold", "Waiting", false),
                    ("stage_solved", "Solved", true),
                    ("stage_cancelled", "Cancelled", true),
                ],
            ),
        };
        let mut world = Self {
            flavour,
            map,
            revoked: false,
            forbidden: Vec::new(),
            lacking: Vec::new(),
            tickets: BTreeMap::new(),
            stages: BTreeMap::new(),
            teams: BTreeMap::from([(1, "Kurse".to_owned())]),
            messages: BTreeMap::new(),
            external: BTreeMap::new(),
            loading: Vec::new(),
            last_id: 30,
        };
        for (id, (name, shown, closed)) in (1..).zip(stages) {
            let key = (module.to_owned(), (*name).to_owned());
            world.external.insert(key, (map.stage_model, id));
            world.stages.insert(id, Stage { name: (*shown).to_owned(), closed: *closed });
        }
        world
    }

    /// Numbers are never used twice, and other things take some too.
    pub(super) fn next_id(&mut self) -> i64 {
        self.last_id += 3;
        self.last_id
    }

    pub(super) fn number(id: i64) -> String {
        format!("HT{id:05}")
    }

    pub(super) fn ticket_mut(&mut self, id: i64) -> &mut Ticket {
        self.tickets.get_mut(&id).expect("there is such a ticket")
    }

    pub(super) const fn solved(&self) -> &'static str {
        match self.flavour {
            Flavour::Oca => "Done",
            Flavour::Enterprise => "Solved",
        }
    }

    pub(super) fn people_move(&mut self, ticket: i64, stage: &str) {
        let named = self.stages.iter().find(|(_, known)| known.name == stage);
        let id = *named.expect("there is such a stage").0;
        let ticket = self.ticket_mut(ticket);
        (ticket.stage, ticket.moved_by) = (id, 2);
    }

    pub(super) fn delete(&mut self, ticket: i64) {
        self.tickets.remove(&ticket);
        self.messages.retain(|_, message| message.ticket != ticket);
        self.external.retain(|_, (model, id)| *model != TICKET || *id != ticket);
    }

    pub(super) fn delete_stage(&mut self, stage: &str) {
        self.stages.retain(|_, known| known.name != stage);
        let (stages, model) = (&self.stages, self.map.stage_model);
        self.external.retain(|_, (kind, id)| *kind != model || stages.contains_key(id));
    }

    pub(super) fn add_stage(&mut self, name: &str) {
        let id = self.next_id();
        self.stages.insert(id, Stage { name: name.to_owned(), closed: false });
    }

    pub(super) fn lacks(&self, name: &str) -> bool {
        self.lacking.iter().any(|lacking| lacking == name)
    }

    pub(super) fn forbid(&mut self, model: &str, forbidden: bool) {
        self.forbidden.retain(|known| known != model);
        if forbidden {
            self.forbidden.push(model.to_owned());
        }
    }

    pub(super) fn seen(&self) -> Vec<SeenTicket> {
        let ticket = |(id, ticket): (&i64, &Ticket)| {
            let ours = |message: &&Message| message.ticket == *id && message.kind == "comment";
            let notes = self.messages.values().filter(ours).map(|message| SeenNote {
                body: message.body.clone(),
                subtype: message.subtype.clone(),
                message_id: message.message_id.clone(),
            });
            let external = self.external.iter().filter(|(_, known)| **known == (TICKET, *id));
            let stage = self.stages.get(&ticket.stage);
            SeenTicket {
                id: *id,
                number: Self::number(*id),
                external: external.map(|((module, name), _)| format!("{module}.{name}")).collect(),
                name: ticket.name.clone(),
                description: ticket.description.clone(),
                partner_name: ticket.partner_name.clone(),
                partner_email: ticket.partner_email.clone(),
                stage: stage.map(|stage| stage.name.clone()).unwrap_or_default(),
                team: ticket.team,
                priority: ticket.priority.clone(),
                closed: stage.is_some_and(|stage| stage.closed),
                moved_by_people: ticket.moved_by != BOT,
                notes: notes.collect(),
            }
        };
        self.tickets.iter().map(ticket).collect()
    }
}
