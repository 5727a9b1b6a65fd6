//! A host's own texts, on pages and in answers.

use std::path::PathBuf;
use std::{env, fs, process};

use crate::process::{Server, command};

/// A folder with these files, gone with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let folder = env::temp_dir().join(format!("rebooking-own-{}-{name}", process::id()));
        for (file, text) in files {
            let path = folder.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Self(folder)
    }

    fn option(&self) -> String {
        format!("--locales-dir={}", self.0.display())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn a_folder_says_texts_otherwise_and_adds_a_region() {
    let folder = Folder::new(
        "sound",
        &[
            ("de/ours.ftl", "page-questions = Noch Fragen?"),
            ("de-AT/ours.ftl", "locale-name = Österreich\npage-sign-in = Servus, anmelden"),
        ],
    );
    let server = Server::run(&mut command(&[&folder.option()]));
    let read = |accepted: &str| {
        let headers = format!("accept: text/html\r\naccept-language: {accepted}\r\n");
        server.send("GET", "/sign-in", &headers, "")
    };
    let (head, german) = read("de");
    assert!(head.contains("content-language: de\r\n"), "{head}");
    assert!(german.contains("Noch Fragen?") && german.contains(">Österreich</a>"), "{german}");
    let (head, austrian) = read("de-AT, de;q=0.9");
    assert!(head.contains("content-language: de-AT\r\n"), "{head}");
    assert!(austrian.contains("<html lang=\"de-AT\">"), "{austrian}");
    assert!(austrian.contains("Servus, anmelden") && austrian.contains("Noch Fragen?"));
}

#[test]
fn what_is_wrong_in_a_folder_is_told_at_the_start_with_its_file_and_key() {
    let folder = Folder::new(
        "faults",
        &[("de/ours.ftl", "page-qestions = Noch Fragen?"), ("it/some.ftl", "page-skip = Salta")],
    );
    let output = command(&[&folder.option()]).output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    let setting = "--locales-dir or REBOOKING_LOCALES_DIR";
    for fault in ["de/ours.ftl: there is no text page-qestions", "it: "] {
        assert!(told.contains(&format!("{setting}: {fault}")), "{told}");
    }
    assert_eq!(output.status.code(), Some(1));
}
