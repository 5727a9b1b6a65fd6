//! Servers as processes: the example server as it is released, and the bare one.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::bare;
use crate::cpu::memory;
use crate::ground::Ground;
use crate::http::Http;

pub const PARTNER_TOKEN: &str = "token-of-a-partner-for-benchmarks";

/// Who carries out what is committed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shop {
    /// Nobody is connected: orders wait.
    None,
    /// A shop, a support system and a mailbox in memory.
    Memory,
}

/// Builds the server as it is released.
pub fn build() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--release", "--package", "examples", "--bin", "server"]);
    let built = cargo.current_dir(root).status().unwrap();
    assert!(built.success(), "the server cannot be built");
    // target/release/deps/server-…
    let here = std::env::current_exe().unwrap();
    here.parent().and_then(Path::parent).unwrap().join("server")
}

/// One server; it is killed when it is dropped.
pub struct Server {
    child: Child,
    pub http: Http,
    pub ready_after: Duration,
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Server {
    pub async fn start(program: &Path, ground: &Ground, shop: Shop) -> Self {
        let mut command = Command::new(program);
        command.env("REBOOKING_DATABASE_URL", ground.cluster.url("load"));
        command.env("REBOOKING_DEMO", (shop == Shop::Memory).to_string());
        let mails = std::env::temp_dir().join(format!("rebooking-mails-{}", std::process::id()));
        std::fs::create_dir_all(&mails).unwrap();
        for (name, value) in [
            ("LISTEN", "127.0.0.1:0"),
            ("BASE_URL", "http://127.0.0.1:9"),
            // The key of the samples.
            ("LINK_KEY", &"07".repeat(32)),
            ("SESSION_KEY", &"09".repeat(32)),
            ("ADDRESS_LIMIT", "off"),
            ("LINK_LIMIT", "off"),
            ("LOG", "warn"),
        ] {
            command.env(format!("REBOOKING_{name}"), value);
        }
        if shop == Shop::None {
            command.env("REBOOKING_WITHOUT", "shop,helpdesk");
            command.env("REBOOKING_MAIL_FOLDER", &mails);
            command.env("REBOOKING_MAIL_FROM", "shop@example.org");
            command.env("REBOOKING_SUPPORT_TOKENS", "desk=token-of-support-for-benchmarks");
        }
        command.env("REBOOKING_PARTNER_TOKENS", format!("7={PARTNER_TOKEN}"));
        let began = Instant::now();
        let mut server = Self::spawn(&mut command);
        while server.http.get("/readyz").await.0 != 200 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        server.ready_after = began.elapsed();
        server
    }

    /// The bare server: this same program in its other role.
    pub fn bare(ground: &Ground, connections: u32) -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.arg(bare::ROLE).arg(connections.to_string()).arg(ground.cluster.url("load"));
        Self::spawn(&mut command)
    }

    /// Starts it, and waits for the line that says where it listens.
    fn spawn(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let said = lines.by_ref().map_while(Result::ok);
        let address = said
            .filter_map(|line| line.strip_prefix("listening on http://").map(str::to_owned))
            .next()
            .expect("the server says where it listens");
        // What else it says is read away, so that it never waits for us.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, http: Http::to(&address), ready_after: Duration::ZERO }
    }

    pub fn memory(&self) -> (u64, u64) {
        memory(self.child.id())
    }
}
