//! Which programs to run, and as whom: PostgreSQL refuses to run as root.

use std::path::{Path, PathBuf};
use std::process::Command;

use machine::{install, is_root};

use super::error::SetupError;

/// Where PostgreSQL's programs are, installing them when they are nowhere.
///
/// # Errors
/// [`SetupError`] when they cannot be had.
pub fn programs() -> Result<PathBuf, SetupError> {
    if let Some(found) = find() {
        return Ok(found);
    }
    install("postgresql")?;
    find().ok_or_else(|| "PostgreSQL was installed, but its initdb is nowhere to be found".into())
}

fn find() -> Option<PathBuf> {
    let mut versions: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .collect();
    versions.sort();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let everywhere = versions.into_iter().rev().chain(std::env::split_paths(&path));
    // A link to initdb alone does not help: its neighbours are needed too.
    everywhere
        .into_iter()
        .find(|folder| folder.join("initdb").exists() && folder.join("pg_ctl").exists())
}

/// A command of the server, run by somebody who is not root.
#[must_use]
pub fn command(program: &Path) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let known =
        |name: &str| Command::new("id").arg(name).output().is_ok_and(|id| id.status.success());
    let user = if known("postgres") { "postgres" } else { "nobody" };
    let mut command = Command::new("runuser");
    command.args(["-u", user, "--"]).arg(program);
    command
}
