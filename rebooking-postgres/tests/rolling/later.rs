//! What a newer server writes while older ones still run: words that they do not know yet. Here the
//! older one is this version, and the words are of no version.

use rebooking_core::effect::Lane;
use rebooking_core::policy::OrderStrategy;
use rebooking_core::ports::store::CaseKey;
use rebooking_core::ports::{RebookingStore as _, Reports as _};
use rebooking_core::testing::samples;
use rebooking_core::value::ids::{CaseId, CourseDateId, EffectId};
use rebooking_postgres::PostgresStore;
use rebooking_postgres::testing::TestDatabase;
use sqlx::Executor as _;

use crate::common::{count, link, offer, site_with};
use crate::old::Stage;
use crate::{booking, newer, policy};

const ITEM: i64 = 600_001;

/// A line of history and a mail that this version cannot read.
const LATER: &str = "\
    INSERT INTO miomente_partner_portal_rebooking_audit \
        (subject, number, step, at, actor, event, note) \
        VALUES ('token', 600001, 1, now(), 'system', 'of_a_later_version', ''); \
    INSERT INTO miomente_partner_portal_rebooking_effects (key, case_id, step, lane, kind, place) \
        VALUES ('600001-1-later', 600001, 1, 'mail', '{\"mail\": \"of_a_later_version\"}', 999)";

/// As a version that knows these words reads them.
const KNOWN: &str = "\
    ALTER TABLE miomente_partner_portal_rebooking_audit DISABLE TRIGGER ALL; \
    ALTER TABLE miomente_partner_portal_rebooking_effects DISABLE TRIGGER ALL; \
    UPDATE miomente_partner_portal_rebooking_audit SET event = 'link_expired' \
        WHERE event = 'of_a_later_version'; \
    UPDATE miomente_partner_portal_rebooking_effects SET kind = '{\"mail\": \"declined\"}' \
        WHERE key = '600001-1-later'; \
    ALTER TABLE miomente_partner_portal_rebooking_effects ENABLE TRIGGER ALL";

#[tokio::test]
async fn what_only_a_newer_server_knows_is_listed_holds_up_nothing_and_is_done_once_all_are_new() {
    let pool = TestDatabase::migrated().await.unwrap().pool().await.unwrap();
    let store = PostgresStore::new(pool.clone());
    let rebookings = site_with(store.clone(), policy(OrderStrategy::KeepOrder)).rebookings;
    offer(&store, &[(90, 1_000), (1, 1_000)]).await;
    store.open_confirmation(&booking(ITEM, false)).await.unwrap();
    newer(&rebookings, &store, ITEM, Stage::Decline).await;
    let case = CaseId::new(ITEM);
    let support = || rebookings.support("anna");
    let lines = async || support().case(case).await.unwrap().value.audit.len();
    let before = lines().await;
    pool.execute(LATER).await.unwrap();

    assert_eq!(lines().await, before, "the line is left out, and the rest is there");
    assert_eq!(store.malformed_rows().await.unwrap().len(), 2, "line and mail are told of");
    // The mail of the decline comes before it.
    for _ in 0..2 {
        rebookings.deliver_lane(Lane::Mail).await.unwrap();
    }
    let later = "SELECT id FROM miomente_partner_portal_rebooking_effects \
        WHERE key = '600001-1-later' AND state = 'dead'";
    let later = EffectId::new(count(&pool, later).await);
    let token = store.find(&CaseKey::Id(case)).await.unwrap();
    let link = link(&token.value.into_newest().unwrap());
    rebookings.customer(&link).choose(&samples::choice(CourseDateId::new(1))).await.unwrap();

    pool.execute(KNOWN).await.unwrap();
    assert_eq!(store.malformed_rows().await.unwrap(), []);
    support().retry(later).await.unwrap();
    rebookings.deliver_lane(Lane::Mail).await.unwrap();
    let done = "SELECT count(*) FROM miomente_partner_portal_rebooking_effects \
        WHERE key = '600001-1-later' AND state = 'done'";
    assert_eq!(count(&pool, done).await, 1);
}
