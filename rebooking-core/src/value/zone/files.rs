//! The machine's zone files (TZif, RFC 9636), as every system keeps them.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;

/// Where systems keep them.
const USUAL: [&str; 4] =
    ["/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo"];

/// The folder of the machine's zone files: the one that is named, or a usual one.
pub(super) fn folder(named: Option<PathBuf>) -> Option<PathBuf> {
    named.into_iter().chain(USUAL.map(PathBuf::from)).find(|folder| folder.is_dir())
}

/// The version that the files say they are of: in the first line of their text form, as Debian, Red
/// Hat and Alpine have it, or in a file of its own, as BSD and macOS.
pub(super) fn version(folder: &Path) -> Option<String> {
    let first_line = |name: &str| {
        let mut line = String::new();
        let file = File::open(folder.join(name)).ok()?.take(100);
        BufReader::new(file).read_line(&mut line).ok()?;
        Some(line)
    };
    let text_form = first_line("tzdata.zi");
    let named = text_form.as_deref().and_then(|line| line.strip_prefix("# version "));
    let alone = || first_line("+VERSION").or_else(|| first_line("VERSION"));
    let version = named.map(str::to_owned).or_else(alone)?;
    let version = version.trim();
    let is_one = version.len() < 20 && version.starts_with(|first: char| first.is_ascii_digit());
    is_one.then(|| version.to_owned())
}

/// The rules of a zone; none where there is no such file, or where it holds none.
pub(super) fn rules(folder: &Path, name: &str) -> Option<TimeZone> {
    if !is_plain(name) {
        return None;
    }
    let bytes = fs::read(folder.join(name)).ok()?;
    let read = TimeZone::tzif(name, &bytes);
    read.inspect_err(|_| tracing::warn!(zone = name, "a zone file of the machine's is broken")).ok()
}

/// Whether a name leads nowhere but into the folder, and to one of its zones: `right` has the same
/// ones with leap seconds, `posix` a copy.
fn is_plain(name: &str) -> bool {
    let is_part = |part: &str| {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_+-".contains(&byte);
        part.starts_with(|first: char| first.is_ascii_uppercase()) && part.bytes().all(plain)
    };
    name.len() <= 64 && name.split('/').all(is_part)
}
