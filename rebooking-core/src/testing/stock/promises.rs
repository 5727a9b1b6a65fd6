//! What must be true, as the shop's own orders tell it and not our marks.

use super::dates::DATES;
use super::house::{House, Kept};
use crate::confirmation::Confirmation;
use crate::policy::OrderStrategy;
use crate::token::{RebookingToken, TokenState};
use crate::value::ids::CourseDateId;

/// What the shop does not know of a date, as its orders tell.
pub(super) struct Unknown {
    /// Parties that are there without an order for that date.
    pub(super) moved_in: i64,
    /// Those of them whose order stays, and says so already in the shop.
    pub(super) settled_in: i64,
    /// Parties that have left orders which still hold places there.
    pub(super) left: i64,
}

impl Unknown {
    pub(super) fn new(house: &House<'_>, kept: &Kept, date: CourseDateId) -> Self {
        let on = |live: bool, held: bool| -> Vec<&Confirmation> {
            let requests = kept.requests.iter().filter(|request| {
                request.booking.slot.id == date && request.state.is_live() == live
            });
            requests.filter(|request| house.shop_holds(request) == held).collect()
        };
        let moved_in = on(true, false);
        let mut settled = moved_in.clone();
        settled.retain(|request| house.is_kept_for(request));
        let left = places(&on(false, true));
        Self { moved_in: places(&moved_in), settled_in: places(&settled), left }
    }
}

fn places(requests: &[&Confirmation]) -> i64 {
    requests.iter().map(|request| i64::from(request.booking.participants.count())).sum()
}

fn free(kept: &Kept, date: CourseDateId) -> i64 {
    i64::from(kept.dates.iter().find(|one| one.id() == date).unwrap().free())
}

pub(super) fn always(house: &House<'_>, kept: &Kept) -> Result<(), String> {
    if let Some(overfull) = &house.overfull {
        return Err(overfull.clone());
    }
    for (date, _) in DATES {
        let (there, unknown) = (house.shop.free(date).unwrap(), Unknown::new(house, kept, date));
        let sold = house.sold.get(&date).copied().unwrap_or_default();
        if there < 0 {
            return Err(format!("the shop has oversold date {date} by {}", -there));
        }
        // What our store offers is never more than there is, but for what the shop has sold since
        // the answer that was imported last.
        let truth = there - unknown.moved_in + unknown.left;
        let offered = free(kept, date);
        if offered > (truth + sold).max(0) {
            return Err(format!("date {date} offers {offered}, and there are {truth} + {sold}"));
        }
    }
    Ok(())
}

/// Once nothing is on its way and the shop was read again.
pub(super) fn settled(house: &House<'_>, kept: &Kept) -> Result<(), String> {
    for (date, _) in DATES {
        let (there, unknown) = (house.shop.free(date).unwrap(), Unknown::new(house, kept, date));
        let offered = free(kept, date);
        let exact = (there - unknown.moved_in + unknown.left).max(0);
        // With a linked order the shop may close the original: its places are no longer ours to
        // give, whether it does or not.
        let least = match house.strategy {
            OrderStrategy::KeepOrder => exact,
            OrderStrategy::LinkedOrder => (there - unknown.moved_in).max(0),
        };
        if !(least..=exact).contains(&offered) {
            return Err(format!("date {date} offers {offered}, and there are {least} to {exact}"));
        }
    }
    match kept.tokens.iter().find(|token| is_off(token) && is_carried(house, token)) {
        Some(token) => Err(format!("an order still carries {}", token.order_key())),
        None => Ok(()),
    }
}

/// Its rebooking was called off or refused.
fn is_off(token: &RebookingToken) -> bool {
    use crate::rebooking::RebookingState as S;
    match token.state() {
        TokenState::Active | TokenState::Cancelled { .. } => false,
        TokenState::Used(moved) => match moved.state {
            S::Ordering | S::AwaitingPartner | S::Confirmed | S::DeclinedAgain => false,
            S::Rejected | S::Cancelled(_) => true,
        },
    }
}

fn is_carried(house: &House<'_>, token: &RebookingToken) -> bool {
    !house.shop.carrying(&token.order_key()).is_empty()
}
