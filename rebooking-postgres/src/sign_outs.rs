//! The port of sign-outs on PostgreSQL: what one server ends is over in all of them.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use futures_util::FutureExt as _;
use rebooking_core::ports::{PortError, SignOuts};
use sqlx::postgres::PgConnection;

use crate::error::Failure;
use crate::store::{PostgresStore, repeatable};

/// `$3` is none for one sign-in, whenever it began.
const END: &str = "WITH over AS ( \
        DELETE FROM miomente_partner_portal_rebooking_sign_outs \
        WHERE remembered_until < now() AND (who, sign_in) <> ($1, $2)) \
    INSERT INTO miomente_partner_portal_rebooking_sign_outs AS s \
        (who, sign_in, began_up_to, remembered_until) VALUES ($1, $2, $3, $4) \
    ON CONFLICT (who, sign_in) DO UPDATE SET \
        began_up_to = greatest(s.began_up_to, excluded.began_up_to), \
        remembered_until = greatest(s.remembered_until, excluded.remembered_until)";
const IS_ENDED: &str = "SELECT EXISTS (SELECT FROM miomente_partner_portal_rebooking_sign_outs \
    WHERE who = $1 AND (sign_in = $2 OR sign_in = '' AND $3 <= began_up_to))";

#[async_trait]
impl SignOuts for PostgresStore {
    async fn end(&self, who: &str, sign_in: &str, until: DateTime<Utc>) -> Result<(), PortError> {
        self.note(who, sign_in, None, until).await
    }

    async fn end_all(
        &self,
        who: &str,
        began: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<(), PortError> {
        self.note(who, "", Some(began), until).await
    }

    async fn is_ended(
        &self,
        who: &str,
        sign_in: &str,
        began: DateTime<Utc>,
    ) -> Result<bool, PortError> {
        let asked = (who.to_owned(), sign_in.to_owned());
        repeatable!(self, |db, asked| is_ended(db, asked, began))
            .await
            .map_err(Failure::into_reading)
    }
}

impl PostgresStore {
    async fn note(
        &self,
        who: &str,
        sign_in: &str,
        began: Option<DateTime<Utc>>,
        until: DateTime<Utc>,
    ) -> Result<(), PortError> {
        let named = (who.to_owned(), sign_in.to_owned());
        repeatable!(self, |db, named| end(db, named, began, until))
            .await
            .map_err(Failure::into_port)
    }
}

async fn end(
    db: &mut PgConnection,
    (who, sign_in): (String, String),
    began: Option<DateTime<Utc>>,
    until: DateTime<Utc>,
) -> Result<(), Failure> {
    sqlx::query(END).bind(who).bind(sign_in).bind(began).bind(until).execute(db).await?;
    Ok(())
}

async fn is_ended(
    db: &mut PgConnection,
    (who, sign_in): (String, String),
    began: DateTime<Utc>,
) -> Result<bool, Failure> {
    let asked = sqlx::query_scalar(IS_ENDED).bind(who).bind(sign_in).bind(began);
    Ok(asked.fetch_one(db).await?)
}
