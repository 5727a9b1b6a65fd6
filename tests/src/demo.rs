//! The example server as a process of its own, on a free port, with what it says and logs.

use std::path::Path;
use std::process::Stdio;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt as _, AsyncRead, BufReader};
use tokio::process::{Child, Command};

use crate::http::{Answer, call};

/// A running example server; it ends when it is dropped.
pub struct Demo {
    /// `http://127.0.0.1:…`
    pub base: String,
    log: Arc<Mutex<String>>,
    _process: Child,
}

impl Demo {
    /// Starts it with the settings of these variables, and waits until it says where it listens.
    pub async fn start(program: &Path, settings: &[(&str, &str)]) -> Self {
        let mut process = Command::new(program)
            .env("REBOOKING_LISTEN", "127.0.0.1:0")
            .envs(settings.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let log = Arc::new(Mutex::new(String::new()));
        tokio::spawn(keep(process.stderr.take().unwrap(), log.clone()));
        let mut said = BufReader::new(process.stdout.take().unwrap()).lines();
        let base = loop {
            let line = said.next_line().await.unwrap();
            let Some(line) = line else { panic!("it does not start: {}", log.lock().unwrap()) };
            if let Some(base) = line.strip_prefix("URL=") {
                break base.to_owned();
            }
        };
        // Its greeting must have a reader to its end.
        tokio::spawn(async move { while let Ok(Some(_)) = said.next_line().await {} });
        Self { base, log, _process: process }
    }

    /// Asks it for something, as whom a token stands for; nobody's is empty.
    pub async fn call(&self, method: &str, path: &str, token: &str, json: &str) -> Answer {
        let bearer = format!("Bearer {token}");
        let mut headers =
            vec![("accept", "application/json"), ("content-type", "application/json")];
        headers.extend((!token.is_empty()).then_some(("authorization", bearer.as_str())));
        call(&self.base, method, path, &headers, json).await
    }

    /// The paths of all links that have been mailed so far, oldest first: customers' and partners'.
    pub async fn mailed(&self) -> Vec<String> {
        let mails = self.call("GET", "/demo/mails", "", "").await.json();
        let pages =
            mails["mails"].as_array().unwrap().iter().filter_map(|mail| mail["page"].as_str());
        pages.map(|page| page.strip_prefix(&self.base).unwrap().to_owned()).collect()
    }

    /// All that it has logged so far.
    #[must_use]
    pub fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }
}

async fn keep(from: impl AsyncRead + Unpin, log: Arc<Mutex<String>>) {
    let mut lines = BufReader::new(from).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        let mut log = log.lock().unwrap();
        log.push_str(&line);
        log.push('\n');
    }
}
