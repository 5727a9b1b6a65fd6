//! How deliveries hear that their worker is stopped: first that nothing new is to begin, and then
//! that nobody waits any longer for what is under way.

use std::future::Future;

use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, Either, Shared, pending, select};

/// What a round of deliveries asks before it begins anything, and listens to while it waits.
#[derive(Clone, Debug)]
pub(crate) struct Stop {
    stopping: Shared<BoxFuture<'static, ()>>,
    cut_off: Shared<BoxFuture<'static, ()>>,
}

impl Stop {
    /// For a round that nobody stops.
    pub(super) fn never() -> Self {
        Self::new(pending(), pending())
    }

    /// `stopping` resolves when nothing new is to begin, `cut_off` when calls are to end.
    pub(crate) fn new(
        stopping: impl Future<Output = ()> + Send + 'static,
        cut_off: impl Future<Output = ()> + Send + 'static,
    ) -> Self {
        Self { stopping: stopping.boxed().shared(), cut_off: cut_off.boxed().shared() }
    }

    /// Whether nothing new is to begin.
    pub(super) fn is_stopping(&self) -> bool {
        self.stopping.clone().now_or_never().is_some()
    }

    /// What comes of `work`; `None` when it was cut off.
    pub(super) async fn unless_cut_off<F: Future + Send>(&self, work: F) -> Option<F::Output> {
        match select(Box::pin(work), self.cut_off.clone()).await {
            Either::Left((output, _)) => Some(output),
            Either::Right(((), _)) => None,
        }
    }
}
