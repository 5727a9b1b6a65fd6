//! What was recorded is told in order, and counts when its names are forgotten.

use chrono::TimeDelta;

use crate::audit::{Actor, AuditEvent, Subject};
use crate::change::Change;
use crate::testing::contract::StoreUnderTest;
use crate::testing::contract::given::{self, apply};
use crate::testing::contract::store::{forget, talkative};
use crate::testing::samples;
use crate::value::ids::{CaseId, CourseDateId};
use crate::value::text::FreeText;

/// Who did what and why, in the order in which it was done; a date's history is no case's.
pub async fn history_is_kept_in_order(store: StoreUnderTest) {
    let token = given::issued(&store, 7001).await;
    let (at, why) = (token.issued_at(), FreeText::line("auf Wunsch", 100));
    let support = Actor::Support("ines".into());
    let partner = Actor::Partner(samples::partner().id);
    let booking = Subject::Booking(CaseId::new(7001));
    apply(&store, &Change::at(at).audit(booking, &partner, AuditEvent::PartnerConfirmed)).await;
    apply(
        &store,
        &Change::at(at).audit_why(token.id(), &support, AuditEvent::LinkResent, why.clone()),
    )
    .await;
    let date = Subject::Date(CourseDateId::new(7001));
    apply(&store, &Change::at(at).audit(date, &partner, AuditEvent::DateWithdrawn)).await;
    let audit = store.reports().case(token.id().case).await.unwrap().unwrap().value.audit;
    let events: Vec<_> =
        audit.iter().map(|entry| (entry.subject, &entry.actor, entry.event, &entry.note)).collect();
    let silent = FreeText::default();
    assert_eq!(
        events,
        [
            (booking, &partner, AuditEvent::PartnerConfirmed, &silent),
            (Subject::Token(token.id()), &support, AuditEvent::LinkResent, &why),
        ]
    );
    assert_eq!(audit[0].at, at);
}

/// What a case led to is still counted.
pub async fn a_forgotten_case_still_counts(store: StoreUnderTest) {
    let token = talkative(&store).await;
    let span = (token.issued_at() - TimeDelta::days(1), token.issued_at() + TimeDelta::days(1));
    let before = store.reports().earnings(span.0, span.1).await.unwrap().value;
    forget(&store, &token).await;
    assert_eq!(store.reports().earnings(span.0, span.1).await.unwrap().value, before);
}
