//! What every answer carries, so that no cache keeps it, no page takes it in, and no search engine
//! lists it.

use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, HeaderValue, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use tower_http::set_header::SetResponseHeaderLayer;

/// For whatever is no page: nothing is loaded, sent or framed.
pub(crate) const NOTHING: &str =
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// Each with its value.
pub(crate) fn protective() -> [(HeaderName, HeaderValue); 7] {
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
}

type Set = SetResponseHeaderLayer<HeaderValue>;

/// Sets them on each answer whose route has not set them itself: a page that may be kept, like a
/// file whose name changes with its content, says so.
pub(crate) fn on_every_answer() -> (Set, Set, Set, Set, Set, Set, Set) {
    let set = |(name, value)| Set::if_not_present(name, value);
    let [a, b, c, d, e, f, g] = protective().map(set);
    (a, b, c, d, e, f, g)
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::body::Body;
    use axum::response::{AppendHeaders, Response};
    use axum::routing::get;
    use http::Request;
    use http::header::{CONTENT_LANGUAGE, SET_COOKIE};
    use tower::ServiceExt as _;

    use super::*;

    /// An answer of a route with these headers of its own.
    async fn answered<const N: usize>(own: [(HeaderName, &'static str); N]) -> Response {
        let answer = AppendHeaders(own);
        let routes = Router::new().route("/", get(async move || answer)).layer(on_every_answer());
        routes.oneshot(Request::new(Body::empty())).await.unwrap()
    }

    #[tokio::test]
    async fn a_route_may_say_otherwise_for_its_own_answer() {
        let kept = "max-age=31536000, immutable";
        let answer = answered([(CACHE_CONTROL, kept)]).await;
        assert_eq!(answer.headers()[CACHE_CONTROL], kept);
        assert_eq!(answer.headers()[X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert!(!answer.headers().contains_key(CONTENT_LANGUAGE), "it says nothing");
    }

    #[tokio::test]
    async fn what_a_route_says_twice_stays_said_twice() {
        let answer = answered([(SET_COOKIE, "one=1"), (SET_COOKIE, "other=2")]).await;
        assert_eq!(answer.headers().get_all(SET_COOKIE).iter().count(), 2);
    }
}
