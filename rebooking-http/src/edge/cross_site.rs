//! Who sends a request that changes something: a page of ours, somebody without a page, or a page
//! of somebody else's.

use http::header::{AUTHORIZATION, HOST, ORIGIN};
use http::{HeaderMap, HeaderName, Method};

use crate::edge::origin::WebOrigin;

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Whether a page of another site makes its reader's browser send this. Forms and cookies go along
/// with such a request, so it is refused wherever it would change something.
///
/// Browsers say it themselves in `Sec-Fetch-Site`. An older one is known by its `Origin`, which
/// must be that of `ours`, where links lead to, or be at the host that was asked. Who sends neither
/// is no browser. A bearer token does not go along by itself: whoever can add one needs no reader's
/// browser.
///
/// tower-http's `csrf` layer is no substitute: it knows nothing of bearer tokens, lets a trusted
/// `Origin` pass for a request that the browser itself calls cross-site, compares origins byte by
/// byte, their usual port included, and reads the first of two headers that contradict each other.
pub(crate) fn is_cross_site(
    method: &Method,
    headers: &HeaderMap,
    ours: Option<&WebOrigin>,
) -> bool {
    if method.is_safe() || has_bearer(headers) {
        return false;
    }
    match single(headers, &SEC_FETCH_SITE) {
        Single::Once(site) => return !matches!(site, "same-origin" | "none"),
        Single::Unclear => return true,
        Single::Nothing => {}
    }
    match single(headers, &ORIGIN) {
        Single::Nothing => false,
        Single::Unclear => true,
        Single::Once(origin) => match origin.parse::<WebOrigin>() {
            Ok(origin) => {
                let asked =
                    matches!(single(headers, &HOST), Single::Once(host) if origin.is_at(host));
                !asked && ours != Some(&origin)
            }
            Err(_) => true,
        },
    }
}

fn has_bearer(headers: &HeaderMap) -> bool {
    let given = headers.get(AUTHORIZATION).map(|value| value.as_bytes()).unwrap_or_default();
    given.get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case(b"bearer "))
}

enum Single<'a> {
    Nothing,
    Once(&'a str),
    /// More than once, or in no letters.
    Unclear,
}

fn single<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Single<'a> {
    let mut values = headers.get_all(name).into_iter();
    match (values.next().map(|value| value.to_str()), values.next()) {
        (None, _) => Single::Nothing,
        (Some(Ok(value)), None) => Single::Once(value),
        (Some(_), _) => Single::Unclear,
    }
}
