//! Which of the rows that made no sense are still to be mended: each is read once more.

use rebooking_core::ports::store::{CaseKey, ConfirmationKey};
use rebooking_core::ports::{FoundRow, MalformedRow};
use rebooking_core::value::ids::{ConfirmationId, CourseDateId, EffectId, PartnerId};
use sqlx::postgres::{PgConnection, PgRow};
use sqlx::{FromRow as _, Row as _};

use crate::columns::{audit_columns, token_columns};
use crate::error::Failure;
use crate::queue::claim;
use crate::row::{entry_of, token_of};
use crate::store::{cases, dates, partners, unclaimed};

const LISTED: &str = "SELECT table_name, row_id, column_name, why, found_at, \
        seen_at < now() - interval '1 day' AS is_old \
    FROM miomente_partner_portal_rebooking_malformed_rows \
    ORDER BY found_at, table_name, row_id LIMIT 1000";
/// Not what was found in it meanwhile.
const MENDED: &str = "DELETE FROM miomente_partner_portal_rebooking_malformed_rows \
    WHERE (table_name, row_id, column_name, why) = ($1, $2, $3, $4)";

/// What is not mended. Forgets what is.
pub(crate) async fn unmended(db: &mut PgConnection) -> Result<Vec<FoundRow>, Failure> {
    let mut unmended = Vec::new();
    for listed in sqlx::query(LISTED).fetch_all(&mut *db).await? {
        let Listed { row, found_at, is_old } = Listed::from_row(&listed)?;
        let is_bad = match again(db, &row).await {
            Ok(Some(())) => false,
            // A figure made of several rows, say: nobody has met it for long.
            Ok(None) => !is_old,
            Err(Failure::Row(_)) => true,
            Err(failure) => return Err(failure),
        };
        if is_bad {
            unmended.push(FoundRow { row, found_at });
        } else {
            let MalformedRow { table, id, column, why } = &row;
            let query = sqlx::query(MENDED).bind(table).bind(id).bind(column).bind(why);
            query.execute(&mut *db).await?;
        }
    }
    Ok(unmended)
}

struct Listed {
    row: MalformedRow,
    found_at: chrono::DateTime<chrono::Utc>,
    is_old: bool,
}

impl sqlx::FromRow<'_, PgRow> for Listed {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        let bad = MalformedRow {
            table: row.try_get("table_name")?,
            id: row.try_get("row_id")?,
            column: row.try_get("column_name")?,
            why: row.try_get("why")?,
        };
        let (found_at, is_old) = (row.try_get("found_at")?, row.try_get("is_old")?);
        Ok(Self { row: bad, found_at, is_old })
    }
}

/// Reads a row once more, and finds nothing wrong where it is gone; `None` where no single row can
/// be looked up.
async fn again(db: &mut PgConnection, row: &MalformedRow) -> Result<Option<()>, Failure> {
    let (number, step) = match row.id.split_once('-') {
        Some((case, step)) => (case, step.parse::<i64>().ok()),
        None => (row.id.as_str(), None),
    };
    let Ok(number) = number.parse::<i64>() else { return Ok(None) };
    match row.table.as_str() {
        crate::TOKENS => {
            const SQL: &str = concat!(
                "SELECT ",
                token_columns!(),
                "FROM miomente_partner_portal_rebooking_tokens AS t \
                 WHERE t.case_id = $1 AND ($2::bigint IS NULL OR t.step = $2)"
            );
            let tokens = sqlx::query(SQL).bind(number).bind(step).fetch_all(db).await?;
            tokens.iter().try_for_each(|token| token_of(token).map(drop))?;
        }
        crate::REQUESTS => {
            let key = ConfirmationKey::Id(ConfirmationId::new(number));
            drop(cases::find(db, &CaseKey::Confirmation(key)).await?);
        }
        crate::EFFECTS => drop(claim::effect(db, EffectId::new(number)).await?),
        crate::AUDIT => {
            const SQL: &str = concat!(
                "SELECT ",
                audit_columns!(),
                "FROM miomente_partner_portal_rebooking_audit AS a WHERE a.id = $1"
            );
            let entry = sqlx::query(SQL).bind(number).fetch_optional(db).await?;
            entry.as_ref().map(entry_of).transpose()?;
        }
        crate::DATES => drop(dates::date(db, CourseDateId::new(number)).await?),
        crate::PARTNERS => drop(partners::partner(db, PartnerId::new(number)).await?),
        unclaimed::TABLE => unclaimed::readable_again(db, number).await?,
        _ => return Ok(None),
    }
    Ok(Some(()))
}
