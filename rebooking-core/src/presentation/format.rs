//! Dates, times and amounts as people read them, each language by its texts in `locale.ftl`.

use chrono::{
    DateTime, Datelike as _, NaiveDate, NaiveDateTime, NaiveTime, Timelike as _, Utc, Weekday,
};

use super::locales::{DayText, Formats, Locales};
use crate::digits;
use crate::value::course_date::{Slot, VenueZone};
use crate::value::customer::Language;
use crate::value::money::{Currency, Money};

fn formats(language: Language) -> &'static Formats {
    Locales::of_process().formats(language)
}

fn at(language: Language, text: fn(&Formats) -> &DayText, at: NaiveDateTime) -> String {
    let formats = formats(language);
    formats.at(text(formats), at, push_clock)
}

/// The start of a course on the venue's clock: *Samstag, 01.02.2025, 18:00 Uhr*.
#[must_use]
pub fn start(language: Language, slot: &Slot) -> String {
    moment(language, slot.local_start())
}

/// A moment on somebody's clock: *Samstag, 01.02.2025, 18:00 Uhr* or *Saturday, 1 February 2025,
/// 18:00*.
#[must_use]
pub fn moment(language: Language, at: NaiveDateTime) -> String {
    self::at(language, |formats| &formats.moment, at)
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
    formats(language).times.write(&clock(slot.local_start()), &clock(slot.local_end()))
}

/// A time of day in a sentence: *18:00 Uhr* or *18:00*.
#[must_use]
pub fn clock_in_words(language: Language, at: NaiveDateTime) -> String {
    self::at(language, |formats| &formats.clock, at)
}

/// A day with its weekday: *Samstag, 01.02.2025* or *Saturday, 1 February 2025*.
#[must_use]
pub fn long_day(language: Language, at: NaiveDateTime) -> String {
    self::at(language, |formats| &formats.long_day, at)
}

/// A day: *01.02.2025*, *1 February 2025* or *1er février 2025*.
#[must_use]
pub fn day(language: Language, at: NaiveDateTime) -> String {
    self::at(language, |formats| &formats.day, at)
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
    self::at(language, |formats| &formats.short_moment, zone.local(at))
}

/// An amount: *1.089,00 €*, *€1,089.00* or *1 089,00 €*, and the letters of any other currency.
#[must_use]
pub fn amount(language: Language, money: Money) -> String {
    let formats = formats(language);
    let decimal = money.decimal();
    let (sign, digits) =
        decimal.strip_prefix('-').map_or(("", decimal.as_str()), |digits| ("-", digits));
    let (whole, fraction) =
        digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let mut number = String::with_capacity("1.234.567,89".len());
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            number.push_str(&formats.thousands);
        }
        number.push(digit);
    }
    if let Some(fraction) = fraction {
        number.extend([&formats.point, fraction]);
    }
    let currency = money.currency();
    let text = if currency == Currency::EUR { &formats.euros } else { &formats.money };
    format!("{sign}{}", text.write(&number, currency.code()))
}

/// A number of a program with its fraction: *2,5* or *2.5*.
#[must_use]
pub fn decimal(language: Language, number: &str) -> String {
    number.replace('.', &formats(language).point)
}

/// What stands between the cells of a table for the spreadsheets of a language.
#[must_use]
pub fn cell_separator(language: Language) -> u8 {
    formats(language).cells.bytes().next().unwrap_or(b',')
}

/// The name of a weekday.
#[must_use]
pub fn weekday(language: Language, day: Weekday) -> &'static str {
    formats(language).weekday(day)
}

/// The month of a day: *Februar 2025* or *February 2025*.
#[must_use]
pub fn month(language: Language, day: NaiveDate) -> String {
    self::at(language, |formats| &formats.month_of_year, day.and_time(NaiveTime::MIN))
}

/// The months from January on.
#[must_use]
pub fn months(language: Language) -> [&'static str; 12] {
    formats(language).months()
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
        assert_eq!(start(Language::GERMAN, &evening), "Samstag, 01.02.2025, 18:00 Uhr");
        assert_eq!(start(Language::ENGLISH, &evening), "Saturday, 1 February 2025, 18:00");
        assert_eq!(
            start(Language::GERMAN, &slot("2027-07-31T22:30:00Z")),
            "Sonntag, 01.08.2027, 00:30 Uhr"
        );
    }

    #[test]
    fn a_course_lasts_from_one_time_to_another_on_the_venues_clock() {
        let evening = Slot {
            ends_at: "2025-02-01T20:00:00Z".parse().unwrap(),
            ..slot("2025-02-01T17:00:00Z")
        };
        assert_eq!(times(Language::GERMAN, &evening), "18:00 - 21:00 Uhr");
        assert_eq!(times(Language::ENGLISH, &evening), "18:00 - 21:00");
    }

    #[test]
    fn a_month_has_its_name_and_year() {
        let day = slot("2025-02-01T17:00:00Z").local_start().date();
        assert_eq!(month(Language::GERMAN, day), "Februar 2025");
        assert_eq!(month(Language::ENGLISH, day), "February 2025");
    }

    #[test]
    fn amounts_follow_language_and_currency() {
        let money = |minor, code| Money::new(minor, Currency::parse(code).unwrap()).unwrap();
        for (minor, code, german, english, french) in [
            (8_900, "EUR", "89,00\u{A0}€", "€89.00", "89,00\u{A0}€"),
            (
                123_456_789,
                "EUR",
                "1.234.567,89\u{A0}€",
                "€1,234,567.89",
                "1\u{202F}234\u{202F}567,89\u{A0}€",
            ),
            (-5, "EUR", "-0,05\u{A0}€", "-€0.05", "-0,05\u{A0}€"),
            (1_500, "JPY", "1.500\u{A0}JPY", "JPY\u{A0}1,500", "1\u{202F}500\u{A0}JPY"),
            (12_345, "KWD", "12,345\u{A0}KWD", "KWD\u{A0}12.345", "12,345\u{A0}KWD"),
        ] {
            assert_eq!(amount(Language::GERMAN, money(minor, code)), german);
            assert_eq!(amount(Language::ENGLISH, money(minor, code)), english);
            assert_eq!(amount(Language::FRENCH, money(minor, code)), french);
        }
    }

    #[test]
    fn french_writes_the_first_of_a_month_in_its_own_way() {
        let said = |at| start(Language::FRENCH, &slot(at));
        assert_eq!(said("2025-02-01T17:00:00Z"), "samedi 1er février 2025, 18:00");
        assert_eq!(said("2025-02-11T17:00:00Z"), "mardi 11 février 2025, 18:00");
    }

    #[test]
    fn a_language_without_texts_is_written_like_its_nearest_or_the_first_one() {
        let said = |tag: &str| start(Language::parse(tag).unwrap(), &slot("2025-02-11T17:00:00Z"));
        assert_eq!(said("en-GB"), "Tuesday, 11 February 2025, 18:00");
        assert_eq!(said("ja"), "Dienstag, 11.02.2025, 18:00 Uhr");
    }
}
