//! The crates of the workspace, as cargo knows them, and their files.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

use serde_json::Value;

use crate::imports::{Imports, Sources};

/// A library or a program.
pub(crate) struct Target {
    pub(crate) package: String,
    /// The file that the compiler begins with.
    pub(crate) root: PathBuf,
}

impl Target {
    pub(crate) fn imports(&self) -> Result<Imports, Box<dyn Error>> {
        let folder = self.root.parent().ok_or("a root without a folder")?;
        let mut sources = Sources::new();
        collect(folder, folder, &mut sources)?;
        let root = self.root.strip_prefix(folder)?.to_string_lossy();
        Imports::read(&sources, &root)
    }
}

/// Every library and every program of the workspace.
pub(crate) fn targets() -> Result<Vec<Target>, Box<dyn Error>> {
    let metadata = cargo(&["metadata", "--no-deps", "--format-version", "1", "--locked"])?;
    let metadata: Value = serde_json::from_str(&metadata)?;
    let packages = metadata["packages"].as_array().ok_or("no packages")?;
    Ok(packages.iter().flat_map(of_package).collect())
}

/// The library of a crate.
pub(crate) fn library(package: &str) -> Result<Target, Box<dyn Error>> {
    let found = targets()?.into_iter().find(|target| target.package == package);
    Ok(found.ok_or_else(|| format!("no library {package}"))?)
}

fn of_package(package: &Value) -> impl Iterator<Item = Target> {
    let name = package["name"].as_str().unwrap_or_default();
    let targets = package["targets"].as_array().into_iter().flatten();
    let built = targets.filter(|target| target["kind"][0] == "lib" || target["kind"][0] == "bin");
    built.map(move |target| Target {
        package: name.to_owned(),
        root: PathBuf::from(target["src_path"].as_str().unwrap_or_default()),
    })
}

/// What cargo prints. `--locked` alone: nothing is fetched that the build has fetched already.
pub(crate) fn cargo(arguments: &[&str]) -> Result<String, Box<dyn Error>> {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()?;
    if !output.status.success() {
        return Err(String::from_utf8(output.stderr)?.into());
    }
    Ok(String::from_utf8(output.stdout)?)
}

fn collect(top: &Path, folder: &Path, sources: &mut Sources) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(top, &path, sources)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.strip_prefix(top).unwrap_or(&path).to_string_lossy().into_owned();
            sources.insert(name, fs::read_to_string(&path)?);
        }
    }
    Ok(())
}
