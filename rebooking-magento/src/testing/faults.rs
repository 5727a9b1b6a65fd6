//! What goes wrong with a call, scripted by the test.

use std::collections::BTreeMap;

use super::request::SeenCall;

/// How one call goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
// Exhaustive: whoever reads it handles each.
pub enum Fault {
    /// Nobody listens: the connection is refused, until the faults are taken back.
    Refused,
    /// The connection is closed without an answer, and nothing is done.
    Dropped,
    /// It is done, and the connection breaks in the middle of the answer.
    Reset,
    /// Nothing is done: 500 with Magento's JSON.
    Json500,
    /// It is done, and the answer is 500 with Magento's JSON.
    Json500Done,
    /// Nothing is done: 500 in plain text.
    Text500,
    /// Nothing is done: 503 with a page of HTML.
    Html503,
    /// Nothing is done: too many calls.
    TooMany,
    /// Nothing is done: there is no such thing.
    NotFound,
    /// Nothing is done: not signed in, or a permission is missing.
    Unauthorized,
    /// Nothing is done and nothing answered, ever.
    SilentBefore,
    /// It is done and nothing answered, ever.
    SilentAfter,
    /// It is done, and the answer has ten megabytes.
    Huge,
    /// It is done, and the answer is no JSON.
    WrongJson,
    /// It is done, and the answer comes a byte a second.
    Trickle,
}

impl Fault {
    /// Every way in which a call can fail.
    pub const ALL: [Self; 15] = [
        Self::Refused,
        Self::Dropped,
        Self::Reset,
        Self::Json500,
        Self::Json500Done,
        Self::Text500,
        Self::Html503,
        Self::TooMany,
        Self::NotFound,
        Self::Unauthorized,
        Self::SilentBefore,
        Self::SilentAfter,
        Self::Huge,
        Self::WrongJson,
        Self::Trickle,
    ];

    /// Whether what was asked is done all the same.
    #[must_use]
    pub const fn is_done(self) -> bool {
        match self {
            Self::Reset
            | Self::Json500Done
            | Self::SilentAfter
            | Self::Huge
            | Self::WrongJson
            | Self::Trickle => true,
            Self::Refused
            | Self::Dropped
            | Self::Json500
            | Self::Text500
            | Self::Html503
            | Self::TooMany
            | Self::NotFound
            | Self::Unauthorized
            | Self::SilentBefore => false,
        }
    }
}

type Matches = Box<dyn Fn(&SeenCall) -> bool + Send>;

/// Which call meets which fault.
#[derive(Default)]
pub(super) struct Script {
    numbered: BTreeMap<usize, Fault>,
    matching: Vec<(Matches, Fault)>,
    every: Option<Fault>,
    calls: usize,
}

impl Script {
    pub(super) fn at(&mut self, call: usize, fault: Fault) {
        self.numbered.insert(call, fault);
    }

    pub(super) fn once(&mut self, matches: Matches, fault: Fault) {
        self.matching.push((matches, fault));
    }

    pub(super) fn every(&mut self, fault: Option<Fault>) {
        self.every = fault;
    }

    /// The fault of a call, counted from one.
    pub(super) fn take(&mut self, call: &SeenCall) -> Option<Fault> {
        self.calls += 1;
        let numbered = self.numbered.remove(&self.calls);
        let matching = self.matching.iter().position(|(matches, _)| matches(call));
        numbered.or_else(|| matching.map(|place| self.matching.remove(place).1)).or(self.every)
    }

    /// Whether nobody is to listen to the next call.
    pub(super) fn refuses_next(&self) -> bool {
        let next = self.numbered.get(&(self.calls + 1)).copied().or(self.every);
        next == Some(Fault::Refused)
    }
}
