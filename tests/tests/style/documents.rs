//! What the documents lead to is there: files that they name, and pages that they link.

use std::path::{Component, Path, PathBuf};

use crate::files::{self, SourceFile};

/// From so many underscores on, a name in a document is a test's.
const WORDS_OF_A_SENTENCE: usize = 4;
/// What begins so is a table, however long its name.
const OURS: &str = "miomente_";
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// What a document names and nobody finds.
fn dead_ends(document: &SourceFile, sources: &[SourceFile]) -> Vec<String> {
    let prose = prose(&document.text);
    let links = links(&prose).filter(|link| !leads_somewhere(&document.name, link));
    let paths = named_files(&prose)
        .filter(|path| !sources.iter().any(|source| is_end_of(path, &source.name)));
    let tests = named_tests(&prose)
        .filter(|test| !sources.iter().any(|source| source.text.contains(&format!("fn {test}("))));
    let is_read = |name: &&str| {
        let quoted = format!("\"{name}\"");
        sources.iter().any(|source| source.text.contains(&quoted))
    };
    let settings = named_settings(&document.text).filter(|name| !is_read(name));
    let dead = links.chain(paths).chain(tests).chain(settings);
    dead.map(|what| format!("{}: {what}", document.name)).collect()
}

/// The lines outside of programs.
fn prose(text: &str) -> String {
    let mut prose = true;
    let lines = text.lines().filter(|line| {
        let fence = line.trim_start().starts_with("```");
        prose ^= fence;
        prose && !fence
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The targets of links, and of pictures, to files of the project.
fn links(text: &str) -> impl Iterator<Item = &str> {
    text.split("](")
        .skip(1)
        .filter_map(|rest| rest.split_once(')'))
        .map(|(target, _)| target.split('#').next().unwrap_or_default())
        .filter(|target| !target.is_empty() && !target.contains("://") && !target.contains('@'))
}

/// Words in `code` that look like the path of a source: `service/decide.rs`.
fn named_files(text: &str) -> impl Iterator<Item = &str> {
    let code = text.split('`').skip(1).step_by(2);
    code.filter(|code| {
        let extension = Path::new(code).extension().and_then(|extension| extension.to_str());
        code.contains('/')
            && !code.contains([' ', '{', '<', '$', '…', '*', ':'])
            && extension.is_some_and(|extension| ["md", "rs", "sql", "sh"].contains(&extension))
    })
}

/// Words in `code` that are the sentence of a test: `a_brand_is_no_template`.
fn named_tests(text: &str) -> impl Iterator<Item = &str> {
    let code = text.split('`').skip(1).step_by(2);
    code.filter(|code| {
        let lower = code.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        lower && code.matches('_').count() >= WORDS_OF_A_SENTENCE && !code.starts_with(OURS)
    })
}

/// Variables of the environment by their whole name, in prose and in programs alike.
fn named_settings(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| !(c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_'));
    words.filter(|word| word.starts_with("REBOOKING_") && !word.ends_with('_'))
}

fn leads_somewhere(document: &str, target: &str) -> bool {
    let folder = Path::new(document).parent().unwrap_or(Path::new(""));
    let mut path = PathBuf::from(ROOT);
    for part in folder.join(target).components() {
        match part {
            Component::ParentDir => {
                path.pop();
            }
            part => path.push(part),
        }
    }
    path.exists()
}

fn is_end_of(path: &str, file: &str) -> bool {
    file.strip_suffix(path).is_some_and(|before| before.is_empty() || before.ends_with('/'))
}

#[test]
fn every_file_and_page_that_a_document_names_is_there() {
    let sources = files::with_extension(&["md", "rs", "sql", "sh"]).unwrap();
    // What was, and is no more, is told by its old name.
    let told = ["CHANGELOG.md", "docs/upgrading-from-0.1.md"];
    let documents = sources.iter().filter(|source| source.name.ends_with(".md"));
    let documents = documents.filter(|document| !told.contains(&document.name.as_str()));

    let dead: Vec<_> = documents.flat_map(|document| dead_ends(document, &sources)).collect();

    assert!(dead.is_empty(), "{} dead ends:\n{}", dead.len(), dead.join("\n"));
}

/// The same rule on texts with a planted fault.
mod planted {
    use super::*;

    fn dead_in(text: &str) -> Vec<String> {
        let document = SourceFile { name: "docs/a.md".to_owned(), text: text.to_owned() };
        let source = SourceFile { name: "core/src/token.rs".to_owned(), text: String::new() };
        dead_ends(&document, &[source])
    }

    #[test]
    fn a_link_to_a_page_that_is_gone_is_found() {
        assert_eq!(dead_in("See [this](gone.md#part)."), ["docs/a.md: gone.md"]);
        assert!(
            dead_in("See [the readme](../README.md#try-it), [that](https://example.com/x.md).")
                .is_empty()
        );
    }

    #[test]
    fn a_file_that_was_renamed_is_found() {
        assert_eq!(dead_in("In `src/tokens.rs`."), ["docs/a.md: src/tokens.rs"]);
        assert!(dead_in("In `src/token.rs`, and ```sh\n```.").is_empty());
    }

    #[test]
    fn a_test_that_is_gone_is_found() {
        assert_eq!(dead_in("By `it_was_a_test_once`."), ["docs/a.md: it_was_a_test_once"]);
        assert!(dead_in("By `token`, `idx_rebooking_status`.").is_empty());
    }
}
