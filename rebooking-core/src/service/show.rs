//! *Show*: the booking behind a link and the dates that really are possible. Changes nothing, whoever reads (promise I11).

use chrono::{DateTime, Utc};

use super::Rebookings;
use crate::eligibility::{Leniency, Offer};
use crate::error::RebookError;
use crate::link::LinkSecret;
use crate::policy::Policy;
use crate::ports::AsOf;
use crate::ports::store::{Opened, Visits};
use crate::token::RebookingToken;

/// What the holder of a usable link may see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
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
pub fn decide(seen: AsOf<Opened>, policy: &Policy) -> Result<Shown, RebookError> {
    let AsOf { now, value: Opened { token, dates, visits } } = seen;
    if let Err(why) = token.usable(now) {
        return Err(RebookError::Gone { why, token: Box::new(token) });
    }
    let offers = token.eligibility(policy, Leniency::Strict, now).offers(&dates);
    Ok(Shown { token, offers, visits, now })
}

impl Rebookings {
    /// Shows the booking behind a link with the dates on offer. May be repeated; changes nothing.
    ///
    /// # Errors
    /// [`RebookError::UnknownLink`], [`RebookError::Gone`], and [`RebookError::TryLater`] while the store is out of reach.
    pub async fn show(&self, link: &LinkSecret) -> Result<Shown, RebookError> {
        let seen = self.store().open(&link.digest(), &self.policy().alternatives).await?;
        decide(seen.ok_or(RebookError::UnknownLink)?, self.policy())
    }
}
