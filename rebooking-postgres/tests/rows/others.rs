//! Nobody is kept from the other rows, and a row is told of once.

use chrono::TimeDelta;
use rebooking_core::effect::{Lane, MailKind};
use rebooking_core::notice::Notice;
use rebooking_core::ports::reports::{CaseFilter, PageRequest};
use rebooking_core::ports::store::CaseKey;
use rebooking_core::ports::{EffectQueue as _, RebookingStore as _, Reports as _};
use rebooking_core::testing::samples;
use rebooking_core::value::ids::{CaseId, CourseDateId, CourseId};
use rebooking_postgres::PostgresStore;
use sqlx::{AssertSqlSafe, Executor as _};

use crate::common::log::Log;
use crate::common::{self, link, site, token};
use crate::spoilt::without_checks;

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

/// What the database itself counts, and cannot count.
#[tokio::test]
async fn a_confirmed_row_that_makes_no_sense_is_left_out_of_the_earnings_and_listed() {
    for (path, told) in [("{since}", "rebooking"), ("{paid,minor}", "rebooking")] {
        let (pool, store) = without_checks().await;
        let confirmed = "UPDATE miomente_partner_portal_rebooking_tokens \
                         SET rebooking_state = 'confirmed' WHERE case_id = 7001";
        pool.execute(confirmed).await.unwrap();
        let now = common::now(&store).await;
        let day = TimeDelta::days(1);
        let counted = async || {
            let earned = store.earnings(now - day * 40, now + day).await.unwrap().value;
            earned.iter().map(|row| (row.declined, row.confirmed)).collect::<Vec<_>>()
        };
        assert_eq!(counted().await, [(2, 1)]);
        let spoilt = format!(
            "UPDATE miomente_partner_portal_rebooking_tokens \
             SET rebooking = jsonb_set(rebooking, '{path}', '\"noon\"') WHERE case_id = 7001"
        );
        pool.execute(AssertSqlSafe(spoilt)).await.unwrap();
        for _ in 0..2 {
            assert_eq!(counted().await, [(1, 0)], "{path}");
        }
        let listed = store.malformed_rows().await.unwrap();
        let told_of = listed.iter().map(|found| (found.row.id.as_str(), found.row.column.as_str()));
        assert_eq!(told_of.collect::<Vec<_>>(), [("7001", told)], "{path}");
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
