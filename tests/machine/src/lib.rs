//! What tests need of the machine that they run on: Debian's packages, Chromium, Python, a mail
//! server. Found, or installed by the first who asks.

mod alone;
mod chromium;
mod debian;
mod mail_server;
mod pgbouncer;
mod python;
mod run;

pub use alone::folder;
pub use chromium::chromium;
pub use debian::{install, is_root};
pub use mail_server::{MAIL_TOOLS, MailServer, MailServerSettings};
pub use pgbouncer::pgbouncer;
pub use python::Python;
pub use run::output;

/// Why the machine cannot have what a test needs.
pub type Trouble = Box<dyn std::error::Error + Send + Sync>;
