//! What can happen in a play.

use super::dates::DATES;

/// One step. Numbers pick among what there is; where there is nothing, nothing happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Step {
    /// The shop sells places on a date, and its booking is heard of.
    Sell {
        /// Which date.
        date: usize,
        /// How many places.
        people: u32,
    },
    /// A partner declines a booking that is on a date.
    Decline(usize),
    /// A customer with a link chooses a date.
    Choose {
        /// Which link.
        link: usize,
        /// Which date.
        date: usize,
    },
    /// What is due is delivered.
    Deliver {
        /// The shop does the first call, and its answer gets lost.
        lost: bool,
    },
    /// A reading of the shop begins.
    Begin,
    /// The shop answers it.
    Read,
    /// What it said is imported.
    Import,
    /// People cancel an order in the shop.
    Cancel(usize),
    /// Support calls a case off, so that its order is undone.
    CallOff(usize),
    /// Support sends a link by hand.
    SendLink(usize),
    /// Some time goes by.
    Wait,
}

impl Step {
    /// The step of a number. Of many numbers each kind comes as often as a play needs it.
    #[must_use]
    pub const fn numbered(number: u16) -> Self {
        let (kind, rest) = (number % 26, (number / 26) as usize);
        let (date, which) = (rest % DATES.len(), rest / DATES.len() % 8);
        match kind {
            0..3 => Self::Sell { date, people: 1 + which as u32 % 3 },
            3..6 => Self::Decline(which),
            6..11 => Self::Choose { link: which, date },
            11..14 => Self::Deliver { lost: which % 2 == 1 },
            14 | 15 => Self::Begin,
            16 | 17 => Self::Read,
            18 | 19 => Self::Import,
            20 => Self::Cancel(which),
            21..24 => Self::CallOff(which),
            24 => Self::SendLink(which),
            _ => Self::Wait,
        }
    }
}
