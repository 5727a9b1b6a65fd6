//! The certificate that the server shows.

use super::finding::Finding;
use crate::config::Config;

pub(super) fn look(config: &Config) -> Finding {
    match &config.http.connections.tls {
        Some(tls) => {
            let until = tls.expires_at().format("%Y-%m-%d");
            Finding::fine("certificate", format!("key and certificate fit, valid until {until}"))
        }
        None => {
            let proxy = "REBOOKING_TLS_CERTIFICATE_FILE is not set: a proxy is to speak HTTPS";
            Finding::not_asked("certificate", proxy)
        }
    }
}
