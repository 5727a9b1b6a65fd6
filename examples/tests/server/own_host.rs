//! A stranger's host on PostgreSQL and a relay: what is sold is asked of its partner by mail,
//! declined, and moved by its customer.

use std::process::Command;
use std::sync::mpsc::Receiver;

use rebooking_postgres::testing::TestDatabase;
use serde_json::json;

use crate::mails::link_in;
use crate::process::{PATIENCE, Server};
use crate::relay::{self, Heard};
use crate::{PARTNER, ids};

fn host(database: &TestDatabase, relay: u16) -> Server {
    Server::run(Command::new(env!("CARGO_BIN_EXE_own_host")).envs([
        ("LISTEN", "127.0.0.1:0"),
        ("BASE_URL", "http://umbuchen.example.com"),
        ("DATABASE_URL", &database.url()),
        ("SMTP_URL", &format!("smtp://127.0.0.1:{relay}")),
        ("SENDER", "buchung@example.com"),
        ("LINK_KEY", &"07".repeat(32)),
        ("PARTNER_TOKEN", PARTNER),
    ]))
}

/// The next mail to somebody.
fn mail_to(mails: &Receiver<Heard>, whom: &str) -> String {
    loop {
        let heard = mails.recv_timeout(PATIENCE).expect("there is a mail");
        if heard.to.contains(whom) {
            // Long lines are broken softly.
            return heard.mail.replace("=\n", "");
        }
    }
}

#[tokio::test]
async fn a_booking_is_asked_for_declined_and_moved_and_a_new_process_goes_on_where_one_ended() {
    let database = TestDatabase::empty().await.unwrap();
    let (relay, mails) = relay::start();
    let mut first = host(&database, relay);
    assert!(mail_to(&mails, "kueche@example.org").contains("/partner/answer/"));
    first.signal("INT");
    assert!(first.ended().success());

    let host = host(&database, relay);
    let request = host.newest_request();
    host.decline(request, json!([]));
    let link = link_in(&mail_to(&mails, "erika@example.com"), "umbuchen.example.com");
    let api = format!("/api/rebook/{link}");
    assert_eq!(ids(&host.get(&api, "")["data"]["availableDates"]), [91, 92]);
    let choice = json!({"selectedDateId": 91, "customerEmail": "erika@example.com"});
    assert_eq!(host.post(&api, "", choice)["success"], json!(true));
    assert!(mail_to(&mails, "kueche@example.org").contains("/partner/answer/"));
    host.confirm(host.newest_request());
    mail_to(&mails, "erika@example.com");
}

#[test]
fn all_that_a_host_is_not_told_is_named_at_once() {
    let mut host = Command::new(env!("CARGO_BIN_EXE_own_host"));
    let ended = host.env_clear().env("LISTEN", "127.0.0.1:0").output().unwrap();
    let told = String::from_utf8(ended.stderr).unwrap();
    let missing = "BASE_URL, DATABASE_URL, LINK_KEY, PARTNER_TOKEN, SENDER, SMTP_URL";
    assert_eq!(told, format!("Error: \"not set: {missing}\"\n"));
}

#[test]
fn a_whole_host_is_some_seventy_lines() {
    let host = include_str!("../../src/bin/own_host.rs");
    assert!(host.lines().count() <= 70);
}
