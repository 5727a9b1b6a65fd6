//! Work that is carried through, whoever waits for it.

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::runtime::Handle;
use tokio_util::task::TaskTracker;
use tokio_util::task::task_tracker::TaskTrackerToken;
use tracing::Instrument as _;

type Work<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// A use case under way. Whoever waits for it does the work; when they go before its end, the rest
/// becomes a task of its own. So neither a deadline nor a caller who hangs up ever breaks it off
/// half-way, and those who wait, nearly all, pay for no task.
pub(crate) struct RunToCompletion<T: Send + 'static> {
    work: Option<Work<T>>,
    running: Option<TaskTrackerToken>,
    runtime: Handle,
}

/// The work panicked.
#[derive(Debug)]
pub(crate) struct Panicked;

impl<T: Send + 'static> RunToCompletion<T> {
    /// Begins when it is awaited, and counts as running until its end.
    pub(crate) fn new(
        work: impl Future<Output = T> + Send + 'static,
        running: &TaskTracker,
    ) -> Self {
        Self {
            work: Some(Box::pin(work)),
            running: Some(running.token()),
            runtime: Handle::current(),
        }
    }
}

impl<T: Send + 'static> Future for RunToCompletion<T> {
    type Output = Result<T, Panicked>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let Some(work) = self.work.as_mut() else { return Poll::Ready(Err(Panicked)) };
        // What panics is never looked at again.
        let polled = catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(cx)));
        let ended = match polled {
            Ok(Poll::Pending) => return Poll::Pending,
            Ok(Poll::Ready(done)) => Ok(done),
            Err(_panic) => Err(Panicked),
        };
        self.work = None;
        self.running = None;
        Poll::Ready(ended)
    }
}

impl<T: Send + 'static> Drop for RunToCompletion<T> {
    fn drop(&mut self) {
        if let (Some(work), running) = (self.work.take(), self.running.take()) {
            let rest = async move {
                work.await;
                drop(running);
            };
            self.runtime.spawn(rest.in_current_span());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    use futures_util::FutureExt as _;

    use super::*;

    fn in_two_steps(done: &Arc<AtomicBool>) -> impl Future<Output = ()> + Send + 'static {
        let done = done.clone();
        async move {
            tokio::task::yield_now().await;
            done.store(true, Ordering::SeqCst);
        }
    }

    #[tokio::test]
    async fn who_goes_before_the_end_leaves_it_to_a_task() {
        let (running, done) = (TaskTracker::new(), Arc::new(AtomicBool::new(false)));
        let mut carried = Box::pin(RunToCompletion::new(in_two_steps(&done), &running));
        assert!(carried.as_mut().now_or_never().is_none(), "it is under way");
        drop(carried);
        assert!(!done.load(Ordering::SeqCst), "it is not over yet");
        running.close();
        running.wait().await;
        assert!(done.load(Ordering::SeqCst));
    }

    #[tokio::test]
    async fn it_counts_as_running_until_its_end() {
        let (running, done) = (TaskTracker::new(), Arc::new(AtomicBool::new(false)));
        let carried = RunToCompletion::new(in_two_steps(&done), &running);
        running.close();
        assert!(running.wait().now_or_never().is_none());
        carried.await.unwrap();
        assert!(running.wait().now_or_never().is_some());
    }

    #[tokio::test]
    async fn a_panic_ends_it_and_nothing_else() {
        let running = TaskTracker::new();
        let carried = RunToCompletion::<()>::new(async { panic!("on purpose") }, &running);
        assert!(carried.await.is_err());
        assert!(running.is_empty());
    }
}
