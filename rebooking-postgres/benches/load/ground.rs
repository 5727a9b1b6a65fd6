//! Where all of it happens: a server of its own with its usual settings, which waits for the disk,
//! and a database full of rows.

use std::sync::Arc;

use rebooking_postgres::testing::{Cluster, Size, fill};
use sqlx::postgres::{PgPool, PgPoolOptions};

use crate::links::{LinkView, Unused, stamp};

pub const COURSES: i64 = 1_000;

pub struct Ground {
    pub cluster: Cluster,
    pub pool: PgPool,
    pub tokens: i64,
    /// A part of the links for each use, so that nobody meets one that is used up.
    pub shown: Arc<LinkView>,
    pub spread: Arc<Unused>,
    pub one_date: Arc<Unused>,
}

impl Ground {
    pub async fn fill(tokens: i64) -> Self {
        let cluster = Cluster::start(&[
            "shared_buffers=1GB",
            "max_connections=120",
            "max_wal_size=4GB",
            "track_functions=pl",
        ])
        .unwrap();
        cluster.migrated_database("load").await.unwrap();
        // As the store's: who looks whether all is done must not take a core for it.
        let url = cluster.url("load") + "?options[enable_seqscan]=off&options[jit]=off";
        let pool = PgPoolOptions::new().max_connections(2).connect(&url).await.unwrap();
        let hot = tokens * 9 / 20;
        let size = Size { tokens, hot, courses: COURSES, requests: tokens / 10, done: tokens };
        fill(&pool, size, stamp).await.unwrap();
        waiting_mails(&pool, tokens / 2).await;
        let (spread, one_date) = (tokens / 10 + 1, tokens - hot + 1);
        Self {
            cluster,
            pool,
            tokens,
            shown: Arc::new(LinkView::new(1..spread)),
            spread: Arc::new(Unused::new(spread..one_date, None)),
            one_date: Arc::new(Unused::new(one_date..tokens + 1, Some(0))),
        }
    }
}

/// Work for those that claim: each of a case of its own.
async fn waiting_mails(pool: &PgPool, count: i64) {
    let sql = "INSERT INTO miomente_partner_portal_rebooking_effects (key, case_id, step, lane, \
               kind, place, created_at) \
        SELECT 'waiting-' || n, 1000000000 + n, 1, 'mail', '{\"mail\": \"declined\"}', 1, now() + \
        n * interval '1 microsecond' \
        FROM generate_series(1, $1) AS n";
    sqlx::query(sql).bind(count).execute(pool).await.unwrap();
    sqlx::query("VACUUM (ANALYZE) miomente_partner_portal_rebooking_effects")
        .execute(pool)
        .await
        .unwrap();
}
