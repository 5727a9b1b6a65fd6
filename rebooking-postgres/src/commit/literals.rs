//! The parameters of a commit as text, for tests that have PostgreSQL explain it.

use serde::Serialize;
use serde_json::Value;

use crate::columns::{Column, Row};

/// Types and values, one a parameter.
#[derive(Debug, Default)]
pub(super) struct Literals {
    types: Vec<&'static str>,
    values: Vec<String>,
}

impl Literals {
    pub(super) fn add(
        &mut self,
        sql: &'static str,
        value: &impl Serialize,
    ) -> Result<(), serde_json::Error> {
        let value = serde_json::to_value(value)?;
        self.push(sql, &value);
        Ok(())
    }

    /// As the statement takes them: one row by its columns, several as a document.
    pub(super) fn rows<R: Row + Serialize>(
        &mut self,
        rows: &[R],
        wanted: fn(&str) -> bool,
    ) -> Result<(), serde_json::Error> {
        match rows {
            [] => {}
            [row] => {
                let row = serde_json::to_value(row)?;
                let columns = R::columns();
                for Column { name, sql, .. } in columns.iter().filter(|one| wanted(one.name)) {
                    self.push(sql, row.get(name).unwrap_or(&Value::Null));
                }
            }
            rows => self.add("jsonb", &rows)?,
        }
        Ok(())
    }

    fn push(&mut self, sql: &'static str, value: &Value) {
        let text = match value {
            Value::Null => None,
            Value::String(text) if sql != "jsonb" => Some(text.clone()),
            // An array of PostgreSQL's, and none of JSON's.
            Value::Array(_) if sql.ends_with("[]") => {
                Some(value.to_string().replace('[', "{").replace(']', "}"))
            }
            other => Some(other.to_string()),
        };
        self.types.push(sql);
        self.values.push(
            text.map_or_else(
                || "NULL".to_owned(),
                |text| format!("'{}'", text.replace('\'', "''")),
            ),
        );
    }

    pub(super) fn joined(self) -> (String, String) {
        (self.types.join(", "), self.values.join(", "))
    }
}
