//! Events: another system hears of a case from its beginning to its end, and believes nobody else.

use std::process::Command;

use rebooking_core::ports::Clock as _;
use rebooking_core::system::SystemClock;
use serde_json::{Value, json};

use crate::process::{Server, command, eventually};

pub(crate) const SECRET: &str = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

pub(crate) fn receiver() -> Server {
    let mut receiver = Command::new(env!("CARGO_BIN_EXE_webhook_receiver"));
    Server::run(receiver.envs([("SECRET", SECRET), ("LISTEN", "127.0.0.1:0")]))
}

/// The demo, which tells what happens.
fn telling(receiver: &Server) -> Server {
    let url = format!("http://{}/", receiver.address);
    Server::run(
        command(&[]).env("REBOOKING_WEBHOOK_URL", url).env("REBOOKING_WEBHOOK_SECRETS", SECRET),
    )
}

fn kinds(events: &Value) -> Vec<&str> {
    let events = events.as_array().into_iter().flatten();
    events.filter_map(|event| event["type"].as_str()).collect()
}

#[test]
fn another_system_hears_of_a_case_in_its_order_and_of_no_customer() {
    let receiver = receiver();
    let server = telling(&receiver);
    server.decline(1, json!([]));
    let link = server.newest_link();
    server.choose(&link, 402);
    server.confirm(server.newest_request());

    let told = eventually(|| {
        let told = receiver.get("/", "")["7001"].take();
        kinds(&told).contains(&"rebooking.confirmed").then_some(told)
    });
    let wanted = ["case.opened", "link.mailed", "rebooking.chosen", "order.made"];
    assert_eq!(kinds(&told), [&wanted[..], &["rebooking.confirmed"]].concat());
    assert_eq!(told[3]["data"]["rebooking"]["dateId"], 402);
    let said = told.to_string();
    assert!(!said.contains('@') && !said.contains(&link) && !said.contains("Erika"), "{said}");
}

#[test]
fn a_receiver_believes_nobody_without_the_secret() {
    let receiver = receiver();
    let forged = json!({"type": "order.made", "data": {"caseId": 7001}}).to_string();
    let now = SystemClock.now().timestamp();
    let headers =
        format!("webhook-id: 1\r\nwebhook-timestamp: {now}\r\nwebhook-signature: v1,\r\n");
    let (head, _) = receiver.send("POST", "/", &headers, &forged);
    assert!(head.starts_with("HTTP/1.1 401 "), "{head}");
    assert_eq!(receiver.get("/", ""), json!({}));
}
