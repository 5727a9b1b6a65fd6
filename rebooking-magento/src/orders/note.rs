//! Comments on orders: in the language of the store view, with the dates and the marker, without a
//! link and without an address.

use rebooking_core::ports::{OrderChange, PortError};
use rebooking_core::presentation::format;
use rebooking_core::presentation::locales::text;
use rebooking_core::value::customer::Language;
use rebooking_core::value::money::Money;
use serde_json::json;

use super::history::marker;
use crate::Magento;
use crate::client::{Call, Session};
use crate::wire::Order;

/// What a comment says.
#[derive(Clone, Copy, Debug)]
pub(super) enum Note<'a> {
    /// This order stays, for another date.
    Moved(&'a OrderChange),
    /// A linked order is about to be made, from a cart.
    Begun(&'a OrderChange, i64),
    /// The linked order is made; said of the original.
    ReplacedBy(&'a OrderChange, &'a str),
    /// Said of the linked order.
    Replaces(&'a OrderChange, &'a str),
    /// Nothing under this key holds any more.
    Undone,
}

impl Note<'_> {
    pub(super) fn text(self, language: Language, key: &str) -> String {
        let (said, mark) = match self {
            Self::Moved(change) => {
                let [before, after] = dates(language, change);
                let moved = text!(language, "shop-moved", before, after);
                (format!("{moved}{}", due(language, change.due)), String::new())
            }
            Self::Begun(change, cart) => {
                let [before, after] = dates(language, change);
                (text!(language, "shop-begun", before, after), format!(":cart:{cart}"))
            }
            Self::ReplacedBy(change, number) => {
                let [before, after] = dates(language, change);
                let said = text!(language, "shop-replaced-by", number, before, after);
                (said, ":linked".to_owned())
            }
            Self::Replaces(change, number) => {
                let [before, after] = dates(language, change);
                let said = text!(language, "shop-replaces", number, before, after);
                let due = due(language, change.due);
                (format!("{said}{}{due}", paid(language, change)), ":linked".to_owned())
            }
            Self::Undone => (text!(language, "shop-undone"), ":undone".to_owned()),
        };
        format!("{said} {}", marker(key, &mark))
    }
}

fn dates(language: Language, change: &OrderChange) -> [String; 2] {
    [&change.before.slot, &change.after.slot].map(|slot| format::start(language, slot))
}

/// What was paid for a discounted original: the new order comes to the list price.
fn paid(language: Language, change: &OrderChange) -> String {
    if change.before.paid == change.before.list_total() {
        return String::new();
    }
    text!(language, "shop-paid", amount = format::amount(language, change.before.paid))
}

fn due(language: Language, due: Money) -> String {
    if due.sign().is_le() {
        return String::new();
    }
    text!(language, "shop-due", amount = format::amount(language, due))
}

impl Magento {
    /// Writes a comment. The status that is sent is the order's own: without one, older shops lose
    /// it, and another one is refused. It may have changed since the order was read.
    pub(super) async fn comment(
        &self,
        session: &Session,
        order: &Order,
        text: &str,
    ) -> Result<(), PortError> {
        let refused = match session.tell(comment_call(order, text)).await {
            Ok(()) => return Ok(()),
            Err(fault) if fault.is_bad_request() => fault,
            Err(fault) => return Err(fault.into()),
        };
        let now = self.order(session, order.entity_id.0).await?;
        if now.status == order.status {
            return Err(refused.into());
        }
        Ok(session.tell(comment_call(&now, text)).await?)
    }
}

fn comment_call(order: &Order, text: &str) -> Call {
    let mut history = json!({
        "comment": text, "is_customer_notified": 0, "is_visible_on_front": 0,
        "parent_id": order.entity_id.0,
    });
    if let (Some(history), Some(status)) = (history.as_object_mut(), order.status.get()) {
        history.insert("status".to_owned(), status.into());
    }
    let call = Call::post("/orders/{}/comments", &[&order.entity_id.to_string()]);
    call.body(json!({ "statusHistory": history }))
}
