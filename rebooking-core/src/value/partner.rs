//! Who gives a course.

use crate::value::customer::{EmailAddress, Language};
use crate::value::ids::PartnerId;

/// Who gives the course and confirms each booking of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partner {
    /// Their identity in the portal.
    pub id: PartnerId,
    /// Where confirmation requests go.
    pub email: EmailAddress,
    /// The language of those mails.
    pub language: Language,
}
