//! The form of a decline: a reason, and dates to propose instead.

use minijinja::context;
use minijinja::value::Value;
use rebooking_core::service::Decline;
use rebooking_core::value::course_date::CourseDate;
use rebooking_core::value::customer::Language;
use rebooking_core::value::ids::CourseDateId;

use crate::error::RequestError;
use crate::extract::Fields;
use crate::messages::{calendar, text};
use crate::pages::form::Entered;
use crate::pages::list::tick;

/// What `partner/decline.html` shows.
pub(super) fn view(language: Language, proposals: &[CourseDate], entered: Entered<'_>) -> Value {
    let date = |date: &CourseDate| {
        let id = date.id().to_string();
        let name = format!(
            "{} · {}",
            calendar::start(language, &date.slot),
            text!(language, "portal-free-places", free = date.free())
        );
        tick(&id, name, entered.is_ticked("proposedDateIds", &id))
    };
    context! {
        reason => entered.typed("reason"),
        wrong => entered.wrong_field(),
        dates => proposals.iter().map(date).collect::<Vec<_>>(),
    }
}

pub(super) fn read(form: &Fields) -> Result<Decline, RequestError> {
    let id = |given: &str| {
        given.parse().map(CourseDateId::new).map_err(|_| RequestError::field("proposedDateIds"))
    };
    Ok(Decline {
        reason: form.free_text("reason")?,
        proposed: form.all("proposedDateIds").map(id).collect::<Result<_, _>>()?,
    })
}
