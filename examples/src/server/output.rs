//! What the program says on its standard output, which whoever reads it may close.

use std::fmt::Display;
use std::io::{self, ErrorKind, Write as _};

/// Writes a text and the end of its line. A reader who has gone, as `head` does, has read enough.
///
/// # Errors
/// Whatever else keeps it from being written: a full disk, say.
pub(crate) fn say(text: impl Display) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match writeln!(out, "{text}").and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        said => said,
    }
}
