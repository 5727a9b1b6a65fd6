//! A host of its own that takes the library in under a prefix.

use std::process::Command;

use serde_json::{Value, json};

use crate::ids;
use crate::process::Server;

const USER: &str = "x-portal-user";

fn host() -> Server {
    Server::run(Command::new(env!("CARGO_BIN_EXE_embed")).arg("127.0.0.1:0"))
}

/// Status and body.
fn get(host: &Server, path: &str, header: &str) -> (String, String) {
    let (head, body) = host.send("GET", path, header, "");
    (head.split(' ').nth(1).unwrap().to_owned(), body)
}

fn list(host: &Server, path: &str, user: &str) -> Value {
    let (status, body) = get(host, path, &format!("{USER}: {user}\r\n"));
    assert_eq!(status, "200", "{body}");
    serde_json::from_str(&body).unwrap()
}

#[test]
fn the_customer_moves_the_booking_by_the_link_under_the_hosts_prefix() {
    let host = host();
    let (status, own) = get(&host, "/", "");
    assert_eq!((status.as_str(), own.as_str()), ("200", "The host's own page.\n"));

    let link = host.said("erika@example.com has a mail with this link: ");
    let path = link.strip_prefix(&format!("http://{}", host.address)).unwrap();
    let token = path.strip_prefix("/umbuchen/rebook/").unwrap();
    let page = host.page(path);
    assert!(
        page.contains("<h1>Termin umbuchen</h1>") && !page.contains("Geld zurück"),
        "by the host's policy: {page}"
    );
    let sheet = page.split("rel=\"stylesheet\" href=\"").nth(1).unwrap().split('"').next().unwrap();
    let sheet = sheet.replace("&#x2f;", "/");
    assert!(sheet.starts_with("/umbuchen/style/"), "{sheet}");
    assert_eq!(get(&host, &sheet, "").0, "200");

    let api = format!("/umbuchen/api/rebook/{token}");
    let offered = ids(&host.get(&api, "")["data"]["availableDates"]);
    assert_eq!(offered, [91, 92]);
    let choice = json!({"selectedDateId": 91, "customerEmail": "erika@example.com"});
    assert_eq!(host.post(&api, "", choice)["success"], json!(true));
    assert_eq!(
        get(&host, &format!("/api/rebook/{token}"), "").0,
        "404",
        "without the prefix there is nothing"
    );
}

#[test]
fn who_calls_is_what_the_hosts_own_sign_in_says() {
    let host = host();
    let rebookings = "/umbuchen/api/partner/rebookings";
    assert_eq!(list(&host, rebookings, "partner:5")["data"]["total"], json!(1));
    assert_eq!(list(&host, rebookings, "partner:6")["data"]["total"], json!(0));
    assert_eq!(
        list(&host, "/umbuchen/api/support/cases", "support:susi")["data"]["total"],
        json!(1)
    );
    for (user, status) in
        [("", "401"), ("partner:five", "401"), ("admin:susi", "401"), ("support:susi", "403")]
    {
        let header = if user.is_empty() { String::new() } else { format!("{USER}: {user}\r\n") };
        assert_eq!(get(&host, rebookings, &header).0, status, "{user}");
    }
    let (status, page) =
        get(&host, "/umbuchen/support", &format!("{USER}: support:susi\r\naccept: text/html\r\n"));
    assert!(status == "200" && page.contains("Erika Mustermann"), "{status} {page}");
}

#[test]
fn a_whole_host_is_short_and_names_little_of_the_core() {
    let host = include_str!("../../src/bin/embed.rs");
    let of_core = host.lines().filter(|line| line.starts_with("use rebooking_core::")).count();
    assert!(host.lines().count() <= 90 && of_core <= 6);
}
