//! The commands that documents name can be given: packages, programs, tests and benchmarks are
//! there, and the server takes the options.

use std::path::Path;

use crate::files::{self, SourceFile};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
/// The folders of the packages.
const PACKAGES: [&str; 9] = [
    "examples",
    "rebooking-core",
    "rebooking-http",
    "rebooking-magento",
    "rebooking-odoo",
    "rebooking-postgres",
    "rebooking-smtp",
    "tests",
    "tests/machine",
];
const OF_CARGO: [&str; 8] = ["run", "test", "bench", "build", "deny", "doc", "install", "mutants"];
const OF_THE_SERVER: [&str; 4] = ["doctor", "export", "forget", "rights"];

/// Every line that stands as code in a document, fenced or in its text, each as one line.
fn code(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for (number, part) in text.split("```").enumerate() {
        if number % 2 == 1 {
            lines.extend(part.replace("\\\n", " ").lines().map(str::to_owned));
        } else {
            lines.extend(part.split('`').skip(1).step_by(2).map(|code| code.replace('\n', " ")));
        }
    }
    lines
}

/// The commands of a line, each by its words: what is said behind `#` or given to a program behind
/// `--` is no part of it, and neither are variables before it.
fn commands(line: &str) -> impl Iterator<Item = Vec<&str>> {
    let line = line.split(" #").next().unwrap_or_default();
    line.split(['|', ';']).flat_map(|part| part.split("&&")).map(|command| {
        let words = command.split_whitespace().skip_while(|word| word.starts_with("REBOOKING_"));
        words.take_while(|word| *word != "--").collect()
    })
}

/// What of a command nobody finds.
fn dead_ends(command: &[&str], server: &str) -> Vec<String> {
    match command {
        ["cargo", what, words @ ..] => {
            let unknown = (!OF_CARGO.contains(what)).then(|| format!("cargo {what}"));
            unknown.into_iter().chain(dead_targets(words)).collect()
        }
        ["server", words @ ..] => words
            .iter()
            .filter(|word| !is_taken(word, server))
            .map(|word| format!("server {word}"))
            .collect(),
        _ => Vec::new(),
    }
}

fn dead_targets(words: &[&str]) -> Vec<String> {
    let package = words.windows(2).find(|pair| pair[0] == "-p").map(|pair| pair[1]);
    let inside = |package: &&&str| Path::new(ROOT).join(package).join("Cargo.toml").exists();
    let packages: Vec<&str> = match package {
        Some(package) => [package].iter().filter(inside).copied().collect(),
        None => PACKAGES.to_vec(),
    };
    let missing = package.filter(|_| packages.is_empty()).map(|package| format!("-p {package}"));
    let dead = words.windows(2).filter(|pair| {
        let folder = match pair[0] {
            "--bin" => "src/bin",
            "--bench" => "benches",
            "--example" => "examples",
            "--test" => "tests",
            _ => return false,
        };
        !packages.iter().any(|package| has_target(package, folder, pair[1]))
    });
    missing.into_iter().chain(dead.map(|pair| pair.join(" "))).collect()
}

/// Whether a package has a target, where cargo finds it by itself or as its manifest says.
fn has_target(package: &str, folder: &str, name: &str) -> bool {
    let package = Path::new(ROOT).join(package);
    let file = package.join(folder).join(format!("{name}.rs"));
    let manifest = std::fs::read_to_string(package.join("Cargo.toml")).unwrap_or_default();
    file.exists()
        || package.join(folder).join(name).join("main.rs").exists()
        || manifest.contains(&format!("name = \"{name}\""))
}

/// Whether the server takes a word: a command of its own, or an option that its settings have.
fn is_taken(word: &str, settings: &str) -> bool {
    let Some(option) = word.strip_prefix("--") else {
        return !word.starts_with(|c: char| c.is_ascii_lowercase())
            || OF_THE_SERVER.contains(&word);
    };
    let option = option.split('=').next().unwrap_or_default();
    option == "help" || settings.contains(&format!(" {}: ", option.replace('-', "_")))
}

#[test]
fn every_command_that_a_document_names_can_be_given() {
    let sources = files::with_extension(&["md", "rs"]).unwrap();
    let of_server = |file: &&SourceFile| file.name.starts_with("examples/src/server/config");
    let settings: String =
        sources.iter().filter(of_server).map(|file| file.text.as_str()).collect();
    // What was, and is no more, is told by its old name.
    let told = ["CHANGELOG.md", "docs/upgrading-from-0.1.md"];
    let documents = sources.iter().filter(|file| file.name.ends_with(".md"));
    let documents = documents.filter(|document| !told.contains(&document.name.as_str()));
    let (mut seen, mut dead) = (0, Vec::new());
    for document in documents {
        for line in code(&document.text) {
            for command in commands(&line) {
                seen += usize::from(matches!(command[..], ["cargo" | "server", ..]));
                let found = dead_ends(&command, &settings);
                dead.extend(found.into_iter().map(|what| format!("{}: {what}", document.name)));
            }
        }
    }
    assert!(seen > 20, "only {seen} commands");
    assert!(dead.is_empty(), "{} dead ends:\n{}", dead.len(), dead.join("\n"));
}

/// The same rule on texts with a planted fault.
mod planted {
    use super::*;

    fn dead_in(text: &str) -> Vec<String> {
        let settings = "    order: Option<String>,\n    migrate_only: bool,";
        let lines = code(text);
        let commands = lines.iter().flat_map(|line| commands(line));
        commands.flat_map(|command| dead_ends(&command, settings)).collect()
    }

    #[test]
    fn what_is_not_there_is_found() {
        assert_eq!(dead_in("`cargo run -p nowhere`"), ["-p nowhere"]);
        assert_eq!(dead_in("```sh\nA=1; cargo test --test no\n```"), ["--test no"]);
        assert_eq!(dead_in("`REBOOKING_A=1 cargo run -p tests --bin no`"), ["--bin no"]);
        assert_eq!(dead_in("`server heal --orders=7`"), ["server heal", "server --orders=7"]);
    }

    #[test]
    fn what_is_there_or_is_for_somebody_else_is_not() {
        assert!(dead_in("`cargo run -p tests --bin fake-odoo -- --bin no`").is_empty());
        assert!(
            dead_in("```sh\ncargo test --test stack \\\n  faults  # --test no\n```").is_empty()
        );
        assert!(
            dead_in("`server doctor --order=7 …`, `server --migrate-only`, `a server`").is_empty()
        );
    }
}
