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
            if is_told(left, warned.map(|warned| warned.elapsed())) {
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

/// Whether people are told how little time is left, when they have been told so long ago.
fn is_told(left: TimeDelta, told_since: Option<Duration>) -> bool {
    left < LATE && told_since.is_none_or(|since| since >= DAILY)
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Certificate and key in a folder of their own, gone with the test.
    struct Files(PathBuf);

    impl Drop for Files {
        fn drop(&mut self) {
            drop(fs::remove_dir_all(&self.0));
        }
    }

    impl Files {
        fn new(name: &str) -> Self {
            // There is one for all of a process; a second one is refused.
            let _ = rustls::crypto::ring::default_provider().install_default();
            let folder =
                std::env::temp_dir().join(format!("rebooking-tls-{name}-{}", std::process::id()));
            fs::create_dir_all(&folder).unwrap();
            Self(folder)
        }

        fn path(&self, kind: &str) -> PathBuf {
            self.0.join(kind)
        }

        fn read(&self) -> Certificate {
            Certificate::read(self.path("certificate"), self.path("key")).unwrap()
        }

        /// Puts a certificate into them that is valid until the end of a year.
        fn renew(&self, year: i32) {
            let mut asked = rcgen::CertificateParams::new(["localhost".to_owned()]).unwrap();
            asked.not_after = rcgen::date_time_ymd(year, 12, 31);
            let key = rcgen::KeyPair::generate().unwrap();
            fs::write(self.path("certificate"), asked.self_signed(&key).unwrap().pem()).unwrap();
            fs::write(self.path("key"), key.serialize_pem()).unwrap();
        }
    }

    fn shown(certificate: &Certificate) -> String {
        certificate.tls.expires_at().format("%Y").to_string()
    }

    #[test]
    fn files_that_are_renewed_are_shown_and_looked_at_once() {
        let files = Files::new("renewed");
        files.renew(2040);
        let mut certificate = files.read();
        assert!(!certificate.look().unwrap());
        files.renew(2041);
        assert!(certificate.look().unwrap());
        assert!(!certificate.look().unwrap(), "there is nothing new in them");
        assert_eq!(shown(&certificate), "2041");
    }

    #[test]
    fn what_is_gone_expired_or_half_renewed_never_takes_the_place_of_what_is_shown() {
        let files = Files::new("faulty");
        files.renew(2040);
        let mut certificate = files.read();
        files.renew(2020);
        assert!(matches!(certificate.look(), Err(CertificateFault::Expired(_))));
        let other = rcgen::KeyPair::generate().unwrap();
        fs::write(files.path("key"), other.serialize_pem()).unwrap();
        let half = certificate.look();
        assert!(matches!(half, Err(CertificateFault::Unusable(TlsFault::Mismatch))), "{half:?}");
        fs::remove_file(files.path("key")).unwrap();
        assert!(matches!(certificate.look(), Err(CertificateFault::NoKey(_))));
        fs::remove_file(files.path("certificate")).unwrap();
        assert!(matches!(certificate.look(), Err(CertificateFault::NoCertificate(_))));
        assert_eq!(shown(&certificate), "2040");
        files.renew(2041);
        assert!(certificate.look().unwrap(), "and it looks again");
    }

    #[test]
    fn that_nobody_renews_it_is_told_daily_from_two_weeks_before_its_end() {
        let (week, hour) = (TimeDelta::days(7), Duration::from_secs(3600));
        assert!(!is_told(week * 3, None));
        assert!(is_told(week, None));
        assert!(!is_told(week, Some(hour)));
        assert!(is_told(week, Some(hour * 24)));
        assert!(is_told(-week, None), "and after it");
    }
}
