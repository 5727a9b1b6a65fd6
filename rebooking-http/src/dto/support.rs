//! What support sends to act, and what it hears of that.

use chrono::{DateTime, Utc};
use rebooking_core::ports::reports::CaseStatus;
use rebooking_core::service::{LinkSent, ManualLink, OrderEvent, SupportChoice};
use rebooking_core::value::ids::{CaseId, CourseDateId, OrderItemId, TokenRef};
use rebooking_core::value::text::FreeText;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa::openapi::{Object, ObjectBuilder};

use super::words::ProgressWord;
use super::{body, moment, text_like};
use crate::error::RequestError;
use crate::extract::{self, JsonInt};

body! {
    /// Which link was mailed.
    pub(crate) struct SentLink(link: LinkSent)
    where
        (TokenRef { case, step }, sent) = which(link);
    {
        case_id: i64 = case.value();
        step: u32 = step;
        /// A new one, or the one that works already once more.
        sent: &'static str = sent;
    }

    pub(crate) struct OrderHeard(order: i64) {
        order_id: i64 = order;
    }

    /// How a case stands after support has acted.
    pub(crate) struct CaseState(
        case: CaseId,
        now: Option<CaseStatus>,
        works_until: Option<DateTime<Utc>>
    ) {
        case_id: i64 = case.value();
        status: Option<ProgressWord> = now.map(Into::into), unless "Option::is_none";
        expires_at: Option<DateTime<Utc>> = works_until.map(moment), unless "Option::is_none";
    }
}

const fn which(sent: LinkSent) -> (TokenRef, &'static str) {
    match sent {
        LinkSent::Issued(token) => (token, "new"),
        LinkSent::Resent(token) => (token, "again"),
        LinkSent::AlreadyActive(token) => (token, "none"),
    }
}

/// Why somebody does something.
pub(super) fn reason_like(example: &str) -> Object {
    let rules = ObjectBuilder::new().min_length(Some(1)).max_length(Some(2000)).pattern(Some(
        "[^\\s\\u0000-\\u001F\\u007F-\\u009F\\u061C\\u200E\\u200F\
         \\u202A-\\u202E\\u2066-\\u2069\\uFEFF]",
    ));
    text_like(rules, example)
}

fn reason() -> Object {
    reason_like("Am Telefon besprochen")
}

/// A link for a booking, by hand.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct LinkForm {
    #[schema(value_type = i64, example = 7001)]
    order_item_id: JsonInt<i64>,
    #[schema(schema_with = reason)]
    reason: String,
}

impl LinkForm {
    pub(crate) fn read(self) -> Result<ManualLink, RequestError> {
        let reason = extract::text("reason", &self.reason)?;
        Ok(ManualLink { item: OrderItemId::new(self.order_item_id.0), reason, again: true })
    }
}

/// A reason, where support must give one.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReasonForm {
    #[schema(schema_with = reason)]
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
    #[schema(schema_with = reason)]
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
