//! SMTP transport to the relay: one deadline around each send, a pool of kept connections, and no
//! mail sent twice.

mod ascii_stream;
mod connector;
mod reply;
mod stage;
mod starttls;

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use lettre::transport::smtp::authentication::Mechanism;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{Extension, MailBodyParameter, MailParameter};
use lettre::transport::smtp::response::Response;
use tokio::time::{Instant, timeout};

use crate::config::{MailSettings, Relay, Tls};
use crate::error::{SmtpError, Stage, UnusableSettings};
use crate::message::RawMail;
use connector::Connector;
use stage::SmtpStage;

/// How long a kept connection may take for its first reply before a new one is made: a firewall in
/// between may have dropped it.
const FIRST_ANSWER: Duration = Duration::from_secs(3);

/// What a relay said to a greeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Greeted {
    /// Whether the connection was encrypted before anything was said.
    pub encrypted: bool,
    /// Whether it took our login; without one it was not asked.
    pub signed_in: bool,
    /// Whether it offers to take a login.
    pub offers_login: bool,
}

/// The connection pool of one relay.
pub(crate) struct Transport {
    connector: Connector,
    kept: Mutex<Vec<Kept>>,
}

/// An idle connection of the pool.
struct Kept {
    connection: AsyncSmtpConnection,
    since: Instant,
}

impl Transport {
    pub(crate) fn new(relay: Relay, settings: &MailSettings) -> Result<Self, UnusableSettings> {
        Ok(Self { connector: Connector::new(relay, settings)?, kept: Mutex::default() })
    }

    /// Returns once the relay has taken responsibility for the mail.
    pub(crate) async fn send(&self, mail: &RawMail) -> Result<(), SmtpError> {
        let stage = SmtpStage::new(Stage::Greeting);
        let delivered = timeout(self.relay().deadline, self.deliver(mail, &stage)).await;
        delivered.unwrap_or_else(|_| Err(SmtpError::Silent { stage: stage.get() }))
    }

    /// Connects, encrypts, greets and signs in, and says good-bye: nothing of a mail.
    pub(crate) async fn check(&self) -> Result<Greeted, SmtpError> {
        let stage = SmtpStage::new(Stage::Greeting);
        let greeted = timeout(self.relay().deadline, self.greet(&stage)).await;
        greeted.unwrap_or_else(|_| Err(SmtpError::Silent { stage: stage.get() }))
    }

    async fn greet(&self, stage: &SmtpStage) -> Result<Greeted, SmtpError> {
        let mut connection = self.connector.take(stage).await?;
        let offers = [Mechanism::Plain, Mechanism::Login];
        let server = connection.server_info();
        let offers_login = offers.into_iter().any(|way| server.supports_auth_mechanism(way));
        // Whether it says good-bye, too, is of no interest.
        let _ = connection.quit().await;
        Ok(Greeted {
            encrypted: self.relay().tls != Tls::None,
            signed_in: self.relay().login.is_some(),
            offers_login,
        })
    }

    async fn deliver(&self, mail: &RawMail, stage: &SmtpStage) -> Result<(), SmtpError> {
        let patience = FIRST_ANSWER.min(self.relay().deadline / 4);
        while let Some(mut connection) = self.take_kept() {
            match self.hand_over(&mut connection, mail, stage, patience).await {
                // It was closed in the meantime, and the end of the mail was not said: nothing is
                // lost or doubled.
                Err(fault) if fault.is_of_the_connection() => {
                    if fault == (SmtpError::Silent { stage: Stage::Sender }) {
                        // Whatever has swallowed this one has swallowed the others too, and each
                        // would cost as much.
                        self.kept().clear();
                    }
                }
                Err(fault) => return Err(fault),
                Ok(()) => {
                    self.keep(connection);
                    return Ok(());
                }
            }
        }
        let mut connection = self.connector.take(stage).await?;
        self.hand_over(&mut connection, mail, stage, self.relay().deadline).await?;
        self.keep(connection);
        Ok(())
    }

    /// Sends one mail over an open connection, with a timeout for the first reply. After an error
    /// the connection cannot be used again.
    async fn hand_over(
        &self,
        connection: &mut AsyncSmtpConnection,
        mail: &RawMail,
        stage: &SmtpStage,
        patience: Duration,
    ) -> Result<(), SmtpError> {
        stage.set(Stage::Sender);
        // With letters of the recipient's own, a refusal of this command is one of the recipient.
        let (parameters, refused) = match mail.is_ascii() {
            true => (Vec::new(), Stage::Sender),
            false if connection.server_info().supports_feature(Extension::SmtpUtfEight) => {
                let body = MailParameter::Body(MailBodyParameter::EightBitMime);
                (vec![MailParameter::SmtpUtfEight, body], Stage::Recipient)
            }
            false => return Err(SmtpError::Unable { stage: Stage::Recipient }),
        };
        let sender = connection.command(Mail::new(Some(mail.from.clone()), parameters));
        let answered = timeout(patience, sender)
            .await
            .map_err(|_| SmtpError::Silent { stage: Stage::Sender })?;
        let answered = answered.map_err(|error| match error.is_permanent() {
            true => SmtpError::at(refused, &error),
            false => SmtpError::at(Stage::Sender, &error),
        });
        taken(&answered?, Stage::Sender)?;

        stage.set(Stage::Recipient);
        let signed_in = self.relay().login.is_some();
        let answered = connection.command(Rcpt::new(mail.to.clone(), Vec::new())).await;
        taken(
            &answered.map_err(|error| SmtpError::at_recipient(&error, signed_in))?,
            Stage::Recipient,
        )?;

        stage.set(Stage::Content);
        let answered = connection.command(Data).await;
        if !answered.map_err(|error| SmtpError::at(Stage::Content, &error))?.has_code(354) {
            return Err(SmtpError::Broken { stage: Stage::Content });
        }
        let content = Content { rest: Some(&mail.bytes), stage };
        let answered = connection.message_iter(content).await;
        taken(&answered.map_err(|error| SmtpError::at(stage.get(), &error))?, Stage::End)
    }

    fn relay(&self) -> &Relay {
        self.connector.relay()
    }

    fn take_kept(&self) -> Option<AsyncSmtpConnection> {
        let mut kept = self.kept();
        kept.retain(|kept| kept.since.elapsed() < self.relay().idle);
        kept.pop().map(|kept| kept.connection)
    }

    fn keep(&self, connection: AsyncSmtpConnection) {
        let mut kept = self.kept();
        if kept.len() < self.relay().kept && !self.relay().idle.is_zero() {
            kept.push(Kept { connection, since: Instant::now() });
        }
    }

    fn kept(&self) -> MutexGuard<'_, Vec<Kept>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Only 2xx is success. The client lets 3xx pass as well: then the two are out of step.
fn taken(response: &Response, stage: Stage) -> Result<(), SmtpError> {
    if (200..300).contains(&u16::from(response.code())) {
        Ok(())
    } else {
        Err(SmtpError::Broken { stage })
    }
}

/// The content in one chunk. When the client asks for another, it has written all of it, and the
/// final dot comes next.
struct Content<'a> {
    rest: Option<&'a [u8]>,
    stage: &'a SmtpStage,
}

impl<'a> Iterator for Content<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let next = self.rest.take();
        if next.is_none() {
            self.stage.set(Stage::End);
        }
        next
    }
}
