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

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> HeaderMap {
        HeaderMap::from_iter([(USER_AGENT, name.parse().unwrap())])
    }

    #[test]
    fn a_browser_is_a_person() {
        for name in [
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 \
             Version/18.6 Mobile/15E148 Safari/604.1",
            "Mozilla/5.0 (Linux; Android 11; CUBOT NOTE 20) AppleWebKit/537.36 Chrome/120.0 Mobile \
             Safari/537.36",
        ] {
            assert!(!recognised(&named(name)), "{name}");
        }
    }

    #[test]
    fn a_scanner_a_preview_and_the_nameless_are_none() {
        for name in [
            "",
            " ",
            "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
            "Mozilla/5.0 AppleWebKit/537.36 BingPreview/1.0b",
            "WhatsApp/2.23 LinkPreview",
            "Mozilla/5.0 (Linux; Android 11; CUBOT NOTE 20; compatible; Googlebot/2.1)",
            "curl/8.5.0",
            "Wget/1.21.3",
            "python-requests/2.31",
        ] {
            assert!(recognised(&named(name)), "{name}");
        }
        assert!(recognised(&HeaderMap::new()));
    }

    #[test]
    fn a_page_that_is_fetched_ahead_of_time_is_seen_by_nobody_yet() {
        let person =
            named("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0");
        for (name, value) in [
            ("sec-purpose", "prefetch"),
            ("sec-purpose", "prefetch;prerender"),
            ("purpose", "prefetch"),
            ("x-purpose", "preview"),
            ("x-moz", "prefetch"),
        ] {
            let mut early = person.clone();
            early.insert(name, value.parse().unwrap());
            assert!(recognised(&early), "{name}: {value}");
        }
        assert!(!recognised(&person));
    }
}
