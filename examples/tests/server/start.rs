//! A server that cannot start says all that is wrong, repeats no secret, and ends with a failure.

use std::process::Output;

use crate::process::{Server, command};

fn refused(options: &[&str]) -> String {
    let Output { status, stdout, stderr } = command(options).output().unwrap();
    assert_eq!((status.code(), stdout), (Some(1), Vec::new()), "{options:?}");
    String::from_utf8(stderr).unwrap()
}

#[test]
fn all_faults_are_told_at_once_without_any_secret() {
    let told = refused(&[
        "--validity=soon",
        "--link-key=c0ffee",
        "--smtp-url=hunter2",
        "--partner-tokens=hunter2",
    ]);
    let faults: Vec<_> =
        told.lines().skip(1).map(|line| line.trim().split(": ").next().unwrap()).collect();
    assert_eq!(
        faults,
        [
            "--link-key or REBOOKING_LINK_KEY",
            "--partner-tokens or REBOOKING_PARTNER_TOKENS",
            "--validity or REBOOKING_VALIDITY",
            "--mail-from or REBOOKING_MAIL_FROM",
            "--smtp-url or REBOOKING_SMTP_URL",
        ]
    );
    assert!(!told.contains("hunter2") && !told.contains("c0ffee"), "{told}");
}

#[test]
fn an_address_that_is_taken_is_told_by_its_setting() {
    let first = Server::start();
    let told = refused(&[&format!("--listen={}", first.address)]);
    assert!(
        told.starts_with("--listen or REBOOKING_LISTEN: cannot listen on 127.0.0.1:"),
        "{told}"
    );
}

#[test]
fn a_database_that_does_not_answer_is_told_without_its_password() {
    // A port that nobody listens on: it was free a moment ago.
    let free = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap();
    let told = refused(&["--demo", &format!("--database-url=postgres://app:hunter2@{free}/shop")]);
    assert!(
        told.starts_with("--database-url or REBOOKING_DATABASE_URL: cannot connect: "),
        "{told}"
    );
    assert!(!told.contains("hunter2"), "{told}");
}

#[test]
fn tokens_that_are_set_let_in_and_those_that_nobody_set_do_not() {
    let server = Server::run(
        command(&["--support-tokens=susi=geheim"]).env("REBOOKING_PARTNER_TOKENS", "5=kueche"),
    );
    let status = |path: &str, token: &str| {
        let (head, _) = server.send("GET", path, &format!("authorization: Bearer {token}\r\n"), "");
        head.split(' ').nth(1).unwrap().to_owned()
    };
    assert_eq!(status("/api/support/cases", "geheim"), "200");
    assert_eq!(status("/api/partner/rebookings", "kueche"), "200");
    assert_eq!(status("/api/support/cases", "kueche"), "403");
    assert_eq!(status("/api/support/cases", "susi"), "401");
}
