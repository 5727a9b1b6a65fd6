//! *Preview*: what the customer of a case is shown now, for support to talk about it. Changes
//! nothing, counts as no visit, and needs no link.

use crate::error::{RebookError, Resource};
use crate::ports::AsOf;
use crate::ports::store::TokenKey;
use crate::service::customer::show;
use crate::service::{AsSupport, BackupOffers, ExchangeOffers, LinkView};
use crate::value::ids::CaseId;

/// What the page behind the newest link of a case shows.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CustomerPreview {
    /// As the customer's page shows it.
    pub view: LinkView,
    /// The backups that its customer may name, where they may.
    pub backups: Option<BackupOffers>,
    /// The dates that its backup may be exchanged for, where it may.
    pub exchange: Option<ExchangeOffers>,
}

impl AsSupport<'_> {
    /// What the customer of a case is shown now by the newest link. May be repeated; changes
    /// nothing, and is no visit of the customer's.
    ///
    /// # Errors
    /// [`RebookError::NotFound`], and [`RebookError::TryLater`] while the store is out of reach.
    pub async fn preview(self, case: CaseId) -> Result<AsOf<CustomerPreview>, RebookError> {
        let (rebookings, policy) = (self.rebookings, self.rebookings.policy());
        let seen = rebookings.open(TokenKey::Newest(case)).await?;
        let seen = seen.ok_or(RebookError::NotFound(Resource::Case))?;
        let now = seen.now;
        let backups = BackupOffers::new(seen.clone(), policy);
        let exchange = ExchangeOffers::new(seen.clone(), policy);
        let view = show::decide(seen, policy);
        Ok(AsOf { now, value: CustomerPreview { view, backups, exchange } })
    }
}
