//! When a partner has kept a customer waiting for too long.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Confirmation, ConfirmationState};

/// Why the sweep looks at a request that waits for its partner's answer. Both come so long after
/// the request; sooner where its date is near, so that there is time left to act in. A request that
/// was not sent by mail, with a link to answer by, is none of the sweep's business.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
// Exhaustive: whoever reads it handles each.
pub enum Overdue {
    /// The partner is reminded once, before the date begins: when half of the time from the request
    /// to the date is over at the latest.
    Reminder(TimeDelta),
    /// Support hears of it once: when three quarters of that time are over at the latest, and also
    /// when the date has begun.
    Support(TimeDelta),
}

impl Overdue {
    /// How much of the time from the request to its date may pass, in quarters.
    #[must_use]
    pub const fn quarters(self) -> i32 {
        match self {
            Self::Reminder(_) => 2,
            Self::Support(_) => 3,
        }
    }

    /// How long after the request it is due, unless the date is near.
    #[must_use]
    pub const fn span(self) -> TimeDelta {
        match self {
            Self::Reminder(span) | Self::Support(span) => span,
        }
    }

    /// Whether it is due at `now` for a request that its partner was asked at `asked_at`. Nothing
    /// is due twice, nor for one that is answered or withdrawn, or whose customer is forgotten.
    #[must_use]
    pub fn is_due(
        self,
        request: &Confirmation,
        asked_at: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> bool {
        let starts_at = request.booking.slot.starts_at;
        let near = (starts_at - asked_at) * self.quarters() / 4;
        let waits = request.state == ConfirmationState::Pending
            && request.answer.is_some()
            && request.silent_at.is_none()
            && !request.booking.customer.email.is_forgotten();
        let is_open = match self {
            Self::Reminder(_) => request.reminded_at.is_none() && now < starts_at,
            Self::Support(_) => true,
        };
        waits && is_open && now - asked_at >= self.span().min(near)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attempts::Attempts;
    use crate::link::{LinkNonce, LinkPurpose};
    use crate::testing::samples;
    use crate::value::customer::Customer;
    use crate::value::ids::ConfirmationId;
    use crate::value::text::FreeText;

    const DAY: TimeDelta = TimeDelta::days(1);

    /// A request at [`samples::now`] for a date so long after it.
    fn request(ahead: TimeDelta) -> Confirmation {
        let mut booking = samples::booking();
        booking.slot = samples::slot(90, samples::now() + ahead);
        let link = samples::link_keys().stamp(LinkPurpose::Answer, LinkNonce([1; 16])).unwrap();
        Confirmation {
            id: ConfirmationId::new(1),
            booking,
            token: None,
            answer: Some(link),
            attempts: Attempts::default(),
            state: ConfirmationState::Pending,
            reason: FreeText::EMPTY,
            opened_at: samples::now(),
            reminded_at: None,
            silent_at: None,
        }
    }

    fn is_due(overdue: Overdue, request: &Confirmation, later: TimeDelta) -> bool {
        overdue.is_due(request, samples::now(), samples::now() + later)
    }

    #[test]
    fn both_come_so_long_after_the_request_and_sooner_for_a_date_that_is_near() {
        let (reminder, support) = (Overdue::Reminder(DAY * 2), Overdue::Support(DAY * 4));
        let moment = TimeDelta::microseconds(1);
        for (ahead, reminded, told) in [
            (DAY * 30, DAY * 2, DAY * 4),
            (DAY * 2, DAY, DAY * 3 / 2),
            (TimeDelta::hours(4), TimeDelta::hours(2), TimeDelta::hours(3)),
        ] {
            let request = request(ahead);
            for (overdue, at) in [(reminder, reminded), (support, told)] {
                assert!(!is_due(overdue, &request, at - moment), "{overdue:?} {ahead}");
                assert!(is_due(overdue, &request, at), "{overdue:?} {ahead}");
            }
        }
    }

    #[test]
    fn a_date_that_has_begun_is_for_support_alone() {
        let request = request(DAY);
        assert!(!is_due(Overdue::Reminder(DAY * 2), &request, DAY));
        assert!(is_due(Overdue::Support(DAY * 4), &request, DAY * 400));
    }

    #[test]
    fn nothing_is_due_twice_nor_for_who_has_answered_was_not_mailed_or_is_forgotten() {
        let open = request(DAY * 30);
        let reminded = Confirmation { reminded_at: Some(samples::now()), ..open.clone() };
        assert!(!is_due(Overdue::Reminder(DAY), &reminded, DAY * 5));
        assert!(is_due(Overdue::Support(DAY), &reminded, DAY * 5));
        let mut forgotten = open.clone();
        forgotten.booking.customer = Customer::forgotten(forgotten.booking.customer.language);
        let answered = [
            ConfirmationState::Waiting,
            ConfirmationState::Confirmed,
            ConfirmationState::Declined,
            ConfirmationState::Withdrawn,
        ];
        let answered = answered.map(|state| Confirmation { state, ..open.clone() });
        let silent = Confirmation { silent_at: Some(samples::now()), ..open.clone() };
        let unmailed = Confirmation { answer: None, ..open };
        for over in [forgotten, silent, unmailed].iter().chain(&answered) {
            for overdue in [Overdue::Reminder(DAY), Overdue::Support(DAY)] {
                assert!(!is_due(overdue, over, DAY * 5), "{overdue:?} {over:?}");
            }
        }
    }
}
