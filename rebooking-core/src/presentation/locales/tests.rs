//! The built-in languages say the same, and a host's folder is held against them.

use std::path::PathBuf;
use std::{env, fs, process};

use super::*;
use crate::presentation::catalogue::Catalogues;

/// A folder with these files, gone with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let folder = env::temp_dir().join(format!("rebooking-locales-{}-{name}", process::id()));
        for (file, text) in files {
            let path = folder.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Self(folder)
    }

    fn read(&self) -> Locales {
        Locales::from_folder(&self.0).unwrap_or_else(|faults| panic!("{faults:?}"))
    }

    fn faults(&self) -> Vec<String> {
        Locales::from_folder(&self.0).unwrap_err().iter().map(ToString::to_string).collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn tag(tag: &str) -> Language {
    Language::parse(tag).unwrap()
}

#[test]
fn the_built_in_languages_say_the_same() {
    assert_eq!(Catalogues::new(built_in::SOURCES).check(), []);
    let languages: Vec<Language> = Locales::built_in().languages().collect();
    assert_eq!(languages, [Language::GERMAN, Language::ENGLISH, Language::FRENCH]);
    assert_eq!(Locales::built_in().name(Language::FRENCH), "Français");
}

/// French sets a space before these marks, and no line may begin with one of them.
#[test]
fn no_french_line_begins_with_a_mark_of_punctuation() {
    let french = built_in::SOURCES.iter().filter(|(language, _)| *language == Language::FRENCH);
    let lines = french.flat_map(|(_, text)| text.lines()).filter(|line| !line.starts_with('#'));
    let marks = [" :", " ;", " ?", " !", "« ", " »"];
    let parted = |line: &&str| marks.iter().any(|mark| line.contains(mark));
    assert_eq!(lines.filter(parted).collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn a_language_is_read_in_its_nearest_and_else_in_the_first_one() {
    let locales = Locales::built_in();
    assert_eq!(locales.nearest(tag("fr-CA")), Some(Language::FRENCH));
    assert_eq!(locales.nearest(tag("ja")), None);
    assert_eq!(locales.spoken(tag("ja")), Language::GERMAN);
    assert_eq!(locales.of_code("en_US.UTF-8"), Some(Language::ENGLISH));
    assert_eq!(locales.text(tag("fr-CA"), "portal-all", &[]), "Tous");
    assert_eq!(locales.text(tag("ja"), "portal-all", &[]), "Alle");
}

#[test]
fn a_template_is_told_of_a_text_that_there_is_not_or_that_lacks_an_argument() {
    let text = |key| Locales::built_in().try_text(Language::GERMAN, key, &[]);
    assert_eq!(text("portal-all").unwrap(), "Alle");
    assert_eq!(text("portal-most"), Err(TextFault::Unknown));
    assert_eq!(text("page-per-person"), Err(TextFault::LacksArgument));
}

#[test]
fn a_folder_says_texts_otherwise_and_a_region_only_what_differs() {
    let folder = Folder::new(
        "sound",
        &[
            ("de/ours.ftl", "page-questions = Noch Fragen?\nown-hello = Servus, { $name }!"),
            ("de-AT/ours.ftl", "locale-month =\n { $month ->\n [1] Jänner\n *[2] Feber\n }"),
            ("de/.hidden", "{"),
            ("de/ours.ftl~", "{"),
        ],
    );
    let locales = folder.read();
    let austrian = tag("de-AT");
    assert_eq!(locales.text(Language::GERMAN, "page-questions", &[]), "Noch Fragen?");
    assert_eq!(locales.text(austrian, "page-questions", &[]), "Noch Fragen?");
    assert_eq!(locales.text(austrian, "own-hello", &[("name", "Eva".into())]), "Servus, Eva!");
    assert_eq!(locales.formats(austrian).months().first(), Some(&"Jänner"));
    assert_eq!(locales.formats(Language::GERMAN).months().first(), Some(&"Januar"));
    assert!(locales.languages().any(|language| language == austrian));
}

#[test]
fn a_new_language_says_everything() {
    let english = built_in::SOURCES.iter().filter(|(language, _)| *language == Language::ENGLISH);
    let whole: Vec<&str> = english.map(|(_, source)| *source).collect();
    let folder = Folder::new("whole", &[("it/all.ftl", &whole.join("\n"))]);
    assert_eq!(folder.read().nearest(tag("it-IT")), Some(tag("it")));
    let folder = Folder::new("partial", &[("it/some.ftl", "page-skip = Salta")]);
    let faults = folder.faults();
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(faults[0].starts_with("it: ") && faults[0].contains(" texts are missing: answers-"));
}

#[test]
fn every_mistake_of_a_folder_is_told_with_its_file_and_key() {
    let folder = Folder::new(
        "faults",
        &[
            ("de/a.ftl", "page-skp = x\npage-per-person = { $amount }\nportal-all = { $x"),
            ("de/b.ftl", "page-choose = { $difference ->\n [to_pai] a\n *[other] b\n }"),
            ("de/c.ftl", "page-choose = x"),
            ("de/d.txt", ""),
            ("klingon!/a.ftl", ""),
        ],
    );
    let faults = folder.faults();
    for told in [
        "de/a.ftl: there is no text page-skp",
        "de/a.ftl: page-per-person is not given $amount",
        "de/b.ftl: page-choose is never given the word to_pai",
        "de/c.ftl: page-choose is in de/b.ftl already",
        "de/d.txt: only files that end with .ftl are read",
        "klingon!: a folder called by the tag of a language is needed",
    ] {
        assert!(faults.iter().any(|fault| fault == told), "{told}: {faults:#?}");
    }
    assert_eq!(faults.len(), 7, "and one line that cannot be read: {faults:#?}");
    assert!(Locales::from_folder(&folder.0.join("none")).is_err());
}
