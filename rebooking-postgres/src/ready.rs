//! Whether a database can be worked with: one that can be written, that keeps what it has
//! confirmed, that has our tables, and that lets this role at them.

use sqlx::postgres::PgConnection;

use crate::error::Failure;

/// A standby answers, but cannot be written.
const LOOK: &str = "SELECT pg_is_in_recovery() OR current_setting('default_transaction_read_only') \
                    <> 'off', \
    current_setting('synchronous_commit') <> 'off', ( \
        SELECT \
        bool_and(coalesce(has_table_privilege(to_regclass('miomente_partner_portal_rebooking_' || \
        name), needed), false)) \
        FROM (VALUES ('tokens', 'SELECT,INSERT,UPDATE'), ('requests', 'SELECT,INSERT,UPDATE'), \
        ('dates', 'SELECT,INSERT,UPDATE'), \
            ('effects', 'SELECT,INSERT,UPDATE'), ('audit', 'SELECT,INSERT'), ('migrations', \
            'SELECT')) AS tables (name, all_needed), \
            unnest(string_to_array(all_needed, ',')) AS needed)";
const MIGRATED: &str = "SELECT EXISTS ( \
    SELECT FROM miomente_partner_portal_rebooking_migrations WHERE version = $1 AND success)";

pub(crate) async fn ready(db: &mut PgConnection) -> Result<(), Failure> {
    let (read_only, durable, has_its_rights): (bool, bool, bool) =
        sqlx::query_as(LOOK).fetch_one(&mut *db).await?;
    if read_only {
        return Err(Failure::Unready("the database cannot be written"));
    }
    if !durable {
        return Err(Failure::Unready(
            "synchronous_commit is off, so a crash could lose what was confirmed: set it on for \
             this role",
        ));
    }
    if !has_its_rights {
        return Err(Failure::Unready(
            "the tables are not there, or this role lacks rights on them",
        ));
    }
    let migrated: bool =
        sqlx::query_scalar(MIGRATED).bind(crate::migrate::newest()).fetch_one(db).await?;
    if migrated {
        Ok(())
    } else {
        Err(Failure::Unready("the database is not migrated as far as this version needs"))
    }
}
