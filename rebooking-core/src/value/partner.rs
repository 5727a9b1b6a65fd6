//! Who gives a course.

use crate::value::customer::{EmailAddress, Language};
use crate::value::ids::PartnerId;
use crate::value::text::FreeText;

/// Who gives the course and confirms each booking of it.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: hosts write it as a literal.
pub struct Partner {
    /// Their identity in the portal.
    pub id: PartnerId,
    /// Where confirmation requests go.
    pub email: EmailAddress,
    /// The language of those mails.
    pub language: Language,
}

/// A partner as a list of partners has them.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: hosts write it as a literal.
pub struct PartnerEntry {
    /// Who is asked, where and in which language.
    pub partner: Partner,
    /// What people call them; may be empty.
    pub name: FreeText,
}

impl PartnerEntry {
    /// The longest name that is kept, in characters.
    pub const LONGEST_NAME: usize = 255;

    /// A partner with a name, which is cleaned and cut after 255 characters.
    #[must_use]
    pub fn new(partner: Partner, name: &str) -> Self {
        Self { partner, name: FreeText::line(name, Self::LONGEST_NAME) }
    }
}
