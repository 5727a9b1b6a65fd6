//! What use cases read to decide on.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::draft::Draft;
use super::state::{KeptDate, State};
use crate::attempts::Attempts;
use crate::audit::{AuditEvent, Subject};
use crate::confirmation::{Confirmation, ConfirmationState};
use crate::effect::{EffectKind, MailKind, NewEffect};
use crate::link::StoredLink;
use crate::policy::Alternatives;
use crate::ports::store::{
    CaseKey, CaseState, ConfirmationKey, DateDetails, LiveConfirmation, OrderState, TokenKey,
    TokenWithDates, Visits,
};
use crate::rebooking::PlacedOrder;
use crate::token::RebookingToken;
use crate::value::booking::Booking;
use crate::value::course_date::CourseDate;
use crate::value::ids::{
    CaseId, ConfirmationId, CourseDateId, CourseId, OrderId, OrderItemId, PartnerId, TokenRef,
};
use crate::value::text::FreeText;

impl State {
    pub(super) fn open(
        &self,
        key: &TokenKey,
        alternatives: &Alternatives,
        now: DateTime<Utc>,
    ) -> Option<TokenWithDates> {
        let id = match key {
            TokenKey::Link(link) => *self.by_digest.get(link)?,
            TokenKey::Id(id) => *id,
            TokenKey::Newest(case) => self.latest(*case)?.id(),
        };
        let token = RebookingToken::clone(self.tokens.get(&id)?);
        let course = token.booking().course.id;
        let mut dates = self.dates_of(course, now);
        let others: BTreeSet<CourseId> =
            alternatives.get(&course).into_iter().flatten().copied().collect();
        for other in others.into_iter().filter(|other| *other != course) {
            dates.extend(self.dates_of(other, now));
        }
        let visits = Visits {
            opened: self.has_entry(id, AuditEvent::PageOpened),
            found_no_dates: self.has_entry(id, AuditEvent::NoDatesFound),
        };
        Some(TokenWithDates { token, dates, visits })
    }

    pub(super) fn token(&self, id: TokenRef) -> Option<RebookingToken> {
        self.tokens.get(&id).map(|token| RebookingToken::clone(token))
    }

    /// Whether the history of a link has such an entry.
    pub(super) fn has_entry(&self, id: TokenRef, event: AuditEvent) -> bool {
        let places = self.audit_of_case.get(&id.case).into_iter().flatten();
        let mut entries = places.filter_map(|place| self.audit.get(*place));
        entries.any(|entry| entry.event == event && entry.subject == Subject::Token(id))
    }

    pub(super) fn dates_of(&self, course: CourseId, now: DateTime<Utc>) -> Vec<CourseDate> {
        let ids = self.dates_of_course.get(&course).into_iter().flatten();
        let kept = ids.filter_map(|id| self.dates.get(id));
        kept.filter(|kept| kept.date.slot.ends_at > now).map(|kept| kept.shown()).collect()
    }

    pub(super) fn order_state(&self, order: OrderId) -> OrderState {
        let carries = |token: &&RebookingToken| token.current_order() == order;
        let cases = self.cases_of_order.get(&order).into_iter().flatten();
        let tokens = cases.filter_map(|case| self.latest(*case)).filter(carries).cloned().collect();
        let requests = self.requests_of_order.get(&order).into_iter().flatten();
        let live = requests.filter_map(|id| self.confirmations.get(id)).filter(|request| {
            let original = request.token.is_none() && request.booking.order == order;
            original && request.state.is_live()
        });
        OrderState {
            tokens,
            confirmations: live.map(|request| Confirmation::clone(request)).collect(),
        }
    }

    pub(super) fn find(&self, key: &CaseKey) -> CaseState {
        let (confirmation, case) = match key {
            CaseKey::Id(case) => (None, Some(*case)),
            CaseKey::Item(item) => (self.live_of_item(*item), self.case_of_item(*item)),
            CaseKey::Confirmation(key) => match self.confirmation(key) {
                Some(confirmation) => (Some(confirmation), self.case_of(confirmation)),
                None => (None, None),
            },
        };
        let tokens = case.into_iter().flat_map(|case| self.tokens_of(case));
        CaseState {
            confirmation: confirmation.cloned(),
            tokens: tokens.map(|token| RebookingToken::clone(token)).collect(),
        }
    }

    fn live_of_item(&self, item: OrderItemId) -> Option<&Confirmation> {
        let requests = self.requests_of_item.get(&item).into_iter().flatten().rev();
        requests.filter_map(|id| self.confirmations.get(id)).map(AsRef::as_ref).find(|request| {
            let belongs = request.token.is_some_and(|token| token.case == CaseId::from(item));
            request.state.is_live() && (belongs || request.booking.item == item)
        })
    }

    pub(super) fn case_of(&self, confirmation: &Confirmation) -> Option<CaseId> {
        match confirmation.token {
            Some(token) => Some(token.case),
            None => self.case_of_item(confirmation.booking.item),
        }
    }

    /// The case that an item belongs to: its own, or the one whose booking has moved there.
    fn case_of_item(&self, item: OrderItemId) -> Option<CaseId> {
        let moved = |token: &&RebookingToken| {
            token.booking().item == item || placed(token).is_some_and(|placed| placed.item == item)
        };
        let newest = self.latest(CaseId::from(item)).or_else(|| {
            let cases = self.cases_of_item.get(&item).into_iter().flatten();
            let latest = cases.filter_map(|case| self.latest(*case)).filter(moved);
            latest.max_by_key(|token| (token.issued_at(), token.id()))
        });
        newest.map(|token| token.id().case)
    }

    fn confirmation(&self, key: &ConfirmationKey) -> Option<&Confirmation> {
        let id = match key {
            ConfirmationKey::Id(id) => *id,
            ConfirmationKey::Link(digest) => *self.by_answer.get(digest)?,
        };
        self.confirmations.get(&id).map(AsRef::as_ref)
    }

    pub(super) fn live_confirmations(
        &self,
        date: Option<CourseDateId>,
        limit: usize,
    ) -> Vec<LiveConfirmation> {
        let dates = match date {
            Some(date) => BTreeSet::from([date]),
            None => self.withdrawn.clone(),
        };
        let ids = dates.iter().filter_map(|date| self.live_confirmations.get(date)).flatten();
        let requests = ids.filter_map(|id| self.confirmations.get(id)).take(limit);
        requests.map(|request| self.live(request)).collect()
    }

    fn live(&self, request: &Confirmation) -> LiveConfirmation {
        let date = self.dates.get(&request.booking.slot.id);
        LiveConfirmation {
            id: request.id,
            partner: request.booking.partner.id,
            withdrawal: date.map(|kept| kept.withdrawal.clone()).unwrap_or_default(),
        }
    }

    pub(super) fn date_file(&self, id: CourseDateId) -> Option<DateDetails> {
        let kept = self.dates.get(&id)?;
        let live = self.live_confirmations.get(&id).into_iter().flatten();
        let requests = live.filter_map(|id| self.confirmations.get(id));
        let partners: BTreeSet<PartnerId> =
            requests.map(|request| request.booking.partner.id).collect();
        Some(DateDetails {
            date: kept.shown(),
            partners: partners.into_iter().collect(),
            withdrawal: kept.withdrawal.clone(),
        })
    }

    pub(super) fn keep_date(&mut self, date: &CourseDate) {
        let kept = match self.dates.get(&date.id()) {
            Some(known) => KeptDate {
                withdrawal: known.withdrawal.clone(),
                ..KeptDate::new(CourseDate {
                    taken: known.date.taken,
                    withdrawn: known.date.withdrawn || date.withdrawn,
                    ..date.clone()
                })
            },
            None => KeptDate::new(date.clone()),
        };
        self.put_date(date.id(), Some(Arc::new(kept)));
    }

    pub(super) fn open_confirmation(
        &mut self,
        booking: &Booking,
        now: DateTime<Utc>,
    ) -> ConfirmationId {
        let known = self.known_request(booking);
        known.unwrap_or_else(|| self.open_request(booking, None, now))
    }

    pub(super) fn ask_for_confirmation(
        &mut self,
        booking: &Booking,
        answer: &StoredLink,
        now: DateTime<Utc>,
    ) -> Option<ConfirmationId> {
        let case = CaseId::from(booking.item);
        if let Some(known) = self.known_request(booking) {
            return Some(known);
        }
        let newest = self.tokens_of(case).next_back().map(|token| token.as_ref().clone());
        if newest.as_ref().is_some_and(|token| !token.awaits_request()) {
            return None;
        }
        let id = self.open_request(booking, Some(answer), now);
        let about = TokenRef::booking(case);
        let mail = NewEffect::once(about, EffectKind::Mail(MailKind::BookingRequest));
        let mut draft = Draft::new(self, now);
        draft.ask(&mail);
        if let Some(token) = newest {
            draft.next_version(token.request_opened(id));
        }
        Some(id)
    }

    /// The request that a booking has; one whose case has begun has the one that it began with.
    fn known_request(&self, booking: &Booking) -> Option<ConfirmationId> {
        let case = CaseId::from(booking.item);
        let known = self.requests_of_item.get(&booking.item).into_iter().flatten();
        let known: Vec<_> = known
            .filter_map(|id| self.confirmations.get(id))
            .filter(|request| request.token.is_none() && request.booking.item == booking.item)
            .collect();
        let live = known.iter().find(|request| request.state.is_live());
        // Whoever asks anew about a case that has begun gets the request that it began with.
        let last = known.last().filter(|_| self.tokens.contains_key(&TokenRef::first(case)));
        live.or(last).map(|request| request.id)
    }

    fn open_request(
        &mut self,
        booking: &Booking,
        answer: Option<&StoredLink>,
        now: DateTime<Utc>,
    ) -> ConfirmationId {
        let id = self.next_confirmation();
        let request = Confirmation {
            id,
            booking: booking.clone(),
            token: None,
            answer: answer.cloned(),
            attempts: Attempts::default(),
            state: ConfirmationState::Pending,
            reason: FreeText::default(),
            opened_at: now,
            reminded_at: None,
            silent_at: None,
        };
        self.put_confirmation(id, Some(Arc::new(request)));
        self.count_bought(id, booking);
        id
    }
}

/// The order that carries the rebooking, once the shop has made it.
fn placed(token: &RebookingToken) -> Option<&PlacedOrder> {
    token.rebooking().and_then(|rebooking| rebooking.order.as_ref())
}
