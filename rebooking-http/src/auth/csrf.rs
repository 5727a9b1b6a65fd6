//! The token of a form: it came from a page that was made for whoever sends it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::Mac as _;

use super::principal::Principal;
use super::session::{Session, Sessions};

const PURPOSE: &[u8] = b"form v1";

impl Sessions {
    /// The token for the forms of whoever is signed in, with a session of ours or by what their
    /// host's requests carry. It is the same for as long as the session lasts, so that pages in
    /// several windows stay usable.
    pub(crate) fn form_token(
        &self,
        principal: &Principal,
        session: Option<&Session>,
    ) -> Option<String> {
        let mac = self.key()?.signing(PURPOSE, &whose(principal, session))?;
        Some(URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
    }

    /// Whether a form came from a page that was made for them.
    pub(crate) fn is_form_token(
        &self,
        given: &str,
        principal: &Principal,
        session: Option<&Session>,
    ) -> bool {
        let mac = self.key().and_then(|key| key.signing(PURPOSE, &whose(principal, session)));
        let given = URL_SAFE_NO_PAD.decode(given).ok();
        // Compared to its end, whatever differs.
        mac.zip(given).is_some_and(|(mac, given)| mac.verify_slice(&given).is_ok())
    }
}

pub(super) fn whose(principal: &Principal, session: Option<&Session>) -> String {
    let (role, who) = super::session::named(principal);
    format!("{role}\0{who}\0{}", session.map_or("", |session| &session.nonce))
}
