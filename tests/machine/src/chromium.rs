//! Chromium.

use std::path::PathBuf;

use crate::alone::alone;
use crate::{Trouble, install};

/// Where Chromium is.
///
/// # Errors
/// When it is nowhere and cannot be installed.
pub fn chromium() -> Result<PathBuf, Trouble> {
    let _alone = alone("chromium")?;
    if let Some(found) = find() {
        return Ok(found);
    }
    install("chromium")?;
    find().ok_or_else(|| "the package chromium was installed, but there is no such program".into())
}

fn find() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let names = ["chromium", "chromium-browser", "google-chrome"];
    std::env::split_paths(&path)
        .flat_map(|folder| names.map(|name| folder.join(name)))
        .find(|program| program.exists())
}
