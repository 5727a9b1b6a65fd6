//! The background loop on tokio: one task a lane and one for the sweep, woken by commits, stopped
//! by a token.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt as _;
use tokio::time::{Instant, sleep, sleep_until, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::effect::Lane;
use crate::error::RebookError;
use crate::ports::PortError;
use crate::service::{Delivered, Rebookings, Stop};

/// Carries out effects in the background until it is stopped. Any number of processes may run one
/// on the same store.
#[derive(Debug)]
pub struct Worker {
    stop: CancellationToken,
    cut_off: CancellationToken,
    tasks: TaskTracker,
}

impl Worker {
    /// Starts the lanes, and the sweep every `sweep_every`, on the current tokio runtime.
    #[must_use]
    pub fn start(rebookings: &Rebookings, sweep_every: Duration) -> Self {
        Self::reporting(rebookings, sweep_every, |_, _| {})
    }

    /// The same, and tells `report` what each round over a lane did in which there was anything to
    /// do: for a host's metrics. It should return at once, as the lane waits for it.
    #[must_use]
    pub fn reporting(
        rebookings: &Rebookings,
        sweep_every: Duration,
        report: impl Fn(Lane, Delivered) + Send + Sync + 'static,
    ) -> Self {
        let (stop, cut_off) = (CancellationToken::new(), CancellationToken::new());
        let tasks = TaskTracker::new();
        let told = Stop::new(stop.clone().cancelled_owned(), cut_off.clone().cancelled_owned());
        let report: Report = Arc::new(report);
        for lane in Lane::ALL {
            let lane = RunningLane { lane, told: told.clone(), report: report.clone() };
            tasks.spawn(lane.run(rebookings.clone(), stop.clone()));
        }
        tasks.spawn(run_sweep(rebookings.clone(), sweep_every, stop.clone()));
        tasks.close();
        Self { stop, cut_off, tasks }
    }

    /// Begins nothing new and waits for what is under way; each call to the outside has its own
    /// deadline, so this ends. What was claimed and not begun is given back: another worker has it
    /// at once.
    pub async fn stop(self) {
        self.stop.cancel();
        self.tasks.wait().await;
    }

    /// The same, and cuts off what is still under way after `patience`, so that the process ends
    /// before whoever manages it loses theirs. What is cut off is given back, too; as the other
    /// side may be at it still, it comes again once [`Delivery::grace`] is over, and counts as
    /// tried.
    ///
    /// [`Delivery::grace`]: crate::policy::Delivery::grace
    pub async fn stop_within(self, patience: Duration) {
        self.stop.cancel();
        if timeout(patience, self.tasks.wait()).await.is_err() {
            self.cut_off.cancel();
            self.tasks.wait().await;
        }
    }
}

type Report = Arc<dyn Fn(Lane, Delivered) + Send + Sync>;

/// How long after one look at a lane the next one begins at the earliest, unless the first found
/// as much as it could take: commits in between are looked at together.
const GATHER: Duration = Duration::from_millis(20);

struct RunningLane {
    lane: Lane,
    told: Stop,
    report: Report,
}

impl RunningLane {
    async fn run(self, rebookings: Rebookings, stop: CancellationToken) {
        let Self { lane, told, report } = self;
        let delivery = rebookings.policy().delivery;
        let poll = delivery.poll.to_std().unwrap_or(Duration::from_secs(1));
        while !stop.is_cancelled() {
            // Listen before looking, so that a commit in between still wakes us.
            let woken = rebookings.woken_for(lane);
            let next = Instant::now() + GATHER.min(poll);
            // A store that panics must not end the lane: it is asked again after the pause.
            let round = AssertUnwindSafe(rebookings.deliver_until(lane, &told)).catch_unwind();
            let panicked = |_| Err(PortError::Transient("the store panicked".into()));
            match round.await.unwrap_or_else(panicked) {
                // Where there was work there may be more: what follows it in its case.
                Ok(delivered) if delivered.total() > 0 => {
                    report(lane, delivered);
                    if delivered.total() >= delivery.at_once {
                        continue;
                    }
                }
                Ok(_) => unless_stopped(&stop, timeout(poll, woken)).await,
                Err(error) => {
                    let (lane, error) = (lane.as_str(), error.phrase());
                    tracing::warn!(lane, %error, "cannot look for effects");
                    unless_stopped(&stop, timeout(poll, woken)).await;
                }
            }
            unless_stopped(&stop, sleep_until(next)).await;
        }
    }
}

async fn unless_stopped(stop: &CancellationToken, wait: impl Future) {
    tokio::select! {
        () = stop.cancelled() => {}
        _ = wait => {}
    }
}

async fn run_sweep(rebookings: Rebookings, every: Duration, stop: CancellationToken) {
    while !stop.is_cancelled() {
        match AssertUnwindSafe(rebookings.sweep()).catch_unwind().await {
            Ok(Ok(swept)) => tracing::debug!(?swept, "swept"),
            Ok(Err(error @ RebookError::TryLater(_))) => {
                tracing::warn!(error = %error.phrase(), "cannot sweep")
            }
            Ok(Err(error)) if error.is_listed() => {}
            Ok(Err(error)) => tracing::error!(error = %error.phrase(), "cannot sweep"),
            Err(_panic) => tracing::error!("the sweep panicked"),
        }
        unless_stopped(&stop, sleep(every)).await;
    }
}
