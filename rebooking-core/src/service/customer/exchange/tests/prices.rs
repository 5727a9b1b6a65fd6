//! What an exchange costs.

use super::*;

/// Promise I9.
#[tokio::test]
async fn a_dearer_date_is_taken_instead_only_at_the_total_that_was_shown() {
    let world = World::with(Policy { price: PriceRule::Settle, ..Policy::default() });
    let backup = moved_to_a_backup(&world).await;
    reprice(&world, FOURTH, 9_900).await;
    let refused = change(&world, backup, &samples::choice(FOURTH)).await;
    let Err(RebookError::ChooseAgain { why: Refusal::PriceChanged { total }, .. }) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(total, samples::euros(19_800));
    let expected_total = Some("198.00".to_owned());
    let agreed = Choice { expected_total, ..samples::choice(FOURTH) };
    let chosen = change(&world, backup, &agreed).await.unwrap();
    assert_eq!(chosen.consequence, PriceAdjustment::ToPay(samples::euros(2_000)));
}

/// What was given back for the cheaper backup is not given back twice.
#[tokio::test]
async fn the_price_of_the_new_date_is_measured_by_what_is_still_paid() {
    let world = World::with(Policy { price: PriceRule::Settle, ..Policy::default() });
    let declined = rebooked(&world).await;
    with_a_fourth(&world).await;
    reprice(&world, SECOND, 8_000).await;
    reprice(&world, FOURTH, 8_000).await;
    name(&world, &declined, &[SECOND]).await.unwrap();
    decline(&world, declined.token).await;
    world.deliver_all().await.unwrap();
    let chosen = change(&world, declined.token.next(), &samples::choice(FOURTH)).await.unwrap();
    assert_eq!(chosen.consequence, PriceAdjustment::Same);
    world.deliver_all().await.unwrap();
    let refunds = world.shop.refunds();
    assert_eq!(refunds.len(), 1, "{refunds:?}");
}

/// Promise I9, from the other side: what went back for a cheaper backup would else be paid twice.
#[tokio::test]
async fn what_went_back_for_a_cheaper_backup_is_not_borne_by_us_on_top() {
    let world = World::new();
    let declined = rebooked(&world).await;
    with_a_fourth(&world).await;
    reprice(&world, SECOND, 4_000).await;
    name(&world, &declined, &[SECOND]).await.unwrap();
    decline(&world, declined.token).await;
    world.deliver_all().await.unwrap();
    let backup = declined.token.next();
    let refund = world.token(backup).await.rebooking().unwrap().consequence;
    assert_eq!(refund, PriceAdjustment::Refund(samples::euros(9_800)));
    let link = world.link(backup).await;
    let offered = world.rebookings.customer(&link).exchange_offers().await.unwrap().unwrap();
    assert_eq!(offered.offers, []);
    let refused = change(&world, backup, &samples::choice(FOURTH)).await;
    let Err(RebookError::ChooseAgain { why, .. }) = refused else { panic!("{refused:?}") };
    assert_eq!(why, Refusal::PriceDiffers);
    // As cheap as the backup it may be.
    reprice(&world, FOURTH, 4_000).await;
    let chosen = change(&world, backup, &samples::choice(FOURTH)).await.unwrap();
    assert_eq!(chosen.consequence, PriceAdjustment::Same);
}
