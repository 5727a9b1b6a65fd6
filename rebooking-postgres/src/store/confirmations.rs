//! Confirmations that are live, and the opening of one.

use rebooking_core::effect::{EffectKind, MailKind, NewEffect};
use rebooking_core::link::StoredLink;
use rebooking_core::ports::AsOf;
use rebooking_core::ports::store::LiveConfirmation;
use rebooking_core::value::booking::Booking;
use rebooking_core::value::ids::{CaseId, ConfirmationId, CourseDateId, PartnerId, TokenRef};
use sqlx::postgres::{PgConnection, PgRow};
use sqlx::types::Json;
use sqlx::{Connection as _, Executor as _, Row as _};

use crate::error::Failure;
use crate::row::{BookingDoc, Place, moment, readable};

pub(crate) const LIVE_ON_DATE: &str = "\
    SELECT now(), r.id, r.partner_id, coalesce(d.withdrawal, ''), r.date_id \
    FROM (SELECT) AS one LEFT JOIN ( \
        SELECT id, partner_id, date_id FROM miomente_partner_portal_rebooking_requests \
        WHERE live AND date_id = $1 ORDER BY id LIMIT $2) AS r ON true \
    LEFT JOIN miomente_partner_portal_rebooking_dates AS d ON d.id = r.date_id ORDER BY r.id";
pub(crate) const LIVE_ON_WITHDRAWN: &str = "\
    SELECT now(), r.id, r.partner_id, coalesce(r.withdrawal, ''), r.date_id \
    FROM (SELECT) AS one LEFT JOIN ( \
        SELECT r.id, r.partner_id, r.date_id, d.withdrawal \
        FROM miomente_partner_portal_rebooking_dates AS d \
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
        withdrawal: Place::new(crate::DATES, row.try_get::<i64, _>(4)?)
            .text("withdrawal", row.try_get(3)?)?,
    }))
}

pub(crate) const LIVE_REQUEST: &str = "SELECT id FROM miomente_partner_portal_rebooking_requests \
    WHERE item_id = $1 AND live AND token_case IS NULL";

/// The same for a booking whose case may have begun. It is one statement, so a decline that closes
/// the request is seen with the link that it issues, or not at all.
const KNOWN_REQUEST: &str = "SELECT id FROM miomente_partner_portal_rebooking_requests \
    WHERE item_id = $1 AND token_case IS NULL AND (live \
        OR EXISTS (SELECT FROM miomente_partner_portal_rebooking_tokens WHERE case_id = $1)) \
    ORDER BY live DESC, id DESC LIMIT 1";

pub(crate) async fn open_confirmation(
    db: &mut PgConnection,
    booking: &Booking,
    number: Option<ConfirmationId>,
) -> Result<ConfirmationId, Failure> {
    // A request that Feature 01 made itself is one whatever came before.
    let known = if number.is_some() { LIVE_REQUEST } else { KNOWN_REQUEST };
    for _ in 0..2 {
        if let Some(id) = known_request(db, known, booking).await? {
            return Ok(id);
        }
        match open(db, booking, number, None).await {
            Ok(id) => return Ok(id),
            Err(error) if is_of_another(&error) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Failure::Unexpected("the request of this booking opens and closes all the time"))
}

/// Whoever opens a request and whoever issues a link for a booking that has none take turns: the
/// later one sees what the earlier one has made. It is held until the transaction ends.
const TURN: &str = "SELECT pg_advisory_xact_lock( \
    hashtextextended('miomente_partner_portal_rebooking_requests', $1))";

/// Begins a turn for an item; what follows in the same transaction sees all that was committed
/// before.
pub(crate) async fn take_turn(db: &mut PgConnection, item: i64) -> Result<(), Failure> {
    sqlx::query(TURN).bind(item).execute(db).await?;
    Ok(())
}

/// Whether the original booking of an item has a live request.
pub(crate) async fn is_live(db: &mut PgConnection, item: i64) -> Result<bool, Failure> {
    let live: Option<i64> = sqlx::query_scalar(LIVE_REQUEST).bind(item).fetch_optional(db).await?;
    Ok(live.is_some())
}

/// The newest link of a case, locked: whoever uses it waits, or has done so.
const NEWEST: &str = "SELECT step, status = 'active' AND cause IN ('by_hand', 'replaced') \
        AND original_confirmation_id IS NULL \
    FROM miomente_partner_portal_rebooking_tokens WHERE case_id = $1 \
    ORDER BY step DESC LIMIT 1 FOR UPDATE";

const HOLD: &str = "UPDATE miomente_partner_portal_rebooking_tokens \
    SET (original_confirmation_id, holds_confirmation_id, version) = ($3, $3, version + 1) \
    WHERE case_id = $1 AND step = $2";

pub(crate) async fn ask_for_confirmation(
    db: &mut PgConnection,
    booking: &Booking,
    answer: &StoredLink,
) -> Result<Option<ConfirmationId>, Failure> {
    for _ in 0..2 {
        match ask_in_turn(db, booking, answer).await {
            // Opened by a host that takes no turns: the next look finds it.
            Err(Failure::Database(error)) if is_of_another(&error) => {}
            asked => return asked,
        }
    }
    Err(Failure::Unexpected("the request of this booking opens and closes all the time"))
}

async fn ask_in_turn(
    db: &mut PgConnection,
    booking: &Booking,
    answer: &StoredLink,
) -> Result<Option<ConfirmationId>, Failure> {
    let mut all = db.begin().await?;
    let asked = ask(&mut all, booking, answer).await;
    // Never left to the drop, which would end the turn some time later.
    match asked {
        Ok(_) => all.commit().await?,
        Err(_) => drop(all.rollback().await),
    }
    asked
}

async fn ask(
    db: &mut PgConnection,
    booking: &Booking,
    answer: &StoredLink,
) -> Result<Option<ConfirmationId>, Failure> {
    let item = booking.item.value();
    // A host may have set another isolation: then the turn would not show what came before it.
    db.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED").await?;
    take_turn(db, item).await?;
    if let Some(id) = known_request(db, KNOWN_REQUEST, booking).await? {
        return Ok(Some(id));
    }
    let newest: Option<(i64, bool)> =
        sqlx::query_as(NEWEST).bind(item).fetch_optional(&mut *db).await?;
    if let Some((_, false)) = newest {
        return Ok(None);
    }
    let id = open(db, booking, None, Some(answer)).await?;
    if let Some((step, true)) = newest {
        sqlx::query(HOLD).bind(item).bind(step).bind(id.value()).execute(db).await?;
    }
    Ok(Some(id))
}

async fn known_request(
    db: &mut PgConnection,
    sql: &'static str,
    booking: &Booking,
) -> Result<Option<ConfirmationId>, Failure> {
    let known: Option<i64> =
        sqlx::query_scalar(sql).bind(booking.item.value()).fetch_optional(db).await?;
    Ok(known.map(ConfirmationId::new))
}

/// Two at once: the one that loses finds what the other has made. It fails on purpose (no `ON
/// CONFLICT DO NOTHING`), as only that takes back what a trigger has written into Feature 01's
/// table for it. What was bought in the shop counts as taken already: the trigger
/// `counting_what_was_bought` sees to that, for servers of every version.
const OPEN: &str = "WITH opened AS ( \
        INSERT INTO miomente_partner_portal_rebooking_requests \
            (id, order_id, item_id, date_id, partner_id, state, booking, \
             answer_key, answer_nonce, answer_digest) \
        VALUES ($1, $2, $3, $4, $5, 'pending', $6, $7, $8, $9) RETURNING id, item_id), \
    asked AS (INSERT INTO miomente_partner_portal_rebooking_effects \
            (key, case_id, step, lane, kind, place) \
        SELECT $10, item_id, 0, $11, $12, 1 FROM opened WHERE $9 IS NOT NULL \
        ON CONFLICT (key) DO NOTHING) \
    SELECT id FROM opened";

async fn open(
    db: &mut PgConnection,
    booking: &Booking,
    number: Option<ConfirmationId>,
    answer: Option<&StoredLink>,
) -> Result<ConfirmationId, sqlx::Error> {
    let about = TokenRef::booking(CaseId::from(booking.item));
    let mail = NewEffect::once(about, EffectKind::Mail(MailKind::BookingRequest));
    let opened: i64 = sqlx::query_scalar(OPEN)
        .bind(number.map(ConfirmationId::value))
        .bind(booking.order.value())
        .bind(booking.item.value())
        .bind(booking.slot.id.value())
        .bind(booking.partner.id.value())
        .bind(Json(BookingDoc::from(booking)))
        .bind(answer.map(|answer| i64::from(answer.key.0)))
        .bind(answer.map(|answer| answer.nonce.0.as_slice()))
        .bind(answer.map(|answer| answer.digest.as_str()))
        .bind(mail.key.as_str())
        .bind(mail.kind.lane().as_str())
        .bind(Json(mail.kind))
        .fetch_one(db)
        .await?;
    Ok(ConfirmationId::new(opened))
}

/// Whether a request was not opened because one of the same booking is live.
fn is_of_another(error: &sqlx::Error) -> bool {
    let constraint = error.as_database_error().and_then(sqlx::error::DatabaseError::constraint);
    constraint == Some("rebooking_requests_one_an_item")
}
