//! Signatures of webhooks: made by the sender, checked by the receiver.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta, Utc};
use hmac::{Hmac, KeyInit as _, Mac as _};
use http::HeaderMap;
use sha2::Sha256;

use super::secret::WebhookSecret;
use super::{ID, SIGNATURE, TIMESTAMP};

/// How far the clocks of sender and receiver may be apart: who has overheard a webhook can send it
/// again for so long, under the id that the receiver knows already.
const TOLERANCE: TimeDelta = TimeDelta::minutes(5);
const VERSION: &str = "v1";

/// The value of the header `webhook-signature`: one signature for each secret. `sent_at` is that of
/// the header `webhook-timestamp`, in seconds.
#[must_use]
pub fn sign_webhook(secrets: &[WebhookSecret], id: &str, sent_at: i64, body: &[u8]) -> String {
    let signed = secrets.iter().filter_map(|secret| mac(secret, id, &sent_at.to_string(), body));
    let signatures = signed.map(|mac| {
        let signature = STANDARD.encode(mac.finalize().into_bytes());
        format!("{VERSION},{signature}")
    });
    signatures.collect::<Vec<_>>().join(" ")
}

/// What a receiver knows of a webhook that is sound.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct VerifiedWebhook {
    /// The same each time that the same event is sent.
    pub id: String,
}

/// Why a receiver must not believe a webhook: answer 400 or 401, and do nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WebhookRefused {
    /// Not a webhook, or only a part of one.
    #[error("without id, time or signature of a webhook")]
    Incomplete,
    /// Somebody sends again what they have overheard, or a clock is wrong.
    #[error("sent too long ago, or in the future")]
    OutOfTime,
    /// Nobody who knows a secret of ours has signed this.
    #[error("not signed with any of our secrets")]
    NotSigned,
}

/// Checks a webhook for its receiver, on the headers and the very bytes that came. Any one of the
/// receiver's secrets is enough. What is verified may still come twice: join by its id.
///
/// # Errors
/// [`WebhookRefused`].
pub fn verify_webhook(
    secrets: &[WebhookSecret],
    headers: &HeaderMap,
    body: &[u8],
    now: DateTime<Utc>,
) -> Result<VerifiedWebhook, WebhookRefused> {
    let header = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let (Some(id), Some(sent_at), Some(signatures)) =
        (header(ID), header(TIMESTAMP), header(SIGNATURE))
    else {
        return Err(WebhookRefused::Incomplete);
    };
    let moment = sent_at.parse().ok().and_then(|sent_at| DateTime::from_timestamp(sent_at, 0));
    let moment = moment.ok_or(WebhookRefused::Incomplete)?;
    if (now - moment).abs() > TOLERANCE {
        return Err(WebhookRefused::OutOfTime);
    }
    let given = signatures.split(' ').filter_map(|one| one.split_once(','));
    let given = given.filter(|(version, _)| *version == VERSION);
    let mut given = given.filter_map(|(_, signature)| STANDARD.decode(signature).ok());
    // A whole signature, compared in the same time wherever it differs.
    let is_signed = given.any(|signature| {
        let macs = secrets.iter().filter_map(|secret| mac(secret, id, sent_at, body));
        macs.into_iter().any(|mac| mac.verify_slice(&signature).is_ok())
    });
    if is_signed {
        Ok(VerifiedWebhook { id: id.to_owned() })
    } else {
        Err(WebhookRefused::NotSigned)
    }
}

fn mac(secret: &WebhookSecret, id: &str, sent_at: &str, body: &[u8]) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.bytes()).ok()?;
    for part in [id.as_bytes(), b".", sent_at.as_bytes(), b".", body] {
        mac.update(part);
    }
    Some(mac)
}

#[cfg(test)]
mod tests;
