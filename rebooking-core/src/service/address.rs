//! The address check of everybody who comes by a link from a mail. Whoever holds the link may be a
//! mail scanner: the address shows that it is a person, and the right one. Wrong ones are counted
//! on the token, so that nobody finds it out by trying.

use chrono::{DateTime, Utc};

use super::Decision;
use crate::attempts::Locked;
use crate::audit::{Actor, AuditEvent};
use crate::change::Change;
use crate::error::RebookError;
use crate::policy::Policy;
use crate::token::RebookingToken;
use crate::value::booking::Partner;
use crate::value::customer::EmailAddress;

/// Whose link it is.
pub(super) struct Owner<'a> {
    actor: Actor,
    address: &'a EmailAddress,
    token: &'a RebookingToken,
}

impl<'a> Owner<'a> {
    /// The customer, who chooses.
    pub(super) const fn customer(token: &'a RebookingToken) -> Self {
        Self { actor: Actor::Customer, address: &token.booking().customer.email, token }
    }

    /// The partner, who answers the request that the token's rebooking opened.
    pub(super) const fn partner(partner: &'a Partner, token: &'a RebookingToken) -> Self {
        Self { actor: Actor::Partner(partner.id), address: &partner.email, token }
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
        let Self { actor, address, token } = self;
        if let Err(Locked { until }) = token.attempts().open(policy.attempts, now) {
            return Err(RebookError::TooManyAttempts { wait: until.map(|until| until - now) });
        }
        if address.same_address(given) {
            return Ok(None);
        }
        let next = token.clone().wrong_address_counted(policy.attempts, now);
        let left = next.attempts().left(policy.attempts, now);
        let change =
            Change::at(now).audit(token.id(), &actor, AuditEvent::WrongAddress).update(next);
        Ok(Some(Decision::commit(change, Err(RebookError::WrongEmail { left }))))
    }
}
