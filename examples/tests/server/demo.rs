//! The demo: the story of the README, over JSON and for browsers.

use serde_json::{Value, json};

use crate::process::{Server, command};
use crate::{PARTNER, SUPPORT, ids};

#[test]
fn a_booking_is_declined_moved_declined_again_moved_again_and_earns_its_price() {
    let server = Server::start();
    server.decline(1, json!([]));
    let first = server.newest_link();
    let page = looked_at(&server, &first);
    assert_eq!(
        ids(&page["availableDates"]),
        [402, 404, 405, 407],
        "none that is full or has one place left"
    );
    assert_eq!(server.choose(&first, 402)["data"]["newOrderNumber"], json!("100012345"));
    server.confirm(server.newest_request());

    server.decline(7, json!([404]));
    let second = server.newest_link();
    assert_ne!(second, first);
    let page = server.get(&second, "")["data"].take();
    assert_eq!(
        ids(&page["availableDates"]),
        [404, 405, 407],
        "the proposed one first, none that was lost"
    );
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

/// What a person sees who opens a link.
fn looked_at(server: &Server, link: &str) -> Value {
    let (_, body) = server.send("GET", link, "rebooking-viewed-by: person\r\n", "");
    serde_json::from_str::<Value>(&body).unwrap()["data"].take()
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
fn who_knows_only_the_address_is_led_to_the_demo() {
    let (head, _) = Server::start().send("GET", "/", "", "");
    assert!(head.starts_with("HTTP/1.1 303 "), "{head}");
    let to = head.lines().find_map(|line| line.strip_prefix("location: ")).unwrap();
    assert!(to.ends_with("/demo"), "{to}");
}

#[test]
fn a_browser_finds_pages_where_a_program_finds_json() {
    let server = Server::start();
    let demo = server.page("/demo");
    let parts = ["action=\"/sign-in\"", "Sign in as partner 5", "Erika Mustermann", "/demo/mails"];
    for part in parts {
        assert!(demo.replace("&#x2f;", "/").contains(part), "{part}: {demo}");
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

#[test]
fn the_page_shows_which_step_of_the_story_is_next() {
    let server = Server::start();
    let next = || server.get("/demo", "")["next"].as_str().unwrap().to_owned();
    let state = || server.get("/demo", "")["bookings"][0]["state"].as_str().unwrap().to_owned();
    assert_eq!((next(), state()), ("decline".to_owned(), "waiting_for_answer".to_owned()));
    server.decline(1, json!([]));
    assert_eq!((next(), state()), ("choose".to_owned(), "open".to_owned()));
    server.choose(&server.newest_link(), 402);
    assert_eq!((next(), state()), ("confirm".to_owned(), "awaiting_partner".to_owned()));
    server.confirm(server.newest_request());
    assert_eq!((next(), state()), ("support".to_owned(), "confirmed".to_owned()));
    let page = server.page("/demo");
    assert_eq!(page.matches("card done").count(), 4, "{page}");
    assert_eq!(page.matches("card next").count(), 1, "{page}");
}

#[test]
fn a_caught_mail_is_shown_as_it_would_have_been_sent_and_leads_out_of_its_frame() {
    let server = Server::run(
        command(&[]).env("REBOOKING_BRAND_NAME", "Kochwerk").env("REBOOKING_COLOR", "#123456"),
    );
    server.decline(1, json!([]));
    server.newest_link();
    let page = server.page("/demo/mails/1").replace("&#x2f;", "/");
    assert!(page.contains("Terminänderung für Ihre Buchung #100012345"), "{page}");
    assert!(page.contains("src=\"/demo/mails/1/body\""), "{page}");
    let body = server.page("/demo/mails/1/body");
    assert!(
        body.contains("<base target=\"_top\">") && body.contains("NEUEN TERMIN WÄHLEN"),
        "{body}"
    );
    assert!(body.contains("#123456") && body.contains("Kochwerk"), "mails show the brand");
    let sheet = page.split("rel=\"stylesheet\" href=\"").nth(1).unwrap().split('"').next().unwrap();
    let (head, style) = server.send("GET", sheet, "", "");
    assert!(
        head.starts_with("HTTP/1.1 200 ") && style.contains("#123456"),
        "and so do pages: {head}"
    );
    for nowhere in [
        "/demo/mails/0",
        "/demo/mails/9",
        "/demo/mails/x",
        "/demo/mails/1/calendar.ics",
        "/demo/more",
    ] {
        let (head, _) = server.send("GET", nowhere, "accept: text/html\r\n", "");
        assert!(head.starts_with("HTTP/1.1 404 "), "{nowhere}: {head}");
    }
}
