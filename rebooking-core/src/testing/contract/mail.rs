//! The contract of [`Mailer`]: every mail reaches its address, and a repetition can be told as one.

use std::collections::BTreeSet;
use std::sync::Arc;

use async_trait::async_trait;
use chrono::TimeDelta;

use crate::effect::{EffectKey, EffectKind, MailKind};
use crate::eligibility::PriceAdjustment;
use crate::link::{LinkKey, LinkNonce, LinkPurpose, LinkSecret};
use crate::notice::{MailedLink, Message, Notice};
use crate::ports::{Mailer, PortError};
use crate::testing::{MemoryMailer, samples};
use crate::value::customer::{EmailAddress, Language};
use crate::value::ids::TokenRef;
use crate::value::text::FreeText;

/// An adapter with the server behind it, which the cases look into.
#[async_trait]
pub trait MailServerUnderTest: Send + Sync {
    /// The adapter.
    fn mailer(&self) -> Arc<dyn Mailer>;

    /// Every mail that the server took, oldest first.
    async fn received(&self) -> Vec<ReceivedMail>;

    /// The server refuses an address for good from now on.
    async fn refuse(&self, address: &EmailAddress);
}

/// A mail as the server took it.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: tests of adapters write it as a literal.
pub struct ReceivedMail {
    /// The address on the envelope.
    pub to: String,
    /// Its Message-ID.
    pub message_id: String,
    /// All that can be read in it, decoded.
    pub text: String,
}

#[async_trait]
impl MailServerUnderTest for MemoryMailer {
    fn mailer(&self) -> Arc<dyn Mailer> {
        Arc::new(self.clone())
    }

    async fn received(&self) -> Vec<ReceivedMail> {
        let received = self.sent().into_iter().map(|notice| ReceivedMail {
            to: notice.to.expose().to_owned(),
            message_id: notice.key.to_string(),
            text: [
                secret(&notice.message).map(LinkSecret::expose),
                Some(notice.message.order_number().as_str()),
            ]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" "),
        });
        received.collect()
    }

    async fn refuse(&self, address: &EmailAddress) {
        Self::refuse(self, address);
    }
}

/// The link that a mail carries, to whomever it goes.
fn secret(message: &Message) -> Option<&LinkSecret> {
    match message {
        Message::BookingRequest { answer, .. }
        | Message::PartnerRequest { answer, .. }
        | Message::PartnerReminder { answer, .. } => Some(answer),
        Message::Rebooked { page, .. } => page.as_ref(),
        other => other.link().map(|link| &link.secret),
    }
}

fn link(purpose: LinkPurpose) -> LinkSecret {
    LinkSecret::derive(&LinkKey::new(vec![7; 32]).unwrap(), purpose, &LinkNonce([3; 16]))
}

fn notice(kind: MailKind, message: Message) -> Notice {
    let token = TokenRef::first(samples::booking().item.into());
    let customer = samples::booking().customer;
    let (name, to) = if kind.to_customer() {
        (customer.name, customer.email)
    } else {
        (FreeText::default(), samples::partner().email)
    };
    let key = EffectKey::new(token, EffectKind::Mail(kind), 0);
    Notice { key, token, at: samples::now(), name, to, language: Language::GERMAN, message }
}

/// One mail of every kind.
fn notices() -> Vec<Notice> {
    let now = samples::now();
    let (booking, reason) = (samples::booking(), FreeText::line("Der Koch ist krank.", 100));
    let moved = crate::value::booking::Booking {
        slot: samples::slot(1, now + TimeDelta::days(20)),
        ..booking.clone()
    };
    let link = MailedLink {
        secret: link(LinkPurpose::Rebook),
        issued_at: now,
        expires_at: now + TimeDelta::days(30),
    };
    let answer = self::link(LinkPurpose::Answer);
    let refused = Some(moved.slot);
    let (before, after) = (booking.clone(), moved.clone());
    [
        (
            MailKind::Declined,
            Message::Declined {
                booking: booking.clone(),
                reason: reason.clone(),
                link: link.clone(),
                rebooked_before: false,
            },
        ),
        (
            MailKind::LinkSent,
            Message::LinkSent {
                booking: booking.clone(),
                reason: reason.clone(),
                link: link.clone(),
            },
        ),
        (
            MailKind::LinkReplaced,
            Message::LinkReplaced {
                booking: booking.clone(),
                reason: reason.clone(),
                link: link.clone(),
                rebooked_before: false,
            },
        ),
        (
            MailKind::LimitReached,
            Message::LimitReached { booking: booking.clone(), reason, rebooked_before: true },
        ),
        (
            MailKind::Rebooked,
            Message::Rebooked {
                before: before.clone(),
                after,
                consequence: PriceAdjustment::Same,
                confirmed: false,
                declined: None,
                page: Some(link.secret.clone()),
                backups: true,
                exchange: false,
            },
        ),
        (
            MailKind::BookingRequest,
            Message::BookingRequest { booking: booking.clone(), answer: answer.clone() },
        ),
        (
            MailKind::PartnerRequest,
            Message::PartnerRequest {
                booking: moved.clone(),
                before: before.clone(),
                answer: answer.clone(),
            },
        ),
        (
            MailKind::PartnerReminder,
            Message::PartnerReminder {
                booking: moved.clone(),
                before: Some(before),
                asked_at: samples::now(),
                answer,
            },
        ),
        (MailKind::PartnerWithdrawn, Message::PartnerWithdrawn { booking: moved.clone() }),
        (MailKind::PartnerReleased, Message::PartnerReleased { booking: booking.clone() }),
        (
            MailKind::CalledOff,
            Message::CalledOff { booking: moved.clone(), why: crate::token::CancelReason::Support },
        ),
        (MailKind::PartnerConfirmed, Message::PartnerConfirmed { booking: moved }),
        (MailKind::Reminder, Message::Reminder { booking: booking.clone(), link: link.clone() }),
        (
            MailKind::OrderRefused,
            Message::OrderRefused {
                booking: booking.clone(),
                refused,
                link: link.clone(),
                rebooked_before: false,
            },
        ),
        (MailKind::NewDates, Message::NewDates { booking, link }),
    ]
    .into_iter()
    .map(|(kind, message)| notice(kind, message))
    .collect()
}

/// To its address, with its order number, and with its link where it has one; in both languages.
pub async fn every_mail_reaches_its_address(server: impl MailServerUnderTest) {
    let mut sent = 0;
    for language in [Language::GERMAN, Language::ENGLISH] {
        for notice in notices() {
            let notice = Notice { language, ..notice };
            server.mailer().send(&notice).await.unwrap();
            sent += 1;
            let received = server.received().await;
            assert_eq!(received.len(), sent, "{} is sent once", notice.key);
            let mail = received.last().unwrap();
            assert_eq!(mail.to, notice.to.expose());
            assert!(mail.text.contains(notice.message.order_number().as_str()), "{}", notice.key);
            if let Some(secret) = secret(&notice.message) {
                assert!(mail.text.contains(secret.expose()), "{} carries its link", notice.key);
            }
        }
    }
}

/// So that a twin after a crash can be told as one.
pub async fn a_repetition_has_the_same_message_id(server: impl MailServerUnderTest) {
    let notice = notices().remove(0);
    server.mailer().send(&notice).await.unwrap();
    server.mailer().send(&notice).await.unwrap();
    let received = server.received().await;
    assert_eq!(received.len(), 2, "at least once");
    assert_eq!(received[0].message_id, received[1].message_id);
}

/// Two mails are never taken for one.
pub async fn different_mails_have_different_message_ids(server: impl MailServerUnderTest) {
    let mut notices = notices();
    let again = EffectKey::new(notices[0].token, EffectKind::Mail(MailKind::Declined), 1);
    notices.push(Notice { key: again, ..notices[0].clone() });
    for notice in &notices {
        server.mailer().send(notice).await.unwrap();
    }
    let ids: BTreeSet<String> =
        server.received().await.into_iter().map(|mail| mail.message_id).collect();
    assert_eq!(ids.len(), notices.len());
}

/// The ticket is then told that the address reaches nobody; the error names neither address nor
/// link (promise I8).
pub async fn an_address_that_is_refused_is_refused_for_good(server: impl MailServerUnderTest) {
    let notice = notices().remove(0);
    server.refuse(&notice.to).await;
    let refused = server.mailer().send(&notice).await.unwrap_err();
    assert!(matches!(refused, PortError::InvalidRecipient(_)), "{refused:?}");
    let text = format!("{refused:?} {}", refused.phrase());
    let secret = secret(&notice.message).unwrap().expose().to_owned();
    for private in [notice.to.expose(), notice.name.expose(), &secret] {
        assert!(!text.contains(private), "the error says too much: {text}");
    }
    assert_eq!(server.received().await, []);
}

/// Nothing that a name holds reaches a header of its own.
pub async fn a_name_full_of_tricks_harms_nothing(server: impl MailServerUnderTest) {
    let names = [
        "Eva\r\nBcc: b@example.org",
        "\"Eva\" <x@example.org>, y@example.org",
        "שרה 👩‍🍳 Öz\0türk",
        "",
    ];
    for (turn, name) in names.into_iter().enumerate() {
        let notice = Notice { name: FreeText::line(name, 255), ..notices().remove(0) };
        server.mailer().send(&notice).await.unwrap();
        let received = server.received().await;
        assert_eq!(received.len(), turn + 1, "one mail to one address: {name:?}");
        assert_eq!(received[turn].to, notice.to.expose());
    }
}

/// Tests that a mail adapter keeps its contract, one test a case. The expression makes a
/// [`MailServerUnderTest`](crate::testing::contract::mail::MailServerUnderTest).
#[macro_export]
macro_rules! mailer_contract {
    ($(#[$attribute:meta])* ($($argument:tt)*) => $server:expr) => {
        $crate::contract_cases! { mail [$(#[$attribute])*] ($($argument)*) [$server]
            every_mail_reaches_its_address
            a_repetition_has_the_same_message_id
            different_mails_have_different_message_ids
            an_address_that_is_refused_is_refused_for_good
            a_name_full_of_tricks_harms_nothing
        }
    };
}
