//! A server that falls silent, goes away or never comes to an end: no send outlasts its deadline.

use std::time::Duration;

use rebooking_core::ports::Mailer as _;
use rebooking_core::value::customer::Language;
use rebooking_smtp::{Relay, SmtpMailer, Tls};
use tokio::time::Instant;

use super::{send, sent_in_haste_to, sent_to, sort};
use crate::server::mailer;
use crate::stage::{renderer, samples_in};
use crate::talk::{Drip, FallSilent, Hear, OPENING, PATIENCE, Say, TAKEN, Talk, TurnDeaf, script};

#[tokio::test]
async fn silence_before_a_recipient_is_named_is_the_relays_and_then_it_passes() {
    assert_eq!(sent_in_haste_to(&[&[FallSilent]]).await, "down");
    assert_eq!(sent_in_haste_to(&[&OPENING[..2], &[FallSilent]]).await, "down");
    for (said, expected) in
        [(1, "down"), (2, "passing"), (3, "passing"), (4, "passing"), (5, "passing")]
    {
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
    let notice = samples_in(Language::GERMAN).remove(0).notice;
    let began = Instant::now();
    assert_eq!(sort(&mailer.send(&notice).await), "passing");
    // To make so long a mail takes a while by itself.
    assert!(began.elapsed() < Duration::from_secs(60), "{:?}", began.elapsed());
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
    let closed =
        std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
    let relay =
        Relay::parse(&format!("smtp://127.0.0.1:{closed}")).unwrap().with_tls(Tls::None).unwrap();
    assert_eq!(sort(&send(&mailer(relay)).await), "down");
    let relay = Relay::parse("smtp://no-such-host.invalid").unwrap();
    assert_eq!(sort(&send(&mailer(Relay { deadline: PATIENCE, ..relay })).await), "down");
}

/// The client would say goodbye, and wait for an answer until the refusal is forgotten.
#[tokio::test]
async fn a_refusal_counts_also_when_nothing_follows_it() {
    let opening = [Say("220 here"), Hear("EHLO"), Say("502 5.5.1 what is that"), FallSilent];
    assert_eq!(sent_in_haste_to(&[&opening]).await, "barred");
}
