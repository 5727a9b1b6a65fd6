//! The files of the project that people write.

use std::io;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// Not written by hand, or compared byte by byte with what a test renders.
const LEFT_OUT: [&str; 3] = [".git", "target", "expected"];

pub(crate) struct SourceFile {
    /// From the root of the project.
    pub(crate) name: String,
    pub(crate) text: String,
}

/// Every file with one of these extensions.
pub(crate) fn with_extension(extensions: &[&str]) -> io::Result<Vec<SourceFile>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut found = Vec::new();
    collect(&root, &root, extensions, &mut found)?;
    assert!(!found.is_empty(), "no file with one of {extensions:?}");
    found.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found)
}

/// One file, by its name from the root of the project.
pub(crate) fn named(name: &str) -> io::Result<SourceFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    Ok(SourceFile { name: name.to_owned(), text: fs::read_to_string(root.join(name))? })
}

fn collect(
    root: &Path,
    folder: &Path,
    extensions: &[&str],
    found: &mut Vec<SourceFile>,
) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() && !path.is_symlink() && !is_left_out(&path) {
            collect(root, &path, extensions, found)?;
        } else if path.is_file() && has_extension(&path, extensions) {
            let text = fs::read_to_string(&path)?;
            found.push(SourceFile { name: name(root, &path), text });
        }
    }
    Ok(())
}

/// What cargo builds may be in a folder of any name.
fn is_left_out(folder: &Path) -> bool {
    let built = env::var_os("CARGO_TARGET_DIR")
        .is_some_and(|target| folder.ends_with(PathBuf::from(target)));
    let named =
        folder.file_name().is_some_and(|name| LEFT_OUT.iter().any(|left_out| name == *left_out));
    built || named || folder.join("CACHEDIR.TAG").exists()
}

fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    path.extension().is_some_and(|extension| extensions.iter().any(|wanted| extension == *wanted))
}

fn name(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/")
}
