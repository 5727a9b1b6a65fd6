//! The mail server that takes mails from us.

use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use secrecy::SecretString;
use url::{Host, Url};

/// The usual ports of both ways (RFC 8314, 3.3).
const STARTTLS: u16 = 587;
const IMPLICIT: u16 = 465;

/// A mail server, how to reach it, and how patient to be.
#[derive(Clone, Debug)]
// Exhaustive: hosts write it as a literal.
pub struct Relay {
    /// Its name or address.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is encrypted.
    pub tls: Tls,
    /// Who we are, where the server wants to know.
    pub login: Option<Login>,
    /// Certificates in PEM that are trusted beside those of the system: for a relay with an
    /// authority of its own.
    pub trusted: Option<Vec<u8>>,
    /// The longest that one send may take, connecting included: 25 s. Keep it below the worker's
    /// deadline, so that a send that runs out is told apart: before the end of the mail it can
    /// simply be tried again, after it the outcome is unknown.
    pub deadline: Duration,
    /// How long an open connection is kept for the next mail: 30 s. One that is older is not used
    /// any more, and closed when the next mail goes out. Zero closes each after its mail.
    pub idle: Duration,
    /// How many open connections are kept: 4.
    pub kept: usize,
}

/// How a connection is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Tls {
    /// Begun in clear and encrypted before anything is said (STARTTLS, RFC 3207). A server that
    /// cannot do it gets no mail.
    StartTls,
    /// Encrypted from the first byte (RFC 8314).
    Implicit,
    /// In clear: to this machine only.
    None,
}

/// A user name and its password.
#[derive(Clone)]
// Exhaustive: hosts write it as a literal.
pub struct Login {
    /// The name.
    pub user: String,
    /// The password.
    pub password: SecretString,
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Login(…)")
    }
}

impl Relay {
    /// Reads `smtp://user:password@host:port` (STARTTLS, port 587) or `smtps://…` (encrypted from
    /// the first byte, port 465). In name and password, characters that mean something in an
    /// address are written as `%40` and the like.
    ///
    /// # Errors
    /// [`MalformedRelay`] says what would be right; it never repeats what was given, as that may
    /// hold the password.
    pub fn parse(raw: &str) -> Result<Self, MalformedRelay> {
        let url = Url::parse(raw.trim()).map_err(|_| MalformedRelay::Address)?;
        let (tls, port) = match url.scheme() {
            "smtp" => (Tls::StartTls, STARTTLS),
            "smtps" => (Tls::Implicit, IMPLICIT),
            _ => return Err(MalformedRelay::Address),
        };
        let plain =
            matches!(url.path(), "" | "/") && url.query().is_none() && url.fragment().is_none();
        let host = url
            .host_str()
            .filter(|host| plain && !host.is_empty())
            .ok_or(MalformedRelay::Address)?;
        let decoded = |part: &str| {
            percent_encoding::percent_decode_str(part)
                .decode_utf8()
                .ok()
                .filter(|text| !text.chars().any(char::is_control))
                .map(std::borrow::Cow::into_owned)
                .ok_or(MalformedRelay::Login)
        };
        let login = match (url.username(), url.password()) {
            ("", None) => None,
            ("", Some(_)) | (_, None) => return Err(MalformedRelay::Login),
            (user, Some(password)) => {
                Some(Login { user: decoded(user)?, password: decoded(password)?.into() })
            }
        };
        Ok(Self {
            host: host.trim_start_matches('[').trim_end_matches(']').to_owned(),
            port: url.port().unwrap_or(port),
            tls,
            login,
            trusted: None,
            deadline: Duration::from_secs(25),
            idle: Duration::from_secs(30),
            kept: 4,
        })
    }

    /// The same with another encryption. A port that is the usual one of the other way becomes the
    /// usual one of this.
    ///
    /// # Errors
    /// [`MalformedRelay::InClear`] for none, unless the relay is on this machine: mails hold links
    /// that must not be overheard.
    pub fn with_tls(self, tls: Tls) -> Result<Self, MalformedRelay> {
        let port = match (tls, self.port) {
            (Tls::Implicit, STARTTLS) => IMPLICIT,
            (Tls::StartTls | Tls::None, IMPLICIT) => STARTTLS,
            (_, port) => port,
        };
        let relay = Self { tls, port, ..self };
        if relay.tls == Tls::None && !relay.is_here() {
            Err(MalformedRelay::InClear)
        } else {
            Ok(relay)
        }
    }

    /// Whether the relay is on this machine.
    pub(crate) fn is_here(&self) -> bool {
        let address = self.host.parse::<IpAddr>().ok();
        address.map_or_else(
            || Host::parse(&self.host) == Ok(Host::Domain("localhost".to_owned())),
            |address| address.is_loopback(),
        )
    }
}

/// What is wrong with a relay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MalformedRelay {
    /// Not an address of a mail server.
    #[error("an address like smtp://user:password@mail.example.com:587, or smtps:// for port 465")]
    Address,
    /// A name without a password, or the other way round.
    #[error("a user and a password, both or none, special characters written as %40 and the like")]
    Login,
    /// A mail server elsewhere, without encryption.
    #[error("without TLS only to this machine: mails hold links that must not be overheard")]
    InClear,
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret as _;

    use super::*;

    #[test]
    fn an_address_names_host_port_encryption_and_login() {
        let relay = Relay::parse("smtp://shop%40example.com:p%3Aw%20d@mail.example.com").unwrap();
        assert_eq!(
            (relay.host.as_str(), relay.port, relay.tls),
            ("mail.example.com", 587, Tls::StartTls)
        );
        let login = relay.login.unwrap();
        assert_eq!(
            (login.user.as_str(), login.password.expose_secret()),
            ("shop@example.com", "p:w d")
        );
        let relay = Relay::parse("smtps://[::1]:1465/").unwrap();
        assert_eq!((relay.host.as_str(), relay.port, relay.tls), ("::1", 1465, Tls::Implicit));
        assert!(relay.login.is_none());
    }

    #[test]
    fn what_is_no_relay_is_refused_without_repeating_it() {
        for (raw, wrong) in [
            ("", MalformedRelay::Address),
            ("mail.example.com", MalformedRelay::Address),
            ("http://mail.example.com", MalformedRelay::Address),
            ("smtp://", MalformedRelay::Address),
            ("smtp://mail.example.com/inbox", MalformedRelay::Address),
            ("smtp://mail.example.com?tls=none", MalformedRelay::Address),
            ("smtp://user@mail.example.com", MalformedRelay::Login),
            ("smtp://:secret@mail.example.com", MalformedRelay::Login),
            ("smtp://us%0D%0Aer:secret@mail.example.com", MalformedRelay::Login),
        ] {
            let refused = Relay::parse(raw).unwrap_err();
            assert_eq!(refused, wrong, "{raw}");
            assert!(!refused.to_string().contains("secret"));
        }
    }

    #[test]
    fn mails_go_in_clear_to_this_machine_only() {
        for here in ["smtp://localhost:25", "smtp://127.0.0.1", "smtp://127.8.9.1", "smtp://[::1]"]
        {
            assert!(Relay::parse(here).unwrap().with_tls(Tls::None).is_ok(), "{here}");
        }
        for there in ["smtp://mail.example.com", "smtp://10.0.0.1", "smtp://localhost.example.com"]
        {
            let refused = Relay::parse(there).unwrap().with_tls(Tls::None);
            assert_eq!(refused.err(), Some(MalformedRelay::InClear), "{there}");
        }
    }

    #[test]
    fn another_encryption_has_another_usual_port() {
        let with = |raw, tls| Relay::parse(raw).unwrap().with_tls(tls).unwrap().port;
        assert_eq!(with("smtp://mail.example.com", Tls::Implicit), 465);
        assert_eq!(with("smtps://mail.example.com", Tls::StartTls), 587);
        assert_eq!(with("smtp://mail.example.com:2525", Tls::Implicit), 2525);
    }

    #[test]
    fn debug_prints_no_login() {
        let printed = format!("{:?}", Relay::parse("smtp://anna:secret@mail.example.com").unwrap());
        assert!(!printed.contains("anna") && !printed.contains("secret"), "{printed}");
    }
}
