//! Cases for support, newest first, the worklist of those that need something, and the search among
//! all.
//!
//! What a case needs is asked of few: an index names the cases that may need it, and each of them
//! is looked at.
//!
//! A search goes by what an index holds first: whole addresses, and the beginnings of order
//! numbers. Only when that finds nothing it goes by a part of the name, which can stand anywhere:
//! through all of them, in an index much smaller than the table. Hits are cut off at 10 000 before
//! anything else is asked of them, so that no search takes longer the more it finds. Who waits
//! longest is sought among the newest cases and all that may need something, however old.

use rebooking_core::ports::AsOf;
use rebooking_core::ports::reports::{
    Attention, CaseFilter, CaseOrder, CaseRow, CaseStatus, HeldBy, Holder, Page, PageRequest,
    Recorded,
};
use rebooking_core::value::customer::EmailAddress;
use sqlx::Row as _;
use sqlx::postgres::{PgConnection, PgRow};

use super::addresses::{Kept, spellings};
use super::offset::offset;
use crate::columns::token_columns;
use crate::conditions::{
    failed_since, found_no_dates, has_failed, holder_entry, holders, no_dates_since, progress,
    silent_since, undecided, waits_since, wishes,
};
use crate::error::Failure;
use crate::row::{readable, token_if_any};

/// Each hit is looked up by itself (`OFFSET 0`): as a join it would be planned for the whole table.
///
/// The newest of `hits` (case, step) with how many there are. `$1` is the progress, `$2` and `$3`
/// the page, `$4` what they need, `$5` who has them (as `holders!` tells it), `$6` whether who
/// waits longest comes first, `$7` the text, `$8` the same as the spellings of an address.
macro_rules! newest_of {
    ($hits:expr) => {
        concat!(
            "WITH hits AS MATERIALIZED (",
            $hits,
            "), found AS MATERIALIZED ( \
                SELECT t.case_id, t.step, t.created_at, CASE WHEN $6::bool THEN ",
            waits_since!(),
            "END AS waits_since FROM hits CROSS JOIN LATERAL ( \
                    SELECT * FROM miomente_partner_portal_rebooking_tokens AS t \
                    WHERE t.case_id = hits.case_id AND t.step = hits.step OFFSET 0) AS t \
                WHERE ($1::text IS NULL OR $1 = ",
            progress!(),
            ") AND CASE $4::text WHEN 'failed' THEN ",
            has_failed!(),
            "WHEN 'partner_silent' THEN ",
            silent_since!(),
            "IS NOT NULL ",
            "WHEN 'wish' THEN ",
            undecided!(),
            "AND ",
            wishes!(),
            "WHEN 'no_dates' THEN ",
            undecided!(),
            "AND ",
            found_no_dates!(),
            "ELSE $4 IS NULL END AND ($5::text[] IS NULL OR $5 = ",
            holders!(),
            ") AND t.step = (SELECT max(step) \
                FROM miomente_partner_portal_rebooking_tokens AS last \
                WHERE last.case_id = t.case_id) \
            ), page AS MATERIALIZED ( \
                SELECT * FROM found \
                ORDER BY waits_since, created_at DESC, case_id DESC, step DESC \
                LIMIT $2 OFFSET $3 \
            ) SELECT now(), (SELECT count(*) FROM found) AS total, ",
            failed_since!(),
            "AS failed_since, ",
            no_dates_since!(),
            "AS no_dates_since, ",
            silent_since!(),
            "AS silent_since, held.at AS held_since, \
                CASE WHEN held.event = 'case_taken' THEN held.support END AS holder, ",
            token_columns!(),
            "FROM (SELECT) AS one LEFT JOIN page ON true LEFT JOIN LATERAL ( \
                SELECT * FROM miomente_partner_portal_rebooking_tokens AS t \
                WHERE t.case_id = page.case_id AND t.step = page.step OFFSET 0) AS t ON true ",
            "LEFT JOIN LATERAL ",
            holder_entry!(),
            "ON true ORDER BY page.waits_since, t.created_at DESC, t.case_id DESC, t.step DESC"
        )
    };
}

// The hits of each list: of the newest cases that stand so far, no matter who, and of those that
// may need something.
macro_rules! all_hits {
    () => {
        concat!(
            "SELECT t.case_id, t.step FROM miomente_partner_portal_rebooking_tokens AS t \
     WHERE $1::text IS NULL OR $1 = ",
            progress!(),
            "ORDER BY t.created_at DESC, t.case_id DESC, t.step DESC LIMIT 10000"
        )
    };
}

macro_rules! failed_hits {
    () => {
        "SELECT failed.case_id, (SELECT max(step) \
         FROM miomente_partner_portal_rebooking_tokens AS last \
         WHERE last.case_id = failed.case_id) AS step \
     FROM (SELECT DISTINCT case_id FROM miomente_partner_portal_rebooking_effects \
         WHERE dead ORDER BY case_id DESC LIMIT 10000) AS failed"
    };
}

macro_rules! silent_hits {
    () => {
        "SELECT r.token_case AS case_id, r.token_step AS step \
     FROM miomente_partner_portal_rebooking_requests AS r \
     WHERE r.state = 'pending' AND r.silent_at IS NOT NULL AND r.token_case IS NOT NULL \
     ORDER BY r.opened_at DESC LIMIT 10000"
    };
}

macro_rules! wish_hits {
    () => {
        concat!(
            "SELECT t.case_id, t.step FROM miomente_partner_portal_rebooking_tokens AS t WHERE ",
            undecided!(),
            "AND ",
            wishes!(),
            "ORDER BY t.created_at DESC, t.case_id DESC, t.step DESC LIMIT 10000"
        )
    };
}

macro_rules! no_dates_hits {
    () => {
        "SELECT found.case_id, (SELECT max(step) \
         FROM miomente_partner_portal_rebooking_tokens AS last \
         WHERE last.case_id = found.case_id) AS step \
     FROM (SELECT DISTINCT case_id FROM (SELECT number AS case_id \
         FROM miomente_partner_portal_rebooking_audit \
         WHERE subject = 'token' AND event = 'no_dates_found' \
         ORDER BY id DESC LIMIT 10000) AS newest) AS found"
    };
}

/// Of the newest cases that stand so far, no matter who.
const ALL: &str = newest_of!(all_hits!());
pub(crate) const FAILED: &str = newest_of!(failed_hits!());
pub(crate) const SILENT: &str = newest_of!(silent_hits!());
pub(crate) const WISHES: &str = newest_of!(wish_hits!());
pub(crate) const NO_DATES: &str = newest_of!(no_dates_hits!());
/// Of all that may need something, and of the newest: whoever waits longest may be older than
/// these.
pub(crate) const WAITING: &str = newest_of!(concat!(
    "(",
    all_hits!(),
    ") UNION (",
    failed_hits!(),
    ") UNION (",
    silent_hits!(),
    ") UNION (",
    wish_hits!(),
    ") UNION (",
    no_dates_hits!(),
    ")"
));
pub(crate) const EXACT: &str = newest_of!(
    "(SELECT case_id, step FROM miomente_partner_portal_rebooking_tokens \
         WHERE sought_email = ANY ($8::text[]) LIMIT 10000) \
     UNION (SELECT case_id, step FROM miomente_partner_portal_rebooking_tokens \
         WHERE lower(order_number) COLLATE \"C\" >= $7 \
             AND lower(order_number) COLLATE \"C\" < $7 || chr(1114111) \
         ORDER BY lower(order_number) COLLATE \"C\" DESC LIMIT 10000) \
     UNION (SELECT case_id, step FROM miomente_partner_portal_rebooking_tokens \
         WHERE new_order_number IS NOT NULL AND lower(new_order_number) COLLATE \"C\" >= $7 \
             AND lower(new_order_number) COLLATE \"C\" < $7 || chr(1114111) \
         ORDER BY lower(new_order_number) COLLATE \"C\" DESC LIMIT 10000)"
);
const NAMED: &str = newest_of!(
    "SELECT case_id, step FROM miomente_partner_portal_rebooking_tokens \
     WHERE strpos(sought_name, $7) > 0 AND $8::text[] IS NOT NULL \
     ORDER BY created_at DESC, case_id DESC, step DESC LIMIT 10000"
);

pub(crate) async fn cases(
    db: &mut PgConnection,
    filter: &CaseFilter,
    page: PageRequest,
) -> Result<AsOf<Page<CaseRow>>, Failure> {
    let sought = filter.search.expose().to_lowercase();
    if sought.is_empty() {
        let of_all = match filter.attention {
            None if filter.order == CaseOrder::LongestWaiting => WAITING,
            None => ALL,
            Some(Attention::Failed) => FAILED,
            Some(Attention::PartnerSilent) => SILENT,
            Some(Attention::Wish) => WISHES,
            Some(Attention::NoDates) => NO_DATES,
        };
        return cases_by(db, of_all, filter, page, None).await;
    }
    let address = match EmailAddress::parse(filter.search.expose()) {
        Ok(address) => spellings(db, &address, &[Kept::InLinks]).await?,
        Err(_) => Vec::new(),
    };
    let sought = Sought { text: sought, address };
    let exact = cases_by(db, EXACT, filter, page, Some(&sought)).await?;
    if exact.value.total > 0 {
        return Ok(exact);
    }
    cases_by(db, NAMED, filter, page, Some(&sought)).await
}

/// As `holders!` tells it.
fn holders(held_by: &HeldBy) -> Vec<&str> {
    match held_by {
        HeldBy::Nobody => Vec::new(),
        HeldBy::Name(name) => vec![name],
    }
}

struct Sought {
    text: String,
    address: Vec<String>,
}

async fn cases_by(
    db: &mut PgConnection,
    sql: &'static str,
    filter: &CaseFilter,
    page: PageRequest,
    sought: Option<&Sought>,
) -> Result<AsOf<Page<CaseRow>>, Failure> {
    let query = sqlx::query(sql).bind(filter.progress.map(CaseStatus::as_str));
    let query = query
        .bind(i64::from(page.size))
        .bind(offset(page))
        .bind(filter.attention.map(Attention::as_str))
        .bind(filter.held_by.as_ref().map(holders))
        .bind(filter.order == CaseOrder::LongestWaiting);
    let query = match sought {
        Some(sought) => query.bind(&sought.text).bind(&sought.address),
        None => query,
    };
    let rows = query.fetch_all(db).await?;
    let first = rows.first().ok_or(Failure::Unexpected("a list without its moment"))?;
    let (now, total) = (first.try_get(0)?, first.try_get::<i64, _>("total")?.unsigned_abs());
    let rows = readable(&rows, case_if_any)?.into_iter().flatten().collect();
    Ok(AsOf { now, value: Page { rows, total } })
}

fn case_if_any(row: &PgRow) -> Result<Option<CaseRow>, Failure> {
    let Some(token) = token_if_any(row)? else { return Ok(None) };
    let recorded = Recorded {
        failed_since: row.try_get("failed_since")?,
        no_dates_since: row.try_get("no_dates_since")?,
        silent_since: row.try_get("silent_since")?,
    };
    let (name, since): (Option<String>, Option<_>) =
        (row.try_get("holder")?, row.try_get("held_since")?);
    let holder = name.zip(since).map(|(name, since)| Holder { name, since });
    Ok(Some(CaseRow::new(token, recorded, holder)))
}
