//! The catalogues that the program is built with, in `locales`.

use crate::value::customer::Language;

macro_rules! catalogues {
    ($($name:literal)*) => {
        /// Language and source; the language that comes first is the one that stands in.
        pub(super) const SOURCES: &[(Language, &str)] = &[$(
            (Language::GERMAN, include_str!(concat!("../../../locales/de/", $name, ".ftl"))),
            (Language::ENGLISH, include_str!(concat!("../../../locales/en/", $name, ".ftl"))),
            (Language::FRENCH, include_str!(concat!("../../../locales/fr/", $name, ".ftl"))),
        )*];
    };
}

catalogues! {
    "answers"
    "calendar"
    "errors"
    "fields"
    "helpdesk"
    "history"
    "locale"
    "mail"
    "page"
    "portal"
    "shop"
    "support"
}
