//! The whole of it: the library on the shop, and a shop that is down for hours.

use std::sync::Arc;

use chrono::TimeDelta;
use rebooking_core::effect::Lane;
use rebooking_core::link::LinkPurpose;
use rebooking_core::policy::{OrderStrategy, Policy};
use rebooking_core::ports::store::{CaseKey, ConfirmationKey};
use rebooking_core::ports::{Orders as _, Ports, RebookingStore as _};
use rebooking_core::service::{Choice, Decline, Declined, Rebookings};
use rebooking_core::system::SystemSecrets;
use rebooking_core::testing::{
    CountingSecrets, MemoryMailer, MemoryStore, MemoryTickets, SettableClock, samples,
};
use rebooking_core::token::RebookingToken;
use rebooking_core::value::ids::{CourseDateId, CourseId, OrderItemId, TokenRef};
use rebooking_core::value::text::FreeText;
use rebooking_magento::testing::{FakeMagento, Fault, NewDate, NewOrder};
use rebooking_magento::{Magento, MagentoSettings, ShopUrl, SignIn};

use crate::shop::{COURSE, KITCHEN, NEW, OLD, http};

pub(crate) struct House {
    pub(crate) fake: FakeMagento,
    pub(crate) magento: Magento,
    pub(crate) clock: SettableClock,
    pub(crate) mailer: MemoryMailer,
    pub(crate) store: Arc<MemoryStore>,
    pub(crate) rebookings: Rebookings,
}

impl House {
    pub(crate) async fn build(strategy: OrderStrategy) -> Self {
        let clock = SettableClock::at(samples::now());
        let fake = FakeMagento::start_on("127.0.0.1:0", Arc::new(clock.clone())).await.unwrap();
        fake.add_course(Some(COURSE), "SUSHI", "Sushi-Kurs");
        for (id, sku, label) in
            [(OLD, "SUSHI-1", "2027-01-25 18:00"), (NEW, "SUSHI-2", "2027-02-01 18:00")]
        {
            let (id, price, places, attributes) = (Some(id), 8_900, 10, &KITCHEN);
            fake.add_date(COURSE, &NewDate { id, sku, label, price, places, attributes });
        }
        let url = ShopUrl::parse(&fake.url()).unwrap();
        let settings = MagentoSettings::new(url, SignIn::OAuth1(fake.credentials()));
        let magento =
            Magento::new(settings, http(), Arc::new(clock.clone()), Arc::new(SystemSecrets));
        let mailer = MemoryMailer::new();
        let store = Arc::new(MemoryStore::new(Arc::new(clock.clone())));
        let ports = Ports::builder()
            .database(store.clone())
            .schedule(Arc::new(magento.clone()))
            .imports(store.clone())
            .unclaimed(store.clone())
            .orders(Arc::new(magento.clone()))
            .tickets(Arc::new(MemoryTickets::new()))
            .mailer(Arc::new(mailer.clone()))
            .clock(Arc::new(clock.clone()))
            .secrets(Arc::new(CountingSecrets::default()));
        // The clock stands still, so no answer may wait for the worker.
        let order_wait = TimeDelta::zero();
        let policy = Policy { orders: strategy, order_wait, ..Policy::default() };
        let rebookings =
            Rebookings::new(ports.build().unwrap(), policy, samples::link_keys()).unwrap();
        rebookings.refresh(CourseId::new(COURSE)).await.unwrap();
        Self { fake, magento, clock, mailer, store, rebookings }
    }

    /// A customer buys in the shop, and the partner declines.
    pub(crate) async fn declined(&self) -> TokenRef {
        let (name, email) = (("Erika", "Mustermann"), "erika@example.com");
        let order = NewOrder { course: COURSE, date: OLD, count: 2, discount: 0, name, email };
        let (order, item) = self.fake.sell(&order);
        self.fake.pay(order, None);
        let booking = self.magento.booking(OrderItemId::new(item)).await.unwrap().unwrap();
        let asked = ConfirmationKey::Id(self.store.open_confirmation(&booking).await.unwrap());
        let reason = FreeText::line("Der Koch ist krank.", 100);
        let decline = Decline { reason, proposed: Vec::new() };
        match self.rebookings.decline_unchecked(&asked, &decline).await.unwrap() {
            Declined::LinkIssued(token) => token,
            other => panic!("{other:?}"),
        }
    }

    pub(crate) async fn choose(&self, token: TokenRef) {
        let token = self.token(token).await;
        let link = samples::link_keys().secret(LinkPurpose::Rebook, token.link()).unwrap();
        let email = samples::email("erika@example.com");
        let choice = Choice { date: CourseDateId::new(NEW), email, expected_total: None };
        self.rebookings.customer(&link).choose(&choice).await.unwrap();
    }

    pub(crate) async fn token(&self, id: TokenRef) -> RebookingToken {
        let seen = self.store.find(&CaseKey::Id(id.case)).await.unwrap();
        seen.value.token(id).unwrap().clone()
    }

    pub(crate) async fn deliver_all(&self) {
        while self.rebookings.deliver().await.unwrap().total() > 0 {}
    }
}

#[tokio::test]
async fn a_shop_that_is_down_for_hours_loses_no_choice() {
    for strategy in [OrderStrategy::KeepOrder, OrderStrategy::LinkedOrder] {
        for fault in [Fault::Refused, Fault::Html503, Fault::Unauthorized] {
            let house = House::build(strategy).await;
            let tokens = [house.declined().await, house.declined().await, house.declined().await];
            house.deliver_all().await;
            house.fake.fail_always(fault).await;
            for token in tokens {
                house.choose(token).await;
                house.deliver_all().await;
                house.clock.advance(TimeDelta::hours(1));
            }
            for _ in 0..10 {
                house.deliver_all().await;
                house.clock.advance(TimeDelta::minutes(30));
            }
            assert_eq!(house.rebookings.open_circuits()[0].lane, Lane::Orders, "{fault:?}");
            house.fake.calm_down().await;
            house.clock.advance(house.rebookings.policy().delivery.backoff_cap);
            for _ in 0..3 {
                house.deliver_all().await;
                house.clock.advance(house.rebookings.policy().delivery.backoff_cap);
            }
            assert_eq!(house.rebookings.open_circuits(), [], "{fault:?}");
            for token in tokens {
                let token = house.token(token).await;
                let key = token.order_key();
                assert!(token.rebooking().unwrap().order.is_some(), "{fault:?}, {key}");
                assert_eq!(crate::shop::carrying(&house.fake, &key), 1, "{fault:?}, {key}");
            }
            let linked = if strategy == OrderStrategy::LinkedOrder { 3 } else { 0 };
            assert_eq!(house.fake.orders().len(), 3 + linked, "{fault:?}");
        }
    }
}
