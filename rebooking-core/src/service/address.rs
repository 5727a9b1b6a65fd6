//! The address check of everybody who comes by a link from a mail. Whoever holds the link may be a
//! mail scanner: the address shows that it is a person, and the right one. Wrong ones are counted
//! on the token, or on the request for an original booking, so that nobody finds it out by trying.

use chrono::{DateTime, Utc};

use super::Decision;
use crate::attempts::{Attempts, Locked};
use crate::audit::{Actor, AuditEvent, Subject};
use crate::change::{Change, ConfirmationWrite};
use crate::confirmation::Confirmation;
use crate::error::RebookError;
use crate::policy::Policy;
use crate::token::RebookingToken;
use crate::value::customer::EmailAddress;
use crate::value::ids::CaseId;

/// Whose link it is.
pub(super) struct Owner<'a> {
    actor: Actor,
    address: &'a EmailAddress,
    counted: Counted<'a>,
}

/// Where wrong addresses are counted.
enum Counted<'a> {
    Token(&'a RebookingToken),
    Request(&'a Confirmation),
}

impl Counted<'_> {
    fn attempts(&self) -> &Attempts {
        match self {
            Self::Token(token) => token.attempts(),
            Self::Request(request) => &request.attempts,
        }
    }

    /// One more, and whose history tells of it.
    fn count(&self, policy: &Policy, now: DateTime<Utc>) -> (Change, Subject) {
        let change = Change::at(now);
        match self {
            Self::Token(token) => {
                let next = RebookingToken::clone(token).wrong_address_counted(policy.attempts, now);
                (change.update(next), token.id().into())
            }
            Self::Request(request) => {
                let (id, read) = (request.id, request.attempts.total);
                let attempts = request.attempts.one_more(policy.attempts, now);
                let count = ConfirmationWrite::Attempt { id, read, attempts };
                let booking = Subject::Booking(CaseId::from(request.booking.item));
                (change.confirmation(count), booking)
            }
        }
    }
}

impl<'a> Owner<'a> {
    /// The customer, who chooses.
    pub(super) const fn customer(token: &'a RebookingToken) -> Self {
        let address = &token.booking().customer.email;
        Self { actor: Actor::Customer, address, counted: Counted::Token(token) }
    }

    /// The partner, who answers a request: one that a token's rebooking opened, or one for an
    /// original booking.
    pub(super) const fn partner(
        request: &'a Confirmation,
        opened_by: Option<&'a RebookingToken>,
    ) -> Self {
        let partner = &request.booking.partner;
        let counted = match opened_by {
            Some(token) => Counted::Token(token),
            None => Counted::Request(request),
        };
        Self { actor: Actor::Partner(partner.id), address: &partner.email, counted }
    }

    /// `Some` is the counted refusal to commit and tell.
    ///
    /// # Errors
    /// [`RebookError::TooManyAttempts`]: then the address is not even looked at.
    pub(super) fn refuses<A>(
        self,
        given: &EmailAddress,
        policy: &Policy,
        now: DateTime<Utc>,
    ) -> Result<Option<Decision<Result<A, RebookError>>>, RebookError> {
        let Self { actor, address, counted } = self;
        if let Err(Locked { until }) = counted.attempts().open(policy.attempts, now) {
            return Err(RebookError::TooManyAttempts { wait: until.map(|until| until - now) });
        }
        if address.same_address(given) {
            return Ok(None);
        }
        let left = counted.attempts().one_more(policy.attempts, now).left(policy.attempts, now);
        let (change, subject) = counted.count(policy, now);
        let change = change.audit(subject, &actor, AuditEvent::WrongAddress);
        Ok(Some(Decision::commit(change, Err(RebookError::WrongEmail { left }))))
    }
}
