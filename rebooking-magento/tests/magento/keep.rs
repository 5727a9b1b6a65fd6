//! An order that stays is asked about once more: with what the shop does not know of the new date.

use rebooking_core::policy::OrderStrategy;
use rebooking_core::ports::{OrderChange, Orders as _, Placement};
use rebooking_core::testing::MemoryCheckpoints;
use rebooking_magento::{MagentoSettings, StockSource};

use crate::comments::change;
use crate::shop::{NEW, Shop};

/// Whether the order stays for a party of two, where so many can be bought of the new date.
async fn stays(
    settings: impl FnOnce(&mut MagentoSettings),
    free: i64,
    correction: i64,
) -> Result<(), String> {
    let shop = Shop::open_with(settings).await;
    shop.fake.set_salable(NEW, free);
    let change = change(&shop, "reb-7-1", OrderStrategy::KeepOrder).await;
    let change = OrderChange { correction, ..change };
    match shop.magento.place(&change, &MemoryCheckpoints::new()).await.unwrap() {
        Placement::Made(_) => Ok(()),
        Placement::Refused { reason } => Err(reason.expose().to_owned()),
    }
}

#[tokio::test]
async fn parties_without_a_reservation_there_are_counted() {
    let sold_out = Err("the new date is sold out in the shop".to_owned());
    for stock in [StockSource::Msi, StockSource::StockItems] {
        for (free, correction, fits) in
            [(10, -8, true), (10, -9, false), (2, 0, true), (1, 0, false), (3, -2, false)]
        {
            let stays = stays(|settings| settings.catalog.stock = stock, free, correction).await;
            let expected = if fits { Ok(()) } else { sold_out.clone() };
            assert_eq!(stays, expected, "{stock:?}: {free} free, and {correction}");
        }
    }
}

#[tokio::test]
async fn places_that_the_shop_holds_for_parties_that_left_are_free_for_others() {
    for (free, correction, fits) in [(0, 2, true), (1, 1, true), (0, 1, false), (0, 5, true)] {
        let stays = stays(|_| {}, free, correction).await;
        assert_eq!(stays.is_ok(), fits, "{free} free, and {correction}: {stays:?}");
    }
}
