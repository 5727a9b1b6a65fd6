//! What support sends to act, and what it hears of that.

use chrono::{DateTime, Utc};
use rebooking_core::service::{LinkSent, ManualLink, OrderEvent, SupportChoice};
use rebooking_core::value::ids::{CaseId, CourseDateId, OrderItemId, TokenRef};
use rebooking_core::value::text::FreeText;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::moment;
use super::words::ProgressWord;
use crate::error::RequestError;
use crate::extract::{self, JsonInt};

/// A link for a booking, by hand.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct LinkForm {
    #[schema(value_type = i64, example = 7001)]
    order_item_id: JsonInt<i64>,
    #[schema(
        min_length = 1,
        max_length = 2000,
        pattern = "[^\\s\\u0000-\\u001F\\u007F-\\u009F\\u061C\\u200E\\u200F\
                   \\u202A-\\u202E\\u2066-\\u2069\\uFEFF]",
        example = "Am Telefon besprochen"
    )]
    reason: String,
}

impl LinkForm {
    pub(crate) fn read(self) -> Result<ManualLink, RequestError> {
        let reason = extract::text("reason", &self.reason)?;
        Ok(ManualLink { item: OrderItemId::new(self.order_item_id.0), reason, again: true })
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

impl From<LinkSent> for SentLink {
    fn from(sent: LinkSent) -> Self {
        let (token, sent) = match sent {
            LinkSent::Issued(token) => (token, "new"),
            LinkSent::Resent(token) => (token, "again"),
            LinkSent::AlreadyActive(token) => (token, "none"),
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
        pattern = "[^\\s\\u0000-\\u001F\\u007F-\\u009F\\u061C\\u200E\\u200F\
                   \\u202A-\\u202E\\u2066-\\u2069\\uFEFF]",
        example = "Am Telefon besprochen"
    )]
    reason: String,
}

impl ReasonForm {
    pub(crate) fn read(self) -> Result<FreeText, RequestError> {
        extract::text("reason", &self.reason)
    }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExtendForm {
    #[schema(value_type = u32, minimum = 1, maximum = 365, example = 10)]
    pub(crate) days: JsonInt<u32>,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ChoiceForm {
    #[schema(value_type = i64, example = 402)]
    date_id: JsonInt<i64>,
    #[schema(
        min_length = 1,
        max_length = 2000,
        pattern = "[^\\s\\u0000-\\u001F\\u007F-\\u009F\\u061C\\u200E\\u200F\
                   \\u202A-\\u202E\\u2066-\\u2069\\uFEFF]",
        example = "Am Telefon besprochen"
    )]
    reason: String,
}

impl ChoiceForm {
    pub(crate) fn read(self) -> Result<SupportChoice, RequestError> {
        let reason = extract::text("reason", &self.reason)?;
        Ok(SupportChoice { date: CourseDateId::new(self.date_id.0), reason })
    }
}

/// What people did to an order in the shop.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OrderForm {
    #[serde(deserialize_with = "extract::word")]
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
