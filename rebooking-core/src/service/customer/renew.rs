//! *Renew*: a customer asks for a new link in place of an expired one.

use chrono::{DateTime, Utc};

use crate::audit::Actor;
use crate::error::RebookError;
use crate::link::{LinkPurpose, StoredLink};
use crate::policy::Policy;
use crate::ports::store::TokenKey;
use crate::service::support::links::{issued, replace};
use crate::service::{AsCustomer, Decision};
use crate::token::{RebookingToken, TokenState};
use crate::value::customer::EmailAddress;

/// Decides on a customer's wish for a new link. Only an expired one is replaced, and not without
/// end; whatever is decided, the customer hears the same, so that nobody learns anything by asking.
///
/// # Errors
/// None that a caller could meet; the signature is that of all decisions.
pub fn decide(
    token: RebookingToken,
    policy: &Policy,
    link: StoredLink,
    now: DateTime<Utc>,
) -> Result<Decision<()>, RebookError> {
    let expired = match token.state() {
        TokenState::Active => now >= token.expires_at(),
        TokenState::Used(_) | TokenState::Cancelled { .. } => false,
    };
    if !expired || !token.is_replaced_on_request(policy.renewal_limit) {
        return Ok(Decision::unchanged(()));
    }
    let (change, next) = replace(token, &Actor::Customer, policy, link, now)?;
    let Decision { change, .. } = issued(change, next.renewal_counted());
    Ok(Decision { change, answer: () })
}

impl AsCustomer<'_> {
    /// Asks for a new link in place of an expired one. It goes to the known address
    /// only, and the answer is the same for a link that works, that was never issued, or that has
    /// been replaced often enough. Where `email` is given it must be the address of the booking, or
    /// nothing is mailed and nothing counted: a page asks for it, since a mail scanner presses its
    /// button.
    ///
    /// # Errors
    /// [`RebookError::TryLater`] while the store is out of reach.
    pub async fn request_new_link(self, email: Option<&EmailAddress>) -> Result<(), RebookError> {
        let Self { rebookings, link } = self;
        rebookings
            .decided(|| async {
                match rebookings.open(TokenKey::Link(link.digest())).await? {
                    Some(seen)
                        if email.is_none_or(|email| {
                            seen.value.token.booking().customer.email.same_address(email)
                        }) =>
                    {
                        decide(
                            seen.value.token,
                            rebookings.policy(),
                            rebookings.new_link(LinkPurpose::Rebook)?,
                            seen.now,
                        )
                    }
                    Some(_) | None => Ok(Decision::unchanged(())),
                }
            })
            .await
    }
}
