//! Where a request stands in a trace: W3C Trace Context, level 1. What callers send is taken for
//! what its form says, and for nothing more.

use std::sync::atomic::{AtomicU64, Ordering};

use http::{HeaderMap, HeaderName};

pub(crate) const TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");

/// The trace of a request, and the request as a part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Trace {
    pub(crate) trace_id: u128,
    pub(crate) span_id: u64,
    pub(crate) sampled: bool,
}

/// Numbers traces and their parts, so that none comes twice, in this process or another.
#[derive(Debug)]
pub(crate) struct TraceIds {
    process: u64,
    served: AtomicU64,
}

impl TraceIds {
    pub(crate) const fn new(process: u64) -> Self {
        Self { process, served: AtomicU64::new(0) }
    }

    /// The trace that the caller names, with a part of its own for the request; or a new one.
    pub(crate) fn of_request(&self, headers: &HeaderMap) -> Trace {
        let number = self.served.fetch_add(1, Ordering::Relaxed);
        let span_id = mixed(self.process ^ number).max(1);
        let begun = || {
            let trace_id = u128::from(self.process) << 64 | u128::from(span_id);
            Trace { trace_id, span_id, sampled: false }
        };
        read(headers).map_or_else(begun, |(trace_id, sampled)| Trace { trace_id, span_id, sampled })
    }
}

/// The finalizer of `SplitMix64`: numbers that follow each other come out far apart, and no two
/// come out the same.
const fn mixed(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

/// The trace that a caller names, and whether they keep it. `None` for whatever the standard has
/// us ignore.
fn read(headers: &HeaderMap) -> Option<(u128, bool)> {
    let mut all = headers.get_all(TRACEPARENT).into_iter();
    let (Some(parent), None) = (all.next(), all.next()) else { return None };
    let parent = parent.to_str().ok()?;
    let (known, later) = parent.split_at_checked(55)?;
    let mut parts = known.split('-');
    let version = hex(parts.next()?, 2)?;
    let (trace_id, span_id) = (hex(parts.next()?, 32)?, hex(parts.next()?, 16)?);
    let flags = hex(parts.next()?, 2)?;
    // A later version may say more, behind another dash; the first one says no more.
    let ends = later.is_empty() || version > 0 && later.starts_with('-');
    let is_valid = ends && parts.next().is_none() && version != 0xff;
    (is_valid && trace_id != 0 && span_id != 0).then_some((trace_id, flags & 1 == 1))
}

/// So many digits, in small letters.
fn hex(text: &str, digits: usize) -> Option<u128> {
    let small = |digit: u8| matches!(digit, b'0'..=b'9' | b'a'..=b'f');
    let is_hex = text.len() == digits && text.bytes().all(small);
    is_hex.then(|| u128::from_str_radix(text, 16).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use http::HeaderValue;

    use super::*;

    const TRACE: u128 = 0x0af7_6519_16cd_43dd_8448_eb21_1c80_319c;

    fn named(parents: &[&str]) -> Option<(u128, bool)> {
        let mut headers = HeaderMap::new();
        for parent in parents {
            headers.append(TRACEPARENT, HeaderValue::from_bytes(parent.as_bytes()).unwrap());
        }
        read(&headers)
    }

    #[test]
    fn a_parent_of_this_version_or_a_later_one_is_taken() {
        for (parent, sampled) in [
            ("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", true),
            ("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00", false),
            ("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-fe", false),
            ("01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-03", true),
            ("cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what-is-to-come", true),
        ] {
            assert_eq!(named(&[parent]), Some((TRACE, sampled)), "{parent}");
        }
    }

    #[test]
    fn a_parent_that_is_not_in_form_is_none() {
        for parent in [
            "",
            "00",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-1",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-001",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
            "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01.more",
            "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333+-01",
            "00-00000000000000000000000000000000-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
            "00-0af7651916cd43dd8448eb211c80319-cb7ad6b7169203331-01",
            "00_0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331_01",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0\u{e9}",
        ] {
            assert_eq!(named(&[parent]), None, "{parent}");
        }
        let twice = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        assert_eq!(named(&[twice, twice]), None, "which of them?");
    }

    #[test]
    fn no_two_requests_are_the_same_part_of_a_trace() {
        let ids = TraceIds::new(0x1234_5678_9abc_def0);
        let traces = (0..10_000).map(|_| ids.of_request(&HeaderMap::new()));
        let traces: Vec<_> = traces.collect();
        let parts: BTreeSet<_> = traces.iter().map(|trace| trace.span_id).collect();
        let all: BTreeSet<_> = traces.iter().map(|trace| trace.trace_id).collect();
        assert_eq!((parts.len(), all.len()), (10_000, 10_000));
    }
}
