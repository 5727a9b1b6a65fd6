//! What partners send and read.

use chrono::{DateTime, NaiveDate, Utc};
use rebooking_core::confirmation::{Confirmation, ConfirmationState};
use rebooking_core::ports::reports::{Page, PageRequest};
use rebooking_core::service::{Decline, Declined, RebookingRow, Withdrawn};
use rebooking_core::value::ids::{ConfirmationId, CourseDateId};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa::openapi::Object;

use super::support::reason_like;
use super::words::{ConfirmationWord, PartnerWord};
use super::{CourseVenue, Part, body, day, hours, moment};
use crate::error::{ErrorResponse, RequestError};
use crate::extract::{self, JsonInt};

body! {
    /// Declined bookings and what came of them.
    pub(crate) struct RebookingList(page: PageRequest, found: &Page<RebookingRow>) {
        rebookings: Vec<Row> = found.rows.iter().map(Row::new).collect();
        #[serde(flatten)]
        part: Part = Part::new(page, found.total);
    }

    /// One of them. All names are in camel case but `rebooked_at`, which is so by contract.
    pub(crate) struct Row(row: &RebookingRow) {
        pub(crate) id: i64 = row.id;
        pub(crate) original_order_number: String = row.original_order_number.to_string();
        pub(crate) original_date: NaiveDate = day(&row.original);
        pub(crate) new_order_number: Option<String> =
            row.new_order_number.as_ref().map(ToString::to_string);
        pub(crate) new_date: Option<NaiveDate> = row.new.as_ref().map(day);
        pub(crate) customer_name: String = row.customer_name.expose().to_owned();
        pub(crate) status: PartnerWord = row.progress.into();
        #[serde(rename = "rebooked_at")]
        pub(crate) rebooked_at: Option<DateTime<Utc>> = row.rebooked_at.map(moment);
    }

    /// Requests to confirm.
    pub(crate) struct ConfirmationList(page: PageRequest, found: &Page<Confirmation>) {
        confirmations: Vec<ConfirmationRow> = found.rows.iter().map(ConfirmationRow::new).collect();
        #[serde(flatten)]
        part: Part = Part::new(page, found.total);
    }

    struct ConfirmationRow(confirmation: &Confirmation)
    where
        booking = &confirmation.booking;
    {
        id: i64 = confirmation.id.value();
        order_number: String = booking.order_number.to_string();
        course_name: String = booking.course.name.clone();
        date_id: i64 = booking.slot.id.value();
        date: NaiveDate = day(&booking.slot);
        time: String = hours(&booking.slot), like "18:00 - 21:00";
        venue: Option<CourseVenue> = booking.course.venue.as_ref().map(CourseVenue::new),
            unless "Option::is_none";
        participants: u32 = booking.participants.count();
        customer_name: String = booking.customer.name.expose().to_owned();
        status: ConfirmationWord = confirmation.state.into();
        /// It stands in for a booking that was declined.
        rebooking: bool = confirmation.token.is_some();
        reason: String = confirmation.reason.expose().to_owned();
        opened_at: DateTime<Utc> = moment(confirmation.opened_at);
    }

    /// Whether the partner's calendar has an address.
    pub(crate) struct CalendarState(since: Option<DateTime<Utc>>) {
        /// Since when it has one.
        since: Option<DateTime<Utc>> = since.map(moment);
    }

    /// The address of the partner's calendar. Whoever knows it reads that calendar.
    pub(crate) struct CalendarAddress(url: String) {
        /// It is told this once.
        url: String = url, like "https://example.com/partner/calendar/….ics";
    }

    /// How a request stands after an answer. The same answer again reads the same.
    pub(crate) struct Answered(confirmation: i64, state: ConfirmationState) {
        id: i64 = confirmation;
        status: ConfirmationWord = state.into();
    }

    /// How a request stands after a decline. The same decline again reads the same.
    pub(crate) struct DeclineAnswered(confirmation: i64, declined: Declined) {
        id: i64 = confirmation;
        status: ConfirmationWord = ConfirmationState::Declined.into();
        /// Only after a decline for another reason: that one stands, and this one is not kept.
        declined_before: bool = declined == Declined::AlreadyOtherwise, unless "std::ops::Not::not";
    }

    /// What became of the requests for a date that was confirmed as a whole. The same again reads
    /// the same.
    pub(crate) struct DateConfirmed(
        date: CourseDateId,
        confirmed: &[ConfirmationId],
        refused: Vec<NotConfirmed>
    ) {
        date_id: i64 = date.value();
        /// The numbers of the requests that are confirmed.
        confirmed: Vec<i64> = confirmed.iter().map(|id| id.value()).collect();
        /// The requests that are not.
        not_confirmed: Vec<NotConfirmed> = refused;
    }

    /// A request that could not be confirmed with the others of its date, with the code and the
    /// message by which it would be refused alone.
    pub(crate) struct NotConfirmed(
        id: ConfirmationId,
        request: Option<&Confirmation>,
        why: ErrorResponse
    ) {
        id: i64 = id.value();
        /// How it stands meanwhile.
        status: Option<ConfirmationWord> = request.map(|request| request.state.into()),
            unless "Option::is_none";
        code: &'static str = why.code.as_str(), like "confirmation_closed";
        message: String = why.message;
    }

    /// What became of a withdrawn date.
    pub(crate) struct DateWithdrawn(date: CourseDateId, withdrawn: Withdrawn) {
        date_id: i64 = date.value();
        status: &'static str = "withdrawn";
        links: u32 = withdrawn.links;
        /// Bookings that were moved to a backup of their customer's at once.
        rebooked: u32 = withdrawn.rebooked;
        without_link: u32 = withdrawn.without_link;
    }
}

fn reason() -> Object {
    reason_like("Der Koch ist krank.")
}

/// A decline.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct DeclineForm {
    #[schema(schema_with = reason)]
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
