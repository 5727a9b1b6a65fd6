//! What somebody may do who waits for us and hears nothing.

use std::time::Duration;

use rebooking_core::value::customer::Language;

use crate::messages::text;
use crate::settings::HttpSettings;

const DAY: u64 = 24 * 60 * 60;

/// Within how many days to hear of support, in whole ones: none where a host names none, or more
/// than a number of days can say.
pub(super) fn ask_within(language: Language, settings: &HttpSettings) -> Option<String> {
    let days = settings.ask_after.as_ref().map(Duration::as_secs)?.div_ceil(DAY).max(1);
    let days = u32::try_from(days).ok()?;
    Some(text!(language, "page-ask-within", days))
}
