//! What a host would write with sqlx alone: a pool, the rows of a page, and their values as they
//! stand in the columns.

use std::sync::Arc;
use std::time::Duration;

use rebooking_postgres::testing::SHOW;
use sqlx::Row as _;
use sqlx::postgres::{PgPool, PgPoolOptions};

use crate::ground::Ground;
use crate::links::LinkView;
use crate::sample::{Sample, measure};

const TOKEN: &str = "SELECT * FROM miomente_partner_portal_rebooking_tokens WHERE token = $1";
const DATES: &str = "SELECT * FROM miomente_partner_portal_rebooking_dates WHERE course_id = $1 \
                     AND ends_at > now()";

pub struct Bare {
    clients: usize,
    pool: PgPool,
}

impl Bare {
    pub fn new(ground: &Ground, clients: usize) -> Self {
        let options = PgPoolOptions::new().max_connections(u32::try_from(clients).unwrap());
        let pool =
            options.test_before_acquire(false).connect_lazy(&ground.cluster.url("load")).unwrap();
        Self { clients, pool }
    }

    /// The statement of our own *show*; nothing is made of its row.
    pub async fn one_statement(&self, links: &Arc<LinkView>, time: Duration) -> Sample {
        let (pool, links) = (self.pool.clone(), Arc::clone(links));
        let show = measure(self.clients, time, move || {
            let (pool, links) = (pool.clone(), Arc::clone(&links));
            async move {
                let row =
                    sqlx::query(SHOW).bind(links.next().1.as_str()).fetch_one(&pool).await.unwrap();
                assert!(row.len() > 50);
            }
        });
        show.await
    }

    /// The straightforward two; nothing is made of their rows but what the second needs of the
    /// first.
    pub async fn two_statements(&self, links: &Arc<LinkView>, time: Duration) -> Sample {
        let (pool, links) = (self.pool.clone(), Arc::clone(links));
        let show = measure(self.clients, time, move || {
            let (pool, links) = (pool.clone(), Arc::clone(&links));
            async move {
                let mut connection = pool.acquire().await.unwrap();
                let token = sqlx::query(TOKEN).bind(links.next().1.as_str());
                let token = token.fetch_one(&mut *connection).await.unwrap();
                let course: i64 = token.get("course_product_id");
                let dates =
                    sqlx::query(DATES).bind(course).fetch_all(&mut *connection).await.unwrap();
                assert_eq!(dates.len(), 10);
            }
        });
        show.await
    }

    pub async fn close(self) {
        self.pool.close().await;
    }
}
