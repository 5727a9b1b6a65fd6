//! What the outside world must still be told: each effect with its lane, its stable key and how far
//! it has come.

mod event_kind;
mod kind;

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};

use crate::value::ids::{EffectId, TokenRef};
use crate::value::words::words;

pub use event_kind::EventKind;
pub use kind::{EffectKind, Lane, MailKind, TicketFact};

/// The same for the same effect, always: what a mail's Message-ID, an order's key and a note's
/// marker are made of.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EffectKey(String);

impl EffectKey {
    /// The key of one kind of effect of a token. `again` counts what may happen more than once: 0
    /// for the first.
    #[must_use]
    pub fn new(token: TokenRef, kind: EffectKind, again: u32) -> Self {
        Self(if again == 0 { format!("{token}-{kind}") } else { format!("{token}-{kind}-{again}") })
    }

    /// Reads a key from a store.
    #[must_use]
    pub fn restore(stored: &str) -> Self {
        Self(stored.to_owned())
    }

    /// Which repetition of this effect it is, 0 for the first. `None` for the key of another.
    #[must_use]
    pub fn repetition(&self, token: TokenRef, kind: EffectKind) -> Option<u32> {
        let first = Self::new(token, kind, 0);
        match self.0.strip_prefix(first.as_str())? {
            "" => Some(0),
            again => again.strip_prefix('-')?.parse().ok(),
        }
    }

    /// The key as text: letters, digits and dashes, at most 64.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EffectKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An effect that a [`Change`](crate::change::Change) asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: tests of adapters write it as a literal.
pub struct NewEffect {
    /// Its key. A store that has this key already keeps the one it has.
    pub key: EffectKey,
    /// What it is about: a link, or [the original booking](TokenRef::booking).
    pub token: TokenRef,
    /// What is to be done.
    pub kind: EffectKind,
}

impl NewEffect {
    /// An effect that happens once a token.
    #[must_use]
    pub fn once(token: TokenRef, kind: EffectKind) -> Self {
        Self::again(token, kind, 0)
    }

    /// The `again`th repetition of an effect: a mail that support sends once more, say.
    #[must_use]
    pub fn again(token: TokenRef, kind: EffectKind, again: u32) -> Self {
        Self { key: EffectKey::new(token, kind, again), token, kind }
    }
}

/// An effect as a store keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: stores write and read every field.
pub struct Effect {
    /// Its number in the store.
    pub id: EffectId,
    /// Its key, the same for ever.
    pub key: EffectKey,
    /// What it is about: a link, or [the original booking](TokenRef::booking).
    pub token: TokenRef,
    /// What is to be done.
    pub kind: EffectKind,
    /// How far it has come.
    pub state: EffectState,
    /// How often somebody has begun to carry it out since it was created or retried by support;
    /// what was given back is not counted.
    pub attempts: u32,
    /// What went wrong last, as a short phrase without personal data.
    pub last_error: Option<String>,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// Since when it has been tried: from its creation, or from when support had it tried anew or a
    /// worker gave it back. Giving up counts from here.
    pub since: DateTime<Utc>,
}

/// How far an effect has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
// Exhaustive: whoever reads it handles each.
pub enum EffectState {
    /// It waits for its time.
    Waiting {
        /// When it may be tried.
        due_at: DateTime<Utc>,
    },
    /// A worker is at it.
    Leased {
        /// When another worker may take over.
        until: DateTime<Utc>,
    },
    /// It has been done, or there was nothing left to do.
    Done {
        /// When.
        at: DateTime<Utc>,
    },
    /// It failed for good; support may retry or skip it.
    Dead {
        /// When.
        at: DateTime<Utc>,
    },
    /// Support decided that it is not to be done.
    Skipped {
        /// When.
        at: DateTime<Utc>,
    },
}

impl Effect {
    /// Whether support may have it told once more: an event that was taken, which whoever takes it
    /// knows by its id. Nothing else that is done is ever done again.
    #[must_use]
    pub const fn can_be_told_again(&self) -> bool {
        matches!((self.kind, self.state), (EffectKind::Event(_), EffectState::Done { .. }))
    }
}

impl EffectState {
    /// Whether support may retry or skip it: nobody is at it, and it is not over.
    #[must_use]
    pub const fn is_idle(self) -> bool {
        match self {
            Self::Waiting { .. } | Self::Dead { .. } => true,
            Self::Leased { .. } | Self::Done { .. } | Self::Skipped { .. } => false,
        }
    }

    /// Which state it is.
    #[must_use]
    pub const fn status(self) -> EffectStatus {
        match self {
            Self::Waiting { .. } => EffectStatus::Waiting,
            Self::Leased { .. } => EffectStatus::Leased,
            Self::Done { .. } => EffectStatus::Done,
            Self::Dead { .. } => EffectStatus::Dead,
            Self::Skipped { .. } => EffectStatus::Skipped,
        }
    }

    /// The word for columns, filters and JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.status().as_str()
    }

    /// Whether nobody will carry it out any more unless support asks for it.
    #[must_use]
    pub const fn is_over(self) -> bool {
        match self {
            Self::Waiting { .. } | Self::Leased { .. } => false,
            Self::Done { .. } | Self::Dead { .. } | Self::Skipped { .. } => true,
        }
    }
}

words! {
    /// An [`EffectState`] without its times: what lists are filtered by.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    // Exhaustive: whoever reads it handles each.
    pub enum EffectStatus, "effect status" {
        /// It waits for its time.
        Waiting = "waiting",
        /// A worker is at it.
        Leased = "leased",
        /// It has been done.
        Done = "done",
        /// It failed for good.
        Dead = "dead",
        /// Support took it off.
        Skipped = "skipped",
    }
}

/// The right to carry out one effect until the lease runs out. The fence grows with every claim:
/// whoever holds an older one can no longer write anything about the effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
// Exhaustive: hosts write it as a literal.
pub struct Lease {
    /// Which effect.
    pub effect: EffectId,
    /// Which claim of it.
    pub fence: u64,
}

/// An effect that a worker has claimed.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: stores write and read every field.
pub struct Claimed {
    /// The right to carry it out.
    pub lease: Lease,
    /// The effect, `attempts` counting this one.
    pub effect: Effect,
    /// What an earlier attempt has noted.
    pub checkpoint: Checkpoint,
    /// The store's moment of the claim.
    pub now: DateTime<Utc>,
}

/// A small checkpoint that an adapter saves between the remote steps of one effect, in its own
/// format, at most 4 kB; empty at the start. It must hold no personal data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
// Exhaustive: hosts write it as a literal.
pub struct Checkpoint(pub String);

/// How an attempt ended.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: whoever reads it handles each.
pub enum Outcome {
    /// It is done, or was no longer needed.
    Done,
    /// Try again after a while, counted by the store's clock.
    Retry {
        /// After how long.
        after: TimeDelta,
        /// What went wrong.
        error: String,
    },
    /// It was not tried after all: neither the try nor the time until now counts. Again after a
    /// while, by the store's clock.
    GivenBack {
        /// After how long.
        after: TimeDelta,
        /// What went wrong.
        error: String,
    },
    /// It cannot be done; people must look.
    Dead {
        /// What went wrong.
        error: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::ids::CaseId;

    #[test]
    fn a_key_is_stable_and_tells_repetitions_apart() {
        let token = TokenRef::first(CaseId::new(7001));
        let kind = EffectKind::Mail(MailKind::Declined);
        assert_eq!(EffectKey::new(token, kind, 0).as_str(), "7001-1-mail-declined");
        assert_eq!(EffectKey::new(token, kind, 2).as_str(), "7001-1-mail-declined-2");
        let event = EffectKind::Event(EventKind::WishReceived);
        assert_eq!(EffectKey::new(token, event, 1).as_str(), "7001-1-event-wish-received-1");
        for again in [0, 1, 42] {
            let key = EffectKey::new(token, event, again);
            assert_eq!(
                (key.repetition(token, event), key.repetition(token, kind)),
                (Some(again), None)
            );
        }
    }

    #[test]
    fn the_longest_key_fits_its_column() {
        let token = TokenRef { case: CaseId::new(i64::MAX), step: u32::MAX };
        let kind = EffectKind::Ticket(TicketFact::Wish(99));
        assert!(
            EffectKey::new(token, EffectKind::Mail(MailKind::PartnerConfirmed), 9_999)
                .as_str()
                .len()
                <= 64
        );
        assert!(EffectKey::new(token, kind, 0).as_str().len() <= 64);
        for event in EventKind::ALL {
            let again = if event == EventKind::LinkExpired { u32::MAX } else { 9 };
            let key = EffectKey::new(token, EffectKind::Event(event), again);
            assert!(key.as_str().len() <= 64, "{key}");
        }
    }
}
