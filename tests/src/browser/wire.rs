//! The connection to Chromium: its DevTools protocol over a pair of pipes, each message JSON with a
//! zero byte behind it.
//!
//! Small, and so our own: the crates for it do not read their own messages once `serde_json` keeps
//! numbers as they are written, which this workspace needs for amounts, and the typed protocol
//! takes minutes to compile.

use std::collections::HashMap;
use std::path::Path;
use std::process::Stdio;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::sync::{Mutex as AsyncMutex, oneshot};
use tokio::time::timeout;

/// Only a browser that hangs takes as long.
pub(super) const PATIENCE: Duration = Duration::from_secs(60);

/// Hears what happens on one page.
pub(super) trait Listener: Send + Sync {
    fn heard(&self, method: &str, what: &Value);
}

/// A browser at the other end; it ends with this.
pub(super) struct Wire {
    to: AsyncMutex<ChildStdin>,
    next: AtomicU64,
    shared: Arc<Shared>,
    _process: Child,
}

#[derive(Default)]
struct Shared {
    waiting: Mutex<HashMap<u64, oneshot::Sender<Value>>>,
    listeners: Mutex<HashMap<String, Arc<dyn Listener>>>,
}

impl Wire {
    /// Starts a browser. It reads from its third file and writes to its fourth; a shell puts our
    /// pipes there.
    pub(super) fn start(program: &Path, options: &[String]) -> Self {
        let mut process = Command::new("sh")
            .args(["-c", r#"exec "$0" "$@" 3<&0 4>&1 </dev/null >/dev/null"#])
            .arg(program)
            .args(options)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let (to, from) = (process.stdin.take().unwrap(), process.stdout.take().unwrap());
        let shared = Arc::new(Shared::default());
        tokio::spawn(listen(from, shared.clone()));
        Self { to: AsyncMutex::new(to), next: AtomicU64::new(1), shared, _process: process }
    }

    /// Has a page's events heard from now on.
    pub(super) fn hear(&self, session: &str, listener: Arc<dyn Listener>) {
        self.shared.listeners.lock().unwrap().insert(session.to_owned(), listener);
    }

    /// Has one thing done, by the browser itself or by one of its pages.
    pub(super) async fn call(
        &self,
        session: Option<&str>,
        method: &str,
        parameters: Value,
    ) -> Value {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        let mut message = json!({"id": id, "method": method, "params": parameters});
        if let Some(session) = session {
            message["sessionId"] = json!(session);
        }
        let (answered, answer) = oneshot::channel();
        self.shared.waiting.lock().unwrap().insert(id, answered);
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        self.to.lock().await.write_all(&bytes).await.unwrap();
        let answer =
            timeout(PATIENCE, answer).await.unwrap_or_else(|_| panic!("{method} is not answered"));
        let mut answer =
            answer.unwrap_or_else(|_| panic!("the browser ended before it answered {method}"));
        assert!(answer.get("error").is_none(), "{method}: {}", answer["error"]);
        answer["result"].take()
    }
}

async fn listen(from: ChildStdout, shared: Arc<Shared>) {
    let (mut from, mut bytes) = (BufReader::new(from), Vec::new());
    while from.read_until(0, &mut bytes).await.is_ok_and(|read| read > 0) {
        bytes.pop();
        let message: Value = serde_json::from_slice(&bytes).unwrap();
        bytes.clear();
        if let Some(id) = message["id"].as_u64() {
            let waiting = shared.waiting.lock().unwrap().remove(&id);
            waiting.map(|waiting| waiting.send(message));
        } else if let (Some(session), Some(method)) =
            (message["sessionId"].as_str(), message["method"].as_str())
        {
            let listener = shared.listeners.lock().unwrap().get(session).cloned();
            listener.into_iter().for_each(|listener| listener.heard(method, &message["params"]));
        }
    }
    // Whoever still waits is told by the end of the channel.
    shared.waiting.lock().unwrap().clear();
}
