//! The server with its demo data, from outside: the story of the README over real connections.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

const PARTNER: &str = "demo-partner";
const SUPPORT: &str = "demo-support";

/// A running server, which ends with the test.
struct Server {
    process: Child,
    address: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

#[cfg(test)]
mod calls {
    use super::*;

    impl Server {
        /// Starts it on a free port and waits until it says where it listens.
        pub(super) fn start() -> Self {
            Self::run(&mut Command::new(env!("CARGO_BIN_EXE_server")))
        }

        /// The same with settings.
        pub(super) fn run(command: &mut Command) -> Self {
            let mut process = command
                .env("REBOOKING_LISTEN", "127.0.0.1:0")
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            let mut said = BufReader::new(process.stdout.take().unwrap()).lines();
            let url = said.find_map(|line| line.unwrap().strip_prefix("URL=http://").map(ToOwned::to_owned));
            // Its greeting must have a reader to its end.
            std::thread::spawn(move || said.for_each(drop));
            Self { process, address: url.unwrap() }
        }

        pub(super) fn get(&self, path: &str, token: &str) -> Value {
            self.call("GET", path, token, "")
        }

        pub(super) fn post(&self, path: &str, token: &str, body: Value) -> Value {
            self.call("POST", path, token, &body.to_string())
        }

        fn call(&self, method: &str, path: &str, token: &str, body: &str) -> Value {
            serde_json::from_str(&self.send(method, path, token, "application/json", body)).unwrap()
        }

        /// What a browser gets.
        pub(super) fn page(&self, path: &str) -> String {
            self.send("GET", path, "", "text/html,application/xhtml+xml", "")
        }

        fn send(&self, method: &str, path: &str, token: &str, accept: &str, body: &str) -> String {
            let mut stream = TcpStream::connect(&self.address).unwrap();
            let length = body.len();
            let head = format!(
                "{method} {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\nuser-agent: test\r\naccept: {accept}\r\n\
                 authorization: Bearer {token}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n",
                self.address
            );
            stream.write_all(format!("{head}{body}").as_bytes()).unwrap();
            let mut answer = String::new();
            stream.read_to_string(&mut answer).unwrap();
            let (head, body) = answer.split_once("\r\n\r\n").unwrap();
            assert!(head.starts_with("HTTP/1.1 200 "), "{answer}");
            body.to_owned()
        }

        /// The path of the newest link, as the newest mail with one has it.
        pub(super) fn newest_link(&self) -> String {
            self.newest_link_if_any().unwrap()
        }

        /// The same where another server may have sent the mail.
        pub(super) fn newest_link_if_any(&self) -> Option<String> {
            let mails = self.get("/demo/mails", "")["mails"].take();
            let link = mails.as_array().unwrap().iter().rev().find_map(|mail| mail["link"].as_str());
            link.map(|link| link.strip_prefix(&format!("http://{}", self.address)).unwrap().to_owned())
        }

        pub(super) fn choose(&self, link: &str, date: u32) -> Value {
            let choice = json!({"selectedDateId": date, "customerEmail": "erika@example.com"});
            let chosen = self.post(link, "", choice);
            // Looking for mails waits until the order is made.
            self.get("/demo/mails", "");
            chosen
        }

        pub(super) fn newest_request(&self) -> u64 {
            let requests = self.get("/api/partner/confirmations?status=pending", PARTNER);
            requests["data"]["confirmations"][0]["id"].as_u64().unwrap()
        }

        pub(super) fn confirm(&self, request: u64) {
            self.post(&format!("/api/partner/confirmations/{request}/confirm"), PARTNER, json!({}));
        }

        pub(super) fn decline(&self, request: u64, proposed: Value) {
            let decline = json!({"reason": "Rohrbruch", "proposedDateIds": proposed});
            self.post(&format!("/api/partner/confirmations/{request}/decline"), PARTNER, decline);
        }
    }
}

fn ids(dates: &Value) -> Vec<u64> {
    dates
        .as_array()
        .map(|dates| dates.iter().filter_map(|date| date["id"].as_u64()).collect())
        .unwrap_or_default()
}

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
fn mails_are_written_into_a_folder_where_one_is_set() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("server-mails");
    let _ = std::fs::remove_dir_all(&folder);
    let mut command = Command::new(env!("CARGO_BIN_EXE_server"));
    let server =
        Server::run(command.env("REBOOKING_MAIL_FOLDER", &folder).args(["--mail-from=buchung@example.com"]));
    server.decline(1, json!([]));
    assert_eq!(server.get("/demo/mails", "")["mails"], json!([]), "none is caught");
    let written: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(written.len(), 1);
    let mail = std::fs::read_to_string(&written[0]).unwrap();
    assert!(mail.contains("From: Miomente <buchung@example.com>\r\n") && mail.contains("erika@example.com"));
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

/// Two servers on one database, with the same key.
#[cfg(test)]
mod on_postgres {
    use rebooking_postgres::testing::TestDatabase;

    use super::*;

    const KEY: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    fn server(url: &str, options: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_server"));
        command.env("REBOOKING_DATABASE_URL", url).env("REBOOKING_LINK_KEY", KEY).args(options);
        command
    }

    #[tokio::test]
    async fn a_link_that_one_server_mailed_is_used_on_the_other() {
        let database = TestDatabase::empty().await.unwrap();
        let servers = [0, 1].map(|_| Server::run(&mut server(&database.url(), &[])));
        let [here, there] = &servers;
        let request = here.get("/api/partner/confirmations?status=pending", PARTNER);
        let id = request["data"]["confirmations"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["id"].as_i64().unwrap())
            .min();
        let path = format!("/api/partner/confirmations/{}/decline", id.unwrap());
        there.post(&path, PARTNER, json!({"reason": "Der Koch ist krank."}));
        // Whichever worker was first has sent the mail.
        let link = servers.iter().find_map(Server::newest_link_if_any).unwrap();
        let chosen = [here, there].map(|server| server.choose(&link, 402));
        assert_eq!(chosen[0], chosen[1], "the same choice again gives the same answer, on any server");
    }

    #[tokio::test]
    async fn migrating_alone_brings_the_database_up_to_date_and_ends() {
        let database = TestDatabase::empty().await.unwrap();
        for _ in 0..2 {
            let output = server(&database.url(), &["--migrate-only"]).output().unwrap();
            assert!(output.status.success(), "{output:?}");
            assert_eq!(String::from_utf8(output.stdout).unwrap(), "the database is up to date\n");
        }
    }
}
