//! `load`: creates the first time and overwrites from then on, refuses under status 200, and lets
//! only one of several at the same moment through.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::raise::Raise;
use super::rpc::Method;
use super::shared::Shared;
use super::world::World;
use crate::call::TICKET;

impl Shared {
    pub(super) async fn load(self: &Arc<Self>, call: &Method) -> Result<Value, Raise> {
        let missing = || Raise::Argument("missing a required argument: 'fields'".to_owned());
        let list = |name: &str| call.args.get(name).and_then(Value::as_array).cloned();
        let (fields, data) =
            (list("fields").ok_or_else(missing)?, list("data").ok_or_else(missing)?);
        if call.ids.is_some() || self.world().models().first() != Some(&call.model.as_str()) {
            return Err(Raise::Argument("this method takes no ids".to_owned()));
        }
        let named = fields.iter().filter_map(Value::as_str);
        if let Some(unknown) = named.into_iter().find(|field| self.world().lacks(field)) {
            return Ok(refused(Some(unknown), "Unknown column"));
        }
        let row = data.first().and_then(Value::as_array).cloned().unwrap_or_default();
        let row = match Row::read(&fields, &row) {
            Ok(row) => row,
            Err(refused) => return Ok(refused),
        };
        if let Some(refused) = self.begin(&row).await {
            return Ok(refused);
        }
        // Others come in here, as in a database that is at work.
        tokio::task::yield_now().await;
        let loaded = self.world().load(&row);
        self.world().loading.retain(|known| *known != row.external);
        self.loaded.notify_waiters();
        Ok(loaded)
    }

    /// Whoever comes while another one makes the same external id waits for it and then fails.
    async fn begin(&self, row: &Row) -> Option<Value> {
        let ended = self.loaded.notified();
        {
            let mut world = self.world();
            if !world.loading.contains(&row.external) {
                world.loading.push(row.external.clone());
                return None;
            }
        }
        ended.await;
        Some(refused(None, "could not serialize access due to concurrent update"))
    }
}

/// One row with an external id.
struct Row {
    external: (String, String),
    values: Map<String, Value>,
}

impl Row {
    fn read(fields: &[Value], cells: &[Value]) -> Result<Self, Value> {
        let (mut external, mut values) = (None, Map::new());
        if fields.len() != cells.len() {
            return Err(refused(None, "a row has other columns"));
        }
        for (field, cell) in fields.iter().zip(cells) {
            let field = field.as_str().unwrap_or_default();
            let Some(cell) = cell.as_str() else {
                return Err(refused(Some(field), "a cell is no text"));
            };
            match field {
                "id" => {
                    let (module, name) = cell.split_once('.').unwrap_or_default();
                    if module.is_empty() || name.is_empty() || name.contains(['.', ' ']) {
                        return Err(refused(Some(field), "no external id"));
                    }
                    external = Some((module.to_owned(), name.to_owned()));
                }
                "stage_id/.id" | "team_id/.id" => {
                    let Ok(id) = cell.parse::<i64>() else {
                        return Err(refused(Some(field), "no database id"));
                    };
                    values.insert(field.trim_end_matches("/.id").to_owned(), json!(id));
                }
                "name" | "description" | "partner_name" | "partner_email" => {
                    values.insert(field.to_owned(), json!(cell));
                }
                _ => return Err(refused(Some(field), "Unknown column")),
            }
        }
        let external = external.ok_or_else(|| refused(Some("id"), "no external id"))?;
        Ok(Self { external, values })
    }
}

impl World {
    fn load(&mut self, row: &Row) -> Value {
        let known = self.external.get(&row.external).copied();
        let loaded = match known {
            Some((_, id)) if self.tickets.contains_key(&id) => {
                self.set(id, &row.values).map(|()| id)
            }
            Some(_) | None => self.new_ticket(&row.values),
        };
        match loaded {
            Ok(id) => {
                self.external.insert(row.external.clone(), (TICKET, id));
                json!({ "ids": [id], "messages": [], "nextrow": 0 })
            }
            Err(Raise::Invalid(message)) => {
                let field = message.split('\'').nth(1).map(str::to_owned);
                refused(field.as_deref(), &message)
            }
            Err(raised) => refused(None, &raised.message()),
        }
    }
}

fn refused(field: Option<&str>, message: &str) -> Value {
    let mut said = json!({
        "type": "error",
        "record": 0,
        "rows": { "from": 0, "to": 0 },
        "message": format!("{message} (Erika Mustermann)"),
    });
    if let Some(field) = field {
        said["field"] = json!(field);
    }
    json!({ "ids": false, "messages": [said], "nextrow": 0 })
}
