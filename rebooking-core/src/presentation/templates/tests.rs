//! Overriding and checking, on a kind with two templates.

use std::path::PathBuf;
use std::{env, fs, process};

use minijinja::{Environment, Error, UndefinedBehavior, context};

use super::*;

struct Greetings;

impl TemplateKind for Greetings {
    const BUILT_IN: &'static [(&'static str, &'static str)] = &[
        ("hello.txt", "{% include 'parts/name.txt' %}, hello!"),
        ("parts/name.txt", "Dear {{ name }}"),
    ];

    const BY_LANGUAGE: bool = true;

    fn compile(_: &Templates<Self>, name: &str, source: &str) -> Result<(), Error> {
        Environment::new().add_template(name, source)
    }

    fn render_samples(templates: &Templates<Self>, faults: &mut Faults) {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        for (name, source) in templates.sources() {
            faults.note(name, environment.add_template(name, source));
        }
        for name in ["hello.txt", "parts/name.txt", "hello.txt"] {
            let template = environment.get_template(name);
            faults.note(
                name,
                template.and_then(|template| template.render(context! { name => "A" })),
            );
        }
    }
}

/// A folder with these files, gone with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, files: &[(&str, &[u8])]) -> Self {
        let folder = env::temp_dir().join(format!("rebooking-core-{}-{name}", process::id()));
        for (file, source) in files {
            let path = folder.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, source).unwrap();
        }
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn phrases(faults: &[TemplateFault]) -> Vec<String> {
    faults.iter().map(ToString::to_string).collect()
}

#[test]
fn one_template_is_overridden_and_the_others_stay() {
    let templates = Templates::<Greetings>::default().with("hello.txt", "Hi!").unwrap();
    assert_eq!(templates.source("hello.txt"), Some("Hi!"));
    assert_eq!(templates.source("parts/name.txt"), Some("Dear {{ name }}"));
    assert_eq!(templates.check_templates(), []);
}

#[test]
fn a_template_is_overridden_for_one_language_before_it_is_for_all() {
    let templates = Templates::<Greetings>::default().with("hello.txt", "Hi!").unwrap();
    let templates = templates.with("de/hello.txt", "Hallo!").unwrap();
    let source =
        |tag: &str, name| templates.source(templates.name_in(Language::parse(tag).unwrap(), name)?);
    assert_eq!(source("de", "hello.txt"), Some("Hallo!"));
    assert_eq!(source("de-CH", "hello.txt"), Some("Hallo!"));
    assert_eq!(source("en", "hello.txt"), Some("Hi!"));
    assert_eq!(source("en", "de/hello.txt"), Some("Hallo!"));
    assert_eq!(source("de", "de/parts/name.txt"), Some("Dear {{ name }}"));
    assert_eq!(source("de", "de/bye.txt"), None);
    assert!(Templates::<Greetings>::default().with("de/bye.txt", "").is_err());
}

#[test]
fn what_is_no_template_and_what_is_unknown_is_refused_at_once() {
    let syntax = Templates::<Greetings>::default().with("hello.txt", "\n{% if %}").unwrap_err();
    assert_eq!((syntax.template.as_str(), syntax.line), ("hello.txt", Some(2)));
    let unknown = Templates::<Greetings>::default().with("bye.txt", "").unwrap_err();
    assert_eq!(unknown.to_string(), "template bye.txt: no such template");
}

#[test]
fn of_templates_that_include_one_another_the_one_at_fault_is_listed_once() {
    let templates = Templates::<Greetings>::default();
    let faults = templates.with("parts/name.txt", "\n{{ nme }}").unwrap().check_templates();
    assert_eq!(
        phrases(&faults),
        ["template parts/name.txt, line 2: undefined value: `nme` is undefined"]
    );
}

#[test]
fn a_folder_overrides_by_path_and_what_editors_leave_is_passed_over() {
    let files: &[(&str, &[u8])] =
        &[("parts/name.txt", b"{{ name }}"), ("hello.txt~", b"{% if %}"), (".hidden", b"x")];
    let folder = Folder::new("sound", files);
    let templates = Templates::<Greetings>::from_folder(&folder.0).unwrap();
    assert_eq!(templates.source("parts/name.txt"), Some("{{ name }}"));
}

#[test]
fn every_file_of_a_folder_that_cannot_be_used_is_told() {
    let files: &[(&str, &[u8])] = &[("bye.txt", b"x"), ("hello.txt", b"\xff")];
    let folder = Folder::new("faults", files);
    let faults = Templates::<Greetings>::from_folder(&folder.0).unwrap_err();
    assert_eq!(
        phrases(&faults),
        [
            "template bye.txt: no such template",
            "template hello.txt: stream did not contain valid UTF-8"
        ]
    );
    assert_eq!(Templates::<Greetings>::from_folder(&folder.0.join("none")).unwrap_err().len(), 1);
}
