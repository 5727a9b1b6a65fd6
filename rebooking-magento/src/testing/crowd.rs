//! How many calls are under way, and how many ever were at once.

use std::sync::atomic::{AtomicUsize, Ordering};

#[derive(Default)]
pub(super) struct Crowd {
    now: AtomicUsize,
    most: AtomicUsize,
}

/// A call under way, however it ends.
pub(super) struct UnderWay<'a>(&'a Crowd);

impl Crowd {
    pub(super) fn enter(&self) -> UnderWay<'_> {
        let now = self.now.fetch_add(1, Ordering::SeqCst) + 1;
        self.most.fetch_max(now, Ordering::SeqCst);
        UnderWay(self)
    }

    pub(super) fn most(&self) -> usize {
        self.most.load(Ordering::SeqCst)
    }
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.now.fetch_sub(1, Ordering::SeqCst);
    }
}
