//! A case as one story on its page: what has happened, oldest first, and what comes next.

use chrono::{DateTime, Utc};
use minijinja::context;
use minijinja::value::Value;
use rebooking_core::audit::{Actor, AuditEntry, AuditEvent, Subject};
use rebooking_core::effect::{Effect, EffectKind, EffectState};
use rebooking_core::ports::reports::{CaseDetails, CaseStatus, Happened};
use rebooking_core::rebooking::Rebooking;
use rebooking_core::service::PartnerNames;
use rebooking_core::token::RebookingToken;
use rebooking_core::value::course_date::VenueZone;
use rebooking_core::value::customer::Language;
use rebooking_core::value::ids::TokenRef;

use super::composed;
use crate::messages::{calendar, text};

/// What a story is told with.
#[derive(Clone, Copy)]
pub(super) struct Teller<'a> {
    pub(super) language: Language,
    pub(super) zone: VenueZone,
    pub(super) names: &'a PartnerNames,
    pub(super) case: &'a CaseDetails,
}

impl Teller<'_> {
    /// One of `page.past`.
    pub(super) fn happened(self, one: &Happened<'_>) -> Value {
        let at = calendar::short_moment(self.language, self.zone, one.at());
        match one {
            Happened::Entry { entry, effect } => self.entry(at, entry, *effect),
            Happened::Effect { effect, .. } => self.effect(at, effect),
        }
    }

    fn entry(self, at: String, entry: &AuditEntry, effect: Option<&Effect>) -> Value {
        let language = self.language;
        let mut told = self.details(entry);
        let effect = effect.filter(|effect| says_more(effect, entry));
        told.extend(effect.map(|effect| composed::effect(language, effect.kind)));
        told.push(entry.note.expose().to_owned());
        told.retain(|line| !line.is_empty());
        context! {
            at,
            what => text!(language, "history-event", event = entry.event.as_str()),
            who => composed::actor(language, self.names, &entry.actor),
            step => match entry.subject {
                Subject::Token(token) => Some(self.step(token)),
                Subject::Booking(_) | Subject::Date(_) => None,
            },
            mood => mood(entry.event),
            told,
        }
    }

    /// What the history says no more of than that it was done.
    fn effect(self, at: String, effect: &Effect) -> Value {
        let skipped = matches!(effect.state, EffectState::Skipped { .. });
        let state = text!(self.language, "history-state", state = effect.state.as_str());
        context! {
            at,
            what => composed::effect(self.language, effect.kind),
            who => composed::actor(self.language, self.names, &Actor::System),
            step => effect.token.is_link().then(|| self.step(effect.token)),
            mood => "plain",
            told => skipped.then_some(state).into_iter().collect::<Vec<_>>(),
        }
    }

    fn step(self, token: TokenRef) -> String {
        text!(self.language, "support-step", step = token.step)
    }

    /// What the link says of an entry beside its words.
    fn details(self, entry: &AuditEntry) -> Vec<String> {
        let Subject::Token(id) = entry.subject else { return Vec::new() };
        let Some(token) = self.case.tokens.iter().find(|token| token.id() == id) else {
            return Vec::new();
        };
        let language = self.language;
        let of_rebooking = |tell: fn(Language, &Rebooking) -> Vec<String>| match token.rebooking() {
            Some(rebooking) => tell(language, rebooking),
            None => Vec::new(),
        };
        match entry.event {
            AuditEvent::LinkIssued => vec![
                text!(language, "history-cause", cause = token.cause().as_str()),
                token.reason().expose().to_owned(),
            ],
            AuditEvent::Chosen | AuditEvent::BackupBooked => of_rebooking(chosen),
            AuditEvent::RebookingCancelled if token.was_exchanged() => {
                vec![text!(language, "history-exchanged")]
            }
            AuditEvent::OrderMade | AuditEvent::OrderMadeTooLate => of_rebooking(ordered),
            AuditEvent::DifferenceRefunded => of_rebooking(difference),
            AuditEvent::Wished => wished(language, token, entry.at),
            AuditEvent::TicketKept => {
                token.ticket().map(|ticket| ticket.number.clone()).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }
}

/// Whether an effect tells more than the words of the entry: which mail, which fact of a ticket.
fn says_more(effect: &Effect, entry: &AuditEntry) -> bool {
    let is_apart = matches!(effect.kind, EffectKind::Mail(_) | EffectKind::Ticket(_));
    is_apart || entry.event == AuditEvent::EffectSkipped
}

fn chosen(language: Language, rebooking: &Rebooking) -> Vec<String> {
    let date = calendar::start(language, &rebooking.slot);
    let mut lines = vec![format!("{} · {date}", rebooking.course.name)];
    lines.extend(difference(language, rebooking));
    lines
}

fn ordered(_: Language, rebooking: &Rebooking) -> Vec<String> {
    rebooking.order.as_ref().map(|order| format!("#{}", order.number)).into_iter().collect()
}

fn difference(language: Language, rebooking: &Rebooking) -> Vec<String> {
    vec![composed::price_difference(language, rebooking.consequence)]
}

/// The wish that was noted with an entry.
fn wished(language: Language, token: &RebookingToken, at: DateTime<Utc>) -> Vec<String> {
    let wish = token.wishes().iter().find(|wish| wish.at == at);
    let lines = wish.map(|wish| vec![composed::wish(language, wish), wish.text.expose().into()]);
    lines.unwrap_or_default()
}

/// What people look for when they look through a history.
const fn mood(event: AuditEvent) -> &'static str {
    use AuditEvent as E;
    match event {
        E::Chosen | E::BackupBooked | E::OrderMade | E::PartnerConfirmed => "good",
        E::Declined
        | E::DateWithdrawn
        | E::LimitReached
        | E::OrderRefused
        | E::OrderGone
        | E::MailRefused
        | E::EffectDied
        | E::NoDatesFound => "bad",
        E::Noted => "note",
        _ => "plain",
    }
}

/// Who does what next, and by when, as far as anybody knows.
pub(super) fn next(language: Language, newest: &RebookingToken, now: DateTime<Utc>) -> String {
    let (status, zone) = (CaseStatus::from_token(newest, now), newest.booking().slot.zone);
    let until = calendar::short_moment(language, zone, newest.expires_at());
    let date = newest.rebooking().map(|rebooking| calendar::start(language, &rebooking.slot));
    let date = date.unwrap_or_default();
    text!(language, "support-next", status = status.as_str(), until, date)
}
