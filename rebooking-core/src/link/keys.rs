//! The keys that links are derived from, and how they are rotated.

use std::collections::BTreeMap;
use std::fmt;

use secrecy::{ExposeSecret as _, SecretBox};

use super::{LinkNonce, LinkPurpose, LinkSecret, StoredLink};

/// The number of a [`LinkKey`], stored beside each link that was derived with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
// Exhaustive: hosts write it as a literal.
pub struct LinkKeyId(pub u16);

/// A key that links are derived from: at least 32 bytes from a good source. Never printed.
pub struct LinkKey(SecretBox<Vec<u8>>);

impl LinkKey {
    /// Takes the bytes of a key.
    ///
    /// # Errors
    /// [`WeakKey`] under 32 bytes.
    pub fn new(bytes: Vec<u8>) -> Result<Self, WeakKey> {
        if bytes.len() < 32 { Err(WeakKey) } else { Ok(Self(SecretBox::new(Box::new(bytes)))) }
    }

    /// Reads a key as it is kept in files and variables: two hex digits a byte, 64 digits or more,
    /// as `openssl rand -hex 32` makes them. White space around them is none of it.
    ///
    /// # Errors
    /// [`WeakKey`] under 64 digits, and for what is not hex.
    pub fn from_hex(digits: &str) -> Result<Self, WeakKey> {
        let digit = |c: char| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        let digits: Option<Vec<u8>> = digits.trim().chars().map(digit).collect();
        let digits = digits.ok_or(WeakKey)?;
        let (pairs, rest) = digits.as_chunks::<2>();
        if !rest.is_empty() {
            return Err(WeakKey);
        }
        Self::new(pairs.iter().map(|[high, low]| high * 16 + low).collect())
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.0.expose_secret()
    }
}

impl fmt::Debug for LinkKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LinkKey(…)")
    }
}

/// A key that could be guessed, or is not written as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a link key needs at least 32 bytes: 64 hex digits")]
pub struct WeakKey;

/// The keys in use: new links come from the current one, older ones stay derivable until their
/// links have expired.
#[derive(Debug)]
pub struct LinkKeys {
    current: LinkKeyId,
    keys: BTreeMap<LinkKeyId, LinkKey>,
}

impl LinkKeys {
    /// Starts with one key, which is the current one.
    #[must_use]
    pub fn new(id: LinkKeyId, key: LinkKey) -> Self {
        Self { current: id, keys: BTreeMap::from([(id, key)]) }
    }

    /// Adds a retired key, so that links derived with it can be mailed again.
    #[must_use]
    pub fn with_retired(mut self, id: LinkKeyId, key: LinkKey) -> Self {
        if id != self.current {
            self.keys.insert(id, key);
        }
        self
    }

    /// What the store keeps of a new link made from `nonce`.
    ///
    /// # Errors
    /// [`UnknownKey`] cannot happen for a set made with [`LinkKeys::new`]; it is an error all the
    /// same, not a panic.
    pub fn stamp(&self, purpose: LinkPurpose, nonce: LinkNonce) -> Result<StoredLink, UnknownKey> {
        let digest = self.derive(purpose, self.current, &nonce)?.digest();
        Ok(StoredLink { key: self.current, nonce, digest })
    }

    /// The link that is stored so: the same each time, so it can be mailed again without ever being
    /// stored itself.
    ///
    /// # Errors
    /// [`UnknownKey`] when the key of that link has been thrown away, or another one has been
    /// given its number.
    pub fn secret(
        &self,
        purpose: LinkPurpose,
        stamp: &StoredLink,
    ) -> Result<LinkSecret, UnknownKey> {
        let secret = self.derive(purpose, stamp.key, &stamp.nonce)?;
        // Another key under the same number would give links that nobody knows.
        if secret.digest() == stamp.digest { Ok(secret) } else { Err(UnknownKey(stamp.key)) }
    }

    fn derive(
        &self,
        purpose: LinkPurpose,
        id: LinkKeyId,
        nonce: &LinkNonce,
    ) -> Result<LinkSecret, UnknownKey> {
        let key = self.keys.get(&id).ok_or(UnknownKey(id))?;
        Ok(LinkSecret::derive(key, purpose, nonce))
    }
}

/// The key with this number is not among those that were given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no link key with number {}", .0.0)]
#[non_exhaustive]
pub struct UnknownKey(pub LinkKeyId);
