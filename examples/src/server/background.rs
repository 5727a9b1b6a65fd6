//! What runs beside the answers: deliveries, imports, looks at the shop.

use std::time::Duration;

use rebooking_core::importer::Importer;
use rebooking_core::worker::Worker;
use rebooking_magento::Watcher;
use tokio::task::JoinHandle;

use crate::config::Config;
use crate::metrics;
use crate::wiring::Wired;

/// What the role of this process demands.
pub(crate) struct Background {
    /// Also where nothing is delivered: a page that is opened on old dates asks for new ones here.
    importer: Importer,
    worker: Option<Worker>,
    /// Looks at what people do in the shop.
    watching: Option<JoinHandle<()>>,
}

impl Background {
    pub(crate) fn start(config: &Config, wired: &Wired) -> Self {
        let rebookings = &wired.rebookings;
        let importer = Importer::start(rebookings, config.imports);
        if !config.role.delivers() {
            return Self { importer, worker: None, watching: None };
        }
        let mut watching = None;
        if let (Some(magento), Some(shop)) = (&config.magento, wired.magento.clone()) {
            let watcher = Watcher::new(shop, rebookings, magento.watch);
            watching = Some(tokio::spawn(watcher.run(metrics::watched)));
        }
        let worker = Worker::reporting(rebookings, config.sweep_every, metrics::delivered);
        Self { importer, worker: Some(worker), watching }
    }

    /// Begins nothing new, and waits for what is under way; calls that take longer than `patience`
    /// are cut off, and what they were about is left to others.
    pub(crate) async fn stop_within(self, patience: Duration) {
        // What it was about to tell is told again by the next server.
        if let Some(watching) = self.watching {
            watching.abort();
        }
        let delivering = async {
            if let Some(worker) = self.worker {
                worker.stop_within(patience).await;
            }
        };
        tokio::join!(delivering, self.importer.stop());
    }
}
