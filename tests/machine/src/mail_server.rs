//! A mail server of another make (aiosmtpd) as a process of its own, which tells what it takes.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::Value;

use crate::{Python, Trouble};

/// The Python that mails are taken and read with.
pub const MAIL_TOOLS: Python = Python {
    name: "python-for-mails",
    packages: include_str!("../python/requirements.txt"),
    files_of: "",
};

/// Long enough for a machine that has much else to do. Nothing waits for it to pass.
const PATIENCE: Duration = Duration::from_secs(60);

/// How it is encrypted, and who may send.
#[derive(Clone, Debug)]
// Exhaustive: tests write it as a literal.
pub struct MailServerSettings {
    /// Its certificate, in PEM.
    pub certificate: PathBuf,
    /// The key of the certificate, in PEM.
    pub key: PathBuf,
    /// The password of the user `shop`.
    pub password: String,
    /// Encrypted from the first byte, and not by STARTTLS.
    pub implicit: bool,
}

/// A running mail server on a port of the loopback. It ends when it is dropped, and when its test
/// does.
#[derive(Debug)]
pub struct MailServer {
    process: Child,
    orders: ChildStdin,
    said: Receiver<String>,
    mails: Vec<Value>,
    port: u16,
}

impl MailServer {
    /// On a free port.
    ///
    /// # Errors
    /// When there is no Python and none can be installed, or it does not start.
    pub fn start(settings: &MailServerSettings) -> Result<Self, Trouble> {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("python/mail_server.py");
        let mut command = Command::new(MAIL_TOOLS.interpreter()?);
        command.arg(script).args([&settings.certificate, &settings.key]).arg(&settings.password);
        command.arg(if settings.implicit { "implicit" } else { "starttls" });
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let orders = process.stdin.take().ok_or("no input")?;
        let output = process.stdout.take().ok_or("no output")?;
        let (sender, said) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        let mut server = Self { process, orders, said, mails: Vec::new(), port: 0 };
        let port = server.next()?.get("port").and_then(Value::as_u64).ok_or("no port")?;
        server.port = u16::try_from(port)?;
        Ok(server)
    }

    /// Where it listens.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    fn next(&self) -> Result<Value, Trouble> {
        Ok(serde_json::from_str(&self.said.recv_timeout(PATIENCE)?)?)
    }

    /// `refuse <address>`, or `MAIL`, `RCPT`, `DATA` with the reply to the next such command.
    ///
    /// # Errors
    /// When it is gone.
    pub fn order(&mut self, order: &str) -> Result<(), Trouble> {
        writeln!(self.orders, "{order}")?;
        self.orders.flush()?;
        loop {
            let said = self.next()?;
            if said.get("heard").is_some() {
                return Ok(());
            }
            self.mails.push(said);
        }
    }

    /// Every mail that it has taken: `mail` (in Base64), `sender`, `to`, `encrypted`, `signed_in`,
    /// `peer`, and as Python reads it `subject`, `id`, and `parts` by their type. A mail is told
    /// before it is acknowledged, so it is here once it is sent.
    ///
    /// # Errors
    /// When it is gone.
    pub fn mails(&mut self) -> Result<&[Value], Trouble> {
        self.order("ping x")?;
        Ok(&self.mails)
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
