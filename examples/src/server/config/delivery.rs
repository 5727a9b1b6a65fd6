//! Settings of the worker that delivers mails, orders and tickets.

use std::time::Duration;

use clap::Args;
use rebooking_core::policy::Delivery;

use super::read::Reader;

#[derive(Args)]
#[group(skip)]
#[command(next_help_heading = "Delivery of mails, orders and tickets")]
pub(super) struct Arguments {
    /// How long an effect belongs to the worker that claimed it
    #[arg(long, env = "REBOOKING_LEASE", default_value = "60s")]
    lease: String,
    /// How long one call to the outside may take
    #[arg(long, env = "REBOOKING_DEADLINE", default_value = "30s")]
    deadline: String,
    /// How often to look for work when nobody wakes the worker
    #[arg(long, env = "REBOOKING_POLL", default_value = "1s")]
    poll: String,
    /// How many effects of one lane are under way at once
    #[arg(long, env = "REBOOKING_AT_ONCE", default_value = "10")]
    at_once: String,
    /// The first pause before trying again; it doubles each time
    #[arg(long, env = "REBOOKING_BACKOFF_BASE", default_value = "2s")]
    backoff_base: String,
    /// The longest pause
    #[arg(long, env = "REBOOKING_BACKOFF_CAP", default_value = "15m")]
    backoff_cap: String,
    /// How long a lane is closed whose other side refuses us, as after a changed password
    #[arg(long, env = "REBOOKING_BARRED_PAUSE", default_value = "60s")]
    barred_pause: String,
    /// The least pause after an outcome that is unknown
    #[arg(long, env = "REBOOKING_GRACE", default_value = "60s")]
    grace: String,
    /// After so many tries support must look
    #[arg(long, env = "REBOOKING_TRIES", default_value = "20")]
    tries: String,
    /// After this time support must look
    #[arg(long, env = "REBOOKING_GIVE_UP_AFTER", default_value = "5d")]
    give_up_after: String,
    /// How often to look for what time has brought about: expiry, reminders, the purge
    #[arg(long, env = "REBOOKING_SWEEP_EVERY", default_value = "60s")]
    sweep_every: String,
}

impl Arguments {
    /// Returns how often the sweep runs.
    pub(super) fn read(&self, delivery: &mut Delivery, reader: &mut Reader) -> Duration {
        reader.set(&mut delivery.lease, "lease", &self.lease);
        reader.set(&mut delivery.deadline, "deadline", &self.deadline);
        reader.set(&mut delivery.poll, "poll", &self.poll);
        reader.set(&mut delivery.at_once, "at-once", &self.at_once);
        reader.set(&mut delivery.backoff_base, "backoff-base", &self.backoff_base);
        reader.set(&mut delivery.backoff_cap, "backoff-cap", &self.backoff_cap);
        reader.set(&mut delivery.unauthorized_pause, "barred-pause", &self.barred_pause);
        reader.set(&mut delivery.grace, "grace", &self.grace);
        reader.set(&mut delivery.tries, "tries", &self.tries);
        reader.set(&mut delivery.give_up_after, "give-up-after", &self.give_up_after);
        let mut sweep_every = Duration::MAX;
        reader.set(&mut sweep_every, "sweep-every", &self.sweep_every);
        reader.demand(!sweep_every.is_zero(), "sweep-every", "more than nothing");
        sweep_every
    }
}
