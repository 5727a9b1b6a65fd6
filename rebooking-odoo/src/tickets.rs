//! The tickets port on an Odoo.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use rebooking_core::ports::{PortError, TicketNote, Tickets};
use rebooking_core::token::TicketRef;

use crate::client::{Client, Conversation};
use crate::config::OdooSettings;
use crate::desk::Desk;
use crate::error::{ExceptionKind, UnusableSettings};
use crate::setup::Setup;
use crate::texts::Texts;

/// The support tickets of an Odoo.
pub struct OdooTickets {
    settings: OdooSettings,
    client: Client,
    /// What the settings name, once it was found.
    setup: Mutex<Option<Arc<Setup>>>,
}

impl OdooTickets {
    /// Calls nobody yet: the first note does. See [`client_builder`](crate::client_builder) for
    /// what the client should be like.
    ///
    /// # Errors
    /// [`UnusableSettings`] when no call could ever be made like this.
    pub fn new(http: reqwest::Client, settings: OdooSettings) -> Result<Self, UnusableSettings> {
        let client = Client::new(http, &settings)?;
        Ok(Self { settings, client, setup: Mutex::new(None) })
    }

    /// Signs in and looks for the helpdesk, the team and the stages that the settings name. Changes
    /// nothing over there.
    ///
    /// # Errors
    /// [`PortError::Unauthorized`] says what in the settings or in the user's rights is not right;
    /// any other that Odoo is out of reach.
    pub async fn check(&self) -> Result<(), PortError> {
        Setup::find(&self.client.begin(), &self.settings).await.map(drop)
    }

    async fn setup(&self, talk: &Conversation<'_>) -> Result<Arc<Setup>, PortError> {
        let found = self.setup.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(setup) = found {
            return Ok(setup);
        }
        let setup = Arc::new(Setup::find(talk, &self.settings).await?);
        self.remember(Some(Arc::clone(&setup)));
        Ok(setup)
    }

    fn remember(&self, setup: Option<Arc<Setup>>) {
        *self.setup.lock().unwrap_or_else(PoisonError::into_inner) = setup;
    }
}

impl fmt::Debug for OdooTickets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OdooTickets(…)")
    }
}

#[async_trait]
impl Tickets for OdooTickets {
    /// The note comes last: once it is there, all of it has been done.
    async fn record(&self, note: &TicketNote) -> Result<TicketRef, PortError> {
        let talk = self.client.begin();
        let setup = self.setup(&talk).await?;
        let desk = Desk { talk: &talk, setup: &setup };
        let texts = Texts::new(self.settings.language.unwrap_or(note.booking.customer.language));
        let ticket = match desk.known(note).await? {
            Some(ticket) => ticket,
            None => desk.find_or_open(note, texts).await?,
        };
        if !desk.has_note(ticket.id, &note.key).await? {
            let updated = desk.update(&ticket, note).await;
            if updated.as_ref().is_err_and(|e| e.exception() == Some(ExceptionKind::Missing)) {
                // The ticket, or the stage: look for both again.
                self.remember(None);
            }
            updated?;
            desk.post(ticket.id, note, texts).await?;
        }
        Ok(ticket.reference())
    }
}
