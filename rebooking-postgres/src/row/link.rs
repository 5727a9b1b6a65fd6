//! What is stored of a link.

use rebooking_core::link::{LinkDigest, LinkKeyId, LinkNonce, StoredLink};
use rebooking_core::ports::MalformedRow;
use serde::{Deserialize, Serialize, Serializer};

use super::Place;

/// The random part of a link, written as PostgreSQL reads bytes in text.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
struct Nonce(String);

impl From<LinkNonce> for Nonce {
    fn from(nonce: LinkNonce) -> Self {
        Self(bytea(&nonce.0))
    }
}

impl Nonce {
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

/// The same of a nonce, in a document of rows.
pub(crate) fn as_hex<S: Serializer>(nonce: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&bytea(nonce))
}

/// A link inside a document.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct LinkDoc {
    key: i64,
    nonce: Nonce,
    digest: String,
}

impl From<&StoredLink> for LinkDoc {
    fn from(link: &StoredLink) -> Self {
        Self {
            key: i64::from(link.key.0),
            nonce: Nonce::from(link.nonce),
            digest: link.digest.as_str().to_owned(),
        }
    }
}

impl LinkDoc {
    pub(crate) fn restore(&self, place: &Place, column: &str) -> Result<StoredLink, MalformedRow> {
        let nonce = place.present(column, self.nonce.bytes())?;
        place.link([column; 3], self.key, &nonce, &self.digest)
    }
}

impl Place {
    /// A link from its three columns, which are named in that order: key, nonce, digest.
    pub(crate) fn link(
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
