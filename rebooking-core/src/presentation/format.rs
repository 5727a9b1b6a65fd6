//! Dates, times and amounts as people read them in German and English.

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveDateTime, Timelike as _, Utc, Weekday};

use crate::digits;
use crate::value::course_date::{Slot, VenueZone};
use crate::value::customer::Language;
use crate::value::money::{Currency, Money};

/// The start of a course on the venue's clock: *Samstag, 01.02.2025, 18:00 Uhr*.
#[must_use]
pub fn start(language: Language, slot: &Slot) -> String {
    moment(language, slot.local_start())
}

/// A moment on somebody's clock: *Samstag, 01.02.2025, 18:00 Uhr* or *Saturday, 1 February 2025,
/// 18:00*.
#[must_use]
pub fn moment(language: Language, at: NaiveDateTime) -> String {
    let time = clock(at);
    match language {
        Language::German => format!("{}, {time} Uhr", long_day(language, at)),
        Language::English => format!("{}, {time}", long_day(language, at)),
    }
}

/// A time of day: *18:00*.
#[must_use]
pub fn clock(at: NaiveDateTime) -> String {
    let mut clock = String::with_capacity("18:00".len());
    push_clock(&mut clock, at);
    clock
}

fn push_clock(out: &mut String, at: NaiveDateTime) {
    digits::push(out, at.hour().into(), 2);
    out.push(':');
    digits::push(out, at.minute().into(), 2);
}

/// From when to when a course lasts, on the venue's clock: *18:00 - 21:00*.
#[must_use]
pub fn hours(slot: &Slot) -> String {
    let mut hours = String::with_capacity("18:00 - 21:00 Uhr".len());
    push_clock(&mut hours, slot.local_start());
    hours.push_str(" - ");
    push_clock(&mut hours, slot.local_end());
    hours
}

/// The same in a sentence: *18:00 - 21:00 Uhr* or *18:00 - 21:00*.
#[must_use]
pub fn times(language: Language, slot: &Slot) -> String {
    let mut times = hours(slot);
    if language == Language::German {
        times.push_str(" Uhr");
    }
    times
}

/// A day with its weekday: *Samstag, 01.02.2025* or *Saturday, 1 February 2025*.
#[must_use]
pub fn long_day(language: Language, at: NaiveDateTime) -> String {
    let weekday = weekday(language, at.weekday());
    match language {
        Language::German => format!("{weekday}, {}", day(language, at)),
        Language::English => format!("{weekday}, {}", at.format("%-d %B %Y")),
    }
}

/// A day: *01.02.2025* or *1 February 2025*.
#[must_use]
pub fn day(language: Language, at: NaiveDateTime) -> String {
    match language {
        Language::German => {
            let mut day = String::with_capacity("01.02.2025".len());
            digits::push(&mut day, at.day().into(), 2);
            day.push('.');
            digits::push(&mut day, at.month().into(), 2);
            day.push('.');
            digits::push(&mut day, at.year().unsigned_abs().into(), 4);
            day
        }
        Language::English => at.format("%-d %B %Y").to_string(),
    }
}

/// A day as programs read it (ISO 8601): *2025-02-01*.
#[must_use]
pub fn iso_day(at: NaiveDateTime) -> String {
    let mut day = String::with_capacity("2025-02-01".len());
    digits::push(&mut day, at.year().unsigned_abs().into(), 4);
    day.push('-');
    digits::push(&mut day, at.month().into(), 2);
    day.push('-');
    digits::push(&mut day, at.day().into(), 2);
    day
}

/// A moment in short, on the venue's clock: *12.01.2027, 11:00 Uhr* or *12 January 2027, 11:00*.
#[must_use]
pub fn short_moment(language: Language, zone: VenueZone, at: DateTime<Utc>) -> String {
    let at = zone.local(at);
    let hour = clock(at);
    match language {
        Language::German => format!("{}, {hour} Uhr", day(language, at)),
        Language::English => format!("{}, {hour}", day(language, at)),
    }
}

/// An amount: *1.089,00 €* or *€1,089.00*, and the letters of any other currency.
#[must_use]
pub fn amount(language: Language, money: Money) -> String {
    let decimal = money.decimal();
    let (sign, digits) =
        decimal.strip_prefix('-').map_or(("", decimal.as_str()), |digits| ("-", digits));
    let (whole, fraction) =
        digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let (thousands, point) = match language {
        Language::German => ('.', ","),
        Language::English => (',', "."),
    };
    let euro = money.currency() == Currency::EUR;
    let mut out = String::with_capacity("-1.234.567,89 EUR".len());
    out.push_str(sign);
    // The blanks are ones that no line breaks at.
    match language {
        Language::German => {}
        Language::English if euro => out.push('€'),
        Language::English => out.extend([money.currency().code(), "\u{A0}"]),
    }
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            out.push(thousands);
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.extend([point, fraction]);
    }
    match language {
        Language::German if euro => out.push_str("\u{A0}€"),
        Language::German => out.extend(["\u{A0}", money.currency().code()]),
        Language::English => {}
    }
    out
}

/// The name of a weekday.
#[must_use]
pub const fn weekday(language: Language, day: Weekday) -> &'static str {
    match (language, day) {
        (Language::German, Weekday::Mon) => "Montag",
        (Language::German, Weekday::Tue) => "Dienstag",
        (Language::German, Weekday::Wed) => "Mittwoch",
        (Language::German, Weekday::Thu) => "Donnerstag",
        (Language::German, Weekday::Fri) => "Freitag",
        (Language::German, Weekday::Sat) => "Samstag",
        (Language::German, Weekday::Sun) => "Sonntag",
        (Language::English, Weekday::Mon) => "Monday",
        (Language::English, Weekday::Tue) => "Tuesday",
        (Language::English, Weekday::Wed) => "Wednesday",
        (Language::English, Weekday::Thu) => "Thursday",
        (Language::English, Weekday::Fri) => "Friday",
        (Language::English, Weekday::Sat) => "Saturday",
        (Language::English, Weekday::Sun) => "Sunday",
    }
}

/// The month of a day: *Februar 2025* or *February 2025*.
#[must_use]
pub fn month(language: Language, day: NaiveDate) -> String {
    let mut months = (1..).zip(months(language));
    let name = months.find_map(|(month, name)| (month == day.month()).then_some(name));
    format!("{} {}", name.unwrap_or_default(), day.year())
}

/// The months from January on.
#[must_use]
pub const fn months(language: Language) -> [&'static str; 12] {
    match language {
        Language::German => [
            "Januar",
            "Februar",
            "März",
            "April",
            "Mai",
            "Juni",
            "Juli",
            "August",
            "September",
            "Oktober",
            "November",
            "Dezember",
        ],
        Language::English => [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::ids::CourseDateId;

    fn slot(starts_at: &str) -> Slot {
        let starts_at = starts_at.parse().unwrap();
        Slot { id: CourseDateId::new(1), starts_at, ends_at: starts_at, zone: VenueZone::BERLIN }
    }

    #[test]
    fn a_start_is_read_on_the_venues_clock_with_the_right_weekday() {
        let evening = slot("2025-02-01T17:00:00Z");
        assert_eq!(start(Language::German, &evening), "Samstag, 01.02.2025, 18:00 Uhr");
        assert_eq!(start(Language::English, &evening), "Saturday, 1 February 2025, 18:00");
        assert_eq!(
            start(Language::German, &slot("2027-07-31T22:30:00Z")),
            "Sonntag, 01.08.2027, 00:30 Uhr"
        );
    }

    #[test]
    fn a_course_lasts_from_one_time_to_another_on_the_venues_clock() {
        let evening = Slot {
            ends_at: "2025-02-01T20:00:00Z".parse().unwrap(),
            ..slot("2025-02-01T17:00:00Z")
        };
        assert_eq!(times(Language::German, &evening), "18:00 - 21:00 Uhr");
        assert_eq!(times(Language::English, &evening), "18:00 - 21:00");
    }

    #[test]
    fn a_month_has_its_name_and_year() {
        let day = slot("2025-02-01T17:00:00Z").local_start().date();
        assert_eq!(month(Language::German, day), "Februar 2025");
        assert_eq!(month(Language::English, day), "February 2025");
    }

    #[test]
    fn amounts_follow_language_and_currency() {
        let money = |minor, code| Money::new(minor, Currency::parse(code).unwrap()).unwrap();
        for (minor, code, german, english) in [
            (8_900, "EUR", "89,00\u{A0}€", "€89.00"),
            (123_456_789, "EUR", "1.234.567,89\u{A0}€", "€1,234,567.89"),
            (-5, "EUR", "-0,05\u{A0}€", "-€0.05"),
            (1_500, "JPY", "1.500\u{A0}JPY", "JPY\u{A0}1,500"),
            (12_345, "KWD", "12,345\u{A0}KWD", "KWD\u{A0}12.345"),
        ] {
            assert_eq!(amount(Language::German, money(minor, code)), german);
            assert_eq!(amount(Language::English, money(minor, code)), english);
        }
    }
}
