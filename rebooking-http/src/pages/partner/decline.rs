//! The form of a decline: a reason, and dates to propose instead.

use rebooking_core::service::Decline;
use rebooking_core::value::course_date::CourseDate;
use rebooking_core::value::customer::Language;
use rebooking_core::value::ids::CourseDateId;
use serde::Serialize;

use crate::error::RequestError;
use crate::extract::{self, Fields};
use crate::messages::{calendar, text};
use crate::pages::form::typed_text;
use crate::pages::list::Tick;

/// What `partner/decline.html` shows.
#[derive(Serialize)]
pub(super) struct DeclineForm {
    reason: String,
    /// The field that is wrong.
    wrong: String,
    dates: Vec<Tick>,
}

impl DeclineForm {
    /// With what was typed before, if anything.
    pub(super) fn new(
        language: Language,
        proposals: &[CourseDate],
        typed: Option<&Fields>,
        wrong: Option<&str>,
    ) -> Self {
        let ticked = |date: &CourseDate| {
            let id = date.id().to_string();
            typed.is_some_and(|form| form.all("proposedDateIds").any(|given| given == id))
        };
        let tick = |date: &CourseDate| Tick {
            value: date.id().to_string(),
            name: format!(
                "{} · {}",
                calendar::start(language, &date.slot),
                text!(language, "portal-free-places", free = date.free())
            ),
            ticked: ticked(date),
        };
        Self {
            reason: typed.map(|form| typed_text(form, "reason")).unwrap_or_default(),
            wrong: wrong.unwrap_or_default().to_owned(),
            dates: proposals.iter().map(tick).collect(),
        }
    }
}

pub(super) fn read(form: &Fields) -> Result<Decline, RequestError> {
    let id = |given: &str| {
        given.parse().map(CourseDateId::new).map_err(|_| RequestError::field("proposedDateIds"))
    };
    Ok(Decline {
        reason: extract::text("reason", form.text("reason").unwrap_or_default())?,
        proposed: form.all("proposedDateIds").map(id).collect::<Result<_, _>>()?,
    })
}
