//! A backup is given up only for the date that its customer took instead, at the same moment.

use rebooking_core::rebooking::ChosenBy;
use rebooking_core::testing::Snapshot;

use super::{CheckResult, Violation};

pub(super) fn exchanges(snapshot: &Snapshot) -> CheckResult {
    for token in snapshot.tokens.iter().filter(|token| token.was_exchanged()) {
        let Some(given_up) = token.rebooking() else { continue };
        promise!(given_up.is_backup, "I1: token {} gave up a choice of its customer", token.id());
        let next = snapshot.tokens.iter().find(|other| other.id() == token.id().next());
        let taken = next.and_then(|next| next.rebooking());
        promise!(
            taken.is_some_and(|taken| {
                taken.by == ChosenBy::Customer
                    && !taken.is_backup
                    && taken.at == given_up.since
                    && taken.slot.id != given_up.slot.id
            }),
            "I1: token {} gave up its date for none",
            token.id()
        );
    }
    Ok(())
}
