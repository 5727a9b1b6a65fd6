//! The embedder's rules and every default number, in one place, checked before use.

use std::collections::BTreeMap;

use chrono::TimeDelta;

use crate::value::ids::CourseId;
use crate::value::words::words;

/// The rules of one marketplace. [`Policy::default`] holds every default;
/// [`Policy::check`] lists all that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: hosts write it as a literal.
pub struct Policy {
    /// How long a link works: 30 days.
    pub validity: TimeDelta,
    /// A date is offered no later than this before its start: 24 hours.
    pub minimum_notice: TimeDelta,
    /// A date is offered no earlier than this before its start: 365 days.
    pub horizon: TimeDelta,
    /// How many declines of one case are answered with a link: 3. Past it the customer gets a mail
    /// without one.
    pub step_limit: u32,
    /// How many expired links of one case the customer may replace without support: 3.
    pub renewal_limit: u32,
    /// How many further dates a customer may name after the choice, in case the partner declines:
    /// 2. With 0 none is asked for, and none that was named before is booked.
    pub backups: u32,
    /// How often a wrong e-mail address is forgiven.
    pub attempts: AttemptLimits,
    /// What happens when the new date costs more or less.
    pub price: PriceRule,
    /// How the shop is told.
    pub orders: OrderStrategy,
    /// Other courses that stand in for a course; each course always stands for itself.
    pub alternatives: Alternatives,
    /// Whether the page offers "I want my money back".
    pub money_back: bool,
    /// How long before its expiry an unused link is recalled to mind: 7 days.
    pub reminder_before: TimeDelta,
    /// How long after the request a partner who has not answered is reminded: 2 days, and sooner
    /// where the date is near ([`Overdue`](crate::confirmation::Overdue)). Zero sends no reminder.
    pub partner_reminder_after: TimeDelta,
    /// How long after the request support is told of it: 4 days, and sooner where the date is near.
    /// With zero it is not.
    pub partner_silent_after: TimeDelta,
    /// How long after the end of a case its personal data is kept: 90 days.
    pub purge_after: TimeDelta,
    /// How long an answer waits for the shop's number of a linked order: 2 s.
    pub order_wait: TimeDelta,
    /// How old the dates may be that a page or a `GET` shows: nothing, at most 1 s. With more than
    /// nothing they are read once for everybody who looks at a course within that time, so a date
    /// may still be shown that has just been taken. A choice is always decided on what is stored.
    pub dates_max_age: TimeDelta,
    /// How effects are carried out.
    pub delivery: Delivery,
}

/// Courses that may replace another one when it is declined.
pub type Alternatives = BTreeMap<CourseId, Vec<CourseId>>;

/// Limits on wrong e-mail addresses for one link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
// Exhaustive: hosts write it as a literal.
pub struct AttemptLimits {
    /// So many within the window: 5.
    pub in_window: u32,
    /// The window, sliding: 15 minutes.
    pub window: TimeDelta,
    /// So many in all: 20; then only support can help.
    pub in_all: u32,
}

/// What happens when the new date costs more or less than what was paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
// Exhaustive: whoever reads it handles each.
pub enum PriceRule {
    /// Only dates of the same price are offered.
    EqualOnly,
    /// The customer never pays more, and a cheaper date refunds the difference.
    Absorb,
    /// More is agreed to in the request and becomes due; less is refunded.
    Settle,
}

words! {
    /// How a rebooking appears in the shop.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    // Exhaustive: whoever reads it handles each.
    pub enum OrderStrategy, "strategy" {
        /// The original order and its number stay; the move is recorded on it.
        KeepOrder = "keep_order",
        /// A new order through the shop's own cart, linked with the original.
        LinkedOrder = "linked_order",
    }
}

/// How the worker carries out effects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
// Exhaustive: hosts write it as a literal.
pub struct Delivery {
    /// How long an effect belongs to the worker that claimed it: 60 s.
    pub lease: TimeDelta,
    /// How long one call to the outside may take: 30 s. Shorter than the lease, so that a call ends
    /// before another worker starts.
    pub deadline: TimeDelta,
    /// How often to look for work when nobody wakes the worker: 1 s.
    pub poll: TimeDelta,
    /// How many effects of one lane are under way at once: 10.
    pub at_once: u32,
    /// The first backoff: 2 s; it doubles with each try, with full jitter.
    pub backoff_base: TimeDelta,
    /// The longest backoff: 15 min.
    pub backoff_cap: TimeDelta,
    /// How long a lane is closed when the other side refuses us whatever we ask, before one effect
    /// tries again: 60 s; it doubles up to the longest backoff.
    pub unauthorized_pause: TimeDelta,
    /// The least wait after an outcome that is unknown, so that what is still under way over there
    /// can arrive: 60 s.
    pub grace: TimeDelta,
    /// After so many tries an effect is dead: 20. For events time alone counts.
    pub tries: u32,
    /// After this time an effect is dead: 5 days.
    pub give_up_after: TimeDelta,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            validity: TimeDelta::days(30),
            minimum_notice: TimeDelta::hours(24),
            horizon: TimeDelta::days(365),
            step_limit: 3,
            renewal_limit: 3,
            backups: 2,
            attempts: AttemptLimits { in_window: 5, window: TimeDelta::minutes(15), in_all: 20 },
            price: PriceRule::Absorb,
            orders: OrderStrategy::KeepOrder,
            alternatives: Alternatives::new(),
            money_back: true,
            reminder_before: TimeDelta::days(7),
            partner_reminder_after: TimeDelta::days(2),
            partner_silent_after: TimeDelta::days(4),
            purge_after: TimeDelta::days(90),
            order_wait: TimeDelta::seconds(2),
            dates_max_age: TimeDelta::zero(),
            delivery: Delivery::default(),
        }
    }
}

impl Default for Delivery {
    fn default() -> Self {
        Self {
            lease: TimeDelta::seconds(60),
            deadline: TimeDelta::seconds(30),
            poll: TimeDelta::seconds(1),
            at_once: 10,
            backoff_base: TimeDelta::seconds(2),
            backoff_cap: TimeDelta::minutes(15),
            unauthorized_pause: TimeDelta::seconds(60),
            grace: TimeDelta::seconds(60),
            tries: 20,
            give_up_after: TimeDelta::days(5),
        }
    }
}

/// One number that makes no sense, and what would.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{setting}: {wanted}")]
#[non_exhaustive]
pub struct PolicyFault {
    /// The field of [`Policy`] or [`Delivery`].
    pub setting: &'static str,
    /// What would be right.
    pub wanted: &'static str,
}

impl Policy {
    /// Lists every setting that makes no sense, all at once; empty means the policy can be used.
    #[must_use]
    pub fn check(&self) -> Vec<PolicyFault> {
        let longest = TimeDelta::days(3660);
        let span = |value: TimeDelta| value > TimeDelta::zero() && value <= longest;
        let (attempts, delivery) = (self.attempts, self.delivery);
        let rules = [
            ("validity", span(self.validity), "more than nothing, at most ten years"),
            (
                "minimum_notice",
                self.minimum_notice == TimeDelta::zero() || span(self.minimum_notice),
                "not negative, at most ten years",
            ),
            (
                "horizon",
                span(self.horizon) && self.horizon > self.minimum_notice,
                "longer than minimum_notice, at most ten years",
            ),
            ("step_limit", (1..=100).contains(&self.step_limit), "1 to 100"),
            ("renewal_limit", self.renewal_limit <= 100, "0 to 100"),
            ("backups", self.backups <= 5, "0 to 5"),
            ("attempts.in_window", (1..=100).contains(&attempts.in_window), "1 to 100"),
            ("attempts.window", span(attempts.window), "more than nothing, at most ten years"),
            (
                "attempts.in_all",
                attempts.in_all >= attempts.in_window && attempts.in_all <= 10_000,
                "at least attempts.in_window, at most 10000",
            ),
            (
                "reminder_before",
                self.reminder_before == TimeDelta::zero() || span(self.reminder_before),
                "not negative; zero sends no reminder",
            ),
            (
                "partner_reminder_after",
                self.partner_reminder_after.is_zero() || span(self.partner_reminder_after),
                "not negative; zero sends no reminder",
            ),
            (
                "partner_silent_after",
                self.partner_silent_after.is_zero()
                    || span(self.partner_silent_after)
                        && self.partner_silent_after > self.partner_reminder_after,
                "zero, or longer than partner_reminder_after",
            ),
            ("purge_after", span(self.purge_after), "more than nothing, at most ten years"),
            (
                "order_wait",
                self.order_wait >= TimeDelta::zero() && self.order_wait <= TimeDelta::seconds(15),
                "0 to 15 s",
            ),
            (
                "dates_max_age",
                self.dates_max_age >= TimeDelta::zero()
                    && self.dates_max_age <= TimeDelta::seconds(1),
                "0 to 1 s",
            ),
            ("delivery.deadline", span(delivery.deadline), "more than nothing"),
            (
                "delivery.lease",
                span(delivery.lease) && delivery.lease > delivery.deadline,
                "longer than delivery.deadline",
            ),
            ("delivery.poll", span(delivery.poll), "more than nothing"),
            ("delivery.at_once", (1..=1000).contains(&delivery.at_once), "1 to 1000"),
            ("delivery.backoff_base", span(delivery.backoff_base), "more than nothing"),
            (
                "delivery.backoff_cap",
                span(delivery.backoff_cap) && delivery.backoff_cap >= delivery.backoff_base,
                "at least delivery.backoff_base",
            ),
            ("delivery.unauthorized_pause", span(delivery.unauthorized_pause), "more than nothing"),
            (
                "delivery.grace",
                delivery.grace >= TimeDelta::zero() && delivery.grace <= longest,
                "not negative",
            ),
            ("delivery.tries", (1..=1000).contains(&delivery.tries), "1 to 1000"),
            ("delivery.give_up_after", span(delivery.give_up_after), "more than nothing"),
        ];
        rules
            .into_iter()
            .filter(|(_, sound, _)| !sound)
            .map(|(setting, _, wanted)| PolicyFault { setting, wanted })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_those_of_the_design() {
        let policy = Policy::default();
        assert_eq!(policy.check(), []);
        assert_eq!(
            (policy.validity, policy.minimum_notice, policy.horizon),
            (TimeDelta::days(30), TimeDelta::days(1), TimeDelta::days(365))
        );
        assert_eq!(
            (policy.step_limit, policy.attempts.in_window, policy.attempts.in_all),
            (3, 5, 20)
        );
        assert_eq!(
            (policy.delivery.lease, policy.delivery.deadline),
            (TimeDelta::minutes(1), TimeDelta::seconds(30))
        );
        assert_eq!(
            (policy.delivery.tries, policy.delivery.give_up_after),
            (20, TimeDelta::days(5))
        );
        assert_eq!(
            (policy.reminder_before, policy.purge_after),
            (TimeDelta::days(7), TimeDelta::days(90))
        );
    }

    #[test]
    fn every_fault_is_listed_at_once() {
        let mut policy = Policy { validity: TimeDelta::zero(), step_limit: 0, ..Policy::default() };
        policy.delivery.lease = policy.delivery.deadline;
        let settings: Vec<_> = policy.check().into_iter().map(|fault| fault.setting).collect();
        assert_eq!(settings, ["validity", "step_limit", "delivery.lease"]);
    }
}
