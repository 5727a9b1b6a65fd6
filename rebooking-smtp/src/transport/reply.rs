//! Sorts what a mail server answers: passing, lasting, unknown, or the whole way barred (RFC 5321, 4.2 and 4.3.2; RFC 4954, 6).

use std::error::Error as _;
use std::io;

use lettre::transport::smtp::Error;
use rebooking_core::ports::PortError;

use crate::error::{Fault, Stage};

impl Fault {
    /// What an error of the conversation means. `ended` says whether the end of the mail may have reached the server.
    pub(super) fn at(stage: Stage, ended: bool, error: &Error) -> Self {
        match error.status() {
            Some(code) => Self::Reply { stage, code: code.into() },
            None if ended => Self::BrokenAfterEnd,
            None if error.is_client() || is_bad_certificate(error) => Self::Unable { stage },
            None => Self::Broken { stage },
        }
    }

    /// Whether the connection was of no use any more, which says nothing about the mail: the server may have closed it while it
    /// waited for its next mail.
    pub(super) const fn is_of_the_connection(self) -> bool {
        match self {
            Self::Broken { .. } | Self::Reply { code: 421, .. } => true,
            Self::Reply { .. }
            | Self::Unable { .. }
            | Self::BrokenAfterEnd
            | Self::Silent
            | Self::SilentAfterEnd => false,
        }
    }
}

impl From<Fault> for PortError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Broken { .. } | Fault::Silent | Fault::Reply { code: ..=499, .. } => {
                Self::Passing(fault.into())
            }
            Fault::BrokenAfterEnd | Fault::SilentAfterEnd => Self::Unknown(fault.into()),
            // What is refused before a recipient is named would be refused for every mail. 530 and 538 ask for a login or for
            // encryption wherever they come (RFC 4954, 6).
            Fault::Reply {
                stage: Stage::Greeting | Stage::Encryption | Stage::Login | Stage::Sender,
                ..
            }
            | Fault::Reply { code: 530 | 538, .. }
            | Fault::Unable { stage: Stage::Greeting | Stage::Encryption | Stage::Login | Stage::Sender } => {
                Self::Barred(fault.into())
            }
            Fault::Reply { stage: Stage::Recipient | Stage::Content, .. }
            | Fault::Unable { stage: Stage::Recipient | Stage::Content } => Self::Lasting(fault.into()),
        }
    }
}

/// A certificate that is not trusted, or TLS that is none.
fn is_bad_certificate(error: &Error) -> bool {
    let mut source = error.source();
    while let Some(error) = source {
        if error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::InvalidData) {
            return true;
        }
        source = error.source();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(stage: Stage, code: u16) -> &'static str {
        match PortError::from(Fault::Reply { stage, code }) {
            PortError::Passing(_) => "passing",
            PortError::Lasting(_) => "lasting",
            PortError::Barred(_) => "barred",
            _ => "something else",
        }
    }

    #[test]
    fn a_reply_is_sorted_by_its_code_and_its_place() {
        for (stage, code, expected) in [
            (Stage::Greeting, 421, "passing"),
            (Stage::Greeting, 554, "barred"),
            (Stage::Encryption, 454, "passing"),
            (Stage::Encryption, 502, "barred"),
            (Stage::Login, 454, "passing"),
            (Stage::Login, 535, "barred"),
            (Stage::Login, 534, "barred"),
            (Stage::Sender, 451, "passing"),
            (Stage::Sender, 530, "barred"),
            (Stage::Sender, 553, "barred"),
            (Stage::Recipient, 450, "passing"),
            (Stage::Recipient, 452, "passing"),
            (Stage::Recipient, 530, "barred"),
            (Stage::Recipient, 550, "lasting"),
            (Stage::Content, 452, "passing"),
            (Stage::Content, 554, "lasting"),
        ] {
            assert_eq!(sorted(stage, code), expected, "{code} at {stage}");
        }
    }
}
