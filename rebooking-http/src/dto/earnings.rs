//! What the feature earns, as support reads it.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use rebooking_core::ports::reports::{Earnings, median};
use rebooking_core::service::PartnerNames;
use serde::ser::Error as _;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
use utoipa::openapi::{ObjectBuilder, RefOr, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use super::{Amount, body};
use crate::error::RequestError;

body! {
    /// What the feature earns, by partner, month and currency, by course, and in all by currency.
    pub(crate) struct EarningsReport(span: &Span, rows: &[Earnings], names: &PartnerNames) {
        from: NaiveDate = span.from;
        to: NaiveDate = span.to;
        earnings: Vec<EarningsRow> = by_partner_and_month(rows)
            .iter()
            .map(|row| EarningsRow::new(row, names))
            .collect();
        courses: Vec<CourseEarnings> = by_course(rows).iter().map(CourseEarnings::new).collect();
        totals: Vec<Counts> = totals(rows).iter().map(Counts::new).collect();
    }

    struct EarningsRow(row: &Earnings, names: &PartnerNames)
    where
        (year, month) = row.month;
    {
        partner_id: i64 = row.partner.value();
        /// What people call them; left out where no list of partners says it.
        partner_name: Option<String> = names.get(row.partner).map(str::to_owned),
            like "Evas Küche", unless "Option::is_none";
        month: String = format!("{year:04}-{month:02}"), like "2027-01";
        #[serde(flatten)]
        counts: Counts = Counts::new(row);
    }

    struct CourseEarnings(row: &Earnings) {
        course_id: i64 = row.course.value();
        course_name: String = row.course_name.clone(), like "Sushi-Kurs für Einsteiger";
        #[serde(flatten)]
        counts: Counts = Counts::new(row);
    }

    /// How many cases reached what, and what became of the money. A case that came to a later step
    /// counts in those before.
    struct Counts(row: &Earnings) {
        declined: u64 = row.declined;
        mailed: u64 = row.mailed;
        opened: u64 = row.opened;
        rebooked: u64 = row.rebooked;
        confirmed: u64 = row.confirmed;
        refunded: u64 = row.refunded;
        expired: u64 = row.expired;
        kept: Amount = Amount(row.kept);
        /// What dearer dates cost more, where the marketplace bears it.
        absorbed: Amount = Amount(row.absorbed);
        /// What cheaper dates gave back.
        given_back: Amount = Amount(row.given_back);
        /// What had been paid for the bookings that were refunded.
        refunds: Amount = Amount(row.refunds);
        /// What the confirmed cases would have cost as refunds.
        refunds_spared: Amount = Amount(row.spared());
        /// The median from the beginning of a case to its first choice; left out without any.
        hours_to_choice: Option<Hours> = Hours::median(&row.to_choice), unless "Option::is_none";
        /// The same to the partner's confirmation.
        hours_to_confirmation: Option<Hours> = Hours::median(&row.to_confirmation),
            unless "Option::is_none";
        currency: String = row.kept.currency().to_string(), like "EUR";
    }
}

/// Hours with one decimal: `26.5`.
struct Hours(String);

impl Hours {
    fn median(minutes: &[u64]) -> Option<Self> {
        format_hours(minutes).map(Self)
    }
}

impl Serialize for Hours {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let number: &RawValue = serde_json::from_str(&self.0).map_err(S::Error::custom)?;
        number.serialize(serializer)
    }
}

impl PartialSchema for Hours {
    fn schema() -> RefOr<Schema> {
        let number = ObjectBuilder::new()
            .schema_type(Type::Number)
            .description(Some("hours with one decimal"));
        number.examples([serde_json::json!(26.5)]).into()
    }
}

impl ToSchema for Hours {}

/// The median of minutes in hours, with one decimal behind a point.
pub(crate) fn format_hours(minutes: &[u64]) -> Option<String> {
    // A tenth of an hour has six minutes.
    let tenths = median(minutes)?.saturating_add(3) / 6;
    Some(format!("{}.{}", tenths / 10, tenths % 10))
}

/// The rows of each key as one, in the order of the keys.
fn grouped<K: Ord>(rows: &[Earnings], key: impl Fn(&Earnings) -> K) -> Vec<Earnings> {
    let mut groups: BTreeMap<K, Earnings> = BTreeMap::new();
    for row in rows {
        let group = groups.entry(key(row));
        group.and_modify(|group| group.add(row)).or_insert_with(|| row.clone());
    }
    groups.into_values().collect()
}

/// One row for each partner, month and currency.
pub(crate) fn by_partner_and_month(rows: &[Earnings]) -> Vec<Earnings> {
    grouped(rows, |row| (row.partner, row.month, row.kept.currency()))
}

/// One for each partner and currency.
#[cfg(feature = "pages")]
pub(crate) fn by_partner(rows: &[Earnings]) -> Vec<Earnings> {
    grouped(rows, |row| (row.partner, row.kept.currency()))
}

/// One for each course and currency.
pub(crate) fn by_course(rows: &[Earnings]) -> Vec<Earnings> {
    grouped(rows, |row| (row.course, row.kept.currency()))
}

/// One for each month; its sums are of one of the currencies.
#[cfg(feature = "pages")]
pub(crate) fn by_month(rows: &[Earnings]) -> Vec<Earnings> {
    grouped(rows, |row| row.month)
}

/// One for each currency.
pub(crate) fn totals(rows: &[Earnings]) -> Vec<Earnings> {
    grouped(rows, |row| row.kept.currency())
}

/// Days that a report is about; both ends belong to it.
pub(crate) struct Span {
    pub(crate) from: NaiveDate,
    pub(crate) to: NaiveDate,
    after: NaiveDate,
}

impl Span {
    /// Without ends it is the last year up to today.
    pub(crate) fn new(
        today: NaiveDate,
        from: Option<NaiveDate>,
        to: Option<NaiveDate>,
    ) -> Result<Self, RequestError> {
        let to = to.unwrap_or(today);
        let from =
            from.or(to.checked_sub_days(Days::new(365))).ok_or(RequestError::field("from"))?;
        let after = to.checked_add_days(Days::new(1)).ok_or(RequestError::field("to"))?;
        Ok(Self { from, to, after })
    }

    /// Its first moment, and the first one after it.
    pub(crate) fn moments(&self) -> (DateTime<Utc>, DateTime<Utc>) {
        (
            self.from.and_time(NaiveTime::MIN).and_utc(),
            self.after.and_time(NaiveTime::MIN).and_utc(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_median_is_told_in_hours_with_one_decimal() {
        assert_eq!(format_hours(&[]), None);
        for (minutes, hours) in [(0, "0.0"), (2, "0.0"), (3, "0.1"), (59, "1.0"), (1590, "26.5")] {
            assert_eq!(format_hours(&[minutes]).as_deref(), Some(hours), "{minutes}");
        }
    }
}
