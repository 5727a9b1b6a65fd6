//! What the application's role may do: enough, and nothing more.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "in a test a panic is the report"
)]

mod common;

use chrono::TimeDelta;
use common::count;
use common::portal::{FEATURE_01, rebook};
use rebooking_core::audit::{Actor, AuditEntry, AuditEvent};
use rebooking_core::change::{Change, Commit, TokenWrite};
use rebooking_core::ports::store::CaseKey;
use rebooking_core::ports::{
    EventSwitch as _, EventsState, PartnerCalendars as _, Partners as _, RebookingStore,
    Reports as _, SignOuts as _, UnclaimedOrders as _,
};
use rebooking_core::testing::samples;
use rebooking_core::token::{RebookingToken, TokenParts};
use rebooking_core::value::ids::{CaseId, CourseDateId, OrderId, PartnerId};
use rebooking_core::value::text::FreeText;
use rebooking_postgres::testing::TestDatabase;
use rebooking_postgres::{PostgresStore, Schema, Settings, connect, migrate, rights_sql};
use sqlx::postgres::PgPool;
use sqlx::{AssertSqlSafe, Executor as _};

/// A store that connects as the application's role, with the rights that are written down and no
/// other.
async fn as_the_application(database: &TestDatabase) -> PgPool {
    let owner = database.pool().await.unwrap();
    let role = format!("app_of_{}", database.name());
    owner.execute(AssertSqlSafe(format!("CREATE ROLE {role} LOGIN"))).await.unwrap();
    owner.execute(AssertSqlSafe(rights_sql(&Schema::parse(&role).unwrap()))).await.unwrap();
    common::pool(&database.url().replace("rebooking@", &format!("{role}@"))).await
}

#[tokio::test]
async fn the_rights_that_are_written_down_are_enough() {
    let database = TestDatabase::migrated().await.unwrap();
    let application = as_the_application(&database).await;
    migrate(&application, None).await.unwrap();
    rebook(PostgresStore::new(application), 7001).await;
}

#[tokio::test]
async fn the_rights_are_enough_in_a_schema_and_where_nothing_is_granted_to_everybody() {
    let database = TestDatabase::empty().await.unwrap();
    let settings =
        Settings { schema: Some(Schema::parse("portal").unwrap()), ..Settings::default() };
    let owner = connect(&database.url(), &settings).await.unwrap();
    owner
        .execute(
            "REVOKE ALL ON SCHEMA public FROM PUBLIC; ALTER DEFAULT PRIVILEGES REVOKE EXECUTE \
                  ON FUNCTIONS FROM PUBLIC",
        )
        .await
        .unwrap();
    migrate(&owner, settings.schema.as_ref()).await.unwrap();
    let role = format!("app_of_{}", database.name());
    owner.execute(AssertSqlSafe(format!("CREATE ROLE {role} LOGIN"))).await.unwrap();
    owner.execute(AssertSqlSafe(rights_sql(&Schema::parse(&role).unwrap()))).await.unwrap();
    let url = database.url().replace("rebooking@", &format!("{role}@"));
    let application = connect(&url, &settings).await.unwrap();
    migrate(&application, settings.schema.as_ref()).await.unwrap();
    rebook(PostgresStore::with(&application, settings), 7001).await;
}

#[tokio::test]
async fn the_rights_are_enough_beside_a_feature_01_with_a_sequence() {
    let database = TestDatabase::empty().await.unwrap();
    let pool = database.pool().await.unwrap();
    pool.execute(FEATURE_01).await.unwrap();
    migrate(&pool, None).await.unwrap();
    rebook(PostgresStore::new(as_the_application(&database).await), 7001).await;
}

/// Everything that an application does, from its start to the purge.
async fn everything(application: PgPool, settings: Settings, item: i64) {
    migrate(&application, settings.schema.as_ref()).await.unwrap();
    let store = PostgresStore::with(&application, settings);
    store.ready().await.unwrap();
    rebook(store.clone(), item).await;
    let nobody = store.giving(&samples::course(), CourseDateId::new(90)).await;
    assert_eq!(nobody.unwrap(), None, "the list is empty, and can be read");
    let number = samples::order_number("000004711");
    store.note(OrderId::new(item), &number, "reb-1-1").await.unwrap();
    store.mended(OrderId::new(item)).await.unwrap();
    mend(&store, &application, item).await;
    let token =
        store.find(&CaseKey::Id(CaseId::new(item))).await.unwrap().value.into_newest().unwrap();
    let (who, began) = (format!("person-{item}"), token.issued_at());
    store.end(&who, "one", began + TimeDelta::hours(8)).await.unwrap();
    assert!(store.is_ended(&who, "one", began).await.unwrap());
    let (partner, link) = (PartnerId::new(item), token.link().digest.clone());
    store.put_calendar(partner, &link).await.unwrap();
    assert!(store.calendar_since(partner).await.unwrap().is_some());
    assert_eq!(store.calendar_owner(&link).await.unwrap(), Some(partner));
    store.revoke_calendar(partner).await.unwrap();
    store.failed("away", TimeDelta::days(5)).await.unwrap();
    assert!(store.switch_on().await.unwrap());
    assert_eq!(store.state().await.unwrap(), EventsState::On);
    purge(&store, token).await;
}

/// A row goes wrong, is met and listed, and is put right.
async fn mend(store: &PostgresStore, application: &PgPool, item: i64) {
    const SET: &str = "INSERT INTO miomente_partner_portal_rebooking_unclaimed_orders AS u \
        (order_id, order_number, key) VALUES ($1, $2, 'reb-1-1') \
        ON CONFLICT (order_id) DO UPDATE SET order_number = $2, mended_at = NULL";
    for (number, listed) in [("<b>", 1), ("000004711", 0)] {
        sqlx::query(SET).bind(item).bind(number).execute(application).await.unwrap();
        store.unclaimed(10).await.unwrap();
        assert_eq!(store.malformed_rows().await.unwrap().len(), listed);
    }
    store.mended(OrderId::new(item)).await.unwrap();
}

async fn purge(store: &PostgresStore, token: RebookingToken) {
    let mut change = Change::at(token.issued_at());
    change.forget = Some(token.id().case);
    let next = Box::new(token.clone().forgotten(token.issued_at()));
    change.tokens.push(TokenWrite::Update { next, unexpired: false });
    assert_eq!(store.commit(&change).await.unwrap(), Commit::Applied);
}

/// Every right of a role, as what stands between `GRANT` and `TO`.
const RIGHTS: &str = "SELECT format('%s ON %s %s', a.privilege_type, CASE c.relkind WHEN 'S' THEN \
                      'SEQUENCE' ELSE 'TABLE' END, c.oid::regclass) \
        FROM pg_class AS c, aclexplode(c.relacl) AS a WHERE a.grantee = $1::regrole \
    UNION ALL SELECT format('%s ON SCHEMA %I', a.privilege_type, n.nspname) \
        FROM pg_namespace AS n, aclexplode(n.nspacl) AS a WHERE a.grantee = $1::regrole \
    UNION ALL SELECT format('%s ON FUNCTION %s', a.privilege_type, p.oid::regprocedure) \
        FROM pg_proc AS p, aclexplode(p.proacl) AS a WHERE a.grantee = $1::regrole ORDER BY 1";

/// Nothing is granted that is not needed: without any one of the rights something fails.
#[tokio::test]
async fn each_of_the_rights_is_needed() {
    let database = TestDatabase::empty().await.unwrap();
    let settings =
        Settings { schema: Some(Schema::parse("portal").unwrap()), ..Settings::default() };
    let owner = connect(&database.url(), &settings).await.unwrap();
    owner
        .execute(
            "REVOKE ALL ON SCHEMA public FROM PUBLIC; ALTER DEFAULT PRIVILEGES REVOKE EXECUTE \
                  ON FUNCTIONS FROM PUBLIC",
        )
        .await
        .unwrap();
    // A Feature 01 whose numbers come from a sequence of its own.
    let theirs = FEATURE_01
        .replace("CREATE TABLE ", "CREATE TABLE public.")
        .replace("INSERT INTO ", "INSERT INTO public.");
    owner
        .execute(AssertSqlSafe(theirs.replace("ON miomente_", "ON public.miomente_")))
        .await
        .unwrap();
    migrate(&owner, settings.schema.as_ref()).await.unwrap();
    let role = format!("app_of_{}", database.name());
    owner.execute(AssertSqlSafe(format!("CREATE ROLE {role} LOGIN"))).await.unwrap();
    owner.execute(AssertSqlSafe(rights_sql(&Schema::parse(&role).unwrap()))).await.unwrap();
    let url = database.url().replace("rebooking@", &format!("{role}@"));
    let attempt = async |item| {
        let application = connect(&url, &settings).await.unwrap();
        tokio::spawn(everything(application, settings.clone(), item)).await.is_ok()
    };
    assert!(attempt(7001).await, "with all of them it works");
    let rights: Vec<String> =
        sqlx::query_scalar(RIGHTS).bind(&role).fetch_all(&owner).await.unwrap();
    assert!(rights.len() > 20, "{rights:?}");
    let mut needless = Vec::new();
    for (item, right) in (7101..).zip(&rights) {
        owner.execute(AssertSqlSafe(format!("REVOKE {right} FROM {role}"))).await.unwrap();
        if attempt(item).await {
            needless.push(right);
        }
        owner.execute(AssertSqlSafe(format!("GRANT {right} TO {role}"))).await.unwrap();
    }
    assert_eq!(needless, Vec::<&String>::new());
}

#[tokio::test]
async fn the_application_can_neither_change_history_nor_delete_anything() {
    let database = TestDatabase::migrated().await.unwrap();
    let pool = as_the_application(&database).await;
    rebook(PostgresStore::new(pool.clone()), 7001).await;
    for sql in [
        "UPDATE miomente_partner_portal_rebooking_audit SET note = 'x'",
        "DELETE FROM miomente_partner_portal_rebooking_audit",
        "TRUNCATE miomente_partner_portal_rebooking_audit",
        "ALTER TABLE miomente_partner_portal_rebooking_audit DISABLE TRIGGER ALL",
        "DELETE FROM miomente_partner_portal_rebooking_tokens",
        "DROP TABLE miomente_partner_portal_rebooking_effects",
        "DELETE FROM miomente_partner_portal_rebooking_migrations",
        "UPDATE miomente_partner_portal_rebooking_audit SET note = ''",
    ] {
        let refused = pool.execute(sql).await.unwrap_err();
        let code = refused.as_database_error().and_then(|error| error.code()).unwrap().into_owned();
        assert_eq!(code, "42501", "{sql}: {refused}");
    }
}

#[tokio::test]
async fn the_purge_blanks_notes_that_the_application_itself_may_not_change() {
    let database = TestDatabase::migrated().await.unwrap();
    let pool = as_the_application(&database).await;
    let store = PostgresStore::new(pool.clone());
    rebook(store.clone(), 7001).await;
    let token =
        store.find(&CaseKey::Id(CaseId::new(7001))).await.unwrap().value.into_newest().unwrap();
    let mut change = Change::at(token.issued_at());
    change.audit.push(AuditEntry {
        subject: token.id().into(),
        at: token.issued_at(),
        actor: Actor::Support("anna".into()),
        event: AuditEvent::LinkResent,
        note: FreeText::line("Frau Mustermann hat angerufen.", 100),
    });
    assert_eq!(store.commit(&change).await.unwrap(), Commit::Applied);
    const NOTES: &str =
        "SELECT count(*) FROM miomente_partner_portal_rebooking_audit WHERE note <> ''";
    assert_eq!(count(&pool, NOTES).await, 1);
    purge(&store, token).await;
    assert_eq!(count(&pool, NOTES).await, 0);
}

/// Notes go with a whole case that names nobody any more, and that cannot be taken back.
#[tokio::test]
async fn the_application_blanks_no_notes_but_those_of_a_purged_case() {
    let database = TestDatabase::migrated().await.unwrap();
    let pool = as_the_application(&database).await;
    let store = PostgresStore::new(pool.clone());
    let first = common::token(7001, 1, common::now(&store).await);
    let second = RebookingToken::restore(TokenParts {
        id: first.id().next(),
        link: common::token(7101, 1, first.issued_at()).link().clone(),
        ..first.clone().into_parts()
    });
    common::issue(&store, &[first, second]).await;
    pool.execute(
        "INSERT INTO miomente_partner_portal_rebooking_audit (subject, number, step, at, actor, \
         support, event, note) \
         VALUES ('token', 7001, 1, now(), 'support', 'anna', 'link_resent', 'Frau Mustermann hat \
         angerufen.')",
    )
    .await
    .unwrap();
    const FORGET: &str = "UPDATE miomente_partner_portal_rebooking_tokens SET forgotten_at = ";
    const WIPE: &str =
        "customer_email = '', customer_name = '', sought_email = '', sought_name = '', reason = ''";
    let refused =
        pool.execute(AssertSqlSafe(format!("{FORGET} now()"))).await.unwrap_err().to_string();
    assert!(refused.contains("rebooking_tokens_forgotten"), "{refused}");
    let notes = async || {
        count(
            &pool,
            "SELECT count(*) FROM miomente_partner_portal_rebooking_audit WHERE note <> ''",
        )
        .await
    };
    pool.execute(AssertSqlSafe(format!("{FORGET} now(), {WIPE} WHERE step = 1"))).await.unwrap();
    assert_eq!(notes().await, 1, "one link of the case is not purged");
    let back = pool
        .execute(AssertSqlSafe(format!("{FORGET} NULL WHERE step = 1")))
        .await
        .unwrap_err()
        .to_string();
    assert!(back.contains("remembering_a_forgotten_case"), "{back}");
    pool.execute(AssertSqlSafe(format!("{FORGET} now(), {WIPE} WHERE step = 2"))).await.unwrap();
    assert_eq!(notes().await, 0);
}

#[tokio::test]
async fn even_the_owner_cannot_change_history() {
    let database = TestDatabase::migrated().await.unwrap();
    let pool = database.pool().await.unwrap();
    rebook(PostgresStore::new(pool.clone()), 7001).await;
    let entries =
        count(&pool, "SELECT count(*) FROM miomente_partner_portal_rebooking_audit").await;
    for sql in [
        "UPDATE miomente_partner_portal_rebooking_audit SET note = 'x'",
        "DELETE FROM miomente_partner_portal_rebooking_audit",
        "TRUNCATE miomente_partner_portal_rebooking_audit",
    ] {
        assert!(pool.execute(sql).await.is_err(), "{sql}");
    }
    assert_eq!(
        count(&pool, "SELECT count(*) FROM miomente_partner_portal_rebooking_audit").await,
        entries
    );
}

#[tokio::test]
async fn a_used_link_is_not_reopened_by_anybody() {
    let database = TestDatabase::migrated().await.unwrap();
    let pool = database.pool().await.unwrap();
    rebook(PostgresStore::new(pool.clone()), 7001).await;
    let reopened = pool
        .execute(
            "UPDATE miomente_partner_portal_rebooking_tokens SET status = 'active', rebooking = \
             NULL, \
             rebooking_state = NULL, rebooked_at = NULL, new_date = NULL",
        )
        .await;
    assert!(reopened.unwrap_err().to_string().contains("reopening_a_used_link"));
}

/// Each table and what the application does with it, in the order of a report.
const NEEDED: [(&str, &[&str]); 14] = [
    ("booking_confirmations", &["INSERT", "SELECT", "UPDATE"]),
    ("rebooking_audit", &["INSERT", "SELECT"]),
    ("rebooking_calendars", &["DELETE", "INSERT", "SELECT", "UPDATE"]),
    ("rebooking_dates", &["INSERT", "SELECT", "UPDATE"]),
    ("rebooking_effects", &["INSERT", "SELECT", "UPDATE"]),
    ("rebooking_event_outage", &["DELETE", "INSERT", "SELECT", "UPDATE"]),
    ("rebooking_malformed_rows", &["DELETE", "INSERT", "SELECT", "UPDATE"]),
    ("rebooking_migrations", &["SELECT"]),
    ("rebooking_partner_courses", &["SELECT"]),
    ("rebooking_partners", &["SELECT"]),
    ("rebooking_requests", &["INSERT", "SELECT", "UPDATE"]),
    ("rebooking_sign_outs", &["DELETE", "INSERT", "SELECT", "UPDATE"]),
    ("rebooking_tokens", &["INSERT", "SELECT", "UPDATE"]),
    ("rebooking_unclaimed_orders", &["INSERT", "SELECT", "UPDATE"]),
];

#[tokio::test]
async fn a_check_names_each_table_and_each_right_that_is_missing_and_makes_none() {
    let database = TestDatabase::migrated().await.unwrap();
    let application = as_the_application(&database).await;
    let store = PostgresStore::new(application);
    let found = store.check().await.unwrap();
    assert_eq!((found.missing_tables.len(), found.missing_rights.len()), (0, 0), "{found:?}");
    assert!(found.migrated && found.writable && found.durable && !found.too_old, "{found:?}");

    let owner = database.pool().await.unwrap();
    let role = format!("app_of_{}", database.name());
    let less = format!("REVOKE INSERT ON miomente_partner_portal_rebooking_audit FROM {role}");
    owner.execute(AssertSqlSafe(less)).await.unwrap();
    let found = store.check().await.unwrap();
    assert_eq!(found.missing_rights, ["INSERT on miomente_partner_portal_rebooking_audit"]);
    let none = format!(
        "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}; ALTER ROLE {role} SET \
         default_transaction_read_only = on"
    );
    owner.execute(AssertSqlSafe(none)).await.unwrap();
    let url = database.url().replace("rebooking@", &format!("{role}@"));
    let found = PostgresStore::new(common::pool(&url).await).check().await.unwrap();
    assert!(!found.migrated && !found.writable, "{found:?}");
    let all: Vec<String> = NEEDED
        .iter()
        .flat_map(|(table, rights)| {
            rights.iter().map(move |right| format!("{right} on miomente_partner_portal_{table}"))
        })
        .collect();
    assert_eq!(found.missing_rights, all);

    let empty = TestDatabase::empty().await.unwrap();
    let store = PostgresStore::new(empty.pool().await.unwrap());
    for _ in 0..2 {
        let found = store.check().await.unwrap();
        let all = NEEDED.map(|(table, _)| format!("miomente_partner_portal_{table}"));
        assert_eq!(found.missing_tables, all);
        assert!(!found.migrated, "{found:?}");
    }
}
