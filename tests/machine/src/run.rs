//! Programs of others, run to their end.

use std::process::{Command, Output};

use crate::Trouble;

/// Runs a command to its end.
///
/// # Errors
/// When it cannot be run, or says that it failed; then with what it wrote.
pub fn output(command: &mut Command) -> Result<Output, Trouble> {
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    if output.status.success() {
        return Ok(output);
    }
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    Err(format!("{command:?}: {}\n{said}", output.status).into())
}
