//! What must be true, as the shop's own orders tell it and not our marks.

use rebooking_core::confirmation::Confirmation;
use rebooking_core::policy::OrderStrategy;
use rebooking_core::value::ids::CourseDateId;

use crate::house::{DATES, House};

fn places(requests: &[Confirmation]) -> i64 {
    requests.iter().map(|request| i64::from(request.booking.participants.count())).sum()
}

/// What the shop does not know of a date, as its orders tell.
pub(crate) struct Unknown {
    /// Parties that are there without an order for that date.
    pub(crate) moved_in: i64,
    /// Those of them whose order stays, and says so already in the shop.
    pub(crate) settled_in: i64,
    /// Parties that have left orders which still hold places there.
    pub(crate) left: i64,
}

impl Unknown {
    pub(crate) fn new(house: &House, date: CourseDateId) -> Self {
        let on = |request: &Confirmation| request.booking.slot.id == date;
        let held = |request: &Confirmation| house.shop_holds(request);
        let moved_in =
            house.requests(|request| on(request) && request.state.is_live() && !held(request));
        let left =
            house.requests(|request| on(request) && !request.state.is_live() && held(request));
        let settled: Vec<_> =
            moved_in.iter().filter(|request| house.is_kept_for(request)).cloned().collect();
        Self { moved_in: places(&moved_in), settled_in: places(&settled), left: places(&left) }
    }
}

fn free(house: &House, date: CourseDateId) -> i64 {
    let dates = house.store.snapshot().dates;
    i64::from(dates.iter().find(|kept| kept.id() == date).unwrap().free())
}

pub(crate) fn always(house: &House) -> Result<(), String> {
    if let Some(overfull) = &house.overfull {
        return Err(overfull.clone());
    }
    for (date, _) in DATES {
        let (there, unknown) = (house.shop.free(date).unwrap(), Unknown::new(house, date));
        let sold = house.sold.get(&date).copied().unwrap_or_default();
        if there < 0 {
            return Err(format!("the shop has oversold date {date} by {}", -there));
        }
        // What our store offers is never more than there is, but for what the shop has sold since
        // the answer that was imported last.
        let truth = there - unknown.moved_in + unknown.left;
        let offered = free(house, date);
        if offered > (truth + sold).max(0) {
            return Err(format!("date {date} offers {offered}, and there are {truth} + {sold}"));
        }
    }
    Ok(())
}

/// Once nothing is on its way and the shop was read again.
pub(crate) fn settled(house: &House) -> Result<(), String> {
    for (date, _) in DATES {
        let (there, unknown) = (house.shop.free(date).unwrap(), Unknown::new(house, date));
        let offered = free(house, date);
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
    Ok(())
}
