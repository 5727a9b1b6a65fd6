//! Who opens links without being a person. Only the statistic leaves them out: to a robot a link shows what it shows to everybody.

use http::HeaderMap;
use http::header::USER_AGENT;

/// Words that only robots have in their names: crawlers, previews of messengers, and the scanners of mail systems.
const WORDS: [&str; 14] = [
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
    "python-requests",
    "go-http-client",
];

/// Whether the caller is recognisably no person. No name at all is a robot's, too: every browser gives one.
pub(crate) fn recognised(headers: &HeaderMap) -> bool {
    let name = headers.get(USER_AGENT).and_then(|name| name.to_str().ok()).unwrap_or_default();
    let name = name.trim().to_ascii_lowercase();
    name.is_empty() || WORDS.iter().any(|word| name.contains(word))
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
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 Version/18.6 Mobile/15E148 Safari/604.1",
            "curl/8.5.0",
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
        ] {
            assert!(recognised(&named(name)), "{name}");
        }
        assert!(recognised(&HeaderMap::new()));
    }
}
