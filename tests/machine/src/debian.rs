//! Debian's packages.

use std::process::Command;

use crate::alone::alone;
use crate::{Trouble, output};

/// Whether this process may do everything.
#[must_use]
pub fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|id| id.stdout.trim_ascii() == b"0")
}

/// Installs a package, as root or with sudo, after whoever else is installing.
///
/// # Errors
/// When it cannot be had.
pub fn install(package: &str) -> Result<(), Trouble> {
    let _alone = alone("apt")?;
    for arguments in [vec!["update"], vec!["install", "-y", "--no-install-recommends", package]] {
        let mut command = Command::new(if is_root() { "apt-get" } else { "sudo" });
        if !is_root() {
            command.args(["-n", "apt-get"]);
        }
        command.env("DEBIAN_FRONTEND", "noninteractive").args(["-o", "DPkg::Lock::Timeout=300"]);
        output(command.args(arguments))?;
    }
    Ok(())
}
