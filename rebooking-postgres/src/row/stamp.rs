//! What is stored of a link.

use rebooking_core::link::{LinkDigest, LinkKeyId, LinkNonce, StoredLink};
use serde::{Deserialize, Serialize};

use super::Place;
use crate::error::MalformedRow;

/// The random part of a link, written as PostgreSQL reads bytes in text.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
struct Nonce(String);

impl Nonce {
    fn of(nonce: LinkNonce) -> Self {
        Self(bytea(&nonce.0))
    }

    fn bytes(&self) -> Option<Vec<u8>> {
        let hex = self.0.strip_prefix("\\x")?.as_bytes();
        hex.chunks(2)
            .map(|pair| {
                std::str::from_utf8(pair).ok().and_then(|pair| u8::from_str_radix(pair, 16).ok())
            })
            .collect()
    }
}

/// Bytes as PostgreSQL reads them in text.
pub(super) fn bytea(bytes: &[u8]) -> String {
    let halves = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    "\\x".chars().chain(halves.filter_map(|half| char::from_digit(half.into(), 16))).collect()
}

/// A link inside a document.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct StampDoc {
    key: i64,
    nonce: Nonce,
    digest: String,
}

impl StampDoc {
    pub(crate) fn of(stamp: &StoredLink) -> Self {
        Self {
            key: i64::from(stamp.key.0),
            nonce: Nonce::of(stamp.nonce),
            digest: stamp.digest.as_str().to_owned(),
        }
    }

    pub(crate) fn restore(&self, place: &Place, column: &str) -> Result<StoredLink, MalformedRow> {
        let nonce = place.present(column, self.nonce.bytes())?;
        place.stamp([column; 3], self.key, &nonce, &self.digest)
    }
}

impl Place {
    /// A link from its three columns, which are named in that order: key, nonce, digest.
    pub(crate) fn stamp(
        &self,
        columns: [&str; 3],
        key: i64,
        nonce: &[u8],
        digest: &str,
    ) -> Result<StoredLink, MalformedRow> {
        let [key_column, nonce_column, digest_column] = columns;
        let key = u16::try_from(key).map_err(|_| self.bad(key_column, "no number of a key"))?;
        let nonce = nonce.try_into().map_err(|_| self.bad(nonce_column, "not 16 bytes"))?;
        let digest = self.read(digest_column, LinkDigest::parse(digest))?;
        Ok(StoredLink { key: LinkKeyId(key), nonce: LinkNonce(nonce), digest })
    }
}
