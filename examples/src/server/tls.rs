//! The certificate of the server: read from its files, and read again when it is renewed.

use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{fs, io};

use chrono::{DateTime, TimeDelta, Utc};
use rebooking_core::ports::Clock as _;
use rebooking_core::system::SystemClock;
use rebooking_http::{ServerTls, TlsFault};
use tokio::time::{Instant, sleep};

/// How often the files are looked at.
const EVERY: Duration = Duration::from_secs(60);
/// From when on people are told that nobody has renewed it.
const LATE: TimeDelta = TimeDelta::days(14);
/// How often they are told.
const DAILY: Duration = Duration::from_secs(24 * 60 * 60);

/// The files, and what is shown of them.
#[derive(Debug)]
pub(crate) struct Certificate {
    certificates: PathBuf,
    key: PathBuf,
    /// What was read last, whether it could be shown or not.
    read: Pem,
    pub(crate) tls: ServerTls,
}

/// Certificates and key as they stand in their files.
#[derive(PartialEq, Eq)]
struct Pem(Vec<u8>, Vec<u8>);

impl std::fmt::Debug for Pem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pem(…)")
    }
}

/// Why there is nothing to show.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CertificateFault {
    #[error("a file that can be read: {0}")]
    NoCertificate(io::Error),
    #[error("a file that can be read: {0}")]
    NoKey(io::Error),
    #[error("a certificate that is valid: this one was until {0}")]
    Expired(DateTime<Utc>),
    #[error("{0}")]
    Unusable(#[from] TlsFault),
}

impl Pem {
    fn read(certificates: &Path, key: &Path) -> Result<Self, CertificateFault> {
        let certificates = fs::read(certificates).map_err(CertificateFault::NoCertificate)?;
        Ok(Self(certificates, fs::read(key).map_err(CertificateFault::NoKey)?))
    }

    /// What can be shown of it at this moment.
    fn load(&self) -> Result<ServerTls, CertificateFault> {
        let tls = ServerTls::from_pem(&self.0, &self.1)?;
        match tls.expires_at() {
            expired if expired <= SystemClock.now() => Err(CertificateFault::Expired(expired)),
            _ => Ok(tls),
        }
    }
}

impl Certificate {
    pub(crate) fn read(certificates: PathBuf, key: PathBuf) -> Result<Self, CertificateFault> {
        let read = Pem::read(&certificates, &key)?;
        let tls = read.load()?;
        Ok(Self { certificates, key, read, tls })
    }

    /// Shows what stands in the files now, if it is another one. Whoever renews them writes one
    /// after the other, so what does not fit together is looked at again.
    fn look(&mut self) -> Result<bool, CertificateFault> {
        let read = Pem::read(&self.certificates, &self.key)?;
        if read == self.read {
            return Ok(false);
        }
        self.read = read;
        // What is expired is no better than what is shown.
        self.read.load()?;
        self.tls.renew(&self.read.0, &self.read.1)?;
        Ok(true)
    }

    /// Looks at the files now and then, and at each HUP, for as long as it is polled.
    pub(crate) async fn watch(mut self, mut hang_ups: HangUps) {
        let mut warned: Option<Instant> = None;
        loop {
            match self.look() {
                Ok(false) => {}
                Ok(true) => tracing::info!(until = %self.tls.expires_at(), "certificate renewed"),
                Err(error) => tracing::warn!(%error, "the certificate before it is shown still"),
            }
            let left = self.tls.expires_at() - SystemClock.now();
            if left < LATE && warned.is_none_or(|warned| warned.elapsed() >= DAILY) {
                tracing::warn!(until = %self.tls.expires_at(), "the certificate was not renewed");
                warned = Some(Instant::now());
            }
            tokio::select! {
                () = sleep(EVERY) => {}
                () = hang_ups.next() => {}
            }
        }
    }
}

/// Hears each HUP from now on.
pub(crate) struct HangUps(#[cfg(unix)] tokio::signal::unix::Signal);

impl HangUps {
    #[cfg(unix)]
    pub(crate) fn listen() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self(signal(SignalKind::hangup())?))
    }

    #[cfg(unix)]
    async fn next(&mut self) {
        self.0.recv().await;
    }

    /// There is none here.
    #[cfg(windows)]
    pub(crate) fn listen() -> io::Result<Self> {
        Ok(Self())
    }

    #[cfg(windows)]
    async fn next(&mut self) {
        std::future::pending().await
    }
}
