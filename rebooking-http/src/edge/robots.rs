//! Who opens links without being a person. Only the statistic leaves them out: to a robot a link
//! shows what it shows to everybody.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use http::HeaderMap;
use http::header::USER_AGENT;

/// Words that only robots have in their names: crawlers, previews of messengers, the scanners of
/// mail systems, and programs.
const WORDS: [&str; 22] = [
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

/// Whether the caller is recognisably no person, or fetches what nobody may ever look at. No name
/// at all is a robot's, too: every browser gives one.
pub(crate) fn recognised(headers: &HeaderMap) -> bool {
    let name = headers.get(USER_AGENT).and_then(|name| name.to_str().ok()).unwrap_or_default();
    name.trim().is_empty() || is_named_as_one(name) || is_ahead_of_time(headers)
}

/// One look at a name for all words, as every visit asks for it.
fn is_named_as_one(name: &str) -> bool {
    static SOUGHT: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
        let mut sought = AhoCorasick::builder();
        sought.ascii_case_insensitive(true).match_kind(MatchKind::LeftmostFirst);
        let sought = sought.build([NO_ROBOT].into_iter().chain(WORDS));
        sought.inspect_err(|error| tracing::error!(%error, "robots pass for people")).ok()
    });
    let Some(sought) = SOUGHT.as_ref() else { return false };
    // The first word is the maker's.
    sought.find_iter(name).any(|found| found.pattern().as_usize() > 0)
}

fn is_ahead_of_time(headers: &HeaderMap) -> bool {
    let purposes = PURPOSES.into_iter().flat_map(|name| headers.get_all(name));
    purposes.filter_map(|value| value.to_str().ok()).any(|purpose| {
        let purpose = purpose.to_ascii_lowercase();
        ["prefetch", "prerender", "preview"].iter().any(|early| purpose.contains(early))
    })
}
