//! Two nodes of PostgreSQL under Patroni, and what keeps their lock.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::time::Duration;

use machine::{install, output};
use rebooking_postgres::testing::{server_command, server_programs};
use serde_json::Value;
use tokio::time::timeout;

use super::config;
use super::daemon::{Daemon, children, free_port, signal, stays};
use crate::http::try_call;
use crate::process::Signal;
use crate::stack::wait::eventually;

/// One node.
pub(super) struct Node {
    /// What Patroni calls it.
    pub(super) name: &'static str,
    /// Where its PostgreSQL listens.
    pub(super) port: u16,
    /// Where its Patroni answers.
    pub(super) rest: u16,
    patroni: Option<Daemon>,
}

/// All of it; it is gone when this is dropped.
pub(super) struct Cluster {
    /// Its two nodes.
    pub(super) nodes: [Node; 2],
    folder: PathBuf,
    _etcd: Daemon,
    watch: Child,
}

impl Cluster {
    /// Starts it on free ports of the loopback, and waits until one node leads and the other
    /// follows it synchronously.
    pub(super) async fn start() -> Self {
        // Their services may start with the package, on ports of their own: nobody asks them.
        for (program, package) in [
            ("/usr/bin/etcd", "etcd-server"),
            ("/usr/lib/python3/dist-packages/etcd", "python3-etcd"),
            ("/usr/bin/patroni", "patroni"),
            ("/usr/sbin/pgbouncer", "pgbouncer"),
        ] {
            if !Path::new(program).exists() {
                install(package).unwrap();
            }
        }
        let programs = server_programs().unwrap();
        let made = output(server_command(Path::new("mktemp")).args(["-d", "--tmpdir=/tmp"]));
        let folder = String::from_utf8(made.unwrap().stdout).unwrap();
        let folder = PathBuf::from(folder.trim());
        let watch = stays(&folder);
        let etcd = free_port();
        let nodes = ["anna", "berta"].map(|name| {
            let (port, rest) = (free_port(), free_port());
            Node { name, port, rest, patroni: None }
        });
        for Node { name, port, rest, .. } in &nodes {
            let text = config::patroni(&folder, &programs, name, *port, *rest, etcd);
            fs::write(folder.join(format!("{name}.yml")), text).unwrap();
            let own = folder.join(name);
            output(server_command(Path::new("mkdir")).arg("-m700").arg(own)).unwrap();
        }
        let etcd = Daemon::start(&folder, "etcd", "/usr/bin/etcd", &config::etcd(&folder, etcd));
        let mut cluster = Self { nodes, folder, _etcd: etcd, watch };
        for node in 0..2 {
            cluster.revive(node);
        }
        cluster.settled().await;
        cluster
    }

    /// Where it keeps everything.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The address of a database that names both nodes.
    pub(super) fn url(&self, database: &str) -> String {
        let [first, second] = self.nodes.each_ref().map(|node| node.port);
        format!(
            "postgres://postgres@127.0.0.1:{first},127.0.0.1:{second}/{database}\
             ?target_session_attrs=read-write"
        )
    }

    /// Starts the Patroni of a node; it starts PostgreSQL.
    pub(super) fn revive(&mut self, node: usize) {
        let name = self.nodes[node].name;
        let config = self.folder.join(format!("{name}.yml")).display().to_string();
        let patroni = Daemon::start(&self.folder, name, "/usr/bin/patroni", &[config]);
        self.nodes[node].patroni = Some(patroni);
    }

    /// PostgreSQL of a node, all of its processes, the postmaster first.
    fn postgres(&self, node: usize) -> Vec<u32> {
        let file = self.folder.join(self.nodes[node].name).join("data/postmaster.pid");
        let text = fs::read_to_string(file).unwrap_or_default();
        let Some(postmaster) = text.lines().next().and_then(|line| line.parse().ok()) else {
            return Vec::new();
        };
        let mut all = vec![postmaster];
        all.extend(children(postmaster));
        all
    }

    /// A signal to PostgreSQL on a node. The postmaster is first, so nothing new begins meanwhile.
    pub(super) fn signal_postgres(&self, node: usize, which: Signal) {
        for number in self.postgres(node) {
            signal(number, which);
        }
        // What it began before it had the signal.
        for number in self.postgres(node) {
            signal(number, which);
        }
    }

    /// A signal to the Patroni of a node.
    pub(super) fn signal_patroni(&self, node: usize, which: Signal) {
        self.nodes[node].patroni.as_ref().unwrap().signal(which);
    }

    /// As when its machine loses power.
    pub(super) fn kill(&mut self, node: usize) {
        self.signal_patroni(node, Signal::Kill);
        self.signal_postgres(node, Signal::Kill);
        self.nodes[node].patroni = None;
    }

    /// What the Patroni of a node says of all.
    async fn members(&self, node: usize) -> Option<Vec<Value>> {
        let base = format!("http://127.0.0.1:{}", self.nodes[node].rest);
        let asked = try_call(&base, "GET", "/cluster", &[], "");
        let answer = timeout(Duration::from_secs(2), asked).await.ok()?.ok()?;
        let said: Value = serde_json::from_str(&answer.body).ok()?;
        said["members"].as_array().cloned()
    }

    /// Waits until one node leads and the other follows it synchronously; who leads.
    pub(super) async fn settled(&self) -> usize {
        eventually("a leader with a synchronous standby", async || {
            let members = match self.members(0).await {
                Some(members) => members,
                None => self.members(1).await?,
            };
            let is = |role: &str| {
                members.iter().position(|one| {
                    let up = ["running", "streaming"].map(Value::from).contains(&one["state"]);
                    one["role"] == role && up
                })
            };
            let (leader, _) = (is("leader")?, is("sync_standby")?);
            self.nodes.iter().position(|node| members[leader]["name"] == node.name)
        })
        .await
    }

    /// Waits until a node leads.
    pub(super) async fn led_by(&self, node: usize) {
        eventually("the other node leads", async || {
            let members = self.members(node).await?;
            let name = self.nodes[node].name;
            members.iter().any(|one| one["name"] == name && one["role"] == "leader").then_some(())
        })
        .await;
    }

    /// Hands the lead from one node to the other, as an operator orders it.
    pub(super) async fn switch_over(&self, from: usize, to: usize) {
        let base = format!("http://127.0.0.1:{}", self.nodes[from].rest);
        let (from, to) = (self.nodes[from].name, self.nodes[to].name);
        let body = format!(r#"{{"leader":"{from}","candidate":"{to}"}}"#);
        let json = [("content-type", "application/json")];
        let answer = try_call(&base, "POST", "/switchover", &json, &body).await.unwrap();
        assert_eq!(answer.status, 200, "{}", answer.body);
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if std::thread::panicking() {
            for Node { name, .. } in &self.nodes {
                let said = fs::read_to_string(self.folder.join(name).with_extension("log"));
                let said = said.unwrap_or_default();
                let lines: Vec<&str> = said.lines().collect();
                eprintln!("{name}:\n{}", lines[lines.len().saturating_sub(40)..].join("\n"));
            }
        }
        self.watch.stdin = None;
        drop(self.watch.wait());
    }
}

/// PgBouncer in front of one node.
pub(super) struct Pooler {
    /// Where it listens.
    pub(super) port: u16,
    folder: PathBuf,
    daemon: Daemon,
}

impl Drop for Pooler {
    fn drop(&mut self) {
        self.down();
    }
}

impl Pooler {
    /// Starts it, and waits until it listens.
    pub(super) async fn start(folder: &Path, database: u16) -> Self {
        let port = free_port();
        fs::write(folder.join("pgbouncer.ini"), config::pgbouncer(port, database)).unwrap();
        let pooler = Self { port, folder: folder.to_owned(), daemon: Self::daemon(folder) };
        pooler.listens().await;
        pooler
    }

    fn daemon(folder: &Path) -> Daemon {
        let config = folder.join("pgbouncer.ini").display().to_string();
        Daemon::start(folder, "pgbouncer", "/usr/sbin/pgbouncer", &[config])
    }

    /// Ends it at once.
    pub(super) fn down(&self) {
        self.daemon.signal(Signal::Kill);
        self.daemon.ended();
    }

    /// Starts it again.
    pub(super) async fn up(&mut self) {
        self.daemon = Self::daemon(&self.folder);
        self.listens().await;
    }

    async fn listens(&self) {
        let port = self.port;
        eventually("PgBouncer", async || {
            tokio::net::TcpStream::connect(("127.0.0.1", port)).await.ok().map(drop)
        })
        .await;
    }
}
