//! Whose name, colours and support the customer sees: the same on pages and in mails. Settings of
//! the host.

use std::fmt;

use crate::value::customer::EmailAddress;
use crate::value::text::FreeText;

use super::color::Color;
use super::url::WebUrl;

/// The marketplace as its customers know it. What a `Brand` is made of has been checked, so it can
/// stand anywhere.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: hosts write it as a literal.
pub struct Brand {
    /// Its name: *Ihr Miomente Team*.
    pub name: BrandName,
    /// Where customers and partners write to.
    pub support_email: EmailAddress,
    /// Where they call, where there is such a number.
    pub phone: Option<PhoneNumber>,
    /// Its home page.
    pub home_page: WebUrl,
    /// The colour of buttons and links on a light ground.
    pub primary_light: Color,
    /// The same on a dark ground.
    pub primary_dark: Color,
}

impl Default for Brand {
    /// The brand of the specification; no phone number, as that names none.
    fn default() -> Self {
        Self {
            name: BrandName("Miomente".into()),
            support_email: EmailAddress::from_source("support@miomente.de"),
            phone: None,
            home_page: WebUrl::from_source("https://www.miomente.de"),
            primary_light: Color::new(0xA3, 0x2A, 0x4A),
            primary_dark: Color::new(0xF4, 0x9A, 0xAE),
        }
    }
}

/// The name of a brand: one line, from 1 to 60 characters.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BrandName(String);

impl BrandName {
    /// The longest name, in characters: it stands in subjects and sender names.
    pub const MAX_LEN: usize = 60;

    /// Takes one line; control characters and surrounding blanks are taken off.
    ///
    /// # Errors
    /// [`MalformedBrand::Name`] for nothing, and for more than [`BrandName::MAX_LEN`] characters.
    pub fn parse(raw: &str) -> Result<Self, MalformedBrand> {
        let name = FreeText::line(raw, Self::MAX_LEN + 1).expose().to_owned();
        let fits = (1..=Self::MAX_LEN).contains(&name.chars().count());
        if fits { Ok(Self(name)) } else { Err(MalformedBrand::Name) }
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for BrandName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A phone number as people read it: `+49 (0)89 123 456-0`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PhoneNumber(String);

impl PhoneNumber {
    /// Takes digits with blanks, dashes, slashes, brackets and a plus at the beginning; 3 to 15
    /// digits (ITU-T E.164), 30 characters at most.
    ///
    /// # Errors
    /// [`MalformedBrand::Phone`] for anything else.
    pub fn parse(raw: &str) -> Result<Self, MalformedBrand> {
        let number = raw.trim();
        let rest = number.strip_prefix('+').unwrap_or(number);
        let digits = rest.chars().filter(char::is_ascii_digit).count();
        let plain = rest.chars().all(|c| c.is_ascii_digit() || " -/()".contains(c));
        let fits = (3..=15).contains(&digits) && number.len() <= 30;
        if plain && fits { Ok(Self(number.to_owned())) } else { Err(MalformedBrand::Phone) }
    }

    /// The number as people read it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number as a phone dials it: `tel:+49891234560`. The `(0)` that is only dialled inside a
    /// country is left out.
    #[must_use]
    pub fn tel_url(&self) -> String {
        let international =
            if self.0.starts_with('+') { self.0.replace("(0)", "") } else { self.0.clone() };
        let dialled: String =
            international.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        format!("tel:{dialled}")
    }
}

impl fmt::Display for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What is wrong with a setting of the brand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MalformedBrand {
    /// No name, or one that no subject has room for.
    #[error("a name of 1 to {} characters", BrandName::MAX_LEN)]
    Name,
    /// Not a phone number.
    #[error("a phone number like +49 89 1234560")]
    Phone,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_is_that_of_the_specification() {
        let brand = Brand::default();
        assert_eq!(
            (brand.name.as_str(), brand.support_email.expose()),
            ("Miomente", "support@miomente.de")
        );
        assert_eq!(
            EmailAddress::parse(brand.support_email.expose()).as_ref(),
            Ok(&brand.support_email)
        );
        assert_eq!(WebUrl::parse(brand.home_page.as_str()).as_ref(), Ok(&brand.home_page));
    }

    #[test]
    fn a_name_is_one_line_that_fits_into_a_subject() {
        assert_eq!(
            BrandName::parse(" Koch\r\nwerk\0 ").map(|name| name.to_string()),
            Ok("Koch werk".into())
        );
        assert!(BrandName::parse(&"ü".repeat(60)).is_ok());
        for bad in ["", "\n", &"x".repeat(61)] {
            assert_eq!(BrandName::parse(bad), Err(MalformedBrand::Name), "{bad:?}");
        }
    }

    #[test]
    fn a_phone_number_is_read_as_written_and_dialled_as_digits() {
        for (written, dialled) in [
            ("+49 (0)89 123 456-0", "tel:+49891234560"),
            ("089/1234560", "tel:0891234560"),
            ("(0)89 123456", "tel:089123456"),
        ] {
            assert_eq!(PhoneNumber::parse(written).unwrap().tel_url(), dialled);
        }
        for bad in ["", "12", "089 CALL ME", "+", "0+89 123", "1234567890123456", "\"><script>123"]
        {
            assert_eq!(PhoneNumber::parse(bad), Err(MalformedBrand::Phone), "{bad}");
        }
    }
}
