//! When dates that the shop keeps are imported.

use clap::Args;
use rebooking_core::importer::ImportSettings;

use super::read::Reader;

#[derive(Args)]
#[group(skip)]
#[command(next_help_heading = "Dates that are kept elsewhere")]
pub(super) struct Arguments {
    /// How often the dates of every known course are imported
    #[arg(long, env = "REBOOKING_SCHEDULE_INTERVAL", default_value = "15m")]
    schedule_interval: String,
    /// How old dates may be when a page is opened on them; older ones are imported then
    #[arg(long, env = "REBOOKING_SCHEDULE_MAX_AGE", default_value = "60s")]
    schedule_max_age: String,
}

impl Arguments {
    pub(super) fn read(&self, reader: &mut Reader) -> ImportSettings {
        let mut settings = ImportSettings::default();
        reader.set(&mut settings.interval, "schedule-interval", &self.schedule_interval);
        reader.set(&mut settings.max_age, "schedule-max-age", &self.schedule_max_age);
        let some = !settings.interval.is_zero();
        reader.demand(some, "schedule-interval", "more than nothing");
        settings
    }
}
