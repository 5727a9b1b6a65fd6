//! Partners who do not answer: who is noted as reminded has one reminder, and nobody else has any.

use rebooking_core::effect::{EffectKind, MailKind};
use rebooking_core::testing::Snapshot;

use super::{CheckResult, Violation, effects};

pub(super) fn overdue(snapshot: &Snapshot) -> CheckResult {
    for request in &snapshot.confirmations {
        let Some(token) = request.token else { continue };
        let is_reminder = |kind| kind == EffectKind::Mail(MailKind::PartnerReminder);
        let sent = effects(snapshot)
            .filter(|effect| effect.token == token && is_reminder(effect.kind))
            .count();
        promise!(
            sent == usize::from(request.reminded_at.is_some()),
            "I4: request {} has {sent} reminders",
            request.id
        );
    }
    Ok(())
}
