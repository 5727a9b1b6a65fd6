//! What a memory store holds, and the ways to find it. Every write goes through a `put_…`, which
//! keeps the ways right.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::snapshot::KeptEffect;
use super::weakness::Weaknesses;
use crate::audit::AuditEntry;
use crate::confirmation::Confirmation;
use crate::effect::{EffectKey, Lane};
use crate::link::LinkDigest;
use crate::ports::{FoundRow, Places, UnclaimedOrder};
use crate::token::RebookingToken;
use crate::value::course_date::CourseDate;
use crate::value::ids::{
    CaseId, ConfirmationId, CourseDateId, CourseId, EffectId, OrderId, OrderItemId, PartnerId,
    TokenRef,
};
use crate::value::text::FreeText;

/// An order that no rebooking claims, and whether support has dealt with it.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) order: UnclaimedOrder,
    pub(super) is_over: bool,
}

/// The address of one partner's calendar.
pub(super) struct CalendarAddress {
    pub(super) link: LinkDigest,
    pub(super) since: DateTime<Utc>,
}

/// Rows are shared, so that a commit can remember the old one without copying it.
#[derive(Default)]
pub(super) struct State {
    pub(super) weaknesses: Weaknesses,
    pub(super) tokens: BTreeMap<TokenRef, Arc<RebookingToken>>,
    pub(super) by_digest: HashMap<LinkDigest, TokenRef>,
    /// Cases that have ever named an order or an item; whoever reads looks whether they still do.
    pub(super) cases_of_order: HashMap<OrderId, BTreeSet<CaseId>>,
    pub(super) cases_of_item: HashMap<OrderItemId, BTreeSet<CaseId>>,
    pub(super) confirmations: BTreeMap<ConfirmationId, Arc<Confirmation>>,
    pub(super) by_answer: HashMap<LinkDigest, ConfirmationId>,
    pub(super) live_confirmations: BTreeMap<CourseDateId, BTreeSet<ConfirmationId>>,
    /// Requests that have ever named an order, or an item, or whose case has the item's number.
    pub(super) requests_of_order: HashMap<OrderId, BTreeSet<ConfirmationId>>,
    pub(super) requests_of_item: HashMap<OrderItemId, BTreeSet<ConfirmationId>>,
    pub(super) dates: BTreeMap<CourseDateId, Arc<KeptDate>>,
    pub(super) dates_of_course: HashMap<CourseId, BTreeSet<CourseDateId>>,
    pub(super) withdrawn: BTreeSet<CourseDateId>,
    /// Requests whose party the shop's stock carries, and since when; `None` for those that were
    /// bought there.
    pub(super) in_stock: BTreeMap<ConfirmationId, Option<DateTime<Utc>>>,
    pub(super) requests_on: HashMap<CourseDateId, BTreeSet<ConfirmationId>>,
    pub(super) effects: BTreeMap<EffectId, KeptEffect>,
    pub(super) by_key: HashMap<EffectKey, EffectId>,
    pub(super) effects_of_case: HashMap<CaseId, BTreeSet<EffectId>>,
    pub(super) lanes: BTreeMap<Lane, Queue>,
    pub(super) audit: Vec<AuditEntry>,
    pub(super) audit_of_case: HashMap<CaseId, Vec<usize>>,
    pub(super) calendars: BTreeMap<PartnerId, CalendarAddress>,
    pub(super) unclaimed: Vec<Found>,
    pub(super) malformed: Vec<FoundRow>,
    last_confirmation: i64,
    last_effect: i64,
}

/// A date with what is known of it beside.
#[derive(Clone)]
pub(super) struct KeptDate {
    pub(super) date: CourseDate,
    /// Why it was withdrawn.
    pub(super) withdrawal: FreeText,
    /// What its places mean at the schedule that it came from.
    pub(super) places: Places,
    /// Whether that schedule offers it.
    pub(super) offered: bool,
    /// When the reading began that brought it; `None` when the host did.
    pub(super) read_at: Option<DateTime<Utc>>,
}

impl KeptDate {
    /// A date of the host's own.
    pub(super) const fn new(date: CourseDate) -> Self {
        let withdrawal = FreeText::EMPTY;
        Self { date, withdrawal, places: Places::Counted, offered: true, read_at: None }
    }

    /// As everybody sees it: one that is not offered has no places to give.
    pub(super) fn shown(&self) -> CourseDate {
        let capacity = if self.offered { self.date.capacity } else { 0 };
        CourseDate { capacity, ..self.date.clone() }
    }
}

/// The effects of one lane that are not over, by case, and the oldest of each case: only those can
/// be claimed.
#[derive(Default)]
pub(super) struct Queue {
    pub(super) open: HashMap<CaseId, BTreeSet<EffectId>>,
    pub(super) heads: BTreeSet<EffectId>,
}

impl Queue {
    fn set(&mut self, case: CaseId, id: EffectId, open: bool) {
        let ids = self.open.entry(case).or_default();
        let head = ids.first().copied();
        if open {
            ids.insert(id);
        } else {
            ids.remove(&id);
        }
        let next = ids.first().copied();
        if head != next {
            head.map(|head| self.heads.remove(&head));
            self.heads.extend(next);
        }
        if next.is_none() {
            self.open.remove(&case);
        }
    }
}

impl State {
    pub(super) fn next_confirmation(&mut self) -> ConfirmationId {
        self.last_confirmation += 1;
        ConfirmationId::new(self.last_confirmation)
    }

    pub(super) fn next_effect(&mut self) -> EffectId {
        self.last_effect += 1;
        EffectId::new(self.last_effect)
    }

    pub(super) fn put_token(
        &mut self,
        id: TokenRef,
        row: Option<Arc<RebookingToken>>,
    ) -> Option<Arc<RebookingToken>> {
        let old = match &row {
            Some(token) => self.tokens.insert(id, Arc::clone(token)),
            None => self.tokens.remove(&id),
        };
        if let Some(old) = &old
            && row.as_ref().is_none_or(|row| row.link().digest != old.link().digest)
        {
            self.by_digest.remove(&old.link().digest);
        }
        if let Some(token) = row {
            self.by_digest.insert(token.link().digest.clone(), id);
            self.cases_of_order.entry(token.booking().order).or_default().insert(id.case);
            self.cases_of_item.entry(token.booking().item).or_default().insert(id.case);
            if let Some(order) = token.rebooking().and_then(|rebooking| rebooking.order.as_ref()) {
                self.cases_of_order.entry(order.id).or_default().insert(id.case);
                self.cases_of_item.entry(order.item).or_default().insert(id.case);
            }
        }
        old
    }

    pub(super) fn put_confirmation(
        &mut self,
        id: ConfirmationId,
        row: Option<Arc<Confirmation>>,
    ) -> Option<Arc<Confirmation>> {
        let old = match &row {
            Some(confirmation) => self.confirmations.insert(id, Arc::clone(confirmation)),
            None => self.confirmations.remove(&id),
        };
        if let Some(old) = &old {
            if let Some(live) = self.live_confirmations.get_mut(&old.booking.slot.id) {
                live.remove(&id);
            }
            old.answer.as_ref().map(|answer| self.by_answer.remove(&answer.digest));
        }
        if let Some(confirmation) = row {
            let booking = &confirmation.booking;
            if confirmation.state.is_live() {
                self.live_confirmations.entry(booking.slot.id).or_default().insert(id);
            }
            if let Some(answer) = &confirmation.answer {
                self.by_answer.insert(answer.digest.clone(), id);
            }
            self.requests_on.entry(booking.slot.id).or_default().insert(id);
            self.requests_of_order.entry(booking.order).or_default().insert(id);
            self.requests_of_item.entry(booking.item).or_default().insert(id);
            if let Some(token) = confirmation.token {
                let original = token.case.original();
                self.requests_of_item.entry(original).or_default().insert(id);
            }
        }
        old
    }

    pub(super) fn put_date(
        &mut self,
        id: CourseDateId,
        row: Option<Arc<KeptDate>>,
    ) -> Option<Arc<KeptDate>> {
        let old = match &row {
            Some(kept) => self.dates.insert(id, Arc::clone(kept)),
            None => self.dates.remove(&id),
        };
        if let Some(old) = &old
            && row.as_ref().is_none_or(|row| row.date.course.id != old.date.course.id)
            && let Some(dates) = self.dates_of_course.get_mut(&old.date.course.id)
        {
            dates.remove(&id);
        }
        if let Some(kept) = &row {
            self.dates_of_course.entry(kept.date.course.id).or_default().insert(id);
        }
        if row.is_some_and(|kept| kept.date.withdrawn) {
            self.withdrawn.insert(id);
        } else {
            self.withdrawn.remove(&id);
        }
        old
    }

    pub(super) fn put_effect(
        &mut self,
        id: EffectId,
        row: Option<KeptEffect>,
    ) -> Option<KeptEffect> {
        let Some(kept) = row else {
            let old = self.effects.remove(&id)?;
            let (case, lane) = (old.effect.token.case, old.effect.kind.lane());
            if self.by_key.get(&old.effect.key) == Some(&id) {
                self.by_key.remove(&old.effect.key);
            }
            if let Some(effects) = self.effects_of_case.get_mut(&case) {
                effects.remove(&id);
            }
            self.lanes.entry(lane).or_default().set(case, id, false);
            return Some(old);
        };
        let effect = &kept.effect;
        let (case, lane, open) = (effect.token.case, effect.kind.lane(), !effect.state.is_over());
        self.by_key.entry(effect.key.clone()).or_insert(id);
        self.effects_of_case.entry(case).or_default().insert(id);
        self.lanes.entry(lane).or_default().set(case, id, open);
        self.effects.insert(id, kept)
    }

    pub(super) fn push_audit(&mut self, entry: AuditEntry) {
        if let Some(case) = entry.subject.case() {
            self.audit_of_case.entry(case).or_default().push(self.audit.len());
        }
        self.audit.push(entry);
    }

    pub(super) fn pop_audit(&mut self) {
        let case = self.audit.pop().and_then(|entry| entry.subject.case());
        if let Some(case) = case
            && let Some(places) = self.audit_of_case.get_mut(&case)
        {
            places.pop();
        }
    }

    /// The tokens of a case by step.
    pub(super) fn tokens_of(
        &self,
        case: CaseId,
    ) -> impl DoubleEndedIterator<Item = &Arc<RebookingToken>> {
        let (first, last) = (TokenRef { case, step: 0 }, TokenRef { case, step: u32::MAX });
        self.tokens.range(first..=last).map(|(_, token)| token)
    }

    /// The newest token of a case.
    pub(super) fn latest(&self, case: CaseId) -> Option<&RebookingToken> {
        self.tokens_of(case).next_back().map(AsRef::as_ref)
    }

    /// The newest token of every case, by case.
    pub(super) fn newest(&self) -> impl Iterator<Item = &RebookingToken> {
        let mut rows = self.tokens.values().peekable();
        std::iter::from_fn(move || {
            let mut newest = rows.next()?;
            while let Some(next) = rows.next_if(|next| next.id().case == newest.id().case) {
                newest = next;
            }
            Some(newest.as_ref())
        })
    }
}
