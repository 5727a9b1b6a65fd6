//! I10: a partner reads and answers only what is their own.

use chrono::{DateTime, TimeDelta, Utc};
use rebooking_core::RebookError;
use rebooking_core::confirmation::ConfirmationState;
use rebooking_core::ports::reports::{CaseFilter, PageRequest};
use rebooking_core::value::ids::{CaseId, PartnerId};

use super::Player;
use crate::world::start;

impl Player {
    pub(super) async fn lists(&self, partner: PartnerId) {
        let rebookings = &self.world.rebookings;
        let page = PageRequest::new(1, 100);
        let requests = rebookings.partner(partner).confirmations(None, page).await;
        if let Ok(requests) = &requests {
            for request in &requests.rows {
                if request.booking.partner.id != partner
                    || request.state == ConfirmationState::Waiting
                {
                    self.violate(
                        "I10: a partner reads another's request, or one that was not put to them",
                    );
                }
            }
        }
        let rows = rebookings.partner(partner).rebookings(None, page).await;
        if let Ok(rows) = &rows {
            let course = partner.value();
            let own =
                self.world.bookings.iter().filter(|booking| booking.course.id.value() == course);
            let own: Vec<_> = own.map(|booking| CaseId::from(booking.item)).collect();
            if !rows.rows.iter().all(|row| own.contains(&row.token.case)) {
                self.violate("I10: a partner reads another's rebookings");
            }
        }
        self.report(&rows.map(|rows| rows.total));
        self.report(
            &rebookings
                .support("sam")
                .cases(&CaseFilter::default(), page)
                .await
                .map(|cases| cases.value.total),
        );
        let until: DateTime<Utc> = start() + TimeDelta::days(400);
        let earned = rebookings.support("sam").earnings(start(), until).await;
        for row in earned.iter().flat_map(|earned| &earned.value) {
            if !row.funnel().is_sorted_by(|above, below| above >= below) {
                self.violate("a funnel is wider below than above");
            }
        }
        self.report(&earned.map(|earned| earned.value.len()));
    }

    pub(super) fn strangers_change_nothing<T>(&self, own: bool, result: &Result<T, RebookError>) {
        if !own && result.is_ok() {
            self.violate("I10: a stranger was let in");
        }
    }
}
