//! Everything that a mail server can say or leave unsaid, followed word by word.

mod answers;
mod encryption;
mod reuse;
mod sender;
mod silence;

use std::time::Duration;

use rebooking_core::notice::Notice;
use rebooking_core::ports::{Mailer as _, PortError};
use rebooking_core::value::customer::Language;
use rebooking_smtp::SmtpMailer;
use tokio::time::Instant;

use crate::server::mailer;
use crate::stage::samples_in;
use crate::talk::{HASTE, PATIENCE, Step, Talk, script};

/// Sends the first mail of the specification.
async fn send(mailer: &SmtpMailer) -> Result<(), PortError> {
    send_this(mailer, &samples_in(Language::GERMAN).remove(0).notice, PATIENCE).await
}

/// Sends a mail. What is over its deadline by more than a busy machine explains ends the test.
async fn send_this(
    mailer: &SmtpMailer,
    notice: &Notice,
    deadline: Duration,
) -> Result<(), PortError> {
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
        Err(PortError::Transient(_)) => "passing",
        Err(PortError::Unknown(_)) => "unknown",
        Err(PortError::Permanent(_)) => "lasting",
        Err(PortError::InvalidRecipient(_)) => "undeliverable",
        Err(PortError::Unavailable(_)) => "down",
        Err(PortError::Unauthorized(_)) => "barred",
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
    let notice = samples_in(Language::GERMAN).remove(0).notice;
    sort(&send_this(&mailer(talk.hasty_relay()), &notice, HASTE).await)
}
