//! I2: places are taken for a live reason, never oversold, and the shop's stock is counted once.

use super::rows::{is_live, number, text};
use crate::stack::evidence::Evidence;

pub(super) fn are_taken_for_a_reason(evidence: &Evidence, found: &mut Vec<String>) {
    for date in &evidence.dates {
        let id = number(&date["id"]);
        let of_date =
            || evidence.requests.iter().filter(|request| request["date_id"] == date["id"]);
        let people = |request: &serde_json::Value| number(&request["booking"]["participants"]);
        let is_on = |request: &&serde_json::Value| request["live"] == true;
        let held: i64 = of_date().filter(is_on).map(people).sum();
        let (taken, capacity) = (number(&date["taken"]), number(&date["capacity"]));
        if taken != held {
            found.push(format!("I2: {taken} places of date {id} are taken, for {held} people"));
        }
        if taken > capacity {
            found.push(format!("I2: date {id} has {capacity} places, and {taken} are taken"));
        }
        let Some(product) = evidence.products.iter().find(|product| product.id == id) else {
            continue;
        };
        let in_stock = |request: &&serde_json::Value| request["in_stock"] == true;
        let carried: i64 = of_date().filter(in_stock).map(people).sum();
        let wanted = product.salable + carried;
        if product.enabled && date["free_there"] == true && capacity != wanted {
            found.push(format!(
                "I2: date {id} has {capacity} places, and by the shop's stock {wanted}"
            ));
        }
    }
    for request in evidence.requests.iter().filter(|request| !request["token_case"].is_null()) {
        let token = evidence.token(&request["token_case"], &request["token_step"]);
        let stands = token.is_some_and(is_live);
        if (request["live"] == true) != stands {
            let state = text(&request["state"]);
            found.push(format!("I2: request {} is {state}, its rebooking is not", request["id"]));
        }
    }
}
