//! Whose look at a link is a person's. Machines get what everybody gets, and are not counted: the
//! scanners of mail systems, previews of messengers, office programs that open links, crawlers.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use http::header::USER_AGENT;
use http::{HeaderMap, HeaderName};

/// What a host's own page says with its request to the API when somebody has opened the link there.
const VIEWED_BY: HeaderName = HeaderName::from_static("rebooking-viewed-by");
#[cfg(feature = "pages")]
const MODE: HeaderName = HeaderName::from_static("sec-fetch-mode");
#[cfg(feature = "pages")]
const DEST: HeaderName = HeaderName::from_static("sec-fetch-dest");

/// Words in the names of crawlers, previews and scanners, which drive real browsers, too.
const CRAWLERS: [&str; 12] = [
    "bot",
    "crawl",
    "spider",
    "slurp",
    "preview",
    "scan",
    "headless",
    "facebookexternalhit",
    "safelinks",
    "barracuda",
    "mimecast",
    "proofpoint",
];

/// Words in the names of programs, which a host's own page may be.
const PROGRAMS: [&str; 10] = [
    "python",
    "go-http-client",
    "curl/",
    "wget/",
    "libwww-perl",
    "okhttp",
    "java/",
    "apache-httpclient",
    "node-fetch",
    "axios/",
];

/// A maker of telephones, whose browsers name it.
const NO_ROBOT: &str = "cubot";

/// What browsers say when they fetch a page before anybody has asked for it.
const PURPOSES: [&str; 4] = ["sec-purpose", "purpose", "x-purpose", "x-moz"];

/// Whether a browser says that its reader has gone to this page (Fetch Metadata). Every current one
/// does, over HTTPS or on its own machine; a program does not by itself. `framed`: whether the page
/// is also shown in frames.
#[cfg(feature = "pages")]
pub(crate) fn navigates(headers: &HeaderMap, framed: bool) -> bool {
    let dest = once(headers, &DEST);
    once(headers, &MODE) == Some("navigate")
        && (dest == Some("document") || (framed && dest == Some("iframe")))
        && !name(headers).trim().is_empty()
        && may_be_a_person(headers, CRAWLERS.len() + PROGRAMS.len())
}

/// Whether a caller of the API says that a person looks.
pub(crate) fn looks_on(headers: &HeaderMap) -> bool {
    once(headers, &VIEWED_BY) == Some("person") && may_be_a_person(headers, CRAWLERS.len())
}

/// What a header says that is there once.
fn once<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let mut values = headers.get_all(name).into_iter();
    let value = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(value)
}

/// Every browser gives one.
fn name(headers: &HeaderMap) -> &str {
    headers.get(USER_AGENT).and_then(|name| name.to_str().ok()).unwrap_or_default()
}

/// Neither one of the first so many robots by its name, nor ahead of anybody's asking.
fn may_be_a_person(headers: &HeaderMap, robots: usize) -> bool {
    !is_named_as_one(name(headers), robots) && !is_ahead_of_time(headers)
}

/// One look at a name for all words, as every visit asks for it.
fn is_named_as_one(name: &str, robots: usize) -> bool {
    static SOUGHT: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
        let mut sought = AhoCorasick::builder();
        sought.ascii_case_insensitive(true).match_kind(MatchKind::LeftmostFirst);
        let sought = sought.build([NO_ROBOT].into_iter().chain(CRAWLERS).chain(PROGRAMS));
        sought.inspect_err(|error| tracing::error!(%error, "robots pass for people")).ok()
    });
    let Some(sought) = SOUGHT.as_ref() else { return false };
    // The first word is the maker's.
    sought.find_iter(name).any(|found| (1..=robots).contains(&found.pattern().as_usize()))
}

fn is_ahead_of_time(headers: &HeaderMap) -> bool {
    let purposes = PURPOSES.into_iter().flat_map(|name| headers.get_all(name));
    purposes.filter_map(|value| value.to_str().ok()).any(|purpose| {
        let purpose = purpose.to_ascii_lowercase();
        ["prefetch", "prerender", "preview"].iter().any(|early| purpose.contains(early))
    })
}
