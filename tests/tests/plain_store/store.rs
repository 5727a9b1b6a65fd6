//! The store: the thirteen methods.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard};

use chrono::{DateTime, Utc};
use rebooking_core::audit::AuditEvent;
use rebooking_core::change::{Change, Commit};
use rebooking_core::confirmation::Overdue;
use rebooking_core::link::StoredLink;
use rebooking_core::policy::Alternatives;
use rebooking_core::ports::store::{
    CaseState, DateDetails, LiveConfirmation, OrderState, SweepReason, TokenKey, TokenWithDates,
    Visits,
};
use rebooking_core::prelude::*;
use rebooking_core::value::course_date::CourseDate;
use rebooking_core::value::ids::TokenRef;

use crate::commit::Stop;
use crate::state::{KeptDate, State};

/// Everything behind one lock. Its clock is the one that counts.
pub(crate) struct PlainStore {
    clock: Arc<dyn Clock>,
    state: Mutex<State>,
}

impl PlainStore {
    pub(crate) fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, state: Mutex::default() }
    }

    /// What is kept, and the moment at which it is.
    pub(crate) fn look(&self) -> (MutexGuard<'_, State>, DateTime<Utc>) {
        let state = self.state.lock().unwrap();
        (state, self.clock.now())
    }
}

#[async_trait]
impl RebookingStore for PlainStore {
    async fn open(
        &self,
        key: &TokenKey,
        alternatives: &Alternatives,
    ) -> Result<Option<AsOf<TokenWithDates>>, PortError> {
        let (state, now) = self.look();
        let Some(token) = state.token(key).cloned() else { return Ok(None) };
        let own = token.booking().course.id;
        let others = alternatives.get(&own).into_iter().flatten().copied();
        let courses: BTreeSet<CourseId> = others.chain([own]).collect();
        let dates = courses.into_iter().flat_map(|course| state.dates_of(course, now)).collect();
        let visits = Visits {
            opened: state.has_noted(token.id(), AuditEvent::PageOpened),
            found_no_dates: state.has_noted(token.id(), AuditEvent::NoDatesFound),
        };
        Ok(Some(AsOf { now, value: TokenWithDates { token, dates, visits } }))
    }

    async fn find(&self, key: &CaseKey) -> Result<AsOf<CaseState>, PortError> {
        let (state, now) = self.look();
        Ok(AsOf { now, value: state.find(key) })
    }

    async fn order_state(&self, order: OrderId) -> Result<AsOf<OrderState>, PortError> {
        let (state, now) = self.look();
        let (tokens, confirmations) = state.with_order(order);
        Ok(AsOf { now, value: OrderState { tokens, confirmations } })
    }

    async fn live_confirmations(
        &self,
        date: Option<CourseDateId>,
        limit: u32,
    ) -> Result<AsOf<Vec<LiveConfirmation>>, PortError> {
        let (state, now) = self.look();
        let withdrawn = state.dates.values().filter(|kept| kept.date.withdrawn);
        let dates: Vec<CourseDateId> = match date {
            Some(date) => vec![date],
            None => withdrawn.map(|kept| kept.date.id()).collect(),
        };
        let live = dates.iter().flat_map(|date| state.live_confirmations_on(*date)).map(|one| {
            LiveConfirmation {
                id: one.id,
                partner: one.booking.partner.id,
                withdrawal: state
                    .dates
                    .get(&one.booking.slot.id)
                    .map(|kept| kept.withdrawal.clone())
                    .unwrap_or_default(),
            }
        });
        Ok(AsOf { now, value: live.take(limit as usize).collect() })
    }

    async fn commit(&self, change: &Change) -> Result<Commit, PortError> {
        let (mut state, now) = self.look();
        let mut next = state.clone();
        match next.apply(change, now) {
            Ok(()) => {
                *state = next;
                Ok(Commit::Applied)
            }
            Err(Stop::Lost(guard)) => Ok(Commit::Lost(guard)),
            Err(Stop::Failed(error)) => Err(error),
        }
    }

    async fn due(
        &self,
        reason: SweepReason,
        after: Option<TokenRef>,
        limit: u32,
    ) -> Result<Vec<TokenRef>, PortError> {
        let (state, now) = self.look();
        let rest =
            state.tokens.values().filter(|token| after.is_none_or(|after| token.id() > after));
        let due = rest.filter(|token| state.is_due(token, reason, now));
        Ok(due.take(limit as usize).map(|token| token.id()).collect())
    }

    async fn overdue(
        &self,
        overdue: Overdue,
        after: Option<ConfirmationId>,
        limit: u32,
    ) -> Result<Vec<ConfirmationId>, PortError> {
        let (state, now) = self.look();
        let due = state.confirmations.values().filter(|request| {
            after.is_none_or(|after| request.id > after)
                && overdue.is_due(request, request.opened_at, now)
        });
        Ok(due.take(limit as usize).map(|request| request.id).collect())
    }

    async fn upsert_dates(&self, dates: &[CourseDate]) -> Result<(), PortError> {
        let (mut state, _) = self.look();
        for date in dates {
            let mut kept = KeptDate { date: date.clone(), withdrawal: FreeText::default() };
            if let Some(known) = state.dates.get(&date.id()) {
                kept.date.taken = known.date.taken;
                kept.date.withdrawn |= known.date.withdrawn;
                kept.withdrawal = known.withdrawal.clone();
            }
            state.dates.insert(date.id(), kept);
        }
        Ok(())
    }

    async fn dates(&self, course: CourseId) -> Result<AsOf<Vec<CourseDate>>, PortError> {
        let (state, now) = self.look();
        Ok(AsOf { now, value: state.dates_of(course, now) })
    }

    async fn date(&self, id: CourseDateId) -> Result<Option<AsOf<DateDetails>>, PortError> {
        let (state, now) = self.look();
        let partners: BTreeSet<PartnerId> =
            state.live_confirmations_on(id).map(|one| one.booking.partner.id).collect();
        let details = state.dates.get(&id).map(|kept| DateDetails {
            date: kept.date.clone(),
            partners: partners.into_iter().collect(),
            withdrawal: kept.withdrawal.clone(),
        });
        Ok(AsOf { now, value: details }.transpose())
    }

    async fn open_confirmation(&self, booking: &Booking) -> Result<ConfirmationId, PortError> {
        let (mut state, now) = self.look();
        let opened = state.open_confirmation(booking, None, now);
        opened.ok_or_else(|| PortError::Permanent("it opens whatever came before".into()))
    }

    async fn ask_for_confirmation(
        &self,
        booking: &Booking,
        answer: &StoredLink,
    ) -> Result<Option<ConfirmationId>, PortError> {
        let (mut state, now) = self.look();
        Ok(state.open_confirmation(booking, Some(answer), now))
    }

    async fn ready(&self) -> Result<(), PortError> {
        Ok(())
    }
}
