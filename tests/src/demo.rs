//! The example server as a process of its own, on a free port, with what it says and logs.

use std::collections::BTreeMap;
use std::path::Path;

use crate::http::{Answer, call};
use crate::process::Process;

/// A running example server; it ends when it is dropped.
pub struct Demo {
    /// `http://127.0.0.1:…`
    pub base: String,
    process: Process,
}

impl Demo {
    /// Starts it with the settings of these variables, and waits until it says where it listens.
    pub async fn start(program: &Path, settings: &[(&str, &str)]) -> Self {
        let settings = settings.iter().chain(&[("REBOOKING_LISTEN", "127.0.0.1:0")]);
        let settings: BTreeMap<_, _> =
            settings.map(|&(name, value)| (name.to_owned(), value.to_owned())).collect();
        let process = Process::start(program, &[], &settings);
        let base = process.says("URL=").await;
        // Its greeting must have a reader to its end.
        process.let_it_talk();
        Self { base, process }
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
        self.process.log()
    }
}
