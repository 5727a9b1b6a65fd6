//! A fault in the exchange of a backup.

use rebooking_core::change::{Change, ConfirmationWrite, DateWrite, TokenWrite};

/// The backup is called off, and nothing is booked in its place.
pub(super) fn forgets_the_new_date(change: &mut Change) {
    let exchanges = change
        .tokens
        .iter()
        .any(|write| matches!(write, TokenWrite::Update { next, .. } if next.was_exchanged()));
    let issued = change.tokens.iter().find_map(|write| match write {
        TokenWrite::Issue(next) => Some(next.id()),
        TokenWrite::Update { .. } => None,
    });
    let Some(next) = issued.filter(|_| exchanges) else { return };
    change.tokens.retain(|write| !matches!(write, TokenWrite::Issue(_)));
    change.confirmations.retain(|write| !matches!(write, ConfirmationWrite::Open { .. }));
    change.dates.retain(|write| !matches!(write, DateWrite::Take { .. }));
    change.effects.retain(|effect| effect.token != next);
    change.audit.retain(|entry| entry.subject != next.into());
}
