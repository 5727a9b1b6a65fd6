//! What partners do: decline, confirm, answer by mail, propose dates, withdraw a date, subscribe
//! to a calendar of what they have confirmed.

pub(in crate::service) mod answer;
pub(in crate::service) mod backup;
pub(in crate::service) mod calendar;
pub(in crate::service) mod confirm;
pub(in crate::service) mod confirm_date;
pub(in crate::service) mod decline;
pub(in crate::service) mod if_declined;
pub(in crate::service) mod lists;
pub(in crate::service) mod propose;
pub(in crate::service) mod withdraw;

use crate::service::Rebookings;
use crate::value::ids::PartnerId;

/// What a partner may do who has signed in; made by [`Rebookings::partner`]. All of it is about
/// their own bookings and dates: another partner's are not found (promise I10).
///
/// - [`confirm`](Self::confirm) or [`decline`](Self::decline) a booking, after reading its
///   [`confirmation_options`](Self::confirmation_options);
/// - [`confirm_date`](Self::confirm_date): all of a date's bookings at once;
/// - [`withdraw`](Self::withdraw) a date with all of its bookings;
/// - read their [`confirmations`](Self::confirmations) and [`rebookings`](Self::rebookings), or all
///   of these by [`rebookings_after`](Self::rebookings_after);
/// - [let their calendar program read](Self::renew_calendar) what they have confirmed.
///
/// Who answers by the link in a mail does so by [`Rebookings::partner_by_link`].
#[derive(Clone, Copy, Debug)]
pub struct AsPartner<'a> {
    rebookings: &'a Rebookings,
    partner: PartnerId,
}

impl Rebookings {
    /// What this partner may do. That it is them the host has checked.
    ///
    /// The handle borrows; a task of its own takes a clone of the [`Rebookings`] along.
    #[must_use]
    pub const fn partner(&self, partner: PartnerId) -> AsPartner<'_> {
        AsPartner { rebookings: self, partner }
    }
}
