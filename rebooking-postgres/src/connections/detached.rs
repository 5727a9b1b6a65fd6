//! Work that comes to its end, whoever waits for it.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use tokio::runtime::Handle;

/// The work panicked.
pub(super) type Panicked = Box<dyn Any + Send>;

/// Work under way. Whoever waits for it does it; when they go before its end, the rest becomes a
/// task of its own. So nobody breaks it off half-way, and those who wait, nearly all, pay for no
/// task and no change of threads.
pub(super) struct Detached<T: Send + 'static> {
    work: Option<BoxFuture<'static, Result<T, Panicked>>>,
    runtime: Handle,
}

impl<T: Send + 'static> Detached<T> {
    /// Begins when it is awaited. Needs a tokio runtime.
    pub(super) fn new(work: impl Future<Output = T> + Send + 'static) -> Self {
        let work = AssertUnwindSafe(work).catch_unwind().boxed();
        Self { work: Some(work), runtime: Handle::current() }
    }
}

impl<T: Send + 'static> Future for Detached<T> {
    type Output = Result<T, Panicked>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        // Once it is over there is nothing left to wait for.
        let Some(work) = self.work.as_mut() else { return Poll::Pending };
        let polled = work.as_mut().poll(cx);
        if polled.is_ready() {
            self.work = None;
        }
        polled
    }
}

impl<T: Send + 'static> Drop for Detached<T> {
    fn drop(&mut self) {
        if let Some(work) = self.work.take() {
            self.runtime.spawn(work.map(drop));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use futures_util::FutureExt as _;
    use tokio::sync::Notify;

    use super::*;

    #[tokio::test]
    async fn who_goes_before_the_end_leaves_the_rest_to_a_task() {
        let (go, done) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let (wait, tell) = (Arc::clone(&go), Arc::clone(&done));
        let mut work = Box::pin(Detached::new(async move {
            wait.notified().await;
            tell.notify_one();
        }));
        assert!(work.as_mut().now_or_never().is_none(), "it is under way");
        drop(work);
        go.notify_one();
        done.notified().await;
    }

    #[tokio::test]
    async fn what_nobody_has_begun_to_wait_for_is_done_as_well() {
        let done = Arc::new(Notify::new());
        let tell = Arc::clone(&done);
        drop(Detached::new(async move { tell.notify_one() }));
        done.notified().await;
    }

    #[tokio::test]
    async fn a_panic_is_told_and_ends_nothing_else() {
        let panicked = Detached::new(async { panic!("on purpose") });
        let panicked: Result<(), Panicked> = panicked.await;
        assert!(panicked.is_err());
    }
}
