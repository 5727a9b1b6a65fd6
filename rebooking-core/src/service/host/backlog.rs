//! *Backlog*: how much waits in each lane, and since when, and what cannot be read at all; for
//! metrics and alarms.

use crate::error::RebookError;
use crate::ports::reports::Backlog;
use crate::ports::{AsOf, FoundRow};
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

    /// Rows of the store that make no sense, for alarms: see
    /// [`Reports::malformed_rows`](crate::ports::Reports::malformed_rows). None where the host has
    /// left the reports out. May be repeated.
    ///
    /// # Errors
    /// [`RebookError::TryLater`] while the store is out of reach.
    pub async fn malformed_rows(&self) -> Result<Vec<FoundRow>, RebookError> {
        match &self.ports().reports {
            Some(reports) => Ok(reports.malformed_rows().await?),
            None => Ok(Vec::new()),
        }
    }
}
