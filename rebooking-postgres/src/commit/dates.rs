//! Course dates as a change writes them.

use std::collections::BTreeMap;

use rebooking_core::change::DateWrite;
use rebooking_core::value::ids::CourseDateId;
use serde::Serialize;

use crate::columns::row;

row! {
    /// What happens to a date.
    #[derive(Debug, Default, Serialize)]
    pub(super) struct WrittenDate {
        date: i64 = "bigint",
        take: i64 = "bigint",
        back: i64 = "bigint",
        withdrawal: Option<String> = "text",
    }
}

/// One write a date, by id: a row can be written once in a statement, and locks are taken in this
/// order.
pub(super) fn dates(writes: &[DateWrite]) -> Vec<WrittenDate> {
    let mut dates: BTreeMap<CourseDateId, WrittenDate> = BTreeMap::new();
    for write in writes {
        let date = write.date();
        let row = dates
            .entry(date)
            .or_insert_with(|| WrittenDate { date: date.value(), ..WrittenDate::default() });
        match write {
            DateWrite::Take { places, .. } => row.take += i64::from(*places),
            DateWrite::GiveBack { places, .. } => row.back += i64::from(*places),
            DateWrite::Withdraw { reason, .. } => row.withdrawal = Some(reason.expose().to_owned()),
        }
    }
    dates.into_values().collect()
}
