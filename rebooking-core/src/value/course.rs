//! A course, whatever its dates.

use crate::value::ids::CourseId;
use crate::value::text::FreeText;

pub use crate::value::venue::Venue;

/// A course, whatever its dates.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: hosts write it as a literal.
pub struct Course {
    /// The shop's key.
    pub id: CourseId,
    /// The shop's article number, at most 100 characters.
    pub sku: String,
    /// The name that customers read.
    pub name: String,
    /// Where it takes place, where somebody says it: that of the date. A course that is given in
    /// several places has several.
    pub venue: Option<Venue>,
}

impl Course {
    /// A course as the shop names it, without a place; both texts are cleaned and cut (sku 100,
    /// name 255 characters).
    #[must_use]
    pub fn new(id: CourseId, sku: &str, name: &str) -> Self {
        let line = |text, longest| FreeText::line(text, longest).expose().to_owned();
        Self { id, sku: line(sku, 100), name: line(name, 255), venue: None }
    }

    /// The same at a place.
    #[must_use]
    pub fn at(self, venue: Option<Venue>) -> Self {
        Self { venue, ..self }
    }
}
