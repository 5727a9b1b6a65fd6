//! A host's folder of texts: read, and held against the built-in ones.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::{fs, io};

use super::super::catalogue::{Catalogues, Shape};
use super::formats::{ARGUMENTS, TOLD_APART};
use crate::value::customer::Language;

/// What is wrong with a file of a host's texts.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {what}")]
#[non_exhaustive]
pub struct LocaleFault {
    /// Its path within the folder, like `it/page.ftl`.
    pub file: String,
    /// The key and its mistake, or why the file cannot be read.
    pub what: String,
}

impl LocaleFault {
    fn new(file: impl Into<String>, what: impl ToString) -> Self {
        Self { file: file.into(), what: what.to_string() }
    }
}

/// A file of texts.
struct Source {
    language: Language,
    file: String,
    text: String,
}

/// The catalogues with all that is in a folder.
pub(super) fn catalogues(
    folder: &Path,
    mut catalogues: Catalogues,
) -> Result<Catalogues, Vec<LocaleFault>> {
    let mut faults = Vec::new();
    let (wanted, mut before) = (catalogues.shapes(Language::GERMAN), BTreeMap::new());
    let built_in: Vec<Language> = catalogues.languages().collect();
    let sources = sources(folder, &mut faults);
    for Source { language, file, text } in &sources {
        let own = Catalogues::new(&[(*language, text)]);
        faults.extend(own.unread().iter().map(|fault| LocaleFault::new(file, &fault.what)));
        for (key, shape) in own.shapes(*language) {
            faults.extend(
                mistake(&key, &shape, wanted.get(&key)).map(|it| LocaleFault::new(file, it)),
            );
            if let Some(other) = before.insert((*language, key.clone()), file) {
                faults.push(LocaleFault::new(file, format!("{key} is in {other} already")));
            }
        }
        catalogues.override_with(*language, text);
    }
    for language in catalogues.languages().filter(|language| !built_in.contains(language)) {
        let said = catalogues.shapes(language);
        let refers = said.iter().flat_map(|(key, shape)| {
            let unknown = shape.uses.iter().filter(|used| !said.contains_key(*used));
            unknown.map(move |used| format!("{key} uses {used}, which is missing"))
        });
        faults.extend(refers.map(|what| LocaleFault::new(language.to_string(), what)));
        if language.parent().is_some_and(|parent| catalogues.languages().any(|it| it == parent)) {
            continue;
        }
        let texts = wanted.keys().filter(|key| !key.starts_with('-'));
        let missing: Vec<&str> =
            texts.filter(|key| !said.contains_key(*key)).map(String::as_str).collect();
        if !missing.is_empty() {
            let some = missing.iter().take(MISSING_TOLD).copied().collect::<Vec<_>>().join(", ");
            let more = if missing.len() > MISSING_TOLD { " and more" } else { "" };
            let what = format!("{} texts are missing: {some}{more}", missing.len());
            faults.push(LocaleFault::new(language.to_string(), what));
        }
    }
    if faults.is_empty() { Ok(catalogues) } else { Err(faults) }
}

/// So many of the texts that a new language lacks are told by their keys.
const MISSING_TOLD: usize = 20;

/// What is wrong with one text, beside the built-in one of its key.
fn mistake(key: &str, found: &Shape, wanted: Option<&Shape>) -> Option<String> {
    if key.starts_with('-') || key.starts_with("own-") {
        return None;
    }
    let Some(wanted) = wanted else { return Some(format!("there is no text {key}")) };
    let is_format = key.starts_with("locale-") && !TOLD_APART.contains(&key);
    let known = |argument: &str| {
        if is_format { ARGUMENTS.contains(&argument) } else { wanted.arguments.contains(argument) }
    };
    if let Some(strange) = found.arguments.iter().find(|argument| !known(argument)) {
        return Some(format!("{key} is not given ${strange}"));
    }
    let none = BTreeSet::new();
    let strange = found.words.iter().find_map(|(argument, words)| {
        let known = wanted.words.get(argument).unwrap_or(&none);
        words.iter().find(|word| !known.contains(*word) && *word != "other")
    });
    strange.map(|word| format!("{key} is never given the word {word}"))
}

fn sources(folder: &Path, faults: &mut Vec<LocaleFault>) -> Vec<Source> {
    let mut sources = Vec::new();
    for tag in names(folder, "", faults) {
        let Ok(language) = Language::parse(&tag) else {
            faults
                .push(LocaleFault::new(tag, "a folder called by the tag of a language is needed"));
            continue;
        };
        let own = folder.join(&tag);
        for name in names(&own, &tag, faults) {
            let file = format!("{tag}/{name}");
            if !name.ends_with(".ftl") {
                faults.push(LocaleFault::new(file, "only files that end with .ftl are read"));
                continue;
            }
            match fs::read_to_string(own.join(&name)) {
                Ok(text) => sources.push(Source { language, file, text }),
                Err(error) => faults.push(LocaleFault::new(file, error)),
            }
        }
    }
    sources
}

/// What is in a folder, sorted.
fn names(folder: &Path, file: &str, faults: &mut Vec<LocaleFault>) -> Vec<String> {
    let name = |entry: io::Result<fs::DirEntry>| {
        entry.map(|entry| entry.file_name().to_string_lossy().into_owned())
    };
    let names = fs::read_dir(folder).and_then(|entries| entries.map(name).collect());
    let mut names: Vec<String> = names.unwrap_or_else(|error| {
        faults.push(LocaleFault::new(file, error));
        Vec::new()
    });
    names.retain(|name| !name.starts_with('.') && !name.ends_with('~'));
    names.sort();
    names
}
