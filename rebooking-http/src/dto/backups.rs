//! Backups as customers send and read them.

use chrono::NaiveDate;
use rebooking_core::backup::Backup;
use rebooking_core::service::{BackupChoice, BackupOffers, NewBackup};
use rebooking_core::value::customer::Language;
use rebooking_core::value::ids::CourseDateId;
use serde::Deserialize;
use serde_json::Number;
use utoipa::ToSchema;

use super::customer::{AvailableDate, available, email};
use super::words::ConsequenceWord;
use super::{Amount, body, day, hours};
use crate::error::RequestError;
use crate::extract::{self, JsonInt};
use crate::messages::text;

body! {
    /// What was named as a backup, and what can be.
    pub(crate) struct BackupPage(shown: &BackupOffers) {
        /// In the order in which they are tried.
        backups: Vec<NamedBackup> = named(shown.named());
        available_dates: Vec<AvailableDate> = available(&shown.offers);
        /// How many may be named.
        most: u32 = shown.most;
    }

    /// A date that is booked should the partner decline, if it still fits at this total.
    struct NamedBackup(backup: &Backup) {
        id: i64 = backup.id().value();
        date: NaiveDate = day(&backup.slot);
        time: String = hours(&backup.slot), like "18:00 - 21:00";
        total: Amount = Amount(backup.total);
        /// What follows from the difference to what has been paid.
        consequence: ConsequenceWord = backup.consequence.into();
        currency: String = backup.total.currency().to_string(), like "EUR";
    }

    /// The backups as they stand.
    pub(crate) struct BackupsNamed(language: Language, backups: &[Backup]) {
        backups: Vec<NamedBackup> = named(backups);
        message: String = text!(language, "answers-backups", count = counted(backups));
    }
}

fn counted(backups: &[Backup]) -> u32 {
    u32::try_from(backups.len()).unwrap_or(u32::MAX)
}

fn named(backups: &[Backup]) -> Vec<NamedBackup> {
    backups.iter().map(NamedBackup::new).collect()
}

/// The whole list of backups, in the order in which they are to be tried; an empty one takes all
/// back.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct BackupList {
    #[schema(schema_with = email)]
    customer_email: String,
    #[schema(max_items = 5)]
    backups: Vec<BackupDate>,
}

/// A date that is named as a backup.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct BackupDate {
    #[schema(value_type = i64, example = 402)]
    date_id: JsonInt<i64>,
    /// The total that the customer has seen, as with a choice.
    #[serde(default, deserialize_with = "extract::number")]
    #[schema(
        value_type = Option<f64>, example = 178.00,
        minimum = -10_000_000_000_000_i64, maximum = 10_000_000_000_000_i64
    )]
    expected_total: Option<Number>,
}

impl BackupList {
    pub(crate) fn read(self) -> Result<BackupChoice, RequestError> {
        let backup = |wanted: BackupDate| NewBackup {
            date: CourseDateId::new(wanted.date_id.0),
            expected_total: wanted.expected_total.map(|total| total.to_string()),
        };
        Ok(BackupChoice {
            email: extract::email("customerEmail", &self.customer_email)?,
            backups: self.backups.into_iter().map(backup).collect(),
        })
    }
}
