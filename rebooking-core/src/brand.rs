//! Whose name, colours and support the customer sees: the same on pages and in mails. Settings of
//! the host.

use std::fmt;

use crate::link::WebUrl;
use crate::value::customer::EmailAddress;
use crate::value::text::FreeText;

/// The marketplace as its customers know it. What a `Brand` is made of has been checked, so it can
/// stand anywhere.
#[derive(Clone, Debug, PartialEq, Eq)]
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
            support_email: EmailAddress::of_support(),
            phone: None,
            home_page: WebUrl::of_miomente(),
            primary_light: Color([0xA3, 0x2A, 0x4A]),
            primary_dark: Color([0xF4, 0x9A, 0xAE]),
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

/// A colour, written `#a32a4a`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Color([u8; 3]);

impl Color {
    /// A colour by its parts, from 0 to 255.
    #[must_use]
    pub const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self([red, green, blue])
    }

    /// Reads a sharp and six hex digits.
    ///
    /// # Errors
    /// [`MalformedBrand::Color`] for anything else, names of colours included.
    pub fn parse(raw: &str) -> Result<Self, MalformedBrand> {
        let digits = raw.trim().strip_prefix('#').ok_or(MalformedBrand::Color)?;
        let hex = digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        let number =
            u32::from_str_radix(digits, 16).ok().filter(|_| hex).ok_or(MalformedBrand::Color)?;
        let [_, red, green, blue] = number.to_be_bytes();
        Ok(Self([red, green, blue]))
    }

    /// What can be read on this colour: black or white, whichever stands out more. The contrast is
    /// never below 4.58 to 1, so a button's text passes WCAG 2.2, 1.4.3 on any colour.
    #[must_use]
    pub fn text_color(self) -> Self {
        let (white, black) = (Self([255; 3]), Self([0; 3]));
        if self.contrast(white) >= self.contrast(black) { white } else { black }
    }

    /// This colour as text on a ground: itself where it can be read there, else as much darker or
    /// lighter as it takes for a contrast of 4.5 to 1 (WCAG 2.2, 1.4.3). So a pale brand colour
    /// fills buttons as it is, and links in it can still be read.
    #[must_use]
    pub fn readable_on(self, ground: Self) -> Self {
        let text = ground.text_color();
        let mixed = |share: u8| {
            let part = |own: u8, text: u8| {
                let sum =
                    u16::from(own) * u16::from(100 - share) + u16::from(text) * u16::from(share);
                u8::try_from(sum / 100).unwrap_or(text)
            };
            let ([red, green, blue], text) = (self.0, text.0);
            Self([part(red, text[0]), part(green, text[1]), part(blue, text[2])])
        };
        (0..=100).map(mixed).find(|color| color.contrast(ground) >= 4.5).unwrap_or(text)
    }

    /// How much one stands out from the other (WCAG 2.2, 1.4.3), from 1 to 21.
    fn contrast(self, other: Self) -> f64 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// Relative luminance as WCAG 2.2 defines it, from 0 for black to 1 for white.
    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

impl fmt::Display for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

/// What is wrong with a setting of the brand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MalformedBrand {
    /// No name, or one that no subject has room for.
    #[error("a name of 1 to {} characters", BrandName::MAX_LEN)]
    Name,
    /// Not a phone number.
    #[error("a phone number like +49 89 1234560")]
    Phone,
    /// Not a colour.
    #[error("a colour like #a32a4a")]
    Color,
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

    #[test]
    fn a_color_is_six_hex_digits() {
        assert_eq!(Color::parse("#A32a4a").map(|color| color.to_string()), Ok("#a32a4a".into()));
        for bad in ["", "red", "a32a4a", "#fff", "#a32a4g", "#+32a4a", "#a32a4a;}"] {
            assert_eq!(Color::parse(bad), Err(MalformedBrand::Color), "{bad}");
        }
    }

    #[test]
    fn text_can_be_read_on_any_color() {
        for grey in 0..=255_u8 {
            let ground = Color([grey; 3]);
            assert!(ground.contrast(ground.text_color()) >= 4.5, "{grey}");
        }
        assert_eq!(Brand::default().primary_light.text_color(), Color([255; 3]));
        assert_eq!(Brand::default().primary_dark.text_color(), Color([0; 3]));
    }

    #[test]
    fn any_color_becomes_one_that_can_be_read_on_any_ground() {
        let parts = [0, 0x33, 0x77, 0xAA, 0xE0, 0xFF];
        let colors: Vec<_> = parts
            .iter()
            .flat_map(|red| parts.iter().map(move |green| (red, green)))
            .flat_map(|(red, green)| parts.iter().map(move |blue| Color::new(*red, *green, *blue)))
            .collect();
        for ground in
            ["#ffffff", "#f2f2f5", "#1f2125", "#777777"].map(|ground| Color::parse(ground).unwrap())
        {
            for color in &colors {
                let readable = color.readable_on(ground);
                assert!(readable.contrast(ground) >= 4.5, "{color} on {ground} as {readable}");
            }
        }
    }

    #[test]
    fn a_color_that_can_be_read_stays_and_a_pale_one_keeps_its_hue() {
        let (white, brand) = (Color::new(255, 255, 255), Brand::default());
        assert_eq!(brand.primary_light.readable_on(white), brand.primary_light);
        let yellow = Color::parse("#ffe000").unwrap().readable_on(white);
        assert_eq!(yellow.to_string(), "#877600");
        let night = Color::parse("#1f2125").unwrap();
        assert_eq!(Color::parse("#0000ff").unwrap().readable_on(night).to_string(), "#7777ff");
    }
}
