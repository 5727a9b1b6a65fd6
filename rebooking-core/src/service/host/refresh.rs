//! *Refresh*: dates that are kept elsewhere are copied into the store, whose places are the ones
//! that are guarded.

use crate::error::RebookError;
use crate::service::Rebookings;
use crate::value::ids::CourseId;

impl Rebookings {
    /// Copies the dates of a course from the outer schedule, if there is one. May be repeated, and
    /// run by several at once. Returns how many dates there are.
    ///
    /// # Errors
    /// [`RebookError::TryLater`] while schedule or store are out of reach; the dates that are known
    /// stay on offer.
    pub async fn refresh(&self, course: CourseId) -> Result<usize, RebookError> {
        let Some(schedule) = &self.0.ports.schedule else { return Ok(0) };
        let dates = schedule.dates(course).await?.value;
        self.store().upsert_dates(&dates).await?;
        Ok(dates.len())
    }
}
