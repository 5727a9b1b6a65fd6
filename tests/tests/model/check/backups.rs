//! A backup is booked as its customer named it, or not at all.

use rebooking_core::testing::Snapshot;
use rebooking_core::token::RebookingToken;

use super::{CheckResult, Violation};
use crate::play::Named;

pub(super) fn backups(snapshot: &Snapshot, named: &[Named]) -> CheckResult {
    for token in &snapshot.tokens {
        let Some(rebooking) = token.rebooking() else { continue };
        promise!(
            !rebooking.is_backup || was_named(token, snapshot, named),
            "I9: token {} was moved to a backup that nobody named at that total",
            token.id()
        );
        promise!(
            rebooking.backups.is_empty() || rebooking.state.awaits_answer(),
            "token {} keeps backups after the partner's answer",
            token.id()
        );
    }
    Ok(())
}

/// Whether what a token was moved to was named by an earlier link of its case, at that total.
pub(super) fn was_named(token: &RebookingToken, snapshot: &Snapshot, named: &[Named]) -> bool {
    let Some(rebooking) = token.rebooking().filter(|rebooking| rebooking.is_backup) else {
        return false;
    };
    let is_earlier = |other: &&RebookingToken| {
        other.id().case == token.id().case && other.id().step < token.id().step
    };
    let mut earlier = snapshot.tokens.iter().filter(is_earlier);
    earlier.any(|other| {
        named.iter().any(|named| {
            named.link == other.link().digest
                && named.date == rebooking.slot.id
                && named.total == rebooking.total
        })
    })
}
