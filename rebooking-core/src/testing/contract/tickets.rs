//! The contract of [`Tickets`]: one ticket a case, each note once, and people have the last word.

use std::sync::Arc;

use async_trait::async_trait;

use crate::effect::{EffectKey, EffectKind, TicketFact};
use crate::ports::{PortError, TicketNote, TicketStage, Tickets};
use crate::testing::{MemoryTickets, Trouble, samples};
use crate::token::TicketRef;
use crate::value::ids::{CaseId, TokenRef};
use crate::value::text::FreeText;

/// An adapter with the support system behind it, which the cases look into.
#[async_trait]
pub trait DeskUnderTest: Send + Sync {
    /// The adapter.
    fn tickets(&self) -> Arc<dyn Tickets>;

    /// Every ticket of a case.
    async fn of_case(&self, case: CaseId) -> Vec<SeenTicket>;

    /// People close the ticket of a case.
    async fn close(&self, case: CaseId);

    /// The next thing that the system opens or writes is opened or written, and the answer gets
    /// lost.
    async fn lose_next_answer(&self);
}

/// A ticket as people see it.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: tests of adapters write it as a literal.
pub struct SeenTicket {
    /// Which ticket it is.
    pub id: TicketRef,
    /// How many notes of ours it holds.
    pub notes: usize,
    /// Where it stands; `None` once people have closed it.
    pub stage: Option<TicketStage>,
}

#[async_trait]
impl DeskUnderTest for MemoryTickets {
    fn tickets(&self) -> Arc<dyn Tickets> {
        Arc::new(self.clone())
    }

    async fn of_case(&self, case: CaseId) -> Vec<SeenTicket> {
        let seen = Self::of_case(self, case).into_iter().map(|ticket| SeenTicket {
            notes: ticket.notes.len(),
            stage: (!ticket.closed).then_some(ticket.stage),
            id: ticket.id,
        });
        seen.collect()
    }

    async fn close(&self, case: CaseId) {
        Self::close(self, case);
    }

    async fn lose_next_answer(&self) {
        self.next_opening(Trouble::Unanswered);
    }
}

const CASE: CaseId = CaseId::new(7001);

fn note(fact: TicketFact) -> TicketNote {
    let token = TokenRef::first(CASE);
    TicketNote {
        key: EffectKey::new(token, EffectKind::Ticket(fact), 0),
        token,
        ticket: None,
        booking: samples::booking(),
        rebooking: None,
        fact,
        reason: FreeText::line("Der Koch ist krank.", 100),
        wish: None,
        stage: fact.stage(),
    }
}

async fn record(desk: &impl DeskUnderTest, note: &TicketNote) -> TicketRef {
    desk.tickets().record(note).await.unwrap()
}

async fn the_ticket(desk: &impl DeskUnderTest) -> SeenTicket {
    let mut tickets = desk.of_case(CASE).await;
    assert_eq!(tickets.len(), 1, "one ticket a case");
    tickets.remove(0)
}

/// The first note opens it.
pub async fn a_first_note_opens_the_ticket(desk: impl DeskUnderTest) {
    assert_eq!(desk.of_case(CASE).await, []);
    let id = record(&desk, &note(TicketFact::Declined)).await;
    assert!(
        !id.number.is_empty() && id.id.len() <= 50,
        "people can say it, and the column takes it"
    );
    assert_eq!(
        the_ticket(&desk).await,
        SeenTicket { id, notes: 1, stage: Some(TicketStage::AwaitingCustomer) }
    );
}

/// Whether the case knows its ticket or not.
pub async fn a_case_has_one_ticket(desk: impl DeskUnderTest) {
    let id = record(&desk, &note(TicketFact::Declined)).await;
    let unknowing = note(TicketFact::NoDates);
    let knowing = TicketNote { ticket: Some(id.clone()), ..note(TicketFact::Wish(0)) };
    let mut later = note(TicketFact::LinkSent);
    later.token = later.token.next();
    later.key = EffectKey::new(later.token, EffectKind::Ticket(later.fact), 0);
    for note in [unknowing, knowing, later] {
        assert_eq!(record(&desk, &note).await, id);
    }
    assert_eq!(the_ticket(&desk).await.notes, 4);
}

/// Two cases of one customer are two.
pub async fn two_cases_have_two_tickets(desk: impl DeskUnderTest) {
    let first = record(&desk, &note(TicketFact::Declined)).await;
    let token = TokenRef::first(CaseId::new(7002));
    let key = EffectKey::new(token, EffectKind::Ticket(TicketFact::Declined), 0);
    let booking = samples::booking_of(7002);
    let other = TicketNote { token, key, booking, ..note(TicketFact::Declined) };
    assert_ne!(record(&desk, &other).await, first);
    assert_eq!(
        (the_ticket(&desk).await.notes, desk.of_case(CaseId::new(7002)).await.len()),
        (1, 1)
    );
}

/// Case 70 is not case 7001, and step 1 is not step 11.
pub async fn numbers_that_begin_alike_are_told_apart(desk: impl DeskUnderTest) {
    let first = record(&desk, &note(TicketFact::Declined)).await;
    for token in [TokenRef::first(CaseId::new(70)), TokenRef::first(CaseId::new(70_011))] {
        let key = EffectKey::new(token, EffectKind::Ticket(TicketFact::Declined), 0);
        let booking = samples::booking_of(token.case.value());
        let other = TicketNote { token, key, booking, ..note(TicketFact::Declined) };
        assert_ne!(record(&desk, &other).await, first, "{token}");
    }
    for step in [11, 12] {
        let token = TokenRef { case: CASE, step };
        let key = EffectKey::new(token, EffectKind::Ticket(TicketFact::Declined), 0);
        assert_eq!(
            record(&desk, &TicketNote { token, key, ..note(TicketFact::Declined) }).await,
            first
        );
    }
    assert_eq!(the_ticket(&desk).await.notes, 3);
}

/// Nor does it move the ticket back to where it stood then.
pub async fn the_same_note_again_changes_nothing(desk: impl DeskUnderTest) {
    let (first, second) = (note(TicketFact::Declined), note(TicketFact::Rebooked));
    let id = record(&desk, &first).await;
    record(&desk, &second).await;
    let before = the_ticket(&desk).await;
    assert_eq!((before.notes, before.stage), (2, Some(TicketStage::AwaitingPartner)));
    assert_eq!(record(&desk, &first).await, id);
    assert_eq!(the_ticket(&desk).await, before);
}

/// Each fact says where the ticket belongs.
pub async fn a_note_moves_the_ticket(desk: impl DeskUnderTest) {
    for fact in
        [TicketFact::Declined, TicketFact::NoDates, TicketFact::Rebooked, TicketFact::Confirmed]
    {
        record(&desk, &note(fact)).await;
        assert_eq!(the_ticket(&desk).await.stage, Some(fact.stage()), "{fact:?}");
    }
}

/// What we solved ourselves can become open again.
pub async fn a_solved_ticket_is_moved_on(desk: impl DeskUnderTest) {
    record(&desk, &note(TicketFact::Confirmed)).await;
    record(&desk, &note(TicketFact::Wish(0))).await;
    assert_eq!(the_ticket(&desk).await.stage, Some(TicketStage::NeedsSupport));
}

/// The note is taken all the same.
pub async fn a_ticket_that_people_closed_stays_closed(desk: impl DeskUnderTest) {
    record(&desk, &note(TicketFact::Declined)).await;
    desk.close(CASE).await;
    record(&desk, &note(TicketFact::Rebooked)).await;
    let ticket = the_ticket(&desk).await;
    assert_eq!((ticket.notes, ticket.stage), (2, None));
}

/// The system may have done what it did not answer.
pub async fn a_ticket_whose_answer_was_lost_is_found_again(desk: impl DeskUnderTest) {
    desk.lose_next_answer().await;
    let lost = desk.tickets().record(&note(TicketFact::Declined)).await;
    assert!(matches!(lost, Err(PortError::Unknown(_))), "{lost:?}");
    record(&desk, &note(TicketFact::Declined)).await;
    let ticket = the_ticket(&desk).await;
    assert_eq!((ticket.notes, ticket.stage), (1, Some(TicketStage::AwaitingCustomer)));
}

/// Tests that an adapter of a support system keeps its contract, one test a case. The expression
/// makes a [`DeskUnderTest`](crate::testing::contract::tickets::DeskUnderTest).
#[macro_export]
macro_rules! tickets_contract {
    ($(#[$attribute:meta])* ($($argument:tt)*) => $desk:expr) => {
        $crate::contract_cases! { tickets [$(#[$attribute])*] ($($argument)*) [$desk]
            a_first_note_opens_the_ticket
            a_case_has_one_ticket
            two_cases_have_two_tickets
            numbers_that_begin_alike_are_told_apart
            the_same_note_again_changes_nothing
            a_note_moves_the_ticket
            a_solved_ticket_is_moved_on
            a_ticket_that_people_closed_stays_closed
            a_ticket_whose_answer_was_lost_is_found_again
        }
    };
}
