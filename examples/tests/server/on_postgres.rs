//! One server or several on one database.

use std::path::Path;
use std::process::Command;

use rebooking_postgres::testing::TestDatabase;
use serde_json::json;
use sqlx::Connection as _;

use crate::mails::{files, link_in};
use crate::process::{Server, Starting, command, eventually};
use crate::{PARTNER, ids};

pub(crate) const KEY: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

fn server(url: &str, options: &[&str]) -> Command {
    let mut command = command(options);
    command.env("REBOOKING_DATABASE_URL", url).env("REBOOKING_LINK_KEY", KEY);
    command
}

pub(crate) fn demo(url: &str, options: &[&str]) -> Command {
    server(url, &[&["--demo", "--session-key", KEY], options].concat())
}

/// The oldest request that waits for the partner: that of Erika Mustermann.
pub(crate) fn oldest_request(server: &Server) -> u64 {
    let requests = server.get("/api/partner/confirmations?status=pending", PARTNER);
    ids(&requests["data"]["confirmations"]).into_iter().min().unwrap()
}

#[tokio::test]
async fn servers_that_start_at_once_on_an_empty_database_share_it() {
    let database = TestDatabase::empty().await.unwrap();
    let starting = [0, 1].map(|_| Starting::run(&mut demo(&database.url(), &[])));
    let servers = starting.map(Starting::up);
    let [here, there] = &servers;
    let seen = servers
        .each_ref()
        .map(|server| server.get("/api/partner/confirmations?status=pending", PARTNER));
    assert_eq!(seen[0]["data"], seen[1]["data"]);
    assert_eq!(seen[0]["data"]["total"], json!(6), "each booking of the partner waits once");

    there.decline(oldest_request(here), json!([]));
    // Whichever worker was first has sent the mail.
    let link = eventually(|| servers.iter().find_map(Server::newest_link_if_any));
    let chosen = [here, there].map(|server| server.choose(&link, 402));
    assert_eq!(chosen[0], chosen[1], "the same choice again gives the same answer, on any server");
    let case = there.get("/api/support/cases/7001", crate::SUPPORT);
    assert_eq!(case["data"]["tokens"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn who_has_signed_in_on_one_server_is_known_on_the_other() {
    let database = TestDatabase::migrated().await.unwrap();
    let [here, there] = [0, 1].map(|_| Server::run(&mut demo(&database.url(), &[])));
    let form = "content-type: application/x-www-form-urlencoded\r\nsec-fetch-site: same-origin\r\n";
    let (head, _) = here.send("POST", "/sign-in", form, "token=demo-support");
    assert!(head.starts_with("HTTP/1.1 303 "), "{head}");
    let cookie = head.lines().find_map(|line| line.strip_prefix("set-cookie: ")).unwrap();
    let cookie = format!("accept: text/html\r\ncookie: {}\r\n", cookie.split(';').next().unwrap());
    let (head, _) = there.send("GET", "/support", &cookie, "");
    assert!(head.starts_with("HTTP/1.1 200 "), "{head}");
}

#[tokio::test]
async fn on_a_database_the_demo_neither_moves_the_clock_nor_says_that_nothing_is_kept() {
    let database = TestDatabase::migrated().await.unwrap();
    let server = Server::run(&mut demo(&database.url(), &[]));
    let (head, _) = server.send("POST", "/demo/clock/1d", "", "");
    assert!(head.starts_with("HTTP/1.1 404 "), "{head}");
    let page = server.page("/demo");
    assert!(page.contains("cannot be moved") && page.contains("kept in the database"), "{page}");
    let sign_in = server.page("/sign-in");
    assert!(sign_in.contains("kennt jeder") && !sign_in.contains("Nichts wird"), "{sign_in}");
    let systems = server.get("/demo", "")["controls"]["systems"].take();
    let names: Vec<_> = systems.as_array().unwrap().iter().map(|row| &row["name"]).collect();
    assert_eq!(names, ["shop", "helpdesk", "mail"], "what is real cannot be taken away");
}

#[tokio::test]
async fn migrating_alone_brings_the_database_up_to_date_and_ends() {
    let database = TestDatabase::empty().await.unwrap();
    for _ in 0..2 {
        let output = command(&["--migrate-only"])
            .env("REBOOKING_DATABASE_URL", database.url())
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        assert_eq!(String::from_utf8(output.stdout).unwrap(), "the database is up to date\n");
    }
    let server = Server::run(&mut demo(&database.url(), &["--no-migration"]));
    assert_eq!(
        server.get("/api/partner/confirmations?status=pending", PARTNER)["data"]["total"],
        json!(6)
    );
}

#[tokio::test]
async fn without_its_tables_a_server_that_may_not_make_them_does_not_start() {
    let database = TestDatabase::empty().await.unwrap();
    let output = demo(&database.url(), &["--no-migration"]).output().unwrap();
    assert!(!output.status.success(), "{output:?}");
}

#[tokio::test]
async fn after_a_crash_another_server_sends_the_mail_and_answers_for_its_link() {
    let database = TestDatabase::migrated().await.unwrap();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("crash-mails");
    let _ = std::fs::remove_dir_all(&folder);
    let options =
        ["--mail-from=buchung@example.com", "--lease=2s", "--deadline=1s", "--poll=100ms"];
    let with_mails = |url: &str| {
        let mut command = demo(url, &options);
        command
            .env("REBOOKING_MAIL_FOLDER", &folder)
            .env("REBOOKING_BASE_URL", "http://umbuchen.example.com");
        command
    };
    let mut first = Server::run(&mut with_mails(&database.url()));
    first.decline(oldest_request(&first), json!([]));
    first.signal("KILL");
    assert!(!first.ended().success());

    let second = Server::run(&mut with_mails(&database.url()));
    let mail = eventually(|| files(&folder).pop());
    let link = link_in(&std::fs::read_to_string(mail).unwrap(), "umbuchen.example.com");
    let shown = second.get(&format!("/api/rebook/{link}"), "");
    assert_eq!(shown["data"]["originalBooking"]["orderNumber"], json!("100012345"));
    second.choose(&format!("/api/rebook/{link}"), 402);
}

/// What a server outside the demo needs.
const OUTSIDE: [&str; 5] = [
    "--base-url=https://umbuchen.example.com",
    "--mail-folder=unused",
    "--mail-from=buchung@example.com",
    "--support-tokens=susi=geheim",
    "--without=shop,helpdesk",
];

#[tokio::test]
async fn outside_the_demo_there_is_no_demo_data_and_nobody_comes_in_by_a_demo_token() {
    let database = TestDatabase::migrated().await.unwrap();
    let server = Server::run(&mut server(&database.url(), &OUTSIDE));
    let cases = server.get("/api/support/cases", "geheim");
    assert_eq!(cases["data"]["total"], json!(0));
    for (path, token) in
        [("/api/partner/rebookings", PARTNER), ("/api/support/cases", crate::SUPPORT)]
    {
        let (head, _) = server.send("GET", path, &format!("authorization: Bearer {token}\r\n"), "");
        assert!(head.starts_with("HTTP/1.1 401 "), "{path}: {head}");
    }
    for path in ["/demo", "/demo/mails"] {
        let (head, _) = server.send("GET", path, "", "");
        assert!(head.starts_with("HTTP/1.1 404 "), "{path}: {head}");
    }
    let dates = "SELECT count(*)::text FROM miomente_partner_portal_rebooking_dates";
    assert_eq!(rows(&database, dates).await, ["0"], "no demo data either");
}

#[tokio::test]
async fn behind_a_pooler_nothing_is_sent_at_the_start_of_a_session_and_nobody_listens() {
    let database = TestDatabase::migrated().await.unwrap();
    let with = Server::run(&mut demo(&database.url(), &[]));
    while !sessions(&database).await.iter().any(|session| session.contains("LISTEN")) {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let seen = sessions(&database).await;
    assert!(seen.iter().all(|session| session.starts_with("rebooking: ")), "{seen:?}");
    drop(with);
    while !sessions(&database).await.is_empty() {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }

    let behind = Server::run(&mut demo(&database.url(), &["--database-pooler"]));
    behind.decline(oldest_request(&behind), json!([]));
    behind.newest_link();
    let seen = sessions(&database).await;
    let plain = |session: &String| session.starts_with(": ") && !session.contains("LISTEN");
    assert!(!seen.is_empty() && seen.iter().all(plain), "{seen:?}");
}

#[tokio::test]
async fn a_server_opens_no_more_connections_than_it_is_told_and_one_to_listen() {
    let database = TestDatabase::migrated().await.unwrap();
    let server = Server::run(&mut demo(&database.url(), &["--database-connections=2"]));
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| server.get("/api/partner/confirmations", PARTNER));
        }
    });
    let seen = sessions(&database).await;
    assert!(seen.len() <= 3, "{seen:?}");
}

/// What other sessions there are: how each calls itself, and what it asked last.
async fn sessions(database: &TestDatabase) -> Vec<String> {
    let others = "SELECT application_name || ': ' || query FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()";
    rows(database, others).await
}

async fn rows(database: &TestDatabase, query: &'static str) -> Vec<String> {
    let mut connection = sqlx::PgConnection::connect(&database.url()).await.unwrap();
    let rows = sqlx::query_scalar(query).fetch_all(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    rows
}
