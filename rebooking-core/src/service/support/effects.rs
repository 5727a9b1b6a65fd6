//! *Retry and skip*: support decides about an effect that is dead or waits too long.

use crate::audit::AuditEvent;
use crate::change::{Change, EffectWrite};
use crate::effect::Effect;
use crate::error::{Conflict, InvalidInput, RebookError, Resource};
use crate::ports::AsOf;
use crate::service::{AsSupport, Decision};
use crate::value::ids::EffectId;
use crate::value::text::FreeText;

fn check_idle(effect: &Effect) -> Result<(), Conflict> {
    if effect.state.is_idle() { Ok(()) } else { Err(Conflict::EffectNotIdle) }
}

impl AsSupport<'_> {
    async fn effect(self, id: EffectId) -> Result<AsOf<Effect>, RebookError> {
        let seen = self.rebookings.queue().effect(id).await?;
        seen.ok_or(RebookError::NotFound(Resource::Effect))
    }

    /// Has a dead or waiting effect tried again at once, with all its tries before it, and an event
    /// that was taken told once more, under its id and as it was. May be repeated.
    ///
    /// # Errors
    /// [`RebookError::NotFound`], [`RebookError::Conflict`] for one that is under way or over, and
    /// [`RebookError::TryLater`].
    pub async fn retry(self, effect: EffectId) -> Result<(), RebookError> {
        let actor = self.actor();
        self.rebookings
            .decided(|| async {
                let seen = self.effect(effect).await?;
                let write = if seen.value.can_be_told_again() {
                    EffectWrite::TellAgain(effect)
                } else {
                    check_idle(&seen.value)?;
                    EffectWrite::Retry(effect)
                };
                let change = Change::at(seen.now).note(write).audit(
                    seen.value.token,
                    &actor,
                    AuditEvent::EffectRetried,
                );
                Ok(Decision::commit(change, ()))
            })
            .await
    }

    /// Takes a dead or waiting effect off for good, with a reason that is kept. Orders cannot be
    /// skipped.
    ///
    /// # Errors
    /// [`RebookError::NotFound`], [`RebookError::Invalid`] without a reason,
    /// [`RebookError::Conflict`] and [`RebookError::TryLater`].
    pub async fn skip(self, effect: EffectId, reason: &FreeText) -> Result<(), RebookError> {
        if reason.is_empty() {
            return Err(InvalidInput::NoReason.into());
        }
        let actor = self.actor();
        self.rebookings
            .decided(|| async {
                let seen = self.effect(effect).await?;
                if !seen.value.kind.can_be_skipped() {
                    return Err(Conflict::OrderCannotBeSkipped.into());
                }
                check_idle(&seen.value)?;
                let change = Change::at(seen.now).note(EffectWrite::Skip(effect)).audit_why(
                    seen.value.token,
                    &actor,
                    AuditEvent::EffectSkipped,
                    reason.clone(),
                );
                Ok(Decision::commit(change, ()))
            })
            .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::effect::EffectKind;
    use crate::testing::World;

    #[tokio::test]
    async fn what_is_over_is_neither_tried_again_nor_skipped() {
        let world = World::new();
        let declined = world.declined_booking().await;
        world.deliver_all().await.unwrap();
        let support = || world.rebookings.support("anna");
        let effects = support().case(declined.token.case).await.unwrap().value.effects;
        let is_mail = |effect: &&Effect| matches!(effect.kind, EffectKind::Mail(_));
        let mail = effects.iter().find(is_mail).unwrap().id;
        let reason = FreeText::parse("Schon erledigt").unwrap();
        for refused in [support().retry(mail).await, support().skip(mail, &reason).await] {
            let over = matches!(refused, Err(RebookError::Conflict(Conflict::EffectNotIdle)));
            assert!(over, "{refused:?}");
        }
    }
}
