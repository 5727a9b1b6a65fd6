//! Secret links: derived from a key and a nonce, so that neither the database nor a backup ever
//! holds a usable one.

mod keys;

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};

pub use keys::{LinkKey, LinkKeyId, LinkKeys, UnknownKey, WeakKey};

/// What a link lets its holder do. Each purpose derives its own secrets, so one can never pass for
/// another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
// Exhaustive: whoever reads it handles each.
pub enum LinkPurpose {
    /// A customer rebooks.
    Rebook,
    /// A partner answers a confirmation request without signing in.
    Answer,
    /// A partner's calendar program reads the bookings that they have confirmed.
    Calendar,
}

impl LinkPurpose {
    const fn label(self) -> &'static [u8] {
        match self {
            Self::Rebook => b"rebooking link v1",
            Self::Answer => b"partner answer v1",
            Self::Calendar => b"partner calendar v1",
        }
    }
}

/// 128 random bits that make a link its own. Useless without the key, so the database may hold it.
#[derive(Clone, Copy, PartialEq, Eq)]
// Exhaustive: hosts write it as a literal.
pub struct LinkNonce(pub [u8; 16]);

impl fmt::Debug for LinkNonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LinkNonce(…)")
    }
}

/// All that is stored of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: hosts write it as a literal.
pub struct StoredLink {
    /// Which key it was derived with.
    pub key: LinkKeyId,
    /// Its random part.
    pub nonce: LinkNonce,
    /// How it is found again.
    pub digest: LinkDigest,
}

/// The unguessable part of a link: whoever holds it may use it. `Debug` prints it redacted.
#[derive(Clone)]
pub struct LinkSecret(SecretString);

impl LinkSecret {
    /// How long the text is: 256 bits in base64url.
    pub const LENGTH: usize = 43;

    /// `base64url(HMAC-SHA-256(key, purpose ‖ 0 ‖ nonce))`: the same key, purpose and nonce always
    /// give the same link.
    #[must_use]
    pub fn derive(key: &LinkKey, purpose: LinkPurpose, nonce: &LinkNonce) -> Self {
        // HMAC takes keys of any length, so the error arm is never taken; it derives from nothing
        // rather than panicking.
        let mac = Hmac::<Sha256>::new_from_slice(key.bytes()).map(|mut mac| {
            mac.update(purpose.label());
            mac.update(&[0]);
            mac.update(&nonce.0);
            mac.finalize().into_bytes()
        });
        Self(mac.map(|bytes| URL_SAFE_NO_PAD.encode(bytes)).unwrap_or_default().into())
    }

    /// Takes what came in an address. What exists is well formed; whether it was ever given out
    /// only the store knows.
    ///
    /// # Errors
    /// [`MalformedSecret`] for anything but 43 characters of base64url.
    pub fn parse(raw: &str) -> Result<Self, MalformedSecret> {
        if raw.len() == Self::LENGTH && raw.bytes().all(Self::may_hold) {
            Ok(Self(raw.into()))
        } else {
            Err(MalformedSecret)
        }
    }

    /// Whether a byte is one of base64url: any other one that follows a link in an address has come
    /// there on the link's way, like a full stop or a bracket.
    #[must_use]
    pub const fn may_hold(byte: u8) -> bool {
        byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
    }

    /// What the database may know of it.
    #[must_use]
    pub fn digest(&self) -> LinkDigest {
        let hash = Sha256::digest(self.0.expose_secret());
        let halves = hash.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        LinkDigest(halves.filter_map(|half| char::from_digit(half.into(), 16)).collect())
    }

    /// The only way out: for the mail, and for the answer to who already holds it.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl fmt::Debug for LinkSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LinkSecret(…)")
    }
}

/// Not a link that this library makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a rebooking link")]
pub struct MalformedSecret;

/// SHA-256 of a [`LinkSecret`] in hex: the 64 characters in column `token`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LinkDigest(String);

impl LinkDigest {
    /// Reads 64 hex digits from a store.
    ///
    /// # Errors
    /// [`MalformedSecret`] for anything else.
    pub fn parse(raw: &str) -> Result<Self, MalformedSecret> {
        let hex = raw.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        if raw.len() == 64 && hex { Ok(Self(raw.to_owned())) } else { Err(MalformedSecret) }
    }

    /// The 64 characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(byte: u8) -> LinkKey {
        LinkKey::new(vec![byte; 32]).unwrap()
    }

    #[test]
    fn the_same_key_and_nonce_give_the_same_link() {
        let keys = LinkKeys::new(LinkKeyId(1), key(7));
        let stamp = keys.stamp(LinkPurpose::Rebook, LinkNonce([1; 16])).unwrap();
        let (first, second) = (
            keys.secret(LinkPurpose::Rebook, &stamp).unwrap(),
            keys.secret(LinkPurpose::Rebook, &stamp).unwrap(),
        );
        assert_eq!(first.expose(), second.expose());
        assert_eq!(first.digest(), stamp.digest);
        assert_eq!(LinkSecret::parse(first.expose()).unwrap().digest(), stamp.digest);
    }

    #[test]
    fn another_key_nonce_or_purpose_gives_another_link() {
        let base = LinkSecret::derive(&key(7), LinkPurpose::Rebook, &LinkNonce([1; 16])).digest();
        assert_ne!(
            base,
            LinkSecret::derive(&key(8), LinkPurpose::Rebook, &LinkNonce([1; 16])).digest()
        );
        assert_ne!(
            base,
            LinkSecret::derive(&key(7), LinkPurpose::Rebook, &LinkNonce([2; 16])).digest()
        );
        for purpose in [LinkPurpose::Answer, LinkPurpose::Calendar] {
            let other = LinkSecret::derive(&key(7), purpose, &LinkNonce([1; 16])).digest();
            assert_ne!(base, other, "{purpose:?}");
        }
    }

    #[test]
    fn a_link_outlives_the_rotation_of_its_key_until_the_key_is_thrown_away() {
        let old = LinkKeys::new(LinkKeyId(1), key(7))
            .stamp(LinkPurpose::Rebook, LinkNonce([1; 16]))
            .unwrap();
        let rotated = LinkKeys::new(LinkKeyId(2), key(8)).with_retired(LinkKeyId(1), key(7));
        assert_eq!(
            rotated.secret(LinkPurpose::Rebook, &old).map(|s| s.digest()),
            Ok(old.digest.clone())
        );
        assert_eq!(
            rotated.stamp(LinkPurpose::Rebook, LinkNonce([2; 16])).map(|s| s.key),
            Ok(LinkKeyId(2))
        );
        let forgotten = LinkKeys::new(LinkKeyId(2), key(8));
        assert_eq!(
            forgotten.secret(LinkPurpose::Rebook, &old).map(|s| s.digest()),
            Err(UnknownKey(LinkKeyId(1)))
        );
    }

    #[test]
    fn only_the_form_of_a_link_is_taken() {
        let good = "A".repeat(43);
        assert!(LinkSecret::parse(&good).is_ok());
        for raw in [
            "",
            &"A".repeat(42),
            &"A".repeat(44),
            &format!("{}=", "A".repeat(42)),
            &format!("{}/", "A".repeat(42)),
        ] {
            assert!(LinkSecret::parse(raw).is_err(), "{raw}");
        }
    }

    #[test]
    fn a_short_key_is_refused() {
        assert_eq!(LinkKey::new(vec![0; 31]).err(), Some(WeakKey));
    }

    #[test]
    fn a_key_is_read_from_its_hex_digits_and_from_nothing_else() {
        let hex = "0aFf".repeat(16);
        let same = LinkKey::new([0x0a, 0xff].repeat(16)).unwrap();
        let read = LinkKey::from_hex(&format!("{hex}\n")).unwrap();
        assert_eq!(read.bytes(), same.bytes());
        let no_hex = "a key of 64 letters, but no hex.".repeat(2);
        for raw in ["", &hex[2..], &format!("{hex}0"), &no_hex] {
            assert_eq!(LinkKey::from_hex(raw).err(), Some(WeakKey), "{raw}");
        }
    }

    #[test]
    fn debug_prints_no_secret() {
        let keys = LinkKeys::new(LinkKeyId(1), key(7));
        let stamp = keys.stamp(LinkPurpose::Rebook, LinkNonce([9; 16])).unwrap();
        let secret = keys.secret(LinkPurpose::Rebook, &stamp).unwrap();
        assert!(!format!("{secret:?}").contains(secret.expose()));
        assert_eq!(format!("{:?} {:?}", key(7), stamp.nonce), "LinkKey(…) LinkNonce(…)");
    }
}
