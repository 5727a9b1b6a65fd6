//! Work that runs to completion, whoever waits for it.

use std::future::Future;
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
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        // Once it is over there is nothing left to wait for.
        let Some(work) = self.work.as_mut() else { return Poll::Pending };
        let polled = work.as_mut().poll(cx);
        if polled.is_ready() {
            self.work = None;
            self.running = None;
        }
        polled
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
    use std::convert::Infallible;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    use axum::body::Body;
    use axum::response::{IntoResponse as _, Response};
    use futures_util::FutureExt as _;
    use http::{Request, StatusCode};
    use tower::service_fn;
    use tower_http::catch_panic::CatchPanic;
    use tower_service::Service as _;

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
        carried.await;
        assert!(running.wait().now_or_never().is_some());
    }

    #[tokio::test]
    async fn a_panic_ends_it_and_nothing_else() {
        let running = TaskTracker::new();
        let route = service_fn(async |_| -> Result<Response, Infallible> { panic!("on purpose") });
        let mut caught = CatchPanic::custom(route, |_| StatusCode::BAD_GATEWAY.into_response());
        let answer = RunToCompletion::new(caught.call(Request::new(Body::empty())), &running).await;
        assert_eq!(answer.unwrap().status(), StatusCode::BAD_GATEWAY);
        assert!(running.is_empty());
    }
}
