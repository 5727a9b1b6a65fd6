//! Readiness: the database can be written and is durable, its tables are migrated, and this role
//! has its rights on them.

use sqlx::postgres::PgConnection;

use crate::error::{Failure, READ_ONLY};

const STATE: &str = include_str!("../sql/check_ready.sql");
pub(super) const MIGRATED: &str = "SELECT EXISTS ( \
    SELECT FROM miomente_partner_portal_rebooking_migrations WHERE version = $1 AND success)";

pub(crate) async fn ready(db: &mut PgConnection) -> Result<(), Failure> {
    let (read_only, durable, has_its_rights): (bool, bool, bool) =
        sqlx::query_as(STATE).fetch_one(&mut *db).await?;
    if read_only {
        return Err(Failure::Unready(READ_ONLY));
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
