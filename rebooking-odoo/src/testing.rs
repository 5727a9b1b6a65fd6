//! An Odoo in memory on a port of this machine. It answers as a real one does, and fails on demand.
//!
//! It speaks JSON-2 and JSON-RPC, has either helpdesk, and forgives nothing: a second call makes a
//! second ticket or note, an unknown field or argument is an error, `load` refuses under status
//! 200, and every error carries a traceback that quotes a customer.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    reason = "a fake for tests reports by panicking"
)]

mod control;
mod http;
mod load;
mod methods;
mod raise;
mod records;
mod rpc;
mod server;
mod shared;
mod trouble;
mod world;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use secrecy::SecretString;
use tokio::net::TcpSocket;
use tokio::task::JoinHandle;

use crate::config::{Flavour, OdooAddress, OdooSettings, Protocol, Stages};
use shared::Shared;

pub use trouble::{Symptom, Trouble};
pub use world::{DATABASE, KEY, LOGIN, SeenNote, SeenTicket};

/// The way that a test speaks to the fake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Dialect {
    /// JSON-2.
    Json2,
    /// JSON-RPC.
    JsonRpc,
}

/// A running Odoo. It ends when it is dropped.
#[derive(Debug)]
pub struct FakeOdoo {
    shared: Arc<Shared>,
    address: SocketAddr,
    /// Keeps the port ours while nobody listens.
    _port: TcpSocket,
    task: JoinHandle<()>,
}

impl Drop for FakeOdoo {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl FakeOdoo {
    /// At a free port.
    ///
    /// # Errors
    /// No port is free.
    pub async fn start(flavour: Flavour) -> io::Result<Self> {
        Self::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), flavour).await
    }

    /// At this address.
    ///
    /// # Errors
    /// The port is taken.
    pub async fn bind(address: SocketAddr, flavour: Flavour) -> io::Result<Self> {
        let port = server::hold(address)?;
        let address = port.local_addr()?;
        let shared = Arc::new(Shared::new(flavour));
        let task = tokio::spawn(server::run(Arc::clone(&shared), address));
        let _ = shared.listens.subscribe().wait_for(|listens| *listens).await;
        Ok(Self { shared, address, _port: port, task })
    }

    /// Where it listens.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// What an adapter needs to write into it.
    #[must_use]
    pub fn settings(&self, dialect: Dialect) -> OdooSettings {
        let address: OdooAddress = format!("http://{}", self.address).parse().unwrap();
        let database = DATABASE.to_owned();
        let protocol = match dialect {
            Dialect::Json2 => Protocol::Json2 { database: Some(database) },
            Dialect::JsonRpc => Protocol::JsonRpc { database, login: LOGIN.to_owned() },
        };
        let flavour = self.shared.world().flavour;
        let (stages, team) = match flavour {
            Flavour::Oca => (Stages::defaults(flavour), None),
            Flavour::Enterprise => (
                Stages {
                    awaiting_customer: Some("Waiting".parse().unwrap()),
                    awaiting_partner: Some("2".parse().unwrap()),
                    needs_support: Some("helpdesk.stage_new".parse().unwrap()),
                    solved: Some("Solved".parse().unwrap()),
                },
                Some("1".parse().unwrap()),
            ),
        };
        let key = SecretString::from(KEY);
        OdooSettings { stages, team, ..OdooSettings::new(address, protocol, key, flavour) }
    }

    /// What becomes of a call: 0 is the next one, 1 the one after it.
    pub async fn trouble_at(&self, call: usize, trouble: Trouble) {
        if self.shared.plan().at(call, trouble) {
            self.shared.close().await;
        }
    }

    /// What becomes of the next call that writes.
    pub fn trouble_with_next_write(&self, trouble: Trouble) {
        self.shared.plan().at_next_write(trouble);
    }

    /// No trouble any more.
    pub async fn calm_down(&self) {
        self.shared.plan().clear();
        let _ = self.shared.open.send_replace(true);
        let _ = self.shared.listens.subscribe().wait_for(|listens| *listens).await;
    }

    /// Calls are heard and wait, but for those that ask for the version.
    pub fn hold(&self) {
        self.shared.held.send_modify(|held| held.holds = true);
    }

    /// Waits until so many calls wait.
    pub async fn until_held(&self, calls: usize) {
        let _ = self.shared.held.subscribe().wait_for(|held| held.waiting >= calls).await;
    }

    /// Calls wait no longer.
    pub fn release(&self) {
        self.shared.held.send_modify(|held| held.holds = false);
    }

    /// Which methods were called, the oldest first: `helpdesk.ticket/load`.
    #[must_use]
    pub fn calls(&self) -> Vec<String> {
        self.shared.plan().calls().to_vec()
    }

    /// Which trace each call said that it belongs to, the oldest first.
    #[must_use]
    pub fn traces(&self) -> Vec<Option<String>> {
        self.shared.plan().traces().to_vec()
    }

    /// Every ticket that was not deleted.
    #[must_use]
    pub fn tickets(&self) -> Vec<SeenTicket> {
        self.shared.world().seen()
    }

    /// People move a ticket to a stage.
    pub fn move_to(&self, ticket: i64, stage: &str) {
        self.shared.world().people_move(ticket, stage);
    }

    /// People close a ticket.
    pub fn close(&self, ticket: i64) {
        let solved = self.shared.world().solved();
        self.move_to(ticket, solved);
    }

    /// People change a ticket's subject.
    pub fn rename(&self, ticket: i64, name: &str) {
        self.shared.world().ticket_mut(ticket).name = name.to_owned();
    }

    /// People archive a ticket.
    pub fn archive(&self, ticket: i64) {
        self.shared.world().ticket_mut(ticket).active = false;
    }

    /// A rule takes a ticket out of our user's sight.
    pub fn hide(&self, ticket: i64) {
        self.shared.world().ticket_mut(ticket).hidden = true;
    }

    /// People delete a ticket; its external id and its notes go with it.
    pub fn delete(&self, ticket: i64) {
        self.shared.world().delete(ticket);
    }

    /// People delete a stage.
    pub fn delete_stage(&self, stage: &str) {
        self.shared.world().delete_stage(stage);
    }

    /// People make another stage of this name.
    pub fn add_stage(&self, name: &str) {
        self.shared.world().add_stage(name);
    }

    /// The key is no longer valid, or is again.
    pub fn revoke_key(&self, revoked: bool) {
        self.shared.world().revoked = revoked;
    }

    /// This Odoo has no such model, or its tickets no such field.
    pub fn lack(&self, name: &str) {
        self.shared.world().lacking.push(name.to_owned());
    }

    /// Our user may no longer use a model, or may again.
    pub fn forbid(&self, model: &str, forbidden: bool) {
        self.shared.world().forbid(model, forbidden);
    }
}
