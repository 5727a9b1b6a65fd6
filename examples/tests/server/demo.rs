//! The demo: the story of the README, over JSON and for browsers.

use serde_json::json;

use crate::process::Server;
use crate::{PARTNER, SUPPORT, ids};

#[test]
fn a_booking_is_declined_moved_declined_again_moved_again_and_earns_its_price() {
    let server = Server::start();
    server.decline(1, json!([]));
    let first = server.newest_link();
    let page = server.get(&first, "")["data"].take();
    assert_eq!(ids(&page["availableDates"]), [402, 404, 405, 407], "none that is full or has one place left");
    assert_eq!(server.choose(&first, 402)["data"]["newOrderNumber"], json!("100012345"));
    server.confirm(server.newest_request());

    server.decline(7, json!([404]));
    let second = server.newest_link();
    assert_ne!(second, first);
    let page = server.get(&second, "")["data"].take();
    assert_eq!(ids(&page["availableDates"]), [404, 405, 407], "the proposed one first, none that was lost");
    server.choose(&second, 404);
    server.confirm(server.newest_request());

    let rows = server.get("/api/partner/rebookings", PARTNER)["data"]["rebookings"].take();
    let states: Vec<_> = rows.as_array().unwrap().iter().map(|row| row["status"].clone()).collect();
    assert_eq!(states, ["confirmed", "declined"]);
    let others = server.get("/api/partner/rebookings", "demo-other-partner");
    assert_eq!(others["data"]["total"], json!(0));
    let case = server.get("/api/support/cases/7001", SUPPORT);
    assert_eq!(case["data"]["tokens"].as_array().map(Vec::len), Some(2));
    let totals = server.get("/api/support/earnings", SUPPORT)["data"]["totals"][0].take();
    assert_eq!(totals["kept"].to_string(), "158.00");
    for column in ["declined", "mailed", "opened", "rebooked", "confirmed"] {
        assert_eq!(totals[column], json!(1), "{column}");
    }
}

#[test]
fn the_demo_says_what_there_is() {
    let server = Server::start();
    let demo = server.get("/demo", "");
    assert_eq!(ids(&demo["dates"]).len(), 14);
    assert_eq!(demo["bookings"].as_array().map(Vec::len), Some(6));
    assert_eq!(demo["bookings"][0]["customer"], json!("Erika Mustermann"));
}

#[test]
fn a_browser_finds_pages_where_a_program_finds_json() {
    let server = Server::start();
    let demo = server.page("/demo");
    for part in ["<form method=\"post\" action=\"/sign-in\">", "Partner 5 (demo-partner)", "Erika Mustermann"]
    {
        assert!(demo.contains(part), "{part}: {demo}");
    }
    assert!(server.page("/demo/mails").contains("Nothing has been sent yet."));
    server.decline(1, json!([]));
    server.newest_link();
    let mails = server.page("/demo/mails").replace("&#x2f;", "/");
    let link = mails
        .split("href=\"")
        .find_map(|rest| rest.strip_prefix(&format!("http://{}/rebook/", server.address)));
    let link = link.unwrap().split('"').next().unwrap();
    assert!(server.page(&format!("/rebook/{link}")).contains("<h1>Termin umbuchen</h1>"));
}
