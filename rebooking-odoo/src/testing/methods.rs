//! The methods that our user may call, with their arguments.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::raise::Raise;
use super::rpc::Method;
use super::shared::Shared;
use super::world::{BOT, Message, Ticket, World};
use crate::call::TICKET;
use crate::config::Flavour;

impl World {
    /// A call of our user; `load` is the one that takes its time, see [`Shared::execute`].
    pub(super) fn execute(&mut self, call: &Method) -> Result<Value, Raise> {
        let model = call.model.as_str();
        if !self.models().contains(&model) || self.lacks(model) {
            return Err(Raise::NoModel);
        }
        let reads_model_data = model == "ir.model.data" && call.name != "check_object_reference";
        if reads_model_data || self.forbidden.iter().any(|known| known == model) {
            return Err(Raise::Access);
        }
        let (of_records, arguments) = signature(&call.name).ok_or(Raise::NoMethod)?;
        if !of_records && call.ids.is_some() {
            return Err(Raise::Argument("this method takes no ids".to_owned()));
        }
        let posts = call.name == "message_post";
        let unknown =
            |name: &&String| !posts && *name != "context" && !arguments.contains(&name.as_str());
        if let Some(name) = call.args.keys().find(unknown) {
            return Err(Raise::Argument(format!("got an unexpected keyword argument '{name}'")));
        }
        let ids = call.ids.clone().unwrap_or_default();
        match call.name.as_str() {
            "fields_get" => Ok(self.fields_get(&call.args)),
            "check_object_reference" => self.check_object_reference(&call.args),
            "read" => self.read(model, &ids, &call.args),
            "search" => Ok(json!(self.search(model, &call.args)?)),
            "search_count" => Ok(json!(self.search(model, &call.args)?.len())),
            "search_read" => {
                let ids = self.search(model, &call.args)?;
                self.read(model, &ids, &call.args)
            }
            "create" => self.create(&call.args),
            "write" => self.write(&ids, &call.args),
            "message_post" => self.message_post(&ids, &call.args),
            _ => Err(Raise::NoMethod),
        }
    }

    pub(super) fn models(&self) -> [&str; 5] {
        [TICKET, self.map.stage_model, self.map.team_model, "ir.model.data", "mail.message"]
    }

    fn check_object_reference(&self, args: &Map<String, Value>) -> Result<Value, Raise> {
        let text = |name: &str| {
            let missing = || Raise::Argument(format!("missing a required argument: '{name}'"));
            args.get(name).and_then(Value::as_str).map(str::to_owned).ok_or_else(missing)
        };
        let key = (text("module")?, text("xml_id")?);
        let Some((model, id)) = self.external.get(&key) else {
            let said = format!("External ID not found in the system: {}.{}", key.0, key.1);
            return Err(Raise::Value(said));
        };
        let all = args.get("context").and_then(|context| context.get("active_test"))
            == Some(&Value::Bool(false));
        let visible = match *model {
            TICKET => self.tickets.get(id).is_some_and(|t| !t.hidden && (t.active || all)),
            _ => true,
        };
        Ok(json!([model, if visible { json!(id) } else { json!(false) }]))
    }

    /// Makes a ticket with every call, whether there is one like it or not.
    pub(super) fn new_ticket(&mut self, values: &Map<String, Value>) -> Result<i64, Raise> {
        let required: &[&str] = match self.flavour {
            Flavour::Oca => &["name", "description"],
            Flavour::Enterprise => &["name"],
        };
        for field in required {
            if values.get(*field).and_then(Value::as_str).is_none_or(str::is_empty) {
                let said = format!("Missing required value for the field '{field}' ({field}).");
                return Err(Raise::Invalid(said));
            }
        }
        let id = self.next_id();
        let ticket = Ticket {
            name: String::new(),
            description: String::new(),
            partner_name: String::new(),
            partner_email: String::new(),
            stage: 1,
            team: None,
            priority: "1".to_owned(),
            active: true,
            hidden: false,
            moved_by: BOT,
        };
        self.tickets.insert(id, ticket);
        if let Err(raised) = self.set(id, values) {
            self.tickets.remove(&id);
            return Err(raised);
        }
        let message = Message {
            ticket: id,
            body: "<p>Helpdesk Ticket created</p>".to_owned(),
            kind: "notification".to_owned(),
            subtype: String::new(),
            message_id: format!("<{id}.42@odoo.example.com>"),
        };
        let message_id = self.next_id();
        self.messages.insert(message_id, message);
        Ok(id)
    }

    fn create(&mut self, args: &Map<String, Value>) -> Result<Value, Raise> {
        let missing = || Raise::Argument("missing a required argument: 'vals_list'".to_owned());
        let list = args.get("vals_list").ok_or_else(missing)?;
        let list = list.as_array().cloned().unwrap_or_else(|| vec![list.clone()]);
        let made = list
            .iter()
            .map(|values| self.new_ticket(values.as_object().ok_or(Raise::NotJson)?))
            .collect::<Result<Vec<i64>, Raise>>()?;
        Ok(json!(made))
    }

    fn write(&mut self, ids: &[i64], args: &Map<String, Value>) -> Result<Value, Raise> {
        let missing = || Raise::Argument("missing a required argument: 'vals'".to_owned());
        let values = args.get("vals").and_then(Value::as_object).ok_or_else(missing)?;
        for id in ids {
            match self.tickets.get(id) {
                None => return Err(Raise::Missing),
                Some(ticket) if ticket.hidden => return Err(Raise::Access),
                Some(_) => self.set(*id, values)?,
            }
        }
        Ok(json!(true))
    }

    /// Sets fields of a ticket.
    pub(super) fn set(&mut self, id: i64, values: &Map<String, Value>) -> Result<(), Raise> {
        let mut ticket = self.tickets.get(&id).cloned().ok_or(Raise::Missing)?;
        for (field, value) in values {
            let text = || value.as_str().unwrap_or_default().to_owned();
            match field.as_str() {
                "name" => ticket.name = text(),
                "description" => ticket.description = text(),
                "partner_name" => ticket.partner_name = text(),
                "partner_email" => ticket.partner_email = text(),
                "priority" if ["0", "1", "2", "3"].contains(&text().as_str()) => {
                    ticket.priority = text();
                }
                "stage_id" => {
                    let stage = value.as_i64().filter(|id| self.stages.contains_key(id));
                    (ticket.stage, ticket.moved_by) = (stage.ok_or(Raise::Missing)?, BOT);
                }
                "team_id" => {
                    let team = value.as_i64().filter(|id| self.teams.contains_key(id));
                    ticket.team = Some(team.ok_or(Raise::Missing)?);
                }
                _ => return Err(Raise::Value(format!("Invalid field '{field}'"))),
            }
        }
        self.tickets.insert(id, ticket);
        Ok(())
    }

    /// Adds a message with every call, even under a message id that is there already.
    fn message_post(&mut self, ids: &[i64], args: &Map<String, Value>) -> Result<Value, Raise> {
        const KNOWN: [&str; 6] =
            ["body", "message_type", "subtype_xmlid", "message_id", "body_is_html", "context"];
        if let Some(name) = args.keys().find(|name| !KNOWN.contains(&name.as_str())) {
            let said = format!("Those values are not supported when posting or notifying: {name}");
            return Err(Raise::Value(said));
        }
        let [ticket] = ids else {
            return Err(Raise::Value("Expected singleton".to_owned()));
        };
        match self.tickets.get(ticket) {
            None => return Err(Raise::Missing),
            Some(ticket) if ticket.hidden => return Err(Raise::Access),
            Some(_) => {}
        }
        let text = |name: &str, otherwise: &str| {
            args.get(name).and_then(Value::as_str).unwrap_or(otherwise).to_owned()
        };
        let escaped =
            text("body", "").replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let id = self.next_id();
        let message = Message {
            ticket: *ticket,
            body: format!("<p>{escaped}</p>"),
            kind: text("message_type", "notification"),
            subtype: text("subtype_xmlid", ""),
            message_id: text("message_id", &format!("<{id}.43@odoo.example.com>")),
        };
        self.messages.insert(id, message);
        Ok(json!([id]))
    }
}

/// Whether a method works on records, and which arguments it has.
fn signature(method: &str) -> Option<(bool, &'static [&'static str])> {
    Some(match method {
        "fields_get" => (false, &["allfields", "attributes"]),
        "check_object_reference" => (false, &["module", "xml_id", "raise_on_access_error"]),
        "search" => (false, &["domain", "offset", "limit", "order"]),
        "search_count" => (false, &["domain", "limit"]),
        "search_read" => (false, &["domain", "fields", "offset", "limit", "order"]),
        "load" => (false, &["fields", "data"]),
        "create" => (false, &["vals_list"]),
        "read" => (true, &["fields", "load"]),
        "write" => (true, &["vals"]),
        "message_post" => (true, &[]),
        _ => return None,
    })
}

impl Shared {
    /// Carries out a call of our user.
    pub(super) async fn execute(self: &Arc<Self>, call: &Method) -> Result<Value, Raise> {
        if call.model == TICKET && call.name == "load" {
            self.load(call).await
        } else {
            self.world().execute(call)
        }
    }
}
