//! The rules of the marketplace.

use clap::Args;
use rebooking_core::Policy;

use super::read::Reader;

#[derive(Args)]
#[group(skip)]
#[command(next_help_heading = "Rules")]
pub(super) struct Arguments {
    /// How long a link works
    #[arg(long, env = "REBOOKING_VALIDITY", default_value = "30d")]
    validity: String,
    /// A date is offered no later than this before its start
    #[arg(long, env = "REBOOKING_MINIMUM_NOTICE", default_value = "24h")]
    minimum_notice: String,
    /// A date is offered no earlier than this before its start
    #[arg(long, env = "REBOOKING_HORIZON", default_value = "365d")]
    horizon: String,
    /// How many declines of one case are answered with a link
    #[arg(long, env = "REBOOKING_STEP_LIMIT", default_value = "3")]
    step_limit: String,
    /// How many expired links of one case the customer may replace
    #[arg(long, env = "REBOOKING_RENEWAL_LIMIT", default_value = "3")]
    renewal_limit: String,
    /// How many further dates a customer may name in case the partner declines; 0 offers none
    #[arg(long, env = "REBOOKING_BACKUPS", default_value = "2")]
    backups: String,
    /// How many wrong e-mail addresses a link forgives within the window
    #[arg(long, env = "REBOOKING_ATTEMPTS_IN_WINDOW", default_value = "5")]
    attempts_in_window: String,
    /// That window
    #[arg(long, env = "REBOOKING_ATTEMPTS_WINDOW", default_value = "15m")]
    attempts_window: String,
    /// How many wrong e-mail addresses a link forgives in all
    #[arg(long, env = "REBOOKING_ATTEMPTS_IN_ALL", default_value = "20")]
    attempts_in_all: String,
    /// When the new date has another price: equal-only, absorb or settle
    #[arg(long, env = "REBOOKING_PRICE_RULE", default_value = "absorb")]
    price_rule: String,
    /// How the shop carries a rebooking: keep-order or linked-order
    #[arg(long, env = "REBOOKING_ORDERS", default_value = "keep-order")]
    orders: String,
    /// Whether customers may ask for their money back: true or false
    #[arg(long, env = "REBOOKING_MONEY_BACK", default_value = "true")]
    money_back: String,
    /// How long before its expiry an unused link is recalled to mind; 0s for never
    #[arg(long, env = "REBOOKING_REMINDER_BEFORE", default_value = "7d")]
    reminder_before: String,
    /// How long after the request a partner who has not answered is reminded, sooner where the date
    /// is near; 0s for never
    #[arg(long, env = "REBOOKING_PARTNER_REMINDER_AFTER", default_value = "2d")]
    partner_reminder_after: String,
    /// How long after the request support is told that the partner does not answer, sooner where
    /// the date is near; 0s for never
    #[arg(long, env = "REBOOKING_PARTNER_SILENT_AFTER", default_value = "4d")]
    partner_silent_after: String,
    /// How long after the end of a case its personal data is kept
    #[arg(long, env = "REBOOKING_PURGE_AFTER", default_value = "90d")]
    purge_after: String,
    /// How long an answer waits for the number of a linked order
    #[arg(long, env = "REBOOKING_ORDER_WAIT", default_value = "2s")]
    order_wait: String,
    /// How old the dates may be that a page or a GET shows, at most 1s; a choice is always decided
    /// on what is stored
    #[arg(long, env = "REBOOKING_DATES_MAX_AGE", default_value = "0s")]
    dates_max_age: String,
    /// Courses that may stand in for another one: 40=41+60, separated by commas
    #[arg(long, env = "REBOOKING_ALTERNATIVES", default_value = "")]
    alternatives: String,
}

impl Arguments {
    pub(super) fn read(&self, policy: &mut Policy, reader: &mut Reader) {
        reader.set(&mut policy.validity, "validity", &self.validity);
        reader.set(&mut policy.minimum_notice, "minimum-notice", &self.minimum_notice);
        reader.set(&mut policy.horizon, "horizon", &self.horizon);
        reader.set(&mut policy.step_limit, "step-limit", &self.step_limit);
        reader.set(&mut policy.renewal_limit, "renewal-limit", &self.renewal_limit);
        reader.set(&mut policy.backups, "backups", &self.backups);
        reader.set(&mut policy.attempts.in_window, "attempts-in-window", &self.attempts_in_window);
        reader.set(&mut policy.attempts.window, "attempts-window", &self.attempts_window);
        reader.set(&mut policy.attempts.in_all, "attempts-in-all", &self.attempts_in_all);
        reader.set(&mut policy.price, "price-rule", &self.price_rule);
        reader.set(&mut policy.orders, "orders", &self.orders);
        reader.set(&mut policy.money_back, "money-back", &self.money_back);
        reader.set(&mut policy.reminder_before, "reminder-before", &self.reminder_before);
        reader.set(
            &mut policy.partner_reminder_after,
            "partner-reminder-after",
            &self.partner_reminder_after,
        );
        reader.set(
            &mut policy.partner_silent_after,
            "partner-silent-after",
            &self.partner_silent_after,
        );
        reader.set(&mut policy.purge_after, "purge-after", &self.purge_after);
        reader.set(&mut policy.order_wait, "order-wait", &self.order_wait);
        reader.set(&mut policy.dates_max_age, "dates-max-age", &self.dates_max_age);
        reader.set(&mut policy.alternatives, "alternatives", &self.alternatives);
    }
}
