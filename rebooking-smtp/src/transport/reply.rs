//! Maps SMTP replies to errors of the port, by the stage of the session (RFC 5321, 4.2 and 4.3.2;
//! RFC 4954, 6).

use std::error::Error as _;
use std::io;

use lettre::transport::smtp::Error;
use rebooking_core::ports::PortError;

use crate::error::{SmtpError, Stage};

impl SmtpError {
    /// The meaning of a client error at a stage.
    pub(super) fn at(stage: Stage, error: &Error) -> Self {
        match error.status() {
            Some(code) => Self::Reply { stage, code: code.into() },
            None if error.is_client() && stage != Stage::End => Self::Unable { stage },
            None => Self::Broken { stage },
        }
    }

    /// The same where a recipient is named. A server that relays nothing for strangers says so only
    /// here (RFC 3463, 5.7.x), and says it of every recipient: it is us that it refuses.
    pub(super) fn at_recipient(error: &Error, signed_in: bool) -> Self {
        let fault = Self::at(Stage::Recipient, error);
        let policy =
            error.source().is_some_and(|text| text.to_string().trim_start().starts_with("5.7."));
        match fault {
            Self::Reply { code: code @ (550 | 553 | 554), .. } if policy && !signed_in => {
                Self::Stranger { code }
            }
            fault => fault,
        }
    }

    /// A certificate that is not trusted, or TLS that is none, rather than a connection that broke
    /// meanwhile.
    pub(super) fn of_handshake(error: &io::Error) -> Self {
        let stage = Stage::Encryption;
        match error.kind() {
            io::ErrorKind::InvalidData => Self::Unable { stage },
            _ => Self::Broken { stage },
        }
    }

    /// Whether a kept connection was of no use any more, which says nothing about the mail: the
    /// server may have closed it while it waited, or somebody on the way has forgotten it.
    pub(super) fn is_of_the_connection(self) -> bool {
        match self {
            Self::Broken { stage } | Self::Silent { stage } | Self::Reply { stage, code: 421 } => {
                stage != Stage::End
            }
            Self::Reply { .. } | Self::Stranger { .. } | Self::Unable { .. } => false,
        }
    }
}

impl From<SmtpError> for PortError {
    fn from(fault: SmtpError) -> Self {
        use Stage::{Content, Encryption, End, Greeting, Login, Recipient, Sender};
        match fault {
            // 530 and 538 ask for a login or for encryption wherever they come (RFC 4954, 6).
            SmtpError::Reply { code: 530 | 538, .. } | SmtpError::Stranger { .. } => {
                Self::Unauthorized(fault.into())
            }
            // What happens before a recipient is named would happen to every mail.
            SmtpError::Reply { stage: Greeting | Encryption | Login | Sender, code: ..500 }
            | SmtpError::Broken { stage: Greeting | Encryption | Login | Sender }
            | SmtpError::Silent { stage: Greeting | Encryption | Login | Sender } => {
                Self::Unavailable(fault.into())
            }
            SmtpError::Reply { stage: Greeting | Encryption | Login | Sender, .. }
            | SmtpError::Unable { stage: Greeting | Encryption | Login | Sender } => {
                Self::Unauthorized(fault.into())
            }
            SmtpError::Reply { stage: Recipient | Content | End, code: ..500 }
            | SmtpError::Broken { stage: Recipient | Content }
            | SmtpError::Silent { stage: Recipient | Content } => Self::Transient(fault.into()),
            SmtpError::Broken { stage: End } | SmtpError::Silent { stage: End } => {
                Self::Unknown(fault.into())
            }
            SmtpError::Reply { stage: Recipient, .. } | SmtpError::Unable { stage: Recipient } => {
                Self::InvalidRecipient(fault.into())
            }
            SmtpError::Reply { stage: Content | End, .. }
            | SmtpError::Unable { stage: Content | End } => Self::Permanent(fault.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(stage: Stage, code: u16) -> &'static str {
        match PortError::from(SmtpError::Reply { stage, code }) {
            PortError::Transient(_) => "passing",
            PortError::InvalidRecipient(_) => "undeliverable",
            PortError::Permanent(_) => "lasting",
            PortError::Unavailable(_) => "down",
            PortError::Unauthorized(_) => "barred",
            _ => "something else",
        }
    }

    #[test]
    fn a_reply_is_sorted_by_its_code_and_its_place() {
        for (stage, code, expected) in [
            (Stage::Greeting, 421, "down"),
            (Stage::Greeting, 554, "barred"),
            (Stage::Encryption, 454, "down"),
            (Stage::Encryption, 502, "barred"),
            (Stage::Login, 454, "down"),
            (Stage::Login, 535, "barred"),
            (Stage::Login, 534, "barred"),
            (Stage::Sender, 451, "down"),
            (Stage::Sender, 530, "barred"),
            (Stage::Sender, 553, "barred"),
            (Stage::Recipient, 450, "passing"),
            (Stage::Recipient, 452, "passing"),
            (Stage::Recipient, 530, "barred"),
            (Stage::Recipient, 550, "undeliverable"),
            (Stage::Content, 452, "passing"),
            (Stage::Content, 554, "lasting"),
            (Stage::End, 452, "passing"),
            (Stage::End, 554, "lasting"),
        ] {
            assert_eq!(sorted(stage, code), expected, "{code} at {stage}");
        }
    }
}
