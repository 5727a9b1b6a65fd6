//! What customers do: open their link, choose a date, say what they wish.

pub(in crate::service) mod await_order;
pub(in crate::service) mod backups;
pub(in crate::service) mod choose;
pub(in crate::service) mod exchange;
pub(in crate::service) mod recent_dates;
pub(in crate::service) mod renew;
pub(in crate::service) mod show;
pub(in crate::service) mod visit;
pub(in crate::service) mod wish;

use crate::link::LinkSecret;
use crate::service::Rebookings;

/// What the holder of a customer's link may do; made by [`Rebookings::customer`].
///
/// - [`show`](Self::show) what the link is, and note that a person has [`visited`](Self::visited)
///   its page;
/// - [`choose`](Self::choose) a date;
/// - [`name_backups`](Self::name_backups) among the [`backup_offers`](Self::backup_offers), for
///   when the partner declines that one;
/// - [`exchange`](Self::exchange) a backup that was booked for one of the
///   [`exchange_offers`](Self::exchange_offers);
/// - [`wish`](Self::wish) for something else;
/// - [`request_new_link`](Self::request_new_link) in place of an expired one.
#[derive(Clone, Copy, Debug)]
pub struct AsCustomer<'a> {
    rebookings: &'a Rebookings,
    link: &'a LinkSecret,
}

impl Rebookings {
    /// What the holder of this link may do. Nothing is looked up yet: a link that was never issued
    /// is refused by what is done with it.
    ///
    /// The handle borrows; a task of its own takes a clone of the [`Rebookings`] along.
    #[must_use]
    pub const fn customer<'a>(&'a self, link: &'a LinkSecret) -> AsCustomer<'a> {
        AsCustomer { rebookings: self, link }
    }
}
