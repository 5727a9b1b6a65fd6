//! Where a course takes place.

use std::fmt;

use crate::value::text::FreeText;

/// Where a course takes place: what the place is called, and how it is found. Each is one line of
/// at most [`Venue::MAX_LEN`] characters, without control characters; one of them may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Venue {
    name: String,
    address: String,
}

impl Venue {
    /// The longest name, and the longest address, in characters.
    pub const MAX_LEN: usize = 255;

    /// A place as the shop names it; both texts are cleaned and cut. `None` where nothing is left
    /// of either.
    #[must_use]
    pub fn new(name: &str, address: &str) -> Option<Self> {
        let line = |text| FreeText::line(text, Self::MAX_LEN).expose().to_owned();
        let (name, address) = (line(name), line(address));
        (!name.is_empty() || !address.is_empty()).then_some(Self { name, address })
    }

    /// What it is called: `Evas Küche`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How it is found: `Kochstraße 5, 80331 München`.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }
}

/// Both in one line: `Evas Küche, Kochstraße 5, 80331 München`.
impl fmt::Display for Venue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let between = if self.name.is_empty() || self.address.is_empty() { "" } else { ", " };
        write!(f, "{}{between}{}", self.name, self.address)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(name: &str, address: &str) -> Option<String> {
        Venue::new(name, address).map(|venue| venue.to_string())
    }

    #[test]
    fn a_place_is_shown_as_far_as_it_is_known() {
        let both = "Evas Küche, Kochstraße 5, 80331 München";
        assert_eq!(shown("Evas Küche", "Kochstraße 5, 80331 München").as_deref(), Some(both));
        assert_eq!(shown("Evas Küche", " ").as_deref(), Some("Evas Küche"));
        assert_eq!(shown("", "Kochstraße 5").as_deref(), Some("Kochstraße 5"));
        assert_eq!(shown(" ", "\u{202E}\r\n"), None);
    }

    #[test]
    fn a_place_is_two_short_lines_without_control_characters() {
        let hostile = Venue::new("Küche\r\nATTENDEE:x\0", &"ü".repeat(1_000)).unwrap();
        assert_eq!(hostile.name(), "Küche ATTENDEE:x");
        assert_eq!(hostile.address().chars().count(), Venue::MAX_LEN);
    }
}
