//! Searching and reading: domains, fields, and `false` for what is absent.

use serde_json::{Map, Value, json};

use super::raise::Raise;
use super::world::World;
use crate::call::TICKET;
use crate::config::Flavour;

impl World {
    pub(super) fn fields_get(&self, args: &Map<String, Value>) -> Value {
        let asked = args.get("allfields").and_then(Value::as_array);
        let known = self.ticket_fields();
        let wanted = known
            .into_iter()
            .filter(|(name, _)| asked.is_none_or(|asked| asked.iter().any(|field| field == name)));
        wanted.map(|(name, kind)| (name.to_owned(), json!({ "type": kind }))).collect()
    }

    fn ticket_fields(&self) -> Vec<(&'static str, &'static str)> {
        let mut fields = vec![
            (self.map.number, "char"),
            ("name", "char"),
            ("description", "html"),
            ("partner_id", "many2one"),
            ("partner_name", "char"),
            ("partner_email", "char"),
            ("stage_id", "many2one"),
            ("team_id", "many2one"),
            ("priority", "selection"),
            ("active", "boolean"),
        ];
        match self.flavour {
            Flavour::Oca => fields.push(("closed", "boolean")),
            Flavour::Enterprise => fields.push(("partner_phone", "char")),
        }
        fields.retain(|(name, _)| !self.lacks(name));
        fields
    }

    /// A record with all that it has; `None` when there is none.
    fn record(&self, model: &str, id: i64) -> Option<Value> {
        let text = |text: &str| if text.is_empty() { json!(false) } else { json!(text) };
        match model {
            TICKET => {
                let ticket = self.tickets.get(&id)?;
                let stage = self.stages.get(&ticket.stage);
                let mut record = json!({
                    "name": ticket.name,
                    "description": text(&ticket.description),
                    "partner_id": false,
                    "partner_name": text(&ticket.partner_name),
                    "partner_email": text(&ticket.partner_email),
                    "stage_id": stage.map_or(json!(false), |s| json!([ticket.stage, s.name])),
                    "team_id": ticket.team.map_or(json!(false), |id| json!([id, "Kurse"])),
                    "priority": ticket.priority,
                    "active": ticket.active,
                });
                record[self.map.number] = json!(Self::number(id));
                if self.flavour == Flavour::Oca {
                    record["closed"] = json!(stage.is_some_and(|stage| stage.closed));
                }
                Some(record)
            }
            "mail.message" => self.messages.get(&id).map(|message| {
                json!({
                    "model": TICKET,
                    "res_id": message.ticket,
                    "message_id": message.message_id,
                    "body": message.body,
                    "message_type": message.kind,
                })
            }),
            model if model == self.map.stage_model => {
                let stage = self.stages.get(&id)?;
                let closed = match self.flavour {
                    Flavour::Oca => "closed",
                    Flavour::Enterprise => "fold",
                };
                let mut record = json!({ "name": stage.name });
                record[closed] = json!(stage.closed);
                Some(record)
            }
            _ => self.teams.get(&id).map(|name| json!({ "name": name })),
        }
    }

    pub(super) fn read(
        &self,
        model: &str,
        ids: &[i64],
        args: &Map<String, Value>,
    ) -> Result<Value, Raise> {
        let missing = || Raise::Argument("missing a required argument: 'fields'".to_owned());
        let fields = args.get("fields").and_then(Value::as_array).ok_or_else(missing)?;
        let mut records = Vec::new();
        for id in ids {
            if model == TICKET && self.tickets.get(id).is_some_and(|ticket| ticket.hidden) {
                return Err(Raise::Access);
            }
            let Some(all) = self.record(model, *id) else { continue };
            let mut record = Map::from_iter([("id".to_owned(), json!(id))]);
            for field in fields.iter().filter_map(Value::as_str).filter(|field| *field != "id") {
                let unknown = || Raise::Value(format!("Invalid field '{field}' on '{model}'"));
                record.insert(field.to_owned(), all.get(field).ok_or_else(unknown)?.clone());
            }
            records.push(Value::Object(record));
        }
        Ok(json!(records))
    }

    pub(super) fn search(&self, model: &str, args: &Map<String, Value>) -> Result<Vec<i64>, Raise> {
        let missing = || Raise::Argument("missing a required argument: 'domain'".to_owned());
        let domain = args.get("domain").and_then(Value::as_array).ok_or_else(missing)?;
        let all: Vec<i64> = match model {
            TICKET => {
                let seen = self.tickets.iter().filter(|(_, t)| t.active && !t.hidden);
                seen.map(|(id, _)| *id).collect()
            }
            "mail.message" => self.messages.keys().copied().collect(),
            model if model == self.map.stage_model => self.stages.keys().copied().collect(),
            _ => self.teams.keys().copied().collect(),
        };
        let mut found = Vec::new();
        for id in all {
            let record = self.record(model, id).unwrap_or_default();
            let mut fits = true;
            for condition in domain {
                fits &= matches(&record, condition)?;
            }
            if fits {
                found.push(id);
            }
        }
        match args.get("order").and_then(Value::as_str) {
            None if model == "mail.message" => found.reverse(),
            Some("id desc") => found.reverse(),
            None | Some("id" | "id asc") => {}
            Some(order) => return Err(Raise::Value(format!("Invalid order {order}"))),
        }
        let limit = args.get("limit").and_then(Value::as_u64).unwrap_or(u64::MAX);
        found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(found)
    }
}

/// Whether a record fulfils one condition of a domain.
fn matches(record: &Value, condition: &Value) -> Result<bool, Raise> {
    let [Value::String(field), Value::String(operator), wanted] =
        condition.as_array().map(Vec::as_slice).unwrap_or_default()
    else {
        return Err(Raise::Value("Invalid domain".to_owned()));
    };
    let value = record
        .get(field)
        .ok_or_else(|| Raise::Value(format!("Invalid field '{field}' in the domain")))?;
    let text = value.as_str().unwrap_or_default();
    let pattern = wanted.as_str().unwrap_or_default();
    match operator.as_str() {
        "=" => Ok(value == wanted),
        "!=" => Ok(value != wanted),
        "in" => Ok(wanted.as_array().is_some_and(|list| list.contains(value))),
        "ilike" => Ok(text.to_lowercase().contains(&pattern.to_lowercase())),
        "=like" => Ok(like(text, pattern)),
        _ => Err(Raise::Value(format!("Invalid operator {operator}"))),
    }
}

/// SQL's `LIKE`: `%` is anything, `_` one character.
fn like(text: &str, pattern: &str) -> bool {
    let mut pattern_chars = pattern.chars();
    match pattern_chars.next() {
        None => text.is_empty(),
        Some('%') => {
            let rest = pattern_chars.as_str();
            let mut starts = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            starts.any(|at| like(&text[at..], rest))
        }
        Some(wanted) => {
            let mut text_chars = text.chars();
            let next = text_chars.next();
            next.is_some_and(|c| wanted == '_' || c == wanted)
                && like(text_chars.as_str(), pattern_chars.as_str())
        }
    }
}
