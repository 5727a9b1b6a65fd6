//! What a date costs a party that has paid already: the one rule for prices, discounts and refunds.

use std::cmp::Ordering;

use super::{PriceAdjustment, Refusal};
use crate::policy::PriceRule;
use crate::value::booking::Booking;
use crate::value::money::Money;

/// What moving a party to another date does to its money. Every amount is for the whole party, but
/// for the price of one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Repricing {
    /// What the party's places cost on the new date by its list price.
    pub list_total: Money,
    /// What the party would pay for the date: its list total, less the discount that was given on
    /// the booking; never less than nothing.
    pub total: Money,
    /// By how much that is more (positive) or less (negative) than what was paid.
    pub difference: Money,
    /// What follows from it.
    pub consequence: PriceAdjustment,
    /// The list price of one place that is paid for afterwards: the next comparison starts here.
    pub unit_price: Money,
    /// What will have been paid afterwards, once the difference is settled.
    pub paid: Money,
}

/// Moves a booking to a date where a place costs `unit_price` by the list.
///
/// - List price is held against list price: where they are the same, nothing changes hands,
///   whatever the party has paid.
/// - Where they differ, the difference is that of the list prices of the whole party, so a discount
///   is kept as a sum: 250.00 paid for 3 places at 89.00 become 235.00 for 3 places at 84.00.
/// - Nobody is ever given back more than was paid. A discount that is larger than the new list
///   total ends there: the party pays nothing, and a cheaper date that would give back nothing
///   counts as one of the same price.
/// - A dearer date that the marketplace bears leaves list price and sum as they were, so the next
///   date is compared with what the customer really paid for.
///
/// So a chain of moves neither makes nor loses a cent: what was paid first is what is left plus
/// what went back, less what was paid on top.
///
/// # Errors
/// [`Refusal::OtherCurrency`], and [`Refusal::PriceDiffers`] under [`PriceRule::EqualOnly`].
pub fn reprice(
    booking: &Booking,
    unit_price: Money,
    rule: PriceRule,
) -> Result<Repricing, Refusal> {
    let (before, paid) = (booking.unit_price, booking.paid.or_nothing());
    let list_total = unit_price.times(booking.participants.count());
    let dearer_by = list_total.minus(booking.list_total()).ok_or(Refusal::OtherCurrency)?;
    let total = paid.plus(dearer_by).ok_or(Refusal::OtherCurrency)?.or_nothing();
    let difference = total.minus(paid).ok_or(Refusal::OtherCurrency)?;
    let stays = Repricing {
        list_total,
        total,
        difference,
        consequence: PriceAdjustment::Same,
        unit_price: before,
        paid,
    };
    let moves = |consequence| Repricing { consequence, unit_price, paid: total, ..stays };
    match (rule, dearer_by.sign()) {
        (_, Ordering::Equal) => Ok(stays),
        (PriceRule::EqualOnly, Ordering::Less | Ordering::Greater) => Err(Refusal::PriceDiffers),
        (PriceRule::Absorb | PriceRule::Settle, Ordering::Less) if difference.sign().is_eq() => {
            Ok(stays)
        }
        (PriceRule::Absorb | PriceRule::Settle, Ordering::Less) => {
            Ok(moves(PriceAdjustment::Refund(difference.abs())))
        }
        (PriceRule::Absorb, Ordering::Greater) => {
            Ok(Repricing { consequence: PriceAdjustment::Absorbed(difference), ..stays })
        }
        (PriceRule::Settle, Ordering::Greater) => Ok(moves(PriceAdjustment::ToPay(difference))),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::samples::{self, euros};

    const RULES: [PriceRule; 3] = [PriceRule::EqualOnly, PriceRule::Absorb, PriceRule::Settle];

    fn booked(list: i64, party: u32, paid: i64) -> Booking {
        Booking {
            unit_price: euros(list),
            participants: samples::party(party),
            paid: euros(paid),
            ..samples::booking()
        }
    }

    /// The booking after a move.
    fn moved(booking: &Booking, to: &Repricing) -> Booking {
        Booking { unit_price: to.unit_price, paid: to.paid, ..booking.clone() }
    }

    #[test]
    fn a_date_of_the_same_list_price_costs_what_was_paid_whatever_that_was() {
        for (rule, paid) in RULES.into_iter().flat_map(|rule| [(rule, 25_000), (rule, 0)]) {
            let price = reprice(&booked(8_900, 3, paid), euros(8_900), rule).unwrap();
            assert_eq!((price.total, price.paid), (euros(paid), euros(paid)));
            assert_eq!((price.difference, price.consequence), (euros(0), PriceAdjustment::Same));
            assert_eq!(price.list_total, euros(26_700));
        }
    }

    #[test]
    fn three_places_for_250_become_235_where_each_costs_5_less_and_265_where_each_costs_5_more() {
        let booking = booked(8_900, 3, 25_000);
        let cheaper = reprice(&booking, euros(8_400), PriceRule::Absorb).unwrap();
        assert_eq!((cheaper.total, cheaper.paid), (euros(23_500), euros(23_500)));
        assert_eq!(cheaper.consequence, PriceAdjustment::Refund(euros(1_500)));
        let settled = reprice(&booking, euros(9_400), PriceRule::Settle).unwrap();
        assert_eq!((settled.total, settled.paid), (euros(26_500), euros(26_500)));
        assert_eq!(settled.consequence, PriceAdjustment::ToPay(euros(1_500)));
        let absorbed = reprice(&booking, euros(9_400), PriceRule::Absorb).unwrap();
        assert_eq!((absorbed.total, absorbed.paid), (euros(26_500), euros(25_000)));
        assert_eq!(absorbed.consequence, PriceAdjustment::Absorbed(euros(1_500)));
    }

    #[test]
    fn what_goes_back_is_never_more_than_was_paid() {
        let price = reprice(&booked(8_900, 3, 1_000), euros(7_900), PriceRule::Absorb).unwrap();
        assert_eq!(price.consequence, PriceAdjustment::Refund(euros(1_000)));
        assert_eq!((price.total, price.paid), (euros(0), euros(0)));
    }

    #[test]
    fn a_gift_stays_one_on_a_cheaper_date_and_only_equal_prices_still_refuse_it() {
        let gift = booked(8_900, 3, 0);
        let price = reprice(&gift, euros(7_900), PriceRule::Settle).unwrap();
        assert_eq!((price.consequence, price.paid), (PriceAdjustment::Same, euros(0)));
        let back = reprice(&moved(&gift, &price), euros(8_900), PriceRule::Settle).unwrap();
        assert_eq!((back.consequence, back.paid), (PriceAdjustment::Same, euros(0)));
        let refused = reprice(&gift, euros(7_900), PriceRule::EqualOnly);
        assert_eq!(refused, Err(Refusal::PriceDiffers));
    }

    #[test]
    fn the_date_after_a_dearer_one_that_was_borne_is_compared_with_what_was_paid_for() {
        let booking = booked(8_900, 3, 25_000);
        let dearer = reprice(&booking, euros(9_900), PriceRule::Absorb).unwrap();
        let next = moved(&booking, &dearer);
        let as_before = reprice(&next, euros(8_900), PriceRule::Absorb).unwrap();
        assert_eq!((as_before.consequence, as_before.paid), (PriceAdjustment::Same, euros(25_000)));
        let cheaper = reprice(&next, euros(8_400), PriceRule::Absorb).unwrap();
        assert_eq!(cheaper.consequence, PriceAdjustment::Refund(euros(1_500)));
    }

    fn rule() -> impl Strategy<Value = PriceRule> {
        prop::sample::select(RULES.to_vec())
    }

    proptest! {
        #[test]
        fn a_chain_of_moves_neither_makes_nor_loses_a_cent(
            list in 0_i64..30_000,
            party in 1_u32..8,
            discount in 0_i64..120_000,
            dates in prop::collection::vec((0_i64..30_000, rule()), 1..8),
        ) {
            let first = booked(list, party, (list * i64::from(party) - discount).max(0));
            let (mut booking, mut back, mut on_top) = (first.clone(), 0, 0);
            for (list, rule) in dates {
                let Ok(price) = reprice(&booking, euros(list), rule) else {
                    prop_assert_eq!(rule, PriceRule::EqualOnly);
                    prop_assert_ne!(euros(list), booking.unit_price);
                    continue;
                };
                prop_assert_eq!(price.total.minus(booking.paid), Some(price.difference));
                prop_assert_eq!(price.list_total, euros(list).times(party));
                match price.consequence {
                    PriceAdjustment::Same => prop_assert_eq!(price.paid, booking.paid),
                    PriceAdjustment::Absorbed(more) => {
                        prop_assert!(more.minor() > 0);
                        prop_assert_eq!(price.paid, booking.paid);
                    }
                    PriceAdjustment::Refund(less) => {
                        prop_assert!(less.minor() > 0 && less.minor() <= booking.paid.minor());
                        back += less.minor();
                    }
                    PriceAdjustment::ToPay(more) => {
                        prop_assert!(more.minor() > 0);
                        on_top += more.minor();
                    }
                }
                if euros(list) == booking.unit_price {
                    prop_assert_eq!(price.consequence, PriceAdjustment::Same);
                }
                prop_assert!(price.paid.minor() >= 0);
                booking = moved(&booking, &price);
                prop_assert_eq!(booking.paid.minor(), first.paid.minor() - back + on_top);
            }
            prop_assert!(back <= first.paid.minor() + on_top);
        }

        #[test]
        fn a_discount_that_no_date_uses_up_is_there_again_at_the_first_price(
            list in 5_000_i64..30_000,
            party in 1_u32..8,
            discount in 0_i64..5_000,
            between in prop::collection::vec(5_000_i64..30_000, 1..8),
        ) {
            let first = booked(list, party, list * i64::from(party) - discount);
            let mut booking = first.clone();
            for list in between.into_iter().chain([list]) {
                let price = reprice(&booking, euros(list), PriceRule::Settle).unwrap();
                let of_the_list = price.list_total.minus(euros(discount));
                prop_assert_eq!(of_the_list, Some(price.total));
                booking = moved(&booking, &price);
            }
            prop_assert_eq!(booking.paid, first.paid);
        }
    }
}
