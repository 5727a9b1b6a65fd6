//! The state of a case that use cases decide on, with the database's own moment.
//!
//! Where one look takes two statements, confirmations are read before tokens: what happens in
//! between is then seen twice, and fails a guard of what is decided on it, and never missed in
//! both.

use chrono::{DateTime, Utc};
use rebooking_core::ports::AsOf;
use rebooking_core::ports::store::{CaseKey, CaseState, ConfirmationKey, OrderState};
use rebooking_core::token::RebookingToken;
use rebooking_core::value::ids::{CaseId, OrderId, OrderItemId};
use sqlx::postgres::{PgConnection, PgRow};

use crate::columns::{confirmation_columns, token_columns};
use crate::conditions::newest;
use crate::error::Failure;
use crate::row::{Place, confirmation_of, moment, readable, token_if_any};

/// Whether support has called the rebooking off, or its customer has exchanged it: then its order
/// carries nothing any more.
macro_rules! called_off {
    () => {
        "(t.rebooking_state = 'cancelled' \
            AND t.rebooking->>'cancelled' IN ('support', 'superseded')) "
    };
}

pub(crate) const TOKENS_OF_ORDER: &str = concat!(
    "SELECT now(), ",
    token_columns!(),
    "FROM (SELECT) AS one LEFT JOIN miomente_partner_portal_rebooking_tokens AS t \
     ON (t.new_order_id = $1 AND NOT ",
    called_off!(),
    "OR t.original_order_id = $1 AND (t.new_order_id IS NULL OR ",
    called_off!(),
    ")) AND ",
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
        (SELECT 0 AS rank, t.case_id, t.created_at \
         FROM miomente_partner_portal_rebooking_tokens AS t \
         WHERE t.case_id = $1 ORDER BY t.step DESC LIMIT 1) \
        UNION ALL (SELECT 1, t.case_id, t.created_at \
         FROM miomente_partner_portal_rebooking_tokens AS t \
         WHERE t.original_order_item_id = $1 AND t.original_order_item_id <> t.case_id AND ",
    newest!(),
    ") UNION ALL (SELECT 1, t.case_id, t.created_at \
         FROM miomente_partner_portal_rebooking_tokens AS t \
         WHERE t.new_order_item_id = $1 AND ",
    newest!(),
    ")) AS found ORDER BY rank, created_at DESC, case_id DESC LIMIT 1) AS found ON true \
     LEFT JOIN miomente_partner_portal_rebooking_tokens AS t ON t.case_id = found.case_id \
     ORDER BY t.step"
);

pub(crate) const REQUEST_OF_ITEM: &str = concat!(
    "SELECT ",
    confirmation_columns!(),
    "FROM miomente_partner_portal_rebooking_requests AS r WHERE r.live AND r.id IN ( \
     SELECT id FROM miomente_partner_portal_rebooking_requests WHERE item_id = $1 AND live \
     UNION SELECT id FROM miomente_partner_portal_rebooking_requests \
         WHERE token_case = $1 AND live) \
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
    "FROM (SELECT) AS one \
     LEFT JOIN miomente_partner_portal_rebooking_tokens AS t ON t.case_id = $1 \
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
                // It would be taken for an original booking, were its own token left out.
                let known = tokens.value.iter().any(|one| one.id() == token);
                if !known {
                    return Err(place.bad("token_case", "no such token").into());
                }
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
    tokens_by_step(&sqlx::query(TOKENS_OF_CASE).bind(case.value()).fetch_all(db).await?)
}

async fn tokens_of_item(
    db: &mut PgConnection,
    item: OrderItemId,
) -> Result<AsOf<Vec<RebookingToken>>, Failure> {
    tokens_by_step(&sqlx::query(TOKENS_OF_ITEM).bind(item.value()).fetch_all(db).await?)
}

/// Of one case: a row that makes no sense hides none of the others, unless it is the newest one, by
/// which everything is decided.
fn tokens_by_step(rows: &[PgRow]) -> Result<AsOf<Vec<RebookingToken>>, Failure> {
    if let Some(newest) = rows.last() {
        token_if_any(newest)?;
    }
    let tokens = readable(rows, token_if_any)?.into_iter().flatten().collect();
    Ok(AsOf { now: moment(rows)?, value: tokens })
}

fn tokens_of(rows: &[PgRow]) -> Result<AsOf<Vec<RebookingToken>>, Failure> {
    let tokens = rows.iter().filter_map(|row| token_if_any(row).transpose());
    Ok(AsOf { now: moment(rows)?, value: tokens.collect::<Result<_, _>>()? })
}

async fn now(db: &mut PgConnection) -> Result<DateTime<Utc>, Failure> {
    Ok(sqlx::query_scalar("SELECT now()").fetch_one(db).await?)
}
