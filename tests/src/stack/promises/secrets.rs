//! I8: a link is in its mail and in the request of who has it, and an address where it belongs;
//! each is sought as it is and as it may be written.

use std::collections::BTreeSet;

use aho_corasick::AhoCorasick;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

use crate::stack::evidence::Evidence;

/// How a text may be written: as it is, in hex, percent-encoded, in Base64 wherever it begins, in
/// quoted-printable, with the escapes of JSON and HTML, as the numbers of its bytes.
#[must_use]
pub fn forms(sought: &str) -> Vec<String> {
    let bytes = sought.as_bytes();
    let each =
        |begin: &str| -> String { bytes.iter().map(|byte| format!("{begin}{byte:02X}")).collect() };
    // Some leave what is plain in an address as it is, others do not.
    let rare = |plain: &str, escape: fn(u32) -> String| -> String {
        let written = |c: char| match c.is_ascii_alphanumeric() || plain.contains(c) {
            true => c.to_string(),
            false => escape(u32::from(c)),
        };
        sought.chars().map(written).collect()
    };
    let escapes: [fn(u32) -> String; 5] = [
        |code| format!("%{code:02X}"),
        |code| format!("={code:02X}"),
        |code| format!("\\u{code:04X}"),
        |code| format!("&#{code};"),
        |code| format!("&#x{code:X};"),
    ];
    let numbers: Vec<_> = bytes.iter().map(u8::to_string).collect();
    let mut forms: BTreeSet<String> =
        [sought.to_owned(), each(""), each("%"), numbers.join(", "), numbers.join(",")].into();
    for escape in escapes {
        forms.extend(["", "-._~"].map(|plain| rare(plain, escape)));
    }
    for before in 0..3 {
        let shifted = [&vec![b'x'; before][..], bytes].concat();
        let whole = shifted.len() / 3 * 3;
        // What is left of the first and the last group belongs to the neighbours, too.
        let inner = &shifted[if before == 0 { 0 } else { 3 }..whole];
        forms.insert(STANDARD_NO_PAD.encode(inner));
        forms.insert(URL_SAFE_NO_PAD.encode(inner));
    }
    forms.into_iter().collect()
}

/// Seeks texts in any form. To make one takes longer than to search with it.
#[derive(Debug)]
pub struct Search<'a> {
    /// Whose form each pattern is.
    owners: Vec<&'a str>,
    patterns: AhoCorasick,
}

impl<'a> Search<'a> {
    /// Seeks these.
    #[must_use]
    pub fn new(sought: &[&'a str]) -> Self {
        let forms = sought.iter().flat_map(|one| forms(one).into_iter().map(|form| (*one, form)));
        let (owners, all): (Vec<_>, Vec<_>) = forms.unzip();
        let patterns = AhoCorasick::builder().ascii_case_insensitive(true).build(all).unwrap();
        Self { owners, patterns }
    }

    /// Which of them are said here, also across the soft ends of lines.
    #[must_use]
    pub fn said(&self, text: &str) -> BTreeSet<&'a str> {
        let soft = ["=\\r\\n", "=\r\n", "=\n"];
        let broken = soft.iter().any(|end| text.contains(end));
        let joined =
            broken.then(|| soft.iter().fold(text.to_owned(), |text, end| text.replace(end, "")));
        let texts = [Some(text), joined.as_deref()];
        let found = texts.iter().flatten().flat_map(|text| self.patterns.find_iter(text));
        found.map(|found| self.owners[found.pattern().as_usize()]).collect()
    }
}

/// Which of these are said, in any form, and across the soft ends of lines.
#[must_use]
pub fn said<'a>(sought: &[&'a str], text: &str) -> BTreeSet<&'a str> {
    Search::new(sought).said(text)
}

/// I8 for links, of customers and of partners, and for the addresses of partners' calendars.
pub(super) fn links_are_nowhere_else(evidence: &Evidence, found: &mut Vec<String>) {
    let links = evidence.links();
    let links = links.iter().map(|link| link.secret.as_str());
    let links: Vec<&str> = links.chain(evidence.calendars.iter().map(String::as_str)).collect();
    let search = Search::new(&links);
    let books = ("books", format!("{:?}", evidence.orders));
    let tickets = ("tickets", format!("{:?}", evidence.tickets));
    for (place, text) in evidence.said.iter().chain([&books, &tickets]) {
        let leaks = search.said(text).len();
        if leaks > 0 {
            found.push(format!("I8: {leaks} links are in the {place}"));
        }
    }
}

/// Addresses are in the database and where shop and helpdesk have fields for them, in nothing that
/// is written for people or machines to read.
pub(super) fn addresses_are_where_they_belong(evidence: &Evidence, found: &mut Vec<String>) {
    let addresses: BTreeSet<&str> = evidence.mails.iter().map(|mail| mail.to.as_str()).collect();
    let addresses: Vec<&str> = addresses.into_iter().collect();
    let comments = evidence.orders.iter().flat_map(|order| order.comments.iter().cloned());
    let notes = evidence.tickets.iter().flat_map(|ticket| &ticket.notes);
    let notes = notes.map(|note| note.body.clone());
    let search = Search::new(&addresses);
    let comments = ("comments", comments.collect::<Vec<_>>().join("\n"));
    let notes = ("notes", notes.collect::<Vec<_>>().join("\n"));
    let kept = evidence.said.iter().filter(|(place, _)| matches!(*place, "logs" | "metrics"));
    for (place, text) in kept.chain([&comments, &notes]) {
        for address in search.said(text) {
            found.push(format!("I8: the address {address} is in the {place}"));
        }
    }
}
