//! Faults in the booking of a backup.

use rebooking_core::change::{Change, ConfirmationWrite, DateWrite, TokenWrite};
use rebooking_core::rebooking::Rebooking;
use rebooking_core::token::{RebookingToken, TokenState};
use rebooking_core::value::course_date::Slot;
use rebooking_core::value::money::Money;

/// Rewrites the backup that a change books, where it books one.
fn rewrite(change: &mut Change, how: impl Fn(&mut Rebooking, Slot)) -> Option<(Slot, Slot)> {
    for write in &mut change.tokens {
        let TokenWrite::Issue(next) = write else { continue };
        let mut parts = next.as_ref().clone().into_parts();
        let lost = parts.booking.slot;
        let TokenState::Used(rebooking) = &mut parts.state else { continue };
        let chosen = rebooking.slot;
        how(rebooking, lost);
        **next = RebookingToken::restore(parts);
        return Some((chosen, lost));
    }
    None
}

pub(super) fn on_the_lost_date(change: &mut Change) {
    let Some((chosen, lost)) = rewrite(change, |rebooking, lost| rebooking.slot = lost) else {
        return;
    };
    for write in &mut change.confirmations {
        if let ConfirmationWrite::Open { booking, .. } = write {
            booking.slot = lost;
        }
    }
    for write in &mut change.dates {
        match write {
            DateWrite::Take { date, .. } if *date == chosen.id => *date = lost.id,
            DateWrite::Take { .. } | DateWrite::GiveBack { .. } | DateWrite::Withdraw { .. } => {}
        }
    }
}

pub(super) fn at_another_total(change: &mut Change) {
    rewrite(change, |rebooking, _| {
        let cent = Money::new(1, rebooking.total.currency()).unwrap();
        rebooking.total = rebooking.total.plus(cent).unwrap();
    });
}

pub(super) fn without_places(change: &mut Change) {
    if rewrite(change, |_, _| {}).is_some() {
        change.dates.retain(|write| !matches!(write, DateWrite::Take { .. }));
    }
}
