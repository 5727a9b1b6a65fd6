//! *Backlog*: how much waits in each lane, and since when, for metrics and alarms.

use crate::error::RebookError;
use crate::ports::AsOf;
use crate::ports::reports::Backlog;
use crate::service::Rebookings;

impl Rebookings {
    /// What waits in each lane, with the store's moment to tell its age by. Reading changes
    /// nothing, so it may be repeated; a look every quarter of a minute costs a store little.
    ///
    /// # Errors
    /// [`RebookError::TryLater`] while the store is out of reach, and
    /// [`RebookError::NoReports`] where the host has left the reports out.
    pub async fn backlog(&self) -> Result<AsOf<Vec<Backlog>>, RebookError> {
        Ok(self.reports()?.backlog().await?)
    }
}
