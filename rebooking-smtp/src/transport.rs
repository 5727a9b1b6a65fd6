//! Carries a mail to the relay: one deadline around each send, connections kept for the next mail, and nothing sent twice.

mod reply;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};
use rustls::crypto::CryptoProvider;
use secrecy::ExposeSecret as _;
use tokio::time::{Instant, timeout};

use crate::config::{MailSettings, Relay, Tls};
use crate::error::{Fault, Stage, UnusableSettings};
use crate::message::Letter;

/// The way to one relay.
pub(crate) struct Transport {
    relay: Relay,
    tls: Option<TlsParameters>,
    credentials: Option<Credentials>,
    hello: ClientId,
    kept: Mutex<Vec<Kept>>,
}

/// An open connection that waits for its next mail.
struct Kept {
    connection: AsyncSmtpConnection,
    since: Instant,
}

/// Whether the end of the mail may have reached the server: from then on an answer that fails to come leaves the outcome unknown.
#[derive(Default)]
struct Ended(AtomicBool);

impl Ended {
    fn yet(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

impl Transport {
    pub(crate) fn new(relay: Relay, settings: &MailSettings) -> Result<Self, UnusableSettings> {
        let relay = match relay.tls {
            // Checked again, as the field can be set without asking.
            Tls::None => relay.with_tls(Tls::None)?,
            Tls::StartTls | Tls::Implicit => relay,
        };
        let tls = match relay.tls {
            Tls::None => None,
            Tls::StartTls | Tls::Implicit => Some(tls(&relay)?),
        };
        let credentials = relay
            .login
            .as_ref()
            .map(|login| Credentials::new(login.user.clone(), login.password.expose_secret().to_owned()));
        let hello = ClientId::Domain(settings.domain().to_owned());
        Ok(Self { relay, tls, credentials, hello, kept: Mutex::default() })
    }

    /// Returns once the relay has taken responsibility for the mail.
    pub(crate) async fn send(&self, letter: &Letter) -> Result<(), Fault> {
        let ended = Ended::default();
        match timeout(self.relay.deadline, self.deliver(letter, &ended)).await {
            Ok(delivered) => delivered,
            Err(_) if ended.yet() => Err(Fault::SilentAfterEnd),
            Err(_) => Err(Fault::Silent),
        }
    }

    async fn deliver(&self, letter: &Letter, ended: &Ended) -> Result<(), Fault> {
        while let Some(mut connection) = self.take_kept() {
            match hand_over(&mut connection, letter, ended).await {
                // The server has closed it in the meantime, and has not had the end of the mail: nothing is lost or doubled.
                Err(fault) if fault.is_of_the_connection() && !ended.yet() => {}
                Err(fault) => return Err(fault),
                Ok(()) => {
                    self.keep(connection);
                    return Ok(());
                }
            }
        }
        let mut connection = self.connect().await?;
        hand_over(&mut connection, letter, ended).await?;
        self.keep(connection);
        Ok(())
    }

    /// Connects, encrypts, signs in. Nothing of a mail is said before.
    async fn connect(&self) -> Result<AsyncSmtpConnection, Fault> {
        let implicit = self.tls.clone().filter(|_| self.relay.tls == Tls::Implicit);
        let server = (self.relay.host.as_str(), self.relay.port);
        let timeout = Some(self.relay.deadline);
        let connected = AsyncSmtpConnection::connect_tokio1(server, timeout, &self.hello, implicit, None);
        let mut connection = connected.await.map_err(|error| Fault::at(Stage::Greeting, false, &error))?;
        if let (Tls::StartTls, Some(tls)) = (self.relay.tls, &self.tls) {
            let encrypted = connection.starttls(tls.clone(), &self.hello).await;
            encrypted.map_err(|error| Fault::at(Stage::Encryption, false, &error))?;
        }
        if let Some(credentials) = &self.credentials {
            let signed_in = connection.auth(&[Mechanism::Plain, Mechanism::Login], credentials).await;
            signed_in.map_err(|error| Fault::at(Stage::Login, false, &error))?;
        }
        Ok(connection)
    }

    fn take_kept(&self) -> Option<AsyncSmtpConnection> {
        let mut kept = self.kept();
        kept.retain(|kept| kept.since.elapsed() < self.relay.idle);
        kept.pop().map(|kept| kept.connection)
    }

    fn keep(&self, connection: AsyncSmtpConnection) {
        let mut kept = self.kept();
        if kept.len() < self.relay.kept && !self.relay.idle.is_zero() {
            kept.push(Kept { connection, since: Instant::now() });
        }
    }

    fn kept(&self) -> MutexGuard<'_, Vec<Kept>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One mail over an open connection. After an error the connection is of no use any more.
async fn hand_over(
    connection: &mut AsyncSmtpConnection,
    letter: &Letter,
    ended: &Ended,
) -> Result<(), Fault> {
    let mut parameters = Vec::new();
    if !letter.is_ascii() {
        if !connection.server_info().supports_feature(Extension::SmtpUtfEight) {
            return Err(Fault::Unable { stage: Stage::Recipient });
        }
        parameters = vec![MailParameter::SmtpUtfEight, MailParameter::Body(MailBodyParameter::EightBitMime)];
    }
    let fault = |stage| move |error| Fault::at(stage, ended.yet(), &error);
    connection
        .command(Mail::new(Some(letter.from.clone()), parameters))
        .await
        .map_err(fault(Stage::Sender))?;
    connection.command(Rcpt::new(letter.to.clone(), Vec::new())).await.map_err(fault(Stage::Recipient))?;
    connection.command(Data).await.map_err(fault(Stage::Content))?;
    let content = Content { rest: Some(&letter.bytes), ended };
    connection.message_iter(content).await.map_err(fault(Stage::Content))?;
    Ok(())
}

/// The mail in one piece, noticing when the client asks for more: then it has written all of it, and the final dot comes next.
struct Content<'a> {
    rest: Option<&'a [u8]>,
    ended: &'a Ended,
}

impl<'a> Iterator for Content<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let next = self.rest.take();
        if next.is_none() {
            self.ended.0.store(true, Ordering::SeqCst);
        }
        next
    }
}

fn tls(relay: &Relay) -> Result<TlsParameters, UnusableSettings> {
    // The client would panic without one.
    if CryptoProvider::get_default().is_none() {
        return Err(UnusableSettings::NoTlsProvider);
    }
    let mut builder = TlsParameters::builder(relay.host.clone());
    if let Some(pem) = &relay.trusted {
        builder = builder
            .add_root_certificate(Certificate::from_pem(pem).map_err(|_| UnusableSettings::Certificates)?);
    }
    builder.build_rustls().map_err(|_| UnusableSettings::Tls)
}
