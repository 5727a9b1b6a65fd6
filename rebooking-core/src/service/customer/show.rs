//! *Show*: the booking behind a link and the dates that really are possible. Changes nothing,
//! whoever reads (promise I11).

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use crate::eligibility::{Offer, RuleSet};
use crate::error::RebookError;
use crate::link::LinkDigest;
use crate::policy::Policy;
use crate::ports::store::{TokenKey, TokenWithDates, Visits};
use crate::ports::{AsOf, PortError};
use crate::service::customer::recent_dates::Dates;
use crate::service::{AsCustomer, Chosen, Rebookings};
use crate::token::{CancelReason, LinkUnusable, RebookingToken, TokenState};
use crate::value::ids::CourseId;

/// What a link is, for whoever holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::large_enum_variant, reason = "the usual one is the large one")]
// Exhaustive: whoever reads it handles each.
pub enum LinkView {
    /// It can be used: these are the dates.
    Offers(LinkOffers),
    /// It was used: this was booked, however that stands by now; where the customer has exchanged a
    /// backup, what was taken instead.
    Used(Box<Chosen>),
    /// Its time is over.
    Expired {
        /// The link and the booking behind it.
        token: Box<RebookingToken>,
        /// Whether a new link is mailed to who asks for one.
        renewable: bool,
    },
    /// It was cancelled.
    Cancelled {
        /// The link and the booking behind it.
        token: Box<RebookingToken>,
        /// Why.
        why: CancelReason,
    },
}

/// What the holder of a usable link may see.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LinkOffers {
    /// The link and the booking behind it.
    pub token: RebookingToken,
    /// The dates to choose from: the partner's proposals first, then by time.
    pub offers: Vec<Offer>,
    /// Who has looked before.
    pub visits: Visits,
    /// As of when.
    pub now: DateTime<Utc>,
}

impl LinkView {
    /// The link and the booking behind it, whatever it is.
    #[must_use]
    pub fn token(&self) -> &RebookingToken {
        match self {
            Self::Offers(offers) => &offers.token,
            Self::Used(chosen) => &chosen.token,
            Self::Expired { token, .. } | Self::Cancelled { token, .. } => token,
        }
    }

    /// The dates to choose from, for who can do nothing without them.
    ///
    /// # Errors
    /// [`RebookError::Gone`] for a link that can no longer be used, as a choice meets it.
    pub fn into_offers(self) -> Result<LinkOffers, RebookError> {
        match self {
            Self::Offers(offers) => Ok(offers),
            Self::Used(chosen) => Err(gone(chosen.token)),
            Self::Expired { token, .. } | Self::Cancelled { token, .. } => Err(gone(*token)),
        }
    }
}

/// Why a link that is not usable is not.
fn gone(token: RebookingToken) -> RebookError {
    let since = token.expires_at();
    let why = token.usable(since).err().unwrap_or(LinkUnusable::Expired { since });
    RebookError::Gone { why, token: Box::new(token) }
}

/// Decides what a link shows.
#[must_use]
pub fn decide(seen: AsOf<TokenWithDates>, policy: &Policy) -> LinkView {
    let AsOf { now, value: TokenWithDates { token, dates, visits } } = seen;
    match token.state() {
        TokenState::Active if now < token.expires_at() => {
            let offers = token.eligibility(policy, RuleSet::Strict, now).offers(&dates);
            LinkView::Offers(LinkOffers { token, offers, visits, now })
        }
        TokenState::Active => LinkView::Expired {
            renewable: token.is_replaced_on_request(policy.renewal_limit),
            token: Box::new(token),
        },
        TokenState::Used(rebooking) => {
            LinkView::Used(Box::new(Chosen::new(token.clone(), rebooking)))
        }
        TokenState::Cancelled { why, .. } => {
            LinkView::Cancelled { why: *why, token: Box::new(token) }
        }
    }
}

impl AsCustomer<'_> {
    /// Shows what the link is: the booking with the dates on offer, what was booked, or why it is
    /// over. May be repeated; changes nothing.
    ///
    /// # Errors
    /// [`RebookError::UnknownLink`], and [`RebookError::TryLater`] while the store is out of reach.
    pub async fn show(self) -> Result<LinkView, RebookError> {
        let Self { rebookings, link } = self;
        let policy = rebookings.policy();
        let seen = if policy.dates_max_age > TimeDelta::zero() {
            rebookings.open_with_recent_dates(&link.digest()).await?
        } else {
            rebookings.open(TokenKey::Link(link.digest())).await?
        };
        let mut seen = seen.ok_or(RebookError::UnknownLink)?;
        if let Some(later) = rebookings.exchanged_for(&seen.value.token).await? {
            seen.value.token = later;
        }
        Ok(decide(seen, policy))
    }
}

impl Rebookings {
    /// A link with dates that may be a moment old.
    async fn open_with_recent_dates(
        &self,
        link: &LinkDigest,
    ) -> Result<Option<AsOf<TokenWithDates>>, PortError> {
        let Some(mut seen) = self.store().open_alone(link).await? else { return Ok(None) };
        let TokenWithDates { token, dates, .. } = &mut seen.value;
        self.wants_dates(token.booking());
        dates.clear();
        if token.usable(seen.now).is_ok() {
            for course in self.courses_for(token.booking()) {
                let recent = self.recent_dates(course, seen.now).await?;
                dates.extend(recent.value.iter().cloned());
            }
        }
        Ok(Some(seen))
    }

    /// The dates of a course, at most as old as the policy allows.
    async fn recent_dates(&self, course: CourseId, now: DateTime<Utc>) -> Result<Dates, PortError> {
        if let Some(dates) = self.0.recent.get(course, now, self.policy().dates_max_age) {
            return Ok(dates);
        }
        let dates = Arc::new(self.store().dates(course).await?);
        self.0.recent.put(course, &dates);
        Ok(dates)
    }
}
