//! Everything that a mail server can say or leave unsaid, followed word by word.

use std::time::Duration;

use rebooking_core::customer::Language;
use rebooking_core::ports::{Mailer as _, PortError};
use rebooking_core::testing::samples;
use rebooking_smtp::{Relay, SmtpMailer, Tls};

use crate::server::mailer;
use crate::stage::samples_in;
use crate::talk::{FallSilent, Hear, OPENING, Say, SaySlowly, Step, TAKEN, Talk, script};

/// Sends the first mail of the specification. A send that outlasted its deadline by far would end the test.
async fn send(mailer: &SmtpMailer) -> Result<(), PortError> {
    let notice = samples_in(Language::German).remove(0).notice;
    let sent = tokio::time::timeout(Duration::from_secs(20), mailer.send(&notice)).await;
    let sent = sent.expect("no send outlasts its deadline");
    if let Err(error) = &sent {
        let said = format!("{error:?} {}", error.phrase());
        let link = notice.message.link().unwrap().secret.expose();
        for private in ["erika", "Erika", "example.com", link] {
            assert!(!said.contains(private), "the error says too much: {said}");
        }
    }
    sent
}

fn sort(sent: &Result<(), PortError>) -> &'static str {
    match sent {
        Ok(()) => "sent",
        Err(PortError::Passing(_)) => "passing",
        Err(PortError::Unknown(_)) => "unknown",
        Err(PortError::Lasting(_)) => "lasting",
        Err(PortError::Barred(_)) => "barred",
        Err(_) => "something else",
    }
}

/// One send to a server that follows one script.
async fn sent_to(steps: &[&[Step]]) -> &'static str {
    let talk = Talk::following(vec![script(steps)]).await;
    sort(&send(&mailer(talk.relay())).await)
}

#[tokio::test]
async fn a_mail_is_handed_over() {
    let talk = Talk::following(vec![script(&[&OPENING, &TAKEN])]).await;
    assert_eq!(sort(&send(&mailer(talk.relay())).await), "sent");
    assert_eq!(talk.counts().await, (1, 1));
}

#[tokio::test]
async fn silence_before_the_end_of_the_mail_passes() {
    assert_eq!(sent_to(&[&[FallSilent]]).await, "passing");
    assert_eq!(sent_to(&[&OPENING[..2], &[FallSilent]]).await, "passing");
    for said in 1..=5 {
        assert_eq!(sent_to(&[&OPENING, &TAKEN[..said], &[FallSilent]]).await, "passing", "{said}");
    }
}

#[tokio::test]
async fn silence_after_the_final_dot_leaves_the_outcome_unknown() {
    assert_eq!(sent_to(&[&OPENING, &TAKEN[..7], &[FallSilent]]).await, "unknown");
}

#[tokio::test]
async fn a_connection_that_breaks_is_sorted_in_the_same_way() {
    assert_eq!(sent_to(&[&[]]).await, "passing");
    assert_eq!(sent_to(&[&OPENING]).await, "passing");
    for said in [1, 3, 5] {
        assert_eq!(sent_to(&[&OPENING, &TAKEN[..said]]).await, "passing", "{said}");
    }
    assert_eq!(sent_to(&[&OPENING, &TAKEN[..7]]).await, "unknown");
    // Cut in half an answer.
    assert_eq!(sent_to(&[&OPENING, &TAKEN[..7], &[Say("250-queued")]]).await, "unknown");
}

#[tokio::test]
async fn nobody_at_the_other_end_passes() {
    let closed = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
    let relay = Relay::parse(&format!("smtp://127.0.0.1:{closed}")).unwrap().with_tls(Tls::None).unwrap();
    assert_eq!(sort(&send(&mailer(relay)).await), "passing");
}

#[tokio::test]
async fn a_refusal_is_sorted_by_where_it_comes() {
    assert_eq!(sent_to(&[&[Say("421 too busy")]]).await, "passing");
    assert_eq!(sent_to(&[&[Say("554 no service for you")]]).await, "barred");
    for (at, reply, expected) in [
        (1, "451 later", "passing"),
        (1, "530 5.7.0 log in first", "barred"),
        (1, "553 5.1.8 not your address <bounces@mail.example.com>", "barred"),
        (3, "450 4.2.0 later", "passing"),
        (3, "452 4.2.2 full", "passing"),
        (3, "550 5.1.1 <erika@example.com> is unknown", "lasting"),
        (3, "550-5.1.1 <erika@example.com>\r\n550-5.1.1 is\r\n550 5.1.1 unknown", "lasting"),
        (5, "451 later", "passing"),
        (5, "554 no", "lasting"),
        (7, "421 going down", "passing"),
        (7, "451 later", "passing"),
        (7, "452 4.3.1 disk full", "passing"),
        (7, "554 5.6.0 refused https://umbuchen.example.com/rebook/", "lasting"),
    ] {
        let steps = sent_to(&[&OPENING, &TAKEN[..at], &[Say(reply)]]).await;
        assert_eq!(steps, expected, "{reply}");
    }
}

#[tokio::test]
async fn what_is_no_reply_is_no_success() {
    for nonsense in ["hello", "2x0 ok", "250", "\u{0}\u{1}", "999 what"] {
        assert_eq!(sent_to(&[&[Say("220 here"), Hear("EHLO"), Say(nonsense), FallSilent]]).await, "passing");
        assert_eq!(sent_to(&[&OPENING, &TAKEN[..7], &[Say("hello")]]).await, "unknown");
    }
}

#[tokio::test]
async fn replies_of_many_lines_are_read_a_byte_at_a_time() {
    let opening = [
        SaySlowly("220-here\r\n220-and there\r\n220 everywhere"),
        Hear("EHLO"),
        SaySlowly("250-localhost\r\n250-8BITMIME\r\n250 HELP"),
    ];
    let taken = TAKEN.map(|step| match step {
        Say("250 ok") => SaySlowly("250-2.1.0 a\r\n250-2.1.0 b\r\n250 2.1.0 c"),
        Say("354 go on") => SaySlowly("354 go on"),
        Say(_) => SaySlowly("250-2.0.0 queued\r\n250 2.0.0 as 4711"),
        other => other,
    });
    assert_eq!(sent_to(&[&opening, &taken]).await, "sent");
}

#[tokio::test]
async fn a_connection_is_used_again() {
    let talk = Talk::following(vec![script(&[&OPENING, &TAKEN, &TAKEN, &TAKEN])]).await;
    let mailer = mailer(talk.relay());
    for _ in 0..3 {
        assert_eq!(sort(&send(&mailer).await), "sent");
    }
    assert_eq!(talk.counts().await, (1, 3));
}

#[tokio::test]
async fn a_connection_that_was_closed_while_it_waited_loses_and_doubles_nothing() {
    let once = script(&[&OPENING, &TAKEN]);
    let goodbye = script(&[&once, &[Say("421 idle for too long")]]);
    let late_goodbye = script(&[&once, &TAKEN[..1], &[Say("421 idle for too long")]]);
    let late_break = script(&[&once, &TAKEN[..3]]);
    for first in [once.clone(), goodbye, late_goodbye, late_break] {
        let talk = Talk::following(vec![first, once.clone()]).await;
        let mailer = mailer(talk.relay());
        assert_eq!(sort(&send(&mailer).await), "sent");
        tokio::time::sleep(Duration::from_millis(20)).await;
        assert_eq!(sort(&send(&mailer).await), "sent");
        assert_eq!(talk.counts().await, (2, 2), "each mail once");
    }
}

/// Then it may have been taken: another try now could double it.
#[tokio::test]
async fn a_connection_that_breaks_after_the_final_dot_is_not_tried_again_at_once() {
    let first = script(&[&OPENING, &TAKEN, &TAKEN[..7]]);
    let talk = Talk::following(vec![first, script(&[&OPENING, &TAKEN])]).await;
    let mailer = mailer(talk.relay());
    assert_eq!(sort(&send(&mailer).await), "sent");
    assert_eq!(sort(&send(&mailer).await), "unknown");
    assert_eq!(talk.counts().await.0, 1);
    assert_eq!(sort(&send(&mailer).await), "sent");
}

#[tokio::test]
async fn a_server_that_always_says_goodbye_on_reuse_is_tried_on_a_new_connection_once() {
    let once = script(&[&OPENING, &TAKEN, &[Say("421 one mail only")]]);
    let busy = vec![Say("421 too busy")];
    let talk = Talk::following(vec![once, busy]).await;
    let mailer = mailer(talk.relay());
    assert_eq!(sort(&send(&mailer).await), "sent");
    assert_eq!(sort(&send(&mailer).await), "passing");
    assert_eq!(talk.counts().await, (2, 1));
}

#[tokio::test]
async fn an_old_connection_and_one_after_an_error_are_left_alone() {
    let once = script(&[&OPENING, &TAKEN]);
    let talk = Talk::following(vec![once.clone(), once.clone()]).await;
    let mailer = mailer(Relay { idle: Duration::ZERO, ..talk.relay() });
    for _ in 0..2 {
        assert_eq!(sort(&send(&mailer).await), "sent");
    }
    assert_eq!(talk.counts().await.0, 2);
    let refusing = script(&[&OPENING, &TAKEN[..3], &[Say("550 no"), FallSilent]]);
    let talk = Talk::following(vec![refusing, once]).await;
    let mailer = crate::server::mailer(talk.relay());
    assert_eq!(sort(&send(&mailer).await), "lasting");
    assert_eq!(sort(&send(&mailer).await), "sent");
}

/// Nothing but greetings in clear: not one byte of the mail or of the password.
#[tokio::test]
async fn without_the_encryption_that_is_required_nothing_is_said() {
    let offered =
        [Say("220 here"), Hear("EHLO"), Say("250-localhost\r\n250-AUTH PLAIN LOGIN\r\n250 STARTTLS")];
    let not_offered =
        [Say("220 here"), Hear("EHLO"), Say("250-localhost\r\n250 AUTH PLAIN LOGIN"), FallSilent];
    let answers =
        |answer| script(&[&offered, &[Hear("STARTTLS"), Say(answer), Hear("QUIT"), Say("221 bye")]]);
    let broken_promise = script(&[&offered, &[Hear("STARTTLS"), Say("220 go ahead"), FallSilent]]);
    for (steps, expected) in [
        (not_offered.to_vec(), "barred"),
        (answers("454 TLS not available"), "passing"),
        (answers("502 what is that"), "barred"),
        // Says yes, and does not do it.
        (broken_promise, "passing"),
    ] {
        let talk = Talk::following(vec![steps]).await;
        let relay = Relay::parse(&format!("smtp://shop:secret@127.0.0.1:{}", talk.port)).unwrap();
        let relay = Relay { deadline: Duration::from_millis(400), ..relay };
        assert_eq!(sort(&send(&mailer(relay)).await), expected);
        let heard = talk.heard().await.concat();
        let mut lines: Vec<_> = heard.lines().filter(|line| line.is_ascii() && !line.is_empty()).collect();
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
        (offering("250-localhost\r\n250 AUTH PLAIN"), "535 5.7.8 wrong password for shop", "barred"),
        (offering("250-localhost\r\n250 AUTH PLAIN"), "534 5.7.9 too weak", "barred"),
        (offering("250-localhost\r\n250 AUTH PLAIN"), "454 4.7.0 try later", "passing"),
    ] {
        let talk =
            Talk::following(vec![script(&[&opening, &[Hear("AUTH PLAIN "), Say(answer), FallSilent]])]).await;
        let login = Relay::parse("smtp://shop:secret@127.0.0.1").unwrap().login;
        let relay = Relay { login, ..talk.relay() };
        assert_eq!(sort(&send(&mailer(relay)).await), expected, "{answer}");
    }
    let talk =
        Talk::following(vec![script(&[&offering("250-localhost\r\n250 AUTH GSSAPI"), &[FallSilent]])]).await;
    let login = Relay::parse("smtp://shop:secret@127.0.0.1").unwrap().login;
    assert_eq!(sort(&send(&mailer(Relay { login, ..talk.relay() })).await), "barred");
}

#[tokio::test]
async fn an_address_with_letters_that_the_server_cannot_take_is_refused_for_good() {
    let talk = Talk::following(vec![script(&[&OPENING, &[FallSilent]])]).await;
    let mut notice = samples_in(Language::German).remove(0).notice;
    notice.to = samples::email("jürgen@example.com");
    assert_eq!(sort(&mailer(talk.relay()).send(&notice).await), "lasting");
    assert!(!talk.heard().await.concat().contains("MAIL"));
}
