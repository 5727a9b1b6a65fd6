//! Who may make a token of its parts: stores, fakes and samples. Everybody else has only its
//! transitions, since its fields are private.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

/// Where parts may be named, by the beginning of the path.
const ALLOWED: [&str; 4] = [
    "rebooking-core/src/token",
    "rebooking-core/src/memory",
    "rebooking-core/src/testing",
    "rebooking-postgres/src/row",
];

#[test]
fn a_token_is_made_of_its_parts_by_stores_alone() -> Result<(), Box<dyn Error>> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("no workspace")?;
    let mut found = Vec::new();
    for member in fs::read_dir(workspace)? {
        let sources = member?.path().join("src");
        if sources.is_dir() {
            naming(&sources, "TokenParts", &mut found)?;
        }
    }
    let path = |file: &PathBuf| {
        let inner = file.strip_prefix(workspace).unwrap_or(file);
        inner.to_string_lossy().replace('\\', "/")
    };
    let paths: Vec<_> = found.iter().map(path).collect();
    assert!(paths.iter().any(|file| file.starts_with(ALLOWED[0])), "it is looked for: {paths:?}");
    let elsewhere: Vec<_> = paths
        .iter()
        .filter(|file| !file.contains("/tests.rs"))
        .filter(|file| !ALLOWED.iter().any(|allowed| file.starts_with(allowed)))
        .collect();
    assert!(elsewhere.is_empty(), "parts of a token are named in {elsewhere:?}");
    Ok(())
}

/// Every file below a folder that has a word in it.
fn naming(folder: &Path, word: &str, found: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            naming(&path, word, found)?;
        } else if path.extension().is_some_and(|end| end == "rs")
            && fs::read_to_string(&path)?.contains(word)
        {
            found.push(path);
        }
    }
    Ok(())
}
