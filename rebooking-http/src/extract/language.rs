//! Which language a caller reads: German, unless English is asked for.

use http::HeaderMap;
use http::header::ACCEPT_LANGUAGE;
use rebooking_core::value::customer::Language;

use super::handler::{Buffered, Extract};
use crate::error::ApiError;

/// The language that `Accept-Language` asks for: English where it is wanted more than German, else
/// German.
pub(crate) fn asked_for(headers: &HeaderMap) -> Language {
    let mut wanted = (0.0_f32, 0.0_f32);
    let values =
        headers.get_all(ACCEPT_LANGUAGE).into_iter().filter_map(|value| value.to_str().ok());
    for (tag, weight) in values.flat_map(|value| value.split(',')).filter_map(weighed) {
        match Language::from_code(&tag) {
            Some(Language::German) => wanted.0 = wanted.0.max(weight),
            Some(Language::English) => wanted.1 = wanted.1.max(weight),
            None => {}
        }
    }
    if wanted.1 > wanted.0 { Language::English } else { Language::German }
}

/// One part of the header, like `en-GB;q=0.8`. One that cannot be read counts for nothing.
fn weighed(part: &str) -> Option<(String, f32)> {
    let (tag, parameter) = part.split_once(';').unwrap_or((part, "q=1"));
    let weight: f32 = parameter.trim().strip_prefix("q=")?.parse().ok()?;
    (0.0..=1.0).contains(&weight).then(|| (tag.trim().to_ascii_lowercase(), weight))
}

/// The caller's language, for answers that say something.
pub(crate) struct PreferredLanguage(pub(crate) Language);

impl<S: Sync> Extract<S> for PreferredLanguage {
    async fn extract(request: &mut Buffered, _state: &S) -> Result<Self, ApiError> {
        Ok(Self(asked_for(&request.parts.headers)))
    }
}
