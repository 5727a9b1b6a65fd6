//! Who we say that we are.

use rebooking_core::testing::samples;
use rebooking_smtp::{MailSettings, Relay, Renderer, SmtpMailer, Tls};

use super::{send, sort};
use crate::stage::settings;
use crate::talk::{Hear, Say, TAKEN, Talk, script};

/// The domain as DNS has it, wherever we say who we are.
#[tokio::test]
async fn a_sender_at_a_domain_with_umlauts_goes_by_its_name_in_dns() {
    let ours = samples::email("buchung@b\u{fc}cher.example");
    let settings = MailSettings::new(settings().presentation, ours);
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
