//! A backup that was booked, exchanged for another date.

use rebooking_core::eligibility::PriceAdjustment;
use rebooking_core::ports::Clock as _;
use rebooking_core::service::Choice;
use rebooking_core::testing::Snapshot;
use rebooking_core::token::RebookingToken;
use rebooking_core::value::booking::Booking;
use rebooking_core::value::money::Money;

use super::{Acknowledged, Player};
use crate::pick::{date_for, pick};
use crate::world::to_pay;

impl Player {
    pub(super) async fn exchange(&self, link: u8, date: u8, right_address: bool, seen: &Snapshot) {
        // Mostly where it can be done: few links have booked a backup.
        let (policy, now) = (self.world.rebookings.policy(), self.world.clock.now());
        let open = |token: &&RebookingToken| token.is_exchangeable(policy, now);
        let open: Vec<_> = seen.tokens.iter().filter(open).map(RebookingToken::link).collect();
        let aimed = pick(&open, link).and_then(|wanted| {
            self.world.links().into_iter().find(|link| link.digest() == wanted.digest)
        });
        let Some(link) = aimed.or_else(|| self.link(link)) else { return };
        let id = date_for(&link, date, seen);
        let token = seen.tokens.iter().find(|token| token.link().digest == link.digest());
        let date = seen.dates.iter().find(|date| date.id() == id);
        let shown = token.zip(date).map(|(token, date)| {
            let booking = left(token);
            to_pay(&booking, date.unit_price.times(booking.participants.count()))
        });
        if let Some(said) = shown {
            self.agreed.lock().unwrap().push((link.digest(), said));
        }
        let email = self.address(&link, right_address, seen);
        let choice = Choice { date: id, email, expected_total: shown.map(Money::decimal) };
        let result = self.world.rebookings.customer(&link).exchange(&choice).await;
        if let Ok(chosen) = &result {
            if !right_address {
                self.violate("a wrong address was let in");
            }
            let chosen = chosen.clone();
            let acknowledged = Acknowledged { link, choice, chosen, instead: true };
            self.reports.lock().unwrap().acknowledged.push(acknowledged);
        }
        self.report(&result.map(|chosen| (chosen.slot.id, chosen.order_number)));
    }
}

/// What is left of a booking once its backup is called off: what went back for a cheaper one does
/// not come again.
fn left(token: &RebookingToken) -> Booking {
    let booking = token.booking().clone();
    match token.rebooking() {
        Some(made) if matches!(made.consequence, PriceAdjustment::Refund(_)) => {
            Booking { unit_price: made.unit_price, paid: made.paid, ..booking }
        }
        Some(_) | None => booking,
    }
}
