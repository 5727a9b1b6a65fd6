//! Time that passes in the demo at a click: links are recalled to mind and expire, and whom they
//! were for is forgotten.

use serde_json::{Value, json};

use crate::SUPPORT;
use crate::process::Server;

/// Lets time pass by these steps; what can be moved, as it is then.
fn let_pass(server: &Server, steps: &[&str]) -> Value {
    let mut controls = Value::Null;
    for step in steps {
        controls = server.post(&format!("/demo/clock/{step}"), "", json!({}));
    }
    controls
}

fn kinds(server: &Server, to: &str) -> Vec<Value> {
    let mails = server.get("/demo/mails", "")["mails"].take();
    let of = mails.as_array().unwrap().iter().filter(|mail| mail["to"] == to);
    of.map(|mail| mail["kind"].clone()).collect()
}

fn state(server: &Server) -> Value {
    server.get("/demo", "")["bookings"][0]["state"].take()
}

#[test]
fn the_clock_moves_on_by_an_hour_a_day_a_week_and_a_quarter_of_a_year() {
    let server = Server::start();
    let ahead = ["1h", "1d", "7d", "90d"]
        .map(|step| let_pass(&server, &[step])["clock"]["aheadHours"].as_i64().unwrap());
    assert_eq!(ahead, [1, 25, 193, 2_353]);
    let page = server.page("/demo");
    assert!(page.contains("98 days and 1 hour ahead"), "{page}");
}

#[test]
fn an_unused_link_is_recalled_to_mind_a_week_before_it_expires_and_then_does_expire() {
    let server = Server::start();
    server.decline(1, json!([]));
    let link = server.newest_link();
    let_pass(&server, &["7d", "7d", "7d"]);
    assert_eq!(kinds(&server, "erika@example.com"), ["declined"]);
    let_pass(&server, &["1d", "1d"]);
    assert_eq!(kinds(&server, "erika@example.com"), ["declined", "reminder"]);
    assert_eq!(state(&server), json!("open"));
    let_pass(&server, &["7d"]);
    assert_eq!(state(&server), json!("expired"));
    let (head, _) = server.send("GET", &link, "", "");
    assert!(head.starts_with("HTTP/1.1 410 "), "{head}");
}

#[test]
fn a_leap_of_a_quarter_of_a_year_leaves_out_no_day() {
    let server = Server::start();
    server.decline(1, json!([]));
    server.newest_link();
    let_pass(&server, &["90d"]);
    assert_eq!(kinds(&server, "erika@example.com"), ["declined", "reminder"]);
    assert_eq!(state(&server), json!("expired"));
}

#[test]
fn ninety_days_after_its_end_nobody_knows_whose_case_it_was() {
    let server = Server::start();
    server.decline(1, json!([]));
    server.newest_link();
    let email = || {
        let case = server.get("/api/support/cases/7001", SUPPORT).to_string();
        case.contains("erika@example.com")
    };
    let_pass(&server, &["90d"]);
    assert!(email());
    let_pass(&server, &["90d"]);
    assert!(!email());
}

#[test]
fn what_reads_the_time_follows_the_clock() {
    let server = Server::start();
    server.decline(1, json!([]));
    let link = server.newest_link();
    let dates = |link: &str| {
        let shown = server.get(link, "")["data"]["availableDates"].take();
        shown.as_array().unwrap().len()
    };
    assert_eq!(dates(&link), 4);
    let_pass(&server, &["7d", "7d", "7d"]);
    assert_eq!(dates(&link), 3, "the date in two weeks is over");
}

#[test]
fn what_is_away_while_time_passes_is_delivered_after_it() {
    let server = Server::start();
    server.post("/demo/systems/mail/off", "", json!({}));
    server.decline(1, json!([]));
    let_pass(&server, &["7d", "7d"]);
    assert_eq!(kinds(&server, "erika@example.com"), [""; 0]);
    server.post("/demo/systems/mail/on", "", json!({}));
    assert_eq!(kinds(&server, "erika@example.com"), ["declined"]);
}
