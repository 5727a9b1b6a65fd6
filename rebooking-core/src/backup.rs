//! A backup: a further date that a customer would take should the partner decline the chosen one.

use crate::eligibility::{Offer, PriceAdjustment};
use crate::value::course_date::Slot;
use crate::value::ids::CourseDateId;
use crate::value::money::Money;

/// A date that the customer named in case the partner declines the chosen one, at the price that
/// was shown. Places are not held for it: they are taken when it is booked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
// Exhaustive: stores write and read every field.
pub struct Backup {
    /// The date.
    pub slot: Slot,
    /// What the party costs there: the total that was shown.
    pub total: Money,
    /// What was said to follow from the difference to what had been paid.
    pub consequence: PriceAdjustment,
}

impl Backup {
    /// Which date.
    #[must_use]
    pub const fn id(&self) -> CourseDateId {
        self.slot.id
    }

    /// Whether it may be booked as it is offered now: at the total that was shown, and owing more
    /// only where that was shown as well (promise I9).
    #[must_use]
    pub fn was_shown_as(&self, offer: &Offer) -> bool {
        self.slot.id == offer.date().id()
            && self.total == offer.total()
            && (owes(self.consequence) || !owes(offer.consequence()))
    }
}

impl From<&Offer> for Backup {
    fn from(offer: &Offer) -> Self {
        Self { slot: offer.date().slot, total: offer.total(), consequence: offer.consequence() }
    }
}

const fn owes(consequence: PriceAdjustment) -> bool {
    match consequence {
        PriceAdjustment::ToPay(_) => true,
        PriceAdjustment::Same | PriceAdjustment::Absorbed(_) | PriceAdjustment::Refund(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::eligibility::RuleSet;
    use crate::policy::{Policy, PriceRule};
    use crate::testing::samples;
    use crate::value::course_date::CourseDate;

    fn offer(rule: PriceRule, cents: i64) -> Offer {
        let policy = Policy { price: rule, ..Policy::default() };
        let token = samples::token(samples::booking(), samples::now());
        let date = samples::course_date(1, samples::now() + TimeDelta::days(9), 10);
        let date = CourseDate { unit_price: samples::euros(cents), ..date };
        token.eligibility(&policy, RuleSet::Strict, samples::now()).offer(&date).unwrap()
    }

    #[test]
    fn a_backup_is_booked_at_the_total_that_was_shown_and_at_no_other() {
        let backup = Backup::from(&offer(PriceRule::Absorb, 7900));
        assert!(backup.was_shown_as(&offer(PriceRule::Absorb, 7900)));
        for other in [7800, 8000, 8900] {
            assert!(!backup.was_shown_as(&offer(PriceRule::Absorb, other)), "{other}");
        }
    }

    #[test]
    fn what_was_shown_as_borne_by_us_never_becomes_due_though_the_total_is_the_same() {
        let borne = Backup::from(&offer(PriceRule::Absorb, 9900));
        assert!(!borne.was_shown_as(&offer(PriceRule::Settle, 9900)));
        let agreed = Backup::from(&offer(PriceRule::Settle, 9900));
        assert!(agreed.was_shown_as(&offer(PriceRule::Settle, 9900)));
        assert!(agreed.was_shown_as(&offer(PriceRule::Absorb, 9900)));
    }
}
