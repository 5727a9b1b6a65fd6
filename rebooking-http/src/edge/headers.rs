//! What every answer carries, so that no cache keeps it, no page takes it in, and no search engine
//! lists it.

use std::sync::LazyLock;

use http::Response;
use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderMap, HeaderName, HeaderValue, REFERRER_POLICY,
    STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
};

/// For whatever is no page: nothing is loaded, sent or framed.
pub(crate) const NOTHING: &str =
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// Whoever has come over TLS once is to come so again, for a year.
pub(crate) const OVER_TLS: (HeaderName, HeaderValue) =
    (STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));

/// The block of them, made once.
pub(crate) static PROTECTIVE: LazyLock<HeaderMap> = LazyLock::new(|| {
    [
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
    ]
    .map(|(name, value)| (name, HeaderValue::from_static(value)))
    .into_iter()
    .collect()
});

/// Puts them on an answer whose route has not set them itself: a page that may be kept, like a file
/// whose name changes with its content, says so.
pub(crate) fn protect<B>(mut answer: Response<B>) -> Response<B> {
    let headers = answer.headers_mut();
    headers.reserve(PROTECTIVE.len());
    for (name, value) in &*PROTECTIVE {
        headers.entry(name).or_insert_with(|| value.clone());
    }
    answer
}

#[cfg(test)]
mod tests {
    use http::header::{CONTENT_LANGUAGE, SET_COOKIE};

    use super::*;

    /// An answer of a route with these headers of its own.
    fn answered<const N: usize>(own: [(HeaderName, &'static str); N]) -> Response<()> {
        let mut answer = Response::new(());
        for (name, value) in own {
            answer.headers_mut().append(name, HeaderValue::from_static(value));
        }
        protect(answer)
    }

    #[test]
    fn a_route_may_say_otherwise_for_its_own_answer() {
        let kept = "max-age=31536000, immutable";
        let answer = answered([(CACHE_CONTROL, kept)]);
        assert_eq!(answer.headers()[CACHE_CONTROL], kept);
        assert_eq!(answer.headers()[X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert!(!answer.headers().contains_key(CONTENT_LANGUAGE), "it says nothing");
    }

    #[test]
    fn what_a_route_says_twice_stays_said_twice() {
        let answer = answered([(SET_COOKIE, "one=1"), (SET_COOKIE, "other=2")]);
        assert_eq!(answer.headers().get_all(SET_COOKIE).iter().count(), 2);
    }
}
