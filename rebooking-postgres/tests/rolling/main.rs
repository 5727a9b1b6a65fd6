//! Servers of 0.1 go on while the database is migrated, and after that: what they write is as if a
//! newer one had written it. Their statements stand beside, as they were recorded from 0.1.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "in a test a panic is the report"
)]

#[path = "../common/mod.rs"]
mod common;
mod later;
mod old;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::TimeDelta;
use common::{count, link, offer, site_with};
use old::{OldServer, STAGES, Stage};
use rebooking_core::policy::OrderStrategy;
use rebooking_core::ports::store::{CaseKey, ConfirmationKey};
use rebooking_core::ports::{DateImports as _, Import, Places, RebookingStore, ScheduledDate};
use rebooking_core::service::{Decline, OrderEvent};
use rebooking_core::testing::samples;
use rebooking_core::token::RebookingToken;
use rebooking_core::value::booking::{Booking, Venue};
use rebooking_core::value::ids::{CaseId, CourseDateId, OrderId, OrderItemId};
use rebooking_core::{Policy, Rebookings};
use rebooking_postgres::testing::{Size, TestDatabase, fill};
use rebooking_postgres::{PostgresStore, migrate, migrations_sql};
use sqlx::postgres::PgPool;
use sqlx::{AssertSqlSafe, Executor as _};

const STRATEGIES: [OrderStrategy; 2] = [OrderStrategy::KeepOrder, OrderStrategy::LinkedOrder];

/// What tables say of a case, request by request: step, state, whether the stock carries it and
/// since a moment, and what is paid for it.
type Requests = Vec<(Option<i64>, String, bool, bool, i64, Option<String>)>;

async fn requests(pool: &PgPool, item: i64) -> Requests {
    sqlx::query_as(
        "SELECT r.token_step, r.state, r.in_stock, r.in_stock_since IS NOT NULL, \
             coalesce((r.booking#>>'{paid,minor}')::bigint, (r.booking#>>'{unit_price,minor}')\
                 ::bigint * (r.booking->>'participants')::bigint), \
             r.booking#>>'{course,venue,name}' \
         FROM miomente_partner_portal_rebooking_requests AS r \
         WHERE r.token_case = $1 OR r.item_id = $1 AND r.token_case IS NULL ORDER BY r.id",
    )
    .bind(item)
    .fetch_all(pool)
    .await
    .unwrap()
}

/// What a newer server reads of the links of a case that the two write differently: sums and
/// places.
async fn links(store: &PostgresStore, item: i64) -> Vec<impl PartialEq + std::fmt::Debug> {
    let case = store.find(&CaseKey::Id(CaseId::new(item))).await.unwrap().value;
    let of = |token: &RebookingToken| {
        let (booking, rebooking) = (token.booking(), token.rebooking());
        let after = rebooking.map(|moved| (moved.paid, moved.list_total, moved.course.clone()));
        let state = rebooking.map(|moved| moved.state);
        (booking.paid, booking.course.clone(), after, state)
    };
    case.tokens.iter().map(of).collect()
}

/// Three places for 250.00, at the shop's own place; or as 0.1 knew it.
fn booking(item: i64, discounted: bool) -> Booking {
    let mut booking = samples::booking_of(item);
    booking.participants = samples::party(3);
    booking.slot = samples::slot(90, samples::now() + TimeDelta::days(40_000));
    booking.paid = booking.unit_price.times(3);
    if discounted {
        booking.paid = samples::euros(25_000);
        booking.course = booking.course.at(Venue::new("Kochschule", "Weg 1, 10115 Berlin"));
    }
    booking
}

fn policy(strategy: OrderStrategy) -> Policy {
    Policy { orders: strategy, order_wait: TimeDelta::zero(), ..Policy::default() }
}

/// What an old server did at a stage, done by a newer one.
async fn newer(rebookings: &Rebookings, store: &PostgresStore, item: i64, stage: Stage) {
    let newest = async || {
        let case = store.find(&CaseKey::Id(CaseId::new(item))).await.unwrap();
        case.value.into_newest().unwrap()
    };
    match stage {
        Stage::Decline => {
            let asked = store.find(&CaseKey::Item(OrderItemId::new(item))).await.unwrap();
            let asked = ConfirmationKey::Id(asked.value.confirmation.unwrap().id);
            rebookings.decline_unchecked(&asked, &Decline::default()).await.unwrap();
        }
        Stage::Choose => {
            let choice = samples::choice(CourseDateId::new(1));
            rebookings.customer(&link(&newest().await)).choose(&choice).await.unwrap();
        }
        Stage::Deliver => {
            rebookings.deliver_lane(rebooking_core::effect::Lane::Orders).await.unwrap();
        }
        Stage::DeclineAgain => {
            let asked = newest().await.rebooking().unwrap().confirmation.unwrap();
            let asked = ConfirmationKey::Id(asked);
            rebookings.decline_unchecked(&asked, &Decline::default()).await.unwrap();
        }
        Stage::Cancelled => {
            let order = newest().await.current_order();
            rebookings.order_changed(order, OrderEvent::Cancelled).await.unwrap();
        }
    }
}

#[tokio::test]
async fn what_an_old_server_writes_is_as_if_a_newer_one_had_written_it() {
    for (strategy, discounted) in STRATEGIES.into_iter().flat_map(|s| [(s, false), (s, true)]) {
        let pool = TestDatabase::migrated().await.unwrap().pool().await.unwrap();
        let store = PostgresStore::new(pool.clone());
        let site = site_with(store.clone(), policy(strategy));
        offer(&store, &[(90, 1_000), (1, 1_000)]).await;
        let (by_new, by_old) = (600_001, 600_002);
        for item in [by_new, by_old] {
            store.open_confirmation(&booking(item, discounted)).await.unwrap();
        }
        let old = OldServer::connect(&pool, strategy).await;
        for stage in STAGES {
            old.carry_out(stage, by_old).await.unwrap();
            newer(&site.rebookings, &store, by_new, stage).await;
            let at = format!("{strategy:?}, discounted: {discounted}, {stage:?}");
            let [new, told] = [requests(&pool, by_new).await, requests(&pool, by_old).await];
            assert_eq!(told, new, "requests: {at}");
            let [new, told] = [links(&store, by_new).await, links(&store, by_old).await];
            assert_eq!(told, new, "links: {at}");
        }
    }
}

#[tokio::test]
async fn what_an_old_server_opens_and_withdraws_is_counted_as_a_newer_one_counts() {
    let pool = TestDatabase::migrated().await.unwrap().pool().await.unwrap();
    let store = PostgresStore::new(pool.clone());
    let site = site_with(store.clone(), policy(OrderStrategy::KeepOrder));
    free_there(&store, 90, 20, true).await;
    let old = OldServer::connect(&pool, OrderStrategy::KeepOrder).await;
    let figures = "SELECT capacity * 1000 + taken FROM miomente_partner_portal_rebooking_dates";
    old.open(600_002).await.unwrap();
    assert_eq!(count(&pool, figures).await, 23_003, "as if it were in the figures of the shop");
    store.open_confirmation(&booking(600_001, false)).await.unwrap();
    assert_eq!(count(&pool, figures).await, 26_006);
    old.withdraw(600_002).await.unwrap();
    let order = booking(600_001, false).order;
    site.rebookings.order_changed(order, OrderEvent::Cancelled).await.unwrap();
    let [new, told] = [requests(&pool, 600_001).await, requests(&pool, 600_002).await];
    assert_eq!(told, new);
    assert_eq!(count(&pool, figures).await, 26_000);
}

/// What a shop says that counts its own reservations.
async fn free_there(store: &PostgresStore, id: i64, free: u32, offered: bool) {
    let now = common::now(store).await;
    let mut date = samples::course_date(id, now + TimeDelta::days(7), free);
    (date.capacity, date.taken) = (free, 0);
    let dates = vec![ScheduledDate { date, places: Places::FreeThere, offered }];
    let import = Import { course: samples::course().id, began: now, dates };
    let _ = store.import(&import).await.unwrap();
}

#[tokio::test]
async fn an_old_server_sells_nothing_of_a_date_that_the_shop_hides() {
    let pool = TestDatabase::migrated().await.unwrap().pool().await.unwrap();
    let store = PostgresStore::new(pool.clone());
    free_there(&store, 1, 20, true).await;
    let old = OldServer::connect(&pool, OrderStrategy::KeepOrder).await;
    for item in [600_001, 600_002] {
        old.open(item).await.unwrap();
        old.carry_out(Stage::Decline, item).await.unwrap();
    }
    old.carry_out(Stage::Choose, 600_001).await.unwrap();
    free_there(&store, 1, 20, false).await;
    let refused = old.carry_out(Stage::Choose, 600_002).await.unwrap_err();
    assert_eq!(refused.as_database_error().unwrap().message(), "places");
    free_there(&store, 1, 20, true).await;
    old.carry_out(Stage::Choose, 600_002).await.unwrap();
}

/// A database as 0.1 made it.
async fn of_0_1() -> PgPool {
    let pool = TestDatabase::empty().await.unwrap().pool().await.unwrap();
    let known = migrations_sql().split("-- partners\n").next().unwrap().to_owned();
    assert!(known.contains("-- worklist\n") && !known.contains("in_stock"));
    pool.execute(AssertSqlSafe(known)).await.unwrap();
    const DATES: &str = "INSERT INTO miomente_partner_portal_rebooking_dates \
            (id, course_id, course_sku, course_name, starts_at, ends_at, zone, capacity, price, \
             currency) \
        SELECT id, 40, 'SUSHI', 'Sushi-Kurs', now() + interval '7 days', now() + interval '8 days',\
             'Europe/Berlin', 100000, 8900, 'EUR' FROM unnest(ARRAY[90, 1]) AS id";
    pool.execute(DATES).await.unwrap();
    pool
}

/// With little memory PostgreSQL does not remember all links, and would read them for each request.
#[tokio::test]
async fn a_large_database_of_0_1_is_migrated_without_reading_all_links_for_each_request() {
    const ROWS: i64 = 10_000;
    const READ: &str = "SELECT seq_tup_read FROM pg_stat_xact_user_tables \
        WHERE relname = 'miomente_partner_portal_rebooking_tokens'";
    let pool = of_0_1().await;
    let size = Size { tokens: ROWS, hot: 0, courses: 10, requests: ROWS, done: 0 };
    fill(&pool, size, |item| {
        samples::token(samples::booking_of(item), samples::now()).link().clone()
    })
    .await
    .unwrap();
    let linked = "UPDATE miomente_partner_portal_rebooking_tokens \
        SET new_order_item_id = original_order_item_id + 1000000; ANALYZE";
    pool.execute(linked).await.unwrap();
    let newer = migrations_sql().split_once("-- partners\n").unwrap().1.to_owned();
    let mut all = pool.begin().await.unwrap();
    all.execute("SET LOCAL work_mem = '64kB'").await.unwrap();
    all.execute(AssertSqlSafe(newer)).await.unwrap();
    let read: i64 = sqlx::query_scalar(READ).fetch_one(&mut *all).await.unwrap();
    assert!(read < 100 * ROWS, "{read} links were read");
    all.commit().await.unwrap();
    const LEFT: &str = "SELECT count(*) FROM pg_indexes WHERE indexname LIKE '%before_0007'";
    assert_eq!(count(&pool, LEFT).await, 0, "the index was for once");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_of_0_1_is_migrated_while_two_of_its_servers_write() {
    let pool = of_0_1().await;
    let over = Arc::new(AtomicBool::new(false));
    let servers = STRATEGIES.into_iter().zip([610_000, 620_000]).map(|(strategy, first)| {
        let (pool, over) = (pool.clone(), over.clone());
        tokio::spawn(async move {
            let old = OldServer::connect(&pool, strategy).await;
            let mut after = 0;
            // Some cases from before, some on the way, and whole ones afterwards.
            for item in first.. {
                let is_over = over.load(Ordering::Relaxed);
                old.open(item).await.unwrap();
                for stage in &STAGES[..3] {
                    old.carry_out(*stage, item).await.unwrap();
                }
                after += i64::from(is_over);
                if after == 3 {
                    return item - first + 1;
                }
            }
            0
        })
    });
    let servers: Vec<_> = servers.collect();
    const CASES: &str =
        "SELECT count(*) FROM miomente_partner_portal_rebooking_tokens WHERE status = 'used'";
    while count(&pool, CASES).await < 6 {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    migrate(&pool, None).await.unwrap();
    over.store(true, Ordering::Relaxed);
    let cases = futures_util::future::try_join_all(servers).await.unwrap();

    let store = PostgresStore::new(pool.clone());
    store.ready().await.unwrap();
    let rebooked = [count(&pool, CASES).await, cases.iter().sum()];
    assert_eq!(rebooked[0], rebooked[1]);
    // An order that stays reserves nothing, a linked one does, and what it replaces may be closed.
    type InStock = (String, bool, bool, i64);
    let carried: Vec<InStock> = sqlx::query_as(
        "SELECT t.rebooking->>'strategy', r.token_case IS NULL, r.in_stock, count(*) \
         FROM miomente_partner_portal_rebooking_requests AS r \
         JOIN miomente_partner_portal_rebooking_tokens AS t \
             ON t.case_id = coalesce(r.token_case, r.item_id) GROUP BY 1, 2, 3 ORDER BY 1, 2",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    let [keep, linked] = [cases[0], cases[1]];
    let expected = [
        ("keep_order".to_owned(), false, false, keep),
        ("keep_order".to_owned(), true, true, keep),
        ("linked_order".to_owned(), false, true, linked),
        ("linked_order".to_owned(), true, false, linked),
    ];
    assert_eq!(carried, expected);
    for item in [610_000, 620_000] {
        let case = store.find(&CaseKey::Id(CaseId::new(item))).await.unwrap().value;
        let token = case.newest().unwrap();
        assert_eq!(token.booking().paid, samples::euros(26_700));
        assert_eq!(token.rebooking().unwrap().paid, samples::euros(26_700));
    }
}

/// The ids that the recorded statements are about are told apart in a replay.
#[test]
fn orders_of_a_case_are_its_own() {
    assert_eq!(booking(600_001, false).order, OrderId::new(610_001));
}
