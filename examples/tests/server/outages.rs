//! Systems around the demo that are taken away, and come back: nothing is lost, nothing happens
//! twice.

use serde_json::{Value, json};

use crate::process::Server;

/// Switches a system, and says what can be moved as it is then.
fn switch(server: &Server, system: &str, condition: &str) -> Value {
    server.post(&format!("/demo/systems/{system}/{condition}"), "", json!({}))
}

fn controls(server: &Server) -> Value {
    server.get("/demo", "")["controls"].take()
}

/// What waits, by name.
fn waiting(controls: &Value) -> Vec<&str> {
    let rows = controls["waiting"].as_array().unwrap();
    rows.iter().map(|row| row["what"].as_str().unwrap()).collect()
}

/// How many mails of a kind somebody has got.
fn mails(server: &Server, to: &str, kind: &str) -> usize {
    let mails = server.get("/demo/mails", "")["mails"].take();
    let is_meant = |mail: &&Value| mail["to"] == to && mail["kind"] == kind;
    mails.as_array().unwrap().iter().filter(is_meant).count()
}

#[test]
fn without_the_shop_a_customer_chooses_and_the_order_is_changed_once_it_is_on_again() {
    for condition in ["off", "refusing"] {
        let server = Server::start();
        server.decline(1, json!([]));
        let link = server.newest_link();
        switch(&server, "shop", condition);
        server.choose(&link, 402);
        let without = controls(&server);
        assert_eq!(waiting(&without), ["order-place"], "{condition}: {without}");
        assert_eq!(mails(&server, "erika@example.com", "rebooked"), 0, "the order goes first");
        let with = switch(&server, "shop", "on");
        assert_eq!(waiting(&with), [""; 0], "{condition}: {with}");
        assert_eq!(mails(&server, "erika@example.com", "rebooked"), 1);
    }
}

#[test]
fn without_the_helpdesk_mails_go_out_and_the_ticket_is_written_once_it_is_on_again() {
    for condition in ["off", "refusing"] {
        let server = Server::start();
        let books = |controls: &Value| controls["systems"][1]["books"].clone();
        let before = books(&switch(&server, "helpdesk", condition));
        server.decline(1, json!([]));
        assert_eq!(mails(&server, "erika@example.com", "declined"), 1);
        let without = controls(&server);
        assert_eq!((waiting(&without), books(&without)), (vec!["ticket-declined"], before.clone()));
        let with = switch(&server, "helpdesk", "on");
        assert_eq!(waiting(&with), [""; 0], "{condition}: {with}");
        assert_ne!(books(&with), before);
    }
}

#[test]
fn without_the_mail_server_a_partner_declines_and_the_link_is_mailed_once_it_is_on_again() {
    for condition in ["off", "refusing"] {
        let server = Server::start();
        switch(&server, "mail", condition);
        server.decline(1, json!([]));
        assert_eq!(mails(&server, "erika@example.com", "declined"), 0);
        assert_eq!(waiting(&controls(&server)), ["mail-declined"]);
        assert_eq!(waiting(&switch(&server, "mail", "on")), [""; 0]);
        assert_eq!(mails(&server, "erika@example.com", "declined"), 1);
        server.choose(&server.newest_link(), 402);
    }
}

#[test]
fn a_slow_mail_server_holds_nobody_up_and_sends_each_mail_once() {
    let server = Server::start();
    switch(&server, "mail", "slow");
    server.decline(1, json!([]));
    let slow = controls(&server);
    assert!(waiting(&slow).contains(&"mail-declined"), "the partner has been answered: {slow}");
    let with = switch(&server, "mail", "on");
    assert_eq!(waiting(&with), [""; 0], "{with}");
    assert_eq!(mails(&server, "erika@example.com", "declined"), 1);
}

#[test]
fn without_the_database_everybody_is_asked_to_come_back_and_nothing_is_half_done() {
    let server = Server::start();
    server.decline(1, json!([]));
    let link = server.newest_link();
    let off = switch(&server, "database", "off");
    assert_eq!(off["readable"], json!(false));
    let choice = json!({"selectedDateId": 402, "customerEmail": "erika@example.com"}).to_string();
    let headers = "accept: application/json\r\ncontent-type: application/json\r\n";
    for (method, body) in [("GET", ""), ("POST", choice.as_str())] {
        let (head, _) = server.send(method, &link, headers, body);
        assert!(head.starts_with("HTTP/1.1 503 ") && head.contains("retry-after: "), "{head}");
    }
    let page = server.page("/demo");
    assert!(page.contains("The database does not answer"), "the demo is there: {page}");
    let on = switch(&server, "database", "on");
    assert_eq!((on["readable"].clone(), waiting(&on)), (json!(true), vec![]));
    assert_eq!(server.get("/demo", "")["bookings"][0]["state"], json!("open"));
    server.choose(&link, 402);
    assert_eq!(mails(&server, "erika@example.com", "rebooked"), 1);
}

#[test]
fn the_page_shows_what_is_away_and_what_waits_for_it() {
    let server = Server::start();
    assert!(server.page("/demo").contains("Nothing waits"));
    switch(&server, "helpdesk", "off");
    server.decline(1, json!([]));
    server.newest_link();
    let page = server.page("/demo");
    for part in ["badge bad\">off<", "1 waits for it", "ticket-declined", "it is switched off"] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let headers = "accept: text/html\r\nsec-fetch-site: same-origin\r\n";
    let (head, _) = server.send("POST", "/demo/systems/helpdesk/on", headers, "");
    assert!(head.contains("location: /demo#outside"), "back to where it was pressed: {head}");
    assert!(server.page("/demo").contains("Nothing waits"));
}

#[test]
fn nobody_moves_what_is_not_there_or_from_another_site() {
    let server = Server::start();
    for nowhere in ["/demo/systems/shop/broken", "/demo/systems/printer/off", "/demo/clock/1y"] {
        let (head, _) = server.send("POST", nowhere, "", "");
        assert!(head.starts_with("HTTP/1.1 404 "), "{nowhere}: {head}");
    }
    for path in ["/demo/systems/database/off", "/demo/clock/90d"] {
        server.send("POST", path, "sec-fetch-site: cross-site\r\n", "");
        server.send("GET", path, "", "");
    }
    let controls = controls(&server);
    assert_eq!(controls["clock"]["aheadHours"], json!(0));
    assert!(
        controls["systems"].as_array().unwrap().iter().all(|system| system["condition"] == "on")
    );
}
