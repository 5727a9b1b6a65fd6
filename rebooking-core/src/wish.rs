//! What a customer says who finds no date that fits.

use chrono::{DateTime, Datelike as _, Utc, Weekday};

use crate::value::course_date::Slot;
use crate::value::ids::CourseDateId;
use crate::value::text::FreeText;
use crate::value::words::words;

/// What a customer asks for when no date fits: one of three wishes.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: stores write and read every field.
pub struct Wish {
    /// Which of the three.
    pub kind: WishKind,
    /// What the customer wrote.
    pub text: FreeText,
    /// Weekdays that would fit; empty means any.
    pub weekdays: Vec<Weekday>,
    /// Months that would fit, 1 to 12; empty means any.
    pub months: Vec<u32>,
    /// Dates that were on offer when it was said: none of them is news.
    pub known: Vec<CourseDateId>,
    /// When it was said.
    pub at: DateTime<Utc>,
    /// When the customer was told of new dates.
    pub answered_at: Option<DateTime<Utc>>,
}

words! {
    /// What the customer wants.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    // Exhaustive: whoever reads it handles each.
    pub enum WishKind, "wish" {
        /// To be told when new dates appear.
        NewDates = "new_dates",
        /// Something else that support can read.
        Other = "other",
        /// The money back; support executes it.
        MoneyBack = "money_back",
    }
}

impl Wish {
    /// Whether the customer still waits for a mail about new dates.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.kind == WishKind::NewDates && self.answered_at.is_none()
    }

    /// Whether a date is news to who waits, and falls on a day that fits.
    #[must_use]
    pub fn is_answered_by(&self, slot: &Slot) -> bool {
        !self.known.contains(&slot.id) && self.fits(slot)
    }

    /// Whether a date falls on a day, on the venue's calendar, that the customer named.
    #[must_use]
    pub fn fits(&self, slot: &Slot) -> bool {
        let day = slot.local_start().date();
        let weekday = self.weekdays.is_empty() || self.weekdays.contains(&day.weekday());
        let month = self.months.is_empty() || self.months.contains(&day.month());
        weekday && month
    }

    /// Whether both say the same, whenever it was said.
    #[must_use]
    pub fn says_the_same(&self, other: &Self) -> bool {
        self.kind == other.kind
            && self.text == other.text
            && self.weekdays == other.weekdays
            && self.months == other.months
    }
}
