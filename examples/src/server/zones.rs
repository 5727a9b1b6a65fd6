//! The rules of time zones: whose they are, and whether the database has the same.

use std::time::Duration;

use rebooking_core::value::zone::ZoneRules;
use rebooking_postgres::{PostgresStore, ZoneDifference};

use tokio::time::sleep;

use crate::metrics;

/// Either side may be brought up to date while the process runs.
const BETWEEN_LOOKS: Duration = Duration::from_secs(3_600);

/// Says which rules everything is shown by, and begins to compare them with the database's.
pub(crate) fn tell(database: Option<PostgresStore>) {
    let rules = ZoneRules::of_process();
    let (source, version) = (rules.source(), rules.version());
    tracing::info!(source, version, "rules of time zones");
    if rules.is_outdated() {
        tracing::warn!(
            version,
            built_in = rules.built_in,
            "the machine's zone files are older than this program: update its tzdata"
        );
    }
    if let Some(store) = database {
        tokio::spawn(async move {
            loop {
                compare(&store).await;
                sleep(BETWEEN_LOOKS).await;
            }
        });
    }
}

/// Warns where the database's own rules differ: nothing that people read comes from them, but one
/// of the two is out of date.
async fn compare(store: &PostgresStore) {
    match store.zone_differences().await {
        Ok(differences) => {
            metrics::zone_differences(differences.len());
            for found in &differences {
                tracing::warn!("{}", told(found));
            }
        }
        Err(error) => tracing::warn!(error = error.phrase(), "zones cannot be compared"),
    }
}

/// One difference, in a sentence.
pub(crate) fn told(found: &ZoneDifference) -> String {
    let ZoneDifference { zone, at, ours, database, .. } = found;
    format!(
        "{}: at {} the clock shows {ours} by our rules and {database} by the database's: update \
         the older of the two",
        zone.name(),
        at.format("%Y-%m-%dT%H:%M:%SZ"),
    )
}
