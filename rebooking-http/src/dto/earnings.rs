//! What the feature earns, as support reads it.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use rebooking_core::ports::reports::Earnings;
use rebooking_core::service::PartnerNames;
use rebooking_core::value::money::Currency;

use super::{Amount, body};
use crate::error::RequestError;

body! {
    /// What the feature earns, by partner, month and currency, and in all by currency.
    pub(crate) struct EarningsReport(span: &Span, rows: &[Earnings], names: &PartnerNames) {
        from: NaiveDate = span.from;
        to: NaiveDate = span.to;
        earnings: Vec<EarningsRow> =
            rows.iter().map(|row| EarningsRow::new(row, names)).collect();
        totals: Vec<Counts> = Counts::totals(rows);
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

    /// How many cases reached what, and what was kept.
    pub(crate) struct Counts(row: &Earnings) {
        pub(crate) declined: u64 = row.declined;
        pub(crate) mailed: u64 = row.mailed;
        pub(crate) opened: u64 = row.opened;
        pub(crate) rebooked: u64 = row.rebooked;
        pub(crate) confirmed: u64 = row.confirmed;
        pub(crate) refunded: u64 = row.refunded;
        pub(crate) expired: u64 = row.expired;
        pub(crate) kept: Amount = Amount(row.kept);
        currency: String = row.kept.currency().to_string(), like "EUR";
    }
}

impl Counts {
    /// All rows of each currency.
    pub(crate) fn totals(rows: &[Earnings]) -> Vec<Self> {
        let mut totals: BTreeMap<Currency, Self> = BTreeMap::new();
        for row in rows {
            let total = totals.entry(row.kept.currency());
            total.and_modify(|total| total.add(row)).or_insert_with(|| Self::new(row));
        }
        totals.into_values().collect()
    }

    fn add(&mut self, row: &Earnings) {
        self.declined += row.declined;
        self.mailed += row.mailed;
        self.opened += row.opened;
        self.rebooked += row.rebooked;
        self.confirmed += row.confirmed;
        self.refunded += row.refunded;
        self.expired += row.expired;
        self.kept = Amount(self.kept.0.plus(row.kept).unwrap_or(self.kept.0));
    }
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
