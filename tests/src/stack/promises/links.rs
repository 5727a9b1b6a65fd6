//! I1, I6, I7, I10, I11: links, what is answered by them, and who sees what.

use std::collections::BTreeMap;

use super::rows::{is_live, name, number, text};
use crate::stack::evidence::Evidence;

/// I1: steps of a case without gaps, at most one live link or rebooking, one request a link.
pub(super) fn one_rebooking_a_link(evidence: &Evidence, found: &mut Vec<String>) {
    let mut cases: BTreeMap<i64, Vec<_>> = BTreeMap::new();
    for token in &evidence.tokens {
        cases.entry(number(&token["case_id"])).or_default().push(token);
    }
    for (case, tokens) in cases {
        let steps: Vec<i64> = tokens.iter().map(|token| number(&token["step"])).collect();
        let wanted: Vec<i64> = (1..=steps.len()).map(|step| i64::try_from(step).unwrap()).collect();
        if steps != wanted {
            found.push(format!("I1: case {case} has steps {steps:?}"));
        }
        let live =
            tokens.iter().filter(|token| text(&token["status"]) == "active" || is_live(token));
        let live = live.count();
        if live > 1 {
            found.push(format!("I1: case {case} has {live} live links or rebookings"));
        }
    }
    for token in &evidence.tokens {
        let of_token = evidence.requests.iter().filter(|request| {
            request["token_case"] == token["case_id"] && request["token_step"] == token["step"]
        });
        let requests = of_token.count();
        let wanted = usize::from(text(&token["status"]) == "used");
        if requests != wanted {
            found.push(format!("I1: link {} led to {requests} requests", name(token)));
        }
    }
}

/// I6: who was told of success finds it, and all who used one link were told the same date.
pub(super) fn success_is_durable(evidence: &Evidence, found: &mut Vec<String>) {
    for (told, _) in &evidence.acknowledged {
        let mails = evidence.mails.iter().filter(|mail| mail.link().as_ref() == Some(&told.link));
        let case = mails.map(|mail| mail.key()).next().unwrap_or_default();
        let token = evidence
            .tokens
            .iter()
            .find(|token| case.starts_with(&format!("{}-mail-", name(token))));
        let date = token.map(|token| number(&token["rebooking"]["slot"]["id"]));
        if date != Some(told.date) {
            found.push(format!("I6: date {} was acknowledged, and {date:?} is kept", told.date));
        }
    }
}

/// I7: the same answer, or else that what was lost meanwhile is over.
pub(super) fn the_same_again_is_the_same(evidence: &Evidence, found: &mut Vec<String>) {
    for (told, again) in &evidence.acknowledged {
        let Some(again) = again else { continue };
        if again.status == 410 {
            continue;
        }
        let data = &again.json()["data"];
        let number = |data: &serde_json::Value| data["newOrderNumber"].clone();
        let same_number = told.data["orderPending"] == true || number(data) == number(&told.data);
        if again.status != 200 || data["newDate"] != told.data["newDate"] || !same_number {
            found.push(format!("I7: {} was answered, and now {again:?}", told.data));
        }
    }
}

/// I11, and the rest of I7.
pub(super) fn reading_changes_nothing(evidence: &Evidence, found: &mut Vec<String>) {
    let [before, after] = &evidence.around_reading;
    for row in after.iter().filter(|row| !before.contains(row)) {
        found.push(format!("I11: reading, or asking again, led to {row}"));
    }
    for row in before.iter().filter(|row| !after.contains(row)) {
        found.push(format!("I11: reading, or asking again, took {row} away"));
    }
}

/// I10: each partner's list has what was rebooked from or to their own courses, and no more.
pub(super) fn partners_see_their_own(evidence: &Evidence, found: &mut Vec<String>) {
    for (partner, rows) in &evidence.portals {
        for row in rows {
            let order = text(&row["originalOrderNumber"]);
            let tokens = evidence.tokens.iter().filter(|token| token["order_number"] == order);
            let is_theirs = |token: &serde_json::Value| {
                number(&token["partner_id"]) == *partner
                    || number(&token["rebooking"]["partner"]["id"]) == *partner
            };
            if !tokens.into_iter().any(is_theirs) {
                found.push(format!("I10: partner {partner} sees order {order}"));
            }
        }
    }
}
