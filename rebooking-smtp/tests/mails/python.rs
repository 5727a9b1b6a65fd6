//! Programs of another make, in Python.

use std::path::{Path, PathBuf};
use std::process::Command;

use machine::{MAIL_TOOLS, output};

/// A script of ours.
pub(crate) fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mails/python").join(name)
}

/// Runs a script on a folder and reads the JSON that it says.
pub(crate) fn run(name: &str, folder: &Path) -> serde_json::Value {
    let output =
        output(Command::new(MAIL_TOOLS.interpreter().unwrap()).arg(script(name)).arg(folder))
            .unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}
