//! Where dates come from.

use async_trait::async_trait;

use super::{AsOf, PortError};
use crate::value::course_date::CourseDate;
use crate::value::ids::CourseId;

/// The dates of a course with places and price.
///
/// A store that keeps its own dates is its own schedule. Dates kept elsewhere are copied into the
/// store by [`Rebookings::refresh`](crate::service::Rebookings::refresh): the store's places are
/// the ones that are guarded.
#[async_trait]
pub trait Schedule: Send + Sync {
    /// Every date of the course that has not ended, in whatever state, as of the moment that comes
    /// with it. An unknown course has no dates. `capacity` is all that can be sold, `taken` what is
    /// sold already.
    async fn dates(&self, course: CourseId) -> Result<AsOf<Vec<CourseDate>>, PortError>;
}
