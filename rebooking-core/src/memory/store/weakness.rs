//! What a memory store can be made to forget.

use std::collections::BTreeSet;

/// A promise that a store can be made to break, so that a test can show that it would notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Weakness {
    /// [`Guard::Token`](crate::change::Guard::Token) is off: the last write wins.
    Token,
    /// [`Guard::Expiry`](crate::change::Guard::Expiry) is off.
    Expiry,
    /// [`Guard::Step`](crate::change::Guard::Step) is off: a link overwrites another.
    Step,
    /// [`Guard::Confirmation`](crate::change::Guard::Confirmation) is off.
    Confirmation,
    /// [`Guard::Places`](crate::change::Guard::Places) is off: dates are oversold.
    Places,
    /// [`Guard::Lease`](crate::change::Guard::Lease) is off, for memos too: a late worker writes
    /// on.
    Lease,
    /// [`Guard::Effect`](crate::change::Guard::Effect) is off.
    Effect,
    /// A change that fails a guard, or whose answer is lost, leaves its first writes behind.
    Atomicity,
    /// The same key twice makes two effects.
    EffectKeys,
    /// What is written down once for each link is written down each time.
    History,
    /// An import takes what is free in the shop for what is free at all.
    Correction,
    /// An order that the shop has made takes its places twice: there and here.
    Reserved,
    /// What the shop has given back stays counted as what it holds.
    Released,
    /// An import counts on orders that were made after its reading began.
    ReadMoment,
    /// Effects of one case and lane are claimed in any order.
    EffectOrder,
    /// An effect that somebody holds can be claimed at once.
    LeaseTime,
}

pub(super) type Weaknesses = BTreeSet<Weakness>;
