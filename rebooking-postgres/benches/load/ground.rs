//! Where all of it happens: a server of its own with its usual settings, which waits for the disk,
//! and a database full of rows.

use std::sync::Arc;
use std::time::Duration;

use rebooking_postgres::testing::{Cluster, Size, fill, fill_dates};
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
    /// With `waiting` mails, each of a case of its own, for those that claim.
    pub async fn fill(tokens: i64, waiting: i64) -> Self {
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
        waiting_mails(&pool, waiting).await;
        until_quiet(&pool).await;
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

    /// Puts the dates back that the demo's own, of the same numbers, have been written over.
    #[allow(dead_code, reason = "the benchmark of the whole server alone needs it")]
    pub async fn restore_dates(&self) {
        const DEMO: &str =
            "DELETE FROM miomente_partner_portal_rebooking_dates WHERE course_sku <> 'SUSHI'";
        let mut connection = self.pool.acquire().await.unwrap();
        sqlx::query(DEMO).execute(&mut *connection).await.unwrap();
        fill_dates(&mut connection, COURSES).await.unwrap();
    }
}

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

/// So many rows keep PostgreSQL busy for a while after they are there, at the expense of what is
/// measured first: the disk gets them, and autovacuum looks at them.
async fn until_quiet(pool: &PgPool) {
    const BUSY: &str = "SELECT EXISTS (SELECT FROM pg_stat_activity \
        WHERE backend_type = 'autovacuum worker')";
    sqlx::query("CHECKPOINT").execute(pool).await.unwrap();
    let mut quiet = 0;
    while quiet < 5 {
        let busy: bool = sqlx::query_scalar(BUSY).fetch_one(pool).await.unwrap();
        quiet = if busy { 0 } else { quiet + 1 };
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}
