//! Migrations: up from nothing, twice, at once, in a schema of their own, and beside a Feature 01
//! that is there already.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "in a test a panic is the report"
)]

mod common;

use common::log::Log;
use common::portal::{FEATURE_01, rebook, schema};
use common::{count, issue, token};
use rebooking_core::ports::RebookingStore;
use rebooking_postgres::testing::TestDatabase;
use rebooking_postgres::{PostgresStore, Schema, Settings, connect, migrate, migrations_sql};
use sqlx::postgres::PgPoolOptions;
use sqlx::{AssertSqlSafe, Executor as _};

/// How many migrations there are.
fn known() -> i64 {
    let sql = migrations_sql();
    let notes = sql.matches("INSERT INTO miomente_partner_portal_rebooking_migrations");
    notes.count().try_into().unwrap()
}

#[tokio::test]
async fn the_portals_names_are_all_there() {
    let database = TestDatabase::migrated().await.unwrap();
    let schema = schema(&database.pool().await.unwrap()).await.join("\n");
    for column in
        "id original_confirmation_id original_order_id original_order_item_id course_product_id \
         course_sku \
        customer_email customer_name original_participants original_price token token_expires_at \
        status \
        new_confirmation_id new_order_id new_date rebooked_at odoo_ticket_id created_at updated_at"
            .split_whitespace()
    {
        assert!(
            schema.contains(&format!("miomente_partner_portal_rebooking_tokens.{column} ")),
            "{column}"
        );
    }
    for index in ["idx_rebooking_token", "idx_rebooking_status", "idx_rebooking_original_order"] {
        assert_eq!(schema.matches(&format!("INDEX {index} ON")).count(), 1, "{index}");
    }
    let on_token = schema.lines().filter(|line| {
        line.contains("INDEX") && line.ends_with("rebooking_tokens USING btree (token)")
    });
    assert_eq!(on_token.count(), 1, "the unique constraint's own index, and no second copy");
}

#[tokio::test]
async fn the_trigger_keeps_the_time_of_the_last_write() {
    let database = TestDatabase::migrated().await.unwrap();
    let pool = database.pool().await.unwrap();
    let store = PostgresStore::new(pool.clone());
    issue(&store, &[token(7001, 2, common::now(&store).await)]).await;
    const UPDATED: &str = "SELECT (extract(epoch FROM updated_at) * 1000000)::bigint FROM \
                           miomente_partner_portal_rebooking_tokens";
    let before = count(&pool, UPDATED).await;
    pool.execute(
        "UPDATE miomente_partner_portal_rebooking_tokens SET reason = 'x', updated_at = \
         '2000-01-01'",
    )
    .await
    .unwrap();
    assert!(count(&pool, UPDATED).await > before);
}

#[tokio::test]
async fn the_first_start_says_nothing_that_no_operator_needs() {
    let log = Log::listen();
    for schema in [None, Some(Schema::parse("rebooking").unwrap())] {
        let database = TestDatabase::empty().await.unwrap();
        let pool = database.pool().await.unwrap();
        for _ in 0..2 {
            migrate(&pool, schema.as_ref()).await.unwrap();
        }
    }
    assert_eq!(log.said(), "");
}

#[tokio::test]
async fn migrating_twice_changes_nothing() {
    let database = TestDatabase::migrated().await.unwrap();
    let pool = database.pool().await.unwrap();
    let before = schema(&pool).await;
    migrate(&pool, None).await.unwrap();
    assert_eq!(schema(&pool).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_instances_that_start_at_once_migrate_once() {
    let database = TestDatabase::empty().await.unwrap();
    let schema = Schema::parse("portal").unwrap();
    let start = |schema: Option<Schema>| {
        let url = database.url();
        async move {
            migrate(&PgPoolOptions::new().connect(&url).await.unwrap(), schema.as_ref())
                .await
                .unwrap()
        }
    };
    futures_util::future::join_all((0..10).map(|n| start((n % 2 == 0).then(|| schema.clone()))))
        .await;
    let pool = database.pool().await.unwrap();
    assert_eq!(
        count(&pool, "SELECT count(*) FROM portal.miomente_partner_portal_rebooking_migrations")
            .await,
        known()
    );
    assert_eq!(
        count(&pool, "SELECT count(*) FROM public.miomente_partner_portal_rebooking_migrations")
            .await,
        known()
    );
}

/// All migrations but the first are still to be applied, by ten at once.
#[tokio::test(flavor = "multi_thread")]
async fn ten_instances_that_begin_half_way_at_once_migrate_once() {
    let database = TestDatabase::empty().await.unwrap();
    let pool = database.pool().await.unwrap();
    let first = migrations_sql().split("-- rebooking\n").next().unwrap().to_owned();
    pool.execute(AssertSqlSafe(first)).await.unwrap();
    const VERSIONS: &str = "SELECT count(*) FROM miomente_partner_portal_rebooking_migrations";
    assert_eq!(count(&pool, VERSIONS).await, 1);
    let start = |_| {
        let url = database.url();
        async move {
            let pool = PgPoolOptions::new().connect(&url).await.unwrap();
            migrate(&pool, None).await.unwrap();
        }
    };
    futures_util::future::join_all((0..10).map(start)).await;
    assert_eq!(count(&pool, VERSIONS).await, known());
}

#[tokio::test]
async fn a_version_starts_on_a_database_that_a_newer_one_has_migrated() {
    let database = TestDatabase::migrated().await.unwrap();
    let pool = database.pool().await.unwrap();
    pool.execute(
        "INSERT INTO miomente_partner_portal_rebooking_migrations VALUES (1000, 'newer', now(), \
         true, '', 0)",
    )
    .await
    .unwrap();
    migrate(&pool, None).await.unwrap();
    // One that has something to do beside.
    pool.execute(
        "DELETE FROM miomente_partner_portal_rebooking_migrations WHERE version = 4; \
        ALTER TABLE miomente_partner_portal_rebooking_requests DROP CONSTRAINT \
        rebooking_requests_id_fkey; \
        ALTER TABLE miomente_partner_portal_rebooking_tokens DROP CONSTRAINT \
        rebooking_tokens_original_confirmation_id_fkey, \
            DROP CONSTRAINT rebooking_tokens_new_confirmation_id_fkey",
    )
    .await
    .unwrap();
    migrate(&pool, None).await.unwrap();
    PostgresStore::new(pool).ready().await.unwrap();
}

#[tokio::test]
async fn a_feature_01_that_the_search_path_does_not_reach_is_named_and_found_when_it_does() {
    let database = TestDatabase::empty().await.unwrap();
    let pool = database.pool().await.unwrap();
    pool.execute(
        "CREATE SCHEMA shop; CREATE TABLE shop.miomente_partner_portal_booking_confirmations (id \
         serial PRIMARY KEY)",
    )
    .await
    .unwrap();
    let refused = migrate(&pool, None).await.unwrap_err().to_string();
    assert!(refused.contains("in schema shop") && refused.contains("ALTER ROLE"), "{refused}");
    let path = format!("ALTER DATABASE {} SET search_path = public, shop", database.name());
    pool.execute(AssertSqlSafe(path)).await.unwrap();
    let settings =
        Settings { schema: Some(Schema::parse("portal").unwrap()), ..Settings::default() };
    let pool = connect(&database.url(), &settings).await.unwrap();
    migrate(&pool, settings.schema.as_ref()).await.unwrap();
    rebook(PostgresStore::with(&pool, settings), 7001).await;
    const ASKED: &str = "SELECT count(*) FROM shop.miomente_partner_portal_booking_confirmations";
    assert_eq!(count(&pool, ASKED).await, 2);
}

/// A transaction of theirs that takes its time, and somebody behind it who will not wait for long.
#[tokio::test(flavor = "multi_thread")]
async fn writers_of_feature_01_do_not_wait_for_a_migration_that_waits() {
    let database = TestDatabase::empty().await.unwrap();
    let pool = database.pool().await.unwrap();
    pool.execute(FEATURE_01).await.unwrap();
    const WRITE: &str =
        "UPDATE miomente_partner_portal_booking_confirmations SET participants = 3 WHERE id = ";
    let mut slow = pool.begin().await.unwrap();
    slow.execute(AssertSqlSafe(format!("{WRITE} 1"))).await.unwrap();
    let migrating = tokio::spawn({
        let pool = pool.clone();
        async move { migrate(&pool, None).await }
    });
    let mut others = pool.acquire().await.unwrap();
    others.execute("SET lock_timeout = '4s'").await.unwrap();
    for n in 2..50 {
        others.execute(AssertSqlSafe(format!("{WRITE} {n}"))).await.unwrap();
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    assert!(!migrating.is_finished(), "nothing was in its way, so this shows nothing");
    slow.commit().await.unwrap();
    migrating.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_database_that_refuses_says_so() {
    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let refused =
        connect(&format!("postgres://nobody@{gone}/none"), &Settings::default()).await.unwrap_err();
    assert!(refused.to_string().contains("refused"), "{refused}");
}

#[tokio::test]
async fn an_address_with_a_parameter_that_is_none_is_refused_by_name_only() {
    let log = Log::listen();
    let url = "postgres://app@127.0.0.1/shop?sslmode=disable&pasword=hunter2";
    let refused = connect(url, &Settings::default()).await.unwrap_err().to_string();
    assert!(refused.contains("pasword") && !refused.contains("hunter2"), "{refused}");
    assert_eq!(log.said(), "");
}

#[tokio::test]
async fn the_text_for_applying_by_hand_makes_the_same() {
    let (ours, theirs) =
        (TestDatabase::migrated().await.unwrap(), TestDatabase::empty().await.unwrap());
    let pool = theirs.pool().await.unwrap();
    pool.execute(AssertSqlSafe(format!("BEGIN; {} COMMIT;", migrations_sql()))).await.unwrap();
    assert_eq!(schema(&pool).await, schema(&ours.pool().await.unwrap()).await);
    migrate(&pool, None).await.unwrap();
    rebook(PostgresStore::new(pool), 7001).await;
}

#[tokio::test]
async fn a_schema_of_its_own_holds_all_tables_but_those_of_feature_01() {
    let database = TestDatabase::empty().await.unwrap();
    let settings =
        Settings { schema: Some(Schema::parse("portal").unwrap()), ..Settings::default() };
    let pool = connect(&database.url(), &settings).await.unwrap();
    pool.execute(
        "CREATE TABLE public.miomente_partner_portal_booking_confirmations (id serial PRIMARY KEY)",
    )
    .await
    .unwrap();
    migrate(&pool, settings.schema.as_ref()).await.unwrap();
    rebook(PostgresStore::with(&pool, settings), 7001).await;
    let public = "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'";
    assert_eq!(count(&pool, public).await, 1);
    assert_eq!(
        count(&pool, "SELECT count(*) FROM portal.miomente_partner_portal_rebooking_tokens").await,
        1
    );
    assert_eq!(
        count(&pool, "SELECT count(*) FROM public.miomente_partner_portal_booking_confirmations")
            .await,
        2
    );
}

/// Who owns the schema need not be allowed to make one.
#[tokio::test]
async fn a_schema_that_is_there_takes_no_right_to_make_schemas() {
    let database = TestDatabase::empty().await.unwrap();
    let owner = format!("owner_in_{}", database.name());
    let pool = database.pool().await.unwrap();
    pool.execute(AssertSqlSafe(format!(
        "CREATE ROLE {owner} LOGIN; CREATE SCHEMA portal AUTHORIZATION {owner}; REVOKE CREATE ON \
         DATABASE {} FROM PUBLIC",
        database.name()
    )))
    .await
    .unwrap();
    let schema = Schema::parse("portal").unwrap();
    let theirs = common::pool(&database.url().replace("rebooking@", &format!("{owner}@"))).await;
    migrate(&theirs, Some(&schema)).await.unwrap();
    let other = Schema::parse("other").unwrap();
    assert!(
        migrate(&theirs, Some(&other)).await.is_err(),
        "they may make schemas, so this shows nothing"
    );
}

/// A database keeps the checksum of each migration that it has applied, and refuses one that was
/// changed since, if only in a comment.
#[test]
fn a_migration_is_never_changed_once_it_is_out() {
    let sql = migrations_sql();
    let checksums = [
        "e73e97e62944eb69e61f82e9e8671f31", // 0001_confirmations.sql
        "830185171070b68329f9d92f83edcb93", // 0002_rebooking.sql
        "a860f1e976680370ba055abc0e6937b8", // 0003_feature01.sql
        "8708923926c67e5aceb16b2553ec52cb", // 0004_ties.sql
        "7a58101dcd96b3fa9b07983a8b2528a0", // 0005_worklist.sql
        "d6eafb8cd3c1ea85919e2abc95b5c3c9", // 0006_partners.sql
        "10f7db835085b572ed1f30b762389f41", // 0007_stock.sql
        "a766d2296f837c9d14c216d4aae152ad", // 0008_paid.sql
        "7b523a59c2ed39b9b27d7faf012324d4", // 0009_venue.sql
        "3e9d3e67b7bd16b98fc9785a84aa62ef", // 0010_rolling.sql
        "e5406a08196a249bcdf37308a328c215", // 0011_people.sql
        "e698aa62e8f0bb4b92691c5a6df7ed6c", // 0012_load.sql
        "7404e89c3dd219c5d4f50d6464a26bb1", // 0013_malformed_rows.sql
        "859bd44aae6987a6d3d6e4ca6164b00d", // 0014_linked_in_flight.sql
        "c437011d5289034c99037e03bb12bfa9", // 0015_languages.sql
        "add8bdbd92af91c5c08930cbb032bdbc", // 0016_events.sql
        "9c28e1c3b6cff97bf625a22e1ff53bfb", // 0017_event_outage.sql
        "28973ccf00c75992d43a1d2d36f9e9c0", // 0018_told_again.sql
        "4df1b297fb11e4f9b1f6798edcb60808", // 0019_overdue.sql
        "9f0902bc71683bf8612278f5ef98ec5c", // 0020_calendars.sql
        "198333ab35d5953ed47c4ae0fa33a0cf", // 0021_cancelled.sql
    ];
    assert_eq!(i64::try_from(checksums.len()).unwrap(), known(), "each has its checksum here");
    for checksum in checksums {
        assert!(sql.contains(checksum), "{checksum}");
    }
}
