//! Cases as support lists them. One case in full is in `case`.

use chrono::{DateTime, Utc};
use rebooking_core::ports::AsOf;
use rebooking_core::ports::reports::{self, Attention, CaseStatus, Page, PageRequest};
use serde::Serialize;
use utoipa::ToSchema;

use super::words::{AttentionWord, ProgressWord};
use super::{Part, day, moment};

#[derive(Serialize, ToSchema)]
pub(crate) struct CaseList {
    cases: Vec<CaseRow>,
    #[serde(flatten)]
    part: Part,
}

/// A case by its newest link.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct CaseRow {
    id: i64,
    step: u32,
    #[schema(value_type = ProgressWord)]
    status: &'static str,
    /// What it needs of support.
    #[schema(value_type = Vec<AttentionWord>)]
    attention: Vec<&'static str>,
    order_number: String,
    course_name: String,
    #[schema(format = Date)]
    original_date: String,
    new_date: Option<String>,
    customer_name: String,
    customer_email: String,
    ticket_number: Option<String>,
    #[schema(format = DateTime)]
    issued_at: String,
    expires_at: String,
}

impl CaseList {
    pub(crate) fn new(page: PageRequest, seen: &AsOf<Page<reports::CaseRow>>) -> Self {
        let cases = seen.value.rows.iter().map(|row| CaseRow::new(row, seen.now)).collect();
        Self { cases, part: Part::new(page, &seen.value) }
    }
}

impl CaseRow {
    fn new(row: &reports::CaseRow, now: DateTime<Utc>) -> Self {
        let token = &row.token;
        let booking = token.booking();
        Self {
            id: token.id().case.value(),
            step: token.id().step,
            status: CaseStatus::from_token(token, now).as_str(),
            attention: row.attention.iter().map(|need| Attention::as_str(*need)).collect(),
            order_number: booking.order_number.to_string(),
            course_name: booking.course.name.clone(),
            original_date: day(&booking.slot),
            new_date: token.rebooking().map(|rebooking| day(&rebooking.slot)),
            customer_name: booking.customer.name.expose().to_owned(),
            customer_email: booking.customer.email.expose().to_owned(),
            ticket_number: token.ticket().map(|ticket| ticket.number.clone()),
            issued_at: moment(token.issued_at()),
            expires_at: moment(token.expires_at()),
        }
    }
}
