//! What the tests of this crate begin with: a shop with dates and links, on a real database and by
//! its clock.

#![allow(
    dead_code,
    unreachable_pub,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "each test file uses a part of it"
)]

pub mod child;
pub mod lag;
pub mod log;
pub mod portal;

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use rebooking_core::change::{Change, Commit, Guard, TokenWrite};
use rebooking_core::link::{LinkPurpose, LinkSecret};
use rebooking_core::ports::RebookingStore;
use rebooking_core::ports::store::CaseKey;
use rebooking_core::testing::{MemoryMailer, MemoryShop, MemoryTickets, samples};
use rebooking_core::token::RebookingToken;
use rebooking_core::value::course_date::CourseDate;
use rebooking_core::value::ids::{CaseId, CourseDateId};
use rebooking_core::{Policy, Ports, Rebookings};
use rebooking_postgres::PostgresStore;
use sqlx::postgres::{PgPool, PgPoolOptions};

/// The use cases on PostgreSQL, with fakes around them.
pub struct Site {
    pub store: PostgresStore,
    pub mailer: MemoryMailer,
    pub shop: MemoryShop,
    pub tickets: MemoryTickets,
    pub rebookings: Rebookings,
}

/// A pool of eight.
pub async fn pool(url: &str) -> PgPool {
    PgPoolOptions::new().max_connections(8).connect_lazy(url).unwrap()
}

/// The use cases on a store.
pub fn site(store: PostgresStore) -> Site {
    site_with(store, Policy::default())
}

/// The use cases on a store, under a policy.
pub fn site_with(store: PostgresStore, policy: Policy) -> Site {
    let (mailer, shop, tickets) = (MemoryMailer::new(), MemoryShop::new(), MemoryTickets::new());
    let ports = Ports::builder()
        .database(Arc::new(store.clone()))
        .orders(Arc::new(shop.clone()))
        .tickets(Arc::new(tickets.clone()))
        .mailer(Arc::new(mailer.clone()));
    let rebookings = Rebookings::new(ports.build().unwrap(), policy, samples::link_keys()).unwrap();
    Site { store, mailer, shop, tickets, rebookings }
}

/// The same on a database, with connections of its own.
pub async fn site_at(url: &str) -> Site {
    site(PostgresStore::new(pool(url).await))
}

/// The database's moment, in whole seconds.
pub async fn now(store: &PostgresStore) -> DateTime<Utc> {
    let now = store.find(&CaseKey::Id(CaseId::new(0))).await.unwrap().now;
    DateTime::from_timestamp(now.timestamp(), 0).unwrap()
}

/// Dates of the sample course in a week, all of their places free.
pub async fn offer(store: &PostgresStore, dates: &[(i64, u32)]) {
    let starts_at = now(store).await + TimeDelta::days(7);
    let free = |(id, places): &(i64, u32)| CourseDate {
        capacity: *places,
        taken: 0,
        ..samples::course_date(*id, starts_at, *places)
    };
    store.upsert_dates(&dates.iter().map(free).collect::<Vec<_>>()).await.unwrap();
}

/// A link for a party, issued and not used, for the booking of an order item.
pub fn token(item: i64, party: u32, now: DateTime<Utc>) -> RebookingToken {
    let mut booking = samples::booking_of(item);
    booking.slot = samples::slot(90, now + TimeDelta::days(3));
    booking.participants = samples::party(party);
    samples::token(booking.at_list_price(), now)
}

/// Stores links.
pub async fn issue(store: &PostgresStore, tokens: &[RebookingToken]) {
    for some in tokens.chunks(100) {
        let mut change = Change::at(some[0].issued_at());
        change.tokens =
            some.iter().map(|token| TokenWrite::Issue(Box::new(token.clone()))).collect();
        assert_eq!(store.commit(&change).await.unwrap(), Commit::Applied);
    }
}

/// The link of a token.
pub fn link(token: &RebookingToken) -> LinkSecret {
    samples::link_keys().secret(LinkPurpose::Rebook, token.link()).unwrap()
}

/// How many places of a date are taken.
pub async fn taken(store: &PostgresStore, date: i64) -> u32 {
    store.date(CourseDateId::new(date)).await.unwrap().unwrap().value.date.taken
}

/// A number that a query gives.
pub async fn count(pool: &PgPool, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(pool).await.unwrap()
}

/// What must always be true of choices: each is there with its request, its effect, its history and
/// its places, or not at all.
pub async fn assert_whole(pool: &PgPool) {
    let broken: Vec<(i64, String)> = sqlx::query_as(
        "SELECT t.case_id, t.status || ' ' || count(DISTINCT r.id) || ' ' || count(DISTINCT e.id) \
         || ' ' || count(DISTINCT a.id) \
         FROM miomente_partner_portal_rebooking_tokens AS t \
         LEFT JOIN miomente_partner_portal_rebooking_requests AS r ON r.token_case = t.case_id AND \
         r.token_step = t.step \
         LEFT JOIN miomente_partner_portal_rebooking_effects AS e \
             ON e.case_id = t.case_id AND e.step = t.step AND e.kind = '\"place_order\"' \
         LEFT JOIN miomente_partner_portal_rebooking_audit AS a \
             ON a.number = t.case_id AND a.step = t.step AND a.event = 'chosen' \
         GROUP BY t.case_id, t.step, t.status, t.new_confirmation_id \
         HAVING (t.status = 'used')::int <> count(DISTINCT r.id) OR (t.status = 'used')::int <> \
         count(DISTINCT e.id) \
             OR (t.status = 'used')::int <> count(DISTINCT a.id) OR (t.status = 'used') <> \
             (t.new_confirmation_id IS NOT NULL)",
    )
    .fetch_all(pool)
    .await
    .unwrap();
    assert_eq!(broken, [], "choices that are half there: case, status, requests, effects, entries");
    let places: Vec<(i64, i64, i64)> = sqlx::query_as(
        "SELECT d.id, d.taken, coalesce(sum((r.booking->>'participants')::bigint), 0)::bigint AS \
         held \
         FROM miomente_partner_portal_rebooking_dates AS d \
         LEFT JOIN miomente_partner_portal_rebooking_requests AS r ON r.date_id = d.id AND r.live \
         GROUP BY d.id, d.taken HAVING d.taken <> \
         coalesce(sum((r.booking->>'participants')::bigint), 0)",
    )
    .fetch_all(pool)
    .await
    .unwrap();
    assert_eq!(places, [], "dates whose places do not add up: date, taken, held");
}

/// No session of this database sits in an open transaction.
pub async fn assert_nobody_idles_in_a_transaction(pool: &PgPool) {
    let idle = count(
        pool,
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE \
         'idle in transaction%'",
    );
    assert_eq!(idle.await, 0, "sessions that are idle in a transaction");
}

/// Returns when a session of this database waits for another one's lock.
pub async fn until_somebody_waits_for_a_lock(pool: &PgPool) {
    const WAITING: &str = "SELECT count(*) FROM pg_stat_activity WHERE datname = \
                           current_database() AND wait_event_type = 'Lock'";
    while count(pool, WAITING).await == 0 {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
}

/// A store without some guards, by their names.
pub fn weakened(store: PostgresStore, guards: &str) -> PostgresStore {
    let all = [Guard::Token, Guard::Expiry, Guard::Places, Guard::Lease, Guard::Confirmation];
    let off: Vec<Guard> =
        all.into_iter().filter(|guard| guards.contains(&format!("{guard:?}"))).collect();
    store.without(&off)
}
