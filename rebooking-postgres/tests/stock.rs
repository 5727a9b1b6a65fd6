//! The core's play of places that a shop and our store count both, on a real database.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "in a test a panic is the report"
)]

use std::sync::Arc;

use async_trait::async_trait;
use rebooking_core::policy::OrderStrategy::{self, KeepOrder, LinkedOrder};
use rebooking_core::ports::{Ports, PortsBuilder};
use rebooking_core::testing::stock::{Step, StockFault, StockStage, play};
use rebooking_postgres::PostgresStore;
use rebooking_postgres::testing::TestDatabase;
use sqlx::Executor as _;
use sqlx::postgres::PgPool;

struct Stage(PgPool);

#[async_trait]
impl StockStage for Stage {
    fn ports(&self) -> PortsBuilder {
        let store = Arc::new(PostgresStore::new(self.0.clone()));
        Ports::builder().database(store.clone()).imports(store)
    }

    async fn let_time_pass(&self) {
        const DUE: &str = "UPDATE miomente_partner_portal_rebooking_effects \
            SET due_at = clock_timestamp() WHERE state = 'waiting'";
        self.0.execute(DUE).await.unwrap();
    }
}

/// Steps that follow from a number: the same ones each time.
fn steps(play: u64) -> Vec<Step> {
    let mut state = play;
    let mut next = || {
        // Knuth's generator; its upper bits are the good ones.
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u16::try_from(state >> 48).unwrap()
    };
    (0..30).map(|_| Step::numbered(next())).collect()
}

/// What was broken in the first of the plays in which something was.
async fn search(strategy: OrderStrategy, fault: Option<StockFault>, plays: u64) -> Option<String> {
    for number in 0..plays {
        let database = TestDatabase::migrated().await.unwrap();
        let stage = Stage(database.pool().await.unwrap());
        let steps = steps(number);
        if let Err(broken) = play(&stage, strategy, fault, &steps).await {
            return Some(format!("{broken} in {steps:#?}"));
        }
        stage.0.close().await;
    }
    None
}

/// More of them with `REBOOKING_PLAYS`.
async fn holds(strategy: OrderStrategy) {
    let plays = std::env::var("REBOOKING_PLAYS").map_or(25, |plays| plays.parse().unwrap());
    assert_eq!(search(strategy, None, plays).await, None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn with_orders_that_are_kept_nothing_is_oversold_lost_or_counted_twice() {
    holds(KeepOrder).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn with_linked_orders_nothing_is_oversold_lost_or_counted_twice() {
    holds(LinkedOrder).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_order_that_is_called_off_and_not_undone_is_found() {
    let found = search(LinkedOrder, Some(StockFault::NotUndone), 200).await;
    assert!(found.is_some_and(|broken| broken.contains("still carries")));
}
