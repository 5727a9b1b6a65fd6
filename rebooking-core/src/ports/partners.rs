//! Who gives a course, where the shop or the schedule does not say.

mod table;

use async_trait::async_trait;

use super::PortError;
use crate::value::booking::{Course, PartnerEntry};
use crate::value::ids::{CourseDateId, CourseId, PartnerId};

pub use table::{AmbiguousPartner, PartnerRow, PartnerTable};

/// Who gives which course: a list of the host's, attributes of products, tables of a portal. Only
/// read, so every call may be repeated.
#[async_trait]
pub trait Partners: Send + Sync {
    /// Who gives a date of a course. `None` where nobody is named.
    async fn giving(
        &self,
        course: &Course,
        date: CourseDateId,
    ) -> Result<Option<PartnerEntry>, PortError>;

    /// The partner of a number. `None` for a number that nobody has.
    async fn partner(&self, id: PartnerId) -> Result<Option<PartnerEntry>, PortError>;

    /// Who gives a date of a course, where somebody must be named: nobody is guessed.
    ///
    /// # Errors
    /// [`PortError::Permanent`] with [`UnknownPartner`] where nobody is.
    async fn required(
        &self,
        course: &Course,
        date: CourseDateId,
    ) -> Result<PartnerEntry, PortError> {
        let known = self.giving(course, date).await?;
        known.ok_or_else(|| UnknownPartner::new(course, date).into())
    }
}

/// Nobody is named who gives a product: people must name them.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("nobody is named who gives product {sku} (course {course}, date {date})")]
#[non_exhaustive]
pub struct UnknownPartner {
    /// The course.
    pub course: CourseId,
    /// Its article number.
    pub sku: String,
    /// The date.
    pub date: CourseDateId,
}

impl UnknownPartner {
    /// Of a date.
    #[must_use]
    pub fn new(course: &Course, date: CourseDateId) -> Self {
        Self { course: course.id, sku: course.sku.clone(), date }
    }
}

impl From<UnknownPartner> for PortError {
    fn from(unknown: UnknownPartner) -> Self {
        Self::Permanent(Box::new(unknown))
    }
}
