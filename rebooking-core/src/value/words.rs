//! Enums that go by words: each variant has one, the same in columns, keys, JSON, filters and
//! metrics. They are all listed in `tests/expected/words.txt`.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use serde::de::{Deserializer, Error, Visitor};

/// A word that no variant has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such {of}")]
#[non_exhaustive]
pub struct UnknownWord {
    /// What was to be read.
    pub of: &'static str,
}

/// An enum whose variants stand beside their words: with `ALL` (in this order), `as_str`,
/// `Display`, `FromStr`, and the same in documents by serde.
macro_rules! words {
    (
        $(#[$attribute:meta])*
        $public:vis enum $enum:ident, $of:literal {
            $($(#[$of_variant:meta])* $variant:ident = $word:literal,)+
        }
    ) => {
        $(#[$attribute])*
        $public enum $enum {
            $($(#[$of_variant])* $variant,)+
        }

        impl $enum {
            /// All of them.
            pub const ALL: [Self; [$($word),+].len()] = [$(Self::$variant),+];

            /// The word that is stored, sent and compared.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word),+
                }
            }
        }

        impl std::fmt::Display for $enum {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $enum {
            type Err = $crate::value::words::UnknownWord;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                match word {
                    $($word => Ok(Self::$variant),)+
                    _ => Err(Self::Err { of: $of }),
                }
            }
        }

        impl serde::Serialize for $enum {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $enum {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                $crate::value::words::deserialize(from)
            }
        }
    };
}
pub(crate) use words;

/// Reads a word from a document.
pub(crate) fn deserialize<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: FromStr<Err = UnknownWord>,
    D: Deserializer<'de>,
{
    struct Word<T>(PhantomData<T>);

    impl<T: FromStr<Err = UnknownWord>> Visitor<'_> for Word<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a word")
        }

        fn visit_str<E: Error>(self, word: &str) -> Result<T, E> {
            word.parse().map_err(E::custom)
        }
    }

    deserializer.deserialize_str(Word(PhantomData))
}
