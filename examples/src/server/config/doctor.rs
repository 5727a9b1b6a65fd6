//! What `doctor` is to look at beside what the settings name.

use clap::Args;
use rebooking_core::value::booking::OrderNumber;
use rebooking_core::value::ids::CourseId;

use super::read::Reader;

#[derive(Args)]
#[group(skip)]
pub(super) struct Arguments {
    /// An order of the shop that holds a course, by the number that its customer knows
    #[arg(long)]
    order: Option<String>,
    /// A course of the shop, by its number
    #[arg(long)]
    course: Option<String>,
}

/// What is to be looked at, and what the settings lack.
pub(crate) struct DoctorConfig {
    pub(crate) order: Option<OrderNumber>,
    pub(crate) course: Option<CourseId>,
    /// Without it the server does not start; what is there can be looked at all the same.
    pub(crate) lacking: Vec<String>,
}

impl Arguments {
    pub(super) fn read(&self, reader: &mut Reader) -> DoctorConfig {
        let order = self.order.as_deref().map(str::trim).map(OrderNumber::parse).transpose();
        let order = order.unwrap_or_else(|wrong| {
            reader.plain_fault("order", &wrong.to_string());
            None
        });
        let course = self.course.as_deref().map(|number| number.trim().parse().ok());
        if course == Some(None) {
            reader.plain_fault("course", "the number of a course");
        }
        let course = course.flatten().map(CourseId::new);
        DoctorConfig { order, course, lacking: Vec::new() }
    }
}
