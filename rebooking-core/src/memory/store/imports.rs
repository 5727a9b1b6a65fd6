//! Dates that come from elsewhere, and what the shop's stock does not know of them.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::state::{KeptDate, State};
use super::weakness::Weakness;
use crate::confirmation::{Confirmation, ConfirmationState};
use crate::ports::{Import, KnownCourse, Places, ScheduledDate};
use crate::token::TokenState;
use crate::value::booking::Booking;
use crate::value::course_date::CourseDate;
use crate::value::ids::{ConfirmationId, CourseDateId, CourseId};

impl State {
    pub(super) fn known_courses(&self, now: DateTime<Utc>) -> Vec<KnownCourse> {
        let ahead = self.dates.values().filter(|kept| kept.date.slot.ends_at > now);
        let dated = ahead.map(|kept| kept.date.course.id);
        let usable = self.tokens.values().filter(|token| match token.state() {
            TokenState::Active => token.expires_at() > now,
            TokenState::Used(_) | TokenState::Cancelled { .. } => false,
        });
        let linked = usable.map(|token| token.booking().course.id);
        let asked = self.confirmations.values().filter(|asked| asked.state.is_live());
        let asked = asked.map(|asked| &asked.booking).filter(|booking| booking.slot.ends_at > now);
        let asked = asked.map(|booking| booking.course.id);
        let courses: BTreeSet<CourseId> = dated.chain(linked).chain(asked).collect();
        let read_at = |course: &CourseId| {
            let ids = self.dates_of_course.get(course).into_iter().flatten();
            ids.filter_map(|id| self.dates.get(id)?.read_at).max()
        };
        let known = |course| KnownCourse { course, read_at: read_at(&course) };
        courses.into_iter().map(known).collect()
    }

    pub(super) fn import(&mut self, import: &Import, now: DateTime<Utc>) -> u32 {
        let mut dropped = 0;
        let brought: BTreeSet<CourseDateId> =
            import.dates.iter().map(|scheduled| scheduled.date.id()).collect();
        let ids = self.dates_of_course.get(&import.course).into_iter().flatten();
        let gone: Vec<CourseDateId> = ids.filter(|id| !brought.contains(id)).copied().collect();
        for id in gone {
            let known = self.dates.get(&id).filter(|kept| kept.date.slot.ends_at > now);
            let Some(kept) = known.filter(|kept| kept.read_at.is_some_and(|at| at <= import.began))
            else {
                continue;
            };
            dropped += u32::from(kept.offered);
            let kept = KeptDate { offered: false, ..KeptDate::clone(kept) };
            self.put_date(id, Some(Arc::new(kept)));
        }
        for scheduled in &import.dates {
            dropped += u32::from(self.take_over(scheduled, import.began));
        }
        dropped
    }

    /// Whether it was offered before and is not any more.
    fn take_over(&mut self, scheduled: &ScheduledDate, began: DateTime<Utc>) -> bool {
        let id = scheduled.date.id();
        let known = self.dates.get(&id).map(|kept| KeptDate::clone(kept));
        if known.as_ref().and_then(|kept| kept.read_at).is_some_and(|at| at > began) {
            return false;
        }
        let (capacity, taken) = match (scheduled.places, &known) {
            (Places::FreeThere, _) => self.counted_there(id, scheduled.date.free(), began),
            (Places::Unknown, Some(known)) => (known.date.capacity, known.date.taken),
            (Places::Counted, Some(known)) => (scheduled.date.capacity, known.date.taken),
            (Places::Unknown | Places::Counted, None) => {
                (scheduled.date.capacity, scheduled.date.taken)
            }
        };
        let was = known.as_ref().map(|kept| (kept.date.withdrawn, kept.withdrawal.clone()));
        let (withdrawn, withdrawal) = was.unwrap_or_default();
        let kept = KeptDate {
            date: CourseDate {
                capacity,
                taken,
                withdrawn: withdrawn || scheduled.date.withdrawn,
                ..scheduled.date.clone()
            },
            withdrawal,
            places: scheduled.places,
            offered: scheduled.offered,
            read_at: Some(began),
        };
        self.put_date(id, Some(Arc::new(kept)));
        known.is_some_and(|kept| kept.offered) && !scheduled.offered
    }

    /// Capacity and taken, so that what is free is what is free there, less parties that the shop's
    /// stock does not carry, plus parties that are gone and that it still carries.
    fn counted_there(&self, id: CourseDateId, free: u32, began: DateTime<Utc>) -> (u32, u32) {
        let (mut live, mut in_stock) = (0_u32, 0_u32);
        for request in self.requests_on(id) {
            let places = request.booking.participants.count();
            if request.state.is_live() {
                live = live.saturating_add(places);
            }
            if self.was_in_stock(request.id, began) {
                in_stock = in_stock.saturating_add(places);
            }
        }
        let forgets = self.weaknesses.contains(&Weakness::Correction);
        (free.saturating_add(if forgets { live } else { in_stock }), live)
    }

    /// Whether a reading of the shop that began then saw the shop's stock carry a party.
    fn was_in_stock(&self, request: ConfirmationId, began: DateTime<Utc>) -> bool {
        match self.in_stock.get(&request) {
            None => false,
            Some(None) => true,
            Some(Some(since)) => {
                let in_time = *since < began || self.weaknesses.contains(&Weakness::ReadMoment);
                in_time && !self.weaknesses.contains(&Weakness::Reserved)
            }
        }
    }

    fn requests_on(&self, date: CourseDateId) -> impl Iterator<Item = &Confirmation> {
        let ids = self.requests_on.get(&date).into_iter().flatten();
        let requests = ids.filter_map(|id| self.confirmations.get(id)).map(AsRef::as_ref);
        requests.filter(move |request| request.booking.slot.id == date)
    }

    pub(super) fn correction(&self, id: ConfirmationId) -> Option<i64> {
        let date = self.confirmations.get(&id)?.booking.slot.id;
        if self.dates.get(&date)?.places != Places::FreeThere {
            return None;
        }
        let mut correction = 0;
        for other in self.requests_on(date).filter(|other| other.id != id) {
            let places = i64::from(other.booking.participants.count());
            let in_stock = self.in_stock.contains_key(&other.id);
            let earlier = other.id < id || other.state != ConfirmationState::Waiting;
            match (other.state.is_live(), in_stock) {
                (true, false) if earlier => correction -= places,
                (false, true) => correction += places,
                (true, _) | (false, false) => {}
            }
        }
        Some(correction)
    }

    /// A booking that was bought in the shop is in its stock, and its places count as taken
    /// already: where the shop counts, they are not in our figures yet.
    pub(super) fn count_bought(&mut self, id: ConfirmationId, booking: &Booking) {
        self.in_stock.insert(id, None);
        let Some(kept) = self.dates.get(&booking.slot.id) else { return };
        if kept.places != Places::FreeThere {
            return;
        }
        let (mut kept, places) = (KeptDate::clone(kept), booking.participants.count());
        kept.date.capacity = kept.date.capacity.saturating_add(places);
        kept.date.taken = kept.date.taken.saturating_add(places);
        self.put_date(booking.slot.id, Some(Arc::new(kept)));
    }
}
