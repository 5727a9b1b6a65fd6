//! A list of backups that takes the place of another, and who may name none any more.

use super::*;
use crate::service::Forget;

fn ids(backups: &[Backup]) -> Vec<CourseDateId> {
    backups.iter().map(Backup::id).collect()
}

#[tokio::test]
async fn each_list_takes_the_place_of_the_one_before() {
    let world = World::new();
    let declined = rebooked(&world).await;
    with_a_fourth(&world).await;
    let lists = [&[SECOND][..], &[FOURTH], &[FOURTH, SECOND], &[SECOND, FOURTH], &[SECOND], &[]];
    for dates in lists {
        assert_eq!(name(&world, &declined, dates).await.unwrap(), dates);
        let customer = world.rebookings.customer(&declined.link);
        let offers = customer.backup_offers().await.unwrap().unwrap();
        assert_eq!(ids(offers.named()), dates);
    }
}

#[tokio::test]
async fn the_total_that_stands_changes_nothing_and_another_one_is_refused() {
    let world = World::new();
    let declined = rebooked(&world).await;
    let customer = world.rebookings.customer(&declined.link);
    let named = customer.name_backups(&list(&[SECOND])).await.unwrap();
    let before = world.store.snapshot();
    let mut again = list(&[SECOND]);
    again.backups[0].expected_total = Some(named[0].total.decimal());
    assert_eq!(customer.name_backups(&again).await.unwrap(), named);
    assert_eq!(world.store.snapshot(), before);
    again.backups[0].expected_total = Some("1.00".to_owned());
    let refused = customer.name_backups(&again).await;
    let Err(RebookError::ChooseAgain { why, .. }) = refused else { panic!("{refused:?}") };
    assert!(matches!(why, Refusal::PriceChanged { .. }), "{why:?}");
}

#[tokio::test]
async fn the_backup_that_is_booked_stands_by_no_longer() {
    let world = World::new();
    let declined = rebooked(&world).await;
    with_a_fourth(&world).await;
    name(&world, &declined, &[SECOND, FOURTH]).await.unwrap();
    decline(&world, declined.token).await;
    let next = world.token(declined.token.next()).await;
    assert_eq!(ids(&next.rebooking().unwrap().backups), [FOURTH]);
}

#[tokio::test]
async fn a_link_that_expired_unused_names_nothing_but_that_it_is_over() {
    let world = World::new();
    let declined = world.declined_booking().await;
    let expires_at = world.token(declined.token).await.expires_at();
    world.clock.advance(expires_at - samples::now());
    let late = name(&world, &declined, &[SECOND]).await;
    assert!(matches!(late, Err(RebookError::Gone { .. })), "{late:?}");
}

#[tokio::test]
async fn a_customer_who_is_forgotten_has_no_list_though_the_date_is_confirmed() {
    let world = World::new();
    let declined = rebooked(&world).await;
    let request = world.token(declined.token).await.rebooking().unwrap().confirmation.unwrap();
    world.rebookings.confirm_unchecked(&ConfirmationKey::Id(request)).await.unwrap();
    // Whose course is still to come is not forgotten.
    world.clock.advance(TimeDelta::days(99));
    let forget = Forget { reason: FreeText::line("Anruf", 100), cancel_open: false };
    world.rebookings.support("Susi").forget(declined.token.case, &forget).await.unwrap();
    let refused = name(&world, &declined, &[SECOND]).await;
    assert!(matches!(refused, Err(RebookError::Gone { .. })), "{refused:?}");
}
