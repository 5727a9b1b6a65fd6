//! A check that cannot fail checks nothing: each promise is broken in what was gathered, and the
//! check says which.

use serde_json::{Value, json};
use tests::stack::Stack;
use tests::stack::evidence::Evidence;
use tests::stack::people::Guest;
use tests::stack::promises::{breaches, forms, said};
use tests::stack::shop::{Offered, SATURDAY, SUSHI};

use crate::stories::declined;

const CHEAPER: i64 = 93;

type Plant = fn(&mut Evidence);

/// What is planted, and what must be said of it.
const BREACHES: &[(&str, &str, Plant)] = &[
    ("two rebookings of one link", "I1: link", |e| {
        let twin = e.requests.iter().find(|row| !row["token_case"].is_null()).unwrap().clone();
        e.requests.push(twin);
    }),
    ("a step that is missing", "I1: case", |e| e.tokens[0]["step"] = json!(7)),
    ("two live links of a case", "I1: case", |e| {
        let mut twin = e.tokens[0].clone();
        (twin["step"], twin["status"]) = (json!(2), json!("active"));
        (twin["rebooking_state"], twin["cause"]) = (Value::Null, json!("replaced"));
        e.tokens.insert(1, twin);
    }),
    ("a place taken for nobody", "I2: ", |e| {
        let taken = e.dates[1]["taken"].as_i64().unwrap();
        e.dates[1]["taken"] = json!(taken + 1);
    }),
    ("more taken than there is", "I2: date", |e| {
        let date = e.dates.iter_mut().find(|date| date["taken"] != 0).unwrap();
        date["capacity"] = json!(1);
    }),
    ("a place that two systems count", "I2: date", |e| {
        e.products.iter_mut().for_each(|product| {
            product.salable -= 1;
        })
    }),
    ("a request of a rebooking that is off", "I2: request", |e| {
        e.tokens[0]["rebooking_state"] = json!("rejected");
    }),
    ("an order without the rebooking", "I3: link", |e| {
        e.orders.iter_mut().for_each(|order| order.comments.clear());
    }),
    ("an order that was changed twice", "I3: link", |e| {
        let order = e.orders.iter_mut().find(|order| !order.comments.is_empty()).unwrap();
        order.comments.extend(order.comments.clone());
    }),
    ("a rebooking that still waits for its order", "I3: link", |e| {
        e.tokens[0]["rebooking_state"] = json!("ordering");
    }),
    ("an order for a key that nobody knows", "I3: order", |e| {
        let mut twin = e.orders[0].clone();
        twin.key = Some("reb-4711-1".to_owned());
        twin.state = "new".to_owned();
        e.orders.push(twin);
    }),
    ("an effect that was lost", "I4: link", |e| {
        e.effects.retain(|effect| !effect["key"].as_str().unwrap().ends_with("-mail-rebooked"));
    }),
    ("an effect without its change", "I4: effect", |e| {
        let effect = e.effects.iter_mut().find(|effect| effect["step"] != 0).unwrap();
        effect["case_id"] = json!(4711);
    }),
    ("a question without its request", "I4: effect", |e| {
        let effect = e.effects.iter_mut().find(|effect| effect["step"] == 0).unwrap();
        effect["case_id"] = json!(4711);
    }),
    ("a history that was lost", "I4: link", |e| e.audit.clear()),
    ("a note that nobody asked for", "I4: note", |e| {
        let mut note = e.tickets[0].notes[0].clone();
        note.message_id = "<rebooking-1-1-ticket-x.solved@rebooking.invalid>".to_owned();
        e.tickets[0].notes.push(note);
    }),
    ("an effect that is stuck", "I5: effect", |e| e.effects[0]["state"] = json!("leased")),
    ("an effect that is dead", "I5: effect", |e| e.effects[0]["state"] = json!("dead")),
    ("a note that stands twice", "I5: note", |e| {
        let note = e.tickets[0].notes[0].clone();
        e.tickets[0].notes.push(note);
    }),
    ("a second ticket of a case", "I5: ", |e| e.tickets.push(e.tickets[0].clone())),
    ("a mail that came twice", "I5: mail", |e| e.mails.push(e.mails[0].clone())),
    ("a mail that never came", "I5: mail", |e| {
        e.mails.retain(|mail| !mail.key().ends_with("-mail-rebooked"));
    }),
    ("a success that was lost", "I6: date", |e| e.acknowledged[0].0.date = SATURDAY),
    ("another answer to the same request", "I7: ", |e| {
        let again = e.acknowledged[0].1.as_mut().unwrap();
        again.body = again.body.replace("newDate\":\"20", "newDate\":\"19");
    }),
    ("a request again that does something", "I11: ", |e| {
        e.around_reading[1].push(json!({ "key": "7-1-mail-rebooked-1" }));
    }),
    ("a link in the logs", "I8: 1 links are in the logs", |e| {
        let secret = e.links()[0].secret.clone();
        e.said[0].1.push_str(&secret);
    }),
    ("a calendar's address in the metrics", "I8: 1 links are in the metrics", |e| {
        let secret = e.calendars[0].clone();
        e.said[1].1.push_str(&secret);
    }),
    ("a link in a ticket", "I8: 1 links are in the tickets", |e| {
        e.tickets[0].notes[0].body = e.links()[0].page.clone();
    }),
    ("a link in a comment, in hex", "I8: 1 links are in the books", |e| {
        let secret = e.links()[0].secret.clone();
        let hex = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
        e.orders[0].comments.push(hex);
    }),
    ("an address in the logs", "I8: the address", |e| {
        e.said[0].1.push_str("erika%40example%2Ecom");
    }),
    ("money back that nobody promised", "I9: link", |e| {
        let order = e.orders.iter_mut().find(|order| !order.memos.is_empty()).unwrap();
        order.memos.extend(order.memos.clone());
    }),
    ("money back that never came", "I9: link", |e| {
        e.orders.iter_mut().for_each(|order| order.memos.clear());
    }),
    ("more than nobody agreed to", "I9: link", |e| {
        e.tokens[0]["rebooking"]["consequence"] = json!({ "to_pay": { "minor": 2_000 } });
        e.acknowledged.clear();
    }),
    ("another partner's booking", "I10: partner 6", |e| {
        let rows = e.portals[0].1.clone();
        e.portals[1].1 = rows;
    }),
    ("a GET that changed a link", "I11: ", |e| e.around_reading[1][0]["version"] = json!(99)),
];

/// One rebooking with everything: a link by mail, money back, and the partner's yes.
async fn evidence() -> Evidence {
    let stack = Stack::start().await;
    let cheaper = Offered { id: CHEAPER, course: SUSHI, days: 40, price: 7_900, places: 10 };
    stack.shop_offers(cheaper).await;
    let (erika, bought, link) = declined(&stack).await;
    let done = stack.customer().chooses(&link, &erika, CHEAPER).await;
    assert_eq!(done.status, 200, "{done:?}");
    stack.partner().confirms(&bought.number(), CHEAPER).await;
    stack.mails().arrives(&Guest::erika().email, "Ihr Termin ist bestätigt - #").await;
    Evidence::gather(&stack).await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_planted_breach_is_seen_and_named() {
    let sound = evidence().await;
    assert_eq!(breaches(&sound), [""; 0]);
    for (what, wanted, plant) in BREACHES {
        let mut spoilt = sound.clone();
        plant(&mut spoilt);
        let found = breaches(&spoilt);
        assert!(found.iter().any(|found| found.starts_with(wanted)), "{what}: {found:?}");
    }
    for promise in 1..=11 {
        let number = format!("I{promise}:");
        assert!(BREACHES.iter().any(|(_, wanted, _)| wanted.starts_with(&number)), "{number}");
    }
}

#[test]
fn a_secret_is_found_however_it_is_written() {
    let secret = "dGhpcyBpcyBub3QgYSBsaW5r-_0123456789abcdefghij";
    let all = forms(secret);
    for written in [
        "64476870637942",
        "%64%47%68",
        "-_0123456789",
        "%2D%5F0123",
        "=2D=5F0123",
        "\\u002D\\u005F0123",
        "&#45;&#95;0123",
        "&#x2D;&#x5F;0123",
        "100, 71, 104",
        "100,71,104",
    ] {
        assert!(all.iter().any(|form| form.contains(written)), "{written} in {all:?}");
    }
    for form in &all {
        assert_eq!(said(&[secret], &format!("a{form}b").to_lowercase()).len(), 1, "{form}");
    }
    for written in ["a.b%40example.com", "a%2Eb%40example%2Ecom", "a.b\\u0040example.com"] {
        assert_eq!(said(&["a.b@example.com"], written).len(), 1, "{written}");
    }
    let broken = secret.replace("IG5vd", "IG=\n5vd");
    assert_eq!(said(&[secret, "another"], &broken).into_iter().collect::<Vec<_>>(), [secret]);
    assert!(all.iter().all(|form| form.len() > 40), "none so short that others have it: {all:?}");
}
