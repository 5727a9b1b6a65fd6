//! A token with the dates that its customer might choose from, in one statement.

use chrono::{DateTime, Utc};
use rebooking_core::audit::AuditEvent;
use rebooking_core::link::LinkDigest;
use rebooking_core::policy::Alternatives;
use rebooking_core::ports::AsOf;
use rebooking_core::ports::store::{TokenKey, TokenWithDates, Visits};
use rebooking_core::token::RebookingToken;
use rebooking_core::value::course_date::CourseDate;
use rebooking_core::value::ids::{CourseDateId, TokenRef};
use sqlx::Row as _;
use sqlx::postgres::{PgArguments, PgConnection, PgRow, Postgres};
use sqlx::query::Query;

use crate::columns::{DateRow, date_columns, token_columns};
use crate::error::Failure;
use crate::row::token_of;

/// Who has looked at a link before.
macro_rules! visits {
    () => {
        "(SELECT array_agg(a.event) \
         FROM miomente_partner_portal_rebooking_audit AS a \
         WHERE a.subject = 'token' AND a.number = t.case_id AND a.step = t.step \
             AND a.event IN ('page_opened', 'no_dates_found')) AS visits"
    };
}

/// The dates come beside the token, as one array of records: one row, whatever their number.
macro_rules! opened {
    ($courses:literal, $token:literal) => {
        opened!($courses, visits!(), $token)
    };
    ($courses:literal, $visits:expr, $token:literal) => {
        concat!(
            "SELECT now(), ",
            token_columns!(),
            ", ARRAY(SELECT ROW(",
            date_columns!(values),
            ") FROM miomente_partner_portal_rebooking_dates AS d \
             WHERE d.ends_at > now() AND d.course_id ",
            $courses,
            ") AS dates, ",
            $visits,
            " FROM miomente_partner_portal_rebooking_tokens AS t WHERE ",
            $token
        )
    };
}

pub(crate) const BY_LINK: &str = opened!("= t.course_product_id", "t.token = $1");
pub(crate) const BY_NAME: &str = opened!("= t.course_product_id", "t.case_id = $1 AND t.step = $2");
pub(crate) const NEWEST: &str =
    opened!("= t.course_product_id", "t.case_id = $1 ORDER BY t.step DESC LIMIT 1");
const BY_LINK_WITH_OTHERS: &str = opened!(
    "IN (SELECT t.course_product_id UNION SELECT a.other \
     FROM unnest($2::bigint[], $3::bigint[]) AS a (own, other) \
     WHERE a.own = t.course_product_id)",
    "t.token = $1"
);
const BY_NAME_WITH_OTHERS: &str = opened!(
    "IN (SELECT t.course_product_id UNION SELECT a.other \
     FROM unnest($3::bigint[], $4::bigint[]) AS a (own, other) \
     WHERE a.own = t.course_product_id)",
    "t.case_id = $1 AND t.step = $2"
);
const NEWEST_WITH_OTHERS: &str = opened!(
    "IN (SELECT t.course_product_id UNION SELECT a.other \
     FROM unnest($2::bigint[], $3::bigint[]) AS a (own, other) \
     WHERE a.own = t.course_product_id)",
    "t.case_id = $1 ORDER BY t.step DESC LIMIT 1"
);

/// The chosen date alone.
macro_rules! chosen {
    ($courses:literal) => {
        opened!($courses, "NULL::text[] AS visits", "t.token = $1")
    };
}

pub(crate) const FOR_CHOICE: &str = chosen!("= t.course_product_id AND d.id = $2");
const FOR_CHOICE_WITH_OTHERS: &str = chosen!(
    "IN (SELECT t.course_product_id UNION SELECT a.other \
     FROM unnest($3::bigint[], $4::bigint[]) AS a (own, other) \
     WHERE a.own = t.course_product_id) AND d.id = $2"
);

/// Without the dates, which somebody else has read just before.
pub(crate) const LINK_ALONE: &str = concat!(
    "SELECT now(), ",
    token_columns!(),
    ", ",
    visits!(),
    " FROM miomente_partner_portal_rebooking_tokens AS t WHERE t.token = $1"
);

/// The token alone, as a worker needs it: that takes the database half the time.
pub(crate) const ALONE: &str = concat!(
    "SELECT now(), ",
    token_columns!(),
    "FROM miomente_partner_portal_rebooking_tokens AS t WHERE t.case_id = $1 AND t.step = $2"
);

/// The policy's stand-ins as two columns: which course, and which other one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Others {
    own: Vec<i64>,
    other: Vec<i64>,
}

impl From<&Alternatives> for Others {
    fn from(alternatives: &Alternatives) -> Self {
        let pairs = alternatives
            .iter()
            .flat_map(|(own, others)| others.iter().map(move |other| (own, other)));
        let (own, other) = pairs.map(|(own, other)| (own.value(), other.value())).unzip();
        Self { own, other }
    }
}

pub(crate) async fn open(
    db: &mut PgConnection,
    key: &TokenKey,
    others: &Others,
) -> Result<Option<AsOf<TokenWithDates>>, Failure> {
    let alone = others.own.is_empty();
    let query = match key {
        TokenKey::Link(digest) if alone => sqlx::query(BY_LINK).bind(digest.as_str()),
        TokenKey::Link(digest) => sqlx::query(BY_LINK_WITH_OTHERS).bind(digest.as_str()),
        TokenKey::Id(id) if alone => by_name(BY_NAME, *id),
        TokenKey::Id(id) => by_name(BY_NAME_WITH_OTHERS, *id),
        TokenKey::Newest(case) if alone => sqlx::query(NEWEST).bind(case.value()),
        TokenKey::Newest(case) => sqlx::query(NEWEST_WITH_OTHERS).bind(case.value()),
    };
    let query = if alone { query } else { query.bind(&others.own).bind(&others.other) };
    query.fetch_optional(db).await?.as_ref().map(read).transpose()
}

pub(crate) async fn token(
    db: &mut PgConnection,
    id: TokenRef,
) -> Result<Option<AsOf<RebookingToken>>, Failure> {
    let Some(row) = by_name(ALONE, id).fetch_optional(db).await? else { return Ok(None) };
    Ok(Some(AsOf { now: row.try_get(0)?, value: token_of(&row)? }))
}

fn by_name(sql: &'static str, id: TokenRef) -> Query<'static, Postgres, PgArguments> {
    sqlx::query(sql).bind(id.case.value()).bind(i64::from(id.step))
}

pub(crate) async fn open_for_choice(
    db: &mut PgConnection,
    link: &LinkDigest,
    date: CourseDateId,
    others: &Others,
) -> Result<Option<AsOf<TokenWithDates>>, Failure> {
    let query = if others.own.is_empty() {
        sqlx::query(FOR_CHOICE).bind(link.as_str()).bind(date.value())
    } else {
        let query = sqlx::query(FOR_CHOICE_WITH_OTHERS).bind(link.as_str()).bind(date.value());
        query.bind(&others.own).bind(&others.other)
    };
    query.fetch_optional(db).await?.as_ref().map(read).transpose()
}

pub(crate) async fn open_alone(
    db: &mut PgConnection,
    link: &LinkDigest,
) -> Result<Option<AsOf<TokenWithDates>>, Failure> {
    let row = sqlx::query(LINK_ALONE).bind(link.as_str()).fetch_optional(db).await?;
    row.map(|row| with_dates(&row, Vec::new())).transpose()
}

fn read(row: &PgRow) -> Result<AsOf<TokenWithDates>, Failure> {
    with_dates(row, DateRow::all(row)?)
}

fn with_dates(row: &PgRow, dates: Vec<CourseDate>) -> Result<AsOf<TokenWithDates>, Failure> {
    let now: DateTime<Utc> = row.try_get(0)?;
    let visits: Option<Vec<String>> = row.try_get("visits")?;
    let told = |event: AuditEvent| visits.iter().flatten().any(|visit| visit == event.as_str());
    let visits = Visits {
        opened: told(AuditEvent::PageOpened),
        found_no_dates: told(AuditEvent::NoDatesFound),
    };
    Ok(AsOf { now, value: TokenWithDates { token: token_of(row)?, dates, visits } })
}
