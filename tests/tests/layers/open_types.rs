//! Which public types may grow without breaking a host: every other one says why it may not.

use std::error::Error;
use std::fs;
use std::path::Path;

/// In place of the attribute, right above the type, with the reason after it.
const MARK: &str = "// Exhaustive: ";

/// The reasons there are; CONTRIBUTING explains them.
const REASONS: [&str; 4] = [
    "whoever reads it handles each.",
    "hosts write it as a literal.",
    "stores write and read every field.",
    "tests of adapters write it as a literal.",
];

#[test]
fn a_public_type_may_grow_or_says_why_it_may_not() -> Result<(), Box<dyn Error>> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("no workspace")?;
    let (mut seen, mut silent) = (0, Vec::new());
    for member in fs::read_dir(workspace)? {
        let member = member?.path();
        let ours = member.file_name().is_some_and(|name| {
            name.to_string_lossy().starts_with("rebooking-") && member.join("src").is_dir()
        });
        if ours {
            look_below(&member.join("src"), &mut seen, &mut silent)?;
        }
    }
    assert!(seen > 150, "only {seen} types were looked at");
    assert!(
        silent.is_empty(),
        "neither #[non_exhaustive] nor `{MARK}` with one of {REASONS:#?}:\n{}",
        silent.join("\n")
    );
    Ok(())
}

fn look_below(
    folder: &Path,
    seen: &mut usize,
    silent: &mut Vec<String>,
) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            look_below(&path, seen, silent)?;
        } else if path.extension().is_some_and(|end| end == "rs") {
            let text = fs::read_to_string(&path)?;
            let types = open_types(&text);
            *seen += types.len();
            let undecided = types.into_iter().filter(|open| !open.is_decided);
            silent.extend(undecided.map(|open| format!("{}: {}", path.display(), open.name)));
        }
    }
    Ok(())
}

/// A type that a host could match whole, or write as a literal.
struct OpenType {
    name: String,
    is_decided: bool,
}

/// The public enums, and the public structs whose fields are all public.
fn open_types(text: &str) -> Vec<OpenType> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (place, line) in lines.iter().enumerate() {
        let head = line.trim_start();
        let is_open = head.starts_with("pub enum ")
            || head.starts_with("pub struct ") && has_only_public_fields(&lines[place..]);
        if is_open {
            let name = head.split(' ').nth(2).unwrap_or_default();
            let name = name.chars().take_while(|letter| letter.is_alphanumeric()).collect();
            let above = &lines[..place];
            let above = above.iter().rev().map(|line| line.trim());
            let mut above = above.take_while(|line| line.starts_with(['#', '/']) || *line == ")]");
            found.push(OpenType { name, is_decided: above.any(decides) });
        }
    }
    found
}

/// Whether a line above a type decides.
fn decides(line: &str) -> bool {
    let reason = line.strip_prefix(MARK);
    line == "#[non_exhaustive]" || reason.is_some_and(|reason| REASONS.contains(&reason))
}

/// Of a struct that begins on the first of these lines: it has fields, and no private one.
fn has_only_public_fields(lines: &[&str]) -> bool {
    let Some((head, body)) = lines.split_first() else { return false };
    if let Some((_, tuple)) = head.split_once('(') {
        return tuple.starts_with("pub ");
    }
    let indent = head.len() - head.trim_start().len();
    let end = format!("{}}}", " ".repeat(indent));
    let of_fields = |line: &&&str| {
        let code = line.trim_start();
        code.contains(':') && !code.starts_with(['/', '#'])
    };
    let mut fields = body.iter().take_while(|line| **line != end).filter(of_fields).peekable();
    head.ends_with('{')
        && fields.peek().is_some()
        && fields.all(|line| line.trim_start().starts_with("pub "))
}

#[test]
fn what_is_open_and_undecided_is_found() {
    let text = "
        /// Open.
        #[derive(Clone)]
        pub enum Silent {
            One,
        }

        #[non_exhaustive]
        #[derive(Clone)]
        pub enum Grows {
            One,
        }

        // Exhaustive: hosts write it as a literal.
        pub struct Input {
            pub one: u8,
        }

        // Exhaustive: just so.
        pub struct NoReason {
            pub one: u8,
        }

        pub struct Closed {
            one: u8,
        }

        pub struct Tuple(pub u8);
    ";
    let found: Vec<_> =
        open_types(text).into_iter().map(|open| (open.name, open.is_decided)).collect();
    let expected = [
        ("Silent", false),
        ("Grows", true),
        ("Input", true),
        ("NoReason", false),
        ("Tuple", false),
    ];
    assert_eq!(found, expected.map(|(name, decided)| (name.to_owned(), decided)));
}
