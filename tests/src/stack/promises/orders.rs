//! I3 and I9: one order for each rebooking that stands, none for one that does not, and no cent
//! that nobody saw.

use serde_json::Value;

use super::rows::{is_live, name, number, text};
use crate::stack::evidence::Evidence;
use crate::stack::shop::ShopOrder;

/// I3, by the marks on the original order or by the key of a linked one.
pub(super) fn one_for_each_rebooking(evidence: &Evidence, found: &mut Vec<String>) {
    for token in evidence.tokens.iter().filter(|token| text(&token["status"]) == "used") {
        let (name, state) = (name(token), text(&token["rebooking_state"]));
        let carrying = carrying(evidence, token);
        let reason = text(&token["rebooking"]["cancelled"]);
        let wanted = match state {
            "awaiting_partner" | "confirmed" => Some(1),
            "rejected" => Some(0),
            // Declined after its order was made: it stands until the next link moves it on.
            "declined_again" => None,
            // What people of the shop did to an order is theirs.
            "cancelled" if matches!(reason, "refunded" | "order_cancelled") => None,
            "cancelled" => Some(0),
            _ => {
                found.push(format!("I3: link {name} is {state:?} though all is delivered"));
                continue;
            }
        };
        if wanted.is_some_and(|wanted| wanted != carrying) || carrying > 1 {
            found.push(format!("I3: link {name} is {state}, and {carrying} orders carry it"));
        }
    }
    let keys: Vec<String> =
        evidence.tokens.iter().map(|token| format!("reb-{}", name(token))).collect();
    for order in evidence.orders.iter().filter(|order| order.is_live()) {
        if let Some(key) = order.key.as_ref().filter(|key| !keys.contains(key)) {
            found.push(format!("I3: order {} lives for {key}, which nobody knows", order.number));
        }
    }
}

/// How many orders carry the rebooking of a link.
fn carrying(evidence: &Evidence, token: &Value) -> usize {
    let key = format!("reb-{}", name(token));
    if text(&token["rebooking"]["strategy"]) == "linked_order" {
        let linked = evidence.orders.iter().filter(|order| order.key.as_ref() == Some(&key));
        return linked.filter(|order| order.is_live()).count();
    }
    let (made, undone) = (marker(&key, ""), marker(&key, ":undone"));
    let marks = |mark: &str| {
        let comments = evidence.orders.iter().flat_map(|order| &order.comments);
        comments.filter(|comment| comment.contains(mark)).count()
    };
    marks(&made).saturating_sub(marks(&undone))
}

fn marker(key: &str, mark: &str) -> String {
    format!("[rebooking:{key}{mark}]")
}

/// I9: what goes back is what was promised, once, and never more than was paid.
pub(super) fn money_as_it_was_shown(evidence: &Evidence, found: &mut Vec<String>) {
    for token in evidence.tokens.iter().filter(|token| text(&token["status"]) == "used") {
        let name = name(token);
        let back: Vec<i64> = memos(evidence, &marker(&format!("reb-{name}"), ":refund"));
        let consequence = &token["rebooking"]["consequence"];
        let promised = consequence["refund"]["minor"].as_i64();
        let stands = is_live(token);
        let wanted: Vec<i64> = promised.into_iter().collect();
        if back != wanted && (stands || !back.is_empty()) {
            found.push(format!("I9: link {name} gave back {back:?}, and promised {wanted:?}"));
        }
        let more = consequence["to_pay"]["minor"].as_i64().unwrap_or_default();
        if more > 0 && !saw(evidence, token) {
            found.push(format!("I9: link {name} costs {more} more, and nobody was told"));
        }
    }
    for order in &evidence.orders {
        let back: i64 = order.memos.iter().map(|memo| memo.total).sum();
        if back > order.total {
            found.push(format!("I9: order {} gave back {back}", order.number));
        }
    }
}

/// Whether the customer's own answer is there to show what was agreed to.
fn saw(evidence: &Evidence, token: &Value) -> bool {
    let date = number(&token["rebooking"]["slot"]["id"]);
    evidence.acknowledged.iter().any(|(told, _)| told.date == date)
}

fn memos(evidence: &Evidence, mark: &str) -> Vec<i64> {
    let memos = evidence.orders.iter().flat_map(|order: &ShopOrder| &order.memos);
    memos.filter(|memo| memo.comment.contains(mark)).map(|memo| memo.total).collect()
}
