//! Orders that carry our keys, and the rebookings that they should carry.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use rebooking_core::ports::{Noted, PortError};
use rebooking_core::service::OrderClaim;
use rebooking_core::value::ids::OrderId;

use super::{WatchError, Watcher};
use crate::KeyedOrder;

/// What every key of ours begins with.
const KEYS: &str = "reb-";
/// A rebooking may take so long to settle, and longer than one comparison is apart from the next;
/// orders that changed within this time are compared again.
const SETTLED: TimeDelta = TimeDelta::hours(3);
/// How often all orders that carry our keys are compared, and not those alone that have changed.
const ALL_EVERY: TimeDelta = TimeDelta::hours(24);
/// More than people can deal with are not looked after one by one.
const MOST_LISTED: u32 = 100;

/// What a comparison of the shop's orders with the rebookings has found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
// Exhaustive: whoever reads it handles each.
pub struct Reconciled {
    /// How many live orders that carry a key of ours were compared.
    pub live: usize,
    /// Those that were called off and live all the same: they are called off once more.
    pub called_off: Vec<KeyedOrder>,
    /// Those that no rebooking claims, but for what support has dealt with: people must look.
    pub unclaimed: Vec<KeyedOrder>,
}

/// When orders that carry our keys were compared last, and when all of them are next.
#[derive(Clone, Copy)]
pub(super) struct Compared {
    at: DateTime<Utc>,
    next_all: DateTime<Utc>,
}

impl Watcher {
    /// Compares the live orders that carry our keys with the rebookings: those that have changed
    /// since the last comparison and some hours before it, and now and then all of them. One that
    /// nobody claims is only listed for support, until somebody claims it, it is called off, or
    /// support has dealt with it; one that was called off is called off once more.
    ///
    /// # Errors
    /// [`WatchError`] while shop or store are out of reach.
    pub async fn reconcile(&mut self) -> Result<Reconciled, WatchError> {
        let (began, list) = (self.shop.client.now(), self.rebookings.ports().unclaimed.clone());
        let everything = self.compared.is_none_or(|compared| compared.next_all <= began);
        let since = self.compared.filter(|_| !everything).map(|compared| compared.at - SETTLED);
        let mut orders = self.shop.keyed_orders(KEYS, since).await?;
        let listed = match &list {
            Some(list) => list.unclaimed(MOST_LISTED).await?,
            None => Vec::new(),
        };
        let listed: BTreeSet<OrderId> = listed.into_iter().map(|listed| listed.order).collect();
        let seen: BTreeSet<OrderId> = orders.iter().map(|keyed| keyed.order).collect();
        let unseen: Vec<OrderId> = listed.difference(&seen).copied().collect();
        orders.extend(self.shop.keyed_among(KEYS, &unseen).await?);

        let mut found = Reconciled::default();
        let mut left = listed;
        for keyed in orders.into_iter().filter(|keyed| keyed.live) {
            found.live += 1;
            match self.rebookings.reconcile_order(&keyed.key, keyed.order).await? {
                OrderClaim::Claimed => {}
                OrderClaim::CalledOff => found.called_off.push(keyed),
                OrderClaim::Unclaimed => {
                    left.remove(&keyed.order);
                    self.list(keyed, &mut found).await?;
                }
            }
        }
        if let Some(list) = &list {
            for order in left {
                list.mended(order).await?;
            }
        }
        for KeyedOrder { key, order, .. } in &found.called_off {
            tracing::warn!(%key, %order, "an order lives though it was called off");
        }
        let next_all = match self.compared {
            Some(compared) if !everything => compared.next_all,
            Some(_) | None => began + ALL_EVERY,
        };
        self.compared = Some(Compared { at: began, next_all });
        Ok(found)
    }

    /// Told once, and then listed as long as nobody has dealt with it.
    async fn list(&self, keyed: KeyedOrder, found: &mut Reconciled) -> Result<(), PortError> {
        let noted = match &self.rebookings.ports().unclaimed {
            Some(list) => list.note(keyed.order, &keyed.number, &keyed.key).await?,
            None => Noted::New,
        };
        let KeyedOrder { key, order, .. } = &keyed;
        match noted {
            Noted::New => {
                tracing::error!(%key, %order, "no rebooking claims an order that carries our key");
                found.unclaimed.push(keyed);
            }
            Noted::Listed => found.unclaimed.push(keyed),
            Noted::DealtWith => {}
        }
        Ok(())
    }
}
