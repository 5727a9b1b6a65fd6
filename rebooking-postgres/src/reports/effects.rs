//! The list of effects for support.

use rebooking_core::effect::{Effect, EffectStatus};
use rebooking_core::ports::reports::{Page, PageRequest};
use sqlx::postgres::PgConnection;

use super::offset::offset;
use crate::columns::effect_columns;
use crate::error::Failure;
use crate::row::{effect_of, readable};

pub(crate) async fn effects(
    db: &mut PgConnection,
    status: Option<EffectStatus>,
    page: PageRequest,
) -> Result<Page<Effect>, Failure> {
    macro_rules! listed {
        ($what:expr, $which:literal, $rest:literal) => {
            concat!(
                "SELECT ",
                $what,
                "FROM miomente_partner_portal_rebooking_effects AS e \
                 WHERE ($1::text IS NULL OR e.state = $1) ",
                $which,
                $rest
            )
        };
    }
    // What is open or dead is little among much that is done.
    macro_rules! of_state {
        ($what:expr, $rest:literal) => {
            match status {
                Some(EffectStatus::Dead) => listed!($what, "AND e.dead ", $rest),
                Some(EffectStatus::Waiting | EffectStatus::Leased) => {
                    listed!($what, "AND e.over_at IS NULL AND e.step >= 0 ", $rest)
                }
                Some(EffectStatus::Done | EffectStatus::Skipped) | None => {
                    listed!($what, "", $rest)
                }
            }
        };
    }
    let state = status.map(EffectStatus::as_str);
    let total: i64 =
        sqlx::query_scalar(of_state!("count(*) ", "")).bind(state).fetch_one(&mut *db).await?;
    let query = sqlx::query(of_state!(effect_columns!(), "ORDER BY e.id DESC LIMIT $2 OFFSET $3"));
    let query = query.bind(state).bind(i64::from(page.size)).bind(offset(page));
    let rows = readable(&query.fetch_all(db).await?, effect_of)?;
    Ok(Page { rows, total: total.unsigned_abs() })
}
