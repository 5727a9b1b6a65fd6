//! Which language a page speaks: the one that its reader switched to, else the booking's, else the
//! browser's.

use http::HeaderMap;
use rebooking_core::presentation::locales::Locales;
use rebooking_core::value::customer::Language;

use crate::error::ApiError;
use crate::extract::handler::{Buffered, Extract};
use crate::extract::language;

/// The languages that a request names, and the rest of its query for the switch.
#[derive(Clone, Debug)]
pub(crate) struct PageLocale {
    switched: Option<Language>,
    otherwise: Language,
    /// The query without the switch, encoded as it came.
    query: String,
}

impl PageLocale {
    pub(crate) fn new(query: Option<&str>, headers: &HeaderMap) -> Self {
        let locales = Locales::of_process();
        let pairs = || query.unwrap_or_default().split('&').filter(|pair| !pair.is_empty());
        let switched = pairs()
            .find_map(|pair| pair.strip_prefix("lang="))
            .and_then(|tag| locales.of_code(tag));
        let rest: Vec<&str> = pairs().filter(|pair| !pair.starts_with("lang=")).collect();
        Self { switched, otherwise: language::asked_for(headers), query: rest.join("&") }
    }

    /// One that there are texts in, asked for by nobody.
    pub(crate) fn only(language: Language) -> Self {
        Self { switched: None, otherwise: language, query: String::new() }
    }

    /// The language of the booking counts for more than the browser's, where there are texts in it.
    pub(crate) fn of_booking(self, language: Language) -> Self {
        let otherwise = Locales::of_process().nearest(language).unwrap_or(self.otherwise);
        Self { otherwise, ..self }
    }

    pub(crate) fn language(&self) -> Language {
        self.switched.unwrap_or(self.otherwise)
    }

    /// What the reader has switched to.
    pub(super) const fn switched(&self) -> Option<Language> {
        self.switched
    }

    /// The query of another page: it keeps what the reader has switched to and nothing else.
    pub(super) fn elsewhere(&self) -> String {
        self.switched.map(|language| format!("?lang={}", language.as_str())).unwrap_or_default()
    }

    /// The query of this page with one parameter set, without what the last form led to. `value`
    /// needs no encoding.
    pub(super) fn with(&self, name: &str, value: &str) -> String {
        self.without(name).query_with(&[&format!("{name}={value}")])
    }

    /// This page asked for anew, without what the last form led to.
    pub(super) fn anew(&self) -> String {
        self.query_with(&[])
    }

    fn query_with(&self, more: &[&str]) -> String {
        let language = self.switched.map(|language| format!("lang={}", language.as_str()));
        let kept = self.without("said");
        let parts = [language.as_deref().unwrap_or_default(), &kept.query];
        let parts = parts.iter().chain(more).filter(|part| !part.is_empty());
        format!("?{}", parts.copied().collect::<Vec<_>>().join("&"))
    }

    /// The same page without one of its parameters.
    pub(super) fn without(&self, name: &str) -> Self {
        let kept = self.query.split('&').filter(|pair| pair.split('=').next() != Some(name));
        Self { query: kept.collect::<Vec<_>>().join("&"), ..self.clone() }
    }

    /// What follows the language in the addresses of the switch: the same page in another one.
    pub(super) fn rest(&self) -> String {
        if self.query.is_empty() { String::new() } else { format!("&{}", self.query) }
    }

    /// The query of the page to go on with: it says what happened, and keeps what the reader has
    /// switched to.
    pub(crate) fn onward(&self, flash: &str) -> String {
        match self.switched {
            Some(language) => format!("?lang={}&said={flash}", language.as_str()),
            None => format!("?said={flash}"),
        }
    }
}

impl<S: Sync> Extract<S> for PageLocale {
    async fn extract(request: &mut Buffered, _state: &S) -> Result<Self, ApiError> {
        Ok(Self::new(request.parts.uri.query(), &request.parts.headers))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_switch_counts_for_more_than_the_booking_and_that_for_more_than_the_browser() {
        let english =
            HeaderMap::from_iter([(http::header::ACCEPT_LANGUAGE, "en".parse().unwrap())]);
        assert_eq!(PageLocale::new(None, &english).language(), Language::ENGLISH);
        assert_eq!(
            PageLocale::new(None, &english).of_booking(Language::GERMAN).language(),
            Language::GERMAN
        );
        let switched =
            PageLocale::new(Some("lang=en"), &HeaderMap::new()).of_booking(Language::GERMAN);
        assert_eq!(switched.language(), Language::ENGLISH);
        assert_eq!(PageLocale::new(Some("lang=klingon"), &english).language(), Language::ENGLISH);
        assert_eq!(PageLocale::new(Some("lang=de-CH"), &english).language(), Language::GERMAN);
        let unspoken = Language::parse("ja").unwrap();
        let locale = PageLocale::new(None, &english).of_booking(unspoken);
        assert_eq!(locale.language(), Language::ENGLISH);
    }

    #[test]
    fn the_switch_keeps_the_rest_of_the_query() {
        let locale = PageLocale::new(Some("status=open&lang=en&page=2"), &HeaderMap::new());
        assert_eq!(locale.rest(), "&status=open&page=2");
        assert_eq!(locale.onward("wish"), "?lang=en&said=wish");
        assert_eq!(PageLocale::only(Language::GERMAN).rest(), "");
    }

    #[test]
    fn a_page_of_a_list_keeps_its_filter_and_forgets_what_was_said() {
        let locale =
            PageLocale::new(Some("status=open&said=confirmed&lang=en&page=2"), &HeaderMap::new());
        assert_eq!(locale.with("page", "3"), "?lang=en&status=open&page=3");
        assert_eq!(locale.with("said", "declined"), "?lang=en&status=open&page=2&said=declined");
        assert_eq!(locale.elsewhere(), "?lang=en");
        assert_eq!(PageLocale::only(Language::GERMAN).with("page", "2"), "?page=2");
    }
}
