//! What support does: send a link, mail it again, cancel, extend, and look after effects.

pub(in crate::service) mod actions;
pub(in crate::service) mod cancel;
pub(in crate::service) mod case_version;
pub(in crate::service) mod choose;
pub(in crate::service) mod effects;
pub(in crate::service) mod events;
pub(in crate::service) mod find_item;
pub(in crate::service) mod forget;
pub(in crate::service) mod links;
pub(in crate::service) mod lists;
pub(in crate::service) mod manual_link;
pub(in crate::service) mod note;
pub(in crate::service) mod preview;
pub(in crate::service) mod take;

use crate::audit::Actor;
use crate::service::Rebookings;

/// What somebody of support may do; made by [`Rebookings::support`]. The history of a case keeps
/// their name with what they have changed.
///
/// - find [`cases`](Self::cases) and read one [`case`](Self::case);
/// - look for an [`item_of_order`](Self::item_of_order), or all [of it](Self::items_of_order), by
///   the number of the order;
/// - [`send_link`](Self::send_link) for any booking, [`resend`](Self::resend) it,
///   [`reissue`](Self::reissue) it or [`extend`](Self::extend) it;
/// - [`choose`](Self::choose) for a customer, from the [`offers`](Self::offers);
/// - [`settle`](Self::settle) what a customer asked for;
/// - see what the customer is shown now, by [`preview`](Self::preview);
/// - [`take`](Self::take) a case and [`give_back`](Self::give_back) it;
/// - [`note`](Self::note) something for whoever looks at the case next;
/// - [`cancel`](Self::cancel) a case, or tell that an [`order_changed`](Self::order_changed);
/// - [`forget`](Self::forget) a case, or [every case of a person](Self::forget_person), and hand
///   out what is stored of [one](Self::record) or of [them](Self::records_of);
/// - read [`effects`](Self::effects), [`retry`](Self::retry) or [`skip`](Self::skip) one;
/// - see how the sending of [`events`](Self::events) stands, and
///   [switch it on](Self::switch_events_on);
/// - read the [`earnings`](Self::earnings).
///
/// Which of these a case allows is told by [`allowed_actions`](crate::service::allowed_actions).
#[derive(Clone, Copy, Debug)]
pub struct AsSupport<'a> {
    rebookings: &'a Rebookings,
    name: &'a str,
}

impl Rebookings {
    /// What somebody of support may do, by the name of their sign-in. That it is them the host has
    /// checked.
    ///
    /// The handle borrows; a task of its own takes a clone of the [`Rebookings`] along.
    #[must_use]
    pub const fn support<'a>(&'a self, name: &'a str) -> AsSupport<'a> {
        AsSupport { rebookings: self, name }
    }
}

impl AsSupport<'_> {
    fn actor(self) -> Actor {
        Actor::Support(self.name.to_owned())
    }
}
