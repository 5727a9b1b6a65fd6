//! Which dates somebody has time for.

use chrono::{Datelike as _, NaiveDateTime, Timelike as _, Weekday};

use crate::value::course_date::Slot;
use crate::value::words::words;

words! {
    /// When a course begins, on the venue's clock.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    #[non_exhaustive]
    pub enum TimeOfDay, "time of day" {
        /// Before 12:00.
        Morning = "morning",
        /// From 12:00 on, and before 17:00.
        Afternoon = "afternoon",
        /// From 17:00 on.
        Evening = "evening",
    }
}

impl TimeOfDay {
    /// The part of the day that a moment of the venue's clock falls into.
    #[must_use]
    pub fn at(local: NaiveDateTime) -> Self {
        match local.hour() {
            0..12 => Self::Morning,
            12..17 => Self::Afternoon,
            _ => Self::Evening,
        }
    }
}

/// The weekdays and times of day that suit somebody. An empty list asks for nothing: any does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
// Exhaustive: hosts write it as a literal.
pub struct DateFilter {
    /// Any of these weekdays, on the venue's calendar.
    pub weekdays: Vec<Weekday>,
    /// Any of these times of day, at the beginning of the course.
    pub times: Vec<TimeOfDay>,
}

impl DateFilter {
    /// Whether it asks for nothing.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.weekdays.is_empty() && self.times.is_empty()
    }

    /// Whether a date suits: one of the weekdays and one of the times of day.
    #[must_use]
    pub fn admits(&self, slot: &Slot) -> bool {
        let start = slot.local_start();
        let weekday = self.weekdays.is_empty() || self.weekdays.contains(&start.weekday());
        weekday && (self.times.is_empty() || self.times.contains(&TimeOfDay::at(start)))
    }
}
