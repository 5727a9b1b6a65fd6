//! The shell that carries out what documents say, with the programs that they name.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use rebooking_postgres::testing::server_programs;
use tests::process::program;

use crate::blocks::Block;

/// `server`: what runs until it is stopped is stopped once it listens.
const SERVER: &str = r#"#!/bin/bash
case " $* " in
*" --address-from-stdin "*) exec "$SERVER" "$@" <"$INPUT" ;;
*" doctor "* | *" export "* | *" forget "* | *" rights "* | *" --migrate-only "* | *" --help "*)
  exec "$SERVER" "$@" ;;
esac
coproc RUNNING { REBOOKING_LISTEN=127.0.0.1:0 exec "$SERVER" "$@"; }
pid=$RUNNING_PID
exec 3<&"${RUNNING[0]}"
while read -r line <&3; do
  case "$line" in "listening on "*) listens=yes; break ;; esac
done
kill -s TERM "$pid"
cat <&3 >/dev/null
wait "$pid" && [ "$listens" = yes ]
"#;

/// `cargo run`: what it would build first is built already.
const CARGO: &str = r#"#!/bin/bash
[ "$1" = run ] || exit 1
shift
name=server
while [ $# -gt 0 ]; do
  case "$1" in
  --bin) name="$2"; shift 2 ;;
  -p) shift 2 ;;
  --) shift; break ;;
  *) exit 1 ;;
  esac
done
[ "$name" = server ] && exec server "$@"
exec "$PROGRAMS/$name" "$@"
"#;

/// `curl`: an answer that refuses is a failure.
const CURL: &str = "#!/bin/sh\nexec \"$CURL\" --fail-with-body \"$@\"\n";

/// A shell with an environment of its own, and a folder that is gone with it.
pub(crate) struct Shell {
    pub(crate) folder: PathBuf,
    pub(crate) environment: BTreeMap<String, String>,
    /// What documents say, and what it is here.
    pub(crate) here: Vec<(&'static str, String)>,
    /// What people type.
    pub(crate) typed: String,
}

impl Drop for Shell {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.folder));
    }
}

impl Shell {
    /// With these settings of the server.
    pub(crate) fn new(settings: BTreeMap<String, String>) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = machine::folder().join(format!("shell-{}-{number}", std::process::id()));
        fs::create_dir_all(folder.join("bin")).unwrap();
        fs::create_dir_all(folder.join("etc")).unwrap();
        for (name, script) in [("server", SERVER), ("cargo", CARGO), ("curl", CURL)] {
            let path = folder.join("bin").join(name);
            fs::write(&path, script).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        }
        let etc = folder.join("etc").display().to_string();
        let here = vec![("/etc/rebooking", etc)];
        Self { folder, environment: settings, here, typed: String::new() }
    }

    /// Carries out commands, each of which must succeed; what they say.
    pub(crate) async fn carries_out(&self, blocks: &[Block]) -> String {
        let mut script = "set -euo pipefail\nset -a\n".to_owned();
        for block in blocks {
            script.push_str(&self.as_here(&block.commands));
            // Settings say nothing by themselves.
            if block.commands.lines().all(is_setting) {
                script.push_str("server doctor\n");
            }
        }
        let mut command = self.command();
        command.args(["-c", &script]);
        let ended = tokio::task::spawn_blocking(move || command.output()).await.unwrap().unwrap();
        let (said, log) =
            (String::from_utf8_lossy(&ended.stdout), String::from_utf8_lossy(&ended.stderr));
        assert!(ended.status.success(), "{}\n{script}\n{said}\n{log}", ended.status);
        said.into_owned()
    }

    fn as_here(&self, commands: &str) -> String {
        let replaced = |text: String, (there, here): &(&str, String)| text.replace(there, here);
        self.here.iter().fold(commands.to_owned(), replaced)
    }

    fn command(&self) -> Command {
        let input = self.folder.join("input");
        fs::write(&input, &self.typed).unwrap();
        let server = program("demo-server");
        let mut path = OsString::from(self.folder.join("bin"));
        path.push(":");
        path.push(server_programs().unwrap());
        path.push(":");
        path.push(std::env::var_os("PATH").unwrap());
        let mut command = Command::new("bash");
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("REBOOKING_") {
                command.env_remove(name);
            }
        }
        command
            .current_dir(&self.folder)
            .envs(&self.environment)
            .env("PATH", path)
            .env("CURL", found("curl"))
            .env("PROGRAMS", server.parent().unwrap())
            .env("SERVER", &server)
            .env("INPUT", &input)
            .stdin(Stdio::from(fs::File::open(input).unwrap()));
        command
    }
}

/// Whether a line sets a variable of the server's and does nothing else.
fn is_setting(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let first = words.next().unwrap_or("#");
    let sets = first.starts_with("REBOOKING_") && words.next().is_none_or(|word| word == "#");
    sets || first == "#"
}

/// Where a program is, which is installed where it is not.
pub(crate) fn found(name: &str) -> PathBuf {
    let find = || {
        let path = std::env::var_os("PATH").unwrap();
        std::env::split_paths(&path).map(|folder| folder.join(name)).find(|path| path.is_file())
    };
    find().unwrap_or_else(|| {
        machine::install(name).unwrap();
        find().unwrap()
    })
}

#[tokio::test]
#[should_panic(expected = "exit status: 1")]
async fn a_command_that_fails_is_not_passed_over() {
    let commands = "true\nfalse | true\ntrue\n".to_owned();
    let block = Block { heading: String::new(), commands };
    Shell::new(BTreeMap::new()).carries_out(&[block]).await;
}
