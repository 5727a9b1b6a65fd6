//! What every answer carries, so that no cache keeps it, no page takes it in, and no search engine
//! lists it.

use std::sync::LazyLock;

use axum::response::Response;
use http::HeaderMap;
use http::header::{
    CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName,
    HeaderValue, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use rebooking_core::value::customer::Language;

use crate::edge::origin::WebOrigin;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// For whatever is no page: nothing is loaded, sent or framed.
const NOTHING: &str =
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// They are put together once: an answer takes a copy, which shares every value.
static ALWAYS: LazyLock<HeaderMap> = LazyLock::new(|| {
    let always = [
        // A page that may be kept, like a file whose name changes with its content, says so itself.
        (CACHE_CONTROL, "no-store"),
        (CONTENT_SECURITY_POLICY, NOTHING),
        (REFERRER_POLICY, "no-referrer"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (HeaderName::from_static("x-robots-tag"), "noindex, nofollow"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        ),
    ];
    let mut headers = HeaderMap::with_capacity(always.len() + 4);
    headers.extend(always.map(|(name, value)| (name, HeaderValue::from_static(value))));
    headers
});

/// Puts them on an answer, but for those that its route has set.
pub(crate) fn put(answer: &mut Response, language: Language, request_id: &str) {
    let own = std::mem::replace(answer.headers_mut(), ALWAYS.clone());
    let says_something = own.contains_key(CONTENT_TYPE);
    let headers = answer.headers_mut();
    headers.extend(own);
    if says_something {
        headers.entry(CONTENT_LANGUAGE).or_insert(HeaderValue::from_static(language.as_str()));
    }
    if let Ok(id) = HeaderValue::try_from(request_id) {
        headers.insert(REQUEST_ID, id);
    }
}

/// What a page may do: show its own styles and pictures, send its own forms, and be framed by those
/// who embed it.
pub(crate) struct Csp;

impl Csp {
    /// The header's value for a page. Nobody frames it unless `embedders` are named.
    pub(crate) fn page(embedders: &[WebOrigin]) -> HeaderValue {
        let framed = if embedders.is_empty() {
            "'none'".to_owned()
        } else {
            embedders.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
        };
        let policy = format!(
            "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; \
             frame-ancestors {framed}"
        );
        // An origin has only characters that a header may have.
        HeaderValue::try_from(policy).unwrap_or(HeaderValue::from_static(NOTHING))
    }
}

#[cfg(test)]
mod tests {
    use http::header::SET_COOKIE;

    use super::*;

    #[test]
    fn a_page_is_framed_by_nobody_or_by_those_who_are_named() {
        let alone = Csp::page(&[]);
        assert!(alone.to_str().unwrap().ends_with("; frame-ancestors 'none'"), "{alone:?}");
        let hosts =
            ["https://shop.example.com", "http://localhost:3000"].map(|host| host.parse().unwrap());
        let embedded = Csp::page(&hosts);
        assert!(
            embedded
                .to_str()
                .unwrap()
                .ends_with("; frame-ancestors https://shop.example.com http://localhost:3000"),
            "{embedded:?}"
        );
    }

    #[test]
    fn a_route_may_say_otherwise_for_its_own_answer() {
        let mut answer = Response::new(axum::body::Body::empty());
        answer
            .headers_mut()
            .insert(CACHE_CONTROL, HeaderValue::from_static("max-age=31536000, immutable"));
        put(&mut answer, Language::German, "1");
        assert_eq!(answer.headers()[CACHE_CONTROL], "max-age=31536000, immutable");
        assert_eq!(answer.headers()[X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert!(!answer.headers().contains_key(CONTENT_LANGUAGE), "it says nothing");
    }

    #[test]
    fn what_a_route_says_twice_stays_said_twice() {
        let mut answer = Response::new(axum::body::Body::empty());
        for cookie in ["one=1", "other=2"] {
            answer.headers_mut().append(SET_COOKIE, HeaderValue::from_static(cookie));
        }
        put(&mut answer, Language::German, "1");
        assert_eq!(answer.headers().get_all(SET_COOKIE).iter().count(), 2);
    }
}
