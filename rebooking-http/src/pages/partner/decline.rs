//! The form of a decline: a reason, and dates to propose instead.

use minijinja::context;
use minijinja::value::Value;
use rebooking_core::service::{ConfirmationOptions, Decline, IfDeclined};
use rebooking_core::value::course_date::CourseDate;
use rebooking_core::value::customer::Language;
use rebooking_core::value::ids::CourseDateId;

use crate::error::RequestError;
use crate::extract::Fields;
use crate::messages::{calendar, text};
use crate::pages::form::Entered;
use crate::pages::list::tick;

/// What `partner/decline.html` shows.
pub(super) fn view(
    language: Language,
    options: Option<&ConfirmationOptions>,
    entered: Entered<'_>,
) -> Value {
    let proposals = options.map(|options| options.proposals.as_slice()).unwrap_or_default();
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
        // What it means for the customer.
        costs => options.and_then(|options| costs(language, options.if_declined)),
        dates => proposals.iter().map(date).collect::<Vec<_>>(),
    }
}

fn costs(language: Language, if_declined: IfDeclined) -> Option<String> {
    let (follows, link, limit) = match if_declined {
        IfDeclined::Link { link, limit } => ("link", link, limit),
        IfDeclined::Backup => ("backup", 0, 0),
        IfDeclined::NoLink => ("no_link", 0, 0),
        _ => return None,
    };
    let (link, limit) = (link.to_string(), limit.to_string());
    Some(text!(language, "portal-decline-costs", follows, link, limit))
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
