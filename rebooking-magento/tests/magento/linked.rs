//! Linked orders: what the shop refuses, what is closed, what people must undo.

use rebooking_core::policy::OrderStrategy;
use rebooking_core::ports::{OrderChange, OrderUndo, Orders as _, Placement, PortError};
use rebooking_core::testing::{MemoryCheckpoints, samples};
use rebooking_core::value::booking::Booking;
use rebooking_core::value::ids::OrderItemId;
use rebooking_magento::Layout;
use rebooking_magento::testing::{NewDate, NewOrder};

use crate::comments::change;
use crate::shop::{CHEAP, NEW, Shop, carrying, kitchen_gives_all, slot};

const KEY: &str = "reb-7001-1";

async fn place(shop: &Shop, change: &OrderChange) -> Result<Placement, PortError> {
    shop.magento.place(change, &MemoryCheckpoints::new()).await
}

async fn linked(shop: &Shop) -> OrderChange {
    change(shop, KEY, OrderStrategy::LinkedOrder).await
}

fn undo_of(change: &OrderChange) -> OrderUndo {
    OrderUndo { key: change.key.clone(), before: change.before.clone(), order: None }
}

fn reason(placement: Result<Placement, PortError>) -> String {
    match placement {
        Ok(Placement::Refused { reason }) => reason.expose().to_owned(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn both_orders_name_each_other_and_the_shop_counts_the_places() {
    let shop = Shop::open().await;
    let change = linked(&shop).await;
    place(&shop, &change).await.unwrap();
    let [old, new] = shop.fake.orders().try_into().unwrap();
    assert_eq!((new.key.as_deref(), new.parent.as_deref()), (Some(KEY), Some("000000001")));
    assert_eq!((new.total, new.state.as_str()), (17_800, "new"));
    assert_eq!(new.items[0].1, "SUSHI-2027-02-01");
    assert_eq!(old.state, "complete", "what is paid stays");
    assert_eq!(shop.fake.salable(NEW), 8);
    // Its item is still whole: no update has named it.
    let booking = shop.magento.booking(change.before.item).await.unwrap();
    assert_eq!(booking, Some(change.before));
}

#[tokio::test]
async fn a_price_that_differs_is_refused_before_anything_is_made() {
    let shop = Shop::open().await;
    let mut change = linked(&shop).await;
    change.after = Booking { slot: slot(CHEAP, "2027-02-08T17:00:00Z"), ..change.after };
    let why = reason(place(&shop, &change).await);
    assert_eq!(why, "the shop's price is 158.00 EUR, not 178.00");
    assert_eq!(shop.fake.orders().len(), 1);
    change.list_total = samples::euros(15_800);
    assert!(matches!(place(&shop, &change).await, Ok(Placement::Made(_))));
}

#[tokio::test]
async fn a_date_that_is_switched_off_is_refused_and_a_party_that_fits_no_more() {
    for strategy in [OrderStrategy::KeepOrder, OrderStrategy::LinkedOrder] {
        let shop = Shop::open().await;
        let change = change(&shop, KEY, strategy).await;
        shop.fake.set_salable(NEW, 1);
        assert_eq!(reason(place(&shop, &change).await), "the new date is sold out in the shop");
        shop.fake.set_salable(NEW, 10);
        shop.fake.set_enabled(NEW, false);
        let why = reason(place(&shop, &change).await);
        assert_eq!(why, "the shop does not offer the new date any more");
        assert_eq!(carrying(&shop.fake, KEY), 0);
    }
}

/// The stock is checked once more when the cart is placed.
#[tokio::test]
async fn the_last_places_go_to_whoever_places_first() {
    let shop = Shop::open().await;
    let change = linked(&shop).await;
    shop.fake.set_salable(NEW, 3);
    let second = OrderChange { key: "reb-7001-2".to_owned(), ..change.clone() };
    let (one, two) = tokio::join!(place(&shop, &change), place(&shop, &second));
    let made =
        [&one, &two].iter().filter(|placed| matches!(placed, Ok(Placement::Made(_)))).count();
    let refused = [&one, &two];
    let refused = refused.iter().filter(|placed| matches!(placed, Ok(Placement::Refused { .. })));
    assert_eq!((made, refused.count()), (1, 1), "{one:?} {two:?}");
    assert_eq!(shop.fake.salable(NEW), 1);
}

#[tokio::test]
async fn a_payment_method_that_is_not_offered_is_for_people() {
    let shop = Shop::open_with(|settings| {
        settings.orders.payment_method = "purchaseorder".to_owned();
    })
    .await;
    let change = linked(&shop).await;
    let error = place(&shop, &change).await.unwrap_err();
    assert!(matches!(error, PortError::Permanent(_)), "{error:?}");
    assert!(error.phrase().contains("does not offer the payment method purchaseorder"));
    assert_eq!(shop.fake.orders().len(), 1);
    shop.fake.offer_payment("purchaseorder", "Purchase Order");
    assert!(matches!(place(&shop, &change).await, Ok(Placement::Made(_))));
}

#[tokio::test]
async fn an_original_is_closed_only_where_it_is_unpaid_and_set() {
    for (paid, set, closed) in [(false, true, true), (true, true, false), (false, false, false)] {
        let shop = Shop::open_with(|settings| settings.orders.close_original = set).await;
        let (order, _) = shop.sell(2, 0);
        if paid {
            shop.fake.pay(order, None);
        }
        let change = linked(&shop).await;
        place(&shop, &change).await.unwrap();
        let original = shop.fake.order(order).unwrap();
        assert_eq!(original.state == "canceled", closed, "paid {paid}, set {set}");
    }
}

#[tokio::test]
async fn a_linked_order_that_people_invoiced_is_credited_where_that_is_set() {
    for credited in [false, true] {
        let shop = Shop::open_with(|settings| settings.orders.credit_invoiced = credited).await;
        let change = linked(&shop).await;
        place(&shop, &change).await.unwrap();
        shop.fake.pay(2, None);
        for _ in 0..2 {
            let undone = shop.magento.undo(&undo_of(&change), &MemoryCheckpoints::new()).await;
            if credited {
                let freed = undone.unwrap().freed;
                assert!(!freed, "a credit memo gives no places back");
            } else {
                let error = undone.unwrap_err();
                assert!(matches!(error, PortError::Permanent(_)), "{error:?}");
                let said = error.phrase();
                assert!(said.contains("order 000000002 is invoiced"), "{said}");
                assert!(said.contains("credit it in the shop by hand"), "{said}");
            }
        }
        let made = shop.fake.order(2).unwrap();
        assert_eq!(made.state == "closed", credited);
        assert_eq!(made.memos.len(), usize::from(credited));
        assert_eq!(carrying(&shop.fake, KEY), usize::from(!credited));
    }
}

#[tokio::test]
async fn an_order_that_people_cancelled_is_not_made_again() {
    let shop = Shop::open().await;
    let change = linked(&shop).await;
    place(&shop, &change).await.unwrap();
    shop.fake.cancel(2);
    let why = reason(place(&shop, &change).await);
    assert_eq!(why, "the new order was cancelled in the shop");
    assert_eq!(shop.fake.orders().len(), 2);
}

#[tokio::test]
async fn a_key_that_the_shop_would_cut_is_refused() {
    let shop = Shop::open().await;
    let mut change = linked(&shop).await;
    for key in ["", "reb 1", "reb]", &"1".repeat(33)] {
        change.key = key.to_owned();
        assert!(matches!(place(&shop, &change).await, Err(PortError::Permanent(_))), "{key}");
    }
    assert_eq!(shop.fake.calls().len(), 0);
}

/// The order carries the key itself.
#[tokio::test]
async fn an_order_that_was_made_is_found_though_people_took_its_announcement_away() {
    let shop = Shop::open().await;
    let change = linked(&shop).await;
    let made = place(&shop, &change).await.unwrap();
    shop.fake.unmark(change.before.order.value());
    assert_eq!(place(&shop, &change).await.unwrap(), made);
    assert_eq!((shop.fake.orders().len(), shop.fake.salable(NEW)), (2, 8));
}

#[tokio::test]
async fn a_date_that_is_no_variant_of_the_course_is_for_people() {
    let shop = Shop::open().await;
    let course = shop.fake.add_course(None, "PASTA", "Pasta-Kurs");
    let (id, sku, label) = (None, "PASTA-1", "2027-03-01 18:00");
    let date = NewDate { id, sku, label, price: 8_900, places: 10, attributes: &[] };
    let date = shop.fake.add_date(course, &date);
    let mut change = linked(&shop).await;
    change.after.slot = slot(date, "2027-03-01T17:00:00Z");
    let error = place(&shop, &change).await.unwrap_err();
    assert!(error.phrase().contains("product SUSHI: its variants"), "{}", error.phrase());
}

/// What is put into the cart differs from layout to layout.
#[tokio::test]
async fn each_layout_has_its_own_way_into_a_cart() {
    let options = Layout::Options { title: "Termin".to_owned(), capacity: 12 };
    let products = Layout::Products { course: "course_code".to_owned() };
    for layout in [options, products] {
        let shop = Shop::open_with(|settings| settings.catalog.layout = layout.clone()).await;
        let magento = shop.magento.clone().with_partners(kitchen_gives_all());
        let shop = Shop { magento, ..shop };
        let (course, [old, new]) = match layout {
            Layout::Options { .. } => {
                let values = [(1, "2027-03-01 18:00", 0), (2, "2027-03-08 18:00", 0)];
                (shop.fake.add_with_options("PASTA", 8_900, &values), [1, 2])
            }
            Layout::Products { .. } | Layout::Variants => {
                let date = |sku, label| {
                    let (id, price, places, attributes) = (None, 8_900, 10, &[]);
                    let date = NewDate { id, sku, label, price, places, attributes };
                    shop.fake.add_single("7", &date)
                };
                let dates = [date("P-1", "2027-03-01 18:00"), date("P-2", "2027-03-08 18:00")];
                (dates[0], dates)
            }
        };
        let (name, email) = (("Erika", "Mustermann"), "erika@example.com");
        let (_, item) =
            shop.fake.sell(&NewOrder { course, date: old, count: 2, discount: 0, name, email });
        let before = shop.magento.booking(OrderItemId::new(item)).await.unwrap().unwrap();
        let after = Booking { slot: slot(new, "2027-03-08T17:00:00Z"), ..before.clone() };
        let change = OrderChange { before, after, ..linked(&shop).await };
        assert!(matches!(place(&shop, &change).await, Ok(Placement::Made(_))), "{layout:?}");
        let made = shop.fake.orders().into_iter().find(|order| order.key.as_deref() == Some(KEY));
        let sku = if course == old { "P-2" } else { "PASTA-d2" };
        assert_eq!(made.unwrap().items[0].1, sku, "{layout:?}");
    }
}
