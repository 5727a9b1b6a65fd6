//! Everything that a mail server can say or leave unsaid, followed word by word.

use std::time::Duration;

use rebooking_core::customer::Language;
use rebooking_core::notice::Notice;
use rebooking_core::ports::{Mailer as _, PortError};
use rebooking_core::testing::samples;
use rebooking_smtp::{MailSettings, Relay, Renderer, SmtpMailer, Tls, UnusableSettings};

use tokio::time::Instant;

use crate::server::mailer;
use crate::stage::{renderer, samples_in, settings};
use crate::talk::{
    Drip, FallSilent, HASTE, Hear, OPENING, PATIENCE, Say, SayBytes, SaySlowly, Step, TAKEN, Talk, TurnDeaf,
    script,
};

/// Sends the first mail of the specification.
async fn send(mailer: &SmtpMailer) -> Result<(), PortError> {
    send_this(mailer, &samples_in(Language::German).remove(0).notice, PATIENCE).await
}

/// Sends a mail. What is over its deadline by more than a busy machine explains ends the test.
async fn send_this(mailer: &SmtpMailer, notice: &Notice, deadline: Duration) -> Result<(), PortError> {
    let began = Instant::now();
    let sent = mailer.send(notice).await;
    assert!(began.elapsed() < deadline + Duration::from_secs(2), "it took {:?}", began.elapsed());
    if let Err(error) = &sent {
        let said = format!("{error:?} {}", error.phrase());
        let link = notice.message.link().map_or("mustermann", |link| link.secret.expose());
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
        Err(PortError::Undeliverable(_)) => "undeliverable",
        Err(PortError::Down(_)) => "down",
        Err(PortError::Barred(_)) => "barred",
        Err(_) => "something else",
    }
}

/// One send to a server that follows one script.
async fn sent_to(steps: &[&[Step]]) -> &'static str {
    let talk = Talk::following(vec![script(steps)]).await;
    sort(&send(&mailer(talk.relay())).await)
}

/// The same to one that will say nothing more at some point.
async fn sent_in_haste_to(steps: &[&[Step]]) -> &'static str {
    let talk = Talk::following(vec![script(steps)]).await;
    let notice = samples_in(Language::German).remove(0).notice;
    sort(&send_this(&mailer(talk.hasty_relay()), &notice, HASTE).await)
}

#[tokio::test]
async fn a_mail_is_handed_over() {
    let talk = Talk::following(vec![script(&[&OPENING, &TAKEN])]).await;
    assert_eq!(sort(&send(&mailer(talk.relay())).await), "sent");
    assert_eq!(talk.counts().await, (1, 1));
}

#[tokio::test]
async fn silence_before_a_recipient_is_named_is_the_relays_and_then_it_passes() {
    assert_eq!(sent_in_haste_to(&[&[FallSilent]]).await, "down");
    assert_eq!(sent_in_haste_to(&[&OPENING[..2], &[FallSilent]]).await, "down");
    for (said, expected) in [(1, "down"), (2, "passing"), (3, "passing"), (4, "passing"), (5, "passing")] {
        let sent = sent_in_haste_to(&[&OPENING, &TAKEN[..said], &[FallSilent]]).await;
        assert_eq!(sent, expected, "{said}");
    }
}

#[tokio::test]
async fn a_reply_that_never_ends_does_not_outlast_the_deadline() {
    assert_eq!(sent_in_haste_to(&[&[Drip]]).await, "down");
    assert_eq!(sent_in_haste_to(&[&OPENING, &TAKEN[..3], &[Drip]]).await, "passing");
    assert_eq!(sent_in_haste_to(&[&OPENING, &TAKEN[..7], &[Drip]]).await, "unknown");
}

/// More than all buffers on the way hold.
#[tokio::test]
async fn a_server_that_stops_reading_does_not_outlast_the_deadline() {
    let talk = Talk::following(vec![script(&[&OPENING, &TAKEN[..6], &[TurnDeaf]])]).await;
    let renderer = renderer().with_template("de/declined/body.txt", &"x".repeat(32 << 20)).unwrap();
    let mailer = SmtpMailer::new(renderer, talk.hasty_relay()).unwrap();
    let notice = samples_in(Language::German).remove(0).notice;
    let began = Instant::now();
    assert_eq!(sort(&mailer.send(&notice).await), "passing");
    // To make so long a mail takes a while by itself.
    assert!(began.elapsed() < Duration::from_secs(60), "{:?}", began.elapsed());
}

/// Words in the letters of a country are nobody's certificate, and no lost connection either: the code counts.
#[tokio::test]
async fn replies_in_latin_1_are_understood() {
    let greeting =
        [SayBytes(b"220 M\xfcnchen\r\n"), Hear("EHLO"), SayBytes(b"250-gr\xfc\xdfe\r\n250 HELP\r\n")];
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
async fn silence_after_the_final_dot_leaves_the_outcome_unknown() {
    assert_eq!(sent_in_haste_to(&[&OPENING, &TAKEN[..7], &[FallSilent]]).await, "unknown");
}

#[tokio::test]
async fn a_connection_that_breaks_is_sorted_in_the_same_way() {
    assert_eq!(sent_to(&[&[]]).await, "down");
    assert_eq!(sent_to(&[&OPENING]).await, "down");
    for (said, expected) in [(1, "down"), (3, "passing"), (5, "passing")] {
        assert_eq!(sent_to(&[&OPENING, &TAKEN[..said]]).await, expected, "{said}");
    }
    assert_eq!(sent_to(&[&OPENING, &TAKEN[..7]]).await, "unknown");
    // Cut in half an answer.
    assert_eq!(sent_to(&[&OPENING, &TAKEN[..7], &[Say("250-queued")]]).await, "unknown");
}

#[tokio::test]
async fn nobody_at_the_other_end_closes_the_lane_for_a_while() {
    let closed = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
    let relay = Relay::parse(&format!("smtp://127.0.0.1:{closed}")).unwrap().with_tls(Tls::None).unwrap();
    assert_eq!(sort(&send(&mailer(relay)).await), "down");
    let relay = Relay::parse("smtp://no-such-host.invalid").unwrap();
    assert_eq!(sort(&send(&mailer(Relay { deadline: PATIENCE, ..relay })).await), "down");
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

/// A firewall on the way has forgotten the connection, and swallows what is said on it.
#[tokio::test]
async fn a_kept_connection_that_swallows_everything_gives_way_to_a_new_one() {
    let first = script(&[&OPENING, &TAKEN, &[FallSilent]]);
    let talk = Talk::following(vec![first, script(&[&OPENING, &TAKEN])]).await;
    let mailer = mailer(Relay { deadline: Duration::from_secs(4), ..talk.relay() });
    assert_eq!(sort(&send(&mailer).await), "sent");
    assert_eq!(sort(&send(&mailer).await), "sent");
    drop(mailer);
    assert_eq!(talk.counts().await, (2, 2));
}

/// The client would say goodbye, and wait for an answer until the refusal is forgotten.
#[tokio::test]
async fn a_refusal_counts_also_when_nothing_follows_it() {
    let opening = [Say("220 here"), Hear("EHLO"), Say("502 5.5.1 what is that"), FallSilent];
    assert_eq!(sent_in_haste_to(&[&opening]).await, "barred");
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

/// Injected into the talk in clear, they would be taken for answers that came encrypted.
#[tokio::test]
async fn words_that_come_with_the_yes_to_starttls_are_no_answers() {
    let injected = b"220 go ahead\r\n250-localhost\r\n250 AUTH PLAIN\r\n235 ok\r\n250 ok\r\n250 ok\r\n354 go on\r\n250 queued\r\n";
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

/// The domain as DNS has it, wherever we say who we are.
#[tokio::test]
async fn a_sender_at_a_domain_with_umlauts_goes_by_its_name_in_dns() {
    let ours = samples::email("buchung@b\u{fc}cher.example");
    let settings = MailSettings::new(settings().brand, settings().base, ours);
    let hello = [Say("220 here"), Hear("EHLO xn--bcher-kva.example"), Say("250 localhost")];
    let sender = [Hear("MAIL FROM:<buchung@xn--bcher-kva.example>"), Say("250 ok")];
    let talk = Talk::following(vec![script(&[&hello, &sender, &TAKEN[2..]])]).await;
    let mailer = SmtpMailer::new(Renderer::new(settings), talk.relay()).unwrap();
    assert_eq!(sort(&send(&mailer).await), "sent");
    drop(mailer);
    let heard = talk.heard().await.concat();
    assert!(heard.contains("Message-ID: <7001-1-mail-declined@xn--bcher-kva.example>"), "{heard}");
    assert!(heard.contains("References: <case-7001@xn--bcher-kva.example>"), "{heard}");
}

#[test]
fn addresses_of_ours_that_not_every_server_takes_are_refused_at_the_start() {
    let hidden = |settings: MailSettings| {
        let relay = Relay::parse("smtp://127.0.0.1").unwrap().with_tls(Tls::None).unwrap();
        SmtpMailer::new(Renderer::new(settings), relay).err().map(|wrong| wrong.to_string())
    };
    let umlaut = || samples::email("b\u{fc}cher@example.com");
    for (settings, wrong) in [
        (MailSettings { sender: umlaut(), ..settings() }, "the sender"),
        (MailSettings { reply_to: umlaut(), ..settings() }, "the address for answers"),
        (MailSettings { bounces: umlaut(), ..settings() }, "the address for failed deliveries"),
    ] {
        assert!(hidden(settings).is_some_and(|said| said.starts_with(wrong)), "{wrong}");
    }
}

#[test]
fn what_can_never_be_encrypted_is_told_at_the_start() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let wrong = |relay: Relay| SmtpMailer::new(renderer(), relay).err();
    let relay = Relay::parse("smtp://mail.example.com").unwrap();
    for pem in ["", "no certificate", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"] {
        let relay = Relay { trusted: Some(pem.into()), ..relay.clone() };
        assert_eq!(wrong(relay), Some(UnusableSettings::Certificates), "{pem}");
    }
    let relay = Relay::parse("smtp://mail_.example..com").unwrap();
    assert_eq!(wrong(relay), Some(UnusableSettings::Host));
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
    assert_eq!(sort(&send(&mailer).await), "down");
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
    assert_eq!(sort(&send(&mailer).await), "undeliverable");
    assert_eq!(sort(&send(&mailer).await), "sent");
}

/// Nothing but greetings in clear: not one byte of the mail or of the password.
#[tokio::test]
async fn without_the_encryption_that_is_required_nothing_is_said() {
    let offered =
        [Say("220 here"), Hear("EHLO"), Say("250-localhost\r\n250-AUTH PLAIN LOGIN\r\n250 STARTTLS")];
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
        let notice = samples_in(Language::German).remove(0).notice;
        assert_eq!(sort(&send_this(&mailer(relay), &notice, HASTE).await), expected);
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
        (offering("250-localhost\r\n250 AUTH PLAIN"), "454 4.7.0 try later", "down"),
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
    let mut notice = samples_in(Language::German).remove(0).notice;
    notice.to = samples::email("jürgen@example.com");
    let talk = Talk::following(vec![script(&[&OPENING, &[FallSilent]])]).await;
    assert_eq!(sort(&mailer(talk.relay()).send(&notice).await), "undeliverable");
    assert!(!talk.heard().await.concat().contains("MAIL"));
    // It says that it can, and cannot after all: that harms nobody else's mail.
    let opening = [Say("220 here"), Hear("EHLO"), Say("250-localhost\r\n250-8BITMIME\r\n250 SMTPUTF8")];
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
