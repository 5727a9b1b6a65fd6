//! Text from people: cleaned where it comes in, never printed by `Debug`.

use std::fmt;

/// Text that somebody typed, or that names somebody: a reason, a wish, a name.
///
/// Control characters and the invisible ones that turn reading direction around are taken out when
/// it is made, so that no text can break a mail header, a log line or a page. `Debug` prints its
/// length only.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct FreeText(String);

impl FreeText {
    /// The longest text that is taken, in characters.
    pub const MAX_LEN: usize = 2000;

    /// Nothing said.
    pub const EMPTY: Self = Self(String::new());

    /// Cleans a text of several lines and refuses one that is too long.
    ///
    /// # Errors
    /// [`TooLong`] past [`FreeText::MAX_LEN`] characters: cutting would lose what a person meant.
    pub fn parse(raw: &str) -> Result<Self, TooLong> {
        let text = clean(raw, Lines::Kept);
        let length = text.chars().count();
        if length > Self::MAX_LEN {
            return Err(TooLong { longest: Self::MAX_LEN, length });
        }
        Ok(Self(text))
    }

    /// Cleans one line and cuts it after `longest` characters: for text of other systems, which
    /// cannot be asked to shorten it.
    #[must_use]
    pub fn line(raw: &str, longest: usize) -> Self {
        Self(clean(raw, Lines::Joined).chars().take(longest).collect())
    }

    /// The text itself. Keep it out of logs.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Nothing was said, or it has been forgotten.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for FreeText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FreeText({} characters)", self.0.chars().count())
    }
}

/// A text is longer than anybody would read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("at most {longest} characters, not {length}")]
#[non_exhaustive]
pub struct TooLong {
    /// How many characters are taken.
    pub longest: usize,
    /// How many there were.
    pub length: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Lines {
    Kept,
    Joined,
}

fn clean(raw: &str, lines: Lines) -> String {
    let unified = raw.replace("\r\n", "\n");
    let kept = unified.chars().filter_map(|c| match c {
        '\n' if lines == Lines::Kept => Some('\n'),
        c if is_blank(c) => Some(' '),
        c if c.is_control() || turns_direction(c) => None,
        c => Some(c),
    });
    kept.collect::<String>().trim().to_owned()
}

fn is_blank(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}')
}

/// The bidirectional marks, embeddings, overrides and isolates (Unicode Standard Annex 9), and the
/// byte order mark.
fn turns_direction(c: char) -> bool {
    matches!(
        c,
        '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{FEFF}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2066}'..='\u{2069}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_and_direction_overrides_are_taken_out() {
        assert_eq!(FreeText::line("Eva\r\nBcc: x\0\u{202E}y", 255).expose(), "Eva Bcc: xy");
    }

    #[test]
    fn letters_of_every_script_stay() {
        for name in ["Jörg Weiß-Öztürk", "שרה כהן", "👩‍🍳 Köchin", "李小龍"] {
            assert_eq!(FreeText::line(name, 255).expose(), name);
        }
    }

    #[test]
    fn a_line_of_ten_kilobytes_is_cut_at_a_character() {
        let long = "ü".repeat(5 * 1024);
        assert_eq!(FreeText::line(&long, 255).expose().chars().count(), 255);
    }

    #[test]
    fn the_longest_text_is_taken_and_one_character_more_is_refused() {
        assert!(FreeText::parse(&"x".repeat(FreeText::MAX_LEN)).is_ok());
        let refused = FreeText::parse(&"x".repeat(FreeText::MAX_LEN + 1));
        assert_eq!(refused, Err(TooLong { longest: 2000, length: 2001 }));
    }

    #[test]
    fn lines_are_kept_where_they_mean_something() {
        assert_eq!(
            FreeText::parse("one\r\ntwo\n").map(|t| t.expose().to_owned()),
            Ok("one\ntwo".into())
        );
    }

    #[test]
    fn debug_shows_no_text() {
        assert_eq!(format!("{:?}", FreeText::line("Erika", 255)), "FreeText(5 characters)");
    }
}
