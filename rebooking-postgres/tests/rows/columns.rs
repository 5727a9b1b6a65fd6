//! What is said of a row: its table, its id and the column that makes no sense.

use rebooking_core::policy::Alternatives;
use rebooking_core::ports::reports::PageRequest;
use rebooking_core::ports::store::{CaseKey, ConfirmationKey, TokenKey};
use rebooking_core::ports::{EffectQueue as _, RebookingStore as _, Reports as _};
use rebooking_core::testing::samples;
use rebooking_core::token::RebookingToken;
use rebooking_core::value::ids::{CaseId, CourseDateId, CourseId};
use sqlx::Executor as _;

use crate::common::log::Log;
use crate::common::{offer, token};
use crate::spoilt::{said, spoilt, without_checks};

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
        (fresh, "customer_language = 'de_DE'", "customer_language"),
        (fresh, "partner_language = 'x'", "partner_language"),
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
        ("partner_language = 'x'", "partner_language"),
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
