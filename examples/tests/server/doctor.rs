//! `server doctor` against a shop, a helpdesk, a database and a mail server: what is there, what is
//! missing, and how scripts hear of it.

use std::process::Command;

use rebooking_postgres::testing::TestDatabase;
use serde_json::json;

use crate::events::{SECRET, receiver};
use crate::outside::Outside;
use crate::process::command;
use crate::relay;

/// What it printed, and its exit status.
fn seen(command: &mut Command) -> (String, i32) {
    let output = command.output().unwrap();
    let status = output.status.code().unwrap();
    (String::from_utf8([output.stdout, output.stderr].concat()).unwrap(), status)
}

/// The lines that say that something is missing.
fn missing(told: &str) -> Vec<&str> {
    told.lines().filter_map(|line| line.strip_prefix("missing    ")).collect()
}

impl Outside {
    /// The doctor with the settings of the server, which sends mails over a relay.
    fn doctor(&self, relay: u16, options: &[&str]) -> Command {
        let mut command = self.command(&[&["doctor", "--smtp-tls=none"], options].concat());
        command.env_remove("REBOOKING_MAIL_FOLDER");
        command.env("REBOOKING_SMTP_URL", format!("smtp://127.0.0.1:{relay}"));
        command
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_all_is_well_every_line_says_so_and_nothing_is_changed() {
    let outside = Outside::with("doctor-green").await;
    let (relay, mails) = relay::start();
    let (order, _) = outside.sell();
    let before = outside.shop.orders();
    let order = format!("--order={order:09}");
    let options = [order.as_str(), "--course=40", "--orders=linked-order"];
    let (told, status) = seen(&mut outside.doctor(relay, &options));
    assert_eq!((missing(&told), status), (Vec::new(), 0), "{told}");
    for line in [
        "ok         settings: the server starts with them",
        "not asked  certificate: REBOOKING_TLS_CERTIFICATE_FILE is not set",
        "ok         shop, sign-in: the shop lets us in",
        "ok         shop, Magento_Sales::comment: granted",
        "not asked  shop, Magento_Sales::create: whoever asks has made an order",
        "ok         shop, course 40: it has 2 dates",
        "ok         helpdesk: its fields, the team and the stages are there",
        "not asked  events: REBOOKING_WEBHOOK_URL is not set",
        "ok         database, version: PostgreSQL ",
        "ok         database, migrations: up to date",
        "ok         database, rights: this role has what the server needs",
        "ok         mail: the mail server greets us in clear; no login is set",
    ] {
        assert!(told.lines().any(|there| there.starts_with(line)), "{line} in {told}");
    }
    assert!(told.contains("           date 91: ") && told.contains("10 places free"), "{told}");
    for hidden in ["erika", "Mustermann", "fake-", "geheim", "kueche", "000000000000"] {
        assert!(!told.contains(hidden), "{hidden} in {told}");
    }
    assert_eq!(outside.shop.orders(), before);
    assert!(outside.odoo.tickets().is_empty() && mails.try_recv().is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_may_be_guessed_is_told_by_whose_it_is_and_never_itself() {
    let outside = Outside::with("doctor-tokens").await;
    let (relay, _mails) = relay::start();
    let support = ["--support-tokens=susi=geheimnis-zu-kurz,olaf=sechzehn-zeichen"];
    let (told, _) = seen(outside.doctor(relay, &support).env("REBOOKING_PARTNER_TOKENS", "7=x7y"));
    let guessed = "has fewer than 16 characters and may be guessed";
    let short: Vec<&str> = told.lines().filter(|line| line.contains(guessed)).collect();
    assert_eq!(short.len(), 1, "{told}");
    assert!(short.concat().contains("the token of partner 7 "), "{told}");
    assert!(!told.contains("x7y") && !told.contains("geheimnis"), "{told}");
}

#[test]
fn whether_the_endpoint_of_events_can_be_reached_is_told_without_an_event_and_its_address() {
    let look = |address: &str| {
        let mut doctor = command(&["doctor"]);
        doctor.env("REBOOKING_WEBHOOK_URL", format!("http://{address}/?key=geheim"));
        seen(doctor.env("REBOOKING_WEBHOOK_SECRETS", SECRET))
    };
    let receiver = receiver();
    let (told, status) = look(&receiver.address);
    assert!(told.contains("ok         events: the endpoint can be reached\n"), "{told}");
    assert_eq!((status, receiver.get("/", "")), (0, json!({})), "it was told nothing");
    assert!(!told.contains("geheim") && !told.contains("whsec_"), "{told}");

    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let (told, status) = look(&gone.to_string());
    let wanted = "events: nobody answers over there: no connection to the endpoint";
    assert_eq!(missing(&told), [wanted], "{told}");
    assert!(told.contains("look whether REBOOKING_WEBHOOK_URL can be reached"), "{told}");
    assert_eq!((status, told.contains("geheim")), (1, false));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_missing_is_told_in_words_and_by_the_status() {
    let mut outside = Outside::with("doctor-red").await;
    outside.database = TestDatabase::empty().await.unwrap();
    outside.shop.revoke("Magento_Sales::comment");
    outside.odoo.revoke_key(true);
    // A port that nobody listens on: it was free a moment ago.
    let free = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap();
    let options = ["--order=000004711", "--course=4711"];
    let (told, status) = seen(&mut outside.doctor(free.port(), &options));
    assert_eq!(status, 1, "{told}");
    let wanted = [
        "shop, Magento_Sales::comment: tick Sales → Operations → Orders → Actions → Comments",
        "shop, order 000004711: the shop has no such order in force",
        "shop, course 4711: it has no date to come",
        "helpdesk: ",
        "database, migrations: tables are missing: start the server once with --migrate-only",
        "mail: ",
    ];
    let missing = missing(&told);
    assert_eq!(missing.len(), wanted.len(), "{told}");
    for (line, begin) in missing.iter().zip(wanted) {
        assert!(line.starts_with(begin), "{begin}: {line}");
    }
    for advice in ["look at the key, the login", "look at host and port in REBOOKING_SMTP_URL"] {
        assert!(told.lines().any(|line| line.trim_start().starts_with(advice)), "{told}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_there_can_be_looked_at_before_all_of_it_is() {
    let outside = Outside::with("doctor-half").await;
    let mut command = outside.command(&["doctor"]);
    for name in ["DATABASE_URL", "ODOO_URL", "ODOO_KEY", "ODOO_FLAVOUR", "ODOO_DATABASE"] {
        command.env_remove(format!("REBOOKING_{name}"));
    }
    let (told, status) = seen(&mut command);
    assert_eq!(status, 1, "{told}");
    assert_eq!(
        missing(&told).iter().map(|line| line.split(" or ").next().unwrap()).collect::<Vec<_>>(),
        ["settings: --database-url", "settings: --odoo-url"],
        "{told}"
    );
    assert!(told.contains("ok         shop, sign-in: the shop lets us in"), "{told}");
    assert!(told.contains("not asked  helpdesk: REBOOKING_ODOO_URL is not set"), "{told}");
    assert!(told.contains("not asked  shop, order: name one that holds a course"), "{told}");
}

#[test]
fn settings_that_cannot_be_read_have_a_status_of_their_own() {
    let options = ["doctor", "--course=sushi", "--order=", "--validity=soon"];
    let (told, status) = seen(&mut command(&options));
    assert_eq!(status, 2, "{told}");
    for name in ["--course: the number of a course", "--order: ", "--validity or "] {
        assert!(told.contains(name), "{name} in {told}");
    }
    let (told, status) = seen(&mut command(&["doctor"]));
    assert_eq!(status, 0, "a demo in memory asks for nothing: {told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_of_several_hosts_of_the_database_is_named() {
    let outside = Outside::with("doctor-hosts").await;
    let (relay, _mails) = relay::start();
    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let url = outside.database.tcp_url();
    let (here, name) = url.rsplit_once('/').unwrap();
    let both = format!("{here},{gone}/{name}?target_session_attrs=read-write");
    let here = here.rsplit_once('@').unwrap().1;

    let mut doctor = outside.doctor(relay, &[]);
    let (told, status) = seen(doctor.env("REBOOKING_DATABASE_URL", both));

    assert!(told.contains(&format!("ok         database, host: {here} is the leader")), "{told}");
    assert!(told.contains(&format!("missing    database, host: {gone}: ")), "{told}");
    assert!(told.contains("ok         database, migrations: up to date"), "{told}");
    assert_eq!(status, 1, "nobody is left to take over");
}
