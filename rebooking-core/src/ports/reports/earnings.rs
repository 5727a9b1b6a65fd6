//! What the feature earns, row by row, and rows put together.

use crate::value::ids::{CourseId, PartnerId};
use crate::value::money::{Currency, Money};

/// What the cases of one partner, course and month led to. A case counts once in every column that
/// it reached, and a funnel of them is never wider below than above.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: stores write and read every field.
pub struct Earnings {
    /// Whose courses.
    pub partner: PartnerId,
    /// Which course was booked.
    pub course: CourseId,
    /// What it is called, by any of the bookings.
    pub course_name: String,
    /// Year and month (1 to 12), UTC, of the beginning of the case.
    pub month: (i32, u32),
    /// Cases that began: a decline, a withdrawn date, or a link by hand.
    pub declined: u64,
    /// Cases whose customer was mailed a link, or came further without one.
    pub mailed: u64,
    /// Cases whose page was opened by a person, or whose date was chosen: a choice implies an
    /// opening, be it by a program or by support.
    pub opened: u64,
    /// Cases with a choice.
    pub rebooked: u64,
    /// Cases whose latest rebooking the partner has confirmed.
    pub confirmed: u64,
    /// Cases that ended with the order refunded in the shop.
    pub refunded: u64,
    /// Cases whose latest link expired unused.
    pub expired: u64,
    /// What customers have paid for the confirmed rebookings: the revenue kept. This and the other
    /// sums are of one currency.
    pub kept: Money,
    /// By how much the dates of the confirmed rebookings cost more, where the marketplace bears it.
    pub absorbed: Money,
    /// By how much they cost less, which went back.
    pub given_back: Money,
    /// By how much they cost more, where the customer pays it.
    pub paid_more: Money,
    /// What had been paid for the bookings whose order was refunded.
    pub refunds: Money,
    /// Whole minutes from the beginning of a case to its first choice, for each case that has one,
    /// in ascending order.
    pub to_choice: Vec<u64>,
    /// The same to the confirmation of the latest rebooking, for each that is confirmed.
    pub to_confirmation: Vec<u64>,
}

impl Earnings {
    /// A row without any case.
    #[must_use]
    pub fn nothing(
        partner: PartnerId,
        (course, course_name): (CourseId, String),
        month: (i32, u32),
        currency: Currency,
    ) -> Self {
        let zero = Money::zero(currency);
        Self {
            partner,
            course,
            course_name,
            month,
            declined: 0,
            mailed: 0,
            opened: 0,
            rebooked: 0,
            confirmed: 0,
            refunded: 0,
            expired: 0,
            kept: zero,
            absorbed: zero,
            given_back: zero,
            paid_more: zero,
            refunds: zero,
            to_choice: Vec::new(),
            to_confirmation: Vec::new(),
        }
    }

    /// Takes the cases of another row in. One of another currency adds its cases and no sum.
    pub fn add(&mut self, row: &Self) {
        self.declined += row.declined;
        self.mailed += row.mailed;
        self.opened += row.opened;
        self.rebooked += row.rebooked;
        self.confirmed += row.confirmed;
        self.refunded += row.refunded;
        self.expired += row.expired;
        for (sum, more) in [
            (&mut self.kept, row.kept),
            (&mut self.absorbed, row.absorbed),
            (&mut self.given_back, row.given_back),
            (&mut self.paid_more, row.paid_more),
            (&mut self.refunds, row.refunds),
        ] {
            *sum = sum.plus(more).unwrap_or(*sum);
        }
        for (times, more) in [
            (&mut self.to_choice, &row.to_choice),
            (&mut self.to_confirmation, &row.to_confirmation),
        ] {
            times.extend(more);
            times.sort_unstable();
        }
    }

    /// What the cases that were confirmed would have cost as refunds: what had been paid for their
    /// bookings before they were moved.
    #[must_use]
    pub fn spared(&self) -> Money {
        let before = self.kept.plus(self.given_back).and_then(|sum| sum.minus(self.paid_more));
        before.unwrap_or(self.kept)
    }

    /// How many of a hundred cases came to a choice, rounded down; none where there is no case.
    #[must_use]
    pub fn conversion(&self) -> Option<u64> {
        self.rebooked.saturating_mul(100).checked_div(self.declined)
    }

    /// The steps from a beginning to a confirmation: none is larger than the one before.
    #[must_use]
    pub const fn funnel(&self) -> [u64; 5] {
        [self.declined, self.mailed, self.opened, self.rebooked, self.confirmed]
    }
}

/// The middle one of times in ascending order; of two the lower.
#[must_use]
pub fn median(times: &[u64]) -> Option<u64> {
    times.get(times.len().checked_sub(1)? / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn euros(cents: i64) -> Money {
        Money::new(cents, Currency::EUR).unwrap()
    }

    fn row() -> Earnings {
        let course = (CourseId::new(40), "Sushi".to_owned());
        Earnings::nothing(PartnerId::new(5), course, (2027, 1), Currency::EUR)
    }

    #[test]
    fn rows_are_added_up_in_every_column() {
        let one = Earnings {
            declined: 5,
            mailed: 4,
            opened: 3,
            rebooked: 2,
            confirmed: 1,
            refunded: 1,
            expired: 1,
            kept: euros(100),
            absorbed: euros(10),
            given_back: euros(20),
            paid_more: euros(5),
            refunds: euros(200),
            to_choice: vec![10, 40],
            to_confirmation: vec![30],
            ..row()
        };
        let mut sum = Earnings { to_choice: vec![20], ..one.clone() };
        sum.add(&one);
        assert_eq!(sum.funnel(), [10, 8, 6, 4, 2]);
        assert_eq!((sum.refunded, sum.expired), (2, 2));
        let sums = [sum.kept, sum.absorbed, sum.given_back, sum.paid_more, sum.refunds];
        assert_eq!(sums, [200, 20, 40, 10, 400].map(euros));
        assert_eq!(
            (sum.to_choice.as_slice(), sum.to_confirmation.as_slice()),
            ([10, 20, 40].as_slice(), [30, 30].as_slice())
        );
        assert_eq!(sum.spared(), euros(230), "what was paid before the dates were moved");
    }

    #[test]
    fn the_middle_of_no_times_is_none_and_of_two_the_lower() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[7]), Some(7));
        assert_eq!(median(&[1, 9]), Some(1));
        assert_eq!(median(&[1, 2, 9]), Some(2));
    }

    #[test]
    fn a_conversion_is_of_the_cases_that_began() {
        assert_eq!(row().conversion(), None);
        assert_eq!(Earnings { declined: 3, rebooked: 2, ..row() }.conversion(), Some(66));
    }
}
