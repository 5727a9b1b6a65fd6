//! One throwaway server: a data folder, a socket, a port on the loopback.

use std::ffi::OsString;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, OnceLock, PoisonError};

use machine::output;

use super::error::SetupError;
use super::server_user::{command, programs};

/// A server that ends with this process, however that ends.
#[derive(Debug)]
pub struct Cluster {
    programs: PathBuf,
    folder: PathBuf,
    port: u16,
    settings: Vec<String>,
    /// Waits for the end of this process: it reads from a pipe whose other end is ours, and a
    /// process that is gone has none.
    _watch: Mutex<Child>,
}

/// How a server is stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Shutdown {
    /// Sessions are ended, what is under way is undone.
    Fast,
    /// As in a crash: the next start recovers.
    Immediate,
}

/// Tests end no machine, only processes: what the kernel has been given is safe, so nothing waits
/// for the disk.
const FOR_TESTS: [&str; 3] = ["fsync=off", "full_page_writes=off", "max_connections=120"];

impl Cluster {
    /// The one that all tests of this process share.
    ///
    /// # Errors
    /// [`SetupError`] when there is no PostgreSQL and none can be installed, or it does not start.
    pub fn shared() -> Result<&'static Self, SetupError> {
        static SHARED: OnceLock<Result<Cluster, String>> = OnceLock::new();
        let shared =
            SHARED.get_or_init(|| Self::start(&FOR_TESTS).map_err(|error| error.to_string()));
        shared.as_ref().map_err(|error| error.clone().into())
    }

    /// One for a test that stops it.
    ///
    /// # Errors
    /// As [`Cluster::shared`].
    pub fn of_its_own() -> Result<Self, SetupError> {
        Self::start(&FOR_TESTS)
    }

    /// One with the server's settings as they come, and these besides: for measuring.
    ///
    /// # Errors
    /// As [`Cluster::shared`].
    pub fn start(settings: &[&str]) -> Result<Self, SetupError> {
        let programs = programs()?;
        let mut within = OsString::from("--tmpdir=");
        within.push(std::env::temp_dir());
        // By the user that the server runs as, who must own it.
        let made = output(command(Path::new("mktemp")).arg("--directory").arg(within))?;
        let folder = PathBuf::from(String::from_utf8(made.stdout)?.trim());
        let watch = watch(&programs, &folder)?;
        output(
            command(&programs.join("initdb"))
                .args([
                    "--no-sync",
                    "--auth=trust",
                    "--username=rebooking",
                    "--encoding=UTF8",
                    "--locale=C.UTF-8",
                ])
                .arg("--pgdata")
                .arg(folder.join("data")),
        )?;
        let mut cluster = Self {
            programs,
            folder,
            port: 0,
            settings: settings.iter().map(|setting| (*setting).to_owned()).collect(),
            _watch: Mutex::new(watch),
        };
        let mut last = SetupError::from("no free port");
        for _ in 0..5 {
            cluster.port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
            match cluster.up() {
                Ok(()) => return Ok(cluster),
                // Somebody else may have taken the port meanwhile.
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    /// Starts it again after [`Cluster::down`], at the same address.
    ///
    /// # Errors
    /// [`SetupError`] with what the server said.
    pub fn up(&self) -> Result<(), SetupError> {
        let mut options = format!(
            "-p {} -k {} -c listen_addresses=127.0.0.1 -c unix_socket_permissions=0777",
            self.port,
            self.folder.display()
        );
        for setting in &self.settings {
            options.push_str(&format!(" -c {setting}"));
        }
        let mut start = self.pg_ctl();
        start.arg("start").arg("--wait").arg("--silent").arg("--log").arg(self.folder.join("log"));
        // The server keeps what it inherits: a pipe of ours would never be at its end.
        start.arg("--options").arg(options).stdout(Stdio::null()).stderr(Stdio::null());
        if start.status()?.success() {
            return Ok(());
        }
        let log = std::fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        Err(format!("PostgreSQL does not start:\n{log}").into())
    }

    /// Stops it.
    ///
    /// # Errors
    /// [`SetupError`] when it does not stop.
    pub fn down(&self, how: Shutdown) -> Result<(), SetupError> {
        let mode = match how {
            Shutdown::Fast => "fast",
            Shutdown::Immediate => "immediate",
        };
        output(self.pg_ctl().args(["stop", "--wait", "--silent", "--mode", mode])).map(|_| ())
    }

    fn pg_ctl(&self) -> Command {
        let mut pg_ctl = command(&self.programs.join("pg_ctl"));
        pg_ctl.arg("--pgdata").arg(self.folder.join("data"));
        pg_ctl
    }

    /// Where PostgreSQL's own programs are: `pgbench`, `psql`.
    #[must_use]
    pub fn program(&self, name: &str) -> PathBuf {
        self.programs.join(name)
    }

    /// The folder of its socket.
    #[must_use]
    pub fn socket(&self) -> &Path {
        &self.folder
    }

    /// Its port.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// The address of a database, by the socket.
    #[must_use]
    pub fn url(&self, database: &str) -> String {
        let folder = self.folder.display().to_string().replace('/', "%2F");
        format!("postgres://rebooking@{folder}:{}/{database}", self.port)
    }

    /// The address of a database, by TCP on the loopback.
    #[must_use]
    pub fn tcp_url(&self, database: &str) -> String {
        format!("postgres://rebooking@127.0.0.1:{}/{database}", self.port)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let watch = self._watch.get_mut().unwrap_or_else(PoisonError::into_inner);
        drop(watch.stdin.take());
        drop(watch.wait());
    }
}

/// Stops the server and removes its folder as soon as this process is gone, even by `kill -9`.
fn watch(programs: &Path, folder: &Path) -> Result<Child, SetupError> {
    const SCRIPT: &str =
        "read -r _; \"$1\" -D \"$2/data\" -m immediate stop >/dev/null 2>&1; rm -rf \"$2\"";
    Ok(command(Path::new("sh"))
        .args(["-c", SCRIPT, "sh"])
        .arg(programs.join("pg_ctl"))
        .arg(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?)
}
