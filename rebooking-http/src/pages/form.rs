//! A form that was sent: carried out, or its page once more with what is to be mended.

use axum::response::Response;
use http::StatusCode;
use rebooking_core::RebookError;
use rebooking_core::error::Resource;

use super::locale::PageLocale;
use super::notice::Notice;
use super::renderer::see_other;
use crate::error::{ApiError, ErrorAudience, ErrorResponse, RequestError};
use crate::extract::Fields;

/// What a form that cannot be carried out comes back with: its page once more, with what is to be
/// mended. Everything else ends it.
pub(super) fn mended(refused: ApiError, to: &ErrorAudience<'_>) -> Result<ErrorResponse, ApiError> {
    let told = match &refused {
        ApiError::Core(
            RebookError::Invalid { .. }
            | RebookError::Conflict(_)
            // On a form that is a wrong number, not a page that is missing.
            | RebookError::NotFound(Resource::Booking)
            | RebookError::ChooseAgain { .. }
            | RebookError::WrongEmail { .. }
            | RebookError::TooManyAttempts { .. },
        )
        | ApiError::Http(RequestError::Field { .. }) => refused.response(to),
        ApiError::Core(_) | ApiError::Http(_) | ApiError::Edge(_) => return Err(refused),
    };
    Ok(told)
}

/// What was wrong, with the field that it is about. `place` tells apart several forms of one page.
pub(super) fn mistaken(told: &ErrorResponse, place: &str) -> Notice {
    const FIELDS: [&str; 5] = ["reason", "proposedDateIds", "days", "dateId", "orderItemId"];
    Notice::mistake(told, |field| FIELDS.contains(&field).then(|| format!("{field}{place}")))
}

/// What somebody typed, as much of it as is shown again.
pub(super) fn typed_text(form: &Fields, name: &str) -> String {
    form.text(name).unwrap_or_default().chars().take(2000).collect()
}

/// Shows a page once more, with its status.
pub(super) fn status(told: Option<&ErrorResponse>) -> StatusCode {
    told.map_or(StatusCode::OK, |told| told.status)
}

/// Sends a browser back to the page that a form was on.
pub(super) fn done(locale: &PageLocale, said: &str) -> Response {
    see_other(&locale.with("said", said))
}

/// The address that somebody typed, as much of it as is shown again.
pub(super) fn typed_address(form: &Fields) -> String {
    form.text("customerEmail").unwrap_or_default().chars().take(254).collect()
}
