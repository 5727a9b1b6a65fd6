//! Mails have exactly one transport, and a sender.

use super::*;
use crate::config::mail::MailWay;

const FROM: &str = "--mail-from=buchung@example.com";

#[test]
fn mails_stay_in_the_demo_unless_there_is_a_way_for_them() {
    assert!(read(&[]).unwrap().mail.is_none());
    let config =
        read(&["--smtp-url=smtp://shop:secret@localhost:2525", "--smtp-tls=none", FROM]).unwrap();
    let mail = config.mail.unwrap();
    assert!(matches!(&mail.way, MailWay::Relay(relay) if relay.port == 2525));
    let settings = mail.settings(rebooking_core::presentation::BaseUrl::default().into());
    assert_eq!(settings.bounces.expose(), "buchung@example.com");
    assert_eq!(settings.reply_to.expose(), "support@miomente.de");
    assert!(matches!(
        read(&["--mail-folder=mails", FROM]).unwrap().mail.unwrap().way,
        MailWay::Folder(_)
    ));
}

#[test]
fn settings_without_a_way_for_mails_are_refused_each_by_its_name() {
    let only = "only with a way for mails: --smtp-url or --mail-folder";
    let told = faults(&[
        FROM,
        "--mail-reply-to=hilfe@example.com",
        "--mail-bounces=bounces@example.com",
        "--smtp-tls=starttls",
        "--smtp-ca-file=ca.pem",
    ]);
    assert_eq!(
        told,
        [
            format!("--mail-from or REBOOKING_MAIL_FROM: {only}"),
            format!("--mail-reply-to or REBOOKING_MAIL_REPLY_TO: {only}"),
            format!("--mail-bounces or REBOOKING_MAIL_BOUNCES: {only}"),
            "--smtp-tls or REBOOKING_SMTP_TLS: only with --smtp-url".to_owned(),
            "--smtp-ca-file or REBOOKING_SMTP_CA_FILE: only with --smtp-url".to_owned(),
        ]
    );
    let told = faults(&["--mail-folder=mails", FROM, "--smtp-tls=starttls"]);
    assert_eq!(told, ["--smtp-tls or REBOOKING_SMTP_TLS: only with --smtp-url"]);
}

#[test]
fn two_ways_are_one_too_many() {
    let told = faults(&["--smtp-url=smtp://mail.example.com", "--mail-folder=mails", FROM]);
    assert_eq!(
        told,
        ["--mail-folder or REBOOKING_MAIL_FOLDER: give a mail server or a folder, not both"]
    );
}

#[test]
fn what_makes_no_sense_is_told_without_the_password() {
    let told = faults(&[
        "--smtp-url=smtp://shop:hunter2@mail.example.com",
        "--smtp-tls=none",
        "--mail-reply-to=x",
    ]);
    assert_eq!(
        told,
        [
            "--mail-from or REBOOKING_MAIL_FROM: an address that mails come from",
            "--smtp-tls or REBOOKING_SMTP_TLS: without TLS only to this machine: mails hold links \
             that must not be overheard",
            "--mail-reply-to or REBOOKING_MAIL_REPLY_TO: one @ with a name before and a domain \
             after it",
        ]
    );
    let told = faults(&["--smtp-url=mail.example.com:hunter2", FROM]);
    assert_eq!(told.len(), 1);
    assert!(!told.concat().contains("hunter2"), "{told:?}");
}

#[test]
fn a_mail_ends_before_the_worker_gives_it_up() {
    let relay = "--smtp-url=smtp://mail.example.com";
    let too_long =
        ["--smtp-deadline or REBOOKING_SMTP_DEADLINE: more than nothing, and shorter than \
         --deadline, which is shorter than --lease"];
    assert_eq!(
        faults(&[relay, FROM, "--smtp-deadline=30s"]),
        too_long,
        "as long as the worker waits"
    );
    assert_eq!(faults(&[relay, FROM, "--smtp-deadline=0s"]), too_long);
    assert_eq!(
        faults(&[relay, FROM, "--deadline=10s"]),
        too_long,
        "the usual 25 s are too long then"
    );
    assert_eq!(
        faults(&["--deadline=10s"]),
        Vec::<String>::new(),
        "without a relay it means nothing"
    );
    let fits = read(&[relay, FROM, "--smtp-deadline=9s", "--deadline=10s", "--lease=11s"]).unwrap();
    let nine = Duration::from_secs(9);
    assert!(matches!(fits.mail.unwrap().way, MailWay::Relay(relay) if relay.deadline == nine));
}

#[test]
fn what_only_sending_would_show_is_told_before_the_start() {
    let relay = "--smtp-url=smtp://mail.example.com";
    let umlaut = "cannot be used as a mail address: plain letters are needed before the @";
    assert_eq!(
        faults(&[relay, "--mail-from=büro@example.com"]),
        [format!("--mail-from or REBOOKING_MAIL_FROM: the sender {umlaut}")]
    );
    assert_eq!(
        faults(&["--mail-folder=mails", FROM, "--mail-reply-to=büro@example.com"]),
        [format!("--mail-reply-to or REBOOKING_MAIL_REPLY_TO: the address for answers {umlaut}")]
    );
    assert_eq!(
        faults(&[relay, FROM, "--mail-bounces=büro@example.com"]),
        [format!(
            "--mail-bounces or REBOOKING_MAIL_BOUNCES: the address for failed deliveries {umlaut}"
        )]
    );
    let file = TestFile::new("ca.pem", "not PEM");
    let told = faults(&[relay, FROM, &file.option("smtp-ca-file")]);
    assert_eq!(
        told,
        ["--smtp-ca-file or REBOOKING_SMTP_CA_FILE: the trusted certificates cannot be read: \
             PEM with at least one is needed"]
    );
}
