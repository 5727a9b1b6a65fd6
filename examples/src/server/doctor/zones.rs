//! The rules of time zones: the machine's own, and those of the database.

use rebooking_core::value::zone::ZoneRules;
use rebooking_postgres::PostgresStore;

use super::finding::Finding;
use crate::zones;

pub(super) async fn look(store: Option<&PostgresStore>) -> Vec<Finding> {
    let mut findings = vec![of_machine(ZoneRules::of_process())];
    if let Some(store) = store {
        findings.push(of_database(store).await);
    }
    findings
}

fn of_machine(rules: &ZoneRules) -> Finding {
    let finding = Finding::fine("time zones", rules.to_string());
    match rules.is_outdated() {
        false => finding,
        true => {
            let newer = rules.built_in;
            finding.with(format!("older than the {newer} of this program: update tzdata"))
        }
    }
}

async fn of_database(store: &PostgresStore) -> Finding {
    let about = "database, time zones";
    match store.zone_differences().await {
        Ok(found) if found.is_empty() => Finding::fine(about, "its clocks show what ours do"),
        Ok(found) => {
            let differing = Finding::missing(about, "its clocks do not show what ours do");
            found.iter().map(zones::told).fold(differing, Finding::with)
        }
        Err(error) => Finding::missing(about, error.phrase()),
    }
}
