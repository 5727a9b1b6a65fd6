//! Conversations with aiosmtpd: TLS, login, and whole mails as a server of another make takes them.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use machine::{MailServer, MailServerSettings};
use rebooking_core::effect::TicketFact;
use rebooking_core::ports::{Mailer as _, PortError};
use rebooking_core::testing::{SettableClock, World, samples};
use rebooking_core::value::customer::Language;
use rebooking_core::{Policy, Rebookings};
use rebooking_smtp::{Relay, SmtpMailer, Tls};
use serde_json::Value;

use crate::files::folder;
use crate::stage::{all_samples, renderer, samples_in};

/// An aiosmtpd of our own, which ends with the test.
pub(crate) struct Server {
    running: MailServer,
    certificate: String,
}

const PASSWORD: &str = "p:w%d/ü";

impl Server {
    pub(crate) fn start(name: &str) -> Self {
        Self::start_with(name, Tls::StartTls)
    }

    fn start_with(name: &str, tls: Tls) -> Self {
        let folder = folder(&format!("server-{name}"));
        let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
        let (certificate, key) = (folder.join("certificate.pem"), folder.join("key.pem"));
        std::fs::write(&certificate, made.cert.pem()).unwrap();
        std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
        let (password, implicit) = (PASSWORD.to_owned(), tls == Tls::Implicit);
        let settings = MailServerSettings { certificate, key, password, implicit };
        Self { running: MailServer::start(&settings).unwrap(), certificate: made.cert.pem() }
    }

    /// A relay at this server. Each gets its own connections, like another process.
    pub(crate) fn relay(&self) -> Relay {
        let url = format!("smtp://shop:p%3Aw%25d%2F%C3%BC@localhost:{}", self.running.port());
        let relay = Relay::parse(&url).unwrap();
        Relay { trusted: Some(self.certificate.clone().into_bytes()), ..relay }
    }

    pub(crate) fn mailer(&self) -> SmtpMailer {
        mailer(self.relay())
    }

    /// `refuse <address>`, or `MAIL`, `RCPT`, `DATA` with the reply to the next such command.
    pub(crate) fn order(&mut self, order: &str) {
        self.running.order(order).unwrap();
    }

    /// Every mail that it has taken.
    pub(crate) fn mails(&mut self) -> &[Value] {
        self.running.mails().unwrap()
    }
}

/// A mailer for a relay, in a process that has a TLS provider.
pub(crate) fn mailer(relay: Relay) -> SmtpMailer {
    let _ = rustls::crypto::ring::default_provider().install_default();
    SmtpMailer::new(renderer(), relay).unwrap()
}

fn bytes(mail: &Value) -> String {
    String::from_utf8(STANDARD.decode(mail["mail"].as_str().unwrap()).unwrap()).unwrap()
}

#[tokio::test]
async fn every_mail_arrives_as_it_was_written_encrypted_and_signed_in() {
    let mut server = Server::start("arrives");
    let (mailer, folder) = (server.mailer(), folder("arrives"));
    for sample in all_samples() {
        mailer.send(&sample.notice).await.unwrap();
        let mail = server.mails().last().unwrap().clone();
        assert_eq!(mail["to"], serde_json::json!([sample.notice.to.expose()]));
        assert_eq!(mail["sender"], "bounces@mail.example.com");
        assert_eq!((&mail["encrypted"], &mail["signed_in"]), (&true.into(), &true.into()));
        let written = crate::files::bytes_of(renderer(), &sample.notice, &folder).await;
        assert_eq!(
            bytes(&mail).trim_end(),
            String::from_utf8(written).unwrap().trim_end(),
            "{}",
            sample.name
        );
    }
    let peers: std::collections::BTreeSet<_> =
        server.mails().iter().map(|mail| mail["peer"].as_u64()).collect();
    assert_eq!(peers.len(), 1, "all over one connection");
}

#[tokio::test]
async fn refusals_are_sorted_and_a_passing_one_is_followed_by_the_mail() {
    let mut server = Server::start("refusals");
    let mailer = server.mailer();
    let notice = samples_in(Language::GERMAN).remove(0).notice;
    server.order("RCPT 450 4.2.0 greylisted");
    assert!(matches!(mailer.send(&notice).await, Err(PortError::Transient(_))));
    server.order("DATA 452 4.3.1 disk full");
    assert!(matches!(mailer.send(&notice).await, Err(PortError::Transient(_))));
    server.order("DATA 554 5.6.0 no");
    assert!(matches!(mailer.send(&notice).await, Err(PortError::Permanent(_))));
    server.order("MAIL 553 5.1.8 not your address");
    assert!(matches!(mailer.send(&notice).await, Err(PortError::Unauthorized(_))));
    assert_eq!(server.mails().len(), 0);
    mailer.send(&notice).await.unwrap();
    assert_eq!(server.mails().len(), 1);
}

#[tokio::test]
async fn a_mail_goes_over_a_connection_that_is_encrypted_from_the_first_byte() {
    let mut server = Server::start_with("implicit", Tls::Implicit);
    let relay = Relay { tls: Tls::Implicit, ..server.relay() };
    let mailer = mailer(relay);
    let notice = samples_in(Language::GERMAN).remove(0).notice;
    for _ in 0..2 {
        mailer.send(&notice).await.unwrap();
    }
    let mails = server.mails();
    assert_eq!(mails.len(), 2);
    assert_eq!((&mails[0]["encrypted"], &mails[0]["signed_in"]), (&true.into(), &true.into()));
    assert_eq!(mails[0]["peer"], mails[1]["peer"], "over one connection");
}

/// A refused address, from the relay's answer to what support reads.
#[tokio::test]
async fn a_refused_address_is_told_in_the_ticket() {
    let mut server = Server::start("ticket");
    let world = World::new();
    let declined = world.declined_booking().await;
    server.order(&format!("refuse {}", declined.booking.customer.email.expose()));
    let mut ports = world.rebookings.ports().clone();
    ports.mailer = Arc::new(server.mailer());
    ports.clock = Arc::new(SettableClock::at(samples::now()));
    let rebookings = Rebookings::new(ports, Policy::default(), samples::link_keys()).unwrap();
    while rebookings.deliver().await.unwrap().total() > 0 {}
    let tickets = world.tickets.of_case(declined.token.case);
    let facts: Vec<_> = tickets[0].notes.iter().map(|note| note.fact).collect();
    assert_eq!(facts, [TicketFact::Declined, TicketFact::Unreachable]);
    assert_eq!(server.mails().len(), 0);
}

#[tokio::test]
async fn a_wrong_password_bars_the_way() {
    let mut server = Server::start("password");
    let login = Relay::parse("smtp://shop:wrong@localhost").unwrap().login;
    let mailer = mailer(Relay { login, ..server.relay() });
    let refused = mailer.send(&samples_in(Language::GERMAN).remove(0).notice).await.unwrap_err();
    assert!(matches!(refused, PortError::Unauthorized(_)), "{refused:?}");
    assert_eq!(
        refused.phrase(),
        "we are refused over there: the mail server answered the login with 535"
    );
    assert_eq!(server.mails().len(), 0);
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_bars_the_way() {
    let mut server = Server::start("certificate");
    let mailer = mailer(Relay { trusted: None, ..server.relay() });
    let refused = mailer.send(&samples_in(Language::GERMAN).remove(0).notice).await.unwrap_err();
    assert!(matches!(refused, PortError::Unauthorized(_)), "{refused:?}");
    assert_eq!(server.mails().len(), 0);
}

#[tokio::test]
async fn without_a_login_the_server_bars_the_way() {
    let server = Server::start("stranger");
    let mailer = mailer(Relay { login: None, ..server.relay() });
    let refused = mailer.send(&samples_in(Language::GERMAN).remove(0).notice).await.unwrap_err();
    assert!(matches!(refused, PortError::Unauthorized(_)), "{refused:?}");
}

#[tokio::test]
async fn a_name_before_the_at_with_umlauts_is_taken_by_a_server_that_can() {
    let mut server = Server::start("umlauts");
    let mut notice = samples_in(Language::GERMAN).remove(0).notice;
    notice.to = samples::email("jürgen@bücher.example");
    server.mailer().send(&notice).await.unwrap();
    assert_eq!(server.mails()[0]["to"], serde_json::json!(["jürgen@xn--bcher-kva.example"]));
}

#[tokio::test]
async fn a_check_signs_in_as_for_a_mail_and_sends_none() {
    let mut server = Server::start("check");
    let greeted = server.mailer().check().await.unwrap();
    assert!(greeted.encrypted && greeted.signed_in && greeted.offers_login, "{greeted:?}");
    let stranger = Relay { login: None, ..server.relay() };
    let greeted = mailer(stranger).check().await.unwrap();
    assert!(!greeted.signed_in && greeted.offers_login, "{greeted:?}");
    let wrong =
        Relay::parse(&format!("smtp://shop:wrong@localhost:{}", server.running.port())).unwrap();
    let wrong = Relay { trusted: server.relay().trusted, ..wrong };
    let refused = mailer(wrong).check().await;
    assert!(matches!(refused, Err(PortError::Unauthorized(_))), "{refused:?}");
    let untrusted = Relay { trusted: None, ..server.relay() };
    let refused = mailer(untrusted).check().await;
    assert!(refused.is_err(), "{refused:?}");
    assert_eq!(server.mails().len(), 0);
}
