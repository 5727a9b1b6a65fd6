//! Every text that goes by an error's code is there for every code.

use std::collections::BTreeSet;

use rebooking_core::presentation::locales::Locales;

use crate::error::Code;

/// The words that a text tells apart, in every language.
fn distinguished(key: &str, argument: &str) -> Vec<BTreeSet<String>> {
    let locales = Locales::of_process();
    let words = |language| locales.shapes(language)[key].words[argument].clone();
    locales.languages().map(words).collect()
}

/// Codes whose errors are told by texts of their own, which say more.
const TOLD_OTHERWISE: [Code; 17] = [
    Code::AnswerTimeout,
    Code::BodyTooLarge,
    Code::CaseOpen,
    Code::DateNotOffered,
    Code::EmailMismatch,
    Code::InvalidField,
    Code::MalformedBody,
    Code::NotFound,
    Code::OutcomeUnknown,
    Code::PriceChanged,
    Code::SoldOut,
    Code::TokenCancelled,
    Code::TokenExpired,
    Code::TokenUsed,
    Code::TooManyAttempts,
    Code::TooManyRequests,
    Code::UnsupportedMediaType,
];

#[test]
fn every_other_code_has_a_text_and_every_text_a_code() {
    let told = Code::ALL.iter().filter(|code| !TOLD_OTHERWISE.contains(code));
    let codes: BTreeSet<String> = told.map(|code| code.as_str().to_owned()).collect();
    for distinguished in distinguished("errors-by-code", "code") {
        assert_eq!(distinguished, codes);
    }
}

#[cfg(feature = "pages")]
#[test]
fn a_heading_goes_by_a_code_that_there_is() {
    let codes: BTreeSet<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    for distinguished in distinguished("page-refused-heading", "code") {
        let strange: Vec<_> =
            distinguished.iter().filter(|word| !codes.contains(word.as_str())).collect();
        assert_eq!(strange, ["look_first", "other"]);
    }
}
