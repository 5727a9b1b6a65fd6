//! Whole rows of a query as the core knows them.

use chrono::{DateTime, Utc};
use rebooking_core::audit::AuditEntry;
use rebooking_core::confirmation::Confirmation;
use rebooking_core::effect::Effect;
use rebooking_core::token::RebookingToken;
use rebooking_core::value::course_date::CourseDate;
use sqlx::Row as _;
use sqlx::postgres::PgRow;

use super::decode;
use crate::columns::{AuditRow, ConfirmationRow, DateRow, EffectRow, TokenRow};
use crate::error::Failure;

pub(crate) fn token_of(row: &PgRow) -> Result<RebookingToken, Failure> {
    Ok(decode::<TokenRow>(crate::TOKENS, "case_id", row)?.try_into()?)
}

pub(crate) fn date_of(row: &PgRow) -> Result<CourseDate, Failure> {
    Ok(decode::<DateRow>(crate::DATES, "id", row)?.try_into()?)
}

/// The database's moment, which stands first in each row; a list without any has one row of nothing
/// else.
pub(crate) fn moment(rows: &[PgRow]) -> Result<DateTime<Utc>, Failure> {
    let first = rows.first().ok_or(Failure::Unexpected("a list without its moment"))?;
    Ok(first.try_get(0)?)
}

pub(crate) fn token_if_any(row: &PgRow) -> Result<Option<RebookingToken>, Failure> {
    row.try_get::<Option<i64>, _>("case_id")?.map(|_| token_of(row)).transpose()
}

pub(crate) fn confirmation_of(row: &PgRow) -> Result<Confirmation, Failure> {
    Ok(decode::<ConfirmationRow>(crate::REQUESTS, "id", row)?.try_into()?)
}

pub(crate) fn effect_of(row: &PgRow) -> Result<Effect, Failure> {
    Ok(decode::<EffectRow>(crate::EFFECTS, "id", row)?.try_into()?)
}

pub(crate) fn entry_of(row: &PgRow) -> Result<AuditEntry, Failure> {
    Ok(decode::<AuditRow>(crate::AUDIT, "id", row)?.try_into()?)
}
