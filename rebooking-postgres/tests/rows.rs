//! Rows that make no sense are reported with table, id and column, never guessed, and keep nobody
//! from the others.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "in a test a panic is the report"
)]

mod common;

use std::error::Error as _;

use chrono::TimeDelta;
use common::log::Log;
use common::{issue, link, offer, site, token};
use rebooking_core::effect::{Lane, MailKind};
use rebooking_core::notice::Notice;
use rebooking_core::policy::Alternatives;
use rebooking_core::ports::reports::{CaseFilter, PageRequest};
use rebooking_core::ports::store::{CaseKey, ConfirmationKey, TokenKey};
use rebooking_core::ports::{EffectQueue, PortError, RebookingStore, Reports};
use rebooking_core::testing::samples;
use rebooking_core::token::RebookingToken;
use rebooking_core::value::ids::{CaseId, CourseDateId, CourseId};
use rebooking_postgres::PostgresStore;
use rebooking_postgres::testing::TestDatabase;
use sqlx::postgres::PgPool;
use sqlx::{AssertSqlSafe, Executor as _};

/// A used link (7001), a fresh one (7002), and tables that no longer refuse nonsense.
async fn without_checks() -> (PgPool, PostgresStore) {
    let database = TestDatabase::migrated().await.unwrap();
    let pool = database.pool().await.unwrap();
    let site = site(PostgresStore::new(pool.clone()));
    offer(&site.store, &[(1, 10)]).await;
    let now = common::now(&site.store).await;
    let tokens = [token(7001, 2, now), token(7002, 2, now)];
    issue(&site.store, &tokens).await;
    site.rebookings
        .customer(&link(&tokens[0]))
        .choose(&samples::choice(CourseDateId::new(1)))
        .await
        .unwrap();
    let checks: Vec<String> = sqlx::query_scalar(
        "SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) FROM \
         pg_constraint \
         WHERE contype = 'c' AND conrelid <> 0",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    for check in checks {
        pool.execute(AssertSqlSafe(check)).await.unwrap();
    }
    // Of a date the limit of its places is still worked out by a trigger.
    for (table, triggers) in
        [("tokens", "ALL"), ("requests", "ALL"), ("effects", "ALL"), ("dates", "verifying_facts")]
    {
        let table = format!(
            "ALTER TABLE miomente_partner_portal_rebooking_{table} DISABLE TRIGGER {triggers}"
        );
        pool.execute(AssertSqlSafe(table)).await.unwrap();
    }
    (pool, site.store)
}

fn said<T: std::fmt::Debug>(read: Result<T, PortError>) -> String {
    let error = read.unwrap_err();
    assert!(matches!(error, PortError::Permanent(_)), "people must look: {error:?}");
    error.source().unwrap().to_string()
}

/// Spoils one row of a table; what is said about it then. It is listed until it is whole again.
async fn spoilt(
    pool: &PgPool,
    table: &str,
    set: &str,
    row: &str,
    read: impl AsyncFn() -> String,
) -> String {
    let table = format!("miomente_partner_portal_rebooking_{table}");
    let mut keep = pool.acquire().await.unwrap();
    keep.execute(AssertSqlSafe(format!(
        "CREATE TEMP TABLE kept AS SELECT * FROM {table} WHERE {row}"
    )))
    .await
    .unwrap();
    pool.execute(AssertSqlSafe(format!("UPDATE {table} SET {set} WHERE {row}"))).await.unwrap();
    let said = read().await;
    let store = PostgresStore::new(pool.clone());
    let listed = store.malformed_rows().await.unwrap();
    assert_eq!(listed.len(), 1, "{set}: {listed:?}");
    assert_eq!(listed[0].row.table, table, "{set}");
    let columns: String = sqlx::query_scalar(
        "SELECT string_agg(format('%1$I = k.%1$I', attname), ', ') FROM pg_attribute \
         WHERE attrelid = $1::regclass AND attnum > 0 AND attgenerated = '' AND attidentity = ''",
    )
    .bind(&table)
    .fetch_one(pool)
    .await
    .unwrap();
    keep.execute(AssertSqlSafe(format!(
        "UPDATE {table} AS t SET {columns} FROM kept AS k WHERE t.id = k.id"
    )))
    .await
    .unwrap();
    keep.execute("DROP TABLE kept").await.unwrap();
    assert_eq!(store.malformed_rows().await.unwrap(), [], "{set} is mended");
    said
}

#[tokio::test]
async fn an_older_link_that_makes_no_sense_keeps_nobody_from_the_newest_one() {
    let (pool, store) = without_checks().await;
    let case = CaseId::new(7002);
    let site = site(store);
    let newest = site.rebookings.support("Susi").reissue(case).await.unwrap();
    assert_eq!(newest.step, 2);
    let older = "UPDATE miomente_partner_portal_rebooking_tokens SET key_id = 70000 \
                 WHERE case_id = 7002 AND step = 1";
    pool.execute(older).await.unwrap();
    assert_eq!(site.rebookings.support("Susi").resend(case).await.unwrap(), newest);
    let triggers = "ALTER TABLE miomente_partner_portal_rebooking_requests ENABLE TRIGGER ALL";
    pool.execute(triggers).await.unwrap();
    let seen = site.store.find(&CaseKey::Id(case)).await.unwrap().value;
    let choice = samples::choice(CourseDateId::new(1));
    site.rebookings.customer(&link(seen.newest().unwrap())).choose(&choice).await.unwrap();
    while site.rebookings.deliver().await.unwrap().total() > 0 {}
    let mails = site.mailer.sent();
    let booked = |mail: &&Notice| mail.token == newest && mail.message.kind() == MailKind::Rebooked;
    assert_eq!(mails.iter().filter(booked).count(), 1, "the order was made, and is told");
}

#[tokio::test]
async fn every_nonsense_in_a_token_names_its_column() {
    let (pool, store) = without_checks().await;
    let (used, fresh) = ("case_id = 7001", "case_id = 7002");
    let all_well = async |case: i64| store.find(&CaseKey::Id(CaseId::new(case))).await;
    for (row, set, column) in [
        (fresh, "status = 'lost'", "status"),
        (fresh, "status = 'used'", "rebooking"),
        (fresh, "status = 'expired'", "expired_at"),
        (fresh, "expired_at = now()", "expired_at"),
        (fresh, "status = 'cancelled'", "cancelled_at"),
        (fresh, "status = 'cancelled', cancelled_at = now()", "cancel_reason"),
        (
            fresh,
            "status = 'cancelled', cancelled_at = now(), cancel_reason = 'whim'",
            "cancel_reason",
        ),
        (fresh, "cancelled_at = now()", "cancelled_at"),
        (fresh, "cancel_reason = 'support'", "cancel_reason"),
        (fresh, "rebooked_at = now()", "rebooked_at"),
        (fresh, "new_date = now()", "new_date"),
        (fresh, "new_order_id = 1", "new_order_id"),
        (fresh, "rebooking_state = 'ordering'", "rebooking_state"),
        (fresh, "ticket_number = 'HT1'", "ticket_number"),
        (fresh, "odoo_ticket_id = '1'", "ticket_number"),
        (fresh, "version = -1", "version"),
        (fresh, "attempts = -1", "attempts"),
        (fresh, "declines = 5000000000", "declines"),
        (fresh, "renewals = -1", "renewals"),
        (fresh, "cause = 'weather'", "cause"),
        (fresh, "original_participants = 0", "original_participants"),
        (fresh, "original_price = 12.345", "original_price"),
        (fresh, "original_paid = 12.345", "original_paid"),
        (fresh, "currency = 'eur'", "currency"),
        (fresh, "zone = 'Europe/Atlantis'", "zone"),
        (fresh, "customer_email = 'nobody'", "customer_email"),
        (fresh, "partner_email = 'nobody'", "partner_email"),
        (fresh, "customer_language = 'fr'", "customer_language"),
        (fresh, "partner_language = 'xx'", "partner_language"),
        (fresh, "order_number = '<b>'", "order_number"),
        (fresh, "key_id = 70000", "key_id"),
        (fresh, "nonce = '\\x00'", "nonce"),
        (fresh, "token = 'short'", "token"),
        (fresh, "wishes = '{}'", "wishes"),
        (
            fresh,
            "wishes = '[{\"kind\": \"other\", \"text\": \"\", \"weekdays\": [9], \"months\": [], \
             \"known\": [], \"at\": \"2026-01-01T00:00:00Z\"}]'",
            "wishes",
        ),
        (used, "status = 'active'", "rebooking"),
        (used, "rebooking = NULL", "rebooking"),
        (used, "rebooking = '{}'", "rebooking"),
        (used, "rebooking = jsonb_set(rebooking, '{slot,zone}', '\"Mars\"')", "rebooking"),
        (used, "rebooking = jsonb_set(rebooking, '{paid,currency}', '\"USD\"')", "rebooking"),
        (used, "rebooking_state = NULL", "rebooking_state"),
        (used, "rebooking_state = 'dreaming'", "rebooking_state"),
        (used, "rebooking_state = 'cancelled'", "rebooking_state"),
        (used, "rebooked_at = NULL", "rebooked_at"),
        (used, "new_date = NULL", "new_date"),
        (used, "new_date = '2001-01-01'", "new_date"),
        (used, "new_order_id = 5", "new_order_item_id"),
        (used, "new_order_id = 5, new_order_item_id = 6", "new_order_number"),
        (used, "new_order_number = '5'", "new_order_number"),
    ] {
        let case = if row == used { 7001 } else { 7002 };
        let read = async || said(all_well(case).await);
        let said = spoilt(&pool, "tokens", set, row, read).await;
        let place = format!("miomente_partner_portal_rebooking_tokens {case}");
        assert!(
            said.starts_with(&place) && said.contains(&format!(": {column}: ")),
            "{set}: {said}"
        );
        assert!(!said.contains("nobody") && !said.contains("Erika"), "a value was quoted: {said}");
        all_well(case).await.unwrap();
    }
}

#[tokio::test]
async fn every_nonsense_in_a_request_names_its_column() {
    let (pool, store) = without_checks().await;
    let token =
        store.find(&CaseKey::Id(CaseId::new(7001))).await.unwrap().value.into_newest().unwrap();
    let id = token.rebooking().unwrap().confirmation.unwrap();
    for (set, column) in [
        ("state = 'lost'", "state"),
        ("booking = '{}'", "booking"),
        ("booking = jsonb_set(booking, '{participants}', '0')", "booking"),
        ("booking = jsonb_set(booking, '{paid,currency}', '\"USD\"')", "booking"),
        ("token_step = NULL", "token_step"),
        ("answer_key = NULL", "answer_nonce"),
        ("answer_nonce = NULL", "answer_nonce"),
        ("answer_digest = NULL", "answer_digest"),
        ("answer_digest = 'x'", "answer_digest"),
    ] {
        let key = CaseKey::Confirmation(ConfirmationKey::Id(id));
        let read = async || said(store.find(&key).await);
        let said = spoilt(&pool, "requests", set, &format!("id = {id}"), read).await;
        let place = format!("miomente_partner_portal_rebooking_requests {id}: {column}: ");
        assert!(said.starts_with(&place), "{set}: {said}");
    }
}

#[tokio::test]
async fn every_nonsense_in_a_date_names_its_column_and_hides_no_other_date() {
    let (pool, store) = without_checks().await;
    offer(&store, &[(2, 10)]).await;
    let log = Log::listen();
    let fresh: RebookingToken = token(7002, 2, samples::now());
    for (set, column) in [
        ("taken = -1", "taken"),
        ("capacity = -1", "capacity"),
        ("currency = '???'", "currency"),
        ("price = 99999999999999", "price"),
        ("zone = 'Mars'", "zone"),
        ("partner_email = NULL", "partner_email"),
        ("partner_language = 'xx'", "partner_language"),
        ("partner_id = NULL", "partner_email"),
    ] {
        let report = format!("id=\"1\" column=\"{column}\"");
        let read = async || {
            log.said();
            let opened = store
                .open(&TokenKey::Link(fresh.link().digest.clone()), &Alternatives::new())
                .await
                .unwrap()
                .unwrap();
            assert_eq!(opened.value.dates.len(), 1, "{set}");
            assert!(log.said().contains(&report), "{set}");
            assert_eq!(store.dates(CourseId::new(40)).await.unwrap().value.len(), 1, "{set}");
            assert_eq!(log.said(), "", "once is enough: {set}");
            said(store.date(CourseDateId::new(1)).await)
        };
        let said = spoilt(&pool, "dates", set, "id = 1", read).await;
        let place = format!("miomente_partner_portal_rebooking_dates 1: {column}: ");
        assert!(said.starts_with(&place), "{set}: {said}");
    }
}

#[tokio::test]
async fn every_nonsense_in_an_effect_names_its_column_and_hides_no_other_effect() {
    let (pool, store) = without_checks().await;
    let log = Log::listen();
    let id = store.effects(None, PageRequest::default()).await.unwrap().rows[0].id;
    let case = "INSERT INTO miomente_partner_portal_rebooking_effects (key, case_id, step, lane, \
                kind, place) \
        VALUES ('7001-1-refund', 7001, 1, 'orders', '\"refund\"', 1)";
    pool.execute(case).await.unwrap();
    for (set, column) in [
        ("state = 'lost'", "state"),
        ("state = 'done'", "over_at"),
        ("state = 'leased'", "leased_until"),
        ("leased_until = now()", "leased_until"),
        ("over_at = now()", "over_at"),
        ("kind = '\"dance\"'", "kind"),
        ("step = -1", "step"),
        ("attempts = -1", "attempts"),
    ] {
        let read = async || {
            log.said();
            let listed = store.effects(None, PageRequest::default()).await.unwrap();
            assert_eq!((listed.rows.len(), listed.total), (1, 2), "{set}");
            assert_eq!(
                store.case(CaseId::new(7001)).await.unwrap().unwrap().value.effects.len(),
                1,
                "{set}"
            );
            let reported = log.said();
            assert_eq!(
                reported.matches(&format!("column=\"{column}\"")).count(),
                1,
                "{set}: {reported}"
            );
            said(store.effect(id).await)
        };
        let said = spoilt(&pool, "effects", set, &format!("id = {id}"), read).await;
        assert!(said.contains(&format!(": {column}: ")), "{set}: {said}");
    }
}

#[tokio::test]
async fn every_nonsense_in_history_names_its_column_and_hides_no_other_entry() {
    let (pool, store) = without_checks().await;
    let log = Log::listen();
    pool.execute("ALTER TABLE miomente_partner_portal_rebooking_audit DISABLE TRIGGER ALL")
        .await
        .unwrap();
    let entries = store.case(CaseId::new(7001)).await.unwrap().unwrap().value.audit.len();
    for (set, column) in [
        ("actor = 'ghost'", "actor"),
        ("partner_id = 1", "actor"),
        ("event = 'dreamt'", "event"),
        ("subject = 'moon'", "subject"),
        ("step = NULL", "subject"),
    ] {
        let read = async || {
            log.said();
            let left = store.case(CaseId::new(7001)).await.unwrap().unwrap().value.audit.len();
            assert_eq!(left, entries - 1, "{set}");
            log.said()
        };
        let said = spoilt(&pool, "audit", set, "event = 'chosen'", read).await;
        assert!(said.contains(&format!("column=\"{column}\"")), "{set}: {said}");
        assert!(said.contains("miomente_partner_portal_rebooking_audit"), "{set}: {said}");
    }
}

#[tokio::test]
async fn a_token_that_makes_no_sense_hides_no_other_from_lists_and_the_sweep() {
    let (pool, store) = without_checks().await;
    let partner = token(7001, 2, samples::now()).booking().partner.id;
    let log = Log::listen();
    pool.execute(
        "UPDATE miomente_partner_portal_rebooking_tokens SET token_expires_at = now() - interval \
         '1 hour', \
         created_at = now() - interval '30 days', status = 'active', rebooking = NULL, \
         rebooking_state = NULL, \
         rebooked_at = NULL, new_date = NULL, new_confirmation_id = NULL; \
         UPDATE miomente_partner_portal_rebooking_tokens SET zone = 'Mars' WHERE case_id = 7001",
    )
    .await
    .unwrap();
    let site = site(store.clone());
    assert_eq!(site.rebookings.sweep().await.unwrap().expired, 1);
    let reported = log.said();
    assert!(reported.contains("id=\"7001-1\" column=\"zone\""), "{reported}");
    for _ in 0..3 {
        site.rebookings.sweep().await.unwrap();
    }
    let elsewhere = PostgresStore::new(pool.clone());
    elsewhere.find(&CaseKey::Id(CaseId::new(7001))).await.unwrap_err();
    assert!(!log.said().contains("ERROR"), "the sweep and other processes tell of it no more");
    let listed = store.malformed_rows().await.unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!((listed[0].row.id.as_str(), listed[0].row.column.as_str()), ("7001-1", "zone"));
    let cases = store.cases(&CaseFilter::default(), PageRequest::default()).await.unwrap().value;
    let theirs =
        store.partner_rebookings(partner, None, PageRequest::default()).await.unwrap().value;
    let cases = (cases.rows.into_iter().map(|row| row.token).collect::<Vec<_>>(), cases.total);
    for (rows, total) in [cases, (theirs.rows, theirs.total)] {
        assert_eq!((rows.len(), total), (1, 2));
        assert_eq!(rows[0].id().case, CaseId::new(7002));
    }
}

#[tokio::test]
async fn an_effect_that_makes_no_sense_dies_alone() {
    let (pool, store) = without_checks().await;
    let ask = "INSERT INTO miomente_partner_portal_rebooking_effects (key, case_id, step, lane, \
               kind, place) \
        SELECT n || '-1-mail', n, 1, 'mail', CASE WHEN n = 1 THEN '\"dance\"' ELSE '{\"mail\": \
        \"declined\"}' END::jsonb, 1 \
        FROM generate_series(1, 3) AS n";
    pool.execute(ask).await.unwrap();
    let claimed = store.claim(Lane::Mail, 10, TimeDelta::hours(1)).await.unwrap();
    let cases: Vec<i64> = claimed.iter().map(|claimed| claimed.effect.token.case.value()).collect();
    assert_eq!(cases, [2, 3]);
    let dead: String = sqlx::query_scalar(
        "SELECT last_error FROM miomente_partner_portal_rebooking_effects WHERE case_id = 1 AND \
         state = 'dead'",
    )
    .fetch_one(&pool)
    .await
    .unwrap();
    assert!(dead.contains(": kind: "), "{dead}");
    let noted = "SELECT count(*) FROM miomente_partner_portal_rebooking_audit WHERE number = 1 AND \
                 event = 'effect_died'";
    assert_eq!(common::count(&pool, noted).await, 1);
    let listed = store.malformed_rows().await.unwrap();
    assert_eq!(listed.len(), 1, "support sees why: {listed:?}");
    let mend = "UPDATE miomente_partner_portal_rebooking_effects \
                SET kind = '{\"mail\": \"declined\"}' WHERE case_id = 1";
    pool.execute(mend).await.unwrap();
    assert_eq!(store.malformed_rows().await.unwrap(), []);
}

#[tokio::test]
async fn a_row_that_goes_wrong_in_another_way_is_told_of_anew() {
    let (pool, store) = without_checks().await;
    let log = Log::listen();
    let case = CaseKey::Id(CaseId::new(7002));
    for (set, column) in
        [("zone = 'Mars'", "zone"), ("zone = 'Europe/Berlin', cause = 'x'", "cause")]
    {
        let spoil = format!(
            "UPDATE miomente_partner_portal_rebooking_tokens SET {set} WHERE case_id = 7002"
        );
        pool.execute(AssertSqlSafe(spoil)).await.unwrap();
        for times in [1, 0] {
            store.find(&case).await.unwrap_err();
            let said = log.said();
            assert_eq!(said.matches("ERROR").count(), times, "{said}");
            assert_eq!(said.matches(&format!("column=\"{column}\"")).count(), times, "{said}");
        }
    }
    assert_eq!(store.malformed_rows().await.unwrap().len(), 1);
}

#[tokio::test]
async fn who_may_not_list_a_row_tells_of_it_each_time_and_answers_all_the_same() {
    let (pool, store) = without_checks().await;
    let log = Log::listen();
    pool.execute("DROP TABLE miomente_partner_portal_rebooking_malformed_rows").await.unwrap();
    let spoil = "UPDATE miomente_partner_portal_rebooking_dates SET zone = 'Mars' WHERE id = 1";
    pool.execute(spoil).await.unwrap();
    for _ in 0..2 {
        assert_eq!(store.dates(CourseId::new(40)).await.unwrap().value, []);
        let said = log.said();
        assert_eq!(said.matches("ERROR").count(), 1, "{said}");
    }
}
