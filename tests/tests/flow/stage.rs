//! What the tests of the flow look at: who got which mail, what the ticket says, how many places
//! are left.

use rebooking_core::link::LinkSecret;
use rebooking_core::ports::RebookingStore as _;
use rebooking_core::ports::store::ConfirmationKey;
use rebooking_core::service::{Chosen, Decline};
use rebooking_core::testing::World;
use rebooking_core::value::booking::Booking;
use rebooking_core::value::ids::{CaseId, CourseDateId, TokenRef};
use rebooking_core::value::text::FreeText;

pub(crate) const FIRST: CourseDateId = World::<rebooking_core::testing::MemoryStore>::DATES[0];
pub(crate) const SECOND: CourseDateId = World::<rebooking_core::testing::MemoryStore>::DATES[1];

pub(crate) fn text(raw: &str) -> FreeText {
    FreeText::parse(raw).unwrap()
}

pub(crate) fn because(reason: &str) -> Decline {
    Decline { reason: text(reason), proposed: Vec::new() }
}

/// The names of the mails that somebody got, oldest first.
pub(crate) fn mails_to(world: &World, address: &str) -> Vec<&'static str> {
    let sent = world.mailer.sent();
    sent.iter()
        .filter(|notice| notice.to.expose() == address)
        .map(|notice| notice.message.kind().as_str())
        .collect()
}

pub(crate) fn customer_mails(world: &World) -> Vec<&'static str> {
    mails_to(world, "erika@example.com")
}

pub(crate) fn partner_mails(world: &World) -> Vec<&'static str> {
    mails_to(world, "kueche@example.org")
}

/// The link in the newest mail that carries one.
pub(crate) fn mailed_link(world: &World) -> LinkSecret {
    let sent = world.mailer.sent();
    sent.iter().rev().find_map(|notice| notice.message.link()).unwrap().secret.clone()
}

/// What the ticket of a case was told, by the names of the facts.
pub(crate) fn ticket(world: &World, case: CaseId) -> Vec<String> {
    let tickets = world.tickets.of_case(case);
    assert!(tickets.len() <= 1, "one ticket a case");
    tickets.iter().flat_map(|ticket| &ticket.notes).map(|note| format!("{:?}", note.fact)).collect()
}

pub(crate) async fn free(world: &World, date: CourseDateId) -> u32 {
    world.store.date(date).await.unwrap().unwrap().value.date.free()
}

/// The request to the partner that a choice opened.
pub(crate) async fn request_of(world: &World, token: TokenRef) -> ConfirmationKey {
    let token = world.token(token).await;
    ConfirmationKey::Id(token.rebooking().unwrap().confirmation.unwrap())
}

/// Declined, mailed, chosen and ordered: the partner has been asked.
pub(crate) async fn rebooked(
    world: &World,
    booking: Booking,
    date: CourseDateId,
) -> (LinkSecret, Chosen) {
    let declined = world.declined(booking).await;
    let choice = rebooking_core::testing::samples::choice(date);
    let chosen = world.rebookings.customer(&declined.link).choose(&choice).await.unwrap();
    world.deliver_all().await.unwrap();
    (declined.link, chosen)
}
