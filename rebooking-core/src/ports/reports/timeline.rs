//! A case told as one story: what has happened, and what the outside world must still hear of.

use chrono::{DateTime, Utc};

use super::rows::CaseDetails;
use crate::audit::{AuditEntry, AuditEvent, Subject};
use crate::effect::{Effect, EffectKind, EffectState, Lane};

/// A case by time.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Timeline<'a> {
    /// What has happened, oldest first.
    pub past: Vec<Happened<'a>>,
    /// What is still to be done: what failed for good first, as people must decide on it, then by
    /// age.
    pub ahead: Vec<&'a Effect>,
}

/// One thing that has happened in a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
// Exhaustive: whoever reads it handles each.
pub enum Happened<'a> {
    /// Something that the history tells of.
    Entry {
        /// What it tells.
        entry: &'a AuditEntry,
        /// The effect that brought it about or that it is about, where one is told apart.
        effect: Option<&'a Effect>,
    },
    /// Something that was done or skipped, and of which the history says no more: a further mail,
    /// say.
    Effect {
        /// When.
        at: DateTime<Utc>,
        /// What.
        effect: &'a Effect,
    },
}

impl Happened<'_> {
    /// When it happened.
    #[must_use]
    pub const fn at(&self) -> DateTime<Utc> {
        match self {
            Self::Entry { entry, .. } => entry.at,
            Self::Effect { at, .. } => *at,
        }
    }
}

impl CaseDetails {
    /// The case as one story. Each entry of the history is told once, and each effect once, but
    /// for events that other systems have been told of: those repeat the history.
    #[must_use]
    pub fn timeline(&self) -> Timeline<'_> {
        let mut settled: Vec<_> = self.effects.iter().filter_map(settled).collect();
        settled.sort_by_key(|(at, _)| *at);
        let mut past = Vec::new();
        for entry in &self.audit {
            let place = settled.iter().position(|(_, effect)| is_told_by(effect, entry));
            let effect = place.map(|place| settled.remove(place).1);
            past.push(Happened::Entry { entry, effect });
        }
        let untold = settled.into_iter().filter(|(_, one)| one.kind.lane() != Lane::Events);
        past.extend(untold.map(|(at, effect)| Happened::Effect { at, effect }));
        past.sort_by_key(Happened::at);
        let mut ahead: Vec<_> =
            self.effects.iter().filter(|one| settled_at(one).is_none()).collect();
        ahead.sort_by_key(|effect| !matches!(effect.state, EffectState::Dead { .. }));
        Timeline { past, ahead }
    }
}

fn settled(effect: &Effect) -> Option<(DateTime<Utc>, &Effect)> {
    Some((settled_at(effect)?, effect))
}

/// When nobody had to care about it any more.
const fn settled_at(effect: &Effect) -> Option<DateTime<Utc>> {
    match effect.state {
        EffectState::Done { at } | EffectState::Skipped { at } => Some(at),
        EffectState::Waiting { .. } | EffectState::Leased { .. } | EffectState::Dead { .. } => None,
    }
}

/// Whether an entry tells what became of an effect: so that nothing stands there twice.
fn is_told_by(effect: &Effect, entry: &AuditEntry) -> bool {
    use AuditEvent as E;
    let told = match (effect.state, effect.kind) {
        (EffectState::Skipped { .. }, _) => entry.event == E::EffectSkipped,
        (_, EffectKind::Mail(mail)) => entry.event == E::LinkMailed && mail.carries_link(),
        (_, EffectKind::PlaceOrder) => {
            matches!(entry.event, E::OrderMade | E::OrderMadeTooLate | E::OrderRefused)
        }
        (_, EffectKind::UndoOrder) => entry.event == E::OrderUndone,
        (_, EffectKind::Refund) => entry.event == E::DifferenceRefunded,
        (_, EffectKind::Ticket(_)) => entry.event == E::TicketKept,
        (_, EffectKind::Event(_)) => false,
    };
    told && entry.subject == Subject::from(effect.token)
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::audit::Actor;
    use crate::effect::{EventKind, MailKind, NewEffect, TicketFact};
    use crate::testing::samples;
    use crate::value::ids::{EffectId, TokenRef};
    use crate::value::text::FreeText;

    fn token() -> TokenRef {
        TokenRef::first(samples::booking().item.into())
    }

    fn minute(minute: i64) -> DateTime<Utc> {
        samples::now() + TimeDelta::minutes(minute)
    }

    fn entry(at: i64, event: AuditEvent) -> AuditEntry {
        let (subject, actor) = (token().into(), Actor::System);
        AuditEntry { subject, at: minute(at), actor, event, note: FreeText::EMPTY }
    }

    fn effect(id: i64, kind: EffectKind, state: EffectState) -> Effect {
        let NewEffect { key, token, kind } = NewEffect::once(token(), kind);
        let (created_at, since) = (samples::now(), samples::now());
        let (id, attempts, last_error) = (EffectId::new(id), 1, None);
        Effect { id, key, token, kind, state, attempts, last_error, created_at, since }
    }

    fn mail(id: i64, kind: MailKind, at: i64) -> Effect {
        effect(id, EffectKind::Mail(kind), EffectState::Done { at: minute(at) })
    }

    /// What is told, in words.
    fn told(effects: Vec<Effect>, audit: Vec<AuditEntry>) -> (Vec<String>, Vec<String>) {
        let case = CaseDetails { tokens: Vec::new(), effects, audit };
        let Timeline { past, ahead } = case.timeline();
        let told = past.iter().map(|one| match one {
            Happened::Entry { entry, effect: Some(effect) } => {
                format!("{} by {}", entry.event, effect.kind)
            }
            Happened::Entry { entry, effect: None } => entry.event.to_string(),
            Happened::Effect { effect, .. } => effect.kind.to_string(),
        });
        (told.collect(), ahead.iter().map(|effect| effect.kind.to_string()).collect())
    }

    #[test]
    fn what_happened_is_told_once_and_by_time() {
        let effects = vec![
            mail(1, MailKind::Declined, 2),
            mail(2, MailKind::Rebooked, 6),
            effect(3, EffectKind::PlaceOrder, EffectState::Done { at: minute(5) }),
            effect(
                4,
                EffectKind::Ticket(TicketFact::Declined),
                EffectState::Done { at: minute(3) },
            ),
        ];
        let audit = vec![
            entry(1, AuditEvent::Declined),
            entry(2, AuditEvent::LinkMailed),
            entry(3, AuditEvent::TicketKept),
            entry(4, AuditEvent::Chosen),
            entry(5, AuditEvent::OrderMade),
        ];
        let (past, ahead) = told(effects, audit);
        assert_eq!(
            past,
            [
                "declined",
                "link_mailed by mail-declined",
                "ticket_kept by ticket-declined",
                "chosen",
                "order_made by order-place",
                "mail-rebooked",
            ]
        );
        assert_eq!(ahead, [""; 0]);
    }

    #[test]
    fn the_same_mail_once_more_stands_for_itself() {
        let effects = vec![mail(9, MailKind::Declined, 5), mail(1, MailKind::Declined, 2)];
        let audit = vec![entry(2, AuditEvent::LinkMailed), entry(4, AuditEvent::LinkResent)];
        let (past, _) = told(effects, audit);
        assert_eq!(past, ["link_mailed by mail-declined", "link_resent", "mail-declined"]);
    }

    #[test]
    fn what_another_link_did_is_not_this_ones() {
        let mut other = mail(1, MailKind::LinkReplaced, 2);
        other.token = token().next();
        let (past, _) = told(vec![other], vec![entry(2, AuditEvent::LinkMailed)]);
        assert_eq!(past, ["link_mailed", "mail-link-replaced"]);
    }

    #[test]
    fn what_was_skipped_is_named_where_the_reason_stands() {
        let skipped = EffectState::Skipped { at: minute(3) };
        let effects = vec![effect(1, EffectKind::Mail(MailKind::Declined), skipped)];
        let audit = vec![entry(2, AuditEvent::EffectDied), entry(3, AuditEvent::EffectSkipped)];
        let (past, _) = told(effects, audit);
        assert_eq!(past, ["effect_died", "effect_skipped by mail-declined"]);
    }

    #[test]
    fn what_people_must_decide_on_comes_first_of_what_is_ahead() {
        let effects = vec![
            effect(1, EffectKind::PlaceOrder, EffectState::Waiting { due_at: minute(9) }),
            effect(2, EffectKind::Refund, EffectState::Leased { until: minute(9) }),
            effect(3, EffectKind::Ticket(TicketFact::Expired), EffectState::Dead { at: minute(1) }),
        ];
        let (past, ahead) = told(effects, Vec::new());
        assert_eq!(past, [""; 0]);
        assert_eq!(ahead, ["ticket-expired", "order-place", "refund"]);
    }

    #[test]
    fn what_other_systems_were_told_repeats_nothing() {
        let kind = EffectKind::Event(EventKind::LinkMailed);
        let done = effect(1, kind, EffectState::Done { at: minute(3) });
        let dead = effect(2, kind, EffectState::Dead { at: minute(3) });
        let (past, ahead) = told(vec![done, dead], vec![entry(2, AuditEvent::LinkMailed)]);
        assert_eq!((past, ahead), (vec!["link_mailed".into()], vec!["event-link-mailed".into()]));
    }
}
