//! A running server, and how it is called.

use std::io::{BufRead as _, BufReader, Read, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Mutex, mpsc};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use crate::PARTNER;

/// Long enough for a machine that has much else to do. Nothing waits for it to pass.
pub(crate) const PATIENCE: Duration = Duration::from_secs(120);

/// The server's program with an environment of its own, on a free port.
pub(crate) fn command(options: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_server"));
    let settings = std::env::vars_os().map(|(name, _)| name);
    for name in settings.filter(|name| name.to_string_lossy().starts_with("REBOOKING_")) {
        command.env_remove(name);
    }
    command.env("REBOOKING_LISTEN", "127.0.0.1:0").args(options);
    command
}

/// What it says and what it logs must have a reader to its end.
fn read_on(from: impl Read + Send + 'static) -> mpsc::Receiver<String> {
    let (said, lines) = mpsc::channel();
    let from = BufReader::new(from).lines();
    thread::spawn(move || from.map_while(Result::ok).for_each(|line| drop(said.send(line))));
    lines
}

/// A server on its way up.
pub(crate) struct Starting {
    process: Child,
    lines: mpsc::Receiver<String>,
    log: mpsc::Receiver<String>,
}

/// A running server, which ends with the test.
pub(crate) struct Server {
    process: Child,
    pub(crate) address: String,
    lines: Mutex<mpsc::Receiver<String>>,
    log: Mutex<mpsc::Receiver<String>>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

impl Starting {
    pub(crate) fn run(command: &mut Command) -> Self {
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let lines = read_on(process.stdout.take().unwrap());
        let log = read_on(process.stderr.take().unwrap());
        Self { process, lines, log }
    }

    /// Waits until it says where it listens.
    pub(crate) fn up(self) -> Server {
        self.up_at("listening on http://")
    }

    /// The same, where it says so by these words.
    pub(crate) fn up_at(self, says: &str) -> Server {
        let mut server = Server {
            process: self.process,
            address: String::new(),
            lines: Mutex::new(self.lines),
            log: Mutex::new(self.log),
        };
        server.address = server.said(says);
        server
    }
}

impl Server {
    /// The demo in memory.
    pub(crate) fn start() -> Self {
        Self::run(&mut command(&[]))
    }

    pub(crate) fn run(command: &mut Command) -> Self {
        Starting::run(command).up()
    }

    /// What follows in the next line that begins like this.
    pub(crate) fn said(&self, begin: &str) -> String {
        loop {
            let line = self.lines.lock().unwrap().recv_timeout(PATIENCE).expect("it says more");
            if let Some(rest) = line.strip_prefix(begin) {
                return rest.to_owned();
            }
        }
    }

    /// The next line of the log that has this in it.
    pub(crate) fn logged(&self, part: &str) -> String {
        loop {
            let line = self.log.lock().unwrap().recv_timeout(PATIENCE).expect("it says more");
            if line.contains(part) {
                return line;
            }
        }
    }

    pub(crate) fn get(&self, path: &str, token: &str) -> Value {
        self.call("GET", path, token, "")
    }

    pub(crate) fn post(&self, path: &str, token: &str, body: Value) -> Value {
        self.call("POST", path, token, &body.to_string())
    }

    fn call(&self, method: &str, path: &str, token: &str, body: &str) -> Value {
        let headers = format!(
            "accept: application/json\r\nauthorization: Bearer {token}\r\ncontent-type: \
             application/json\r\n"
        );
        let (head, body) = self.send(method, path, &headers, body);
        assert!(head.starts_with("HTTP/1.1 200 "), "{method} {path}: {head}\n{body}");
        serde_json::from_str(&body).unwrap()
    }

    /// What a browser gets.
    pub(crate) fn page(&self, path: &str) -> String {
        let (head, body) =
            self.send("GET", path, "accept: text/html,application/xhtml+xml\r\n", "");
        assert!(head.starts_with("HTTP/1.1 200 "), "{path}: {head}\n{body}");
        body
    }

    /// Head and body of an answer, whatever it is. Each header ends with its line.
    pub(crate) fn send(
        &self,
        method: &str,
        path: &str,
        headers: &str,
        body: &str,
    ) -> (String, String) {
        let mut stream = self.connect();
        let (address, length) = (&self.address, body.len());
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\nuser-agent: \
             test\r\n{headers}\
             content-length: {length}\r\n\r\n"
        );
        stream.write_all(format!("{head}{body}").as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head.to_owned(), body.to_owned())
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// The path of the newest link, as the newest mail with one has it.
    pub(crate) fn newest_link(&self) -> String {
        self.newest_link_if_any().unwrap()
    }

    /// The same where another server may have sent the mail.
    pub(crate) fn newest_link_if_any(&self) -> Option<String> {
        let mails = self.get("/demo/mails", "")["mails"].take();
        let link = mails.as_array().unwrap().iter().rev().find_map(|mail| mail["link"].as_str());
        link.map(|link| link.strip_prefix(&format!("http://{}", self.address)).unwrap().to_owned())
    }

    pub(crate) fn choose(&self, link: &str, date: u32) -> Value {
        let choice = json!({"selectedDateId": date, "customerEmail": "erika@example.com"});
        let chosen = self.post(link, "", choice);
        // Looking for mails waits until the order is made.
        self.get("/demo/mails", "");
        chosen
    }

    pub(crate) fn newest_request(&self) -> u64 {
        let requests = self.get("/api/partner/confirmations?status=pending", PARTNER);
        requests["data"]["confirmations"][0]["id"].as_u64().unwrap()
    }

    pub(crate) fn confirm(&self, request: u64) {
        self.post(&format!("/api/partner/confirmations/{request}/confirm"), PARTNER, json!({}));
    }

    pub(crate) fn decline(&self, request: u64, proposed: Value) {
        let decline = json!({"reason": "Rohrbruch", "proposedDateIds": proposed});
        self.post(&format!("/api/partner/confirmations/{request}/decline"), PARTNER, decline);
    }

    /// Sends it a signal by its name, `TERM` say.
    pub(crate) fn signal(&self, name: &str) {
        let sent =
            Command::new("kill").args(["-s", name]).arg(self.process.id().to_string()).status();
        assert!(sent.unwrap().success());
    }

    /// Waits for its end.
    pub(crate) fn ended(&mut self) -> ExitStatus {
        eventually(|| self.process.try_wait().unwrap())
    }
}

/// Looks again and again until there is something.
pub(crate) fn eventually<T>(mut look: impl FnMut() -> Option<T>) -> T {
    const PAUSE: Duration = Duration::from_millis(50);
    for _ in 0..PATIENCE.as_millis() / PAUSE.as_millis() {
        if let Some(found) = look() {
            return found;
        }
        thread::sleep(PAUSE);
    }
    panic!("it never came")
}
