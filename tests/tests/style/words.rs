//! Names that the project has given up for the standard term of the trade, so that none comes back.

use proc_macro2::{TokenStream, TokenTree};

use crate::files::{self, SourceFile};

mod list;

use list::{GIVEN_UP, GIVEN_UP_FILES, Where};

/// An identifier, the word before it, and the one before its `::`.
struct Identifier {
    name: String,
    before: String,
    of: Option<String>,
}

/// Every identifier of a file in its order. Comments and texts are none.
fn identifiers(text: &str) -> Vec<Identifier> {
    let tokens: TokenStream = text.parse().expect("a file in Rust");
    let mut found = Vec::new();
    collect(tokens, &mut found);
    found
}

fn collect(tokens: TokenStream, found: &mut Vec<Identifier>) {
    let (mut before, mut colons) = (String::new(), 0);
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => {
                let name = ident.to_string();
                let of = (colons == 2).then(|| before.clone());
                found.push(Identifier { name: name.clone(), before, of });
                (before, colons) = (name, 0);
            }
            TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
            TokenTree::Group(group) => {
                collect(group.stream(), found);
                (before, colons) = (String::new(), 0);
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => (before, colons) = (String::new(), 0),
        }
    }
}

/// The words right before the name of something that is defined.
const DEFINES: [&str; 9] =
    ["const", "enum", "fn", "mod", "static", "struct", "trait", "type", "union"];

fn applies(place: &Where, file: &str, identifier: &Identifier) -> bool {
    match place {
        Where::Anywhere => true,
        Where::In(folder) => file.starts_with(folder),
        Where::DefinedIn(folder) => {
            file.starts_with(folder) && DEFINES.contains(&identifier.before.as_str())
        }
        Where::Of(parent) => identifier.of.as_deref() == Some(parent),
    }
}

/// Each given-up name that is still used in a file.
fn left_in(file: &SourceFile) -> Vec<String> {
    let is_given_up = |identifier: &Identifier| {
        let mut rows = GIVEN_UP
            .iter()
            .filter(|(names, _)| names.split(' ').any(|name| name == identifier.name));
        rows.any(|(_, place)| applies(place, &file.name, identifier))
    };
    let mut left: Vec<String> =
        identifiers(&file.text).into_iter().filter(is_given_up).map(|found| found.name).collect();
    left.sort();
    left.dedup();
    left.into_iter().map(|name| format!("{}: {name}", file.name)).collect()
}

#[test]
fn no_given_up_name_is_left() {
    let files = files::with_extension(&["rs"]).unwrap();
    let left: Vec<String> = files.iter().flat_map(left_in).collect();
    assert!(left.is_empty(), "{} left:\n{}", left.len(), left.join("\n"));
}

#[test]
fn no_file_has_a_given_up_name() {
    let files = files::with_extension(&["rs", "sql", "html"]).unwrap();
    let is_left = |name: &str| GIVEN_UP_FILES.iter().any(|given_up| is_at(name, given_up));
    let left: Vec<&str> =
        files.iter().map(|file| file.name.as_str()).filter(|name| is_left(name)).collect();
    assert!(left.is_empty(), "{} left:\n{}", left.len(), left.join("\n"));
}

/// A name that ends in `/` is a folder, together with the file beside it.
fn is_at(file: &str, given_up: &str) -> bool {
    match given_up.strip_suffix('/') {
        Some(module) => file.starts_with(given_up) || file == format!("{module}.rs"),
        None => file == given_up,
    }
}

/// The same rules on sources with a planted fault.
mod planted {
    use super::*;

    fn left(name: &str, text: &str) -> Vec<String> {
        left_in(&SourceFile { name: name.to_owned(), text: text.to_owned() })
    }

    #[test]
    fn a_name_is_found_in_code_and_not_in_comments_and_texts() {
        assert_eq!(left("a.rs", "fn f(x: Leniency) {}"), ["a.rs: Leniency"]);
        assert_eq!(left("a.rs", "vec![crate::Leniency]"), ["a.rs: Leniency"]);
        assert!(left("a.rs", "/// Leniency\nconst A: &str = \"Leniency\"; // Leniency").is_empty());
    }

    #[test]
    fn a_name_is_a_whole_word() {
        assert!(left("a.rs", "struct LeniencyOfTheShop; fn leniency() {}").is_empty());
    }

    #[test]
    fn a_common_word_is_found_only_where_it_was_given_up() {
        assert_eq!(
            left("rebooking-core/src/a.rs", "enum Sent { A }"),
            ["rebooking-core/src/a.rs: Sent"]
        );
        assert!(left("rebooking-core/src/a.rs", "fn f() { State::Sent; }").is_empty());
        assert!(left("rebooking-smtp/src/a.rs", "enum Sent { A }").is_empty());
    }

    #[test]
    fn a_variant_is_found_by_its_type() {
        assert_eq!(left("a.rs", "return PortError::Down;"), ["a.rs: Down"]);
        assert!(left("a.rs", "return Key::Down;").is_empty());
    }

    #[test]
    fn a_folder_is_given_up_with_its_file() {
        assert!(is_at("a/wire.rs", "a/wire/") && is_at("a/wire/case.rs", "a/wire/"));
        assert!(!is_at("a/wired.rs", "a/wire/") && !is_at("b/a/wire.rs", "a/wire/"));
    }
}
