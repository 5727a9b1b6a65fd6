//! What each answer of the server means for the mail, for its recipient and for the lane.

use rebooking_core::ports::Mailer as _;
use rebooking_core::testing::samples;
use rebooking_core::value::customer::Language;
use rebooking_smtp::Relay;

use super::{send, sent_to, sort};
use crate::server::mailer;
use crate::stage::samples_in;
use crate::talk::{FallSilent, Hear, OPENING, Say, SayBytes, SaySlowly, TAKEN, Talk, script};

#[tokio::test]
async fn a_mail_is_handed_over() {
    let talk = Talk::following(vec![script(&[&OPENING, &TAKEN])]).await;
    assert_eq!(sort(&send(&mailer(talk.relay())).await), "sent");
    assert_eq!(talk.counts().await, (1, 1));
}

/// Words in the letters of a country are nobody's certificate, and no lost connection either: the
/// code counts.
#[tokio::test]
async fn replies_in_latin_1_are_understood() {
    let greeting = [
        SayBytes(b"220 M\xfcnchen\r\n"),
        Hear("EHLO"),
        SayBytes(b"250-gr\xfc\xdfe\r\n250 HELP\r\n"),
    ];
    let taken = TAKEN.map(|step| match step {
        Say("250 ok") => SayBytes(b"250 Empf\xe4nger gew\xe4hlt\r\n"),
        Say("354 go on") => SayBytes(b"354 weiter, bitte sch\xf6n\r\n"),
        Say(_) => SayBytes(b"250 Ausgang f\xfcr 4711\r\n"),
        other => other,
    });
    assert_eq!(sent_to(&[&greeting, &taken]).await, "sent");
    for (at, reply, expected) in [
        (1, b"451 sp\xe4ter\r\n".as_slice(), "down"),
        (3, b"550 Empf\xe4nger unbekannt\r\n", "undeliverable"),
        (3, b"450 sp\xe4ter\r\n", "passing"),
        (7, b"554 unerw\xfcnscht\r\n", "lasting"),
    ] {
        assert_eq!(sent_to(&[&OPENING, &TAKEN[..at], &[SayBytes(reply)]]).await, expected);
    }
}

/// The client itself takes 3xx for a yes.
#[tokio::test]
async fn each_command_is_answered_by_its_own_kind_of_yes() {
    for (at, reply, expected) in [
        (1, "354 go on", "down"),
        (3, "354 go on", "passing"),
        (5, "250 ok", "passing"),
        (5, "334 go on", "passing"),
        (7, "354 go on", "unknown"),
    ] {
        let sent = sent_to(&[&OPENING, &TAKEN[..at], &[Say(reply), FallSilent]]).await;
        assert_eq!(sent, expected, "{reply} at {at}");
    }
    let talk = Talk::following(vec![
        script(&[&OPENING, &TAKEN[..1], &[Say("354 go on"), FallSilent]]),
        script(&[&OPENING, &TAKEN]),
    ])
    .await;
    let mailer = mailer(talk.relay());
    assert_eq!(sort(&send(&mailer).await), "down");
    assert_eq!(sort(&send(&mailer).await), "sent", "on a connection of its own");
}

#[tokio::test]
async fn a_refusal_is_sorted_by_where_it_comes() {
    assert_eq!(sent_to(&[&[Say("421 too busy")]]).await, "down");
    assert_eq!(sent_to(&[&[Say("554 no service for you")]]).await, "barred");
    for (at, reply, expected) in [
        (1, "451 later", "down"),
        (1, "530 5.7.0 log in first", "barred"),
        (1, "553 5.1.8 not your address <bounces@mail.example.com>", "barred"),
        (3, "450 4.2.0 later", "passing"),
        (3, "452 4.2.2 full", "passing"),
        (3, "550 5.1.1 <erika@example.com> is unknown", "undeliverable"),
        (3, "550-5.1.1 <erika@example.com>\r\n550-5.1.1 is\r\n550 5.1.1 unknown", "undeliverable"),
        // Without a login it is us whom it does not know.
        (3, "550 5.7.1 relaying denied for <erika@example.com>", "barred"),
        (3, "554 5.7.1 <erika@example.com>: Relay access denied", "barred"),
        (3, "554-5.7.64 a\r\n554 5.7.64 b", "barred"),
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
    for nonsense in ["hello", "2x0 ok", "\u{0}\u{1}", "999 what", "250+ok", "150 wait"] {
        let opening = [Say("220 here"), Hear("EHLO"), Say(nonsense), FallSilent];
        assert_eq!(sent_to(&[&opening]).await, "down", "{nonsense:?}");
        let said = sent_to(&[&OPENING, &TAKEN[..7], &[Say(nonsense), FallSilent]]).await;
        assert_eq!(said, "unknown", "{nonsense:?}");
    }
}

#[tokio::test]
async fn with_a_login_a_refused_recipient_is_one() {
    let offer = [Say("220 here"), Hear("EHLO"), Say("250-localhost\r\n250 AUTH PLAIN")];
    let login = [Hear("AUTH PLAIN "), Say("235 welcome")];
    let refused = [Say("550 5.7.1 <erika@example.com> wants no mail from you"), FallSilent];
    let talk = Talk::following(vec![script(&[&offer, &login, &TAKEN[..3], &refused])]).await;
    let login = Relay::parse("smtp://shop:secret@127.0.0.1").unwrap().login;
    assert_eq!(sort(&send(&mailer(Relay { login, ..talk.relay() })).await), "undeliverable");
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
async fn an_address_with_letters_that_the_server_cannot_take_is_refused_for_good() {
    let mut notice = samples_in(Language::GERMAN).remove(0).notice;
    notice.to = samples::email("jürgen@example.com");
    let talk = Talk::following(vec![script(&[&OPENING, &[FallSilent]])]).await;
    assert_eq!(sort(&mailer(talk.relay()).send(&notice).await), "undeliverable");
    assert!(!talk.heard().await.concat().contains("MAIL"));
    // It says that it can, and cannot after all: that harms nobody else's mail.
    let opening =
        [Say("220 here"), Hear("EHLO"), Say("250-localhost\r\n250-8BITMIME\r\n250 SMTPUTF8")];
    for (reply, expected) in [
        ("553 5.6.7 no", "undeliverable"),
        ("555 what", "undeliverable"),
        ("530 5.7.0 log in", "barred"),
        ("451 later", "down"),
    ] {
        let steps = script(&[&opening, &[Hear("MAIL FROM:"), Say(reply), FallSilent]]);
        let talk = Talk::following(vec![steps]).await;
        assert_eq!(sort(&mailer(talk.relay()).send(&notice).await), expected, "{reply}");
    }
}
