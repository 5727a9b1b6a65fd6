//! What others are told: one event for each thing that happened, under one id, and of nobody.

use std::collections::BTreeMap;

use rebooking_core::audit::{AuditEvent, Subject};
use rebooking_core::effect::{EffectKey, EffectKind, EffectState, EventKind};
use rebooking_core::event::Event;
use rebooking_core::rebooking::RebookingState;
use rebooking_core::testing::Snapshot;
use rebooking_core::token::{RebookingToken, TokenState};
use rebooking_core::value::ids::TokenRef;

use super::{CheckResult, Checker, Violation, effects};
use crate::world::World;

type Counts = BTreeMap<(TokenRef, EventKind), usize>;

impl Checker {
    /// I4: exactly one event for each happening, and none for what did not happen.
    pub(super) fn events(&self, snapshot: &Snapshot) -> CheckResult {
        let mut asked = Counts::new();
        for effect in effects(snapshot) {
            if let EffectKind::Event(kind) = effect.kind {
                *asked.entry((effect.token, kind)).or_default() += 1;
            }
        }
        let happened = happened(snapshot);
        let differs = |one: &Counts, other: &Counts| {
            let mut found = one.iter().filter(|(key, count)| other.get(*key) != Some(*count));
            found.next().map(|((token, kind), count)| format!("{kind} of {token}, {count} times"))
        };
        let (missing, wrong) = (differs(&happened, &asked), differs(&asked, &happened));
        promise!(missing.is_none(), "I4: events lack {}", missing.unwrap_or_default());
        promise!(wrong.is_none(), "I4: events hold {}", wrong.unwrap_or_default());
        Ok(())
    }

    /// I8: whatever is told is told of nobody; told again, it is the same, and only after a mishap
    /// or where support asks for it.
    pub(super) fn told(world: &World) -> CheckResult {
        let calm = world.gate.mishaps() == 0;
        let (mut told, mut again) = (BTreeMap::<EffectKey, Event>::new(), 0);
        for event in world.events.taken() {
            let says_who = event.customer.is_some() || format!("{event:?}").contains('@');
            promise!(!says_who, "I8: event {} names the customer", event.id);
            if let Some(first) = told.get(&event.id) {
                again += 1;
                let may = !calm || again <= world.gate.asked_again();
                promise!(may, "event {} was told twice without a mishap", event.id);
                promise!(*first == event, "event {} is another when told again", event.id);
            }
            told.insert(event.id.clone(), event);
        }
        Ok(())
    }

    /// Once everything has come to rest, what is done was told.
    pub(super) fn all_told(world: &World) -> CheckResult {
        let told = world.events.taken();
        for effect in effects(&world.store.snapshot()) {
            let is_done = matches!(effect.state, EffectState::Done { .. });
            if let (EffectKind::Event(_), true) = (effect.kind, is_done) {
                let is_told = told.iter().any(|event| event.id == effect.key);
                promise!(is_told, "I5: event {} was never told", effect.key);
            }
        }
        Ok(())
    }
}

/// What tokens and history show to have happened.
fn happened(snapshot: &Snapshot) -> Counts {
    let mut all = Counts::new();
    for token in &snapshot.tokens {
        for kind in by_state(token) {
            all.insert((token.id(), kind), 1);
        }
    }
    for entry in &snapshot.audit {
        let Subject::Token(token) = entry.subject else { continue };
        let often = match entry.event {
            AuditEvent::LinkExpired => EventKind::LinkExpired,
            AuditEvent::Wished => EventKind::WishReceived,
            AuditEvent::PageOpened => EventKind::LinkOpened,
            AuditEvent::PartnerConfirmed => EventKind::RebookingConfirmed,
            AuditEvent::Forgotten => {
                all.insert((token, EventKind::CaseForgotten), 1);
                continue;
            }
            _ => continue,
        };
        *all.entry((token, often)).or_default() += 1;
    }
    all
}

fn by_state(token: &RebookingToken) -> Vec<EventKind> {
    let mut kinds = Vec::new();
    if token.id().step == 1 {
        kinds.push(EventKind::CaseOpened);
    }
    if token.milestones().mailed_at.is_some() {
        kinds.push(EventKind::LinkMailed);
    }
    let TokenState::Used(rebooking) = token.state() else { return kinds };
    kinds.push(EventKind::RebookingChosen);
    if rebooking.order.is_some() {
        kinds.push(EventKind::OrderMade);
    }
    kinds.extend(match rebooking.state {
        RebookingState::Ordering | RebookingState::AwaitingPartner | RebookingState::Confirmed => {
            None
        }
        RebookingState::DeclinedAgain => Some(EventKind::RebookingDeclinedAgain),
        RebookingState::Rejected => Some(EventKind::OrderRefused),
        RebookingState::Cancelled(_) => Some(EventKind::RebookingCancelled),
    });
    kinds
}
