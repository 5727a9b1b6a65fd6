//! The links that the load uses, made beforehand: nobody derives keys in the middle of a
//! measurement.

use std::ops::Range;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};

use rebooking_core::link::{LinkDigest, LinkNonce, LinkPurpose, LinkSecret, StoredLink};
use rebooking_core::testing::samples;

pub fn stamp(item: i64) -> StoredLink {
    let nonce = LinkNonce(i128::from(item).to_le_bytes());
    samples::link_keys().stamp(LinkPurpose::Rebook, nonce).unwrap()
}

fn secret(item: i64) -> LinkSecret {
    samples::link_keys().secret(LinkPurpose::Rebook, &stamp(item)).unwrap()
}

/// Links that are only looked at, by the number of their order item.
pub struct LinkView {
    pub items: Range<i64>,
    links: Vec<(LinkSecret, LinkDigest)>,
    step: AtomicUsize,
}

impl LinkView {
    pub fn new(items: Range<i64>) -> Self {
        let links = items.clone().map(secret).map(|link| (link.clone(), link.digest())).collect();
        Self { items, links, step: AtomicUsize::new(1) }
    }

    /// Some link, another one each time, far from the one before.
    pub fn next(&self) -> &(LinkSecret, LinkDigest) {
        let step = self.step.fetch_add(1, Ordering::Relaxed).wrapping_mul(2_654_435_761);
        self.links.get(step % self.links.len()).expect("there are links")
    }
}

/// Links that are used up, one after the other.
pub struct Unused {
    pub items: Range<i64>,
    links: Vec<LinkSecret>,
    next: AtomicI64,
    /// The date that all of them choose; otherwise each a date of its own course.
    pub date: Option<i64>,
}

impl Unused {
    pub fn new(items: Range<i64>, date: Option<i64>) -> Self {
        let links = items.clone().map(secret).collect();
        Self { next: AtomicI64::new(items.start), items, links, date }
    }

    /// The next link, and the number of its order item.
    pub fn next(&self) -> (&LinkSecret, i64) {
        let item = self.next.fetch_add(1, Ordering::Relaxed);
        let link =
            usize::try_from(item - self.items.start).ok().and_then(|place| self.links.get(place));
        (link.expect("more tokens are needed for so many seconds and rounds"), item)
    }

    /// From where on none is used.
    pub fn rest(&self) -> i64 {
        self.next.load(Ordering::Relaxed)
    }

    /// Somebody else has used them up to here.
    pub fn skip_to(&self, item: i64) {
        assert!(item < self.items.end, "more tokens are needed for so many seconds and rounds");
        self.next.store(item, Ordering::Relaxed);
    }
}
