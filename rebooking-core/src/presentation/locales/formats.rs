//! How a language writes days, times, numbers and amounts: its texts in `locale.ftl`, taken apart
//! once, since a page with many dates needs them hundreds of times.

use chrono::{Datelike as _, NaiveDateTime, Weekday};

use super::super::catalogue::{Argument, Catalogues};
use super::pattern::{Pattern, mark};
use crate::digits;
use crate::value::customer::Language;

/// What a day is told by. `Dd` and `Mm` are the numbers in two digits.
#[derive(Clone, Copy, Debug)]
enum DaySlot {
    Weekday,
    Day,
    Dd,
    Month,
    Mm,
    Year,
    Time,
}

const DAY_SLOTS: [(&str, DaySlot); 7] = [
    ("weekday", DaySlot::Weekday),
    ("day", DaySlot::Day),
    ("dd", DaySlot::Dd),
    ("month", DaySlot::Month),
    ("mm", DaySlot::Mm),
    ("year", DaySlot::Year),
    ("time", DaySlot::Time),
];

/// A text with a day in it. The first day of a month may be told otherwise: *1er février*.
#[derive(Debug)]
pub(crate) struct DayText {
    first: Pattern<DaySlot>,
    other: Pattern<DaySlot>,
}

/// A text with two values in it.
#[derive(Debug)]
pub(crate) struct PairText(Pattern<bool>);

/// All of one language.
#[derive(Debug)]
pub(crate) struct Formats {
    /// From Monday on.
    weekdays: [String; 7],
    /// From January on.
    months: [String; 12],
    pub(crate) day: DayText,
    pub(crate) long_day: DayText,
    pub(crate) moment: DayText,
    pub(crate) short_moment: DayText,
    pub(crate) month_of_year: DayText,
    pub(crate) clock: DayText,
    pub(crate) times: PairText,
    pub(crate) euros: PairText,
    pub(crate) money: PairText,
    /// Between each three digits.
    pub(crate) thousands: String,
    /// Before the fraction.
    pub(crate) point: String,
    /// Between the cells of a table for spreadsheets.
    pub(crate) cells: String,
    /// What the language calls itself.
    pub(crate) name: String,
}

const WEEK: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The argument of these texts is a word or a number that tells them apart.
pub(super) const TOLD_APART: [&str; 2] = ["locale-weekday", "locale-month"];

/// What the texts of `locale.ftl` may name; each takes what its language needs of it.
pub(super) const ARGUMENTS: [&str; 11] =
    ["weekday", "day", "dd", "month", "mm", "year", "time", "from", "to", "number", "currency"];

impl Formats {
    pub(super) fn new(catalogues: &Catalogues, language: Language) -> Self {
        let text = |key: &str, arguments: &[(&str, Argument<'_>)]| {
            catalogues.text(language, key, arguments)
        };
        let day = |key: &str| DayText::new(|arguments| text(key, arguments));
        let pair = |key: &str, one: &str, two: &str| {
            let marks = [(one, mark(0).into()), (two, mark(1).into())];
            PairText(Pattern::new(&text(key, &marks), &[true, false]))
        };
        let mut number = 0_u32;
        Self {
            weekdays: WEEK.map(|day| text("locale-weekday", &[("weekday", day.into())])),
            months: [(); 12].map(|()| {
                number += 1;
                text("locale-month", &[("month", number.into())])
            }),
            day: day("locale-day"),
            long_day: day("locale-long-day"),
            moment: day("locale-moment"),
            short_moment: day("locale-short-moment"),
            month_of_year: day("locale-month-of-year"),
            clock: day("locale-clock"),
            times: pair("locale-times", "from", "to"),
            euros: pair("locale-euros", "number", "currency"),
            money: pair("locale-money", "number", "currency"),
            thousands: text("locale-thousands", &[]),
            point: text("locale-point", &[]),
            cells: text("locale-cells", &[]),
            name: text("locale-name", &[]),
        }
    }

    pub(crate) fn weekday(&self, day: Weekday) -> &str {
        let [monday, tuesday, wednesday, thursday, friday, saturday, sunday] = &self.weekdays;
        match day {
            Weekday::Mon => monday,
            Weekday::Tue => tuesday,
            Weekday::Wed => wednesday,
            Weekday::Thu => thursday,
            Weekday::Fri => friday,
            Weekday::Sat => saturday,
            Weekday::Sun => sunday,
        }
    }

    pub(crate) fn months(&self) -> [&str; 12] {
        self.months.each_ref().map(String::as_str)
    }

    /// A text about a moment; `time` writes its hour.
    pub(crate) fn at(
        &self,
        text: &DayText,
        at: NaiveDateTime,
        time: impl Fn(&mut String, NaiveDateTime),
    ) -> String {
        let pattern = if at.day() == 1 { &text.first } else { &text.other };
        pattern.write(|out, slot| match slot {
            DaySlot::Weekday => out.push_str(self.weekday(at.weekday())),
            DaySlot::Day => digits::push(out, at.day().into(), 1),
            DaySlot::Dd => digits::push(out, at.day().into(), 2),
            DaySlot::Month => {
                let month = usize::try_from(at.month0()).ok();
                out.push_str(month.and_then(|month| self.months.get(month)).map_or("", |m| m));
            }
            DaySlot::Mm => digits::push(out, at.month().into(), 2),
            DaySlot::Year => digits::push(out, at.year().unsigned_abs().into(), 4),
            DaySlot::Time => time(out, at),
        })
    }
}

impl DayText {
    fn new(text: impl Fn(&[(&str, Argument<'_>)]) -> String) -> Self {
        let slots = DAY_SLOTS.map(|(_, slot)| slot);
        let marks = |first: bool| {
            let marked = (0..).zip(DAY_SLOTS).map(|(place, (name, _))| match name {
                "day" if first => (name, Argument::from(1_u32)),
                _ => (name, mark(place).into()),
            });
            Pattern::new(&text(&marked.collect::<Vec<_>>()), &slots)
        };
        Self { first: marks(true), other: marks(false) }
    }
}

impl PairText {
    pub(crate) fn write(&self, one: &str, two: &str) -> String {
        self.0.write(|out, first| out.push_str(if first { one } else { two }))
    }
}
