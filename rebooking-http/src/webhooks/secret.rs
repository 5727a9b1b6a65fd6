//! What webhooks are signed with.

use std::str::FromStr;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use secrecy::{ExposeSecret as _, SecretBox};

/// A secret that sender and receiver share. Never printed.
#[derive(Clone, derive_more::Debug)]
#[debug("WebhookSecret(…)")]
pub struct WebhookSecret(Arc<SecretBox<Vec<u8>>>);

/// Not a secret of a webhook. Does not repeat it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("whsec_ and the base64 of 24 to 64 random bytes")]
pub struct MalformedWebhookSecret;

impl WebhookSecret {
    /// What each begins with, so that it is known for one wherever it turns up.
    const PREFIX: &str = "whsec_";

    pub(super) fn bytes(&self) -> &[u8] {
        self.0.expose_secret()
    }
}

/// Reads `whsec_…`.
impl FromStr for WebhookSecret {
    type Err = MalformedWebhookSecret;

    fn from_str(text: &str) -> Result<Self, MalformedWebhookSecret> {
        let encoded = text.strip_prefix(Self::PREFIX).ok_or(MalformedWebhookSecret)?;
        let bytes = STANDARD.decode(encoded).map_err(|_| MalformedWebhookSecret)?;
        if (24..=64).contains(&bytes.len()) {
            Ok(Self(Arc::new(SecretBox::new(Box::new(bytes)))))
        } else {
            Err(MalformedWebhookSecret)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_neither_short_nor_long_nor_printed() {
        let secret = |bytes: usize| format!("whsec_{}", STANDARD.encode(vec![7; bytes]));
        for (text, is_one) in [
            (secret(23), false),
            (secret(24), true),
            (secret(64), true),
            (secret(65), false),
            (STANDARD.encode([7; 32]), false),
            ("whsec_".to_owned(), false),
            ("whsec_%%%".to_owned(), false),
        ] {
            let read = text.parse::<WebhookSecret>();
            assert_eq!(read.is_ok(), is_one, "{text}");
            assert!(!format!("{read:?}").contains(&text), "{read:?}");
        }
    }
}
