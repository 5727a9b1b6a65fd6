//! The watcher tells the core what people do in the shop, and finds orders that nobody claims.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::TimeDelta;
use rebooking_core::effect::MailKind;
use rebooking_core::error::RebookError;
use rebooking_core::policy::OrderStrategy;
use rebooking_core::ports::{Clock as _, Orders as _, Placement};
use rebooking_core::testing::{MemoryCheckpoints, Trouble};
use rebooking_core::value::ids::{OrderId, OrderItemId, TokenRef};
use rebooking_magento::testing::{Fault, NewOrder};
use rebooking_magento::{Looked, WatchError, WatchSettings, Watched, Watcher};

use crate::comments::change;
use crate::outage::House;
use crate::shop::{COURSE, OLD, Shop};

fn watcher(house: &House, settings: WatchSettings) -> Watcher {
    Watcher::new(house.magento.clone(), &house.rebookings, settings)
}

impl House {
    /// A customer buys two places on the old date.
    fn sell(&self) -> (i64, i64) {
        let (name, email) = (("Erika", "Mustermann"), "erika@example.com");
        let (count, discount) = (2, 0);
        self.fake.sell(&NewOrder { course: COURSE, date: OLD, count, discount, name, email })
    }

    async fn is_usable(&self, token: TokenRef) -> bool {
        self.token(token).await.usable(self.clock.now()).is_ok()
    }

    /// The order that a case is on.
    async fn order(&self, token: TokenRef) -> i64 {
        self.token(token).await.current_order().value()
    }
}

#[tokio::test]
async fn a_link_dies_with_its_order_in_the_shop_and_no_other_does() {
    let house = House::build(OrderStrategy::KeepOrder).await;
    let [gone, kept] = [house.declined().await, house.declined().await];
    let mut watcher = watcher(&house, WatchSettings::default());
    assert_eq!(watcher.look().await.unwrap(), Looked::default());
    house.fake.close(house.order(gone).await);
    for _ in 0..2 {
        assert_eq!(watcher.look().await.unwrap().gone, 1, "again within the overlap");
        assert!(!house.is_usable(gone).await && house.is_usable(kept).await);
    }
    house.clock.advance(TimeDelta::hours(1));
    assert_eq!(watcher.look().await.unwrap().gone, 1, "the look begins at the latest change");
}

#[tokio::test]
async fn what_happened_while_nobody_looked_is_found_by_the_first_look() {
    let house = House::build(OrderStrategy::KeepOrder).await;
    let token = house.declined().await;
    house.fake.close(house.order(token).await);
    house.clock.advance(TimeDelta::days(6));
    watcher(&house, WatchSettings::default()).look().await.unwrap();
    assert!(!house.is_usable(token).await);
}

#[tokio::test]
async fn closing_the_original_of_a_linked_order_ends_nothing() {
    let house = House::build(OrderStrategy::LinkedOrder).await;
    let token = house.declined().await;
    let before = house.order(token).await;
    house.choose(token).await;
    house.deliver_all().await;
    house.fake.close(before);
    watcher(&house, WatchSettings::default()).look().await.unwrap();
    assert!(house.token(token).await.rebooking().unwrap().state.is_live());
}

#[tokio::test]
async fn what_cannot_be_told_while_a_linked_order_is_made_is_told_with_the_next_look() {
    let house = House::build(OrderStrategy::LinkedOrder).await;
    let token = house.declined().await;
    let before = house.order(token).await;
    house.choose(token).await;
    house.fake.close(before);
    let mut watcher = watcher(&house, WatchSettings::default());
    assert_eq!(watcher.look().await.unwrap().put_off, 1);
    house.deliver_all().await;
    house.clock.advance(TimeDelta::days(1));
    let told = watcher.look().await.unwrap();
    assert_eq!((told.gone, told.put_off), (1, 0), "it is looked for from there until it is told");
}

/// Another process, on a store that was lost since, has made an order under a key of ours.
async fn stray(house: &House, key: &str) -> i64 {
    let shop = Shop { fake: house.fake.clone(), magento: house.magento.clone() };
    let stray = change(&shop, key, OrderStrategy::LinkedOrder).await;
    let made = house.magento.place(&stray, &MemoryCheckpoints::new()).await.unwrap();
    let Placement::Made(made) = made else { panic!("{made:?}") };
    made.id.value()
}

/// What support sees.
async fn listed(house: &House) -> Vec<(i64, String)> {
    let list = house.rebookings.support("anna").unclaimed_orders().await.unwrap().orders;
    list.iter().map(|listed| (listed.order.value(), listed.number.to_string())).collect()
}

#[tokio::test]
async fn an_order_that_nobody_claims_is_listed_and_left_alone() {
    let house = House::build(OrderStrategy::LinkedOrder).await;
    let token = house.declined().await;
    house.choose(token).await;
    house.deliver_all().await;
    let mut watcher = watcher(&house, WatchSettings::default());
    let found = watcher.reconcile().await.unwrap();
    assert_eq!((found.live, found.unclaimed.len(), found.called_off.len()), (1, 0, 0));
    assert_eq!(listed(&house).await, []);

    let stray = stray(&house, "reb-4711-1").await;
    let orders = house.fake.orders().len();
    // Long after it has changed it is on the list all the same, and when only changes are compared.
    for (hours, live) in [(0, 2), (5, 2), (5, 1), (30, 2)] {
        house.clock.advance(TimeDelta::hours(hours));
        let found = watcher.reconcile().await.unwrap();
        let keys: Vec<_> = found.unclaimed.iter().map(|keyed| keyed.key.as_str()).collect();
        assert_eq!((found.live, keys), (live, vec!["reb-4711-1"]));
        assert_eq!(listed(&house).await, [(stray, format!("{stray:09}"))]);
    }
    house.deliver_all().await;
    assert_eq!(house.fake.orders().len(), orders);
    assert_eq!(house.fake.orders().iter().filter(|order| order.state == "canceled").count(), 0);
}

#[tokio::test]
async fn an_order_is_off_the_list_when_it_is_cancelled_or_dealt_with() {
    let house = House::build(OrderStrategy::LinkedOrder).await;
    let mut watcher = watcher(&house, WatchSettings::default());
    let cancelled = stray(&house, "reb-4711-1").await;
    watcher.reconcile().await.unwrap();
    house.clock.advance(TimeDelta::hours(5));
    house.fake.cancel(cancelled);
    watcher.reconcile().await.unwrap();
    assert_eq!(listed(&house).await, []);

    let kept = stray(&house, "reb-4712-1").await;
    assert_eq!(watcher.reconcile().await.unwrap().unclaimed.len(), 1);
    let support = house.rebookings.support("anna");
    support.dealt_with(OrderId::new(kept)).await.unwrap();
    let again = support.dealt_with(OrderId::new(kept)).await;
    assert!(matches!(again, Err(RebookError::NotFound(_))), "{again:?}");
    for _ in 0..2 {
        assert_eq!(watcher.reconcile().await.unwrap().unclaimed, []);
        assert_eq!(listed(&house).await, []);
        house.clock.advance(TimeDelta::hours(30));
    }
}

#[tokio::test]
async fn only_what_has_changed_is_compared_and_once_a_day_everything() {
    let house = House::build(OrderStrategy::LinkedOrder).await;
    for _ in 0..2 {
        let token = house.declined().await;
        house.choose(token).await;
    }
    house.deliver_all().await;
    let mut watcher = watcher(&house, WatchSettings::default());
    assert_eq!(watcher.reconcile().await.unwrap().live, 2, "the first is of everything");
    for (hours, live) in [(2, 2), (3, 2), (10, 0), (9, 2), (10, 0)] {
        house.clock.advance(TimeDelta::hours(hours));
        assert_eq!(watcher.reconcile().await.unwrap().live, live, "{hours} hours later");
    }
}

#[tokio::test]
async fn a_store_that_is_out_of_reach_is_waited_for_and_nothing_is_missed() {
    let house = House::build(OrderStrategy::KeepOrder).await;
    house.sell();
    let settings = WatchSettings { open_requests: true, ..WatchSettings::default() };
    let mut watcher = watcher(&house, settings);
    house.store.every_call(Some(Trouble::Unavailable));
    let failed = watcher.look().await;
    assert!(matches!(failed, Err(WatchError::Core(_))), "{failed:?}");
    house.store.every_call(None);
    // The span is looked at once more, however long ago it was.
    house.clock.advance(TimeDelta::days(2));
    assert_eq!(watcher.look().await.unwrap().requests, 1);
}

#[tokio::test]
async fn an_order_of_a_customer_opens_the_partners_request_where_that_is_set() {
    let house = House::build(OrderStrategy::KeepOrder).await;
    let (_, item) = house.sell();
    let mut without = watcher(&house, WatchSettings::default());
    assert_eq!(without.look().await.unwrap().requests, 0);
    let settings = WatchSettings { open_requests: true, ..WatchSettings::default() };
    let mut with = watcher(&house, settings);
    for _ in 0..2 {
        assert_eq!(with.look().await.unwrap().requests, 1);
    }
    let key = rebooking_core::ports::store::CaseKey::Item(OrderItemId::new(item));
    let seen = rebooking_core::ports::RebookingStore::find(house.store.as_ref(), &key).await;
    assert_eq!(seen.unwrap().value.confirmation.unwrap().booking.participants.count(), 2);
}

#[tokio::test]
async fn a_booking_whose_request_is_open_is_not_read_again_with_each_look_that_overlaps() {
    let house = House::build(OrderStrategy::KeepOrder).await;
    let (order, item) = house.sell();
    let settings = WatchSettings { open_requests: true, ..WatchSettings::default() };
    let mut watcher = watcher(&house, settings);
    let read = || {
        let path = format!("/orders/items/{item}");
        house.fake.calls().iter().filter(|call| call.path == path).count()
    };
    for _ in 0..3 {
        assert_eq!(watcher.look().await.unwrap().requests, 1);
        assert_eq!(read(), 1);
    }
    // What was gone from a look and is back is as any other.
    house.fake.set_state(order, "holded");
    assert_eq!(watcher.look().await.unwrap().requests, 0);
    house.fake.set_state(order, "processing");
    assert_eq!(watcher.look().await.unwrap().requests, 1);
    assert_eq!(read(), 2);
}

#[tokio::test]
async fn an_order_that_waits_for_its_payment_asks_nobody_until_it_is_paid() {
    for waits in ["pending_payment", "payment_review", "holded"] {
        let house = House::build(OrderStrategy::KeepOrder).await;
        let settings = WatchSettings { open_requests: true, ..WatchSettings::default() };
        let mut watcher = watcher(&house, settings);
        let (order, item) = house.sell();
        house.fake.set_state(order, waits);
        house.clock.advance(TimeDelta::minutes(2));
        assert_eq!(watcher.look().await.unwrap().requests, 0, "{waits}");
        // Days later, long after the look that saw it placed.
        house.clock.advance(TimeDelta::days(3));
        house.fake.set_state(order, "processing");
        assert_eq!(watcher.look().await.unwrap().requests, 1, "{waits}");
        house.deliver_all().await;
        watcher.look().await.unwrap();
        house.deliver_all().await;
        let mails: Vec<_> =
            house.mailer.sent().into_iter().map(|mail| (mail.to, mail.message.kind())).collect();
        let partner = house.magento.booking(OrderItemId::new(item)).await.unwrap().unwrap().partner;
        assert_eq!(mails, [(partner.email, MailKind::BookingRequest)], "{waits}");
    }
}

#[tokio::test]
async fn an_order_from_before_the_first_look_asks_nobody_whatever_becomes_of_it() {
    let house = House::build(OrderStrategy::KeepOrder).await;
    let (order, _) = house.sell();
    house.clock.advance(TimeDelta::days(9));
    let settings = WatchSettings { open_requests: true, ..WatchSettings::default() };
    let mut watcher = watcher(&house, settings);
    house.fake.set_state(order, "processing");
    assert_eq!(watcher.look().await.unwrap().requests, 0);
}

#[tokio::test]
async fn a_booking_that_cannot_be_read_for_now_keeps_no_other_from_its_partner() {
    let house = House::build(OrderStrategy::KeepOrder).await;
    let (_, first) = house.sell();
    house.sell();
    let settings = WatchSettings { open_requests: true, ..WatchSettings::default() };
    let mut watcher = watcher(&house, settings);
    let path = format!("/orders/items/{first}");
    house.fake.fail_once(move |call| call.path == path, Fault::Json500);
    let looked = watcher.look().await.unwrap();
    assert_eq!((looked.requests, looked.put_off), (1, 1));
    let looked = watcher.look().await.unwrap();
    assert_eq!((looked.requests, looked.put_off), (2, 0), "the span is looked at once more");
}

#[tokio::test]
async fn our_own_linked_order_asks_nobody_a_second_time() {
    let house = House::build(OrderStrategy::LinkedOrder).await;
    let token = house.declined().await;
    house.choose(token).await;
    house.deliver_all().await;
    let settings = WatchSettings { open_requests: true, ..WatchSettings::default() };
    assert_eq!(watcher(&house, settings).look().await.unwrap().requests, 0);
}

#[tokio::test]
async fn a_shop_that_is_down_is_asked_less_and_less_often_and_then_told_from() {
    let house = House::build(OrderStrategy::KeepOrder).await;
    let token = house.declined().await;
    house.fake.fail_always(Fault::Html503).await;
    let settings = WatchSettings {
        every: Duration::from_millis(20),
        longest_pause: Duration::from_millis(80),
        ..WatchSettings::default()
    };
    let rounds = Arc::new(Mutex::new(Vec::new()));
    let seen = rounds.clone();
    let report = move |watched: &Watched| seen.lock().unwrap().push(watched.clone());
    let running = tokio::spawn(watcher(&house, settings).run(report));
    let failed = |watched: &&Watched| matches!(watched, Watched::Failed);
    while rounds.lock().unwrap().iter().filter(failed).count() < 3 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    house.fake.calm_down().await;
    house.fake.close(house.order(token).await);
    while house.is_usable(token).await {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let reconciled = |watched: &Watched| matches!(watched, Watched::Reconciled(_));
    while !rounds.lock().unwrap().iter().any(reconciled) {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    running.abort();
}
