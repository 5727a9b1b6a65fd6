//! Partners who do not answer, from the request to support's worklist.

use chrono::TimeDelta;

use super::*;
use crate::confirmation::ConfirmationState;
use crate::link::LinkPurpose;
use crate::notice::Message;
use crate::policy::Policy;
use crate::ports::RebookingStore as _;
use crate::ports::reports::{Attention, CaseFilter, PageRequest};
use crate::service::Swept;
use crate::testing::world::DeclinedBooking;
use crate::testing::{World, samples};
use crate::value::text::FreeText;

const DAY: TimeDelta = TimeDelta::days(1);

/// The sample booking, rebooked to a date in thirty days; its partner is asked.
async fn rebooked(world: &World) -> DeclinedBooking {
    let declined = world.declined_booking().await;
    let far = samples::course_date(4, samples::now() + DAY * 30, 5);
    world.store.upsert_dates(std::slice::from_ref(&far)).await.unwrap();
    let choice = samples::choice(far.id());
    world.rebookings.customer(&declined.link).choose(&choice).await.unwrap();
    world.deliver_all().await.unwrap();
    declined
}

async fn swept(world: &World) -> (u32, u32) {
    let Swept { partners_reminded, partners_silent, .. } = world.rebookings.sweep().await.unwrap();
    world.deliver_all().await.unwrap();
    (partners_reminded, partners_silent)
}

/// The reminders that were mailed.
fn reminders(world: &World) -> Vec<Message> {
    let sent = world.mailer.sent().into_iter().map(|mail| mail.message);
    sent.filter(|message| matches!(message, Message::PartnerReminder { .. })).collect()
}

async fn in_need(world: &World) -> Vec<Vec<Attention>> {
    let filter = CaseFilter { attention: Some(Attention::PartnerSilent), ..CaseFilter::default() };
    let support = world.rebookings.support("Susi");
    let found = support.cases(&filter, PageRequest::default()).await.unwrap().value.rows;
    found.into_iter().map(|row| row.attention).collect()
}

async fn request(world: &World, declined: &DeclinedBooking) -> ConfirmationKey {
    let token = world.token(declined.token).await;
    ConfirmationKey::Id(token.rebooking().unwrap().confirmation.unwrap())
}

#[tokio::test]
async fn a_silent_partner_is_reminded_once_by_the_same_link_and_then_support_is_told() {
    let world = World::new();
    let declined = rebooked(&world).await;
    world.clock.advance(DAY * 2 - TimeDelta::seconds(1));
    assert_eq!(swept(&world).await, (0, 0));
    world.clock.advance(TimeDelta::seconds(1));
    assert_eq!(swept(&world).await, (1, 0));
    assert_eq!(swept(&world).await, (0, 0), "once");
    let stamp = world.token(declined.token).await.rebooking().unwrap().answer.clone();
    let link = samples::link_keys().secret(LinkPurpose::Answer, &stamp).unwrap();
    let [Message::PartnerReminder { answer, before: Some(before), asked_at, .. }] =
        &reminders(&world)[..]
    else {
        panic!("{:?}", reminders(&world))
    };
    assert_eq!((answer.expose(), before.slot), (link.expose(), declined.booking.slot));
    assert_eq!(*asked_at, samples::now());
    assert_eq!(in_need(&world).await, Vec::<Vec<Attention>>::new());

    world.clock.advance(DAY * 2);
    assert_eq!(swept(&world).await, (0, 1));
    assert_eq!(swept(&world).await, (0, 0), "once");
    assert_eq!(in_need(&world).await, [[Attention::PartnerSilent]]);
    // The link of the mails is as good as ever, and the answer ends it.
    let kitchen = samples::partner().email;
    let by_link = world.rebookings.partner_by_link(&link);
    by_link.answer(&kitchen, &crate::service::Answer::Confirm).await.unwrap();
    assert_eq!(in_need(&world).await, Vec::<Vec<Attention>>::new());
}

#[tokio::test]
async fn who_has_answered_is_neither_reminded_nor_told_of() {
    for decline in [false, true] {
        let world = World::new();
        let key = request(&world, &rebooked(&world).await).await;
        if decline {
            world.rebookings.decline_unchecked(&key, &Default::default()).await.unwrap();
        } else {
            world.rebookings.confirm_unchecked(&key).await.unwrap();
        }
        world.clock.advance(DAY * 6);
        assert_eq!(swept(&world).await, (0, 0));
        assert_eq!(reminders(&world).len(), 0);
    }
}

#[tokio::test]
async fn an_answer_after_the_sweep_keeps_the_reminder_from_being_sent() {
    let world = World::new();
    let key = request(&world, &rebooked(&world).await).await;
    world.clock.advance(DAY * 2);
    world.rebookings.sweep().await.unwrap();
    world.rebookings.confirm_unchecked(&key).await.unwrap();
    world.deliver_all().await.unwrap();
    assert_eq!(reminders(&world).len(), 0);
}

#[tokio::test]
async fn a_case_that_is_called_off_and_forgotten_reminds_nobody() {
    let world = World::new();
    let declined = rebooked(&world).await;
    let support = world.rebookings.support("Susi");
    let (case, why) = (declined.token.case, FreeText::line("Anruf", 100));
    let forget = crate::service::Forget { reason: why, cancel_open: true };
    support.forget(case, &forget).await.unwrap();
    world.clock.advance(DAY * 6);
    assert_eq!(swept(&world).await, (0, 0));
    assert_eq!(reminders(&world).len(), 0);
}

#[tokio::test]
async fn a_booking_that_was_sold_is_recalled_to_its_partner_too() {
    let world = World::new();
    world.seed().await.unwrap();
    world.rebookings.open_request(&samples::booking()).await.unwrap();
    world.clock.advance(DAY * 2);
    assert_eq!(swept(&world).await, (1, 0));
    assert_eq!(swept(&world).await, (0, 0));
    let reminders = reminders(&world);
    assert!(
        matches!(&reminders[..], [Message::PartnerReminder { before: None, .. }]),
        "{reminders:?}"
    );
    let support = world.rebookings.support("Susi");
    assert_eq!(support.silent_partners().await.unwrap().requests, []);
    world.clock.advance(DAY * 2);
    assert_eq!(swept(&world).await, (0, 1));
    let silent = support.silent_partners().await.unwrap();
    let items: Vec<_> = silent.requests.iter().map(|request| request.booking.item).collect();
    assert_eq!((items, silent.more), (vec![samples::booking().item], false));
    assert_eq!(in_need(&world).await, Vec::<Vec<Attention>>::new(), "it is no case");
}

#[tokio::test]
async fn the_time_runs_from_when_the_order_was_made_and_the_partner_asked() {
    let world = World::new();
    let declined = world.declined_booking().await;
    let far = samples::course_date(4, samples::now() + DAY * 60, 5);
    world.store.upsert_dates(std::slice::from_ref(&far)).await.unwrap();
    let choice = samples::choice(far.id());
    world.rebookings.customer(&declined.link).choose(&choice).await.unwrap();
    // The shop is away for three days.
    world.clock.advance(DAY * 3);
    assert_eq!(swept(&world).await, (0, 0), "nobody was asked yet");
    assert_eq!(swept(&world).await, (0, 0), "and now it was a moment ago");
    world.clock.advance(DAY * 2);
    assert_eq!(swept(&world).await, (1, 0));
}

#[tokio::test]
async fn both_can_be_switched_off() {
    let (partner_reminder_after, partner_silent_after) = (TimeDelta::zero(), TimeDelta::zero());
    let off = Policy { partner_reminder_after, partner_silent_after, ..Policy::default() };
    let world = World::with(off);
    rebooked(&world).await;
    world.clock.advance(DAY * 40);
    assert_eq!(swept(&world).await, (0, 0));
}

#[tokio::test]
async fn who_was_not_asked_yet_is_not_reminded_however_long_it_takes_the_shop() {
    let world = World::new();
    let declined = world.declined_booking().await;
    let far = samples::course_date(4, samples::now() + DAY * 30, 5);
    world.store.upsert_dates(std::slice::from_ref(&far)).await.unwrap();
    let choice = samples::choice(far.id());
    world.rebookings.customer(&declined.link).choose(&choice).await.unwrap();
    let key = request(&world, &declined).await;
    let AsOf { now, value } = world.rebookings.find_confirmation(&key).await.unwrap().unwrap();
    // The order is what counts, and not what the request says of itself, with its link or without.
    let mut pending = value.clone();
    pending.confirmation.state = ConfirmationState::Pending;
    let alone = |of: &ConfirmationCase| ConfirmationCase { opened_by: None, ..of.clone() };
    for value in [alone(&value), alone(&pending), value, pending] {
        let much_later = AsOf { now: now + DAY * 5, value };
        for overdue in [Overdue::Reminder(DAY), Overdue::Support(DAY)] {
            assert_eq!(decide(overdue, &much_later), None);
        }
    }
}
