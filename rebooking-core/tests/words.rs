//! Every word that is stored, sent or compared, in one file: `tests/expected/words.txt`. A word
//! that changes there orphans rows, links and programs. `REBOOKING_WRITE_EXPECTED=1` writes the
//! file anew; read the difference before you commit it.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the report")]

use std::fmt::{Debug, Display, Write as _};
use std::path::PathBuf;
use std::str::FromStr;

use rebooking_core::audit::{Actor, AuditEvent, Subject};
use rebooking_core::change::Guard;
use rebooking_core::confirmation::ConfirmationState;
use rebooking_core::effect::{
    EffectKind, EffectStatus, EventKind, Lane, MailKind, TicketFact as Fact,
};
use rebooking_core::eligibility::PriceAdjustment;
use rebooking_core::policy::OrderStrategy;
use rebooking_core::ports::TicketStage;
use rebooking_core::ports::reports::{Attention, CaseOrder, CaseStatus};
use rebooking_core::presentation::calendar_entry::{Method, Status};
use rebooking_core::presentation::dates::TimeOfDay;
use rebooking_core::rebooking::{ChosenBy, RebookingState};
use rebooking_core::testing::samples;
use rebooking_core::token::{CancelReason, Cause};
use rebooking_core::value::customer::Language;
use rebooking_core::value::ids::{CaseId, CourseDateId, PartnerId, TokenRef};
use rebooking_core::value::money::Currency;
use rebooking_core::value::words::UnknownWord;
use rebooking_core::wish::WishKind;
use serde::Serialize;
use serde::de::DeserializeOwned;

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

/// The file, as it is built up.
#[derive(Default)]
struct Words(String);

impl Words {
    fn list(&mut self, title: &str, words: impl IntoIterator<Item = impl AsRef<str>>) {
        self.title(title);
        words.into_iter().for_each(|word| self.line(word.as_ref()));
    }

    /// Words of a column, each read back as what it was written from.
    fn words<T>(&mut self, title: &str, values: impl IntoIterator<Item = T>)
    where
        T: Copy + Debug + Display + PartialEq + FromStr<Err = UnknownWord>,
    {
        let word = |value: T| {
            let word = value.to_string();
            assert_eq!(word.parse(), Ok(value));
            word
        };
        self.list(title, values.into_iter().map(word));
    }

    /// Words of a document, each read back as what it was written from.
    fn documents<T>(&mut self, title: &str, values: impl IntoIterator<Item = T>)
    where
        T: Debug + PartialEq + Serialize + DeserializeOwned,
    {
        let word = |value: T| {
            let document = serde_json::to_string(&value).unwrap();
            assert_eq!(serde_json::from_str::<T>(&document).unwrap(), value);
            document
        };
        self.list(title, values.into_iter().map(word));
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
    let mails = MailKind::ALL.map(EffectKind::Mail);
    let events = EventKind::ALL.map(EffectKind::Event);
    mails.into_iter().chain(own).chain(FACTS.map(EffectKind::Ticket)).chain(events).collect()
}

fn words() -> String {
    let mut words = Words::default();
    words.words("lanes", Lane::ALL);
    words.documents("lanes in documents", Lane::ALL);
    words.list("effects in keys and lists", kinds().iter().map(EffectKind::to_string));
    words.documents("effects in documents", kinds());
    words.words("states of an effect", EffectStatus::ALL);
    words.words("events of the history", AuditEvent::ALL);
    words.documents("events of the history in documents", AuditEvent::ALL);
    words.documents("causes of a link", Cause::ALL);
    words.documents("reasons of a cancellation", CancelReason::ALL);
    words.words("states of a confirmation", ConfirmationState::ALL);
    words.words("states of a case", CaseStatus::ALL);
    words.words("what a case needs", Attention::ALL);
    words.words("orders of a list of cases", CaseOrder::ALL);
    words.list("currencies", [Currency::EUR.code()]);
    words.words("methods of a calendar file", Method::ALL);
    words.words("states in a calendar file", Status::ALL);
    words.words("times of day", TimeOfDay::ALL);
    words.words("mails", MailKind::ALL);
    words.words("events", EventKind::ALL);
    words.words("who chose", ChosenBy::ALL);
    words.words("how the shop is told", OrderStrategy::ALL);
    words.words("wishes", WishKind::ALL);
    words.words("guards", Guard::ALL);
    words.list("states of a rebooking", rebooking_states().map(RebookingState::as_str));
    let cent = samples::euros(1);
    let adjustments = [
        PriceAdjustment::Same,
        PriceAdjustment::Absorbed(cent),
        PriceAdjustment::Refund(cent),
        PriceAdjustment::ToPay(cent),
    ];
    words.list("what a difference in price leads to", adjustments.map(PriceAdjustment::as_str));
    words.list("who did it", actors().each_ref().map(Actor::as_str));
    words.list("what the history is about", subjects().map(Subject::as_str));
    words.words("stages of a ticket", TicketStage::ALL);
    words.0
}

fn rebooking_states() -> [RebookingState; 6] {
    use RebookingState as S;
    let cancelled = S::Cancelled(CancelReason::Support);
    [S::Ordering, S::AwaitingPartner, S::Confirmed, S::DeclinedAgain, S::Rejected, cancelled]
}

fn actors() -> [Actor; 5] {
    let (partner, support) = (Actor::Partner(PartnerId::new(5)), Actor::Support("anna".into()));
    [Actor::Customer, partner, support, Actor::Shop, Actor::System]
}

fn subjects() -> [Subject; 3] {
    let case = CaseId::new(7001);
    let token = Subject::Token(TokenRef::first(case));
    [token, Subject::Booking(case), Subject::Date(CourseDateId::new(90))]
}

#[test]
fn a_word_that_nobody_knows_is_refused_and_not_repeated() {
    let unknown = "post".parse::<Lane>().unwrap_err();
    assert_eq!(unknown.to_string(), "no such lane");
    let unread = serde_json::from_str::<Lane>("\"post\"").unwrap_err().to_string();
    assert!(unread.starts_with("no such lane") && !unread.contains("post"), "{unread}");
}

#[test]
fn documents_hold_the_tag_of_a_language() {
    let language = Language::parse("pt-BR").unwrap();
    assert_eq!(serde_json::to_string(&language).unwrap(), "\"pt-BR\"");
    assert_eq!(serde_json::from_str::<Language>("\"de\"").unwrap(), Language::GERMAN);
    let unread = serde_json::from_str::<Language>("\"x y\"").unwrap_err().to_string();
    assert!(unread.starts_with("no such language") && !unread.contains("x y"), "{unread}");
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
    let changed = words.lines().find(|line| !expected.lines().any(|known| known == *line));
    assert!(words == expected, "the words differ, for instance in {changed:?}");
}
