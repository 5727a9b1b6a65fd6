//! Errors of mails, sorted by what the worker does next. They hold no text of the server and
//! nothing
//! of the mail.

use std::fmt;

use rebooking_core::ports::PortError;
use rebooking_core::presentation::templates::TemplateFault;

/// Why a mail could not be put together. The same mail will never work: people must look.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MailError {
    /// A template failed on the data of this mail.
    #[error(transparent)]
    Template(#[from] TemplateFault),
    /// The address of this person cannot stand on an envelope.
    #[error("the recipient's address cannot be delivered to")]
    Recipient,
    /// The parts do not make a mail.
    #[error("the mail cannot be put together")]
    Message,
}

impl From<MailError> for PortError {
    fn from(error: MailError) -> Self {
        match error {
            MailError::Recipient => Self::InvalidRecipient(Box::new(error)),
            MailError::Template(_) | MailError::Message => Self::Permanent(Box::new(error)),
        }
    }
}

/// Settings with which no mail could ever be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UnusableSettings {
    /// The process has no TLS provider yet: the program installs one before it makes a mailer
    /// (rustls, `CryptoProvider::install_default`).
    #[error("no TLS provider is installed in this process")]
    NoTlsProvider,
    /// The certificates to trust are no PEM, or there is none in it.
    #[error("the trusted certificates cannot be read: PEM with at least one is needed")]
    Certificates,
    /// The name of the mail server is none that a certificate can have.
    #[error("the mail server's name is not a name of DNS, nor an address")]
    Host,
    /// There is no certificate that could be trusted.
    #[error("TLS cannot be set up: neither the system nor the settings have certificates to trust")]
    Tls,
    /// Encryption is off for a relay elsewhere.
    #[error(transparent)]
    Relay(#[from] crate::config::MalformedRelay),
    /// An address of ours that cannot stand on an envelope. Letters beyond ASCII before the `@` are
    /// none, as not every server could then take our mails; in a domain they are fine.
    #[error("{0} cannot be used as a mail address: plain letters are needed before the @")]
    Address(OwnAddress),
}

/// An address of ours that stands in every mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OwnAddress {
    /// Who mails come from.
    Sender,
    /// Where answers go.
    ReplyTo,
    /// Where reports of failed delivery go.
    Bounces,
}

impl fmt::Display for OwnAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sender => "the sender",
            Self::ReplyTo => "the address for answers",
            Self::Bounces => "the address for failed deliveries",
        })
    }
}

/// Where in the SMTP session something went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    Greeting,
    Encryption,
    Login,
    Sender,
    Recipient,
    Content,
    /// After the final dot: the server may have accepted the mail.
    End,
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Greeting => "the greeting",
            Self::Encryption => "the encryption",
            Self::Login => "the login",
            Self::Sender => "our sender address",
            Self::Recipient => "the recipient's address",
            Self::Content => "the mail",
            Self::End => "the end of the mail",
        })
    }
}

/// An error of an SMTP session, without the text of the reply: that may quote addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum SmtpError {
    #[error("the mail server answered {stage} with {code}")]
    Reply { stage: Stage, code: u16 },
    #[error(
        "the mail server answered a recipient's address with {code}: without a login it takes \
         nothing for others"
    )]
    Stranger { code: u16 },
    #[error("the mail server cannot do what is needed for {stage}")]
    Unable { stage: Stage },
    #[error("the connection broke at {stage}")]
    Broken { stage: Stage },
    #[error("the mail server was silent for too long at {stage}")]
    Silent { stage: Stage },
}
