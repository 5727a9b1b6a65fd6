//! Choices, and the same ones again.

use rebooking_core::RebookError;
use rebooking_core::error::Resource;
use rebooking_core::service::{Choice, Chosen};
use rebooking_core::testing::Snapshot;
use rebooking_core::token::RebookingToken;
use rebooking_core::value::booking::Booking;
use rebooking_core::value::money::{Currency, Money};

use super::{Acknowledged, Player};
use crate::check::Violation;
use crate::ops::Total;
use crate::pick::date_for;
use crate::world::{World, run_tasks, to_pay};

impl Player {
    pub(super) async fn choose(
        &self,
        link: u8,
        which: u8,
        right_address: bool,
        total: Total,
        seen: &Snapshot,
    ) {
        let Some(link) = self.link(link) else { return };
        let id = date_for(&link, which, seen);
        let token = seen.tokens.iter().find(|token| token.link().digest == link.digest());
        let booking = token.map(RebookingToken::booking);
        let date = seen.dates.iter().find(|date| date.id() == id);
        let shown = date.map(|date| {
            let list = |booking: &Booking| date.unit_price.times(booking.participants.count());
            booking.map_or(date.unit_price, |booking| to_pay(booking, list(booking)))
        });
        let said = match total {
            Total::Unsaid => None,
            Total::AsShown => shown,
            Total::Stale => {
                shown.and_then(|shown| shown.minus(Money::new(1, Currency::EUR).unwrap()))
            }
        };
        if let Some(said) = said {
            self.agreed.lock().unwrap().push((link.digest(), said));
        }
        let email = self.address(&link, right_address, seen);
        let choice = Choice { date: id, email, expected_total: said.map(Money::decimal) };
        let result = self.world.rebookings.customer(&link).choose(&choice).await;
        if let Ok(chosen) = &result {
            if !right_address {
                self.violate("a wrong address was let in");
            }
            let acknowledged =
                Acknowledged { link, choice, chosen: chosen.clone(), instead: false };
            self.reports.lock().unwrap().acknowledged.push(acknowledged);
        }
        self.report(
            &result.map(|chosen| (chosen.slot.id, chosen.order_number, chosen.order_pending)),
        );
    }

    /// I7: the same request again gives the same answer and does nothing.
    pub(super) fn repeat_choices(&mut self) -> Result<(), Violation> {
        let Some(last) = self.checker.last_acknowledged().cloned() else { return Ok(()) };
        let before = self.world.store.snapshot();
        let again = block_on_moving(&self.world, &last);
        self.checker.same_answer(&last, &again)?;
        self.checker.unchanged(
            "I7: the same request again changed something",
            &before,
            &self.world.store.snapshot(),
        )
    }
}

fn block_on_moving(world: &World, last: &Acknowledged) -> Result<Chosen, RebookError> {
    let mut answer = None;
    {
        let slot = &mut answer;
        let task: std::pin::Pin<Box<dyn Future<Output = ()> + '_>> = Box::pin(async move {
            let customer = world.rebookings.customer(&last.link);
            *slot = Some(match last.instead {
                true => customer.exchange(&last.choice).await,
                false => customer.choose(&last.choice).await,
            });
        });
        run_tasks(world, vec![task]);
    }
    answer.unwrap_or_else(|| Err(RebookError::NotFound(Resource::Confirmation)))
}
