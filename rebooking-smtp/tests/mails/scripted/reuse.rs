//! Connections that are kept for the next mail: nothing is lost and nothing doubled when the server
//! closes them.

use std::time::Duration;

use rebooking_smtp::Relay;

use super::{send, sort};
use crate::server::mailer;
use crate::talk::{FallSilent, OPENING, Say, TAKEN, Talk, script};

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
