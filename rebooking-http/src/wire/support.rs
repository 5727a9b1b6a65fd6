//! What support sends and reads: lists, actions and the earnings. One case in full is in `case`.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rebooking_core::ids::{CaseId, CourseDateId, OrderItemId, TokenRef};
use rebooking_core::money::{Currency, Money};
use rebooking_core::ports::AsOf;
use rebooking_core::ports::store::{Earnings, Page, Paged, Progressed};
use rebooking_core::service::{ByHand, OrderEvent, Sent, SupportChoice};
use rebooking_core::text::FreeText;
use rebooking_core::token::RebookingToken;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::words::ProgressWord;
use super::{Amount, Part, day, moment};
use crate::input::{self, Whole};
use crate::reply::Fault;

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
    pub(crate) fn of(page: Page, seen: &AsOf<Paged<RebookingToken>>) -> Self {
        let cases = seen.value.rows.iter().map(|token| CaseRow::of(token, seen.now)).collect();
        Self { cases, part: Part::of(page, &seen.value) }
    }
}

impl CaseRow {
    fn of(token: &RebookingToken, now: DateTime<Utc>) -> Self {
        let booking = &token.booking;
        Self {
            id: token.id.case.value(),
            step: token.id.step,
            status: Progressed::of(token, now).name(),
            order_number: booking.order_number.to_string(),
            course_name: booking.course.name.clone(),
            original_date: day(&booking.slot),
            new_date: token.rebooking().map(|rebooking| day(&rebooking.slot)),
            customer_name: booking.customer.name.expose().to_owned(),
            customer_email: booking.customer.email.expose().to_owned(),
            ticket_number: token.ticket.as_ref().map(|ticket| ticket.number.clone()),
            issued_at: moment(token.issued_at),
            expires_at: moment(token.expires_at),
        }
    }
}

/// A link for a booking, by hand.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct LinkForm {
    #[schema(value_type = i64, example = 7001)]
    order_item_id: Whole<i64>,
    #[schema(
        min_length = 1,
        max_length = 2000,
        pattern = r"[^\s\u0000-\u001F\u007F-\u009F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]",
        example = "Am Telefon besprochen"
    )]
    reason: String,
}

impl LinkForm {
    pub(crate) fn read(self, support: String) -> Result<ByHand, Fault> {
        let reason = input::text("reason", &self.reason)?;
        Ok(ByHand { item: OrderItemId::new(self.order_item_id.0), support, reason })
    }
}

/// Which link was mailed.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SentLink {
    case_id: i64,
    step: u32,
    /// A new one, or the one that works already once more.
    sent: &'static str,
}

impl From<Sent> for SentLink {
    fn from(sent: Sent) -> Self {
        let (token, sent) = match sent {
            Sent::New(token) => (token, "new"),
            Sent::Again(token) => (token, "again"),
        };
        let TokenRef { case, step } = token;
        Self { case_id: case.value(), step, sent }
    }
}

/// A reason, where support must give one.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReasonForm {
    #[schema(
        min_length = 1,
        max_length = 2000,
        pattern = r"[^\s\u0000-\u001F\u007F-\u009F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]",
        example = "Am Telefon besprochen"
    )]
    reason: String,
}

impl ReasonForm {
    pub(crate) fn read(self) -> Result<FreeText, Fault> {
        input::text("reason", &self.reason)
    }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExtendForm {
    #[schema(value_type = u32, minimum = 1, maximum = 365, example = 10)]
    pub(crate) days: Whole<u32>,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ChoiceForm {
    #[schema(value_type = i64, example = 402)]
    date_id: Whole<i64>,
    #[schema(
        min_length = 1,
        max_length = 2000,
        pattern = r"[^\s\u0000-\u001F\u007F-\u009F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]",
        example = "Am Telefon besprochen"
    )]
    reason: String,
}

impl ChoiceForm {
    pub(crate) fn read(self, support: String) -> Result<SupportChoice, Fault> {
        let reason = input::text("reason", &self.reason)?;
        Ok(SupportChoice { date: CourseDateId::new(self.date_id.0), support, reason })
    }
}

/// What people did to an order in the shop.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OrderForm {
    #[serde(deserialize_with = "input::word")]
    #[schema(example = "refunded")]
    event: OrderWord,
}

#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum OrderWord {
    Refunded,
    Cancelled,
}

impl OrderForm {
    pub(crate) const fn read(self) -> OrderEvent {
        match self.event {
            OrderWord::Refunded => OrderEvent::Refunded,
            OrderWord::Cancelled => OrderEvent::Cancelled,
        }
    }
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct OrderHeard {
    pub(crate) order_id: i64,
}

/// How a case stands after support has acted.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CaseState {
    case_id: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = ProgressWord, nullable = false)]
    status: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime, nullable = false)]
    expires_at: Option<String>,
}

impl CaseState {
    pub(crate) const fn cancelled(case: CaseId) -> Self {
        Self { case_id: case.value(), status: Some("cancelled"), expires_at: None }
    }

    pub(crate) fn works_until(case: CaseId, until: DateTime<Utc>) -> Self {
        Self { case_id: case.value(), status: None, expires_at: Some(moment(until)) }
    }
}

/// What the feature earns, by partner, month and currency, and in all by currency.
#[derive(Serialize, ToSchema)]
pub(crate) struct EarningsReport {
    #[schema(format = Date)]
    from: String,
    to: String,
    earnings: Vec<EarningsRow>,
    totals: Vec<Counts>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct EarningsRow {
    partner_id: i64,
    #[schema(example = "2027-01")]
    month: String,
    #[serde(flatten)]
    counts: Counts,
}

/// How many cases reached what, and what was kept.
#[derive(Serialize, ToSchema)]
pub(crate) struct Counts {
    pub(crate) declined: u64,
    pub(crate) mailed: u64,
    pub(crate) opened: u64,
    pub(crate) rebooked: u64,
    pub(crate) confirmed: u64,
    pub(crate) refunded: u64,
    pub(crate) expired: u64,
    pub(crate) kept: Amount,
    #[schema(example = "EUR")]
    currency: String,
}

impl EarningsReport {
    pub(crate) fn of(from: chrono::NaiveDate, to: chrono::NaiveDate, rows: &[Earnings]) -> Self {
        Self {
            from: from.to_string(),
            to: to.to_string(),
            earnings: rows.iter().map(EarningsRow::of).collect(),
            totals: Counts::totals(rows),
        }
    }
}

impl EarningsRow {
    fn of(row: &Earnings) -> Self {
        let (year, month) = row.month;
        let mut counts = Counts::none(row.kept.currency());
        counts.add(row);
        Self { partner_id: row.partner.value(), month: format!("{year:04}-{month:02}"), counts }
    }
}

impl Counts {
    /// All rows of each currency.
    pub(crate) fn totals(rows: &[Earnings]) -> Vec<Self> {
        let mut totals: BTreeMap<Currency, Self> = BTreeMap::new();
        for row in rows {
            let currency = row.kept.currency();
            totals.entry(currency).or_insert_with(|| Self::none(currency)).add(row);
        }
        totals.into_values().collect()
    }

    fn none(currency: Currency) -> Self {
        Self {
            declined: 0,
            mailed: 0,
            opened: 0,
            rebooked: 0,
            confirmed: 0,
            refunded: 0,
            expired: 0,
            kept: Amount(Money::zero(currency)),
            currency: currency.to_string(),
        }
    }

    fn add(&mut self, row: &Earnings) {
        self.declined += row.declined;
        self.mailed += row.mailed;
        self.opened += row.opened;
        self.rebooked += row.rebooked;
        self.confirmed += row.confirmed;
        self.refunded += row.refunded;
        self.expired += row.expired;
        self.kept = Amount(self.kept.0.plus(row.kept).unwrap_or(self.kept.0));
    }
}
