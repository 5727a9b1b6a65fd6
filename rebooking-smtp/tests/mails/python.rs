//! Programs of another make, in Python: made ready once, in a place of their own below the target directory.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Mutex, OnceLock, PoisonError};

const REQUIREMENTS: &str = include_str!("python/requirements.txt");

/// A script of ours.
pub(crate) fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mails/python").join(name)
}

/// Runs a script on a folder and reads the JSON that it says.
pub(crate) fn run(name: &str, folder: &Path) -> serde_json::Value {
    let output = output(Command::new(interpreter()).arg(script(name)).arg(folder));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// A Python with what `requirements.txt` names; the first to ask makes it.
pub(crate) fn interpreter() -> &'static Path {
    static READY: OnceLock<PathBuf> = OnceLock::new();
    READY.get_or_init(|| {
        let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("python");
        let (interpreter, done) = (home.join("bin/python"), home.join("requirements.txt"));
        // Written last, so that one that was cut short is made anew.
        if fs::read_to_string(&done).is_ok_and(|done| done == REQUIREMENTS) {
            return interpreter;
        }
        let _ = fs::remove_dir_all(&home);
        let make = || Command::new("python3").args(["-m", "venv"]).arg(&home).output();
        if !make().is_ok_and(|made| made.status.success()) {
            install("python3-venv");
            let _ = fs::remove_dir_all(&home);
            assert!(make().unwrap().status.success(), "python3 -m venv works once python3-venv is installed");
        }
        let mut pip = Command::new(&interpreter);
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"]);
        output(pip.arg(script("requirements.txt")));
        fs::write(&done, REQUIREMENTS).unwrap();
        interpreter
    })
}

pub(crate) fn output(command: &mut Command) -> Output {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

/// Installs a Debian package that a test needs, as root or with sudo. One at a time, and after whoever else is installing.
pub(crate) fn install(package: &str) {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _alone = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let is_root = Command::new("id").arg("-u").output().unwrap().stdout.trim_ascii() == b"0";
    for arguments in [vec!["update"], vec!["install", "-y", "--no-install-recommends", package]] {
        let arguments = [vec!["-o", "DPkg::Lock::Timeout=300"], arguments].concat();
        let mut command = Command::new(if is_root { "apt-get" } else { "sudo" });
        if !is_root {
            command.args(["-n", "apt-get"]);
        }
        output(command.env("DEBIAN_FRONTEND", "noninteractive").args(arguments));
    }
}
