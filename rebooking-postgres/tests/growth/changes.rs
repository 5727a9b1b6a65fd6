//! The commits that run all the time.

use chrono::TimeDelta;
use rebooking_core::Policy;
use rebooking_core::audit::{Actor, AuditEntry, AuditEvent};
use rebooking_core::change::{Change, Commit, ConfirmationWrite, EffectWrite, LIVE, TokenWrite};
use rebooking_core::confirmation::ConfirmationState;
use rebooking_core::effect::{EffectKind, Lane, MailKind, NewEffect, Outcome};
use rebooking_core::link::{LinkNonce, LinkPurpose};
use rebooking_core::policy::Alternatives;
use rebooking_core::ports::store::{CaseKey, CaseState, ConfirmationKey, TokenKey};
use rebooking_core::ports::{EffectQueue, RebookingStore};
use rebooking_core::service::{Decline, decisions};
use rebooking_core::testing::samples;
use rebooking_core::token::{Cause, RebookingToken};
use rebooking_core::value::ids::{CaseId, CourseDateId, TokenRef};
use rebooking_core::value::text::FreeText;
use rebooking_postgres::PostgresStore;
use rebooking_postgres::testing::{HotStatement, hot_change};

use crate::{common, stamp};

fn entry(token: TokenRef, event: AuditEvent) -> AuditEntry {
    let (at, note) = (samples::now(), FreeText::EMPTY);
    AuditEntry { subject: token.into(), at, actor: Actor::System, event, note }
}

fn update(token: RebookingToken) -> TokenWrite {
    TokenWrite::Update { next: Box::new(token), unexpired: false }
}

const STEPS: &str = "rebooking_tokens_one_a_step";
const REQUEST_ID: &str = "miomente_partner_portal_rebooking_requests_pkey";
const DATE_ID: &str = "miomente_partner_portal_rebooking_dates_pkey";
const EFFECT_ID: &str = "miomente_partner_portal_rebooking_effects_pkey";
const EFFECTS_OF_CASE: &str = "rebooking_effects_open_of_case rebooking_effects_case";

async fn choice(store: &PostgresStore, case: i64) -> Change {
    let id = TokenRef::first(CaseId::new(case));
    let seen = store.open(&TokenKey::Id(id), &Alternatives::new()).await.unwrap().unwrap();
    let nonce = LinkNonce(i128::from(case).to_le_bytes());
    let answer = samples::link_keys().stamp(LinkPurpose::Answer, nonce).unwrap();
    let choice = samples::choice(CourseDateId::new(10 * case + 1));
    decisions::choose(seen, &choice, &Policy::default(), answer).unwrap().change.unwrap()
}

/// Every kind of commit that runs all the time, on what there is, and with something for each of
/// its guards to find.
pub(crate) async fn hot_changes(store: &PostgresStore, tokens: i64) -> Vec<HotStatement> {
    let now = common::now(store).await;
    let token = async |case| {
        store.find(&CaseKey::Id(CaseId::new(case))).await.unwrap().value.into_newest().unwrap()
    };
    // A choice that was made, and whose order is being made.
    assert_eq!(store.commit(&choice(store, 2).await).await.unwrap(), Commit::Applied);
    let used = token(2).await;
    let request = used.rebooking().unwrap().confirmation.unwrap();
    let lease = store.claim(Lane::Orders, 1, TimeDelta::hours(1)).await.unwrap().remove(0).lease;
    let mut made = Change::at(now);
    made.tokens.push(update(used.clone()));
    made.confirmations.push(ConfirmationWrite::Move {
        id: request,
        from: LIVE,
        to: ConfirmationState::Pending,
        reason: FreeText::EMPTY,
        booking: used.moved_booking().map(Box::new),
    });
    made.effect = Some(EffectWrite::Settle { lease, outcome: Outcome::Done });
    made.effects.push(NewEffect::once(used.id(), EffectKind::Mail(MailKind::Rebooked)));
    made.audit.push(entry(used.id(), AuditEvent::OrderMade));
    let settled = |outcome| {
        let mut change = Change::at(now);
        change.effect = Some(EffectWrite::Settle { lease, outcome });
        change
    };
    let later = Outcome::Retry { after: TimeDelta::hours(1), error: "out of reach".into() };
    // A booking whose partner declines.
    let booking = common::token(tokens + 1, 1, now).booking().clone();
    let asked = ConfirmationKey::Id(store.open_confirmation(&booking).await.unwrap());
    let seen = store.find(&CaseKey::Confirmation(asked)).await.unwrap();
    let seen = seen.map(CaseState::into_confirmation).transpose().unwrap();
    let link = stamp(tokens + 1);
    let decline =
        decisions::decline(seen, &Decline::default(), Cause::Declined, &Policy::default(), link)
            .unwrap();
    let third = token(3).await;
    let mut purge = Change::at(now);
    purge.tokens.push(update(third.clone().forgotten(now)));
    purge.forget = Some(third.id().case);
    purge.audit.push(entry(third.id(), AuditEvent::Forgotten));
    let mut visit = Change::at(now);
    visit.audit.push(entry(third.id(), AuditEvent::NoDatesFound));
    let hot = |name, change: &Change, indexes| hot_change(name, change, indexes).unwrap();
    vec![
        hot("choose", &choice(store, 1).await, &[STEPS, DATE_ID, EFFECTS_OF_CASE]),
        hot("order made", &made, &[STEPS, REQUEST_ID, EFFECT_ID]),
        hot("done", &settled(Outcome::Done), &[EFFECT_ID]),
        hot("put off", &settled(later), &[EFFECT_ID, EFFECTS_OF_CASE]),
        hot("decline", &decline.change.unwrap(), &[REQUEST_ID, DATE_ID, EFFECTS_OF_CASE]),
        hot("purge", &purge, &[STEPS, "rebooking_requests_item"]),
        hot("visit", &visit, &[]),
    ]
}
