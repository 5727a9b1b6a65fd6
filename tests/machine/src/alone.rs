//! One at a time: test programs run beside each other, and what they install is the same.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use crate::Trouble;

/// A place below the target folder for what is made once and kept between runs.
#[must_use]
pub fn folder() -> PathBuf {
    let program = std::env::current_exe().unwrap_or_default();
    // Cargo marks its target folder with this file, wherever it has been put.
    let target = program.ancestors().find(|folder| folder.join("CACHEDIR.TAG").exists());
    target.map_or_else(std::env::temp_dir, Path::to_path_buf).join("machine")
}

/// Waits until nobody else holds the lock of this name; it is given back with what is returned.
pub(crate) fn alone(name: &str) -> Result<File, Trouble> {
    fs::create_dir_all(folder())?;
    let lock = File::create(folder().join(format!("{name}.lock")))?;
    lock.lock()?;
    Ok(lock)
}
