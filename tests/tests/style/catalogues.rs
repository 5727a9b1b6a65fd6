//! The catalogues of texts against each other and against the sources: nothing is missing, nothing
//! is left over, and every call gives a text exactly what it names.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use rebooking_core::presentation::catalogue::{Catalogues, Shape};
use rebooking_core::value::customer::Language;

use crate::files::{self, SourceFile};

mod templates;

/// Where catalogues are.
const LOCALES: &str = "rebooking-core/locales/";

/// Where the texts of `locale.ftl` are read, each once.
const FORMATS: &str = "rebooking-core/src/presentation/locales/formats.rs";

/// `text!(language, "key", name = …)`, or `t("key", name=…)` in a template.
#[derive(Debug)]
struct Call {
    file: String,
    key: String,
    arguments: BTreeSet<String>,
}

/// Every call in a file. Comments and texts hold none.
fn calls(file: &str, text: &str) -> Vec<Call> {
    let mut found = Vec::new();
    collect(file, text.parse().expect("a file in Rust"), &mut found);
    found
}

fn collect(file: &str, tokens: TokenStream, found: &mut Vec<Call>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for three in tokens.windows(3) {
        if let [TokenTree::Ident(name), TokenTree::Punct(mark), TokenTree::Group(given)] = three
            && name == "text"
            && mark.as_char() == '!'
            && given.delimiter() == Delimiter::Parenthesis
        {
            found.push(call(file, given.stream()));
        }
    }
    for token in tokens {
        if let TokenTree::Group(group) = token {
            collect(file, group.stream(), found);
        }
    }
}

fn call(file: &str, given: TokenStream) -> Call {
    let given: Vec<TokenTree> = given.into_iter().collect();
    let is = |token: &TokenTree, sign| token.to_string() == sign;
    let mut parts = given.split(|token| is(token, ","));
    let key = parts.nth(1).unwrap_or_default().iter().map(ToString::to_string).collect::<String>();
    let arguments = parts.filter_map(|part| match part {
        [TokenTree::Ident(name)] => Some(name.to_string()),
        [TokenTree::Ident(name), equals, ..] if is(equals, "=") => Some(name.to_string()),
        _ => None,
    });
    Call {
        file: file.to_owned(),
        key: key.trim_matches('"').to_owned(),
        arguments: arguments.collect(),
    }
}

/// What is wrong with the calls, or never used by any.
fn misuses(calls: &[Call], shapes: &BTreeMap<String, Shape>) -> Vec<String> {
    let wrong = calls.iter().filter_map(|call| match shapes.get(&call.key) {
        None => Some(format!("{}: there is no text {}", call.file, call.key)),
        Some(shape) if shape.arguments != call.arguments => Some(format!(
            "{}: {} is given {:?} and names {:?}",
            call.file, call.key, call.arguments, shape.arguments
        )),
        Some(_) => None,
    });
    let called = calls.iter().map(|call| &call.key);
    let used: BTreeSet<&String> =
        called.chain(shapes.values().flat_map(|shape| &shape.uses)).collect();
    let unused = shapes.keys().filter(|key| !used.contains(key));
    wrong.chain(unused.map(|key| format!("{key} is used by nobody"))).collect()
}

fn catalogue_files() -> Vec<(Language, SourceFile)> {
    let files = files::with_extension(&["ftl"]).unwrap().into_iter();
    let language = |file: SourceFile| {
        let (code, _) = file.name.strip_prefix(LOCALES)?.split_once('/')?;
        Some((code.parse().expect("a language"), file))
    };
    files.filter_map(language).collect()
}

fn catalogues(files: &[(Language, SourceFile)]) -> Catalogues {
    let sources: Vec<(Language, &str)> =
        files.iter().map(|(language, file)| (*language, file.text.as_str())).collect();
    Catalogues::new(&sources)
}

/// The catalogues as they are.
pub(crate) fn committed() -> Catalogues {
    catalogues(&catalogue_files())
}

#[test]
fn every_language_says_the_same_with_the_same_arguments_and_words() {
    let files = catalogue_files();
    assert_eq!(catalogues(&files).check(), []);
    let names = |of: Language| -> Vec<&str> {
        let own = files.iter().filter(|(language, _)| *language == of);
        own.filter_map(|(_, file)| file.name.rsplit('/').next()).collect()
    };
    assert!(!names(Language::GERMAN).is_empty());
    for language in committed().languages() {
        assert_eq!(names(language), names(Language::GERMAN), "{language}");
    }
}

#[test]
fn every_text_that_is_asked_for_is_there_and_every_text_is_asked_for() {
    let sources = files::with_extension(&["rs"]).unwrap();
    let own = sources.iter().filter(|file| file.name.contains("/src/"));
    let mut calls: Vec<Call> = own.flat_map(|file| calls(&file.name, &file.text)).collect();
    let templates = files::with_extension(&["html", "txt"]).unwrap();
    let built_in = |file: &&SourceFile| {
        ["rebooking-http/pages/", "rebooking-smtp/templates/", "examples/src/server/demo/pages/"]
            .iter()
            .any(|folder| file.name.starts_with(folder))
    };
    calls.extend(templates.iter().filter(built_in).flat_map(templates::calls));
    assert!(calls.len() > 500, "{} calls", calls.len());
    let formats = files::named(FORMATS).unwrap().text;
    for language in committed().languages() {
        let shapes = committed().shapes(language).into_iter();
        let shapes = shapes.filter(|(key, _)| !formats.contains(&format!("\"{key}\""))).collect();
        assert_eq!(misuses(&calls, &shapes), Vec::<String>::new(), "{language}");
    }
}

#[test]
fn a_key_begins_with_the_name_of_its_file() {
    for (language, file) in catalogue_files() {
        let name = file.name.rsplit('/').next().unwrap().trim_end_matches(".ftl").to_owned();
        let keys = Catalogues::new(&[(language, &file.text)]).shapes(language).into_keys();
        let strange: Vec<String> = keys
            .filter(|key| !key.starts_with(&format!("{name}-")) && !key.starts_with('-'))
            .collect();
        assert_eq!(strange, Vec::<String>::new(), "{}", file.name);
    }
}

/// The same rules on sources with a planted fault.
mod planted {
    use super::*;

    const TEXTS: &str = "a-day = On { $day } { a-hour }\na-hour = at { $hour }\n-term = x";

    fn found(source: &str) -> Vec<String> {
        let shapes = Catalogues::new(&[(Language::ENGLISH, TEXTS)]).shapes(Language::ENGLISH);
        misuses(&calls("a.rs", &format!("fn f() {{ {source} }}")), &shapes)
    }

    #[test]
    fn a_call_that_gives_what_the_text_names_is_right_in_whatever_it_is_nested() {
        let right = "g(vec![text!(now(a, b), \"a-day\", day = h(x, y == 1), hour,)]);";
        assert_eq!(found(right), ["-term is used by nobody"]);
    }

    #[test]
    fn a_call_with_an_unknown_key_or_other_arguments_is_wrong() {
        assert_eq!(
            found("text!(l, \"a-week\"); text!(l, \"a-day\", day = 1);"),
            [
                "a.rs: there is no text a-week",
                "a.rs: a-day is given {\"day\"} and names {\"day\", \"hour\"}",
                "-term is used by nobody",
            ]
        );
    }

    #[test]
    fn a_key_that_is_no_literal_is_wrong() {
        assert_eq!(found("text!(l, key);").first().unwrap(), "a.rs: there is no text key");
    }
}
