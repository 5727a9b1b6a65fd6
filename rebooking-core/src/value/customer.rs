//! Who booked: name, address and language, in types that do not print them.

mod language;
mod spelling;

use std::fmt;

use subtle::ConstantTimeEq as _;

use crate::value::text::FreeText;

pub use language::Language;

/// The customer of a booking. `Debug` prints neither name nor address.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: hosts write it as a literal.
pub struct Customer {
    /// How the customer is greeted; may be empty, shops allow it.
    pub name: FreeText,
    /// Where the link goes, and what the customer must know to use it.
    pub email: EmailAddress,
    /// The language of the booking.
    pub language: Language,
}

impl Customer {
    /// The longest name that is kept, in characters (column `customer_name varchar(255)`).
    pub const LONGEST_NAME: usize = 255;

    /// A customer as the shop names them; the name is cleaned and cut after 255 characters.
    #[must_use]
    pub fn new(name: &str, email: EmailAddress, language: Language) -> Self {
        Self { name: FreeText::line(name, Self::LONGEST_NAME), email, language }
    }

    /// What is left once personal data has been purged: nobody can be reached or matched any more.
    #[must_use]
    pub fn forgotten(language: Language) -> Self {
        Self { name: FreeText::default(), email: EmailAddress(String::new()), language }
    }
}

/// An e-mail address as it was given, without surrounding blanks. `Debug` prints it redacted.
#[derive(Clone, PartialEq, Eq)]
pub struct EmailAddress(String);

impl EmailAddress {
    /// The longest address, in bytes (RFC 5321, 4.5.3.1.3 with errata 1690).
    pub const MAX_LEN: usize = 254;

    /// Takes what could be delivered to: one `@` with something on both sides, no blanks, no
    /// control characters.
    ///
    /// # Errors
    /// [`MalformedAddress`] says what is wrong, without repeating the address.
    pub fn parse(raw: &str) -> Result<Self, MalformedAddress> {
        let address = raw.trim();
        if address.is_empty() {
            return Err(MalformedAddress::Empty);
        }
        if address.len() > Self::MAX_LEN {
            return Err(MalformedAddress::TooLong);
        }
        let forbidden = |c: char| {
            c.is_control() || c.is_whitespace() || matches!(c, '<' | '>' | ',' | ';' | '"' | '\\')
        };
        if address.contains(forbidden) {
            return Err(MalformedAddress::ForbiddenCharacter);
        }
        match address.split_once('@') {
            Some((local, domain))
                if !local.is_empty() && !domain.is_empty() && !domain.contains('@') =>
            {
                Ok(Self(address.to_owned()))
            }
            Some(_) | None => Err(MalformedAddress::NotOneAt),
        }
    }

    /// An address that is written in this crate itself; a test there parses it.
    #[cfg(feature = "presentation")]
    pub(crate) fn from_source(address: &'static str) -> Self {
        Self(address.to_owned())
    }

    /// Whether both name the same mailbox for our purpose, however they are spelled: see
    /// [`normalized`](Self::normalized). Takes the same time wherever they differ, and is false for
    /// an address that has been forgotten.
    #[must_use]
    pub fn same_address(&self, other: &Self) -> bool {
        let (ours, theirs) = (self.normalized(), other.normalized());
        !ours.is_empty() && bool::from(ours.as_bytes().ct_eq(theirs.as_bytes()))
    }

    /// The one spelling of all that name the same mailbox, for stores to search by: the domain in
    /// its ASCII form (IDNA, UTS 46), the local part in normal form C with its case folded. It is
    /// never stored or mailed in place of the address as it was given. The spelling of a spelling
    /// is itself; that of a forgotten address is empty. Keep it out of logs.
    #[must_use]
    pub fn normalized(&self) -> String {
        spelling::normalized(&self.0)
    }

    /// Reads what [`EmailAddress::expose`] gave out before, from a store; an empty text is a
    /// forgotten address.
    ///
    /// # Errors
    /// [`MalformedAddress`] when the store holds something else.
    pub fn restore(stored: &str) -> Result<Self, MalformedAddress> {
        if stored.is_empty() { Ok(Self(String::new())) } else { Self::parse(stored) }
    }

    /// The address itself: for the mail's envelope and the store. Keep it out of logs.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Personal data of this case has been purged.
    #[must_use]
    pub fn is_forgotten(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EmailAddress(…)")
    }
}

/// What is wrong with an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MalformedAddress {
    /// Nothing was given: the form was sent too early, which is no attempt.
    #[error("an e-mail address is needed")]
    Empty,
    /// Longer than any real address.
    #[error("at most {} characters", EmailAddress::MAX_LEN)]
    TooLong,
    /// A blank, a control character or one that could end a mail header.
    #[error("no blanks, commas, quotes or brackets")]
    ForbiddenCharacter,
    /// Not of the form `name@example.com`.
    #[error("one @ with a name before and a domain after it")]
    NotOneAt,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(raw: &str) -> EmailAddress {
        EmailAddress::parse(raw).unwrap()
    }

    #[test]
    fn case_and_surrounding_blanks_do_not_matter() {
        assert!(address("  Erika@Example.COM ").same_address(&address("erika@example.com")));
        assert!(address("jürgen@BÜCHER.de").same_address(&address("JÜRGEN@bücher.de")));
    }

    #[test]
    fn another_address_is_another() {
        assert!(!address("erika@example.com").same_address(&address("erika@example.org")));
        assert!(!address("erika@example.com").same_address(&address("erika@example.co")));
    }

    #[test]
    fn a_forgotten_address_matches_nobody() {
        let forgotten = Customer::forgotten(Language::GERMAN).email;
        assert!(!forgotten.same_address(&forgotten));
        assert_eq!(EmailAddress::restore(""), Ok(forgotten));
    }

    #[test]
    fn what_cannot_be_delivered_to_is_refused() {
        assert_eq!(EmailAddress::parse(" "), Err(MalformedAddress::Empty));
        for raw in ["erika", "@example.com", "erika@", "a@b@c"] {
            assert_eq!(EmailAddress::parse(raw), Err(MalformedAddress::NotOneAt), "{raw}");
        }
        for raw in ["a b@example.com", "a@example.com\r\nBcc: b@example.com", "<a@b>", "a,b@c"] {
            assert_eq!(
                EmailAddress::parse(raw),
                Err(MalformedAddress::ForbiddenCharacter),
                "{raw}"
            );
        }
        assert_eq!(
            EmailAddress::parse(&format!("{}@example.com", "x".repeat(255))),
            Err(MalformedAddress::TooLong)
        );
    }

    #[test]
    fn debug_prints_neither_name_nor_address() {
        let customer =
            Customer::new("Erika Mustermann", address("erika@example.com"), Language::GERMAN);
        let printed = format!("{customer:?}");
        assert!(!printed.contains("Erika") && !printed.contains("example"), "{printed}");
    }
}
