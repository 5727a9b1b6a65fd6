//! The support tickets of self-service rebooking in Odoo: the helpdesk of the Odoo Community
//! Association (`helpdesk_mgmt`) or Odoo's own of Enterprise (`helpdesk`), over JSON-2 from Odoo 19
//! on, over JSON-RPC with 17 and 18.
//!
//! [`OdooTickets`] is the core's [`Tickets`] port. What to set up in Odoo, from the user to its
//! rights, is in `docs/odoo.md`.
//!
//! ```
//! # async fn story() -> Result<(), Box<dyn std::error::Error>> {
//! use rebooking_core::ports::Tickets as _;
//! use rebooking_odoo::{Flavour, OdooSettings, OdooTickets, Protocol, SecretString};
//!
//! // The program chooses the TLS of all its libraries, and makes one client for all of them.
//! # rustls::crypto::ring::default_provider().install_default().expect("the first");
//! let http = rebooking_odoo::client_builder().build()?;
//!
//! let mut settings = OdooSettings::new(
//!     "https://odoo.example.com".parse()?,
//!     Protocol::Json2 { database: Some("shop".into()) },
//!     SecretString::from("the API key of the user that writes the tickets"),
//!     Flavour::Oca,
//! );
//! // Stages and teams are named by number, by external id, or by their name.
//! settings.stages.solved = Some("helpdesk_mgmt.helpdesk_ticket_stage_done".parse()?);
//! settings.team = Some("3".parse()?);
//!
//! // An Odoo in memory stands in for one here; see the feature `testing`.
//! # use rebooking_odoo::testing::{Dialect, FakeOdoo};
//! let odoo = FakeOdoo::start(Flavour::Oca).await?;
//! let tickets = OdooTickets::new(http, odoo.settings(Dialect::Json2))?;
//! tickets.check().await?;
//!
//! // One ticket a case, each note once, however often it is recorded.
//! # use rebooking_core::effect::{EffectKey, EffectKind, TicketFact};
//! # use rebooking_core::{ports::TicketNote, testing::samples, value::ids::{CaseId, TokenRef}};
//! # let (token, fact) = (TokenRef::first(CaseId::new(7001)), TicketFact::NoDates);
//! # let key = EffectKey::new(token, EffectKind::Ticket(fact), 0);
//! # let booking = samples::booking();
//! # let (reason, stage) = (Default::default(), fact.stage());
//! # let (ticket, rebooking, wish) = (None, None, None);
//! # let note = TicketNote { key, token, ticket, booking, rebooking, fact, reason, wish, stage };
//! let ticket = tickets.record(&note).await?;
//! assert_eq!(tickets.record(&note).await?, ticket);
//! assert_eq!(odoo.tickets()[0].notes.len(), 1);
//! # Ok(())
//! # }
//! # tokio::runtime::Runtime::new().unwrap().block_on(story()).unwrap();
//! ```
//!
//! # One ticket a case, each note once
//!
//! A ticket is opened by `load` under the external id `__rebooking__.case_…`, which Odoo keeps
//! unique, and found again by it. A note carries a message id of its own, which is looked for
//! before it is added. What is there is never written over; a ticket that people have deleted is
//! opened anew. The stage is moved before the note is added, unless people have closed or archived
//! the ticket. So the way of a note can be gone again from the start after any failure.
//!
//! Two senders of one note at the same moment may still add it twice, which the worker's lease
//! rules out: within a case it sends one note after the other.
//!
//! # What becomes of an answer
//!
//! Nothing is retried in here: the outbox does that. *Writing* are `load`, `write` and
//! `message_post`. The words are those of [`PortError`](rebooking_core::ports::PortError).
//!
//! | the call | while reading | while writing |
//! |---|---|---|
//! | has no connection | `Unavailable` | the same |
//! | is silent, breaks off, gives no JSON, or 502, 503 or 504 | `Unavailable` | `Unknown` |
//! | gives more than 1 MiB, other JSON, or any other 500 | `Transient` | `Unknown` |
//! | gives 429 | `Unavailable` | the same |
//! | refuses key, login, database, model or method; redirects | `Unauthorized` | the same |
//! | forbids this one ticket | `Permanent` | the same |
//! | finds ticket or stage gone (`MissingError`), or `load` gives no id | `Transient` | the same |
//! | refuses what was sent (`ValueError`, `UserError`, 400, 422 …) | `Permanent` | the same |
//! | loses Odoo's own database (`psycopg2.…`) | `Unavailable` | `Unknown` |
//!
//! A helpdesk, a stage or a team that the settings name and Odoo has not is
//! [`PortError::Unauthorized`] too: it concerns every ticket, and nothing is lost until somebody
//! has mended it.
//!
//! # Secrets and personal data
//!
//! The key is in the requests and nowhere else. The customer's name and address are in the ticket's
//! own fields, so that support can answer, and in no subject, text or note; no link is in any of
//! them. Errors hold what was called and the name of Odoo's exception, never what it said: its
//! messages and tracebacks quote records. Do not switch on `connection_verbose` of the client,
//! which logs what is sent.
//!
//! # Features
//!
//! `testing` brings an Odoo on loopback that answers as a real one does, keeps its tickets in
//! memory and fails on demand.
//!
//! [`Tickets`]: rebooking_core::ports::Tickets
//! [`PortError::Unavailable`]: rebooking_core::ports::PortError::Unavailable
//! [`PortError::Unknown`]: rebooking_core::ports::PortError::Unknown
//! [`PortError::Transient`]: rebooking_core::ports::PortError::Transient
//! [`PortError::Unauthorized`]: rebooking_core::ports::PortError::Unauthorized
//! [`PortError::Permanent`]: rebooking_core::ports::PortError::Permanent

#[cfg(test)]
mod bodies;
mod call;
mod client;
mod config;
mod desk;
mod error;
mod fields;
#[cfg(test)]
mod fuzz;
mod marker;
mod setup;
#[cfg(feature = "testing")]
pub mod testing;
mod texts;
mod tickets;
mod transport;
mod wire;

pub use client::client_builder;
pub use config::{
    Flavour, Limits, MalformedAddress, MalformedReference, OdooAddress, OdooSettings, Protocol,
    RecordRef, Stages, UnknownFlavour,
};
pub use error::UnusableSettings;
/// The client that a host hands in is of this version.
pub use reqwest;
pub use secrecy::SecretString;
pub use tickets::OdooTickets;
