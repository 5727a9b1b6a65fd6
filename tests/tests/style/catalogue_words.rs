//! Every text is there for every word that a decision of the core can come to.

use std::iter::successors;

use rebooking_core::audit::AuditEvent;
use rebooking_core::confirmation::ConfirmationState;
use rebooking_core::effect::{EffectKind, EffectStatus, EventKind, MailKind, TicketFact};
use rebooking_core::ports::reports::{Attention, CaseStatus, PartnerStatus};
use rebooking_core::presentation::dates::TimeOfDay;
use rebooking_core::rebooking::ChosenBy;
use rebooking_core::token::{CancelReason, Cause};
use rebooking_core::wish::WishKind;

use crate::catalogues;

/// Each of these words has a text of its own, in every language.
fn has_all(key: &str, argument: &str, words: &[&str]) {
    let catalogues = catalogues::committed();
    for language in catalogues.languages() {
        let distinguished = &catalogues.shapes(language)[key].words[argument];
        let missing: Vec<_> = words.iter().filter(|word| !distinguished.contains(**word)).collect();
        assert!(missing.is_empty(), "{key} in {language}: {missing:?}");
    }
}

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
fn every_word_of_the_api_has_a_text() {
    has_all("answers-wish-taken", "kind", &WishKind::ALL.map(WishKind::as_str));
    has_all("answers-chosen", "difference", &["same", "absorbed", "refund", "to_pay"]);
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
    has_all("page-many-time", "time", &TimeOfDay::ALL.map(TimeOfDay::as_str));
    has_all("history-wish", "kind", &WishKind::ALL.map(WishKind::as_str));
    has_all("history-mail", "mail", &MailKind::ALL.map(MailKind::as_str));
    has_all("history-ticket", "fact", &tickets);
    let told: Vec<&str> = tickets.iter().copied().filter(|fact| *fact != "cancelled").collect();
    has_all("helpdesk-note", "fact", &told);
    has_all("helpdesk-cancelled", "why", &CancelReason::ALL.map(CancelReason::as_str));
    has_all("helpdesk-wish", "kind", &WishKind::ALL.map(WishKind::as_str));
    let events = EventKind::ALL.map(|event| EffectKind::Event(event).to_string());
    has_all("history-told", "event", &events.each_ref().map(String::as_str));
    has_all("history-state", "state", &EffectStatus::ALL.map(EffectStatus::as_str));
    has_all("history-filter", "state", &EffectStatus::ALL.map(EffectStatus::as_str));
    has_all("portal-status", "status", &CaseStatus::ALL.map(CaseStatus::as_str));
    let own = [PartnerStatus::BookingStands, PartnerStatus::AwaitingPartner];
    has_all("portal-status-for-partner", "status", &own.map(PartnerStatus::as_str));
    has_all("portal-request", "state", &ConfirmationState::ALL.map(ConfirmationState::as_str));
    has_all("portal-requests", "state", &ConfirmationState::ALL.map(ConfirmationState::as_str));
    has_all("support-next", "status", &CaseStatus::ALL.map(CaseStatus::as_str));
    has_all("support-attention", "attention", &Attention::ALL.map(Attention::as_str));
}
