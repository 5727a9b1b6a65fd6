//! *Refresh*: dates that are kept elsewhere are copied into the store, whose places are the ones
//! that are guarded.

use crate::error::RebookError;
use crate::ports::Partners;
use crate::ports::partners::UnknownPartner;
use crate::service::Rebookings;
use crate::value::course_date::CourseDate;
use crate::value::ids::CourseId;

impl Rebookings {
    /// Copies the dates of a course from the outer schedule, if there is one. Who gives a date that
    /// does not say it is looked up among the [`Partners`] of the ports, if there are any. May be
    /// repeated, and run by several at once. Returns how many dates there are.
    ///
    /// # Errors
    /// [`RebookError::TryLater`] while schedule, partners or store are out of reach; the dates that
    /// are known stay on offer. [`RebookError::Broken`] names a date whose partner nobody knows: it
    /// is left out, and all others are copied.
    pub async fn refresh(&self, course: CourseId) -> Result<usize, RebookError> {
        let Some(schedule) = &self.0.ports.schedule else { return Ok(0) };
        let dates = schedule.dates(course).await?.value;
        let (dates, unknown) = match &self.0.ports.partners {
            Some(partners) => with_partners(partners.as_ref(), dates).await?,
            None => (dates, None),
        };
        self.store().upsert_dates(&dates).await?;
        match unknown {
            Some(unknown) => Err(RebookError::Broken(unknown.into())),
            None => Ok(dates.len()),
        }
    }
}

/// The dates whose partner is known, and the first of those whose partner is not.
async fn with_partners(
    partners: &dyn Partners,
    dates: Vec<CourseDate>,
) -> Result<(Vec<CourseDate>, Option<UnknownPartner>), RebookError> {
    let (mut known, mut unknown) = (Vec::with_capacity(dates.len()), None);
    for mut date in dates {
        if date.partner.is_none() {
            let entry = partners.giving(&date.course, date.id()).await?;
            date.partner = entry.map(|entry| entry.partner);
        }
        match date.partner {
            Some(_) => known.push(date),
            None => {
                unknown.get_or_insert_with(|| UnknownPartner::of(&date.course, date.id()));
            }
        }
    }
    Ok((known, unknown))
}
