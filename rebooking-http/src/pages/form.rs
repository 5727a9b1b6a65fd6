//! A form that was sent: carried out, or its page once more with what is to be mended.

use http::StatusCode;
use rebooking_core::RebookError;
use rebooking_core::error::Resource;

use super::notice::Notice;
use crate::error::{ApiError, ErrorAudience, ErrorResponse, RequestError};
use crate::extract::Fields;

/// What a form that cannot be carried out comes back with: its page once more, with what is to be
/// mended. Everything else ends it.
pub(super) fn mended(refused: ApiError, to: &ErrorAudience<'_>) -> Result<ErrorResponse, ApiError> {
    match &refused {
        ApiError::Core(
            RebookError::Invalid { .. }
            | RebookError::Conflict(_)
            | RebookError::OpenCases(_)
            // On a form that is a wrong number, not a page that is missing.
            | RebookError::NotFound(Resource::Booking | Resource::Order | Resource::Person)
            | RebookError::ChooseItem { .. }
            | RebookError::ChooseAgain { .. }
            | RebookError::WrongEmail { .. }
            | RebookError::TooManyAttempts { .. },
        )
        | ApiError::Http(RequestError::Field { .. }) => Ok(refused.response(to)),
        ApiError::Core(_) | ApiError::Http(_) | ApiError::Edge(_) => Err(refused),
    }
}

/// What somebody has entered into a form that is shown again, and why it was refused. Nothing, on a
/// page that is merely opened.
#[derive(Clone, Copy, Default)]
pub(super) struct Entered<'a> {
    form: Option<&'a Fields>,
    refused: Option<&'a ErrorResponse>,
}

impl<'a> Entered<'a> {
    pub(super) const fn refused(form: &'a Fields, why: &'a ErrorResponse) -> Self {
        Self { form: Some(form), refused: Some(why) }
    }

    /// What a form begins with.
    pub(super) const fn prefilled(form: &'a Fields) -> Self {
        Self { form: Some(form), refused: None }
    }

    /// The part of one form of several on a page: the one that was sent has this value in a field.
    pub(super) fn of_form(self, field: &str, value: &str) -> Self {
        if self.field(field) == Some(value) { self } else { Self::default() }
    }

    pub(super) fn field(self, name: &str) -> Option<&'a str> {
        self.form.and_then(|form| form.text(name))
    }

    /// What was typed, as much of it as is shown again.
    pub(super) fn typed(self, name: &str) -> String {
        self.field(name).unwrap_or_default().chars().take(2000).collect()
    }

    /// The same of the customer's address.
    pub(super) fn typed_address(self) -> String {
        self.field("customerEmail").unwrap_or_default().chars().take(254).collect()
    }

    /// Whether this one of several boxes was ticked.
    pub(super) fn is_ticked(self, name: &str, value: &str) -> bool {
        self.form.is_some_and(|form| form.all(name).any(|ticked| ticked == value))
    }

    /// Every box that was ticked, of these names.
    pub(super) fn ticked(self, names: &[&str]) -> Vec<String> {
        let fields = names.iter().filter_map(|name| Some(self.form?.all(name)));
        fields.flatten().map(str::to_owned).collect()
    }

    pub(super) const fn why(self) -> Option<&'a ErrorResponse> {
        self.refused
    }

    /// The field that is wrong, or an empty text.
    pub(super) fn wrong_field(self) -> &'a str {
        self.refused.and_then(ErrorResponse::wrong_field).unwrap_or_default()
    }

    /// The status of the page.
    pub(super) fn status(self) -> StatusCode {
        self.refused.map_or(StatusCode::OK, |refused| refused.status)
    }

    /// What was wrong, with the field that it is about. `place` tells apart several forms of one
    /// page.
    pub(super) fn notice(self, place: &str) -> Option<Notice> {
        const FIELDS: [&str; 8] = [
            "reason",
            "note",
            "proposedDateIds",
            "days",
            "dateId",
            "orderItemId",
            "orderNumber",
            "email",
        ];
        let id = |field: &str| FIELDS.contains(&field).then(|| format!("{field}{place}"));
        self.refused.map(|refused| Notice::mistake(refused, id))
    }
}
