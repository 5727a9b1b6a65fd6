//! What the small numbers of an operation stand for: which case, which date, which link of those
//! that there are.

use rebooking_core::link::LinkSecret;
use rebooking_core::testing::Snapshot;
use rebooking_core::value::ids::{CaseId, CourseDateId, OrderId, PartnerId};
use rebooking_core::value::text::FreeText;

use crate::world::World;

pub(crate) fn pick<T>(from: &[T], which: u8) -> Option<&T> {
    from.get(usize::from(which) % from.len().max(1))
}

pub(crate) fn stranger(owner: PartnerId) -> PartnerId {
    PartnerId::new(3 - owner.value())
}

pub(crate) fn case_id(which: u8) -> CaseId {
    CaseId::new(101 + i64::from(which % 6))
}

pub(crate) fn date_id(which: u8) -> CourseDateId {
    CourseDateId::new(1 + i64::from(which % 10))
}

/// Mostly a date of the booked course, now and then any number.
pub(crate) fn date_for(link: &LinkSecret, which: u8, seen: &Snapshot) -> CourseDateId {
    let token = seen.tokens.iter().find(|token| token.link().digest == link.digest());
    let course = token.map(|token| token.booking().course.id);
    let same: Vec<_> = seen
        .dates
        .iter()
        .filter(|date| Some(date.course.id) == course && !date.withdrawn)
        .collect();
    match pick(&same, which) {
        Some(date) if which < 220 => date.id(),
        Some(_) | None => date_id(which),
    }
}

pub(crate) fn world_orders(world: &World) -> Vec<OrderId> {
    world.shop.orders().iter().map(|order| order.booking.order).collect()
}

pub(crate) fn text(raw: &str) -> FreeText {
    FreeText::line(raw, 200)
}
