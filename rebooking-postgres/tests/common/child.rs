//! Half of a test in a process of its own: this same program, told by its environment what to be.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, Command, Stdio};

const ROLE: &str = "REBOOKING_TEST_ROLE";
const URL: &str = "REBOOKING_TEST_URL";
const MARK: &str = "::";

/// What this process is, when a test has started it: its role, and the database.
pub fn role() -> Option<(String, String)> {
    Some((std::env::var(ROLE).ok()?, std::env::var(URL).ok()?))
}

/// Says something to the test that started this process.
pub fn say(line: impl std::fmt::Display) {
    // The harness prints to the same place, so what is meant for the parent is marked, and begins
    // its own line.
    println!("\n{MARK}{line}");
    std::io::stdout().flush().unwrap();
}

/// Waits until the test that started this process says something.
pub fn hear() -> String {
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).unwrap();
    line.trim().to_owned()
}

/// A process with a role.
pub struct Player {
    child: Child,
    lines: std::io::Lines<BufReader<std::process::ChildStdout>>,
}

impl Player {
    /// Starts it: it runs the test `child` of the calling file, which has nothing to do where
    /// nobody starts it.
    pub fn start(role: &str, url: &str) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "child", "--nocapture", "--test-threads=1"])
            .env(ROLE, role)
            .env(URL, url)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, lines }
    }

    /// The next thing that it says; `None` when it has ended.
    pub fn hear(&mut self) -> Option<String> {
        self.lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| line.strip_prefix(MARK).map(str::to_owned))
    }

    /// Tells it something.
    pub fn say(&mut self, line: &str) {
        writeln!(self.child.stdin.as_mut().unwrap(), "{line}").unwrap();
    }

    /// Everything that it still says, once it has ended well.
    pub fn finish(mut self) -> Vec<String> {
        drop(self.child.stdin.take());
        let said: Vec<String> = std::iter::from_fn(|| self.hear()).collect();
        assert!(self.child.wait().unwrap().success(), "a player failed");
        said
    }

    /// Ends it without a word: `kill -9`. Returns what it had said and nobody had heard.
    pub fn kill(mut self) -> Vec<String> {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        std::iter::from_fn(|| self.hear()).collect()
    }
}
