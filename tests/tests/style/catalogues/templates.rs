//! The texts that templates ask for: `t("key", name=…)`.

use super::Call;
use crate::files::SourceFile;

/// Every call of a template.
pub(super) fn calls(file: &SourceFile) -> Vec<Call> {
    let begins = file.text.match_indices("t(\"").filter(|(at, _)| {
        !file.text[..*at].ends_with(|before: char| before.is_alphanumeric() || before == '_')
    });
    begins.map(|(at, begin)| call(&file.name, &file.text[at + begin.len()..])).collect()
}

/// What is behind `t("`.
fn call(file: &str, rest: &str) -> Call {
    let (key, rest) = rest.split_once('"').expect("a key ends");
    let arguments = arguments(rest).into_iter().filter_map(|argument| {
        let (name, _) = argument.split_once('=')?;
        Some(name.trim().to_owned())
    });
    Call { file: file.to_owned(), key: key.to_owned(), arguments: arguments.collect() }
}

/// What stands between the commas up to the bracket that closes.
fn arguments(rest: &str) -> Vec<String> {
    let (mut depth, mut quoted, mut found) = (1, false, vec![String::new()]);
    for letter in rest.chars() {
        match letter {
            '"' => quoted = !quoted,
            '(' | '[' if !quoted => depth += 1,
            ')' | ']' if !quoted => depth -= 1,
            ',' if !quoted && depth == 1 => found.push(String::new()),
            _ => {}
        }
        if depth == 0 {
            break;
        }
        if let Some(last) = found.last_mut().filter(|_| letter != ',' || depth > 1 || quoted) {
            last.push(letter);
        }
    }
    found
}

#[test]
fn a_call_is_read_with_the_names_of_its_arguments_however_it_is_nested() {
    let text = r#"[[ t("a-b") ]] {{ x(t("c", y=f(1, 2), z="(, q=") ~ t("d")) }} at("no")"#;
    let file = SourceFile { name: "a.html".to_owned(), text: text.to_owned() };
    let found = calls(&file).into_iter();
    let found: Vec<_> =
        found.map(|call| (call.key, call.arguments.into_iter().collect::<Vec<_>>())).collect();
    let named = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    assert_eq!(
        found,
        [
            ("a-b".to_owned(), vec![]),
            ("c".to_owned(), named(&["y", "z"])),
            ("d".to_owned(), vec![])
        ]
    );
}
