//! A text of a catalogue that is filled very often, taken apart once.

/// The first of the characters that stand for a slot while a text is taken apart. They are private
/// ones (Unicode, 23.5), so that no text has them for anything else.
const FIRST: u32 = 0xE000;

/// Text and slots in turn. `S` lists the slots.
#[derive(Debug)]
pub(super) struct Pattern<S>(Vec<Piece<S>>);

#[derive(Debug)]
enum Piece<S> {
    Text(String),
    Slot(S),
}

/// What stands for a slot while a text is taken apart.
pub(super) fn mark(place: u32) -> String {
    char::from_u32(FIRST + place).map(String::from).unwrap_or_default()
}

impl<S: Copy> Pattern<S> {
    /// Takes a text apart in which [`mark`] stands for each of the slots.
    pub(super) fn new(text: &str, slots: &[S]) -> Self {
        let mut pieces = Vec::new();
        let mut plain = String::new();
        for letter in text.chars() {
            let place = u32::from(letter).checked_sub(FIRST);
            let slot = place.and_then(|place| slots.get(usize::try_from(place).ok()?));
            match slot {
                Some(slot) => {
                    if !plain.is_empty() {
                        pieces.push(Piece::Text(std::mem::take(&mut plain)));
                    }
                    pieces.push(Piece::Slot(*slot));
                }
                None => plain.push(letter),
            }
        }
        if !plain.is_empty() {
            pieces.push(Piece::Text(plain));
        }
        Self(pieces)
    }

    /// The text, with what `fill` writes in each slot.
    pub(super) fn write(&self, mut fill: impl FnMut(&mut String, S)) -> String {
        let mut out = String::with_capacity(48);
        for piece in &self.0 {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Slot(slot) => fill(&mut out, *slot),
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_are_filled_in_any_order_and_number() {
        let text = format!("a {1}{0} b {1}", mark(0), mark(1));
        let written = Pattern::new(&text, &["x", "y"]).write(|out, slot| out.push_str(slot));
        assert_eq!(written, "a yx b y");
        assert_eq!(Pattern::new("", &["x"]).write(|out, slot| out.push_str(slot)), "");
    }
}
