//! Where a call to the outside belongs in a trace (W3C Trace Context), from the request or the
//! effect that needs it to the adapter that makes it.

use std::cell::Cell;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::pin;

use chrono::{DateTime, Utc};
use sha2::{Digest as _, Sha256};

thread_local! {
    static CURRENT: Cell<Option<TraceParent>> = const { Cell::new(None) };
}

/// What the header `traceparent` of outgoing calls says, so that the logs of both sides can be
/// laid side by side. It identifies nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TraceParent {
    trace: u128,
    span: u64,
    sampled: bool,
}

impl TraceParent {
    /// The header's name.
    pub const HEADER: &'static str = "traceparent";

    /// A trace and a part of it. `None` where one of them is zero, which stands for none.
    #[must_use]
    pub const fn new(trace: u128, span: u64, sampled: bool) -> Option<Self> {
        if trace == 0 || span == 0 {
            return None;
        }
        Some(Self { trace, span, sampled })
    }

    /// The trace of work that no request waits for: the same for the same work at the same moment,
    /// and for no other.
    #[must_use]
    pub fn of_work(work: &str, moment: DateTime<Utc>) -> Self {
        let digest = Sha256::new().chain_update(moment.timestamp_micros().to_be_bytes());
        let digest: [u8; 32] = digest.chain_update(work).finalize().into();
        let (mut trace, mut span) = ([0; 16], [0; 8]);
        digest.iter().zip(trace.iter_mut().chain(&mut span)).for_each(|(from, to)| *to = *from);
        let (trace, span) = (u128::from_be_bytes(trace), u64::from_be_bytes(span));
        Self { trace: trace.max(1), span: span.max(1), sampled: false }
    }

    /// What the work that is polled at this moment belongs to.
    #[must_use]
    pub fn current() -> Option<Self> {
        CURRENT.get()
    }

    /// Carries out `work` as a part of this trace. It holds for what is awaited, and not for tasks
    /// that are spawned.
    pub async fn scope<F: Future>(self, work: F) -> F::Output {
        let mut work = pin!(work);
        poll_fn(|cx| {
            let _entered = Entered(CURRENT.replace(Some(self)));
            work.as_mut().poll(cx)
        })
        .await
    }

    /// The id of the trace, as logs show it.
    #[must_use]
    pub fn trace_id(self) -> impl fmt::Display {
        fmt::from_fn(move |f| write!(f, "{:032x}", self.trace))
    }

    /// The id of this part of it.
    #[must_use]
    pub fn span_id(self) -> impl fmt::Display {
        fmt::from_fn(move |f| write!(f, "{:016x}", self.span))
    }
}

/// The value of the header.
impl fmt::Display for TraceParent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { trace, span, sampled } = self;
        write!(f, "00-{trace:032x}-{span:016x}-{:02x}", u8::from(*sampled))
    }
}

/// Puts back what was current before, also when the work panics.
struct Entered(Option<TraceParent>);

impl Drop for Entered {
    fn drop(&mut self) {
        CURRENT.set(self.0);
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;
    use futures_util::future::join;

    use super::*;

    fn parent(trace: u128) -> TraceParent {
        TraceParent::new(trace, 0xb7ad_6b71_6920_3331, true).unwrap()
    }

    #[test]
    fn it_is_written_as_the_standard_says() {
        let parent = parent(0x0af7_6519_16cd_43dd_8448_eb21_1c80_319c);
        let written = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        assert_eq!(parent.to_string(), written);
        assert_eq!(TraceParent { sampled: false, ..parent }.to_string().split_off(53), "00");
        assert_eq!((TraceParent::new(0, 1, true), TraceParent::new(1, 0, true)), (None, None));
    }

    #[tokio::test]
    async fn works_that_take_turns_each_stay_in_their_own_trace() {
        let twice = || async {
            let before = TraceParent::current();
            tokio::task::yield_now().await;
            (before, TraceParent::current())
        };
        let (one, other) = join(parent(1).scope(twice()), parent(2).scope(twice())).await;
        assert_eq!(one, (Some(parent(1)), Some(parent(1))));
        assert_eq!(other, (Some(parent(2)), Some(parent(2))));
        assert_eq!(TraceParent::current(), None);
    }

    #[tokio::test]
    async fn work_that_panics_leaves_its_trace() {
        let panics = parent(1).scope(async { panic!("on purpose") });
        assert!(std::panic::AssertUnwindSafe(panics).catch_unwind().await.is_err());
        assert_eq!(TraceParent::current(), None);
    }

    #[test]
    fn each_work_at_each_moment_has_a_trace_of_its_own() {
        let now = crate::testing::samples::now();
        let one = TraceParent::of_work("7001-1-mail-declined", now);
        assert_eq!(one, TraceParent::of_work("7001-1-mail-declined", now));
        assert_ne!(one, TraceParent::of_work("7001-1-mail-rebooked", now));
        let later = now + chrono::TimeDelta::microseconds(1);
        assert_ne!(one, TraceParent::of_work("7001-1-mail-declined", later));
    }
}
