//! Which programs to run, and as whom: PostgreSQL refuses to run as root.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::SetupError;

/// Where PostgreSQL's programs are, installing them when they are nowhere.
pub(super) fn programs() -> Result<PathBuf, SetupError> {
    if let Some(found) = find() {
        return Ok(found);
    }
    install()?;
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
    everywhere.into_iter().find(|folder| folder.join("initdb").exists() && folder.join("pg_ctl").exists())
}

fn install() -> Result<(), SetupError> {
    for arguments in [vec!["update"], vec!["install", "-y", "--no-install-recommends", "postgresql"]] {
        let mut command = if is_root() {
            Command::new("apt-get")
        } else {
            let mut sudo = Command::new("sudo");
            sudo.arg("-n").arg("apt-get");
            sudo
        };
        output(command.env("DEBIAN_FRONTEND", "noninteractive").args(arguments))?;
    }
    Ok(())
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|id| id.stdout.trim_ascii() == b"0")
}

/// A command of the server, run by somebody who is not root.
pub(super) fn command(program: &Path) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let known = |name: &str| Command::new("id").arg(name).output().is_ok_and(|id| id.status.success());
    let user = if known("postgres") { "postgres" } else { "nobody" };
    let mut command = Command::new("runuser");
    command.args(["-u", user, "--"]).arg(program);
    command
}

/// Runs a command to its end.
pub(super) fn output(command: &mut Command) -> Result<Output, SetupError> {
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    if output.status.success() {
        return Ok(output);
    }
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    Err(format!("{command:?}: {}\n{said}", output.status).into())
}
