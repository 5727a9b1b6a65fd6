//! The loop that tells the core what people do in the shop, and finds orders of ours that nobody
//! claims.

mod reconcile;

use std::collections::BTreeSet;
use std::fmt;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use rebooking_core::Rebookings;
use rebooking_core::error::RebookError;
use rebooking_core::ports::{Orders as _, PortError, TraceParent};
use rebooking_core::service::OrderEvent;
use rebooking_core::value::ids::OrderItemId;
use tokio::time::{Instant, sleep};

use self::reconcile::Compared;
use crate::{Changes, Gone, GoneBooking, Magento};

pub use self::reconcile::Reconciled;

/// How closely the shop is watched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
// Exhaustive: hosts write it as a literal.
pub struct WatchSettings {
    /// How often changed orders are looked for: every minute.
    pub every: Duration,
    /// How far back the first look goes, which finds what happened while nobody looked: 7 days. To
    /// hear of a change again does no harm.
    pub back: TimeDelta,
    /// How often orders that carry our keys are compared with the rebookings: every hour.
    pub reconcile_every: Duration,
    /// The longest pause while the shop or the store is out of reach: 15 minutes.
    pub longest_pause: Duration,
    /// Whether an order that a customer places opens the partner's request and mails it, for a shop
    /// whose portal does not do so: off. An order that waits for its payment does so once it is
    /// paid, and one that was placed before the first look goes back, never.
    pub open_requests: bool,
}

impl Default for WatchSettings {
    fn default() -> Self {
        let minutes = |count: u64| Duration::from_secs(60 * count);
        Self {
            every: minutes(1),
            back: TimeDelta::days(7),
            reconcile_every: minutes(60),
            longest_pause: minutes(15),
            open_requests: false,
        }
    }
}

/// Watches one shop for one [`Rebookings`]. Several may watch the same shop, as everything that
/// they tell may be told twice.
pub struct Watcher {
    shop: Magento,
    rebookings: Rebookings,
    settings: WatchSettings,
    since: DateTime<Utc>,
    /// Orders that are older open no request.
    placed_from: DateTime<Utc>,
    /// The last comparison with the rebookings.
    compared: Option<Compared>,
    /// Items whose partner could not be asked, as nobody is named for the product, say.
    unopened: BTreeSet<OrderItemId>,
    /// Items of the last look whose requests are open. Looks overlap by minutes, and to read each
    /// of these bookings once more, with its products, is most of what a look costs.
    opened: BTreeSet<OrderItemId>,
}

/// What a look at the shop has led to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
// Exhaustive: whoever reads it handles each.
pub struct Looked {
    /// Bookings that are gone and that the core was told of; most are of no concern to it.
    pub gone: usize,
    /// Requests that are open for orders that customers placed.
    pub requests: usize,
    /// What could not be told for now, and is told again with the next look.
    pub put_off: usize,
}

/// What a round of the watcher came to, for a host's metrics.
#[derive(Clone, Debug)]
// Exhaustive: whoever reads it handles each.
pub enum Watched {
    /// It looked for changed orders.
    Looked(Looked),
    /// It compared orders that carry our keys.
    Reconciled(Reconciled),
    /// Shop or store were out of reach.
    Failed,
}

/// Why a round came to nothing. Nothing is lost: the next one begins where this one did.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WatchError {
    /// The shop.
    #[error("the shop: {}", .0.phrase())]
    Shop(#[from] PortError),
    /// The core, and its store.
    #[error("the store: {}", .0.phrase())]
    Core(#[from] RebookError),
}

impl fmt::Debug for Watcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watcher").field("since", &self.since).finish_non_exhaustive()
    }
}

impl Watcher {
    /// Looks nowhere yet.
    #[must_use]
    pub fn new(shop: Magento, rebookings: &Rebookings, settings: WatchSettings) -> Self {
        let since = shop.client.now() - settings.back;
        let (unopened, opened) = (BTreeSet::new(), BTreeSet::new());
        let (rebookings, placed_from) = (rebookings.clone(), since);
        Self { shop, rebookings, settings, since, placed_from, compared: None, unopened, opened }
    }

    /// Tells the core of every booking that people cancelled or paid back since the last look. The
    /// next look begins where this one ended, or where it began if anything was put off.
    ///
    /// # Errors
    /// [`WatchError`] while shop or store are out of reach; look again then.
    pub async fn look(&mut self) -> Result<Looked, WatchError> {
        let changed = self.shop.changes_since(self.since, self.placed_from).await?;
        let Changes { gone, placed, until } = changed;
        let mut looked = Looked::default();
        for booking in &gone {
            match self.tell(booking).await {
                Ok(()) => looked.gone += 1,
                // Its linked order is being made at this moment, say.
                Err(RebookError::TryLater(why)) => {
                    tracing::debug!(order = %booking.order, why = why.phrase(), "told later");
                    looked.put_off += 1;
                }
                // This booking alone: the others must not wait for it.
                Err(error) => {
                    let why = error.phrase();
                    tracing::error!(order = %booking.order, why, "cannot be told of in the core");
                }
            }
        }
        if self.settings.open_requests {
            let before = std::mem::take(&mut self.opened);
            for item in placed {
                if before.contains(&item) {
                    looked.requests += 1;
                    self.opened.insert(item);
                } else {
                    self.open(item, &mut looked).await?;
                }
            }
        }
        if looked.put_off == 0 {
            self.since = until;
        }
        Ok(looked)
    }

    async fn tell(&self, booking: &GoneBooking) -> Result<(), RebookError> {
        let event = match booking.how {
            Gone::Cancelled => OrderEvent::Cancelled,
            Gone::Refunded => OrderEvent::Refunded,
        };
        self.rebookings.booking_changed(booking.order, booking.item, event).await
    }

    /// One booking that cannot be read keeps no other from its partner. It is read again once it
    /// may have been put right, with each reconciling.
    async fn open(&mut self, item: OrderItemId, looked: &mut Looked) -> Result<(), WatchError> {
        let opened = match self.shop.booking(item).await {
            Ok(Some(booking)) => self.rebookings.open_request(&booking).await,
            // No course at all, or cancelled meanwhile.
            Ok(None) => Ok(None),
            Err(error @ (PortError::Unavailable(_) | PortError::Unauthorized(_))) => {
                return Err(error.into());
            }
            Err(error) => Err(error.into()),
        };
        match opened {
            Ok(opened) => {
                if opened.is_some() {
                    looked.requests += 1;
                    self.opened.insert(item);
                }
                self.unopened.remove(&item);
            }
            // The store, which no other booking would find either.
            Err(error @ RebookError::TryLater(PortError::Unavailable(_))) => {
                return Err(error.into());
            }
            Err(RebookError::TryLater(_)) => looked.put_off += 1,
            Err(error) => {
                let why = error.phrase();
                tracing::warn!(item = %item, why, "nobody is asked about a booking");
                self.unopened.insert(item);
            }
        }
        Ok(())
    }

    /// Tries again what could not be opened for good: its partner may be known by now.
    async fn open_again(&mut self) -> Result<Looked, WatchError> {
        let mut looked = Looked::default();
        for item in self.unopened.clone() {
            self.open(item, &mut looked).await?;
        }
        Ok(looked)
    }

    /// Watches for as long as it is polled, and tells `report` of every round. It may be dropped at
    /// any moment: nothing is lost that another watcher would not find again.
    pub async fn run(mut self, report: impl Fn(&Watched)) {
        let mut reconcile_at = Instant::now();
        let mut pause = self.settings.every;
        loop {
            let trace = TraceParent::of_work("watch", self.shop.client.now());
            let mut round = trace.scope(self.look()).await.map(Watched::Looked);
            if let Ok(looked) = &round {
                report(looked);
                if Instant::now() >= reconcile_at {
                    round = trace.scope(self.reconcile()).await.map(Watched::Reconciled);
                    if let Ok(reconciled) = &round {
                        report(reconciled);
                        reconcile_at = Instant::now() + self.settings.reconcile_every;
                        round = trace.scope(self.open_again()).await.map(Watched::Looked);
                    }
                }
            }
            pause = match round {
                Ok(_) => self.settings.every,
                Err(error) => {
                    tracing::warn!(%error, "cannot watch the shop");
                    report(&Watched::Failed);
                    pause.saturating_mul(2).min(self.settings.longest_pause)
                }
            };
            sleep(pause).await;
        }
    }
}
