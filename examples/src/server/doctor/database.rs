//! The database: version, tables, rights, and whether it keeps what it confirms.

use rebooking_postgres::{DatabaseSetup, HostState, PostgresStore, look_at_hosts};

use super::finding::Finding;
use crate::config::{Config, DatabaseConfig};

/// The store comes along where it can be used.
pub(super) async fn look(config: &Config) -> (Vec<Finding>, Option<PostgresStore>) {
    let Some(config) = &config.database else {
        let kept = "REBOOKING_DATABASE_URL is not set: all is kept in memory";
        return (vec![Finding::not_asked("database", kept)], None);
    };
    let mut told = hosts(config).await;
    let (found, store) = match setup(config).await {
        Ok((found, store)) => (findings(&found), Some(store).filter(|_| found.migrated)),
        Err(why) => (vec![Finding::missing("database", why)], None),
    };
    told.extend(found);
    (told, store)
}

/// Each of several hosts. One that is missing is a fault, although the server would run: nobody is
/// left to take over.
async fn hosts(config: &DatabaseConfig) -> Vec<Finding> {
    // What is wrong with the address is told when it is connected to.
    let hosts = look_at_hosts(&config.url, &config.settings).await.unwrap_or_default();
    let finding = |(host, state): (String, HostState)| {
        let about = "database, host";
        match state {
            HostState::Leader => Finding::fine(about, format!("{host} is the leader")),
            HostState::Standby => Finding::fine(about, format!("{host} is a standby")),
            HostState::Unreachable(why) => Finding::missing(about, format!("{host}: {why}")),
        }
    };
    hosts.into_iter().map(finding).collect()
}

async fn setup(config: &DatabaseConfig) -> Result<(DatabaseSetup, PostgresStore), String> {
    let pool = rebooking_postgres::connect(&config.url, &config.settings)
        .await
        .map_err(|error| format!("cannot connect: {error}"))?;
    let store = PostgresStore::with(&pool, config.settings.clone());
    let found = store.check().await.map_err(|error| error.phrase())?;
    Ok((found, store))
}

fn findings(found: &DatabaseSetup) -> Vec<Finding> {
    let mut findings = vec![version(found), keeps(found), tables(found)];
    if found.missing_tables.is_empty() {
        findings.push(rights(found));
    }
    findings
}

fn version(found: &DatabaseSetup) -> Finding {
    let version = format!("PostgreSQL {}", found.version);
    match found.too_old {
        false => Finding::fine("database, version", version),
        true => Finding::missing("database, version", format!("{version}: 15 or later is needed")),
    }
}

fn keeps(found: &DatabaseSetup) -> Finding {
    let about = "database, durability";
    if !found.writable {
        let why = "it cannot be written: a standby, or default_transaction_read_only is on; \
                   connect to the primary";
        return Finding::missing(about, why);
    }
    match found.durable {
        true => Finding::fine(about, "it can be written, and keeps what it confirms"),
        false => Finding::missing(
            about,
            "synchronous_commit is off: ALTER ROLE … SET synchronous_commit = on for this role",
        ),
    }
}

fn tables(found: &DatabaseSetup) -> Finding {
    let about = "database, migrations";
    let migrate = "start the server once with --migrate-only as the owner of the tables";
    if !found.missing_tables.is_empty() {
        let missing = format!("tables are missing: {migrate}, or set REBOOKING_DATABASE_SCHEMA");
        let finding = Finding::missing(about, missing);
        return found.missing_tables.iter().cloned().fold(finding, Finding::with);
    }
    match found.migrated {
        true => Finding::fine(about, "up to date"),
        false => Finding::missing(about, format!("not as far as this server needs: {migrate}")),
    }
}

fn rights(found: &DatabaseSetup) -> Finding {
    let about = "database, rights";
    if found.missing_rights.is_empty() {
        return Finding::fine(about, "this role has what the server needs");
    }
    let grant = "let the owner of the tables grant to this role";
    let rights = found.missing_rights.iter().map(|right| format!("GRANT {right}"));
    rights.fold(Finding::missing(about, grant), Finding::with)
}
