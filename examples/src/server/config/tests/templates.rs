//! Templates of one's own, from one folder, for pages and mails.

use std::fs;
use std::path::PathBuf;

use rebooking_http::Templates;
use rebooking_smtp::MailTemplates;

use super::*;

/// A folder with these files, gone with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let folder =
            std::env::temp_dir().join(format!("rebooking-templates-{}-{name}", std::process::id()));
        for (file, source) in files {
            let path = folder.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, source).unwrap();
        }
        Self(folder)
    }

    fn option(&self) -> String {
        format!("--templates={}", self.0.display())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn sound_templates_of_pages_and_mails_are_taken_from_one_folder() {
    let folder = Folder::new(
        "sound",
        &[
            (
                "pages/customer/support.html",
                "<p>{{ t(\"Schreiben Sie uns!\", \"Write to us!\") }}</p>",
            ),
            ("mails/de/declined/subject.txt", "Ihr Kurs #{{ booking.order }}"),
            (".gitignore", "*~"),
            ("pages/notice.html~", "{% what an editor leaves"),
        ],
    );
    assert!(read(&[&folder.option()]).is_ok());
}

#[test]
fn every_template_at_fault_is_told_with_its_place() {
    let folder = Folder::new(
        "faults",
        &[
            ("notes.txt", "x"),
            ("pages/notices.html", "x"),
            ("pages/refused.html", "\n{{ page.nothing"),
            ("mails/de/decline/subject.txt", "x"),
            ("mails/en/reminder/subject.txt", "\n\n{% if %}"),
        ],
    );
    let told = faults(&[&folder.option()]);
    let places: Vec<_> = told
        .iter()
        .filter_map(|fault| fault.strip_prefix("--templates or REBOOKING_TEMPLATES: "))
        .collect();
    assert_eq!(told.len(), places.len());
    let begins = [
        "notes.txt: only pages/… and mails/… are read",
        "pages/: template notices.html: no such template",
        "pages/: template refused.html, line 2: ",
        "mails/: template de/decline/subject.txt: no such template",
        "mails/: template en/reminder/subject.txt, line 3: ",
    ];
    assert_eq!(places.len(), begins.len(), "{places:?}");
    for (place, begin) in places.iter().zip(begins) {
        assert!(place.starts_with(begin), "{place}");
    }
}

#[test]
fn what_a_template_misspells_is_found_before_anybody_reads_it() {
    let folder = Folder::new(
        "misspelt",
        &[
            ("pages/refused.html", "{{ page.nothing }}"),
            ("mails/en/reminder/subject.txt", "Order {{ bokking.order }}"),
        ],
    );
    let told = faults(&[&folder.option()]);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].contains("pages/: template refused.html, line 1: "), "{told:?}");
    assert!(told[1].contains("mails/: template en/reminder/subject.txt, line 1: "), "{told:?}");
}

#[test]
fn a_folder_that_is_not_there_is_told() {
    let told = faults(&["--templates=/nowhere/at/all"]);
    assert_eq!(told.len(), 1);
    assert!(
        told[0].starts_with("--templates or REBOOKING_TEMPLATES: a folder that can be read: "),
        "{told:?}"
    );
}

/// The names in the first column of a table under a heading, in order.
fn names_under(heading: &str) -> Vec<String> {
    let document = include_str!("../../../../../docs/templates.md");
    let part = document.split("## ").find(|part| part.starts_with(heading)).unwrap();
    let rows = part.lines().filter_map(|line| line.strip_prefix("| `"));
    let mut names: Vec<_> = rows.map(|row| row.split('`').next().unwrap().to_owned()).collect();
    names.sort();
    names
}

#[test]
fn the_documents_name_every_template_and_no_other() {
    let mut pages: Vec<_> = Templates::names().collect();
    pages.sort_unstable();
    assert_eq!(names_under("Pages"), pages);
    let mails = MailTemplates::names().filter_map(|name| name.strip_suffix("/subject.txt"));
    let mut mails: Vec<_> = mails.collect();
    mails.sort_unstable();
    assert_eq!(names_under("Mails"), mails);
}
