//! What is said before and without encryption, and to a server that does not let us in.

use rebooking_core::value::customer::Language;
use rebooking_smtp::{Relay, SmtpMailer, UnusableSettings};

use super::{send, send_this, sort};
use crate::server::mailer;
use crate::stage::{renderer, samples_in};
use crate::talk::{FallSilent, HASTE, Hear, PATIENCE, Say, SayBytes, Talk, script};

/// Injected into the talk in clear, they would be taken for answers that came encrypted.
#[tokio::test]
async fn words_that_come_with_the_yes_to_starttls_are_no_answers() {
    let injected = b"220 go ahead\r\n250-localhost\r\n250 AUTH PLAIN\r\n235 ok\r\n250 ok\r\n250 \
                     ok\r\n354 go on\r\n250 queued\r\n";
    let steps = [
        Say("220 here"),
        Hear("EHLO"),
        Say("250-localhost\r\n250 STARTTLS"),
        Hear("STARTTLS"),
        SayBytes(injected),
        FallSilent,
    ];
    let talk = Talk::following(vec![steps.to_vec()]).await;
    let relay = Relay::parse(&format!("smtp://127.0.0.1:{}", talk.port)).unwrap();
    assert_eq!(sort(&send(&mailer(Relay { deadline: PATIENCE, ..relay })).await), "barred");
    assert_eq!(talk.heard().await.concat(), "EHLO mail.example.com\r\nSTARTTLS\r\n");
}

#[test]
fn what_can_never_be_encrypted_is_told_at_the_start() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let wrong = |relay: Relay| SmtpMailer::new(renderer(), relay).err();
    let relay = Relay::parse("smtp://mail.example.com").unwrap();
    for pem in
        ["", "no certificate", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"]
    {
        let relay = Relay { trusted: Some(pem.into()), ..relay.clone() };
        assert_eq!(wrong(relay), Some(UnusableSettings::Certificates), "{pem}");
    }
    let relay = Relay::parse("smtp://mail_.example..com").unwrap();
    assert_eq!(wrong(relay), Some(UnusableSettings::Host));
}

/// Nothing but greetings in clear: not one byte of the mail or of the password.
#[tokio::test]
async fn without_the_encryption_that_is_required_nothing_is_said() {
    let offered = [
        Say("220 here"),
        Hear("EHLO"),
        Say("250-localhost\r\n250-AUTH PLAIN LOGIN\r\n250 STARTTLS"),
    ];
    let not_offered =
        [Say("220 here"), Hear("EHLO"), Say("250-localhost\r\n250 AUTH PLAIN LOGIN"), FallSilent];
    let answers = |answer| script(&[&offered, &[Hear("STARTTLS"), Say(answer), FallSilent]]);
    let broken_promise = script(&[&offered, &[Hear("STARTTLS"), Say("220 go ahead"), FallSilent]]);
    for (steps, expected) in [
        (not_offered.to_vec(), "barred"),
        (answers("454 TLS not available"), "down"),
        (answers("502 what is that"), "barred"),
        // Says yes, and does not do it.
        (broken_promise, "down"),
    ] {
        let talk = Talk::following(vec![steps]).await;
        let relay = Relay::parse(&format!("smtp://shop:secret@127.0.0.1:{}", talk.port)).unwrap();
        let relay = Relay { deadline: HASTE, ..relay };
        let notice = samples_in(Language::GERMAN).remove(0).notice;
        assert_eq!(sort(&send_this(&mailer(relay), &notice, HASTE).await), expected);
        let heard = talk.heard().await.concat();
        let mut lines: Vec<_> =
            heard.lines().filter(|line| line.is_ascii() && !line.is_empty()).collect();
        lines.retain(|line| !["EHLO mail.example.com", "STARTTLS", "QUIT"].contains(line));
        for said in &lines {
            let word = said.split([' ', ':']).next().unwrap();
            assert!(!["MAIL", "RCPT", "DATA", "AUTH", "Subject", "RSET"].contains(&word), "{said}");
        }
        assert!(!heard.contains("erika") && !heard.contains("Terminänderung"));
    }
}

#[tokio::test]
async fn a_login_that_is_refused_or_impossible_bars_the_way() {
    let offering = |what| [Say("220 here"), Hear("EHLO"), Say(what)];
    for (opening, answer, expected) in [
        (
            offering("250-localhost\r\n250 AUTH PLAIN"),
            "535 5.7.8 wrong password for shop",
            "barred",
        ),
        (offering("250-localhost\r\n250 AUTH PLAIN"), "534 5.7.9 too weak", "barred"),
        (offering("250-localhost\r\n250 AUTH PLAIN"), "454 4.7.0 try later", "down"),
    ] {
        let talk = Talk::following(vec![script(&[
            &opening,
            &[Hear("AUTH PLAIN "), Say(answer), FallSilent],
        ])])
        .await;
        let login = Relay::parse("smtp://shop:secret@127.0.0.1").unwrap().login;
        let relay = Relay { login, ..talk.relay() };
        assert_eq!(sort(&send(&mailer(relay)).await), expected, "{answer}");
    }
    let talk = Talk::following(vec![script(&[
        &offering("250-localhost\r\n250 AUTH GSSAPI"),
        &[FallSilent],
    ])])
    .await;
    let login = Relay::parse("smtp://shop:secret@127.0.0.1").unwrap().login;
    assert_eq!(sort(&send(&mailer(Relay { login, ..talk.relay() })).await), "barred");
}
