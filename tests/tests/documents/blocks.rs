//! The blocks of commands in the documents, and which commands nobody carries out here.

use std::path::Path;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// Documents with commands, each of which a test of this folder carries out.
const CARRIED_OUT: [&str; 9] = [
    "CONTRIBUTING.md",
    "README.md",
    "docs/events.md",
    "docs/magento.md",
    "docs/odoo.md",
    "docs/operations.md",
    "docs/performance.md",
    "docs/personal-data.md",
    "docs/testing.md",
];

/// What begins like this is not carried out, and why. That it could be, by its names, is looked up
/// in `style/commands.rs`.
const LEFT_OUT: [(&str, &str); 9] = [
    ("cargo test ", "it is what runs at this moment, or the same for hours"),
    (".ci/run", "it runs this"),
    ("cargo install cargo-mutants ", "a tool for people, who build it once"),
    ("cargo mutants ", "it runs the tests for each mutant, and takes hours"),
    ("cargo bench ", "it takes a quiet machine, and minutes; all benches are built by the lints"),
    ("cargo run -p rebooking-smtp --example mails ", "for eyes; it is built by the lints"),
    ("cargo run -p tests --bin screenshots ", "minutes; `pages` reaches each of its states"),
    ("cargo build -p tests --bins && cargo run -p tests --bin pictures ", "it changes files"),
    ("cargo build -p tests --bins && cargo run -p tests --bin soak ", "it takes half an hour"),
];

/// Commands of a document that stand together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    /// Of the section that they are in.
    pub(crate) heading: String,
    /// Those that are carried out, one a line.
    pub(crate) commands: String,
}

/// The blocks of a document, by its name from the root of the project, without what is left out.
pub(crate) fn of_document(name: &str) -> Vec<Block> {
    let text = std::fs::read_to_string(Path::new(ROOT).join(name)).unwrap();
    let blocks = blocks(&text, "sh")
        .into_iter()
        .map(|block| Block { commands: carried_out(&block.commands), ..block });
    blocks.filter(|block| !block.commands.trim().is_empty()).collect()
}

/// The first block of this kind in a document, as it stands there.
pub(crate) fn first(name: &str, kind: &str) -> String {
    let text = std::fs::read_to_string(Path::new(ROOT).join(name)).unwrap();
    blocks(&text, kind).swap_remove(0).commands
}

fn blocks(text: &str, kind: &str) -> Vec<Block> {
    let (mut blocks, mut heading, mut open) = (Vec::new(), "", None);
    for line in text.lines() {
        match (open.take(), line.strip_prefix("```")) {
            (None, Some(of)) => {
                open = Some((of, Block { heading: heading.to_owned(), commands: String::new() }));
            }
            (None, None) if line.starts_with('#') => heading = line.trim_start_matches(['#', ' ']),
            (None, None) => {}
            (Some((of, block)), Some(_)) => blocks.extend((of == kind).then_some(block)),
            (Some((of, mut block)), None) => {
                block.commands.push_str(line);
                block.commands.push('\n');
                open = Some((of, block));
            }
        }
    }
    blocks
}

/// All but what is left out; a line that ends with `\` goes on in the next one.
fn carried_out(commands: &str) -> String {
    let (mut kept, mut command) = (String::new(), String::new());
    for line in commands.lines() {
        command.push_str(line);
        command.push('\n');
        if !line.ends_with('\\') {
            kept.push_str(if is_left_out(&command) { "" } else { &command });
            command.clear();
        }
    }
    kept
}

fn is_left_out(command: &str) -> bool {
    let is_setting = |word: &str| word.starts_with("REBOOKING_") && word.contains('=');
    let words = command.split_whitespace().skip_while(|word| is_setting(word) || *word == "\\");
    let plain = words.collect::<Vec<_>>().join(" ") + " ";
    LEFT_OUT.iter().any(|(begin, _)| plain.starts_with(begin))
}

/// Every document, but what is told by its old name.
fn documents() -> Vec<String> {
    let mut found = Vec::new();
    for folder in ["", "docs", "docs/decisions"] {
        for entry in std::fs::read_dir(Path::new(ROOT).join(folder)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            if name.ends_with(".md") && name != "CHANGELOG.md" {
                found.push(format!("{folder}/{name}").trim_start_matches('/').to_owned());
            }
        }
    }
    found.sort();
    found
}

#[test]
fn every_document_with_commands_has_a_test_that_carries_them_out() {
    let text = |name: &String| std::fs::read_to_string(Path::new(ROOT).join(name)).unwrap();
    let mut with_commands = documents();
    with_commands.retain(|name| !blocks(&text(name), "sh").is_empty());
    assert_eq!(with_commands, CARRIED_OUT);
}

#[test]
fn commands_stand_in_blocks_that_say_so() {
    const KINDS: [&str; 7] = ["sh", "text", "ini", "sql", "rust", "json", "toml"];
    for name in documents() {
        let text = std::fs::read_to_string(Path::new(ROOT).join(&name)).unwrap();
        let fences = text.lines().filter_map(|line| line.trim_start().strip_prefix("```"));
        for kind in fences.step_by(2) {
            assert!(KINDS.contains(&kind), "{name}: a block of {kind:?}");
        }
    }
}

#[test]
fn nothing_is_on_the_list_that_no_document_names() {
    for (begin, why) in LEFT_OUT {
        assert!(!why.is_empty());
        let named = documents().iter().any(|name| {
            let text = std::fs::read_to_string(Path::new(ROOT).join(name)).unwrap();
            blocks(&text, "sh").iter().any(|block| block.commands.contains(begin.trim_end()))
        });
        assert!(named, "{begin}");
    }
}

#[test]
fn what_is_left_out_is_no_more_than_is_said() {
    let commands = "A=1\nREBOOKING_A=1 REBOOKING_B=2 \\\n    cargo test x  # long\nserver doctor\n\
                    cargo tests\n.ci/run   # all\n";
    assert_eq!(carried_out(commands), "A=1\nserver doctor\ncargo tests\n");
    let text = "# One\n```sh\na \\\n  b\n```\n## Two\n```text\nc\n```\n```sh\nd\n```\n";
    let block = |heading: &str, commands: &str| Block {
        heading: heading.into(),
        commands: commands.into(),
    };
    assert_eq!(blocks(text, "sh"), [block("One", "a \\\n  b\n"), block("Two", "d\n")]);
}
