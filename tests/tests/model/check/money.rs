//! I9: nobody owes what they did not agree to, and the right difference goes back once. All by the
//! sum of the party, in plain cents.

use rebooking_core::eligibility::PriceAdjustment;
use rebooking_core::link::LinkDigest;
use rebooking_core::rebooking::{Rebooking, RebookingState};
use rebooking_core::testing::Snapshot;
use rebooking_core::token::RebookingToken;
use rebooking_core::value::money::Money;

use super::backups::was_named;
use super::{CheckResult, Checker, Violation};
use crate::play::Named;
use crate::world::{World, to_pay};

impl Checker {
    pub(super) fn money(
        &self,
        snapshot: &Snapshot,
        world: &World,
        agreed: &[(LinkDigest, Money)],
        named: &[Named],
    ) -> CheckResult {
        for token in &snapshot.tokens {
            starts_from_what_was_paid(token, snapshot)?;
            let Some(rebooking) = token.rebooking() else { continue };
            if let PriceAdjustment::ToPay(_) = rebooking.consequence {
                let exchanged = snapshot
                    .tokens
                    .iter()
                    .find(|before| before.was_exchanged() && before.id().next() == token.id());
                let by_link = |(link, total): &(LinkDigest, Money)| {
                    let is_told = |token: &RebookingToken| *link == token.link().digest;
                    *total == rebooking.total && (is_told(token) || exchanged.is_some_and(is_told))
                };
                let said = agreed.iter().any(by_link) || was_named(token, snapshot, named);
                promise!(said, "I9: token {} owes a total that its customer never saw", token.id());
            }
            keeps_the_discount(token, rebooking)?;
            let back: Vec<Money> = world
                .shop
                .refunds()
                .iter()
                .filter(|refund| refund.key == token.order_key())
                .map(|refund| refund.amount)
                .collect();
            match rebooking.consequence {
                PriceAdjustment::Refund(amount) => {
                    promise!(
                        back.is_empty() || back == [amount],
                        "I9: token {} gave back {back:?}",
                        token.id()
                    )
                }
                PriceAdjustment::Same
                | PriceAdjustment::Absorbed(_)
                | PriceAdjustment::ToPay(_) => {
                    promise!(
                        back.is_empty(),
                        "I9: token {} gave money back for nothing",
                        token.id()
                    );
                }
            }
        }
        never_more_than_was_paid(snapshot, world)
    }
}

/// The total is the list price less the discount, and what is paid afterwards follows from it.
fn keeps_the_discount(token: &RebookingToken, rebooking: &Rebooking) -> CheckResult {
    let booking = token.booking();
    let shown = to_pay(booking, rebooking.list_total);
    promise!(rebooking.total == shown, "I9: token {} costs another total", token.id());
    let promised = match rebooking.consequence {
        PriceAdjustment::Same | PriceAdjustment::Absorbed(_) => booking.paid,
        PriceAdjustment::Refund(_) | PriceAdjustment::ToPay(_) => rebooking.total,
    };
    promise!(
        rebooking.paid == promised,
        "I9: token {} is charged another amount than promised",
        token.id()
    );
    let same_list_price = rebooking.list_total == booking.list_total();
    promise!(
        !same_list_price || rebooking.paid == booking.paid,
        "I9: token {} pays for a date of the same list price",
        token.id()
    );
    Ok(())
}

/// Each link of a case starts from the sum that the one before it has left.
fn starts_from_what_was_paid(token: &RebookingToken, snapshot: &Snapshot) -> CheckResult {
    let is_before = |other: &&RebookingToken| other.id().next() == token.id();
    let Some(before) = snapshot.tokens.iter().find(is_before) else { return Ok(()) };
    let settled = before.rebooking().filter(|rebooking| is_settled(rebooking));
    let left = settled.map_or(before.booking().paid, |rebooking| rebooking.paid);
    promise!(token.booking().paid == left, "I9: token {} starts from another sum", token.id());
    Ok(())
}

/// Whether the difference stays settled though the date is gone.
fn is_settled(rebooking: &Rebooking) -> bool {
    let gave_back = matches!(rebooking.consequence, PriceAdjustment::Refund(_));
    rebooking.order.is_some()
        && match rebooking.state {
            RebookingState::DeclinedAgain => true,
            RebookingState::Cancelled(_) => gave_back,
            RebookingState::Ordering
            | RebookingState::AwaitingPartner
            | RebookingState::Confirmed
            | RebookingState::Rejected => false,
        }
}

/// What all links of a case gave back is in sum no more than what was paid, first and on top.
fn never_more_than_was_paid(snapshot: &Snapshot, world: &World) -> CheckResult {
    for first in snapshot.tokens.iter().filter(|token| token.id().step == 1) {
        let case = || snapshot.tokens.iter().filter(|token| token.id().case == first.id().case);
        let on_top = |token: &RebookingToken| match token.rebooking()?.consequence {
            PriceAdjustment::ToPay(more) => Some(more.minor()),
            PriceAdjustment::Same | PriceAdjustment::Absorbed(_) | PriceAdjustment::Refund(_) => {
                None
            }
        };
        let paid = first.booking().paid.minor() + case().filter_map(on_top).sum::<i64>();
        let keys: Vec<String> = case().map(RebookingToken::order_key).collect();
        let refunds = world.shop.refunds();
        let back = refunds.iter().filter(|refund| keys.contains(&refund.key));
        let back: i64 = back.map(|refund| refund.amount.minor()).sum();
        promise!(back <= paid, "I9: case {} gave back {back} of {paid}", first.id().case);
    }
    Ok(())
}
