use super::*;
use crate::confirmation::ConfirmationState;
use crate::effect::{EffectKind, MailKind};
use crate::service::Decline;
use crate::testing::{World, samples};
use crate::value::ids::PartnerId;

const DATE: CourseDateId = World::DATES[0];

async fn rebooked(world: &World, item: i64) {
    let declined = world.declined(samples::booking_of(item)).await;
    world.rebookings.customer(&declined.link).choose(&samples::choice(DATE)).await.unwrap();
}

/// So many bookings are rebooked to the date, and its partner has been asked about each.
async fn asked(world: &World, items: &[i64]) {
    for item in items {
        rebooked(world, *item).await;
    }
    world.deliver_all().await.unwrap();
}

fn own(world: &World) -> AsPartner<'_> {
    world.rebookings.partner(samples::partner().id)
}

/// The requests for the date in one state, by number.
fn requests(world: &World, state: ConfirmationState) -> Vec<ConfirmationId> {
    let kept = world.store.snapshot().confirmations;
    let is_meant = |one: &&Confirmation| one.booking.slot.id == DATE && one.state == state;
    kept.iter().filter(is_meant).map(|one| one.id).collect()
}

fn customers_told(world: &World) -> usize {
    let told = EffectKind::Mail(MailKind::PartnerConfirmed);
    let effects = world.store.snapshot().effects;
    effects.iter().filter(|kept| kept.effect.kind == told).count()
}

#[tokio::test]
async fn every_request_for_a_date_is_confirmed_and_each_customer_told_once() {
    let world = World::new();
    asked(&world, &[7001, 7002]).await;
    let open = requests(&world, ConfirmationState::Pending);
    assert_eq!(open.len(), 2);
    for _ in 0..2 {
        let done = own(&world).confirm_date(DATE).await.unwrap();
        assert_eq!((done.confirmed, done.refused.len()), (open.clone(), 0), "may be repeated");
        assert_eq!(requests(&world, ConfirmationState::Confirmed), open);
    }
    assert_eq!(customers_told(&world), 2);
}

#[tokio::test]
async fn a_request_whose_order_is_not_made_yet_is_left_out() {
    let world = World::new();
    asked(&world, &[7001]).await;
    rebooked(&world, 7002).await;
    let done = own(&world).confirm_date(DATE).await.unwrap();
    assert_eq!((done.confirmed.len(), done.refused.len()), (1, 0));
    assert_eq!(requests(&world, ConfirmationState::Waiting).len(), 1);
}

#[tokio::test]
async fn one_that_is_no_longer_open_keeps_no_other_from_being_confirmed() {
    let world = World::new();
    asked(&world, &[7001, 7002]).await;
    let open = requests(&world, ConfirmationState::Pending);
    let key = ConfirmationKey::Id(open[0]);
    world.rebookings.decline_unchecked(&key, &Decline::default()).await.unwrap();
    let done = own(&world).confirm_each(open.clone()).await.unwrap();
    assert_eq!(done.confirmed, open[1..]);
    let refused = done.refused.first().unwrap();
    assert_eq!(refused.id, open[0]);
    assert!(matches!(refused.why, RebookError::Conflict(Conflict::ConfirmationClosed)));
    assert_eq!(refused.request.as_ref().unwrap().state, ConfirmationState::Declined);
}

#[tokio::test]
async fn an_own_date_without_requests_confirms_nothing() {
    let world = World::new();
    world.seed().await.unwrap();
    let done = own(&world).confirm_date(DATE).await.unwrap();
    assert_eq!((done.confirmed.len(), done.refused.len()), (0, 0));
}

#[tokio::test]
async fn another_partners_date_and_an_unknown_one_are_not_found() {
    let world = World::new();
    asked(&world, &[7001]).await;
    let stranger = world.rebookings.partner(PartnerId::new(samples::partner().id.value() + 1));
    for refused in
        [stranger.confirm_date(DATE).await, own(&world).confirm_date(CourseDateId::new(999)).await]
    {
        assert!(matches!(refused, Err(RebookError::NotFound(Resource::Date))), "{refused:?}");
    }
    assert_eq!(customers_told(&world), 0);
    let stale = stranger.confirm_each(requests(&world, ConfirmationState::Pending)).await.unwrap();
    assert!(stale.confirmed.is_empty() && stale.refused[0].request.is_none(), "promise I10");
}
