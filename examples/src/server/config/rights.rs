//! What the server's role may do in the database, as SQL to be run there.

use clap::Args;
use rebooking_postgres::{Schema, rights_sql};

use super::Faults;

#[derive(Args)]
#[group(skip)]
pub(super) struct Arguments {
    /// The role that the server signs in to the database as
    #[arg(long)]
    of: String,
}

impl Arguments {
    /// With the tables in this schema, where the settings name one.
    pub(super) fn sql(&self, schema: Option<&str>) -> Result<String, Faults> {
        let named = |option: &str, name: &str| {
            Schema::parse(name).map_err(|wrong| Faults(vec![format!("--{option}: {wrong}")]))
        };
        let rights = rights_sql(&named("of", &self.of)?);
        match schema.map(|schema| named("database-schema", schema)).transpose()? {
            Some(schema) => Ok(format!("SET search_path = {};\n{rights}", schema.as_str())),
            None => Ok(rights),
        }
    }
}
