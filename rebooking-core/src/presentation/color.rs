//! Colours of a brand, and whether text in them can be read (WCAG 2.2, 1.4.3).

use std::fmt;

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
    /// [`MalformedColor`] for anything else, names of colours included.
    pub fn parse(raw: &str) -> Result<Self, MalformedColor> {
        let digits = raw.trim().strip_prefix('#').ok_or(MalformedColor)?;
        let hex = digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        let number = u32::from_str_radix(digits, 16).ok().filter(|_| hex).ok_or(MalformedColor)?;
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

/// Not a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a colour like #a32a4a")]
pub struct MalformedColor;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::presentation::Brand;

    #[test]
    fn a_color_is_six_hex_digits() {
        assert_eq!(Color::parse("#A32a4a").map(|color| color.to_string()), Ok("#a32a4a".into()));
        for bad in ["", "red", "a32a4a", "#fff", "#a32a4g", "#+32a4a", "#a32a4a;}"] {
            assert_eq!(Color::parse(bad), Err(MalformedColor), "{bad}");
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
