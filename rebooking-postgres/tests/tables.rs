//! What the tables themselves refuse or mend, whoever writes: the guards of a commit are not all
//! that stands before the data.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "in a test a panic is the report"
)]

mod common;

use chrono::TimeDelta;
use common::portal::rebook;
use common::{count, issue, link, offer, site, token};
use rebooking_core::ports::store::CaseKey;
use rebooking_core::ports::{RebookingStore as _, Reports as _};
use rebooking_core::testing::samples;
use rebooking_core::value::ids::{CaseId, CourseDateId, TokenRef};
use rebooking_postgres::PostgresStore;
use rebooking_postgres::testing::TestDatabase;
use sqlx::postgres::PgPool;
use sqlx::{AssertSqlSafe, Executor as _};

/// A used link (7001), a fresh one (7002), requests, effects and dates.
async fn filled() -> (PgPool, PostgresStore) {
    let database = TestDatabase::migrated().await.unwrap();
    let pool = database.pool().await.unwrap();
    let store = PostgresStore::new(pool.clone());
    rebook(store.clone(), 7001).await;
    issue(&store, &[token(7002, 2, common::now(&store).await)]).await;
    (pool, store)
}

/// By what a write of a table was refused; every table is named without its beginning.
async fn refused(pool: &PgPool, table: &str, set: &str, row: &str) -> String {
    let sql = format!("UPDATE miomente_partner_portal_rebooking_{table} SET {set} WHERE {row}");
    let error = pool.execute(AssertSqlSafe(sql)).await.expect_err(set);
    error.to_string()
}

#[tokio::test]
async fn no_row_is_turned_into_nonsense() {
    let (pool, _) = filled().await;
    for (table, set, row) in [
        ("tokens", "zone = 'Mars'", "case_id = 7002"),
        ("tokens", "ends_at = starts_at - interval '1 minute'", "case_id = 7002"),
        ("tokens", "original_price = -5", "case_id = 7002"),
        ("tokens", "original_paid = -5", "case_id = 7002"),
        ("tokens", "cause = 'weather'", "case_id = 7002"),
        ("tokens", "currency = 'eur'", "case_id = 7002"),
        ("tokens", "customer_language = 'de_DE'", "case_id = 7002"),
        ("tokens", "rebooking_state = 'dreaming'", "case_id = 7001"),
        ("tokens", "status = 'active'", "case_id = 7001"),
        ("dates", "zone = 'Mars'", "id = 1"),
        ("dates", "ends_at = starts_at - interval '1 minute'", "id = 1"),
        ("dates", "price = -5", "id = 1"),
        ("dates", "taken = capacity + 1", "id = 1"),
        ("effects", "lane = 'post'", "true"),
        ("effects", "due_at = 'infinity'", "true"),
        ("tokens", "token_expires_at = 'infinity'", "case_id = 7002"),
        ("tokens", "created_at = '-infinity'", "case_id = 7002"),
        ("dates", "ends_at = '20000-01-01'", "id = 1"),
    ] {
        let said = refused(&pool, table, set, row).await;
        assert!(
            said.contains("constraint") || said.contains("time zone") || said.contains("reopening"),
            "{set}: {said}"
        );
    }
}

const LONG: &str = "miomente_partner_portal_rebooking_";

/// What a write is refused by, and what it writes of one row; tables and names that begin with
/// `LONG` are named without it.
#[rustfmt::skip]
const CHECKS: [(&str, &str, &str); 53] = [
    ("tokens", "t_original_participants_check", "original_participants = 0"),
    ("tokens", "token_customer_language_check", "customer_language = 'de_DE'"),
    ("tokens", "tokens_cause_check", "cause = 'weather'"),
    ("tokens", "tokens_check", "zone = 'Mars'"),
    ("tokens", "tokens_currency_check", "currency = 'eur'"),
    ("tokens", "tokens_declines_check", "declines = -1"),
    ("tokens", "tokens_nonce_check", "nonce = '\\x00'"),
    ("tokens", "tokens_original_paid_check", "original_paid = -1"),
    ("tokens", "tokens_original_price_check", "original_price = -1"),
    ("tokens", "tokens_partner_language_check", "partner_language = 'f'"),
    ("tokens", "tokens_step_check", "step = 0"),
    ("tokens", "tokens_token_check", "token = 'short'"),
    ("tokens", "rebooking_tokens_span", "ends_at = starts_at - interval '1 minute'"),
    ("tokens", "rebooking_tokens_times", "created_at = '-infinity'"),
    ("tokens", "tokens_attempts_check", "attempts = -1"),
    ("tokens", "tokens_cancel_reason_check",
        "status = 'cancelled', cancelled_at = now(), cancel_reason = 'whim'"),
    ("tokens", "tokens_rebooking_state_check", "rebooking_state = 'dreaming'"),
    ("tokens", "tokens_renewals_check", "renewals = -1"),
    ("tokens", "tokens_version_check", "version = -1"),
    ("tokens", "rebooking_tokens_cancelled", "cancelled_at = now()"),
    ("tokens", "rebooking_tokens_expired", "status = 'expired'"),
    ("tokens", "rebooking_tokens_forgotten", "forgotten_at = now()"),
    ("tokens", "rebooking_tokens_ticket", "ticket_number = 'HT1'"),
    ("tokens", "rebooking_tokens_used", "status = 'used'"),
    ("tokens", "rebooking_tokens_used_in_time",
        "status = 'used', rebooking = '{}', rebooking_state = 'ordering', new_date = now(), \
         rebooked_at = token_expires_at"),
    ("tokens", "rebooking_tokens_times", "token_expires_at = 'infinity'"),
    ("requests", "requests_answer_nonce_check", "answer_nonce = '\\x00'"),
    ("requests", "requests_state_check", "state = 'lost'"),
    ("requests", "rebooking_requests_in_stock", "in_stock = false, in_stock_since = now()"),
    ("requests", "rebooking_requests_stamp", "answer_digest = NULL"),
    ("requests", "rebooking_requests_token", "token_case = 1, token_step = NULL"),
    ("effects", "effects_attempts_check", "attempts = -1"),
    ("effects", "effects_fence_check", "fence = -1"),
    ("effects", "effects_lane_check", "lane = 'post'"),
    ("effects", "effects_place_check", "place = 0"),
    ("effects", "effects_progress_check", "progress = convert_to(repeat('x', 4097), 'UTF8')"),
    ("effects", "effects_state_check", "state = 'lost'"),
    ("effects", "effects_step_check", "step = -1"),
    ("effects", "rebooking_effects_leased",
        "state = 'leased', leased_until = NULL, over_at = NULL, dead = false"),
    ("effects", "rebooking_effects_over", "state = 'done', leased_until = NULL, over_at = NULL"),
    ("effects", "rebooking_effects_times", "due_at = 'infinity'"),
    ("audit", "audit_actor_check", "actor = 'ghost'"),
    ("audit", "audit_subject_check", "subject = 'moon'"),
    ("audit", "rebooking_audit_actor", "actor = 'support', support = NULL, partner_id = NULL"),
    ("audit", "rebooking_audit_step", "subject = 'token', step = NULL"),
    ("dates", "dates_capacity_check", "capacity = -1"),
    ("dates", "dates_check", "ends_at = starts_at - interval '1 minute'"),
    ("dates", "dates_check1", "zone = 'Mars'"),
    ("dates", "dates_currency_check", "currency = '???'"),
    ("dates", "dates_partner_language_check", "partner_language = 'f'"),
    ("dates", "dates_price_check", "price = -1"),
    ("dates", "rebooking_dates_partner", "partner_id = 5, partner_email = NULL"),
    ("dates", "rebooking_dates_times", "ends_at = '20000-01-01'"),
];

#[tokio::test]
async fn each_check_refuses_under_its_name_what_it_is_for() {
    let (pool, _) = filled().await;
    // What may follow what is asked elsewhere.
    for table in ["tokens", "requests", "effects", "audit", "dates"] {
        let only = format!(
            "ALTER TABLE {LONG}{table} DISABLE TRIGGER USER; \
             DO $$ DECLARE one text; BEGIN \
             FOR one IN SELECT tgname FROM pg_trigger WHERE tgrelid = '{LONG}{table}'::regclass \
                 AND tgname LIKE 'verifying%' \
             LOOP EXECUTE format('ALTER TABLE {LONG}{table} ENABLE TRIGGER %I', one); END LOOP; \
             END $$"
        );
        pool.execute(AssertSqlSafe(only)).await.unwrap();
    }
    let mut named = Vec::new();
    for (table, check, set) in CHECKS {
        let one = if table == "tokens" { "WHERE case_id = 7002" } else { "" };
        let write = format!("UPDATE {LONG}{table} SET {set} {one}");
        let error = pool.execute(AssertSqlSafe(write)).await.expect_err(set);
        let error = error.into_database_error().unwrap();
        let name =
            if check.starts_with("rebooking_") { check.into() } else { format!("{LONG}{check}") };
        // PostgreSQL itself says of a zone that it knows none such.
        let is_zone = error.code().as_deref() == Some("22023") && set.contains("zone");
        assert!(is_zone || error.constraint() == Some(&name), "{set}: {error:?}");
        assert!(is_zone || error.code().as_deref() == Some("23514"), "{set}: {error:?}");
        named.push(name);
    }
    // As they are now: a later migration replaces what an earlier one says.
    let sql: String = sqlx::query_scalar(
        "SELECT string_agg(prosrc, '') FROM pg_proc \
         WHERE pronamespace = current_schema()::regnamespace",
    )
    .fetch_one(&pool)
    .await
    .unwrap();
    let mut there: Vec<_> = sql
        .split("            THEN '")
        .skip(1)
        .filter_map(|rest| rest.split('\'').next())
        .filter(|name| name.contains("rebooking_"))
        .collect();
    there.sort_unstable();
    named.sort_unstable();
    // A later migration says the same of a table anew.
    there.dedup();
    named.dedup();
    assert_eq!(named, there, "each has a row above");
}

#[tokio::test]
async fn a_language_is_any_tag_of_at_most_35_letters() {
    let (pool, store) = filled().await;
    for tag in ["fr", "zh-Hant-TW", "de-abcdefgh-abcdefgh-abcdefgh-abcde"] {
        let sql = format!(
            "UPDATE miomente_partner_portal_rebooking_tokens SET customer_language = '{tag}', \
             partner_language = '{tag}' WHERE case_id = 7001"
        );
        pool.execute(AssertSqlSafe(sql)).await.unwrap();
        let token = TokenRef::first(CaseId::new(7001));
        let stored = store.token(token).await.unwrap().unwrap().value;
        assert_eq!(stored.booking().customer.language.as_str(), tag);
        assert_eq!(stored.booking().partner.language.as_str(), tag);
    }
}

#[tokio::test]
async fn a_request_that_is_closed_is_not_reopened_and_none_goes_back() {
    let (pool, _) = filled().await;
    const DECLINED: &str =
        "SELECT count(*) FROM miomente_partner_portal_rebooking_requests WHERE state = 'declined'";
    assert_eq!(count(&pool, DECLINED).await, 1);
    for (state, from) in
        [("confirmed", "declined"), ("pending", "declined"), ("waiting", "pending")]
    {
        let said =
            refused(&pool, "requests", &format!("state = '{state}'"), &format!("state = '{from}'"))
                .await;
        assert!(said.contains("reopening_a_request"), "{from} to {state}: {said}");
    }
}

#[tokio::test]
async fn an_effect_that_is_over_stays_so_and_its_fence_never_falls() {
    let (pool, _) = filled().await;
    for (set, row) in [
        ("state = 'waiting', over_at = NULL", "state = 'done'"),
        ("state = 'leased', over_at = NULL, fence = fence + 1", "state = 'done'"),
        ("state = 'leased', leased_until = now()", "state = 'waiting'"),
        ("fence = fence - 1", "state = 'done'"),
    ] {
        let said = refused(&pool, "effects", set, row).await;
        assert!(said.contains("turning_an_effect_back"), "{set}: {said}");
    }
}

#[tokio::test]
async fn a_link_is_not_used_after_its_time_whatever_a_decision_says_of_its_own() {
    let (pool, _) = filled().await;
    pool.execute(
        "UPDATE miomente_partner_portal_rebooking_tokens SET token_expires_at = now() - interval \
         '1 hour' WHERE case_id = 7002",
    )
    .await
    .unwrap();
    let set = "status = 'used', rebooking = '{}', rebooking_state = 'ordering', new_date = now(), \
        rebooked_at = now() - interval '2 hours'";
    assert!(refused(&pool, "tokens", set, "case_id = 7002").await.contains("expiry"));
}

#[tokio::test]
async fn a_capacity_that_is_raised_by_hand_can_be_filled() {
    let (pool, store) = filled().await;
    offer(&store, &[(2, 1)]).await;
    pool.execute("UPDATE miomente_partner_portal_rebooking_dates SET capacity = 30 WHERE id = 2")
        .await
        .unwrap();
    let now = common::now(&store).await;
    let token = token(7003, 20, now);
    issue(&store, std::slice::from_ref(&token)).await;
    let site = site(store.clone());
    site.rebookings
        .customer(&link(&token))
        .choose(&samples::choice(CourseDateId::new(2)))
        .await
        .unwrap();
    assert_eq!(common::taken(&store, 2).await, 20);
}

#[tokio::test]
async fn history_keeps_everything_but_its_notes() {
    let (pool, _) = filled().await;
    for set in
        ["note = 'x'", "note = '', event = 'chosen'", "at = now()", "change = NULL, note = ''"]
    {
        let said = refused(&pool, "audit", set, "event <> 'chosen'").await;
        assert!(said.contains("changing_history"), "{set}: {said}");
    }
}

/// As a database of 0.1 has it: without the column, and without the sums in its documents.
#[tokio::test]
async fn what_was_written_before_sums_were_kept_was_paid_at_the_list_price() {
    let (pool, store) = filled().await;
    let case = CaseKey::Id(CaseId::new(7001));
    pool.execute(
        "UPDATE miomente_partner_portal_rebooking_tokens SET rebooking_state = 'confirmed' WHERE \
         case_id = 7001",
    )
    .await
    .unwrap();
    let before = store.find(&case).await.unwrap().value;
    let earned = async || {
        let now = common::now(&store).await;
        store.earnings(now - TimeDelta::days(1), now + TimeDelta::days(1)).await.unwrap().value
    };
    let kept = earned().await;
    assert_eq!(kept[0].kept, samples::euros(17_800));
    pool.execute(
        "UPDATE miomente_partner_portal_rebooking_tokens SET original_paid = NULL, rebooking = \
         rebooking - 'paid' - 'list_total'; UPDATE miomente_partner_portal_rebooking_requests SET \
         booking = booking - 'paid'",
    )
    .await
    .unwrap();
    let after = store.find(&case).await.unwrap().value;
    assert_eq!(after.confirmation, before.confirmation);
    assert_eq!(after.newest(), before.newest());
    assert_eq!(earned().await, kept);
}
