//! What must be in the database afterwards: everything that somebody was told (I6), each thing once
//! (I1), places that add up (I2), and what follows from each (I4).

use std::collections::BTreeMap;

use sqlx::AssertSqlSafe;
use sqlx::postgres::PgPool;

use super::load::Told;
use crate::stack::database::OURS;
use crate::stack::wait::eventually;

async fn numbers(pool: &PgPool, sql: &str) -> Vec<(i64, i64)> {
    let sql = AssertSqlSafe(sql.replace("our_", OURS));
    sqlx::query_as(sql).fetch_all(pool).await.unwrap()
}

/// Looks at all of it, in the database that leads now.
pub(super) async fn is_kept(pool: &PgPool, told: &Told) {
    let chosen = numbers(
        pool,
        "SELECT case_id, (rebooking->'slot'->>'id')::bigint FROM our_tokens \
         WHERE status = 'used' AND step = 1",
    );
    let chosen: BTreeMap<_, _> = chosen.await.into_iter().collect();
    let lost: Vec<_> =
        told.chosen.iter().filter(|(case, date)| chosen.get(case) != Some(date)).collect();
    assert!(lost.is_empty(), "I6: choices that were acknowledged, and are lost: {lost:?}");

    let declined = numbers(
        pool,
        "SELECT t.case_id, count(*) FROM our_tokens AS t JOIN our_requests AS r \
         ON r.item_id = t.case_id AND r.state = 'declined' GROUP BY t.case_id",
    );
    let declined: BTreeMap<_, _> = declined.await.into_iter().collect();
    let wrong: Vec<_> =
        told.declined.iter().filter(|case| declined.get(case) != Some(&1)).collect();
    assert!(wrong.is_empty(), "I1, I6: declines without one link each: {wrong:?}");

    let broken = numbers(
        pool,
        "SELECT t.case_id, count(DISTINCT r.id) FROM our_tokens AS t \
         LEFT JOIN our_requests AS r ON r.token_case = t.case_id AND r.token_step = t.step \
         LEFT JOIN our_effects AS e ON e.case_id = t.case_id AND e.step = t.step \
             AND e.kind = '\"place_order\"' \
         LEFT JOIN our_audit AS a ON a.number = t.case_id AND a.step = t.step \
             AND a.event = 'chosen' \
         GROUP BY t.case_id, t.step, t.status \
         HAVING count(DISTINCT r.id) <> (t.status = 'used')::int \
             OR count(DISTINCT e.id) <> (t.status = 'used')::int \
             OR count(DISTINCT a.id) <> (t.status = 'used')::int",
    );
    assert_eq!(broken.await, [], "I1, I4: choices that are half there, or there twice");

    let places = numbers(
        pool,
        "SELECT d.id, d.taken::bigint FROM our_dates AS d LEFT JOIN our_requests AS r \
         ON r.date_id = d.id AND r.live GROUP BY d.id, d.taken, d.capacity \
         HAVING d.taken > d.capacity \
             OR d.taken <> coalesce(sum((r.booking->>'participants')::bigint), 0)",
    );
    assert_eq!(places.await, [], "I2: dates whose places do not add up");

    // The worker has found the leader as well. Orders and tickets wait for a shop and a helpdesk.
    eventually("all mails are sent", async || {
        let waiting = "SELECT id, case_id FROM our_effects WHERE over_at IS NULL \
                       AND key LIKE '%-mail-%'";
        numbers(pool, waiting).await.is_empty().then_some(())
    })
    .await;
    let unsaid = numbers(
        pool,
        "SELECT t.case_id, count(e.id) FROM our_tokens AS t JOIN our_requests AS r \
         ON r.item_id = t.case_id AND r.state = 'declined' LEFT JOIN our_effects AS e \
         ON e.case_id = t.case_id AND e.step = t.step AND e.key LIKE '%-mail-%' \
         GROUP BY t.case_id, t.step HAVING count(e.id) <> 1",
    );
    assert_eq!(unsaid.await, [], "I4: declines that no customer was told of");
}
