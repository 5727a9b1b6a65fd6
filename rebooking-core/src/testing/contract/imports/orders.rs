//! Places of a booking whose linked order is called off or refused, and which moves on.

use chrono::TimeDelta;

use super::stage::ImportsUnderTest;
use crate::effect::{Effect, EffectKind};
use crate::policy::{OrderStrategy, Policy};
use crate::ports::RebookingStore;
use crate::ports::store::ConfirmationKey;
use crate::service::{Decline, ManualLink, OrderEvent};
use crate::testing::contract::given;
use crate::testing::{SettableClock, Trouble, World, samples};
use crate::token::TokenState;
use crate::value::booking::Booking;
use crate::value::ids::{CaseId, CourseDateId, TokenRef};
use crate::value::text::FreeText;

/// The date that was bought, and two others.
const BOUGHT: i64 = 1;
const FIRST: i64 = 2;
const SECOND: i64 = 3;
const CASE: CaseId = CaseId::new(7001);

struct Sold {
    store: ImportsUnderTest,
    world: World<dyn RebookingStore>,
}

impl Sold {
    /// Two places of six are bought on a date that a shop with linked orders counts, and the
    /// partner has declined.
    async fn declined(store: ImportsUnderTest) -> Self {
        let orders = OrderStrategy::LinkedOrder;
        let policy = Policy { orders, order_wait: TimeDelta::zero(), ..Policy::default() };
        let world = store.world(SettableClock::at(given::now(&store).await), policy);
        let sold = Self { store, world };
        for date in [BOUGHT, FIRST, SECOND] {
            sold.world.shop.stock(CourseDateId::new(date), 6);
        }
        sold.read().await;
        let slot = sold.store.free_there(BOUGHT, 0).await.date.slot;
        let booking = Booking { slot, ..samples::booking_of(CASE.value()) };
        sold.world.shop.put_booking(booking.clone());
        let request = sold.store.open_confirmation(&booking).await.unwrap();
        let decline = Decline { reason: FreeText::line("Rohrbruch", 100), proposed: Vec::new() };
        let key = ConfirmationKey::Id(request);
        let _ = sold.world.rebookings.decline_unchecked(&key, &decline).await.unwrap();
        sold
    }

    /// What the shop says of its dates is taken over.
    async fn read(&self) {
        let reading = self.store.begin().await;
        let mut dates = Vec::new();
        for date in [BOUGHT, FIRST, SECOND] {
            let free = self.world.shop.free(CourseDateId::new(date)).unwrap();
            dates.push(self.store.free_there(date, u32::try_from(free).unwrap()).await);
        }
        self.store.import(&reading, &dates).await;
    }

    async fn choose(&self, step: u32, date: i64) {
        let link = self.world.link(TokenRef { case: CASE, step }).await;
        let choice = samples::choice(CourseDateId::new(date));
        let _ = self.world.rebookings.customer(&link).choose(&choice).await.unwrap();
    }

    /// Support calls the first choice off before its order is made, and sends the next link.
    async fn called_off_and_sent_anew(&self) {
        let reason = FreeText::line("Am Telefon besprochen", 100);
        let support = self.world.rebookings.support("anna");
        support.cancel(CASE, &reason).await.unwrap();
        let item = samples::booking_of(CASE.value()).item;
        let link = ManualLink { item, reason, again: false };
        support.send_link(&link).await.unwrap();
    }

    /// Its order will be refused, and then the shop is in trouble when it is asked what it holds.
    async fn to_be_refused(store: ImportsUnderTest, then: Trouble) -> Self {
        let sold = Self::declined(store).await;
        sold.choose(1, FIRST).await;
        sold.world.shop.sold_out(CourseDateId::new(FIRST));
        sold.world.shop.next_call(None);
        sold.world.shop.next_call(then);
        sold
    }

    /// Its first order is made and called off, and the next one will be refused.
    async fn replaced_by_one_to_be_refused(store: ImportsUnderTest) -> Self {
        let sold = Self::declined(store).await;
        sold.choose(1, FIRST).await;
        sold.world.deliver_all().await.unwrap();
        sold.called_off_and_sent_anew().await;
        sold.choose(2, SECOND).await;
        sold.world.shop.sold_out(CourseDateId::new(SECOND));
        sold
    }

    /// Support has an effect tried again that failed or waits.
    async fn try_anew(&self, kind: EffectKind) {
        let effects = given::effects(&self.store, CASE).await;
        let idle = |effect: &&Effect| effect.kind == kind && effect.state.is_idle();
        let effect = effects.iter().find(idle).unwrap().id;
        self.world.rebookings.support("anna").retry(effect).await.unwrap();
    }

    /// Once all is delivered and read, the shop says of each date what is free.
    async fn free(&self) -> [u32; 3] {
        self.world.deliver_all().await.unwrap();
        self.read().await;
        [self.store.free(1).await, self.store.free(2).await, self.store.free(3).await]
    }
}

/// Its order closes the one that was bought, whichever is carried out first.
pub async fn an_undo_takes_back_nothing_that_the_next_choice_has_taken(store: ImportsUnderTest) {
    let sold = Sold::declined(store).await;
    sold.choose(1, FIRST).await;
    sold.called_off_and_sent_anew().await;
    sold.choose(2, SECOND).await;
    assert_eq!(sold.free().await, [6, 6, 4]);
}

/// On the date that was bought, and not on the one that was chosen and called off.
pub async fn an_order_that_is_refused_is_held_by_the_request_that_it_was_bought_with(
    store: ImportsUnderTest,
) {
    let sold = Sold::declined(store).await;
    sold.choose(1, FIRST).await;
    sold.called_off_and_sent_anew().await;
    sold.world.deliver_all().await.unwrap();
    sold.choose(2, SECOND).await;
    sold.world.shop.sold_out(CourseDateId::new(SECOND));
    // The shop holds two of the date that was bought, which nobody else can buy: they are ours.
    assert_eq!(sold.free().await, [6, 6, 6]);
}

/// Its first choice closed it in the shop, which sold the places before that was called off.
pub async fn an_order_that_was_closed_for_good_is_held_by_nobody_after_a_refusal(
    store: ImportsUnderTest,
) {
    let sold = Sold::replaced_by_one_to_be_refused(store).await;
    sold.world.shop.stock(CourseDateId::new(BOUGHT), 1);
    assert_eq!(sold.free().await, [1, 6, 6], "the shop has one place left, and so have we");
}

/// People had to see to the undo first, and the next choice was refused meanwhile.
pub async fn an_undo_after_a_refusal_holds_what_it_has_opened_again(store: ImportsUnderTest) {
    let sold = Sold::replaced_by_one_to_be_refused(store).await;
    sold.world.shop.next_call(Trouble::FailForGood);
    assert_eq!(sold.free().await, [6, 6, 6], "the first order holds two of its date, and is off");
    sold.try_anew(EffectKind::UndoOrder).await;
    assert_eq!(sold.free().await, [6, 6, 6], "two of the date that was bought are held again");
}

/// The shop is asked what it holds once it has refused.
pub async fn a_refusal_waits_until_the_shop_says_what_it_holds(store: ImportsUnderTest) {
    let sold = Sold::to_be_refused(store, Trouble::Fail).await;
    sold.world.deliver_all().await.unwrap();
    sold.try_anew(EffectKind::PlaceOrder).await;
    assert_eq!(sold.free().await, [6, 6, 6], "two are held by the shop, and are ours");
}

/// The customer hears of the refusal all the same.
pub async fn what_the_shop_cannot_say_after_a_refusal_is_not_counted_on(store: ImportsUnderTest) {
    let sold = Sold::to_be_refused(store, Trouble::FailForGood).await;
    assert_eq!(sold.free().await, [4, 6, 6]);
    let next = sold.world.token(TokenRef { case: CASE, step: 2 }).await;
    assert_eq!(*next.state(), TokenState::Active);
}

/// The undo has opened the order again that was bought, and people cancel that in the shop.
pub async fn what_is_cancelled_after_an_undo_gives_its_places_back_once(store: ImportsUnderTest) {
    let sold = Sold::declined(store).await;
    sold.choose(1, FIRST).await;
    sold.world.deliver_all().await.unwrap();
    let reason = FreeText::line("Am Telefon besprochen", 100);
    sold.world.rebookings.support("anna").cancel(CASE, &reason).await.unwrap();
    assert_eq!(sold.free().await, [6, 6, 6], "two are held by the shop, and are ours");
    let original = samples::booking_of(CASE.value());
    sold.world.shop.close(original.order);
    let told = sold.world.rebookings.order_changed(original.order, OrderEvent::Cancelled);
    told.await.unwrap();
    assert_eq!(sold.free().await, [6, 6, 6], "nobody holds two of them any more");
}
