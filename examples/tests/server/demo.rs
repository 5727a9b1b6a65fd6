//! The demo: the story of the README, over JSON and for browsers.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::process::{Server, command};
use crate::{PARTNER, SUPPORT, ids};

#[test]
fn a_booking_is_declined_moved_declined_again_moved_again_and_earns_its_price() {
    let server = Server::start();
    let before = totals(&server);
    server.decline(1, json!([]));
    let first = server.newest_link();
    let page = looked_at(&server, &first);
    assert_eq!(
        ids(&page["availableDates"]),
        [402, 404, 405, 407],
        "none that is full or has one place left"
    );
    assert_eq!(server.choose(&first, 402)["data"]["newOrderNumber"], json!("100012345"));
    let request = server.newest_request();
    server.confirm(request);

    server.decline(request, json!([404]));
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
    let hers =
        rows.as_array().unwrap().iter().filter(|row| row["originalOrderNumber"] == "100012345");
    let states: Vec<_> = hers.map(|row| row["status"].clone()).collect();
    assert_eq!(states, ["confirmed", "declined"]);
    let others = server.get("/api/partner/rebookings", "demo-other-partner").to_string();
    assert!(!others.contains("100012345"), "{others}");
    let case = server.get("/api/support/cases/7001", SUPPORT);
    assert_eq!(case["data"]["tokens"].as_array().map(Vec::len), Some(2));
    let after = totals(&server);
    for column in ["declined", "mailed", "opened", "rebooked", "confirmed"] {
        let grown = after[column].as_u64().unwrap() - before[column].as_u64().unwrap();
        assert_eq!(grown, 1, "{column}");
    }
    let kept = |totals: &Value| totals["kept"].to_string().parse::<f64>().unwrap();
    assert!((kept(&after) - kept(&before) - 158.0).abs() < 0.001, "{after} after {before}");
}

fn totals(server: &Server) -> Value {
    server.get("/api/support/earnings", SUPPORT)["data"]["totals"][0].take()
}

/// What a person sees who opens a link.
fn looked_at(server: &Server, link: &str) -> Value {
    let (_, body) = server.send("GET", link, "rebooking-viewed-by: person\r\n", "");
    serde_json::from_str::<Value>(&body).unwrap()["data"].take()
}

#[test]
fn the_demo_says_what_there_is() {
    let demo = Server::start().get("/demo", "");
    assert_eq!(demo["bookings"][0]["customer"], json!("Erika Mustermann"));
    let courses = demo["courses"].as_array().unwrap();
    let partners: BTreeSet<_> = courses.iter().map(|course| course["partner"].as_str()).collect();
    let named = ["Barschule Nord", "Kochwerkstatt am Markt", "Töpferei Lindenhof"];
    assert_eq!(partners, named.map(Some).into(), "several partners, each with a name");
    assert_eq!(courses.len(), 7);
    let dates = |name: &str| {
        let course = courses.iter().find(|course| course["name"] == name).unwrap();
        course["dates"].as_u64().unwrap()
    };
    assert_eq!(dates("Brot backen mit Sauerteig"), 60);
    assert_eq!(dates("Raku-Brand im Garten"), 1, "none but the one that is booked");
}

#[test]
fn dates_lie_over_the_next_months_and_cost_more_and_less_than_what_was_paid() {
    let server = Server::start();
    server.decline(8, json!([]));
    let shown = looked_at(&server, &server.newest_link());
    let dates = shown["availableDates"].as_array().unwrap();
    assert!(dates.len() > 40, "{}", dates.len());
    let months: BTreeSet<_> =
        dates.iter().map(|date| date["date"].as_str().unwrap()[..7].to_owned()).collect();
    assert!(months.len() >= 4, "{months:?}");
    let differences: BTreeSet<_> =
        dates.iter().map(|date| date["difference"].to_string()).collect();
    assert!(differences.iter().any(|difference| difference.starts_with('-')), "{differences:?}");
    assert!(differences.contains("0.00") && differences.len() == 3, "{differences:?}");
}

#[test]
fn a_course_without_another_date_leads_to_the_ways_out() {
    let server = Server::start();
    let decline = json!({"reason": "Frost"});
    server.post("/api/partner/confirmations/7/decline", "demo-third-partner", decline);
    let link = server.newest_link().replace("/api/rebook/", "/rebook/");
    assert!(server.page(&link).contains("Leider keine Termine verfügbar"));
}

#[test]
fn cases_in_many_states_have_been_played_before_the_start() {
    let server = Server::start();
    for status in ["open", "awaiting_partner", "confirmed", "expired", "cancelled"] {
        let cases = server.get(&format!("/api/support/cases?status={status}"), SUPPORT);
        assert!(cases["data"]["total"].as_u64() > Some(0), "{status}: {cases}");
    }
    for need in ["failed", "wish", "no_dates"] {
        let cases = server.get(&format!("/api/support/cases?attention={need}"), SUPPORT);
        assert!(cases["data"]["total"].as_u64() > Some(0), "{need}: {cases}");
    }
    let dead = server.get("/api/support/effects?state=dead", SUPPORT);
    assert_eq!(dead["data"]["total"], json!(1), "{dead}");
    let waiting = server.get("/api/support/effects?state=waiting", SUPPORT);
    assert_eq!(waiting["data"]["total"], json!(0), "{waiting}");
    let totals = totals(&server);
    for column in ["declined", "mailed", "opened", "rebooked", "confirmed", "refunded", "expired"] {
        assert!(totals[column].as_u64() > Some(0), "{column}: {totals}");
    }
    for token in [PARTNER, "demo-other-partner", "demo-third-partner"] {
        for list in ["rebookings", "confirmations"] {
            let rows = server.get(&format!("/api/partner/{list}"), token);
            assert!(rows["data"]["total"].as_u64() > Some(1), "{token}, {list}: {rows}");
        }
    }
}

#[test]
fn every_page_says_that_nothing_is_kept_and_where_mails_go() {
    let server = Server::start();
    for (page, told) in [
        ("/demo", "Nothing is kept"),
        ("/demo/mails", "Nothing is kept"),
        ("/demo/mails/1", "Nothing is kept"),
        ("/sign-in", "Nichts wird aufbewahrt"),
        ("/sign-in?lang=en", "nothing is kept"),
        ("/sign-in?lang=fr", "rien n’est conservé"),
    ] {
        let shown = server.page(page).replace("&#x2f;", "/");
        let end = shown.split("<footer").nth(1).unwrap();
        assert!(end.contains(told) && end.contains("href=\"/demo/mails\""), "{page}: {end}");
    }
    let nowhere = format!("/rebook/{}", "x".repeat(43));
    let (_, refused) = server.send("GET", &nowhere, "accept: text/html\r\n", "");
    assert!(refused.contains("Nichts wird aufbewahrt"), "{refused}");
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
    let newest = server.get("/demo/mails", "")["mails"].as_array().unwrap().len();
    let page = server.page(&format!("/demo/mails/{newest}")).replace("&#x2f;", "/");
    assert!(page.contains("Terminänderung für Ihre Buchung #100012345"), "{page}");
    let body = format!("/demo/mails/{newest}/body");
    assert!(page.contains(&format!("src=\"{body}\"")), "{page}");
    let body = server.page(&body);
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
        "/demo/mails/999",
        "/demo/mails/x",
        "/demo/mails/1/calendar.ics",
        "/demo/more",
    ] {
        let (head, _) = server.send("GET", nowhere, "accept: text/html\r\n", "");
        assert!(head.starts_with("HTTP/1.1 404 "), "{nowhere}: {head}");
    }
}
