//! The chosen date as a file for the customer's calendar (RFC 5545). What it says is the core's to
//! decide: it is the entry that the mails are about, so a calendar that gets both knows them for
//! one.

use axum::response::{IntoResponse as _, Response};
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use rebooking_core::presentation::Presentation;
use rebooking_core::presentation::calendar_entry::CalendarEntry;
use rebooking_core::presentation::ics::CalendarFile;
use rebooking_core::token::RebookingToken;
use rebooking_core::value::customer::Language;

use crate::settings::HttpSettings;

/// What a calendar is told of a link whose date stands; `None` for any other.
pub(crate) fn entry(
    presentation: &Presentation,
    language: Language,
    token: &RebookingToken,
) -> Option<CalendarEntry> {
    // The moment of the state that it tells of, which is stored: the same file however often it is
    // fetched.
    let since = token.rebooking()?.since;
    CalendarEntry::on_page(token, since, language, presentation)
}

/// The file for a link whose date stands; `None` for any other.
pub(crate) fn file(
    settings: &HttpSettings,
    language: Language,
    token: &RebookingToken,
) -> Option<Response> {
    let entry = entry(&settings.presentation, language, token)?;
    let file = CalendarFile::new("rebooking-http", &entry);
    let headers = [
        (CONTENT_TYPE, file.content_type()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", CalendarFile::name(language))),
    ];
    Some((headers, file.text).into_response())
}
