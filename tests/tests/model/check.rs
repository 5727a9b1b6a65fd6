//! The promises, as a plain model that knows nothing of how they are kept: counts, sets, and what
//! may follow what.

use std::collections::{BTreeMap, BTreeSet};

use rebooking_core::RebookError;
use rebooking_core::audit::{AuditEvent, Subject};
use rebooking_core::effect::{Effect, EffectState, Lane};
use rebooking_core::link::LinkDigest;
use rebooking_core::rebooking::{ChosenBy, Rebooking, RebookingState};
use rebooking_core::service::Chosen;
use rebooking_core::testing::Snapshot;
use rebooking_core::token::{CancelReason, RebookingToken, TokenState};
use rebooking_core::value::customer::Customer;
use rebooking_core::value::ids::{CaseId, CourseDateId, EffectId, TokenRef};
use rebooking_core::value::money::Money;

use crate::legal::{due_effects, is_live, may_follow};
use crate::play::{Acknowledged, Named};
use crate::world::World;

/// A broken promise, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Violation(pub String);

type CheckResult = Result<(), Violation>;

macro_rules! promise {
    ($holds:expr, $($said:tt)+) => {
        if !$holds {
            return Err(Violation(format!($($said)+)));
        }
    };
}

pub(crate) struct Checker {
    /// Places that others have taken on each date: what is taken beyond live requests. It never
    /// changes.
    others: BTreeMap<CourseDateId, i64>,
    tokens: BTreeMap<TokenRef, RebookingToken>,
    over: BTreeMap<EffectId, &'static str>,
    effects_seen: BTreeSet<EffectId>,
    audited: usize,
    acknowledged: Vec<Acknowledged>,
    fresh: bool,
}

fn others(snapshot: &Snapshot) -> BTreeMap<CourseDateId, i64> {
    let mut others: BTreeMap<_, _> =
        snapshot.dates.iter().map(|date| (date.id(), i64::from(date.taken))).collect();
    for confirmation in
        snapshot.confirmations.iter().filter(|confirmation| confirmation.state.is_live())
    {
        if let Some(count) = others.get_mut(&confirmation.booking.slot.id) {
            *count -= i64::from(confirmation.booking.participants.count());
        }
    }
    others
}

fn effects(snapshot: &Snapshot) -> impl Iterator<Item = &Effect> {
    snapshot.effects.iter().map(|kept| &kept.effect)
}

mod backups;
mod events;
mod exchanges;
mod money;
mod outside;
mod overdue;

use backups::backups;
use exchanges::exchanges;
use overdue::overdue;

impl Checker {
    pub(crate) fn new(world: &World) -> Self {
        Self {
            others: others(&world.store.snapshot()),
            tokens: BTreeMap::new(),
            over: BTreeMap::new(),
            effects_seen: BTreeSet::new(),
            audited: 0,
            acknowledged: Vec::new(),
            fresh: false,
        }
    }

    pub(crate) fn acknowledge(&mut self, acknowledged: Acknowledged) {
        self.acknowledged.push(acknowledged);
        self.fresh = true;
    }

    /// The latest acknowledged choice, once.
    pub(crate) fn last_acknowledged(&mut self) -> Option<&Acknowledged> {
        if std::mem::take(&mut self.fresh) { self.acknowledged.last() } else { None }
    }

    pub(crate) fn unchanged(&self, what: &str, before: &Snapshot, after: &Snapshot) -> CheckResult {
        promise!(before == after, "{what}");
        Ok(())
    }

    pub(crate) fn same_answer(
        &self,
        first: &Acknowledged,
        again: &Result<Chosen, RebookError>,
    ) -> CheckResult {
        match again {
            Ok(again) => {
                promise!(again.slot == first.chosen.slot, "I7: another date for the same request");
                let same_number =
                    again.order_number == first.chosen.order_number || first.chosen.order_pending;
                promise!(same_number, "I7: another order number for the same request");
            }
            // A link that others have locked by guessing stays locked, also for its owner.
            Err(RebookError::TooManyAttempts { .. }) => {}
            // Nor can anybody show that a choice was theirs once the case is forgotten.
            Err(RebookError::Gone { token, .. }) if token.milestones().forgotten_at.is_some() => {}
            // What was lost in the same step is no success any more.
            Err(RebookError::Gone { token, .. })
                if token.rebooking().is_some_and(|it| !it.state.is_live()) => {}
            Err(error) => {
                return Err(Violation(format!("I7: the same request was refused: {error}")));
            }
        }
        Ok(())
    }

    pub(crate) fn after_step(
        &mut self,
        world: &World,
        agreed: &[(LinkDigest, Money)],
        named: &[Named],
    ) -> CheckResult {
        let snapshot = world.store.snapshot();
        if let Some(token) = world.gate.used_too_late() {
            return Err(Violation(format!("I1: token {token} was used after its time")));
        }
        self.places(&snapshot)?;
        self.tokens(&snapshot)?;
        self.requests(&snapshot)?;
        self.forgotten(&snapshot)?;
        self.effects(&snapshot)?;
        overdue(&snapshot)?;
        self.events(&snapshot)?;
        self.acknowledged_choices(&snapshot)?;
        self.money(&snapshot, world, agreed, named)?;
        backups(&snapshot, named)?;
        exchanges(&snapshot)?;
        self.orders(world)?;
        Self::mails(world)?;
        Self::told(world)
    }

    /// I2: taken is what others have plus what live requests hold; never beyond the capacity.
    fn places(&self, snapshot: &Snapshot) -> CheckResult {
        for date in &snapshot.dates {
            promise!(date.taken <= date.capacity, "I2: date {} is oversold", date.id());
        }
        let now = others(snapshot);
        promise!(
            now == self.others,
            "I2: places are taken without a live reason, or free with one: {now:?} for {:?}",
            self.others
        );
        Ok(())
    }

    /// I1: what a token is may follow only from what it was; steps are without gaps; one live thing
    /// a case.
    fn tokens(&mut self, snapshot: &Snapshot) -> CheckResult {
        let mut by_case: BTreeMap<_, Vec<&RebookingToken>> = BTreeMap::new();
        for token in &snapshot.tokens {
            by_case.entry(token.id().case).or_default().push(token);
            if let Some(before) = self.tokens.get(&token.id()) {
                promise!(
                    before.link() == token.link() && before.booking().slot == token.booking().slot,
                    "I1: token {} became another",
                    token.id()
                );
                promise!(
                    before.version() <= token.version(),
                    "I1: token {} went back in time",
                    token.id()
                );
                promise!(
                    may_follow(before.state(), token.state()),
                    "I1: token {} went from {:?} to {:?}",
                    token.id(),
                    before.state(),
                    token.state()
                );
            }
            if let TokenState::Used(rebooking) = &token.state() {
                self.chosen_within_the_rules(token, rebooking)?;
            }
        }
        for (case, tokens) in &by_case {
            let steps: Vec<u32> = tokens.iter().map(|token| token.id().step).collect();
            let expected: Vec<u32> = (1..=u32::try_from(steps.len()).unwrap()).collect();
            promise!(steps == expected, "I1: case {case} has steps {steps:?}");
            let live = tokens.iter().filter(|token| is_live(token)).count();
            promise!(live <= 1, "I1: case {case} has {live} live links or rebookings");
        }
        for id in self.tokens.keys() {
            promise!(
                snapshot.tokens.iter().any(|token| token.id() == *id),
                "I6: token {id} is gone"
            );
        }
        self.tokens = snapshot.tokens.iter().map(|token| (token.id(), token.clone())).collect();
        Ok(())
    }

    fn chosen_within_the_rules(
        &self,
        token: &RebookingToken,
        rebooking: &Rebooking,
    ) -> CheckResult {
        let id = token.id();
        if rebooking.by == ChosenBy::Customer {
            let notice = rebooking.slot.starts_at - rebooking.at;
            promise!(
                notice >= chrono::TimeDelta::hours(24),
                "the minimum notice of token {id} was passed over"
            );
        }
        let lost = token.lost().contains(&rebooking.slot.id)
            || token.booking().slot.id == rebooking.slot.id;
        promise!(!lost, "token {id} was moved to a date that its case has lost");
        Ok(())
    }

    /// A request is live exactly while its rebooking is.
    fn requests(&self, snapshot: &Snapshot) -> CheckResult {
        for confirmation in &snapshot.confirmations {
            let Some(token) = confirmation.token else { continue };
            let rebooking = self.tokens.get(&token).and_then(RebookingToken::rebooking);
            let live = rebooking.is_some_and(|rebooking| rebooking.state.is_live());
            promise!(
                rebooking.is_some_and(|r| r.confirmation == Some(confirmation.id)),
                "I4: request {} belongs to no rebooking",
                confirmation.id
            );
            promise!(
                confirmation.state.is_live() == live,
                "I2: request {} is {:?} while its rebooking is not",
                confirmation.id,
                confirmation.state
            );
        }
        Ok(())
    }

    /// Of a case that is forgotten nothing tells who the customer was, nor ever will again.
    fn forgotten(&self, snapshot: &Snapshot) -> CheckResult {
        let forgotten: BTreeSet<_> = self
            .tokens
            .values()
            .filter(|token| token.milestones().forgotten_at.is_some())
            .map(|token| token.id().case)
            .collect();
        let tokens = self.tokens.values().map(|token| (token.id().case, token.booking()));
        let requests = snapshot.confirmations.iter().map(|request| {
            let case =
                request.token.map_or(CaseId::new(request.booking.item.value()), |it| it.case);
            (case, &request.booking)
        });
        for (case, booking) in tokens.chain(requests).filter(|(case, _)| forgotten.contains(case)) {
            let customer = &booking.customer;
            promise!(
                *customer == Customer::forgotten(customer.language),
                "the customer of case {case} is still known"
            );
        }
        Ok(())
    }

    /// I4: a change has all its effects and its history, and no effect is without its change. I5:
    /// what is over stays over.
    fn effects(&mut self, snapshot: &Snapshot) -> CheckResult {
        for token in &snapshot.tokens {
            for kind in due_effects(token) {
                let there = effects(snapshot)
                    .any(|effect| effect.token == token.id() && effect.kind == kind);
                promise!(there, "I4: token {} lacks {kind:?}", token.id());
            }
            let issued = snapshot.audit.iter().filter(|entry| {
                entry.subject == Subject::Token(token.id()) && entry.event == AuditEvent::LinkIssued
            });
            let issued = issued.count();
            promise!(
                issued == 1,
                "I4: token {} was issued {issued} times by its history",
                token.id()
            );
        }
        promise!(snapshot.audit.len() >= self.audited, "I4: history was lost");
        self.audited = snapshot.audit.len();
        let mut keys = BTreeSet::new();
        for effect in effects(snapshot) {
            promise!(
                self.tokens.contains_key(&effect.token),
                "I4: effect {} without its change",
                effect.key
            );
            promise!(keys.insert(effect.key.clone()), "I4: effect {} is there twice", effect.key);
            if let EffectState::Leased { .. } = effect.state {
                let older = effects(snapshot).find(|other| {
                    other.token.case == effect.token.case
                        && other.kind.lane() == effect.kind.lane()
                        && other.id < effect.id
                        && !other.state.is_over()
                        // One that support brought back from the dead has lost its place.
                        && !self.over.contains_key(&other.id)
                });
                promise!(older.is_none(), "effects of case {} are out of order", effect.token.case);
            }
            match self.over.get(&effect.id) {
                Some(&"dead") | None => {}
                // Told once more, under its id.
                Some(&"done") if effect.kind.lane() == Lane::Events => {}
                Some(how) => promise!(
                    effect.state.as_str() == *how,
                    "I5: effect {} was {how} and is not any more",
                    effect.key
                ),
            }
            if effect.state.is_over() {
                self.over.insert(effect.id, effect.state.as_str());
            }
        }
        let now: BTreeSet<_> = effects(snapshot).map(|effect| effect.id).collect();
        promise!(self.effects_seen.is_subset(&now), "I4: an effect was lost");
        self.effects_seen = now;
        Ok(())
    }

    /// I6, I1: whoever was told of success finds it; all who were told of one link were told the
    /// same date.
    fn acknowledged_choices(&self, snapshot: &Snapshot) -> CheckResult {
        for told in &self.acknowledged {
            let id = told.chosen.token.id();
            let token = snapshot.tokens.iter().find(|token| token.id() == id);
            let kept = token.and_then(RebookingToken::rebooking);
            let same = kept.is_some_and(|rebooking| rebooking.slot.id == told.chosen.slot.id);
            promise!(same, "I6: an acknowledged choice is not there");
        }
        Ok(())
    }

    /// I3, I5 once everything has come to rest: one order for what stands, none for what does not.
    pub(crate) fn at_the_end(&self, world: &World) -> CheckResult {
        for token in self.tokens.values() {
            let Some(rebooking) = token.rebooking() else { continue };
            let live = world.shop.carrying(&token.order_key()).len();
            let wanted = match rebooking.state {
                RebookingState::Ordering => {
                    return Err(Violation(format!(
                        "I3: token {} still waits for its order",
                        token.id()
                    )));
                }
                RebookingState::AwaitingPartner | RebookingState::Confirmed => Some(1),
                // Declined after its order was made: the order stands until the next link moves it
                // on.
                RebookingState::DeclinedAgain if rebooking.order.is_some() => None,
                RebookingState::DeclinedAgain => Some(0),
                RebookingState::Rejected
                | RebookingState::Cancelled(CancelReason::Support | CancelReason::Superseded) => {
                    Some(0)
                }
                // The shop's own people called it off; what they did to the order is theirs.
                RebookingState::Cancelled(
                    CancelReason::Refunded | CancelReason::OrderCancelled,
                ) => None,
            };
            promise!(
                wanted.is_none_or(|wanted| wanted == live),
                "I3: token {} is {:?} with {live} live orders",
                token.id(),
                rebooking.state
            );
        }
        Self::all_told(world)
    }
}
