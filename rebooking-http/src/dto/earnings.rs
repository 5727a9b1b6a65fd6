//! What the feature earns, as support reads it.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use rebooking_core::ports::reports::Earnings;
use rebooking_core::value::money::{Currency, Money};
use serde::Serialize;
use utoipa::ToSchema;

use super::Amount;
use crate::error::RequestError;

/// What the feature earns, by partner, month and currency, and in all by currency.
#[derive(Serialize, ToSchema)]
pub(crate) struct EarningsReport {
    #[schema(format = Date)]
    from: String,
    to: String,
    earnings: Vec<EarningsRow>,
    totals: Vec<Counts>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct EarningsRow {
    partner_id: i64,
    #[schema(example = "2027-01")]
    month: String,
    #[serde(flatten)]
    counts: Counts,
}

/// How many cases reached what, and what was kept.
#[derive(Serialize, ToSchema)]
pub(crate) struct Counts {
    pub(crate) declined: u64,
    pub(crate) mailed: u64,
    pub(crate) opened: u64,
    pub(crate) rebooked: u64,
    pub(crate) confirmed: u64,
    pub(crate) refunded: u64,
    pub(crate) expired: u64,
    pub(crate) kept: Amount,
    #[schema(example = "EUR")]
    currency: String,
}

impl EarningsReport {
    pub(crate) fn new(from: NaiveDate, to: NaiveDate, rows: &[Earnings]) -> Self {
        Self {
            from: from.to_string(),
            to: to.to_string(),
            earnings: rows.iter().map(EarningsRow::from_row).collect(),
            totals: Counts::totals(rows),
        }
    }
}

impl EarningsRow {
    fn from_row(row: &Earnings) -> Self {
        let (year, month) = row.month;
        let mut counts = Counts::none(row.kept.currency());
        counts.add(row);
        Self { partner_id: row.partner.value(), month: format!("{year:04}-{month:02}"), counts }
    }
}

impl Counts {
    /// All rows of each currency.
    pub(crate) fn totals(rows: &[Earnings]) -> Vec<Self> {
        let mut totals: BTreeMap<Currency, Self> = BTreeMap::new();
        for row in rows {
            let currency = row.kept.currency();
            totals.entry(currency).or_insert_with(|| Self::none(currency)).add(row);
        }
        totals.into_values().collect()
    }

    fn none(currency: Currency) -> Self {
        Self {
            declined: 0,
            mailed: 0,
            opened: 0,
            rebooked: 0,
            confirmed: 0,
            refunded: 0,
            expired: 0,
            kept: Amount(Money::zero(currency)),
            currency: currency.to_string(),
        }
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
