//! A support system in memory: one ticket a case, each note once.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;

use super::trouble::{Trouble, Troubles};
use crate::ports::{PortError, TicketNote, TicketStage, Tickets};
use crate::token::TicketRef;
use crate::value::ids::CaseId;

/// A support system in memory. A clone is another handle to the same tickets.
///
/// The system itself makes a ticket and a note for each call; the adapter looks for the case and
/// for the note's key before it writes, and writes the note last, so that what was begun and not
/// answered is found again and finished.
#[derive(Clone, Debug, Default)]
pub struct MemoryTickets(Arc<Desk>);

#[derive(Debug, Default)]
struct Desk {
    tickets: Mutex<Vec<SupportTicket>>,
    never_looks: std::sync::atomic::AtomicBool,
    calls: Troubles,
    opening: Troubles,
    noting: Troubles,
}

/// One ticket as support sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SupportTicket {
    /// Which ticket it is.
    pub id: TicketRef,
    /// Which case it is about.
    pub case: CaseId,
    /// What was said, oldest first.
    pub notes: Vec<TicketNote>,
    /// Where it stands.
    pub stage: TicketStage,
    /// People have closed it; it stays where it is.
    pub closed: bool,
}

impl MemoryTickets {
    /// No ticket yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// An adapter that writes without looking first, for every handle: twins show.
    #[must_use]
    pub fn without_looking(self) -> Self {
        self.0.never_looks.store(true, std::sync::atomic::Ordering::Relaxed);
        self
    }

    /// Every ticket, oldest first.
    #[must_use]
    pub fn tickets(&self) -> Vec<SupportTicket> {
        self.desk().clone()
    }

    /// The tickets of one case: never more than one, as long as the adapter looks.
    #[must_use]
    pub fn of_case(&self, case: CaseId) -> Vec<SupportTicket> {
        self.desk().iter().filter(|ticket| ticket.case == case).cloned().collect()
    }

    /// People close the ticket of a case.
    pub fn close(&self, case: CaseId) {
        for ticket in self.desk().iter_mut().filter(|ticket| ticket.case == case) {
            ticket.closed = true;
        }
    }

    /// What happens to the next call; said several times, to the calls after it.
    pub fn next_call(&self, trouble: impl Into<Option<Trouble>>) {
        self.0.calls.next_call(trouble);
    }

    /// What happens to every call that nothing was said about.
    pub fn every_call(&self, trouble: Option<Trouble>) {
        self.0.calls.every_call(trouble);
    }

    /// Forgets all troubles that have not happened yet.
    pub fn calm_down(&self) {
        self.0.calls.clear();
        self.0.opening.clear();
        self.0.noting.clear();
    }

    /// What happens the next time that the system opens a ticket, in the middle of a call.
    pub fn next_opening(&self, trouble: impl Into<Option<Trouble>>) {
        self.0.opening.next_call(trouble);
    }

    /// What happens the next time that the system takes a note, in the middle of a call.
    pub fn next_note(&self, trouble: impl Into<Option<Trouble>>) {
        self.0.noting.next_call(trouble);
    }

    fn desk(&self) -> MutexGuard<'_, Vec<SupportTicket>> {
        self.0.tickets.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn looks(&self) -> bool {
        !self.0.never_looks.load(std::sync::atomic::Ordering::Relaxed)
    }

    fn find(&self, note: &TicketNote) -> Option<SupportTicket> {
        if !self.looks() {
            return None;
        }
        let desk = self.desk();
        let known = desk.iter().find(|ticket| note.ticket.as_ref() == Some(&ticket.id));
        known.or_else(|| desk.iter().find(|ticket| ticket.case == note.token.case)).cloned()
    }

    /// The system opens a ticket, whatever there is already.
    async fn open(&self, note: &TicketNote) -> Result<SupportTicket, PortError> {
        let answer = self.0.opening.begin().await?;
        let ticket = {
            let mut desk = self.desk();
            let number = desk.len() + 1;
            let id = TicketRef { id: number.to_string(), number: format!("T{number:05}") };
            let ticket = SupportTicket {
                id,
                case: note.token.case,
                notes: Vec::new(),
                stage: note.stage,
                closed: false,
            };
            desk.push(ticket.clone());
            ticket
        };
        answer.carry(ticket)
    }

    /// The system moves the ticket and takes the note, whatever was said already.
    async fn write(&self, id: &TicketRef, note: &TicketNote) -> Result<(), PortError> {
        let answer = self.0.noting.begin().await?;
        for ticket in self.desk().iter_mut().filter(|ticket| ticket.id == *id) {
            if !ticket.closed {
                ticket.stage = note.stage;
            }
            ticket.notes.push(note.clone());
        }
        answer.carry(())
    }
}

#[async_trait]
impl Tickets for MemoryTickets {
    async fn record(&self, note: &TicketNote) -> Result<TicketRef, PortError> {
        let answer = self.0.calls.begin().await?;
        let ticket = match self.find(note) {
            Some(ticket) => ticket,
            None => self.open(note).await?,
        };
        if !ticket.notes.iter().any(|known| known.key == note.key) {
            self.write(&ticket.id, note).await?;
        }
        answer.carry(ticket.id)
    }
}
