//! The dates of the play.

use crate::value::ids::CourseDateId;

/// How many can be sold on each date.
pub(super) const DATES: [(CourseDateId, u32); 3] =
    [(CourseDateId::new(1), 4), (CourseDateId::new(2), 6), (CourseDateId::new(3), 5)];
