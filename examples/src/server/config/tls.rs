//! The certificate that the server shows, where no proxy ends TLS before it.

use std::path::PathBuf;

use clap::Args;
use rebooking_http::TlsFault;

use super::read::Reader;
use crate::tls::{Certificate, CertificateFault};

#[derive(Args)]
#[group(skip)]
#[command(next_help_heading = "Server")]
pub(super) struct Arguments {
    /// A file with the server's certificate and those behind it, as PEM: it speaks HTTPS then, and
    /// shows a renewed one within a minute, or at a HUP; without it, a proxy before it does
    #[arg(long, env = "REBOOKING_TLS_CERTIFICATE_FILE")]
    tls_certificate_file: Option<PathBuf>,
    /// The file with the key of that certificate, as PEM
    #[arg(long, env = "REBOOKING_TLS_KEY_FILE")]
    tls_key_file: Option<PathBuf>,
}

const CERTIFICATE: &str = "tls-certificate-file";
const KEY: &str = "tls-key-file";

impl Arguments {
    pub(super) fn read(&self, reader: &mut Reader) -> Option<Certificate> {
        let (certificates, key) = match (&self.tls_certificate_file, &self.tls_key_file) {
            (Some(certificates), Some(key)) => (certificates.clone(), key.clone()),
            (None, None) => return None,
            (Some(_), None) => {
                reader.fault(KEY, "needed beside --tls-certificate-file");
                return None;
            }
            (None, Some(_)) => {
                reader.fault(CERTIFICATE, "needed beside --tls-key-file");
                return None;
            }
        };
        match Certificate::read(certificates, key) {
            Ok(certificate) => Some(certificate),
            Err(fault) => {
                reader.fault(blamed(&fault), &fault.to_string());
                None
            }
        }
    }
}

/// Which of the two settings a fault is about.
const fn blamed(fault: &CertificateFault) -> &'static str {
    match fault {
        CertificateFault::NoKey(_)
        | CertificateFault::Unusable(TlsFault::Key | TlsFault::Mismatch) => KEY,
        CertificateFault::NoCertificate(_)
        | CertificateFault::Expired(_)
        | CertificateFault::Unusable(_) => CERTIFICATE,
    }
}
