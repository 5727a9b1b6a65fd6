//! The background loop on tokio: one task a lane and one for the sweep, woken by commits, stopped
//! by a token.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::stream::FuturesUnordered;
use futures_util::{FutureExt as _, StreamExt as _};
use tokio::time::{Instant, sleep, sleep_until, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::effect::Lane;
use crate::error::RebookError;
use crate::ports::PortError;
use crate::service::{Attempt, Delivered, End, Rebookings, Stop};

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
        for lane in Lane::ALL.into_iter().filter(|lane| rebookings.serves(*lane)) {
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
        let delivery = rebookings.policy().delivery;
        let poll = delivery.poll.to_std().unwrap_or(Duration::from_secs(1));
        let mut hands = Hands::default();
        while !stop.is_cancelled() {
            // Listen before looking, so that a commit in between still wakes us.
            let woken = rebookings.woken_for(self.lane);
            let next = Instant::now() + GATHER.min(poll);
            let free = delivery.at_once.saturating_sub(hands.full());
            let begun = hands.go_on_during(self.look(&rebookings, free)).await;
            let more = begun.len() >= free as usize;
            hands.take(begun);
            unless_stopped(&stop, hands.until_next_look(more, next, timeout(poll, woken))).await;
            self.report(&mut hands);
        }
        while let Some(end) = hands.under_way.next().await {
            hands.ended.count(end);
        }
        self.report(&mut hands);
    }

    async fn look(&self, rebookings: &Rebookings, free: u32) -> Vec<Attempt> {
        // A store that panics must not end the lane: it is asked again after the pause.
        let begun = AssertUnwindSafe(rebookings.begin(self.lane, free, &self.told)).catch_unwind();
        let panicked = |_| Err(PortError::Transient("the store panicked".into()));
        begun.await.unwrap_or_else(panicked).unwrap_or_else(|error| {
            let (lane, error) = (self.lane.as_str(), error.phrase());
            tracing::warn!(lane, %error, "cannot look for effects");
            Vec::new()
        })
    }

    fn report(&self, hands: &mut Hands) {
        let ended = std::mem::take(&mut hands.ended);
        if ended.total() > 0 {
            (self.report)(self.lane, ended);
        }
    }
}

/// What a lane has in its hands.
#[derive(Default)]
struct Hands {
    under_way: FuturesUnordered<Attempt>,
    /// What has ended since it was reported last.
    ended: Delivered,
}

impl Hands {
    fn full(&self) -> u32 {
        u32::try_from(self.under_way.len()).unwrap_or(u32::MAX)
    }

    fn take(&mut self, begun: Vec<Attempt>) {
        let unless_it_panics = |attempt: Attempt| {
            let attempt = AssertUnwindSafe(attempt).catch_unwind();
            // It comes again when its lease has run out.
            attempt.map(|end| end.unwrap_or(End::Left)).boxed()
        };
        self.under_way.extend(begun.into_iter().map(unless_it_panics));
    }

    /// Goes on with what is under way while `other` is waited for. Left alone, it would keep the
    /// connections to the store that it has taken, and `other` could be waiting for one of them.
    async fn go_on_during<T>(&mut self, other: impl Future<Output = T>) -> T {
        tokio::pin!(other);
        loop {
            tokio::select! {
                done = &mut other => return done,
                Some(end) = self.under_way.next() => self.ended.count(end),
            }
        }
    }

    /// Goes on with what is under way until the next look is due: as soon as all of it has ended
    /// when there may be `more`, and else not before a moment. What takes long holds nobody up.
    async fn until_next_look(&mut self, more: bool, next: Instant, woken: impl Future) {
        let gather = sleep_until(next);
        tokio::pin!(gather);
        loop {
            tokio::select! {
                Some(end) = self.under_way.next() => self.ended.count(end),
                () = &mut gather => break,
            }
            if more && self.under_way.is_empty() {
                return;
            }
        }
        // Where there was work there may be more: what follows it in its case.
        if self.ended.total() == 0 {
            tokio::select! {
                Some(end) = self.under_way.next() => self.ended.count(end),
                _ = woken, if !more => {}
                else => {}
            }
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
