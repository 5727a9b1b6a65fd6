//! The language of mails and pages, by its tag.

use std::fmt;
use std::iter::successors;
use std::str::FromStr;

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

use crate::value::words::{self, UnknownWord};

/// A language by its tag (BCP 47): `de`, `pt-BR`, `zh-Hant-TW`. Written as RFC 5646 recommends,
/// so that two are the same when their tags are.
///
/// It says what somebody reads, not that there are texts in it:
/// `rebooking_core::presentation::locales` finds those that come nearest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language([u8; Self::MAX_LEN]);

impl Language {
    /// The longest tag that is kept, in letters (RFC 5646, 4.4.1; columns `…_language`).
    pub const MAX_LEN: usize = 35;

    /// German: what is read unless somebody asks for another.
    pub const GERMAN: Self = Self::from_letters(*b"de");
    /// English.
    pub const ENGLISH: Self = Self::from_letters(*b"en");
    /// French.
    pub const FRENCH: Self = Self::from_letters(*b"fr");

    const fn from_letters([one, two]: [u8; 2]) -> Self {
        let mut tag = [0; Self::MAX_LEN];
        let [first, second, ..] = &mut tag;
        *first = one;
        *second = two;
        Self(tag)
    }

    /// Reads a tag, in letters of either case: a language of two to eight letters, then scripts,
    /// regions and variants of at most eight letters and digits each.
    ///
    /// # Errors
    /// [`UnknownWord`] for anything else, and for more than [`Language::MAX_LEN`] letters.
    pub fn parse(tag: &str) -> Result<Self, UnknownWord> {
        Self::read(tag).ok_or(UnknownWord { of: "language" })
    }

    /// Reads what shops and systems call a language: as in [`Language::parse`], or with an
    /// underscore, a character set or a variant behind it ("de_DE", "en_US.UTF-8", "sr_RS@latin").
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::read(&code.split(['.', '@']).next()?.replace('_', "-"))
    }

    fn read(tag: &str) -> Option<Self> {
        let mut written = [0; Self::MAX_LEN];
        let mut place = written.iter_mut();
        let mut put = |letter: u8| place.next().map(|place| *place = letter);
        let mut private = false;
        for (number, subtag) in tag.split('-').enumerate() {
            let letters = subtag.bytes().all(|letter| letter.is_ascii_alphabetic());
            let sound = subtag.bytes().all(|letter| letter.is_ascii_alphanumeric());
            let long_enough = if number == 0 { 2 } else { 1 };
            if !sound || !(long_enough..=8).contains(&subtag.len()) || number == 0 && !letters {
                return None;
            }
            if number > 0 {
                put(b'-')?;
            }
            let region = number > 0 && !private && letters && subtag.len() == 2;
            let script = number > 0 && !private && letters && subtag.len() == 4;
            for (place, letter) in subtag.bytes().enumerate() {
                let upper = region || script && place == 0;
                put(if upper { letter.to_ascii_uppercase() } else { letter.to_ascii_lowercase() })?;
            }
            private |= subtag.len() == 1;
        }
        Some(Self(written))
    }

    /// The tag.
    #[must_use]
    pub fn as_str(&self) -> &str {
        let end = self.0.iter().position(|letter| *letter == 0).unwrap_or(Self::MAX_LEN);
        self.0.get(..end).and_then(|tag| std::str::from_utf8(tag).ok()).unwrap_or_default()
    }

    /// The same language said less exactly: `zh-Hant` for `zh-Hant-TW` (RFC 4647, 3.4).
    #[must_use]
    pub fn parent(self) -> Option<Self> {
        let (mut rest, _) = self.as_str().rsplit_once('-')?;
        // A letter by itself only announces what follows it.
        while let Some((before, _)) = rest.rsplit_once('-').filter(|(_, last)| last.len() == 1) {
            rest = before;
        }
        Self::read(rest)
    }

    /// The language itself, then each that is less exact.
    pub fn fallbacks(self) -> impl Iterator<Item = Self> {
        successors(Some(self), |language| language.parent())
    }
}

impl Default for Language {
    fn default() -> Self {
        Self::GERMAN
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Language({self})")
    }
}

impl FromStr for Language {
    type Err = UnknownWord;

    fn from_str(tag: &str) -> Result<Self, UnknownWord> {
        Self::parse(tag)
    }
}

impl Serialize for Language {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        words::deserialize(from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_written_as_recommended_whatever_its_case() {
        for (given, written) in [
            ("DE", "de"),
            ("pt-br", "pt-BR"),
            ("ZH-hant-tw", "zh-Hant-TW"),
            ("de-CH-1901", "de-CH-1901"),
            ("en-x-US-Test", "en-x-us-test"),
            ("es-419", "es-419"),
        ] {
            assert_eq!(Language::parse(given).unwrap().as_str(), written);
        }
        assert_eq!(Language::parse("fr"), Ok(Language::FRENCH));
    }

    #[test]
    fn what_is_no_tag_is_refused() {
        let long = format!("de-{}", "abcdefgh-".repeat(4));
        for given in ["", "d", "de-", "-de", "de_DE", "dé", "d3", "de-ninechars", "de at", &long] {
            assert!(Language::parse(given).is_err(), "{given}");
        }
        let longest = "de-abcdefgh-abcdefgh-abcdefgh-abcde";
        assert_eq!(longest.len(), Language::MAX_LEN);
        assert_eq!(Language::parse(longest).unwrap().as_str(), longest);
        assert!(Language::parse(&format!("{longest}f")).is_err());
    }

    #[test]
    fn what_systems_call_a_language_is_read() {
        for (code, tag) in [
            ("de", "de"),
            ("de_DE", "de-DE"),
            ("en-GB", "en-GB"),
            ("fr_CH.UTF-8", "fr-CH"),
            ("sr_RS@latin", "sr-RS"),
        ] {
            assert_eq!(Language::from_code(code).unwrap().as_str(), tag);
        }
        assert_eq!(Language::from_code(""), None);
    }

    #[test]
    fn a_language_falls_back_to_less_exact_ones() {
        let chain = |tag: &str| -> Vec<String> {
            Language::parse(tag).unwrap().fallbacks().map(|language| language.to_string()).collect()
        };
        assert_eq!(chain("zh-Hant-TW"), ["zh-Hant-TW", "zh-Hant", "zh"]);
        assert_eq!(chain("en-x-test"), ["en-x-test", "en"]);
        assert_eq!(chain("de"), ["de"]);
    }
}
