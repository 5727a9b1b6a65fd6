//! What a decision asks the store to do: everything at once, or nothing.

use chrono::{DateTime, Utc};

use crate::attempts::Attempts;
use crate::audit::{Actor, AuditEntry, AuditEvent, Subject};
use crate::confirmation::{Confirmation, ConfirmationState};
use crate::effect::{EffectKind, Lease, NewEffect, Outcome};
use crate::link::StoredLink;
use crate::token::RebookingToken;
use crate::value::booking::Booking;
use crate::value::ids::{CaseId, ConfirmationId, CourseDateId, EffectId, OrderItemId, TokenRef};
use crate::value::text::FreeText;
use crate::value::words::words;

/// One decision, ready to be committed.
///
/// A store applies all of it in one transaction, or nothing of it when any guard fails (see
/// [`Guard`]). Locks are taken in the order of the fields, and within a field by id, so that two
/// changes never wait for each other in a circle.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: stores write and read every field.
pub struct Change {
    /// The moment it was decided.
    pub at: DateTime<Utc>,
    /// Tokens to write or to issue.
    pub tokens: Vec<TokenWrite>,
    /// Confirmation requests to open, to move on or to close.
    pub confirmations: Vec<ConfirmationWrite>,
    /// What the shop's stock carries from now on, and what no more.
    pub stock: Vec<StockWrite>,
    /// What is to be noted about effects that exist.
    pub effect: Option<EffectWrite>,
    /// What must be done outside. A key that exists already is kept as it is.
    pub effects: Vec<NewEffect>,
    /// Personal data of this case is to be wiped, wherever the store keeps it, and the notes in its
    /// history. The version of each of its tokens moves on, so that nothing decided before can
    /// write a name back.
    pub forget: Option<CaseId>,
    /// Who did what. An entry of an event that [is written once](AuditEvent::is_once) is passed
    /// over when the token has it already.
    pub audit: Vec<AuditEntry>,
    /// Places to give back and to take, and dates to withdraw: last, as a sought-after date is
    /// locked until the commit is durable.
    pub dates: Vec<DateWrite>,
}

/// A write of one token.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: whoever reads it handles each.
pub enum TokenWrite {
    /// A new token, active, or used already where a backup is booked. Fails on [`Guard::Step`] when
    /// its case and step, or its digest, exist.
    Issue(Box<RebookingToken>),
    /// The next state of a token. Fails on [`Guard::Token`] unless the stored version is the one in
    /// `next`; the store adds one. Booking, link, cause and proposals are what they were when it
    /// was issued, but for a customer's name and address and a reason that are forgotten, so a
    /// store need not write them again.
    Update {
        /// The token after the change, under the version that was read.
        next: Box<RebookingToken>,
        /// Fail on [`Guard::Expiry`] when the store's clock has reached the expiry that is stored.
        unexpired: bool,
    },
}

/// A write of one confirmation request.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: whoever reads it handles each.
pub enum ConfirmationWrite {
    /// A request for the rebooking of a token that this change uses up, or issues as one that is
    /// used already, waiting for its order. The store notes its number in that rebooking.
    Open {
        /// Whose rebooking.
        token: TokenRef,
        /// What is to be confirmed.
        booking: Box<Booking>,
        /// The link for answering without signing in.
        answer: StoredLink,
    },
    /// Moves a request on. Fails on [`Guard::Confirmation`] unless it stands at one of `from`.
    Move {
        /// Which request.
        id: ConfirmationId,
        /// Where it must stand.
        from: &'static [ConfirmationState],
        /// Where it goes.
        to: ConfirmationState,
        /// Why, when it is declined.
        reason: FreeText,
        /// The booking under the order that carries it, once the shop has made it.
        booking: Option<Box<Booking>>,
    },
    /// Counts a wrong address on the link for an original booking. Fails on
    /// [`Guard::Confirmation`] unless as many were counted in all as were read.
    Attempt {
        /// Which request.
        id: ConfirmationId,
        /// How many in all were read.
        read: u32,
        /// Those and this one.
        attempts: Attempts,
    },
    /// Notes what was done as the partner does not answer. Fails on [`Guard::Confirmation`] unless
    /// it is pending and has no such note.
    Note {
        /// Which request.
        id: ConfirmationId,
        /// What is noted, at the store's moment.
        note: ConfirmationNote,
    },
    /// Changes nothing. Fails on [`Guard::Confirmation`] when the original booking of this item has
    /// a live request, even one that is opened at this very moment.
    Absent(OrderItemId),
}

words! {
    /// What is noted on a request that is not answered.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    // Exhaustive: whoever reads it handles each.
    pub enum ConfirmationNote, "note" {
        /// The partner is reminded.
        Reminded = "reminded",
        /// Support is told.
        Silent = "silent",
    }
}

impl ConfirmationWrite {
    /// Changes nothing, and fails on [`Guard::Confirmation`] when the request has moved since it
    /// was read.
    pub(crate) const fn still(read: &Confirmation) -> Self {
        let from: &'static [ConfirmationState] = match read.state {
            ConfirmationState::Waiting => &[ConfirmationState::Waiting],
            ConfirmationState::Pending => &[ConfirmationState::Pending],
            ConfirmationState::Confirmed => &[ConfirmationState::Confirmed],
            ConfirmationState::Declined => &[ConfirmationState::Declined],
            ConfirmationState::Withdrawn => &[ConfirmationState::Withdrawn],
        };
        Self::Move { id: read.id, from, to: read.state, reason: FreeText::EMPTY, booking: None }
    }
}

/// Every state in which a request holds places.
pub const LIVE: &[ConfirmationState] =
    &[ConfirmationState::Waiting, ConfirmationState::Pending, ConfirmationState::Confirmed];

/// A write of one course date.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: whoever reads it handles each.
pub enum DateWrite {
    /// Takes places. Fails on [`Guard::Places`] when fewer are free, or the date is withdrawn or
    /// unknown.
    Take {
        /// Of which date.
        date: CourseDateId,
        /// How many.
        places: u32,
    },
    /// Gives places back. A date that the store does not know is none of its business; below
    /// nothing taken it never goes.
    GiveBack {
        /// Of which date.
        date: CourseDateId,
        /// How many.
        places: u32,
    },
    /// Offers the date no more.
    Withdraw {
        /// Which date.
        date: CourseDateId,
        /// Why, for the mails to everybody on it.
        reason: FreeText,
    },
}

impl DateWrite {
    /// The date that is written.
    #[must_use]
    pub const fn date(&self) -> CourseDateId {
        match self {
            Self::Take { date, .. } | Self::GiveBack { date, .. } | Self::Withdraw { date, .. } => {
                *date
            }
        }
    }
}

/// What becomes of a party in the shop's stock. A request for a booking that was bought in the shop
/// is carried by it from the start, one for a rebooking is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
// Exhaustive: whoever reads it handles each.
pub enum StockWrite {
    /// The shop's stock carries the party of this request, on the date of the request: an order was
    /// made for it.
    Reserved(ConfirmationId),
    /// The shop has given back what it held for this order item, or is about to: from now on the
    /// places of all requests for it, live or closed, are what the shop says that they are.
    Released(OrderItemId),
}

/// What is to be noted about an effect.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: whoever reads it handles each.
pub enum EffectWrite {
    /// A worker reports. Fails on [`Guard::Lease`] unless its lease is the latest and the effect is
    /// still leased under it.
    Settle {
        /// The worker's right.
        lease: Lease,
        /// How it went.
        outcome: Outcome,
    },
    /// Support has it tried again, from the first try on. Fails on [`Guard::Effect`] unless it is
    /// dead or waiting.
    Retry(EffectId),
    /// Support has an event told once more, under its id. Fails on [`Guard::Effect`] unless it is
    /// an event that is done.
    TellAgain(EffectId),
    /// Support takes it off. Fails on [`Guard::Effect`] unless it is dead or waiting.
    Skip(EffectId),
}

/// What became of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
// Exhaustive: whoever reads it handles each.
pub enum Commit {
    /// All of it is stored, durably.
    Applied,
    /// Nothing of it is stored: the state that it was decided on has moved. Read again and decide
    /// again.
    Lost(Guard),
}

words! {
    /// What a commit checks, each by one conditional write.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    // Exhaustive: whoever reads it handles each.
    pub enum Guard, "guard" {
        /// The token is at the version that was read.
        Token = "token",
        /// The token has not expired by the store's clock.
        Expiry = "expiry",
        /// No token of this case and step exists.
        Step = "step",
        /// The confirmation request stands where it was read.
        Confirmation = "confirmation",
        /// The date has the places.
        Places = "places",
        /// The worker's lease is the latest.
        Lease = "lease",
        /// The effect can be retried, told again or skipped.
        Effect = "effect",
    }
}

impl Change {
    /// A change that does nothing yet.
    #[must_use]
    pub const fn at(at: DateTime<Utc>) -> Self {
        Self {
            at,
            tokens: Vec::new(),
            confirmations: Vec::new(),
            stock: Vec::new(),
            effect: None,
            effects: Vec::new(),
            forget: None,
            audit: Vec::new(),
            dates: Vec::new(),
        }
    }

    pub(crate) fn issue(mut self, token: RebookingToken) -> Self {
        self.tokens.push(TokenWrite::Issue(Box::new(token)));
        self
    }

    pub(crate) fn update(mut self, next: RebookingToken) -> Self {
        self.tokens.push(TokenWrite::Update { next: Box::new(next), unexpired: false });
        self
    }

    pub(crate) fn update_unexpired(mut self, next: RebookingToken) -> Self {
        self.tokens.push(TokenWrite::Update { next: Box::new(next), unexpired: true });
        self
    }

    pub(crate) fn confirmation(mut self, write: ConfirmationWrite) -> Self {
        self.confirmations.push(write);
        self
    }

    /// Closes a live request and gives its places back: the two always go together (promise I2).
    pub(crate) fn close(
        self,
        id: ConfirmationId,
        to: ConfirmationState,
        reason: FreeText,
        booking: &Booking,
    ) -> Self {
        self.confirmation(ConfirmationWrite::Move { id, from: LIVE, to, reason, booking: None })
            .date(DateWrite::GiveBack {
                date: booking.slot.id,
                places: booking.participants.count(),
            })
    }

    pub(crate) fn stock(mut self, write: StockWrite) -> Self {
        self.stock.push(write);
        self
    }

    pub(crate) fn date(mut self, write: DateWrite) -> Self {
        self.dates.push(write);
        self
    }

    pub(crate) fn effect_once(mut self, token: TokenRef, kind: EffectKind) -> Self {
        self.effects.push(NewEffect::once(token, kind));
        self
    }

    pub(crate) fn effect_again(mut self, token: TokenRef, kind: EffectKind, again: u32) -> Self {
        self.effects.push(NewEffect::again(token, kind, again));
        self
    }

    pub(crate) fn note(mut self, write: EffectWrite) -> Self {
        self.effect = Some(write);
        self
    }

    pub(crate) fn audit(
        self,
        subject: impl Into<Subject>,
        actor: &Actor,
        event: AuditEvent,
    ) -> Self {
        self.audit_why(subject, actor, event, FreeText::default())
    }

    pub(crate) fn audit_why(
        mut self,
        subject: impl Into<Subject>,
        actor: &Actor,
        event: AuditEvent,
        note: FreeText,
    ) -> Self {
        let (subject, at) = (subject.into(), self.at);
        self.audit.push(AuditEntry { subject, at, actor: actor.clone(), event, note });
        self
    }
}
