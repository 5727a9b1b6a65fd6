//! From nothing to a server that takes mails: found, connected, encrypted, signed in. Nothing of a
//! mail is said before.

use std::sync::Arc;

use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, AsyncTokioStream};
use lettre::transport::smtp::extension::ClientId;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use secrecy::ExposeSecret as _;
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::ascii_stream::AsciiStream;
use super::stage::SmtpStage;
use super::starttls;
use crate::config::{MailSettings, Relay, Tls};
use crate::error::{SmtpError, Stage, UnusableSettings};

/// How to get to one relay.
pub(super) struct Connector {
    relay: Relay,
    tls: Option<Encryption>,
    credentials: Option<Credentials>,
    hello: ClientId,
}

struct Encryption {
    connector: TlsConnector,
    name: ServerName<'static>,
}

impl Connector {
    pub(super) fn new(relay: Relay, settings: &MailSettings) -> Result<Self, UnusableSettings> {
        let relay = match relay.tls {
            // Checked again, as the field can be set without asking.
            Tls::None => relay.with_tls(Tls::None)?,
            Tls::StartTls | Tls::Implicit => relay,
        };
        let tls = match relay.tls {
            Tls::None => None,
            Tls::StartTls | Tls::Implicit => Some(Encryption::new(&relay)?),
        };
        let credentials = relay.login.as_ref().map(|login| {
            Credentials::new(login.user.clone(), login.password.expose_secret().to_owned())
        });
        let hello = ClientId::Domain(settings.domain().into_owned());
        Ok(Self { relay, tls, credentials, hello })
    }

    pub(super) const fn relay(&self) -> &Relay {
        &self.relay
    }

    pub(super) async fn take(&self, stage: &SmtpStage) -> Result<AsyncSmtpConnection, SmtpError> {
        stage.set(Stage::Greeting);
        let socket = self.reach().await.ok_or(SmtpError::Broken { stage: Stage::Greeting })?;
        let peer = socket.peer_addr().map_err(|_| SmtpError::Broken { stage: Stage::Greeting })?;
        let stream: Box<dyn AsyncTokioStream> = match (&self.tls, self.relay.tls) {
            (None, _) | (_, Tls::None) => Box::new(AsciiStream::new(socket, peer, b"")),
            (Some(tls), Tls::Implicit) => {
                stage.set(Stage::Encryption);
                Box::new(AsciiStream::new(tls.encrypt(socket).await?, peer, b""))
            }
            (Some(tls), Tls::StartTls) => {
                let socket = starttls::ask_for_tls(socket, &self.hello, stage).await?;
                // The greeting has been heard; the client wants to hear one.
                Box::new(AsciiStream::new(tls.encrypt(socket).await?, peer, b"220 encrypted\r\n"))
            }
        };
        stage.set(Stage::Greeting);
        let connected = AsyncSmtpConnection::connect_with_transport(stream, &self.hello).await;
        let mut connection = connected.map_err(|error| SmtpError::at(Stage::Greeting, &error))?;
        if let Some(credentials) = &self.credentials {
            stage.set(Stage::Login);
            let signed_in =
                connection.auth(&[Mechanism::Plain, Mechanism::Login], credentials).await;
            let _ = signed_in.map_err(|error| SmtpError::at(Stage::Login, &error))?;
        }
        Ok(connection)
    }

    /// One address after the other, none for longer than a quarter of the whole: the first may be
    /// one that swallows everything.
    async fn reach(&self) -> Option<TcpStream> {
        let addresses = lookup_host((self.relay.host.as_str(), self.relay.port)).await.ok()?;
        for address in addresses {
            if let Ok(Ok(socket)) =
                timeout(self.relay.deadline / 4, TcpStream::connect(address)).await
            {
                return Some(socket);
            }
        }
        None
    }
}

impl Encryption {
    fn new(relay: &Relay) -> Result<Self, UnusableSettings> {
        let provider = CryptoProvider::get_default().ok_or(UnusableSettings::NoTlsProvider)?;
        let name = ServerName::try_from(relay.host.clone()).map_err(|_| UnusableSettings::Host)?;
        let mut roots = RootCertStore::empty();
        // A certificate of the system that cannot be read is not trusted; the others are.
        let _ = roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        if let Some(pem) = &relay.trusted {
            let before = roots.len();
            for certificate in CertificateDer::pem_slice_iter(pem) {
                let certificate = certificate.map_err(|_| UnusableSettings::Certificates)?;
                roots.add(certificate).map_err(|_| UnusableSettings::Certificates)?;
            }
            if roots.len() == before {
                return Err(UnusableSettings::Certificates);
            }
        }
        if roots.is_empty() {
            return Err(UnusableSettings::Tls);
        }
        let config = ClientConfig::builder_with_provider(Arc::clone(provider))
            .with_safe_default_protocol_versions()
            .map_err(|_| UnusableSettings::Tls)?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Self { connector: TlsConnector::from(Arc::new(config)), name })
    }

    async fn encrypt(&self, socket: TcpStream) -> Result<TlsStream<TcpStream>, SmtpError> {
        let encrypted = self.connector.connect(self.name.clone(), socket).await;
        encrypted.map_err(|error| SmtpError::of_handshake(&error))
    }
}
