//! How deliveries hear that their worker is stopped: first that nothing new is to begin, and then
//! that nobody waits any longer for what is under way.

use std::future::Future;

use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, Either, Shared, pending, select};

/// What a round of deliveries asks before it begins anything, and listens to while it waits.
#[derive(Clone, Debug)]
pub(crate) struct Stop {
    begun: Shared<BoxFuture<'static, ()>>,
    over: Shared<BoxFuture<'static, ()>>,
}

impl Stop {
    /// For a round that nobody stops.
    pub(super) fn never() -> Self {
        Self::new(pending(), pending())
    }

    /// `begun` resolves when nothing new is to begin, `over` when calls are to be cut off.
    pub(crate) fn new(
        begun: impl Future<Output = ()> + Send + 'static,
        over: impl Future<Output = ()> + Send + 'static,
    ) -> Self {
        Self { begun: begun.boxed().shared(), over: over.boxed().shared() }
    }

    /// Whether nothing new is to begin.
    pub(super) fn has_begun(&self) -> bool {
        self.begun.clone().now_or_never().is_some()
    }

    /// What comes of `work`; `None` when it was cut off.
    pub(super) async fn unless_over<F: Future + Send>(&self, work: F) -> Option<F::Output> {
        match select(Box::pin(work), self.over.clone()).await {
            Either::Left((output, _)) => Some(output),
            Either::Right(((), _)) => None,
        }
    }
}
