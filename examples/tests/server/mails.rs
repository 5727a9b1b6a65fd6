//! Mails that leave the demo: over a relay, or as files.

use std::fs;
use std::path::Path;

use serde_json::json;

use crate::process::{PATIENCE, Server, command, eventually};
use crate::relay;

#[test]
fn a_decline_and_a_choice_are_mailed_over_the_relay_that_is_set() {
    let (port, mails) = relay::start();
    let url = format!("smtp://127.0.0.1:{port}");
    let server = Server::run(
        command(&[
            "--smtp-tls=none",
            "--mail-from=buchung@example.com",
            "--mail-bounces=bounces@example.com",
        ])
        .env("REBOOKING_SMTP_URL", url)
        .env("REBOOKING_BRAND_NAME", "Kochwerk"),
    );
    server.decline(1, json!([]));
    let declined = mails.recv_timeout(PATIENCE).unwrap();
    assert!(declined.from.starts_with("MAIL FROM:<bounces@example.com>"), "{}", declined.from);
    assert!(declined.to.starts_with("RCPT TO:<erika@example.com>"), "{}", declined.to);
    assert!(declined.mail.contains("From: Kochwerk <buchung@example.com>"), "{}", declined.mail);

    let link = link_in(&declined.mail, &server.address);
    server.choose(&format!("/api/rebook/{link}"), 402);
    let mut told = [0, 1].map(|_| mails.recv_timeout(PATIENCE).unwrap().to);
    told.sort();
    let told = told.map(|to| to.split(['<', '>']).nth(1).unwrap().to_owned());
    assert_eq!(told, ["erika@example.com", "kueche@example.org"], "customer and partner");
}

#[test]
fn mails_are_written_into_a_folder_where_one_is_set() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("server-mails");
    let _ = fs::remove_dir_all(&folder);
    let from = "--mail-from=buchung@example.com";
    let server = Server::run(command(&[from]).env("REBOOKING_MAIL_FOLDER", &folder));
    server.decline(1, json!([]));
    let written = eventually(|| files(&folder).pop());
    let mail = fs::read_to_string(&written).unwrap();
    assert!(
        mail.contains("From: Miomente <buchung@example.com>\r\n")
            && mail.contains("erika@example.com")
    );
    let link = link_in(&mail, &server.address);
    assert!(server.page(&format!("/rebook/{link}")).contains("<h1>Termin umbuchen</h1>"));
    assert_eq!(server.get("/demo/mails", "")["mails"], json!([]), "none is caught");
}

/// The mails in a folder.
pub(crate) fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().map_while(Result::ok);
    entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|end| end == "eml"))
        .collect()
}

/// The secret of the link in a mail, whose parts are encoded (quoted-printable).
pub(crate) fn link_in(mail: &str, address: &str) -> String {
    let text = mail.replace("=\r\n", "").replace("=\n", "").replace("=3D", "=");
    let begin = format!("http://{address}/rebook/");
    let rest = text.split(&begin).nth(1).unwrap_or_else(|| panic!("no {begin} in {text}"));
    rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect()
}
