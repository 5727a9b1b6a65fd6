//! Which language a caller reads: the first one, unless another is asked for.

use http::header::ACCEPT_LANGUAGE;
use http::{HeaderMap, HeaderValue};
use rebooking_core::presentation::locales::Locales;
use rebooking_core::value::customer::Language;

use super::handler::{Buffered, Extract};
use crate::error::ApiError;

/// The language that `Accept-Language` asks for, or the nearest to it: one that is wanted more than
/// those before it in the list of languages, else the first one.
pub(crate) fn asked_for(headers: &HeaderMap) -> Language {
    let locales = Locales::of_process();
    let values =
        headers.get_all(ACCEPT_LANGUAGE).into_iter().filter_map(|value| value.to_str().ok());
    let wanted: Vec<(Language, f32)> = values
        .flat_map(|value| value.split(','))
        .filter_map(weighed)
        .filter_map(|(tag, weight)| Some((locales.of_code(tag)?, weight)))
        .collect();
    let weight = |language: Language| {
        let own = wanted.iter().filter(|(wanted, _)| *wanted == language);
        own.map(|(_, weight)| *weight).fold(0.0, f32::max)
    };
    let mut languages = locales.languages().map(|language| (language, weight(language)));
    let first = languages.next().unwrap_or_default();
    languages.fold(first, |most, next| if next.1 > most.1 { next } else { most }).0
}

/// The `Content-Language` of what is in a language.
pub(crate) fn header(language: Language) -> Option<HeaderValue> {
    HeaderValue::from_str(language.as_str()).ok()
}

/// One part of the header, like `en-GB;q=0.8`. One that cannot be read counts for nothing.
fn weighed(part: &str) -> Option<(&str, f32)> {
    let (tag, parameter) = part.split_once(';').unwrap_or((part, "q=1"));
    let weight: f32 = parameter.trim().strip_prefix("q=")?.parse().ok()?;
    (0.0..=1.0).contains(&weight).then(|| (tag.trim(), weight))
}

/// The caller's language, for answers that say something.
pub(crate) struct PreferredLanguage(pub(crate) Language);

impl<S: Sync> Extract<S> for PreferredLanguage {
    async fn extract(request: &mut Buffered, _state: &S) -> Result<Self, ApiError> {
        Ok(Self(asked_for(&request.parts.headers)))
    }
}
