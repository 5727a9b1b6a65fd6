//! What support sends to act, and what it hears of that.

use chrono::{DateTime, NaiveDate, Utc};
use rebooking_core::ports::reports::CaseStatus;
use rebooking_core::service::{AsSupport, LinkSent, ManualLink, OrderEvent, SupportChoice};
use rebooking_core::value::booking::{BookableItem, OrderNumber};
use rebooking_core::value::ids::{CaseId, CourseDateId, OrderItemId, TokenRef};
use rebooking_core::value::text::FreeText;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa::openapi::{Object, ObjectBuilder};

use super::words::ProgressWord;
use super::{body, day, hours, moment, text_like};
use crate::error::{ApiError, RequestError};
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

    /// An item of an order that a link can be sent for.
    pub(crate) struct OrderItem(item: &BookableItem) {
        order_item_id: i64 = item.item.value();
        course_name: String = item.course.name.clone();
        date: NaiveDate = day(&item.slot);
        time: String = hours(&item.slot), like "18:00 - 21:00";
        participants: u32 = item.participants.count();
        customer_name: String = item.customer_name.expose().to_owned();
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
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct LinkForm {
    #[serde(default, deserialize_with = "extract::present")]
    order_number: Option<String>,
    #[serde(default, deserialize_with = "extract::present")]
    order_item_id: Option<JsonInt<i64>>,
    reason: String,
}

/// A link for a booking, by hand: for an item of an order, or by the order's number. A number that
/// does not lead to one item takes both.
#[derive(Deserialize, ToSchema)]
#[schema(as = LinkForm)]
#[serde(untagged)]
#[expect(dead_code, reason = "it describes what `LinkForm` takes, which names each wrong field")]
pub(crate) enum LinkFormSchema {
    Item(LinkByItem),
    Order(LinkByOrder),
}

/// By an item.
#[derive(Deserialize, ToSchema)]
#[expect(dead_code, reason = "described only")]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct LinkByItem {
    #[schema(value_type = i64, example = 7001)]
    order_item_id: JsonInt<i64>,
    #[schema(schema_with = reason)]
    reason: String,
}

/// By the number of an order.
#[derive(Deserialize, ToSchema)]
#[expect(dead_code, reason = "described only")]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct LinkByOrder {
    #[schema(pattern = "^[A-Za-z0-9._/#-]{1,50}$", example = "100007001")]
    order_number: String,
    /// One of its items.
    #[schema(value_type = i64, required = false, nullable = false, example = 7001)]
    order_item_id: Option<JsonInt<i64>>,
    #[schema(schema_with = reason)]
    reason: String,
}

/// Which booking a link is for, and why.
pub(crate) struct LinkRequest {
    pub(crate) order: Option<OrderNumber>,
    pub(crate) item: Option<OrderItemId>,
    pub(crate) reason: FreeText,
}

impl LinkForm {
    pub(crate) fn read(self) -> Result<LinkRequest, RequestError> {
        let order = self.order_number.as_deref().map(OrderNumber::parse).transpose();
        Ok(LinkRequest {
            order: order.map_err(|_| RequestError::field("orderNumber"))?,
            item: self.order_item_id.map(|JsonInt(item)| OrderItemId::new(item)),
            reason: extract::text("reason", &self.reason)?,
        })
    }
}

impl LinkRequest {
    /// The link to send, once the shop has said which item is meant.
    pub(crate) async fn resolve(
        self,
        support: AsSupport<'_>,
        again: bool,
    ) -> Result<ManualLink, ApiError> {
        let item = match (self.order, self.item) {
            (Some(order), chosen) => support.item_of_order(&order, chosen).await?,
            (None, Some(item)) => item,
            (None, None) => return Err(RequestError::field("orderItemId").into()),
        };
        Ok(ManualLink { item, reason: self.reason, again })
    }
}

pub(super) fn order_items(items: &[BookableItem]) -> Vec<OrderItem> {
    items.iter().map(OrderItem::new).collect()
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

fn note() -> Object {
    reason_like("Kann nur dienstags")
}

/// What whoever of support looks at the case next should know.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoteForm {
    #[schema(schema_with = note)]
    note: String,
}

impl NoteForm {
    pub(crate) fn read(self) -> Result<FreeText, RequestError> {
        extract::text("note", &self.note)
    }
}

/// Whether a case that another has is taken from them.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct TakeForm {
    #[serde(default)]
    #[schema(required = false)]
    pub(crate) take_over: bool,
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
