//! Addresses as people and mail programs hand them on: with a full stop, a bracket, a blank or a
//! slash at their end. No address of ours ends so, so that it is cut off: the API answers as ever,
//! and pages send the browser to their own address.

use std::borrow::Cow;

use http::uri::PathAndQuery;
use http::{Extensions, Request, Uri};
use percent_encoding::percent_decode_str;
use rebooking_core::link::LinkSecret;

/// What comes before the secret of each kind of link, and whether addresses go on behind it.
const LINKS: [(&str, bool); 3] =
    [("/rebook/", false), ("/partner/answer/", false), ("/api/rebook/", true)];

/// The request came with dirt at the end of its address.
#[derive(Clone, Copy)]
struct Tidied;

/// Takes the dirt off.
pub(super) fn tidy<B>(request: &mut Request<B>) {
    if let Some(uri) = tidied(request.uri()) {
        *request.uri_mut() = uri;
        request.extensions_mut().insert(Tidied);
    }
}

#[cfg_attr(not(feature = "pages"), expect(dead_code, reason = "only pages have an address bar"))]
pub(super) fn was_tidied(extensions: &Extensions) -> bool {
    extensions.get::<Tidied>().is_some()
}

/// None for an address without dirt.
fn tidied(uri: &Uri) -> Option<Uri> {
    let Cow::Owned(path) = without_dirt(uri.path()) else { return None };
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::try_from(format!("{path}{query}")).ok()?);
    Uri::from_parts(parts).ok()
}

fn without_dirt(whole: &str) -> Cow<'_, str> {
    let path = whole.trim_end_matches('/');
    let clean = LINKS.iter().find_map(|(before, goes_on)| {
        let rest = path.strip_prefix(before)?;
        let (part, more) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let secret = clean_secret(part)?;
        let is_address = percent_decode_str(more).any(LinkSecret::may_hold)
            && (*goes_on || secret.len() == part.len());
        let more = if is_address { more } else { "" };
        (secret.len() + more.len() < rest.len()).then(|| format!("{before}{secret}{more}"))
    });
    match clean {
        Some(clean) => clean.into(),
        // The root is a slash and nothing else.
        None if path.is_empty() || path.len() == whole.len() => whole.into(),
        None => path.to_owned().into(),
    }
}

/// The secret at the beginning of a part of a path, if what follows cannot belong to it.
fn clean_secret(part: &str) -> Option<String> {
    let bytes: Vec<u8> = percent_decode_str(part).take(LinkSecret::LENGTH + 1).collect();
    let (secret, next) = bytes.split_at_checked(LinkSecret::LENGTH)?;
    let ends = !next.iter().copied().any(LinkSecret::may_hold);
    let secret = std::str::from_utf8(secret).ok().filter(|_| ends)?;
    LinkSecret::parse(secret).ok().map(|secret| secret.expose().to_owned())
}
