//! Calendars (RFC 5545); what they say is the core's to decide. The chosen date as a file for the
//! customer's: it is the entry that the mails are about, so a calendar that gets both knows them
//! for one. And what a partner's calendar program subscribes to.

use axum::response::{IntoResponse as _, Response};
use http::StatusCode;
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, ETAG};
use rebooking_core::confirmation::Confirmation;
use rebooking_core::presentation::Presentation;
use rebooking_core::presentation::calendar_entry::CalendarEntry;
use rebooking_core::presentation::ics::CalendarFile;
use rebooking_core::token::RebookingToken;
use rebooking_core::value::customer::Language;
use sha2::{Digest as _, Sha256};

use crate::extract::IfNoneMatch;
use crate::messages::text;
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

/// What a partner's calendar program reads. Programs ask often and mostly find what they know: then
/// they are told no more than that. It may be kept by the program alone, which asks each time.
pub(crate) fn feed(
    presentation: &Presentation,
    language: Language,
    bookings: &[Confirmation],
    known: &IfNoneMatch,
) -> Response {
    let language = bookings.first().map_or(language, |first| first.booking.partner.language);
    let name = text!(language, "calendar-of-partner", brand = presentation.brand.name.as_str());
    let entry = |request| CalendarEntry::for_partner(request, presentation);
    let entries: Vec<_> = bookings.iter().map(entry).collect();
    let file = CalendarFile::feed("rebooking-http", &name, &entries);
    let digest = Sha256::digest(&file.text);
    let hex: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    let tag = format!("\"{hex}\"");
    let is_known = known.has(&tag);
    let kept = [(CACHE_CONTROL, "private, no-cache".to_owned()), (ETAG, tag)];
    if is_known {
        return (StatusCode::NOT_MODIFIED, kept).into_response();
    }
    (kept, [(CONTENT_TYPE, file.content_type())], file.text).into_response()
}
