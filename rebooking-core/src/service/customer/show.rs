//! *Show*: the booking behind a link and the dates that really are possible. Changes nothing,
//! whoever reads (promise I11).

use chrono::{DateTime, Utc};

use crate::eligibility::{Offer, RuleSet};
use crate::error::RebookError;
use crate::link::LinkSecret;
use crate::policy::Policy;
use crate::ports::AsOf;
use crate::ports::store::{TokenKey, TokenWithDates, Visits};
use crate::service::Rebookings;
use crate::token::RebookingToken;

/// What the holder of a usable link may see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkView {
    /// The link and the booking behind it.
    pub token: RebookingToken,
    /// The dates to choose from: the partner's proposals first, then by time.
    pub offers: Vec<Offer>,
    /// Who has looked before.
    pub visits: Visits,
    /// As of when.
    pub now: DateTime<Utc>,
}

/// Decides what a link shows.
///
/// # Errors
/// [`RebookError::Gone`] when it can no longer be used.
pub fn decide(seen: AsOf<TokenWithDates>, policy: &Policy) -> Result<LinkView, RebookError> {
    let AsOf { now, value: TokenWithDates { token, dates, visits } } = seen;
    if let Err(why) = token.usable(now) {
        return Err(RebookError::Gone { why, token: Box::new(token) });
    }
    let offers = token.eligibility(policy, RuleSet::Strict, now).offers(&dates);
    Ok(LinkView { token, offers, visits, now })
}

impl Rebookings {
    /// Shows the booking behind a link with the dates on offer. May be repeated; changes nothing.
    ///
    /// # Errors
    /// [`RebookError::UnknownLink`], [`RebookError::Gone`], and [`RebookError::TryLater`] while the
    /// store is out of reach.
    pub async fn show(&self, link: &LinkSecret) -> Result<LinkView, RebookError> {
        let seen = self.open(TokenKey::Link(link.digest())).await?;
        decide(seen.ok_or(RebookError::UnknownLink)?, self.policy())
    }
}
