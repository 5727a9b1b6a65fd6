//! Programs of another make, in Python.

use std::path::{Path, PathBuf};
use std::process::Command;

use machine::{Python, output};

const PYTHON: Python = Python {
    name: "python-for-mails",
    packages: include_str!("python/requirements.txt"),
    files_of: "",
};

/// A script of ours.
pub(crate) fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mails/python").join(name)
}

/// Runs a script on a folder and reads the JSON that it says.
pub(crate) fn run(name: &str, folder: &Path) -> serde_json::Value {
    let output = output(Command::new(interpreter()).arg(script(name)).arg(folder)).unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

/// A Python with what `requirements.txt` names.
pub(crate) fn interpreter() -> PathBuf {
    PYTHON.interpreter().unwrap()
}
