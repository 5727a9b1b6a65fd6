//! An address with several hosts, of which one at a time can be written: on PostgreSQL servers that
//! say of themselves that they cannot.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "in a test a panic is the report")]

mod common;

use std::time::Duration;

use rebooking_core::ports::{PortError, RebookingStore as _};
use rebooking_core::testing::samples;
use rebooking_postgres::testing::{Cluster, Shutdown};
use rebooking_postgres::{HostState, PostgresStore, Settings, connect, look_at_hosts};
use sqlx::Executor as _;
use sqlx::postgres::PgPool;

const WRITTEN: &str = "SELECT count(*) FROM miomente_partner_portal_booking_confirmations";

/// Two servers with our tables, an address that names both, and a way to each alone.
async fn two() -> ([Cluster; 2], String, [PgPool; 2]) {
    let servers = [Cluster::of_its_own().unwrap(), Cluster::of_its_own().unwrap()];
    for server in &servers {
        server.migrated_database("shop").await.unwrap();
    }
    let [first, second] = servers.each_ref().map(Cluster::port);
    let url = format!(
        "postgres://rebooking@127.0.0.1:{first},127.0.0.1:{second}/shop\
         ?target_session_attrs=read-write"
    );
    let alone =
        [common::pool(&servers[0].url("shop")).await, common::pool(&servers[1].url("shop")).await];
    (servers, url, alone)
}

/// Whether a server can be written from now on.
async fn is_leader(server: &PgPool, leads: bool) {
    let read_only = if leads { "off" } else { "on" };
    // This is carried out even where nothing else may be written.
    let sql = format!("ALTER SYSTEM SET default_transaction_read_only = {read_only}");
    server.execute(sqlx::AssertSqlSafe(sql)).await.unwrap();
    server.execute("SELECT pg_reload_conf()").await.unwrap();
    let said = "SELECT (current_setting('default_transaction_read_only') = 'off')::int::bigint";
    while common::count(server, said).await != i64::from(leads) {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// Asks until it is done; how often it was told to come back.
async fn written(store: &PostgresStore, item: i64) -> u32 {
    let mut refused = 0;
    loop {
        match store.open_confirmation(&samples::booking_of(item)).await {
            Err(PortError::Transient(_) | PortError::Unknown(_)) if refused < 5 => refused += 1,
            answer => {
                answer.unwrap();
                return refused;
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_store_and_the_pool_follow_the_leader_among_the_hosts_of_an_address() {
    let (servers, url, alone) = two().await;
    is_leader(&alone[0], false).await;
    let pool = connect(&url, &Settings::default()).await.unwrap();
    let store = PostgresStore::with(&pool, Settings::default());
    assert_eq!(written(&store, 7001).await, 0, "a standby is never written to");

    is_leader(&alone[1], false).await;
    is_leader(&alone[0], true).await;
    written(&store, 7002).await;
    assert_eq!(pool.connect_options().get_port(), servers[0].port());

    is_leader(&alone[1], true).await;
    servers[0].down(Shutdown::Immediate).unwrap();
    written(&store, 7003).await;
    assert_eq!(pool.connect_options().get_port(), servers[1].port());
    servers[0].up().unwrap();
    let counted =
        [common::count(&alone[0], WRITTEN).await, common::count(&alone[1], WRITTEN).await];
    assert_eq!(counted, [1, 2], "each was written where the leader was");
}

#[tokio::test]
async fn each_host_says_what_it_is_and_an_address_without_a_leader_leads_nowhere() {
    let (servers, url, alone) = two().await;
    let settings = Settings { connect_within: Duration::from_secs(1), ..Settings::default() };
    is_leader(&alone[1], false).await;
    let states = async || {
        let hosts = look_at_hosts(&url, &settings).await.unwrap();
        hosts.into_iter().map(|(_, state)| state).collect::<Vec<_>>()
    };
    assert_eq!(states().await, [HostState::Leader, HostState::Standby]);

    servers[0].down(Shutdown::Immediate).unwrap();
    let seen = states().await;
    assert!(matches!(seen[0], HostState::Unreachable(_)), "{seen:?}");
    connect(&url, &settings).await.unwrap_err();
}
