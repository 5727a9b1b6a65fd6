//! What partners and support read.

use std::cmp::Reverse;

use chrono::{DateTime, Utc};

use super::state::State;
use crate::audit::{AuditEvent, Subject};
use crate::confirmation::{Confirmation, ConfirmationState};
use crate::effect::{Effect, EffectState, EffectStatus, Lane};
use crate::ports::reports::{
    Backlog, CaseDetails, CaseFilter, CaseOrder, CaseRow, CaseStatus, Page, PageRequest,
    PartnerStatus, Recorded,
};
use crate::token::{CancelReason, RebookingToken, TokenState};
use crate::value::customer::EmailAddress;
use crate::value::ids::{CaseId, EffectId, PartnerId, TokenRef};

impl State {
    pub(super) fn confirmations(
        &self,
        partner: PartnerId,
        kind: Option<ConfirmationState>,
        page: PageRequest,
    ) -> Page<Confirmation> {
        let rows = self.confirmations.values().rev().map(AsRef::as_ref).filter(|request| {
            request.booking.partner.id == partner
                && request.state != ConfirmationState::Waiting
                && kind.is_none_or(|kind| kind == request.state)
        });
        paged(rows, page)
    }

    pub(super) fn partner_rebookings(
        &self,
        partner: PartnerId,
        progress: Option<PartnerStatus>,
        page: PageRequest,
        now: DateTime<Utc>,
    ) -> Page<RebookingToken> {
        paged(self.rebookings_of(partner, progress, now).into_iter(), page)
    }

    pub(super) fn partner_rebookings_after(
        &self,
        partner: PartnerId,
        progress: Option<PartnerStatus>,
        after: Option<TokenRef>,
        limit: usize,
        now: DateTime<Utc>,
    ) -> Vec<RebookingToken> {
        let after = after.and_then(|after| self.tokens.get(&after)).map(|after| age(after));
        let rows = self.rebookings_of(partner, progress, now).into_iter();
        rows.filter(|token| after.is_none_or(|after| age(token) < after))
            .take(limit)
            .cloned()
            .collect()
    }

    fn rebookings_of(
        &self,
        partner: PartnerId,
        progress: Option<PartnerStatus>,
        now: DateTime<Utc>,
    ) -> Vec<&RebookingToken> {
        newest_first(self.tokens.values().map(AsRef::as_ref).filter(|token| {
            token.booking().partner.id == partner
                && !is_superseded(token)
                && progress.is_none_or(|progress| progress == PartnerStatus::from_token(token, now))
        }))
    }

    pub(super) fn cases(
        &self,
        filter: &CaseFilter,
        page: PageRequest,
        now: DateTime<Utc>,
    ) -> Page<CaseRow> {
        let wanted = |token: &RebookingToken| {
            filter.progress.is_none_or(|wanted| wanted == CaseStatus::from_token(token, now))
        };
        let wanted_row = |row: &CaseRow| {
            filter.attention.is_none_or(|wanted| row.attention.contains(&wanted))
                && filter.held_by.as_ref().is_none_or(|wanted| wanted.is(row.holder.as_ref()))
        };
        let search = filter.search.expose().to_lowercase();
        let of = |kind: fn(&RebookingToken, &str) -> bool| {
            let found = self.newest().filter(|token| kind(token, &search) && wanted(token));
            let rows = newest_first(found).into_iter().map(|newest| self.row(newest.clone()));
            rows.filter(wanted_row).collect::<Vec<_>>()
        };
        let exact = of(answers_exactly);
        // By a part of the name only where nothing else fits.
        let mut rows = if exact.is_empty() { of(answers_by_name) } else { exact };
        match filter.order {
            CaseOrder::Newest => {}
            CaseOrder::LongestWaiting => {
                rows.sort_by_key(|row| (row.waits_since.is_none(), row.waits_since));
            }
        }
        paged(rows.iter(), page)
    }

    pub(super) fn silent_partners(&self, limit: usize, now: DateTime<Utc>) -> Vec<Confirmation> {
        let mut silent: Vec<_> = self.confirmations.values().map(AsRef::as_ref).collect();
        silent.retain(|request: &&Confirmation| {
            request.state == ConfirmationState::Pending
                && request.silent_at.is_some()
                && request.token.is_none()
                && now < request.booking.slot.ends_at
        });
        silent.sort_by_key(|request| (request.silent_at, request.id));
        silent.into_iter().take(limit).cloned().collect()
    }

    fn row(&self, newest: RebookingToken) -> CaseRow {
        let case = newest.id().case;
        let effects = self.effects_of_case.get(&case).into_iter().flatten();
        let failed_since = effects
            .filter_map(|id| match self.effects.get(id)?.effect.state {
                EffectState::Dead { at } => Some(at),
                _ => None,
            })
            .min();
        let used = self.tokens_of(case).filter(|token| token.rebooking().is_some());
        let used = used.map(|token| token.id().step).max().unwrap_or_default();
        let entries = self.audit_of_case.get(&case).into_iter().flatten();
        let entries = entries.filter_map(|place| self.audit.get(*place));
        let no_dates_since =
            entries.fold(None, |since, entry| match (entry.event, entry.subject) {
                (AuditEvent::WishSettled, _) => None,
                (AuditEvent::NoDatesFound, Subject::Token(link)) if link.step > used => {
                    since.or(Some(entry.at))
                }
                _ => since,
            });
        let asked = newest.rebooking().and_then(|rebooking| rebooking.confirmation);
        let asked = asked.and_then(|id| self.confirmations.get(&id));
        let silent_since = asked
            .filter(|request| request.state == ConfirmationState::Pending)
            .and_then(|request| request.silent_at);
        let holder = self.all_of(case).holder();
        CaseRow::new(newest, Recorded { failed_since, no_dates_since, silent_since }, holder)
    }

    pub(super) fn case_file(&self, case: CaseId) -> Option<CaseDetails> {
        Some(self.all_of(case)).filter(|file| !file.tokens.is_empty())
    }

    /// The same, also of a booking that has not become a case.
    pub(super) fn all_of(&self, case: CaseId) -> CaseDetails {
        let effects = self.effects_of_case.get(&case).into_iter().flatten();
        let entries = self.audit_of_case.get(&case).into_iter().flatten();
        CaseDetails {
            tokens: self.tokens_of(case).map(|token| token.as_ref().clone()).collect(),
            effects: effects.filter_map(|id| self.effect(*id)).collect(),
            audit: entries.filter_map(|place| self.audit.get(*place)).cloned().collect(),
        }
    }

    pub(super) fn list_effects(
        &self,
        status: Option<EffectStatus>,
        page: PageRequest,
    ) -> Page<Effect> {
        let rows = self.effects.values().rev().map(|kept| &kept.effect);
        paged(
            rows.filter(|effect| status.is_none_or(|status| status == effect.state.status())),
            page,
        )
    }

    pub(super) fn backlog(&self, now: DateTime<Utc>) -> Vec<Backlog> {
        let all = || self.effects.values().map(|kept| &kept.effect);
        let of_lane = |lane| {
            let waits = |effect: &&Effect| effect.kind.lane() == lane && !effect.state.is_over();
            let dead = |effect: &&Effect| {
                effect.kind.lane() == lane && effect.state.status() == EffectStatus::Dead
            };
            Backlog {
                lane,
                waiting: all().filter(waits).map(|_| 1).sum(),
                due_since: all().filter(waits).filter_map(|effect| due(effect.state, now)).min(),
                dead: all().filter(dead).map(|_| 1).sum(),
            }
        };
        Lane::ALL.into_iter().map(of_lane).collect()
    }

    pub(super) fn effect(&self, id: EffectId) -> Option<Effect> {
        self.effects.get(&id).map(|kept| kept.effect.clone())
    }
}

fn is_superseded(token: &RebookingToken) -> bool {
    match token.state() {
        TokenState::Cancelled { why, .. } => *why == CancelReason::Superseded,
        TokenState::Active | TokenState::Used(_) => false,
    }
}

fn newest_first<'a>(rows: impl Iterator<Item = &'a RebookingToken>) -> Vec<&'a RebookingToken> {
    let mut rows: Vec<_> = rows.collect();
    rows.sort_by_key(|token| Reverse(age(token)));
    rows
}

fn age(token: &RebookingToken) -> (DateTime<Utc>, TokenRef) {
    (token.issued_at(), token.id())
}

fn answers_by_name(token: &RebookingToken, search: &str) -> bool {
    token.booking().customer.name.expose().to_lowercase().contains(search)
}

/// By the beginning of an order number or the whole address, however it is spelled.
fn answers_exactly(token: &RebookingToken, search: &str) -> bool {
    let booking = token.booking();
    let placed = token.rebooking().and_then(|rebooking| rebooking.order.as_ref());
    let numbers = [Some(&booking.order_number), placed.map(|order| &order.number)];
    let mut numbers = numbers.into_iter().flatten().map(|number| number.as_str().to_lowercase());
    numbers.any(|number| number.starts_with(search))
        || EmailAddress::parse(search)
            .is_ok_and(|sought| sought.same_address(&booking.customer.email))
}

fn paged<'a, T: Clone + 'a>(rows: impl Iterator<Item = &'a T>, page: PageRequest) -> Page<T> {
    let (first, size) = (usize::try_from(page.offset()).unwrap_or(usize::MAX), page.size as usize);
    let mut paged = Page { rows: Vec::new(), total: 0 };
    for (place, row) in rows.enumerate() {
        if place >= first && paged.rows.len() < size {
            paged.rows.push(row.clone());
        }
        paged.total += 1;
    }
    paged
}

/// Since when an effect could be tried that nobody is at.
fn due(state: EffectState, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    match state {
        EffectState::Waiting { due_at } => (due_at <= now).then_some(due_at),
        EffectState::Leased { .. }
        | EffectState::Done { .. }
        | EffectState::Dead { .. }
        | EffectState::Skipped { .. } => None,
    }
}
