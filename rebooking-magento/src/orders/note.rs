//! Comments on orders: in the language of the store view, with the dates and the marker, without a
//! link and without an address.

use rebooking_core::ports::{OrderChange, PortError};
use rebooking_core::presentation::format;
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
            Self::Moved(change) => (moved(language, change), String::new()),
            Self::Begun(change, cart) => (begun(language, change), format!(":cart:{cart}")),
            Self::ReplacedBy(change, number) => {
                let to = match language {
                    Language::German => format!("Umgebucht auf Bestellung {number}"),
                    Language::English => format!("Rebooked to order {number}"),
                };
                (format!("{to}: {}", dates(language, change)), ":linked".to_owned())
            }
            Self::Replaces(change, number) => {
                let from = match language {
                    Language::German => format!("Umgebucht von Bestellung {number}"),
                    Language::English => format!("Rebooked from order {number}"),
                };
                let (dates, due) = (dates(language, change), due(language, change.due));
                (format!("{from}: {dates}{}{due}", paid(language, change)), ":linked".to_owned())
            }
            Self::Undone => (undone(language), ":undone".to_owned()),
        };
        format!("{said} {}", marker(key, &mark))
    }
}

fn moved(language: Language, change: &OrderChange) -> String {
    let begin = match language {
        Language::German => "Umgebucht",
        Language::English => "Rebooked",
    };
    format!("{begin}: {}{}", dates(language, change), due(language, change.due))
}

fn begun(language: Language, change: &OrderChange) -> String {
    let begin = match language {
        Language::German => "Umbuchung begonnen",
        Language::English => "Rebooking begun",
    };
    format!("{begin}: {}", dates(language, change))
}

fn undone(language: Language) -> String {
    match language {
        Language::German => "Umbuchung aufgehoben",
        Language::English => "Rebooking called off",
    }
    .to_owned()
}

fn dates(language: Language, change: &OrderChange) -> String {
    let start = |slot| format::start(language, slot);
    format!("{} → {}", start(&change.before.slot), start(&change.after.slot))
}

/// What was paid for a discounted original: the new order comes to the list price.
fn paid(language: Language, change: &OrderChange) -> String {
    if change.before.paid == change.before.list_total() {
        return String::new();
    }
    let paid = format::amount(language, change.before.paid);
    match language {
        Language::German => format!(", bezahlt sind {paid}"),
        Language::English => format!(", paid so far: {paid}"),
    }
}

fn due(language: Language, due: Money) -> String {
    if due.sign().is_le() {
        return String::new();
    }
    let amount = format::amount(language, due);
    match language {
        Language::German => format!(", noch zu zahlen: {amount}"),
        Language::English => format!(", still to pay: {amount}"),
    }
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
