//! I4 and I5: every change has its history and its effects, and each of these is over.

use std::collections::BTreeSet;

use serde_json::Value;

use super::rows::{name, text};
use crate::stack::evidence::Evidence;

/// I4.
pub(super) fn are_all_there(evidence: &Evidence, found: &mut Vec<String>) {
    let keys: BTreeSet<&str> = evidence.effects.iter().map(|effect| text(&effect["key"])).collect();
    for token in &evidence.tokens {
        let name = name(token);
        for kind in due(token) {
            if !keys.contains(format!("{name}-{kind}").as_str()) {
                found.push(format!("I4: link {name} lacks {kind}"));
            }
        }
        let issued = evidence.audit.iter().filter(|entry| {
            text(&entry["event"]) == "link_issued"
                && entry["number"] == token["case_id"]
                && entry["step"] == token["step"]
        });
        let issued = issued.count();
        if issued != 1 {
            found.push(format!("I4: link {name} was issued {issued} times by its history"));
        }
    }
    for effect in &evidence.effects {
        // What asks a partner about a booking has a request instead of a link.
        let has_change = if effect["step"] == 0 {
            evidence.requests.iter().any(|request| request["item_id"] == effect["case_id"])
        } else {
            evidence.token(&effect["case_id"], &effect["step"]).is_some()
        };
        if !has_change {
            found.push(format!("I4: effect {} has no change", text(&effect["key"])));
        }
    }
}

/// The effects without which a link cannot have come to be what it is.
fn due(token: &Value) -> Vec<&'static str> {
    let mut due = match text(&token["cause"]) {
        // Who is moved to a backup hears of it once, when the order is made.
        _ if token["rebooking"]["is_backup"] == true => Vec::new(),
        "declined" | "date_withdrawn" => vec!["mail-declined"],
        "by_hand" => vec!["mail-link-sent"],
        "order_refused" => vec!["mail-order-refused"],
        // Told of by one mail or another.
        _ => Vec::new(),
    };
    if text(&token["status"]) == "used" {
        due.push("order-place");
    }
    let state = text(&token["rebooking_state"]);
    if matches!(state, "awaiting_partner" | "confirmed") {
        due.extend(["mail-rebooked", "mail-partner-request", "ticket-rebooked"]);
    }
    if state == "confirmed" {
        due.extend(["mail-partner-confirmed", "ticket-confirmed"]);
    }
    // Called off by support, or exchanged by its customer.
    let reason = text(&token["rebooking"]["cancelled"]);
    if state == "cancelled" && matches!(reason, "support" | "superseded") {
        due.push("order-undo");
    }
    due
}

/// I5: what is dead waits for support, and here nothing had to.
pub(super) fn are_all_over(evidence: &Evidence, found: &mut Vec<String>) {
    for effect in &evidence.effects {
        let state = text(&effect["state"]);
        if !matches!(state, "done" | "skipped") {
            let why = &effect["last_error"];
            found.push(format!("I5: effect {} is {state}: {why}", text(&effect["key"])));
        }
    }
}
