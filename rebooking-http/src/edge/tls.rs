//! TLS of the server's own: a certificate that can be renewed while it serves.

use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use chrono::{DateTime, Utc};
use rustls::client::verify_server_cert_signed_by_trust_anchor;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, Error, InconsistentKeys, RootCertStore, ServerConfig};
use tokio_rustls::TlsAcceptor;

/// What the server speaks.
const HTTP_1_1: &[u8] = b"http/1.1";

/// The certificate that a server shows, and its key. A clone is another handle to the same: what
/// one takes in anew, the next connection of each is shown. Prints neither.
#[derive(Clone)]
pub struct ServerTls(Arc<RwLock<Loaded>>);

struct Loaded {
    config: Arc<ServerConfig>,
    expires_at: DateTime<Utc>,
}

/// Why a certificate and a key cannot be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TlsFault {
    /// No certificate can be read there.
    #[error("no certificate in PEM is in it")]
    Certificate,
    /// No key can be read there.
    #[error("no private key in PEM is in it, or one of a kind that is not known")]
    Key,
    /// Both can be read, and are not of one pair.
    #[error("the key is not that of the certificate")]
    Mismatch,
    /// The program has installed no TLS provider of `rustls` yet.
    #[error("no TLS provider is installed")]
    NoProvider,
}

impl ServerTls {
    /// Takes the certificates as PEM, the server's own first and those that lead to its issuer
    /// behind it, and the key of the first. The program installs the TLS provider before.
    ///
    /// # Errors
    /// [`TlsFault`], with which of the two is to blame.
    pub fn from_pem(certificates: &[u8], key: &[u8]) -> Result<Self, TlsFault> {
        Ok(Self(Arc::new(RwLock::new(Loaded::read(certificates, key)?))))
    }

    /// Shows others from the next connection on. After an error it goes on with those that it has.
    ///
    /// # Errors
    /// As [`ServerTls::from_pem`].
    pub fn renew(&self, certificates: &[u8], key: &[u8]) -> Result<(), TlsFault> {
        let renewed = Loaded::read(certificates, key)?;
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = renewed;
        Ok(())
    }

    /// Until when the certificate is valid.
    #[must_use]
    pub fn expires_at(&self) -> DateTime<Utc> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).expires_at
    }

    /// For one connection.
    pub(crate) fn acceptor(&self) -> TlsAcceptor {
        let loaded = self.0.read().unwrap_or_else(PoisonError::into_inner);
        TlsAcceptor::from(loaded.config.clone())
    }
}

/// Whether both are handles to the same.
impl PartialEq for ServerTls {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for ServerTls {}

impl fmt::Debug for ServerTls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ServerTls(…)")
    }
}

impl Loaded {
    fn read(certificates: &[u8], key: &[u8]) -> Result<Self, TlsFault> {
        let chain: Vec<_> = CertificateDer::pem_slice_iter(certificates)
            .collect::<Result<_, _>>()
            .map_err(|_| TlsFault::Certificate)?;
        let own = chain.first().ok_or(TlsFault::Certificate)?;
        let expires_at = expires_at(own).ok_or(TlsFault::Certificate)?;
        let key = PrivateKeyDer::from_pem_slice(key).map_err(|_| TlsFault::Key)?;
        let builder = ServerConfig::builder_with_provider(
            rustls::crypto::CryptoProvider::get_default().ok_or(TlsFault::NoProvider)?.clone(),
        );
        let builder = builder.with_safe_default_protocol_versions();
        let builder = builder.map_err(|_| TlsFault::NoProvider)?.with_no_client_auth();
        let mut config = builder.with_single_cert(chain, key).map_err(|error| match error {
            Error::InconsistentKeys(InconsistentKeys::KeyMismatch) => TlsFault::Mismatch,
            Error::InvalidCertificate(_) => TlsFault::Certificate,
            _ => TlsFault::Key,
        })?;
        config.alpn_protocols = vec![HTTP_1_1.to_vec()];
        Ok(Self { config: Arc::new(config), expires_at })
    }
}

/// Asks whether the certificate is valid at the end of all time: what checks it says since when it
/// is not, before it looks at anything else.
fn expires_at(certificate: &CertificateDer<'_>) -> Option<DateTime<Utc>> {
    let certificate = ParsedCertificate::try_from(certificate).ok()?;
    let (end, nobody) = (Duration::from_secs(u64::MAX), RootCertStore::empty());
    let end = UnixTime::since_unix_epoch(end);
    match verify_server_cert_signed_by_trust_anchor(&certificate, &nobody, &[], end, &[]) {
        Err(Error::InvalidCertificate(CertificateError::ExpiredContext { not_after, .. })) => {
            DateTime::from_timestamp(i64::try_from(not_after.as_secs()).ok()?, 0)
        }
        Ok(()) | Err(_) => None,
    }
}
