//! Cases as support lists them. One case in full is in `case`.

use chrono::{DateTime, NaiveDate, Utc};
use rebooking_core::ports::AsOf;
use rebooking_core::ports::reports::{self, CaseStatus, Page, PageRequest};

use super::case::CaseHolder;
use super::words::{AttentionWord, ProgressWord};
use super::{Part, body, day, moment};

body! {
    pub(crate) struct CaseList(page: PageRequest, seen: &AsOf<Page<reports::CaseRow>>)
    where
        rows = seen.value.rows.iter();
    {
        cases: Vec<CaseRow> = rows.map(|row| CaseRow::new(row, seen.now)).collect();
        #[serde(flatten)]
        part: Part = Part::new(page, seen.value.total);
    }

    /// A case by its newest link.
    struct CaseRow(row: &reports::CaseRow, now: DateTime<Utc>)
    where
        token = &row.token;
        booking = token.booking();
    {
        id: i64 = token.id().case.value();
        step: u32 = token.id().step;
        status: ProgressWord = CaseStatus::from_token(token, now).into();
        /// What it needs of support.
        attention: Vec<AttentionWord> = row.attention.iter().copied().map(Into::into).collect();
        /// Since when it needs the first of these.
        waits_since: Option<DateTime<Utc>> = row.waits_since.map(moment);
        /// Who of support looks after it.
        holder: Option<CaseHolder> = row.holder.as_ref().map(CaseHolder::new);
        order_number: String = booking.order_number.to_string();
        course_name: String = booking.course.name.clone();
        original_date: NaiveDate = day(&booking.slot);
        new_date: Option<NaiveDate> = token.rebooking().map(|rebooking| day(&rebooking.slot));
        customer_name: String = booking.customer.name.expose().to_owned();
        customer_email: String = booking.customer.email.expose().to_owned();
        ticket_number: Option<String> = token.ticket().map(|ticket| ticket.number.clone());
        issued_at: DateTime<Utc> = moment(token.issued_at());
        expires_at: DateTime<Utc> = moment(token.expires_at());
    }
}
