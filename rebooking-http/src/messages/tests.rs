//! Every text is there for every word that a decision can come to.

use std::collections::BTreeSet;

use super::*;
use crate::error::Code;

/// The words that a text tells apart, in every language.
fn distinguished(key: &str, argument: &str) -> Vec<BTreeSet<String>> {
    let words = |language| CATALOGUES.shapes(language)[key].words[argument].clone();
    Language::ALL.map(words).into()
}

/// Each of these words has a text of its own.
fn has_all(key: &str, argument: &str, words: &[&str]) {
    for distinguished in distinguished(key, argument) {
        let missing: Vec<_> = words.iter().filter(|word| !distinguished.contains(**word)).collect();
        assert!(missing.is_empty(), "{key}: {missing:?}");
    }
}

#[test]
fn every_catalogue_is_read_and_says_the_same() {
    assert_eq!(CATALOGUES.check(), []);
}

#[test]
fn an_unknown_key_stands_for_itself() {
    for language in Language::ALL {
        assert_eq!(filled(language, "no-such-text", &[("day", "1".into())]), "no-such-text");
    }
}

#[test]
fn every_word_of_the_api_has_a_text() {
    use rebooking_core::wish::WishKind;

    has_all("answers-wish-taken", "kind", &WishKind::ALL.map(WishKind::as_str));
    has_all("answers-chosen", "difference", &["same", "absorbed", "refund", "to_pay"]);
}

/// Codes whose errors are told by texts of their own, which say more.
const TOLD_OTHERWISE: [Code; 16] = [
    Code::AnswerTimeout,
    Code::BodyTooLarge,
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
mod pages {
    use std::iter::successors;

    use rebooking_core::audit::AuditEvent;
    use rebooking_core::confirmation::ConfirmationState;
    use rebooking_core::effect::{EffectStatus, MailKind, TicketFact};
    use rebooking_core::ports::reports::{Attention, CaseStatus};
    use rebooking_core::rebooking::ChosenBy;
    use rebooking_core::token::{CancelReason, Cause};
    use rebooking_core::wish::WishKind;

    use super::*;

    /// One fact after the other: a new one does not compile until it is here.
    const fn next(fact: &TicketFact) -> Option<TicketFact> {
        use TicketFact as F;
        Some(match fact {
            F::Declined => F::LimitReached,
            F::LimitReached => F::LinkSent,
            F::LinkSent => F::NoDates,
            F::NoDates => F::Rebooked,
            F::Rebooked => F::Confirmed,
            F::Confirmed => F::OrderRefused,
            F::OrderRefused => F::Cancelled(CancelReason::Support),
            F::Cancelled(_) => F::Wish(0),
            F::Wish(_) => F::Expired,
            F::Expired => F::Unreachable,
            F::Unreachable => F::CustomerNotTold,
            F::CustomerNotTold => F::PartnerNotTold,
            F::PartnerNotTold => F::OrderStuck,
            F::OrderStuck => return None,
        })
    }

    #[test]
    fn every_word_of_the_pages_has_a_text() {
        let tickets: Vec<&str> =
            successors(Some(TicketFact::Declined), next).map(|fact| fact.as_str()).collect();
        has_all("history-actor", "actor", &["customer", "partner", "support", "shop", "system"]);
        has_all("history-event", "event", &AuditEvent::ALL.map(AuditEvent::as_str));
        has_all("history-cause", "cause", &Cause::ALL.map(Cause::as_str));
        has_all("history-cancelled", "why", &CancelReason::ALL.map(CancelReason::as_str));
        has_all("history-chooser", "by", &ChosenBy::ALL.map(ChosenBy::as_str));
        has_all("history-difference", "difference", &["same", "absorbed", "refund", "to_pay"]);
        has_all("page-difference", "difference", &["same", "absorbed", "refund", "to_pay"]);
        has_all("history-wish", "kind", &WishKind::ALL.map(WishKind::as_str));
        has_all("history-mail", "mail", &MailKind::ALL.map(MailKind::as_str));
        has_all("history-ticket", "fact", &tickets);
        has_all("history-state", "state", &EffectStatus::ALL.map(EffectStatus::as_str));
        has_all("history-filter", "state", &EffectStatus::ALL.map(EffectStatus::as_str));
        has_all("portal-status", "status", &CaseStatus::ALL.map(CaseStatus::as_str));
        has_all("portal-request", "state", &ConfirmationState::ALL.map(ConfirmationState::as_str));
        has_all("portal-requests", "state", &ConfirmationState::ALL.map(ConfirmationState::as_str));
        has_all("support-attention", "attention", &Attention::ALL.map(Attention::as_str));
    }

    #[test]
    fn a_heading_goes_by_a_code_that_there_is() {
        let codes: BTreeSet<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
        for distinguished in distinguished("page-refused-heading", "code") {
            let strange: Vec<_> =
                distinguished.iter().filter(|word| !codes.contains(word.as_str())).collect();
            assert_eq!(strange, ["look_first", "other"]);
        }
    }
}
