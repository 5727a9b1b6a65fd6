//! Orders in the shop that carry a key of ours and that no rebooking claims.

use rebooking_core::ports::{Noted, UnclaimedOrder};
use rebooking_core::value::booking::OrderNumber;
use rebooking_core::value::ids::OrderId;
use sqlx::Row as _;
use sqlx::postgres::{PgConnection, PgRow};

use crate::error::Failure;
use crate::row::{Place, readable};

pub(crate) const TABLE: &str = "miomente_partner_portal_rebooking_unclaimed_orders";

pub(crate) async fn note(
    db: &mut PgConnection,
    order: OrderId,
    number: &OrderNumber,
    key: &str,
) -> Result<Noted, Failure> {
    // What was mended is another story; anything else that is known stays.
    const NOTE: &str = "\
        INSERT INTO miomente_partner_portal_rebooking_unclaimed_orders AS u \
            (order_id, order_number, key) VALUES ($1, $2, $3) \
        ON CONFLICT (order_id) DO UPDATE SET \
            (order_number, key, found_at, mended_at, dealt_with_at, dealt_with_by) \
                = (excluded.order_number, excluded.key, excluded.found_at, NULL, NULL, NULL) \
            WHERE u.mended_at IS NOT NULL RETURNING true";
    const KNOWN: &str = "SELECT dealt_with_at IS NOT NULL \
        FROM miomente_partner_portal_rebooking_unclaimed_orders WHERE order_id = $1";
    let noted: Option<bool> = sqlx::query_scalar(NOTE)
        .bind(order.value())
        .bind(number.as_str())
        .bind(key)
        .fetch_optional(&mut *db)
        .await?;
    if noted.is_some() {
        return Ok(Noted::New);
    }
    let over: Option<bool> =
        sqlx::query_scalar(KNOWN).bind(order.value()).fetch_optional(db).await?;
    Ok(if over == Some(true) { Noted::DealtWith } else { Noted::Listed })
}

pub(crate) async fn mended(db: &mut PgConnection, order: OrderId) -> Result<(), Failure> {
    const MENDED: &str = "UPDATE miomente_partner_portal_rebooking_unclaimed_orders \
        SET mended_at = clock_timestamp() WHERE order_id = $1 AND mended_at IS NULL";
    sqlx::query(MENDED).bind(order.value()).execute(db).await?;
    Ok(())
}

pub(crate) async fn unclaimed(
    db: &mut PgConnection,
    limit: u32,
) -> Result<Vec<UnclaimedOrder>, Failure> {
    const LISTED: &str = "SELECT order_id, order_number, key, found_at \
        FROM miomente_partner_portal_rebooking_unclaimed_orders \
        WHERE mended_at IS NULL AND dealt_with_at IS NULL ORDER BY found_at, order_id LIMIT $1";
    let rows = sqlx::query(LISTED).bind(i64::from(limit)).fetch_all(db).await?;
    readable(&rows, listed)
}

/// Whether one that made no sense does now, or is gone.
pub(crate) async fn readable_again(db: &mut PgConnection, order: i64) -> Result<(), Failure> {
    const ONE: &str = "SELECT order_id, order_number, key, found_at \
        FROM miomente_partner_portal_rebooking_unclaimed_orders WHERE order_id = $1";
    let row = sqlx::query(ONE).bind(order).fetch_optional(db).await?;
    row.as_ref().map(listed).transpose().map(drop)
}

fn listed(row: &PgRow) -> Result<UnclaimedOrder, Failure> {
    let order: i64 = row.try_get("order_id")?;
    let number: String = row.try_get("order_number")?;
    Ok(UnclaimedOrder {
        order: OrderId::new(order),
        number: Place::new(TABLE, order).read("order_number", OrderNumber::parse(&number))?,
        key: row.try_get("key")?,
        found_at: row.try_get("found_at")?,
    })
}

pub(crate) async fn dealt_with(
    db: &mut PgConnection,
    order: OrderId,
    by: &str,
) -> Result<bool, Failure> {
    const DEALT: &str = "UPDATE miomente_partner_portal_rebooking_unclaimed_orders \
        SET dealt_with_at = clock_timestamp(), dealt_with_by = $2 \
        WHERE order_id = $1 AND mended_at IS NULL AND dealt_with_at IS NULL";
    let changed = sqlx::query(DEALT).bind(order.value()).bind(by).execute(db).await?;
    Ok(changed.rows_affected() > 0)
}
