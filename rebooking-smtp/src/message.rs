//! From a rendered mail to the bytes that travel: headers, parts, encodings (RFC 5322, 2045 to
//! 2047, 6047).

use std::borrow::Cow;
use std::time::{Duration, SystemTime};

use lettre::Address;
use lettre::message::header::{
    ContentDisposition, ContentTransferEncoding, ContentType, Header, HeaderName, HeaderValue,
};
use lettre::message::{Body, Mailbox, Message, MultiPart, SinglePart};
use rebooking_core::notice::Notice;
use rebooking_core::presentation::ics::CalendarFile;
use rebooking_core::presentation::locales::Locales;
use rebooking_core::value::customer::{EmailAddress, Language};
use rebooking_core::value::text::FreeText;

use crate::config::MailSettings;
use crate::error::{MailError, OwnAddress, UnusableSettings};
use crate::render::Mail;

/// A mail as it travels: the envelope, and all of its bytes.
pub(crate) struct RawMail {
    pub(crate) from: Address,
    pub(crate) to: Address,
    pub(crate) bytes: Vec<u8>,
}

impl RawMail {
    /// Whether any server can take it. Bodies and names are encoded; only a name before the `@` can
    /// hold other letters.
    pub(crate) fn is_ascii(&self) -> bool {
        let ascii = |address: &Address| AsRef::<str>::as_ref(address).is_ascii();
        ascii(&self.from) && ascii(&self.to) && self.bytes.is_ascii()
    }
}

/// The addresses of ours, checked once.
pub(crate) struct Sender {
    from: Mailbox,
    reply_to: Mailbox,
    bounces: Address,
    domain: String,
}

impl Sender {
    pub(crate) fn new(settings: &MailSettings) -> Result<Self, UnusableSettings> {
        let checked = |which, address| {
            self::address(address)
                .filter(|address| address.user().is_ascii())
                .ok_or(UnusableSettings::Address(which))
        };
        let brand = Some(settings.presentation.brand.name.as_str().to_owned());
        Ok(Self {
            from: Mailbox::new(brand.clone(), checked(OwnAddress::Sender, &settings.sender)?),
            reply_to: Mailbox::new(brand, checked(OwnAddress::ReplyTo, &settings.reply_to)?),
            bounces: checked(OwnAddress::Bounces, &settings.bounces)?,
            domain: settings.domain().into_owned(),
        })
    }

    /// Every try of a mail carries the same Message-ID. The rest may differ, as it should: its date
    /// is that of the try, and what it says is true then.
    pub(crate) fn raw_mail(&self, notice: &Notice, mail: &Mail) -> Result<RawMail, MailError> {
        let to = address(&notice.to).ok_or(MailError::Recipient)?;
        // The builder panics at control characters in a name, and at nothing that is left of one
        // line.
        let name = FreeText::line(notice.name.expose(), 255).expose().to_owned();
        let mailbox = Mailbox::new(Some(name).filter(|name| !name.is_empty()), to.clone());
        // A mail that nobody ever got: all mails of a case answer it, so they form one thread
        // whichever of them arrives first.
        let thread = format!("<case-{}@{}>", notice.token.case, self.domain);
        let message = Message::builder()
            .from(self.from.clone())
            .reply_to(self.reply_to.clone())
            .to(mailbox)
            .subject(mail.subject.clone())
            .date(SystemTime::UNIX_EPOCH + since_1970(notice))
            .message_id(Some(format!("<{}@{}>", notice.key, self.domain)))
            .in_reply_to(thread.clone())
            .references(thread)
            .header(AutoSubmitted)
            .header(ContentLanguage(Locales::of_process().spoken(notice.language)))
            .multipart(parts(mail, notice)?)
            .map_err(|_| MailError::Message)?;
        Ok(RawMail { from: self.bounces.clone(), to, bytes: message.formatted() })
    }
}

fn since_1970(notice: &Notice) -> Duration {
    (notice.at - chrono::DateTime::UNIX_EPOCH).to_std().unwrap_or_default()
}

/// Text, page and calendar entry as alternatives of one another; the entry also as a file, for
/// those whose mail program does not know the first.
fn parts(mail: &Mail, notice: &Notice) -> Result<MultiPart, MailError> {
    // Made from the key and not by chance, so that a mail can be compared. No line of a part begins
    // with it: the parts are encoded, and `=_` stands in no encoding (RFC 2045, 6.7).
    let boundary = |what: &str| format!("=_{what}-{}", notice.key);
    let alternatives = MultiPart::alternative()
        .boundary(boundary("alternative"))
        .singlepart(part("text/plain; charset=utf-8", &mail.text)?)
        .singlepart(part("text/html; charset=utf-8", &mail.html)?);
    let Some(calendar) = &mail.calendar else { return Ok(alternatives) };
    Ok(MultiPart::mixed()
        .boundary(boundary("mixed"))
        .multipart(alternatives.singlepart(part(&calendar.content_type(), &calendar.text)?))
        .singlepart(file(calendar, notice.language)?))
}

fn part(content_type: &str, content: &str) -> Result<SinglePart, MailError> {
    let content_type = ContentType::parse(content_type).map_err(|_| MailError::Message)?;
    Ok(SinglePart::builder().header(content_type).body(encoded(content)?))
}

fn file(calendar: &CalendarFile, language: Language) -> Result<SinglePart, MailError> {
    let name = &CalendarFile::name(language);
    let content_type = format!("{}; name=\"{name}\"", calendar.content_type());
    let content_type = ContentType::parse(&content_type).map_err(|_| MailError::Message)?;
    let part =
        SinglePart::builder().header(content_type).header(ContentDisposition::attachment(name));
    Ok(part.body(encoded(&calendar.text)?))
}

/// Always quoted-printable: short lines and plain letters whatever the content.
fn encoded(content: &str) -> Result<Body, MailError> {
    Body::new_with_encoding(content.to_owned(), ContentTransferEncoding::QuotedPrintable)
        .map_err(|_| MailError::Message)
}

/// An address for the envelope. A domain with other letters than those of DNS is written as DNS has
/// it (RFC 5891).
fn address(address: &EmailAddress) -> Option<Address> {
    let (local, domain) = address.expose().rsplit_once('@')?;
    let domain = match domain.is_ascii() {
        true => Cow::Borrowed(domain),
        false => Cow::Owned(idna::domain_to_ascii(domain).ok()?),
    };
    Address::new(local, domain).ok()
}

/// Written by a program: nobody's absence note answers it (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// In which language it is written (RFC 3282).
#[derive(Clone)]
struct ContentLanguage(Language);

impl Header for ContentLanguage {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Content-Language")
    }

    fn parse(raw: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Language::parse(raw).map(Self).map_err(Into::into)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), self.0.as_str().to_owned())
    }
}
