//! Programs that run as the user of the database, each known by its own process number.

use std::cell::RefCell;
use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use rebooking_postgres::testing::server_command;

use crate::process::Signal;

/// A program that runs.
pub(super) struct Daemon {
    number: u32,
    /// What started it: as root that is `runuser`, which stands still with it.
    starter: RefCell<Child>,
}

impl Daemon {
    /// Starts a program, which writes into `<name>.log`.
    pub(super) fn start(folder: &Path, name: &str, program: &str, arguments: &[String]) -> Self {
        let file = folder.join(name).with_extension("pid");
        drop(fs::remove_file(&file));
        let [said, wrong] = log(folder, name);
        let starter = server_command(Path::new("sh"))
            .args(["-c", "echo $$ >\"$1.new\"; mv \"$1.new\" \"$1\"; shift; exec \"$@\"", "sh"])
            .arg(&file)
            .arg(program)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(said)
            .stderr(wrong)
            .spawn()
            .unwrap();
        let mut daemon = Self { number: 0, starter: RefCell::new(starter) };
        for _ in 0..500 {
            let number = fs::read_to_string(&file).ok().and_then(|text| text.trim().parse().ok());
            if let Some(number) = number {
                daemon.number = number;
                return daemon;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("{program} does not start");
    }

    /// A signal to it and no other.
    pub(super) fn signal(&self, which: Signal) {
        signal(self.number, which);
        if which == Signal::Continue {
            signal(self.starter.borrow().id(), which);
        }
    }

    /// Waits for its end.
    pub(super) fn ended(&self) {
        drop(self.starter.borrow_mut().wait());
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        // One that has ended is not left behind as a number; one that runs the watch ends.
        drop(self.starter.borrow_mut().try_wait());
    }
}

/// A signal to one process, which may be gone.
pub(super) fn signal(number: u32, which: Signal) {
    let sent = Command::new("kill")
        .args(["-s", which.name(), &number.to_string()])
        .stderr(Stdio::null())
        .status();
    drop(sent);
}

/// The children of a process.
pub(super) fn children(number: u32) -> Vec<u32> {
    let listed = Command::new("ps").args(["-o", "pid=", "--ppid", &number.to_string()]).output();
    let listed = String::from_utf8(listed.unwrap().stdout).unwrap();
    listed.lines().filter_map(|line| line.trim().parse().ok()).collect()
}

/// Ends whatever runs in a folder, and removes it, when this process ends, however it does: it
/// waits at a pipe whose other end is ours. A number is believed only while its program was started
/// with this folder.
pub(super) fn stays(folder: &Path) -> Child {
    const SCRIPT: &str = r#"read -r _
        for file in "$1"/*.pid "$1"/*/data/postmaster.pid; do
            number=$(head -n 1 "$file" 2>/dev/null) || continue
            if tr '\0' ' ' <"/proc/$number/cmdline" 2>/dev/null | grep -q -F "$1"; then
                parent=$(ps -o ppid= -p "$number")
                kill -s KILL "$number"
                kill -s CONT "$number" $parent 2>/dev/null
            fi
        done
        for _ in 1 2 3 4 5 6 7 8 9 10; do rm -rf "$1" && break; sleep 1; done"#;
    server_command(Path::new("sh"))
        .args(["-c", SCRIPT, "sh"])
        .arg(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// A port that is free now.
pub(super) fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}

/// Where what a program says goes.
fn log(folder: &Path, name: &str) -> [Stdio; 2] {
    let path = folder.join(format!("{name}.log"));
    let file = fs::OpenOptions::new().create(true).append(true).open(path).unwrap();
    [file.try_clone().unwrap().into(), file.into()]
}
