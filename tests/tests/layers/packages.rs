//! What others take from a registry: each crate says what it is, under which licence, and what its
//! features add.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::workspace::cargo;

const PUBLISHED: usize = 7;

/// What is missing in one crate, in words.
fn missing(package: &Value) -> Result<Vec<String>, Box<dyn Error>> {
    let name = package["name"].as_str().ok_or("a package without a name")?;
    let manifest = PathBuf::from(package["manifest_path"].as_str().ok_or("no manifest")?);
    let folder = manifest.parent().ok_or("a manifest without a folder")?;
    let fields = ["description", "license", "readme", "rust_version"];
    let files = ["README.md", "LICENSE-MIT", "LICENSE-APACHE"];
    let mut missing: Vec<String> = fields
        .into_iter()
        .filter(|field| package[field].as_str().is_none_or(str::is_empty))
        .chain(files.into_iter().filter(|file| !folder.join(file).exists()))
        .map(|what| format!("{name}: {what}"))
        .collect();
    let front = front_page(&folder.join("src/lib.rs"))?;
    let features = package["features"].as_object().into_iter().flatten();
    missing.extend(
        features
            .filter(|(feature, _)| {
                *feature != "default" && !front.contains(&format!("`{feature}`"))
            })
            .map(|(feature, _)| format!("{name}: feature `{feature}` on the front page")),
    );
    Ok(missing)
}

/// The documentation that a library begins with.
fn front_page(root: &Path) -> Result<String, Box<dyn Error>> {
    let source = fs::read_to_string(root)?;
    Ok(source.lines().filter(|line| line.starts_with("//!")).collect::<Vec<_>>().join("\n"))
}

fn packages() -> Result<Vec<Value>, Box<dyn Error>> {
    let metadata = cargo(&["metadata", "--no-deps", "--format-version", "1", "--locked"])?;
    let metadata: Value = serde_json::from_str(&metadata)?;
    let all = metadata["packages"].as_array().ok_or("no packages")?;
    // `publish = false` is an empty list of registries.
    let published = all.iter().filter(|package| package["publish"] != Value::Array(vec![]));
    Ok(published.cloned().collect())
}

#[test]
fn each_published_crate_says_what_it_is_and_what_its_features_add() {
    let packages = packages().unwrap();
    let missing: Vec<_> = packages.iter().map(|one| missing(one).unwrap()).collect();

    assert_eq!(packages.len(), PUBLISHED);
    assert_eq!(missing.concat(), Vec::<String>::new());
}

#[test]
fn a_crate_without_a_licence_or_with_an_unexplained_feature_is_named() {
    let core = packages().unwrap().into_iter().find(|one| one["name"] == "rebooking-core");
    let mut core = core.unwrap();
    core["license"] = Value::Null;
    core["features"]["secret-door"] = Value::Array(vec![]);

    let missing = missing(&core).unwrap();

    let feature = "rebooking-core: feature `secret-door` on the front page";
    assert_eq!(missing, ["rebooking-core: license", feature]);
}
