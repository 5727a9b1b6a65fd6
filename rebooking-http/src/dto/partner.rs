//! What partners send and read.

use rebooking_core::confirmation::Confirmation;
use rebooking_core::ports::reports::{Page, PageRequest};
use rebooking_core::service::{Decline, RebookingRow, Withdrawn};
use rebooking_core::value::ids::CourseDateId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::words::{ConfirmationWord, ProgressWord};
use super::{Part, day, hours, moment};
use crate::error::RequestError;
use crate::extract::{self, JsonInt};

/// Declined bookings and what came of them.
#[derive(Serialize, ToSchema)]
pub(crate) struct RebookingList {
    rebookings: Vec<Row>,
    #[serde(flatten)]
    part: Part,
}

/// One of them. `rebooked_at` is written as it was asked for.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Row {
    pub(crate) id: i64,
    pub(crate) original_order_number: String,
    #[schema(format = Date)]
    pub(crate) original_date: String,
    pub(crate) new_order_number: Option<String>,
    #[schema(format = Date)]
    pub(crate) new_date: Option<String>,
    pub(crate) customer_name: String,
    #[schema(value_type = ProgressWord)]
    pub(crate) status: &'static str,
    #[serde(rename = "rebooked_at")]
    #[schema(format = DateTime)]
    pub(crate) rebooked_at: Option<String>,
}

impl RebookingList {
    pub(crate) fn new(page: PageRequest, paged: &Page<RebookingRow>) -> Self {
        Self { rebookings: paged.rows.iter().map(Row::new).collect(), part: Part::new(page, paged) }
    }
}

impl Row {
    pub(crate) fn new(row: &RebookingRow) -> Self {
        Self {
            id: row.id,
            original_order_number: row.original_order_number.to_string(),
            original_date: day(&row.original),
            new_order_number: row.new_order_number.as_ref().map(ToString::to_string),
            new_date: row.new.as_ref().map(day),
            customer_name: row.customer_name.expose().to_owned(),
            status: row.progress.as_str(),
            rebooked_at: row.rebooked_at.map(moment),
        }
    }
}

/// Requests to confirm.
#[derive(Serialize, ToSchema)]
pub(crate) struct ConfirmationList {
    confirmations: Vec<ConfirmationRow>,
    #[serde(flatten)]
    part: Part,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ConfirmationRow {
    id: i64,
    order_number: String,
    course_name: String,
    date_id: i64,
    #[schema(format = Date)]
    date: String,
    #[schema(example = "18:00 - 21:00")]
    time: String,
    participants: u32,
    customer_name: String,
    #[schema(value_type = ConfirmationWord)]
    status: &'static str,
    /// It stands in for a booking that was declined.
    rebooking: bool,
    reason: String,
    #[schema(format = DateTime)]
    opened_at: String,
}

impl ConfirmationList {
    pub(crate) fn new(page: PageRequest, paged: &Page<Confirmation>) -> Self {
        Self {
            confirmations: paged.rows.iter().map(ConfirmationRow::from_confirmation).collect(),
            part: Part::new(page, paged),
        }
    }
}

impl ConfirmationRow {
    fn from_confirmation(confirmation: &Confirmation) -> Self {
        let booking = &confirmation.booking;
        Self {
            id: confirmation.id.value(),
            order_number: booking.order_number.to_string(),
            course_name: booking.course.name.clone(),
            date_id: booking.slot.id.value(),
            date: day(&booking.slot),
            time: hours(&booking.slot),
            participants: booking.participants.count(),
            customer_name: booking.customer.name.expose().to_owned(),
            status: confirmation.state.as_str(),
            rebooking: confirmation.token.is_some(),
            reason: confirmation.reason.expose().to_owned(),
            opened_at: moment(confirmation.opened_at),
        }
    }
}

/// How a request stands after an answer. The same answer again reads the same.
#[derive(Serialize, ToSchema)]
pub(crate) struct Answered {
    pub(crate) id: i64,
    #[schema(value_type = ConfirmationWord)]
    pub(crate) status: &'static str,
}

/// A decline.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct DeclineForm {
    #[schema(
        min_length = 1,
        max_length = 2000,
        pattern = "[^\\s\\u0000-\\u001F\\u007F-\\u009F\\u061C\\u200E\\u200F\
                   \\u202A-\\u202E\\u2066-\\u2069\\uFEFF]",
        example = "Der Koch ist krank."
    )]
    reason: String,
    #[serde(default)]
    #[schema(value_type = Vec<i64>, max_items = 3, example = json!([404]))]
    proposed_date_ids: Vec<JsonInt<i64>>,
}

impl DeclineForm {
    pub(crate) fn read(self) -> Result<Decline, RequestError> {
        if self.proposed_date_ids.len() > 3 {
            return Err(RequestError::field("proposedDateIds"));
        }
        let proposed: Vec<i64> = self.proposed_date_ids.into_iter().map(|JsonInt(id)| id).collect();
        let proposed = extract::dedup_max("proposedDateIds", proposed, 3)?;
        Ok(Decline {
            reason: extract::text("reason", &self.reason)?,
            proposed: proposed.into_iter().map(CourseDateId::new).collect(),
        })
    }
}

/// What became of a withdrawn date.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DateWithdrawn {
    date_id: i64,
    status: &'static str,
    links: u32,
    without_link: u32,
}

impl DateWithdrawn {
    pub(crate) const fn new(date: CourseDateId, withdrawn: Withdrawn) -> Self {
        Self {
            date_id: date.value(),
            status: "withdrawn",
            links: withdrawn.links,
            without_link: withdrawn.without_link,
        }
    }
}
