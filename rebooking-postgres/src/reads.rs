//! What use cases read to decide on, with the database's own moment. Where one look takes two
//! statements, requests are read before tokens: what happens in between is then seen twice, and
//! fails a guard of what is decided on it, and never missed in both.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use rebooking_core::ports::AsOf;
use rebooking_core::ports::store::{
    CaseKey, CaseState, ConfirmationKey, DateDetails, LiveConfirmation, OrderState,
};
use rebooking_core::token::RebookingToken;
use rebooking_core::value::booking::Booking;
use rebooking_core::value::course_date::CourseDate;
use rebooking_core::value::ids::{
    CaseId, ConfirmationId, CourseDateId, CourseId, OrderId, OrderItemId, PartnerId,
};
use rebooking_core::value::text::FreeText;
use sqlx::postgres::{PgConnection, PgRow};
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, Row as _, SqlSafeStr as _, SqlStr};

use crate::columns::{
    Column, ConfirmationRow, DateRow, Row as _, TokenRow, confirmation_columns, date_columns,
    definitions, names, token_columns, values,
};
use crate::conditions::newest;
use crate::error::Failure;
use crate::row::{BookingDoc, Place, decode, readable};

pub(crate) fn token_of(row: &PgRow) -> Result<RebookingToken, Failure> {
    Ok(decode::<TokenRow>(crate::TOKENS, "case_id", row)?.try_into()?)
}

fn date_of(row: &PgRow) -> Result<CourseDate, Failure> {
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

pub(crate) fn confirmation_of(
    row: &PgRow,
) -> Result<rebooking_core::confirmation::Confirmation, Failure> {
    Ok(decode::<ConfirmationRow>(crate::REQUESTS, "id", row)?.try_into()?)
}

pub(crate) const TOKENS_OF_ORDER: &str = concat!(
    "SELECT now(), ",
    token_columns!(),
    "FROM (SELECT) AS one LEFT JOIN miomente_partner_portal_rebooking_tokens AS t \
     ON (t.new_order_id = $1 OR t.original_order_id = $1 AND t.new_order_id IS NULL) AND ",
    newest!(),
    "ORDER BY t.case_id"
);
pub(crate) const REQUESTS_OF_ORDER: &str = concat!(
    "SELECT ",
    confirmation_columns!(),
    "FROM miomente_partner_portal_rebooking_requests AS r \
     WHERE r.order_id = $1 AND r.live AND r.token_case IS NULL ORDER BY r.id"
);

pub(crate) async fn order_state(
    db: &mut PgConnection,
    order: OrderId,
) -> Result<AsOf<OrderState>, Failure> {
    let rows = sqlx::query(REQUESTS_OF_ORDER).bind(order.value()).fetch_all(&mut *db).await?;
    let confirmations = rows.iter().map(confirmation_of).collect::<Result<_, _>>()?;
    let rows = sqlx::query(TOKENS_OF_ORDER).bind(order.value()).fetch_all(db).await?;
    Ok(tokens_of(&rows)?.map(|tokens| OrderState { tokens, confirmations }))
}

/// The tokens of the case that an item belongs to: its own, or the one whose booking has moved
/// there.
pub(crate) const TOKENS_OF_ITEM: &str = concat!(
    "SELECT now(), ",
    token_columns!(),
    "FROM (SELECT) AS one LEFT JOIN LATERAL (SELECT case_id FROM ( \
        (SELECT 0 AS rank, t.case_id, t.created_at FROM miomente_partner_portal_rebooking_tokens AS t \
         WHERE t.case_id = $1 ORDER BY t.step DESC LIMIT 1) \
        UNION ALL (SELECT 1, t.case_id, t.created_at FROM miomente_partner_portal_rebooking_tokens AS t \
         WHERE t.original_order_item_id = $1 AND t.original_order_item_id <> t.case_id AND ",
    newest!(),
    ") UNION ALL (SELECT 1, t.case_id, t.created_at FROM miomente_partner_portal_rebooking_tokens AS t \
         WHERE t.new_order_item_id = $1 AND ",
    newest!(),
    ")) AS found ORDER BY rank, created_at DESC, case_id DESC LIMIT 1) AS found ON true \
     LEFT JOIN miomente_partner_portal_rebooking_tokens AS t ON t.case_id = found.case_id ORDER BY t.step"
);

pub(crate) const REQUEST_OF_ITEM: &str = concat!(
    "SELECT ",
    confirmation_columns!(),
    "FROM miomente_partner_portal_rebooking_requests AS r WHERE r.live AND r.id IN ( \
     SELECT id FROM miomente_partner_portal_rebooking_requests WHERE item_id = $1 AND live \
     UNION SELECT id FROM miomente_partner_portal_rebooking_requests WHERE token_case = $1 AND live) \
     ORDER BY r.id DESC LIMIT 1"
);

pub(crate) const REQUEST_BY_NUMBER: &str = concat!(
    "SELECT ",
    confirmation_columns!(),
    "FROM miomente_partner_portal_rebooking_requests AS r WHERE r.id = $1"
);
pub(crate) const REQUEST_BY_LINK: &str = concat!(
    "SELECT ",
    confirmation_columns!(),
    "FROM miomente_partner_portal_rebooking_requests AS r WHERE r.answer_digest = $1"
);
pub(crate) const TOKENS_OF_CASE: &str = concat!(
    "SELECT now(), ",
    token_columns!(),
    "FROM (SELECT) AS one LEFT JOIN miomente_partner_portal_rebooking_tokens AS t ON t.case_id = $1 \
     ORDER BY t.step"
);

/// A case, with the confirmation request that the key names. That one is read first: a token that
/// is newer than it was fails the guard of what is decided on it.
pub(crate) async fn find(db: &mut PgConnection, key: &CaseKey) -> Result<AsOf<CaseState>, Failure> {
    let request = match key {
        CaseKey::Id(case) => return Ok(tokens_of_case(db, *case).await?.map(without_confirmation)),
        CaseKey::Item(item) => sqlx::query(REQUEST_OF_ITEM).bind(item.value()),
        CaseKey::Confirmation(ConfirmationKey::Id(id)) => {
            sqlx::query(REQUEST_BY_NUMBER).bind(id.value())
        }
        CaseKey::Confirmation(ConfirmationKey::Link(digest)) => {
            sqlx::query(REQUEST_BY_LINK).bind(digest.as_str())
        }
    };
    let request = request.fetch_optional(&mut *db).await?;
    let confirmation = request.as_ref().map(confirmation_of).transpose()?;
    let tokens = match (key, &confirmation) {
        (CaseKey::Item(item), _) => tokens_of_item(db, *item).await?,
        (CaseKey::Id(_) | CaseKey::Confirmation(_), None) => {
            AsOf { now: now(db).await?, value: Vec::new() }
        }
        (CaseKey::Id(_) | CaseKey::Confirmation(_), Some(known)) => match known.token {
            None => tokens_of_item(db, known.booking.item).await?,
            Some(token) => {
                let tokens = tokens_of_case(db, token.case).await?;
                let place = Place::new(crate::REQUESTS, known.id);
                tokens.value.first().ok_or_else(|| place.bad("token_case", "no such token"))?;
                tokens
            }
        },
    };
    Ok(tokens.map(|tokens| CaseState { confirmation, tokens }))
}

fn without_confirmation(tokens: Vec<RebookingToken>) -> CaseState {
    CaseState { confirmation: None, tokens }
}

async fn tokens_of_case(
    db: &mut PgConnection,
    case: CaseId,
) -> Result<AsOf<Vec<RebookingToken>>, Failure> {
    tokens_of(&sqlx::query(TOKENS_OF_CASE).bind(case.value()).fetch_all(db).await?)
}

async fn tokens_of_item(
    db: &mut PgConnection,
    item: OrderItemId,
) -> Result<AsOf<Vec<RebookingToken>>, Failure> {
    tokens_of(&sqlx::query(TOKENS_OF_ITEM).bind(item.value()).fetch_all(db).await?)
}

fn tokens_of(rows: &[PgRow]) -> Result<AsOf<Vec<RebookingToken>>, Failure> {
    let tokens = rows.iter().filter_map(|row| token_if_any(row).transpose());
    Ok(AsOf { now: moment(rows)?, value: tokens.collect::<Result<_, _>>()? })
}

async fn now(db: &mut PgConnection) -> Result<DateTime<Utc>, Failure> {
    Ok(sqlx::query_scalar("SELECT now()").fetch_one(db).await?)
}

pub(crate) const LIVE_ON_DATE: &str = "SELECT now(), r.id, r.partner_id, coalesce(d.withdrawal, '') \
    FROM (SELECT) AS one LEFT JOIN ( \
        SELECT id, partner_id, date_id FROM miomente_partner_portal_rebooking_requests \
        WHERE live AND date_id = $1 ORDER BY id LIMIT $2) AS r ON true \
    LEFT JOIN miomente_partner_portal_rebooking_dates AS d ON d.id = r.date_id ORDER BY r.id";
pub(crate) const LIVE_ON_WITHDRAWN: &str = "SELECT now(), r.id, r.partner_id, coalesce(r.withdrawal, '') \
    FROM (SELECT) AS one LEFT JOIN ( \
        SELECT r.id, r.partner_id, r.date_id, d.withdrawal FROM miomente_partner_portal_rebooking_dates AS d \
        JOIN miomente_partner_portal_rebooking_requests AS r ON r.live AND r.date_id = d.id \
        WHERE d.withdrawn_at IS NOT NULL ORDER BY r.date_id, r.id LIMIT $1) AS r ON true \
    ORDER BY r.date_id, r.id";

pub(crate) async fn live_confirmations(
    db: &mut PgConnection,
    date: Option<CourseDateId>,
    limit: u32,
) -> Result<AsOf<Vec<LiveConfirmation>>, Failure> {
    let rows = match date {
        Some(date) => {
            sqlx::query(LIVE_ON_DATE)
                .bind(date.value())
                .bind(i64::from(limit))
                .fetch_all(db)
                .await?
        }
        None => sqlx::query(LIVE_ON_WITHDRAWN).bind(i64::from(limit)).fetch_all(db).await?,
    };
    let now = moment(&rows)?;
    Ok(AsOf { now, value: readable(&rows, live_of)?.into_iter().flatten().collect() })
}

fn live_of(row: &PgRow) -> Result<Option<LiveConfirmation>, Failure> {
    let Some(id) = row.try_get::<Option<i64>, _>(1)? else { return Ok(None) };
    Ok(Some(LiveConfirmation {
        id: ConfirmationId::new(id),
        partner: PartnerId::new(row.try_get(2)?),
        withdrawal: Place::new(crate::DATES, format_args!("of request {id}"))
            .text("withdrawal", row.try_get(3)?)?,
    }))
}

pub(crate) const DATES: &str = concat!(
    "SELECT now(), ",
    date_columns!(),
    "FROM (SELECT) AS one LEFT JOIN miomente_partner_portal_rebooking_dates AS d \
     ON d.course_id = $1 AND d.ends_at > now()"
);

pub(crate) async fn dates(
    db: &mut PgConnection,
    course: CourseId,
) -> Result<AsOf<Vec<CourseDate>>, Failure> {
    let rows = sqlx::query(DATES).bind(course.value()).fetch_all(db).await?;
    let now = moment(&rows)?;
    let any = |row: &PgRow| row.try_get::<Option<i64>, _>("id")?.map(|_| date_of(row)).transpose();
    Ok(AsOf { now, value: readable(&rows, any)?.into_iter().flatten().collect() })
}

pub(crate) const DATE: &str = concat!(
    "SELECT now(), ",
    date_columns!(),
    ", d.withdrawal, ARRAY(SELECT DISTINCT r.partner_id FROM miomente_partner_portal_rebooking_requests AS r \
         WHERE r.live AND r.date_id = d.id ORDER BY 1) AS partners \
     FROM miomente_partner_portal_rebooking_dates AS d WHERE d.id = $1"
);

pub(crate) async fn date(
    db: &mut PgConnection,
    id: CourseDateId,
) -> Result<Option<AsOf<DateDetails>>, Failure> {
    let Some(row) = sqlx::query(DATE).bind(id.value()).fetch_optional(db).await? else {
        return Ok(None);
    };
    let withdrawal: FreeText =
        Place::new(crate::DATES, id).text("withdrawal", row.try_get("withdrawal")?)?;
    let partners: Vec<i64> = row.try_get("partners")?;
    let partners = partners.into_iter().map(PartnerId::new).collect();
    Ok(Some(AsOf {
        now: row.try_get(0)?,
        value: DateDetails { date: date_of(&row)?, partners, withdrawal },
    }))
}

/// The statement that keeps dates: what is taken is ours, and a date once withdrawn stays so.
static UPSERT_DATES: LazyLock<SqlStr> = LazyLock::new(|| {
    let columns = DateRow::columns();
    let is_scheduled = |column: &&Column| !["id", "taken", "withdrawn"].contains(&column.name);
    let scheduled: Vec<Column> = columns.iter().filter(is_scheduled).copied().collect();
    let sql = include_str!("sql/upsert_dates.sql")
        .replace("{scheduled}", &names(&scheduled))
        .replace("{scheduled values}", &values(&scheduled))
        .replace("{excluded values}", &values(&scheduled).replace("x.", "excluded."))
        .replace("{definitions}", &definitions(&columns));
    AssertSqlSafe(sql).into_sql_str()
});

pub(crate) async fn upsert_dates(
    db: &mut PgConnection,
    dates: &[CourseDate],
) -> Result<(), Failure> {
    // A date twice in one call: the last one counts, as if they had been kept one after the other.
    let last: BTreeMap<_, _> = dates.iter().map(|date| (date.id(), date)).collect();
    let rows: Vec<DateRow> = last.into_values().map(DateRow::from).collect();
    sqlx::query(UPSERT_DATES.clone()).bind(Json(rows)).execute(db).await?;
    Ok(())
}

pub(crate) const LIVE_REQUEST: &str = "SELECT id FROM miomente_partner_portal_rebooking_requests \
    WHERE item_id = $1 AND live AND token_case IS NULL";

pub(crate) async fn open_confirmation(
    db: &mut PgConnection,
    booking: &Booking,
    number: Option<ConfirmationId>,
) -> Result<ConfirmationId, Failure> {
    // Two at once: the one that loses finds what the other has made. It fails on purpose (no `ON
    // CONFLICT DO NOTHING`), as only that takes back what a trigger has written into Feature 01's
    // table for it.
    const OPEN: &str = "INSERT INTO miomente_partner_portal_rebooking_requests \
            (id, order_id, item_id, date_id, partner_id, state, booking) VALUES ($1, $2, $3, $4, $5, 'pending', $6) RETURNING id";
    for _ in 0..2 {
        let known = sqlx::query_scalar(LIVE_REQUEST)
            .bind(booking.item.value())
            .fetch_optional(&mut *db)
            .await?;
        if let Some(id) = known {
            return Ok(ConfirmationId::new(id));
        }
        let opened = sqlx::query_scalar(OPEN)
            .bind(number.map(ConfirmationId::value))
            .bind(booking.order.value())
            .bind(booking.item.value())
            .bind(booking.slot.id.value())
            .bind(booking.partner.id.value())
            .bind(Json(BookingDoc::from(booking)))
            .fetch_one(&mut *db)
            .await;
        match opened {
            Ok(id) => return Ok(ConfirmationId::new(id)),
            Err(error) if is_of_another(&error) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Failure::Unexpected("the request of this booking opens and closes all the time"))
}

/// Whether a request was not opened because one of the same booking is live.
fn is_of_another(error: &sqlx::Error) -> bool {
    let constraint = error.as_database_error().and_then(sqlx::error::DatabaseError::constraint);
    constraint == Some("rebooking_requests_one_an_item")
}
