//! *Refresh*: dates that are kept elsewhere are copied into the store, whose places are the ones
//! that are guarded.

use crate::error::RebookError;
use crate::ports::partners::UnknownPartner;
use crate::ports::{CourseSchedule, Import, LeftOut, Partners, TraceParent};
use crate::service::Rebookings;
use crate::value::ids::CourseId;

/// What became of the dates of a course.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Refreshed {
    /// How many dates were copied.
    pub dates: usize,
    /// How many were on offer before and are not any more.
    pub dropped: u32,
    /// What was left out: what the outer schedule could not read as a date, and dates that nobody
    /// is named for.
    pub left_out: Vec<LeftOut>,
}

impl Rebookings {
    /// Copies the dates of a course from the outer schedule, if there is one. Who gives a date that
    /// does not say it is looked up among the [`Partners`] of the ports, if there are any; a date
    /// whose partner nobody knows is left out. May be repeated, and run by several at once: in one
    /// process they take turns.
    ///
    /// # Errors
    /// [`RebookError::TryLater`] while schedule, partners or store are out of reach; the dates that
    /// are known stay on offer.
    pub async fn refresh(&self, course: CourseId) -> Result<Refreshed, RebookError> {
        let Some(outer) = &self.0.ports.schedule else { return Ok(Refreshed::default()) };
        let _turn = self.0.imports.wait(course).await;
        // The store's moment before the schedule is asked: what is committed later counts on top.
        let began = self.store().dates(course).await?.now;
        // Nobody waits for an import, but where a host has said for whom it is.
        let trace = TraceParent::current();
        let trace =
            trace.unwrap_or_else(|| TraceParent::of_work(&format!("import {course}"), began));
        let mut read = trace.scope(outer.schedule.dates(course)).await?.value;
        if let Some(partners) = &self.0.ports.partners {
            read = with_partners(partners.as_ref(), read).await?;
        }
        let CourseSchedule { dates, left_out } = read;
        let copied = dates.len();
        let dropped = outer.imports.import(&Import { course, began, dates }).await?;
        Ok(Refreshed { dates: copied, dropped, left_out })
    }
}

/// The dates whose partner is known; those whose partner is not are left out.
async fn with_partners(
    partners: &dyn Partners,
    read: CourseSchedule,
) -> Result<CourseSchedule, RebookError> {
    let mut known = CourseSchedule { dates: Vec::new(), left_out: read.left_out };
    for mut scheduled in read.dates {
        let date = &mut scheduled.date;
        if date.partner.is_none() {
            let entry = partners.giving(&date.course, date.id()).await?;
            date.partner = entry.map(|entry| entry.partner);
        }
        if date.partner.is_some() {
            known.dates.push(scheduled);
        } else {
            let why = UnknownPartner::new(&date.course, date.id());
            tracing::warn!(%why, "a date is left out");
            let what = date.course.sku.clone();
            known.left_out.push(LeftOut { what, why: why.to_string() });
        }
    }
    Ok(known)
}
