//! A program as a process of its own: what it says, what it logs, and the signals that it gets.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt as _, AsyncRead, BufReader};
use tokio::process::{Child, ChildStdout, Command};
use tokio::sync::Mutex as AsyncMutex;

/// A running program; it ends when this is dropped.
#[derive(Debug)]
pub struct Process {
    child: Child,
    said: Arc<AsyncMutex<tokio::io::Lines<BufReader<ChildStdout>>>>,
    log: Arc<Mutex<String>>,
}

/// What a process is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// End, in order.
    Term,
    /// End at once.
    Kill,
    /// Stand still.
    Stop,
    /// Go on.
    Continue,
}

impl Signal {
    /// As `kill -s` knows it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Term => "TERM",
            Self::Kill => "KILL",
            Self::Stop => "STOP",
            Self::Continue => "CONT",
        }
    }
}

/// A program of this package, which cargo has built beside its tests.
#[must_use]
pub fn program(name: &str) -> PathBuf {
    let here = std::env::current_exe().unwrap();
    let beside = here.ancestors().map(|folder| folder.join(name)).find(|path| path.is_file());
    beside.unwrap_or_else(|| panic!("{name} is not built: cargo build -p tests --bins"))
}

impl Process {
    /// Starts it with these variables and none of the server's own that are set here. Its input
    /// stays open until it is dropped.
    #[must_use]
    pub fn start(program: &Path, arguments: &[&str], settings: &BTreeMap<String, String>) -> Self {
        let mut command = Command::new(program);
        let names = std::env::vars_os().map(|(name, _)| name);
        for name in names.filter(|name| name.to_string_lossy().starts_with("REBOOKING_")) {
            command.env_remove(name);
        }
        let mut child = command
            .args(arguments)
            .envs(settings)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let log = Arc::new(Mutex::new(String::new()));
        tokio::spawn(keep(child.stderr.take().unwrap(), log.clone()));
        let said = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, said: Arc::new(AsyncMutex::new(said)), log }
    }

    /// By which number the system knows it.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id().unwrap()
    }

    /// What follows in the next line that begins like this.
    pub async fn says(&self, begin: &str) -> String {
        let mut said = self.said.lock().await;
        loop {
            let line = said.next_line().await.unwrap();
            let Some(line) = line else { panic!("it does not start: {}", self.log()) };
            if let Some(rest) = line.strip_prefix(begin) {
                return rest.to_owned();
            }
        }
    }

    /// What it goes on to say has a reader to its end, and nobody cares.
    pub fn let_it_talk(&self) {
        let said = self.said.clone();
        tokio::spawn(async move { while let Ok(Some(_)) = said.lock().await.next_line().await {} });
    }

    /// Sends a signal to this process and no other.
    pub async fn signal(&self, signal: Signal) {
        // Without a number it has ended already.
        let Some(number) = self.child.id() else { return };
        let sent =
            Command::new("kill").args(["-s", signal.name()]).arg(number.to_string()).status().await;
        assert!(sent.unwrap().success(), "SIG{} to {number}", signal.name());
    }

    /// Waits for its end.
    pub async fn ended(&mut self) -> ExitStatus {
        self.child.wait().await.unwrap()
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
