//! Exactly once: mails by their Message-ID, tickets by their case, notes by their key.

use std::collections::BTreeMap;

use serde_json::Value;

use super::rows::{is_live, text};
use crate::stack::evidence::Evidence;

/// Every mail that is done was sent, once unless something went wrong, and always as itself.
pub(super) fn mails_once(evidence: &Evidence, found: &mut Vec<String>) {
    let mut sent: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for mail in &evidence.mails {
        sent.entry(mail.key()).or_default().push(&mail.to);
    }
    for (key, addresses) in &sent {
        let known = evidence.effects.iter().any(|effect| text(&effect["key"]) == *key);
        if !known {
            found.push(format!("I4: mail {key} was sent, and nobody asked for it"));
        }
        if addresses.len() > 1 && evidence.mishaps == 0 {
            found.push(format!("I5: mail {key} was sent {} times", addresses.len()));
        }
        if addresses.iter().any(|address| address != &addresses[0]) {
            found.push(format!("I5: mail {key} went to several addresses"));
        }
    }
    for effect in of_lane(evidence, "mail") {
        let key = text(&effect["key"]);
        if text(&effect["state"]) == "done" && !sent.contains_key(key) && !was_moot(evidence, key) {
            found.push(format!("I5: mail {key} is done, and nobody got it"));
        }
    }
}

/// A mail about what was over before it could be sent needs no sending.
fn was_moot(evidence: &Evidence, key: &str) -> bool {
    let of_key = |row: &Value, case: &str, step: &str| {
        key.starts_with(&format!("{}-{}-mail-", row[case], row[step]))
    };
    let token = evidence.tokens.iter().find(|token| of_key(token, "case_id", "step"));
    if key.ends_with("-mail-partner-request") {
        let mut asked = evidence.requests.iter().filter(|request| match token {
            Some(_) => of_key(request, "token_case", "token_step"),
            // Of a booking that has become no case.
            None => key.starts_with(&format!("{}-0-", request["item_id"])),
        });
        // Who has answered on the portal need not be asked by mail.
        return !asked.any(|request| text(&request["state"]) == "pending");
    }
    token.is_none_or(|token| text(&token["status"]) != "active" && !is_live(token))
}

/// One ticket a case, and a note for each effect that is done.
pub(super) fn tickets_and_notes_once(evidence: &Evidence, found: &mut Vec<String>) {
    let mut notes: BTreeMap<&str, usize> = BTreeMap::new();
    let mut cases: BTreeMap<&str, usize> = BTreeMap::new();
    for ticket in &evidence.tickets {
        for external in ticket.external.iter().chain([&ticket.name]) {
            *cases.entry(external).or_default() += 1;
        }
        for note in &ticket.notes {
            let key = note.message_id.trim_start_matches("<rebooking-");
            *notes.entry(key.split('.').next().unwrap_or_default()).or_default() += 1;
        }
    }
    for (case, count) in cases.iter().filter(|(_, count)| **count > 1) {
        found.push(format!("I5: {case} has {count} tickets"));
    }
    for effect in of_lane(evidence, "tickets") {
        let key = text(&effect["key"]);
        let count = notes.remove(key).unwrap_or_default();
        if text(&effect["state"]) == "done" && count != 1 {
            found.push(format!("I5: note {key} is done, and stands {count} times"));
        }
    }
    for (key, _) in notes {
        found.push(format!("I4: note {key} stands, and nobody asked for it"));
    }
}

fn of_lane<'a>(evidence: &'a Evidence, lane: &'a str) -> impl Iterator<Item = &'a Value> {
    evidence.effects.iter().filter(move |effect| text(&effect["lane"]) == lane)
}
