//! Every word that is stored, sent or compared, in one file: `tests/expected/words.txt`. A word
//! that changes there orphans rows, links and programs. `REBOOKING_WRITE_EXPECTED=1` writes the
//! file anew; read the difference before you commit it.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the report")]

use std::fmt::{Debug, Write as _};
use std::path::PathBuf;

use rebooking_core::audit::AuditEvent as Event;
use rebooking_core::calendar_entry::{Method, Status};
use rebooking_core::confirmation::ConfirmationState;
use rebooking_core::effect::{EffectKind, EffectState, Lane, MailKind as Mail, TicketFact as Fact};
use rebooking_core::ports::store::{Attention, CaseStatus};
use rebooking_core::testing::samples;
use rebooking_core::token::{CancelReason, Cause};
use rebooking_core::value::customer::Language;
use rebooking_core::value::money::Currency;
use serde::Serialize;
use serde::de::DeserializeOwned;

const EVENTS: [Event; 32] = [
    Event::Declined,
    Event::DateWithdrawn,
    Event::LimitReached,
    Event::LinkIssued,
    Event::LinkSuperseded,
    Event::LinkMailed,
    Event::LinkResent,
    Event::LinkExtended,
    Event::LinkCancelled,
    Event::LinkExpired,
    Event::LinkReminded,
    Event::PageOpened,
    Event::NoDatesFound,
    Event::WrongAddress,
    Event::Chosen,
    Event::RequestWithdrawn,
    Event::OrderGone,
    Event::OrderMade,
    Event::OrderMadeTooLate,
    Event::OrderRefused,
    Event::OrderUndone,
    Event::DifferenceRefunded,
    Event::PartnerConfirmed,
    Event::RebookingCancelled,
    Event::Wished,
    Event::NewDatesAnnounced,
    Event::MailRefused,
    Event::TicketKept,
    Event::EffectDied,
    Event::EffectRetried,
    Event::EffectSkipped,
    Event::Forgotten,
];

const MAILS: [Mail; 13] = [
    Mail::Declined,
    Mail::LinkSent,
    Mail::LinkReplaced,
    Mail::LimitReached,
    Mail::Rebooked,
    Mail::PartnerConfirmed,
    Mail::Reminder,
    Mail::OrderRefused,
    Mail::NewDates,
    Mail::CalledOff,
    Mail::PartnerRequest,
    Mail::PartnerWithdrawn,
    Mail::PartnerReleased,
];

const FACTS: [Fact; 17] = [
    Fact::Declined,
    Fact::LimitReached,
    Fact::LinkSent,
    Fact::NoDates,
    Fact::Rebooked,
    Fact::Confirmed,
    Fact::OrderRefused,
    Fact::Cancelled(CancelReason::Support),
    Fact::Cancelled(CancelReason::Refunded),
    Fact::Cancelled(CancelReason::OrderCancelled),
    Fact::Cancelled(CancelReason::Superseded),
    Fact::Wish(2),
    Fact::Expired,
    Fact::Unreachable,
    Fact::CustomerNotTold,
    Fact::PartnerNotTold,
    Fact::OrderStuck,
];

const REASONS: [CancelReason; 4] = [
    CancelReason::Support,
    CancelReason::Refunded,
    CancelReason::OrderCancelled,
    CancelReason::Superseded,
];

const CAUSES: [Cause; 5] =
    [Cause::Declined, Cause::DateWithdrawn, Cause::Manual, Cause::Replaced, Cause::OrderRefused];

/// The file, as it is built up.
#[derive(Default)]
struct Words(String);

impl Words {
    fn list<W: AsRef<str>>(&mut self, title: &str, words: impl IntoIterator<Item = W>) {
        self.title(title);
        words.into_iter().for_each(|word| self.line(word.as_ref()));
    }

    /// Words of a document, each read back as what it was written from.
    fn documents<T>(&mut self, title: &str, values: impl IntoIterator<Item = T>)
    where
        T: Debug + PartialEq + Serialize + DeserializeOwned,
    {
        self.title(title);
        for value in values {
            let document = serde_json::to_string(&value).unwrap();
            assert_eq!(serde_json::from_str::<T>(&document).unwrap(), value);
            self.line(&document);
        }
    }

    fn title(&mut self, title: &str) {
        let gap = if self.0.is_empty() { "" } else { "\n" };
        writeln!(self.0, "{gap}{title}").unwrap();
    }

    fn line(&mut self, line: &str) {
        writeln!(self.0, "    {line}").unwrap();
    }
}

fn kinds() -> Vec<EffectKind> {
    let own = [EffectKind::PlaceOrder, EffectKind::UndoOrder, EffectKind::Refund];
    let mails = MAILS.map(EffectKind::Mail);
    mails.into_iter().chain(own).chain(FACTS.map(EffectKind::Ticket)).collect()
}

fn states() -> [EffectState; 5] {
    let (at, due_at, until) = (samples::now(), samples::now(), samples::now());
    [
        EffectState::Waiting { due_at },
        EffectState::Leased { until },
        EffectState::Done { at },
        EffectState::Dead { at },
        EffectState::Skipped { at },
    ]
}

fn words() -> String {
    let mut words = Words::default();
    words.list("lanes", Lane::ALL.map(Lane::name));
    words.documents("lanes in documents", Lane::ALL);
    words.list("effects in keys and lists", kinds().into_iter().map(EffectKind::name));
    words.documents("effects in documents", kinds());
    words.list("states of an effect", states().map(EffectState::name));
    words.list("events of the history", EVENTS.map(Event::name));
    words.documents("events of the history in documents", EVENTS);
    words.documents("causes of a link", CAUSES);
    words.documents("reasons of a cancellation", REASONS);
    let asked = [
        ConfirmationState::Waiting,
        ConfirmationState::Pending,
        ConfirmationState::Confirmed,
        ConfirmationState::Declined,
        ConfirmationState::Withdrawn,
    ];
    words.list("states of a confirmation", asked.map(ConfirmationState::name));
    words.list("states of a case", CaseStatus::ALL.map(CaseStatus::name));
    words.list("what a case needs", Attention::ALL.map(Attention::name));
    words.list("languages", [Language::German, Language::English].map(Language::code));
    words.list("currencies", [Currency::EUR.code()]);
    let methods = [Method::Publish, Method::Request, Method::Cancel];
    words.list("methods of a calendar file", methods.map(Method::word));
    let statuses = [Status::Tentative, Status::Confirmed, Status::Cancelled];
    words.list("states in a calendar file", statuses.map(Status::word));
    words.0
}

#[test]
fn every_word_is_the_one_that_was_agreed() {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/expected/words.txt"));
    let words = words();
    if std::env::var_os("REBOOKING_WRITE_EXPECTED").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &words).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(words, expected);
}
