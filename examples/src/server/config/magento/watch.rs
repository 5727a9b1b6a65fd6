//! How closely the shop is watched.

use std::time::Duration;

use chrono::TimeDelta;
use clap::Args;
use rebooking_magento::WatchSettings;

use crate::config::read::Reader;

#[derive(Args)]
#[group(skip)]
pub(super) struct Arguments {
    /// How often orders are looked at that people cancelled or paid back; without it, 1m
    #[arg(long, env = "REBOOKING_MAGENTO_WATCH_EVERY")]
    magento_watch_every: Option<String>,
    /// How far back the first look goes, for what happened while no server ran; without it, 7d
    #[arg(long, env = "REBOOKING_MAGENTO_WATCH_BACK")]
    magento_watch_back: Option<String>,
    /// How often orders that carry our keys are compared with the rebookings; without it, 1h
    #[arg(long, env = "REBOOKING_MAGENTO_RECONCILE_EVERY")]
    magento_reconcile_every: Option<String>,
    /// Whether orders that customers place open the partner's request, for a shop whose portal does
    /// not do so: true or false; without it, false
    #[arg(long, env = "REBOOKING_MAGENTO_OPEN_REQUESTS")]
    magento_open_requests: Option<String>,
}

impl Arguments {
    pub(super) fn read(&self, reader: &mut Reader) -> WatchSettings {
        let mut watch = WatchSettings::default();
        for (place, name, text) in [
            (&mut watch.every, "magento-watch-every", &self.magento_watch_every),
            (&mut watch.reconcile_every, "magento-reconcile-every", &self.magento_reconcile_every),
        ] {
            if let Some(text) = text {
                reader.set(place, name, text);
                reader.demand(*place > Duration::ZERO, name, "more than nothing");
            }
        }
        watch.longest_pause = watch.longest_pause.max(watch.every);
        if let Some(back) = &self.magento_watch_back {
            let name = "magento-watch-back";
            reader.set(&mut watch.back, name, back);
            // Orders that are older are in no case any more.
            let fits = watch.back > TimeDelta::zero() && watch.back <= TimeDelta::days(365);
            reader.demand(fits, name, "more than nothing, and 365d at most");
        }
        if let Some(open) = &self.magento_open_requests {
            reader.set(&mut watch.open_requests, "magento-open-requests", open);
        }
        watch
    }

    pub(super) const fn given(&self) -> [(bool, &'static str); 4] {
        [
            (self.magento_watch_every.is_some(), "magento-watch-every"),
            (self.magento_watch_back.is_some(), "magento-watch-back"),
            (self.magento_reconcile_every.is_some(), "magento-reconcile-every"),
            (self.magento_open_requests.is_some(), "magento-open-requests"),
        ]
    }
}
