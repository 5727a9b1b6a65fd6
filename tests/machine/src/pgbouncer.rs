//! PgBouncer as Debian 13 has it. Debian 12's is too old to know prepared statements, so where no
//! newer one is found, Debian's own sources of it are built.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::alone::{alone, folder};
use crate::{Trouble, install, output};

/// The first version that knows prepared statements in transaction mode.
const KNOWS_STATEMENTS: (u32, u32) = (1, 21);

/// Where a PgBouncer is that knows prepared statements.
///
/// # Errors
/// When there is none and none can be built.
pub fn pgbouncer() -> Result<PathBuf, Trouble> {
    let _alone = alone("pgbouncer")?;
    let home = folder().join("pgbouncer");
    let built = home.join("pgbouncer");
    let known = [Path::new("/usr/sbin/pgbouncer"), &built];
    if let Some(found) = known.into_iter().find(|program| knows_statements(program)) {
        return Ok(found.to_owned());
    }
    drop(fs::remove_dir_all(&home));
    build(&home)?;
    knows_statements(&built).then_some(built).ok_or_else(|| "what was built is too old".into())
}

fn knows_statements(program: &Path) -> bool {
    let Ok(told) = output(Command::new(program).arg("--version")) else { return false };
    let told = String::from_utf8_lossy(&told.stdout).into_owned();
    let version = told.lines().next().and_then(|line| line.strip_prefix("PgBouncer "));
    let mut parts = version.unwrap_or_default().split('.').map_while(|part| part.parse().ok());
    matches!((parts.next(), parts.next()), (Some(major), Some(minor))
        if (major, minor) >= KNOWS_STATEMENTS)
}

/// Where this machine has Debian's packages from.
fn mirror() -> Result<String, Trouble> {
    let mut apt = Command::new("apt-get");
    apt.args(["indextargets", "--format", "$(LABEL) $(REPO_URI)", "Created-By: Packages"]);
    let told = String::from_utf8_lossy(&output(&mut apt)?.stdout).into_owned();
    let debian = told.lines().find_map(|line| line.strip_prefix("Debian "));
    Ok(debian.ok_or("this machine has no mirror of Debian")?.trim_end_matches('/').to_owned())
}

fn build(home: &Path) -> Result<(), Trouble> {
    for package in ["gcc", "make", "pkg-config", "libevent-dev"] {
        install(package)?;
    }
    // Lists of its own, so that nothing else is ever installed from there.
    fs::create_dir_all(home.join("lists/partial"))?;
    let mirror = mirror()?;
    let keys = "signed-by=/usr/share/keyrings/debian-archive-keyring.gpg";
    let sources = format!("deb-src [{keys}] {mirror} trixie main\n");
    fs::write(home.join("sources.list"), sources)?;
    let place = |name: &str| home.join(name).display().to_string();
    let options = [
        format!("Dir::Etc::sourcelist={}", place("sources.list")),
        "Dir::Etc::sourceparts=-".to_owned(),
        format!("Dir::State::lists={}", place("lists")),
        "APT::Sandbox::User=root".to_owned(),
    ];
    let apt = |arguments: &[&str]| {
        let mut apt = Command::new("apt-get");
        apt.current_dir(home).args(options.iter().flat_map(|option| ["-o", option]));
        output(apt.args(arguments))
    };
    apt(&["update"])?;
    apt(&["source", "--download-only", "pgbouncer/trixie"])?;
    const BUILD: &str = "tar xzf pgbouncer_*.orig.tar.gz --strip-components=1 && ./configure \
                         --without-openssl --without-cares && make pgbouncer";
    output(Command::new("sh").current_dir(home).args(["-c", BUILD]))?;
    Ok(())
}
