//! Whatever people type stays text: it makes no element, no attribute and no header, on any page.

use std::collections::BTreeSet;

use rebooking_core::notice::Message;
use rebooking_core::ports::RebookingStore as _;
use rebooking_core::testing::samples;
use rebooking_core::value::booking::{Booking, Course};
use rebooking_core::value::customer::{Customer, Language};
use scraper::{Html, Node};

use super::answer::KITCHEN;
use super::browser::{Browser, Page as _};
use crate::api::{Answer, Api, FIRST, PARTNER, SUPPORT};

/// What is known to break out of text, attributes, templates, headers and addresses.
const PIECES: [&str; 20] = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"><svg onload=alert(1)>",
    "' onmouseover='alert(1)",
    "\" autofocus onfocus=\"alert(1)",
    "</textarea><input name=csrf>",
    "</title><base href=//evil.test>",
    "</style><style>*{display:none}</style>",
    "<!--",
    "]]><![CDATA[<b>",
    "{{ shell.visitor.form_token }}",
    "{% include \"base.html\" %}",
    "javascript:alert(1)",
    "\r\nSet-Cookie: a=b\r\n\r\n<b>",
    "&lt;b&gt; &#60;b&#62; &quot;",
    "\u{202E}<b>\u{2066}",
    "\0\u{1}\u{8}\u{1B}[31m\u{7F}\u{85}",
    "<a href=\"javascript:alert(1)\">x</a>",
    "`${alert(1)}`",
    "<form action=//evil.test><button>",
];

/// Two hundred: each piece alone, in capitals, doubled, quoted, encoded.
fn payloads() -> Vec<String> {
    let ways: [fn(&str) -> String; 10] = [
        |piece| piece.to_owned(),
        str::to_uppercase,
        |piece| format!("{piece}{piece}"),
        |piece| format!("\"{piece}\""),
        |piece| format!("'{piece}'"),
        |piece| format!("\u{A0}{piece}\n"),
        |piece| format!("<{piece}>"),
        |piece| format!("&{piece};"),
        |piece| piece.chars().flat_map(|c| [c, '\t']).collect(),
        |piece| format!("ü{piece}\u{FEFF}"),
    ];
    // The letters around it keep a text from being cleaned away to nothing, which would be another
    // page.
    PIECES.iter().flat_map(|piece| ways.map(|way| format!("x{}x", way(piece)))).collect()
}

/// What a page is made of: elements with the names of their attributes, and the names of its
/// headers. No text.
fn shape(answer: &Answer) -> Vec<String> {
    let page = Html::parse_document(&answer.text);
    let elements = page.tree.root().descendants().filter_map(|node| match node.value() {
        Node::Element(element) => {
            let attributes: BTreeSet<&str> = element.attrs().map(|(name, _)| name).collect();
            Some(format!("{} {} {attributes:?}", node.ancestors().count(), element.name()))
        }
        Node::Comment(_) | Node::ProcessingInstruction(_) => {
            Some("something that is no element".to_owned())
        }
        Node::Document | Node::Fragment | Node::Doctype(_) | Node::Text(_) => None,
    });
    let headers = answer.headers.keys().map(|name| format!("header {name}"));
    elements.chain(headers).collect()
}

fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

fn booking(item: i64, text: &str) -> Booking {
    Booking {
        course: Course::new(samples::course().id, "SUSHI", text),
        customer: Customer::new(text, samples::email("erika@example.com"), Language::GERMAN),
        ..samples::booking_of(item)
    }
}

/// Every page that shows what somebody typed, after all of them have typed the same.
async fn pages(text: &str) -> Vec<(&'static str, Answer)> {
    pages_of(&Api::new(), text).await
}

/// The same on a service of its own.
pub(super) async fn pages_of(api: &Api, text: &str) -> Vec<(&'static str, Answer)> {
    let typed = encoded(text);
    let (mut partner, mut support) =
        (Browser::signed_in(api, PARTNER).await, Browser::signed_in(api, SUPPORT).await);
    let mut customer = Browser::new(api);
    let mut pages = Vec::new();

    api.world.seed().await.unwrap();
    api.world.shop.put_booking(booking(7001, text));
    api.world.store.open_confirmation(&booking(7001, text)).await.unwrap();
    pages.push(("partner's request", partner.get("/partner").await.ok()));
    let mistake = format!("decline=1&reason={typed}&proposedDateIds={typed}");
    pages.push(("partner's mistake", partner.submit("/partner", &mistake).await));
    let called_off = format!("withdraw={typed}&request=1&reason={typed}");
    pages.push(("partner's other mistake", partner.submit("/partner", &called_off).await));
    partner.submit_and_follow("/partner", &format!("decline=1&reason={typed}")).await;
    pages.push(("partner's decline", partner.get("/partner?status=declined").await.ok()));
    pages.push(("partner's list", partner.get("/partner/rebookings").await.ok()));
    pages.push(("partner's calendar", partner.get("/partner/calendar").await.ok()));
    let made = partner.submit("/partner/calendar", "act=renew").await;
    pages.push(("partner's address", made.ok()));
    let mistake = partner.submit("/partner/calendar", &format!("act={typed}")).await;
    pages.push(("partner's mistake with a calendar", mistake));
    pages.push((
        "a filter",
        partner.get(&format!("/partner?status=declined&size=1&x={typed}")).await.ok(),
    ));

    api.world.deliver_all().await.unwrap();
    let link = api.world.mailer.sent()[0].message.link().unwrap().secret.expose().to_owned();
    let link = format!("/rebook/{link}");
    let mistake = format!(
        "customerEmail={typed}&wish=other&text={typed}&refundText={typed}&weekdays={typed}"
    );
    pages.push(("customer's mistake", customer.post(&link, &mistake).await));
    let money = format!(
        "customerEmail={typed}&wish=money_back&refundText={typed}&choice={typed}&blank={typed}"
    );
    pages.push(("customer's other mistake", customer.post(&link, &money).await));
    let wish = format!("customerEmail=erika%40example.com&wish=other&text={typed}");
    customer.post(&link, &wish).await;
    pages.push(("customer's page", customer.get(&link).await.ok()));
    support.submit_and_follow("/support/cases/7001", "act=resend").await;
    let mistake = format!("act=choose&dateId={typed}&reason={typed}");
    pages.push(("support's mistake", support.submit("/support/cases/7001", &mistake).await));
    for mistake in [
        format!("act=extend&days={typed}"),
        format!("act=cancel&reason={typed}{}", "x".repeat(2001)),
        format!("act=note&note={typed}{}", "x".repeat(2001)),
        format!("act={typed}"),
        format!("skip={typed}&reason={typed}"),
    ] {
        pages.push((
            "support's other mistakes",
            support.submit("/support/cases/7001", &mistake).await,
        ));
    }
    let skipped = format!("retry={typed}&skip={typed}&reason={typed}");
    pages.push(("support's tasks", support.submit("/support/effects?status=all", &skipped).await));
    support.submit_and_follow("/support/cases/7001", &format!("act=note&note={typed}")).await;
    let preview = "/support/cases/7001/preview";
    pages.push(("support's preview", support.get(preview).await.ok()));
    pages.push(("support's case", support.get("/support/cases/7001").await.ok()));
    customer
        .post(&link, &format!("customerEmail=erika%40example.com&choice={FIRST}%3A178.00"))
        .await;
    pages.push(("booked", customer.get(&link).await.ok()));
    let mistake = format!("customerEmail={typed}&backups={typed}&backup1={typed}&backup2={typed}");
    pages.push(("customer's mistaken backups", customer.post(&link, &mistake).await));
    let mistake = format!("customerEmail={typed}&exchange={typed}&instead={typed}");
    pages.push(("customer's mistaken exchange", customer.post(&link, &mistake).await));

    api.world.deliver_all().await.unwrap();
    let mails = api.world.mailer.sent();
    let answer = mails.iter().find_map(|mail| match &mail.message {
        Message::PartnerRequest { answer, .. } => Some(answer.expose().to_owned()),
        _ => None,
    });
    let answer = format!("/partner/answer/{}", answer.unwrap());
    pages.push(("partner's answer", customer.get(&answer).await.ok()));
    let mistake = format!("partnerEmail={typed}&answer=decline&reason={typed}");
    pages.push(("partner's answer to be mended", customer.post(&answer, &mistake).await));
    customer.post(&answer, &format!("{KITCHEN}&answer=decline&reason={typed}")).await;
    pages.push(("answered", customer.get(&answer).await.ok()));
    support.submit_and_follow("/support/cases/7001", &format!("act=cancel&reason={typed}")).await;
    pages.push(("cancelled", support.get("/support/cases/7001").await.ok()));
    pages.push(("worklist", support.get("/support?status=all").await.ok()));
    pages.push(("search", support.get(&format!("/support?q={typed}&status=open")).await.ok()));
    let by_hand = format!("orderItemId={typed}&reason={typed}");
    pages.push(("by hand", support.submit("/support/links", &by_hand).await));
    let by_number = format!("orderNumber={typed}&reason={typed}");
    pages.push(("by number", support.submit("/support/links", &by_number).await));
    pages.push(("sign-in", customer.get(&format!("/sign-in?next={typed}&x={typed}")).await.ok()));
    pages.push((
        "wrong token",
        customer.post("/sign-in", &format!("token={typed}&next={typed}")).await,
    ));
    pages
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_payloads_make_no_element_no_attribute_and_no_header_on_any_page() {
    let harmless = pages("Lieber sonntags").await;
    let expected: Vec<_> = harmless.iter().map(|(_, answer)| shape(answer)).collect();
    let payloads = payloads();
    assert_eq!(payloads.len(), 200);
    for payload in &payloads {
        for ((name, answer), expected) in pages(payload).await.iter().zip(&expected) {
            assert_eq!(&shape(answer), expected, "{name} with {payload:?}:\n{}", answer.text);
        }
    }
}

#[tokio::test]
async fn what_was_typed_is_there_to_be_read() {
    let text = "x<b>\"fett\"</b> & 'mehr'x";
    let shown = [
        "partner's request",
        "partner's decline",
        "partner's list",
        "customer's page",
        "support's preview",
        "support's case",
        "partner's answer",
        "answered",
        "cancelled",
        "worklist",
    ];
    for (name, answer) in pages(text).await.iter().filter(|(name, _)| shown.contains(name)) {
        assert!(answer.texts("main").concat().contains(text), "{name}: {}", answer.text);
    }
}

#[tokio::test]
async fn a_browser_may_run_no_script_and_send_forms_to_us_only() {
    for (name, answer) in pages("Lieber sonntags").await {
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; style-src 'self';"), "{name}: {policy}");
        let forms = if name == "support's preview" { "'none'" } else { "'self'" };
        let policies = [&format!("form-action {forms};"), "frame-ancestors 'none'"];
        assert!(policies.iter().all(|one| policy.contains(*one)), "{name}: {policy}");
        assert!(answer.texts("script, style, [style], [onclick]").is_empty(), "{name}");
    }
}

/// The names of what can be typed into a page's forms.
fn fields(pages: &[(&'static str, Answer)]) -> BTreeSet<String> {
    let typed = "textarea, select, input:not([type=hidden]):not([type=checkbox])";
    pages.iter().flat_map(|(_, answer)| answer.attributes(typed, "name")).collect()
}

#[tokio::test]
async fn no_field_that_somebody_can_type_into_is_left_out() {
    let source = include_str!("markup.rs");
    let (fields, others) = (
        fields(&pages("Lieber sonntags").await),
        ["username", "status", "attention", "taken", "sort", "from", "to"],
    );
    assert!(fields.contains("customerEmail") && fields.contains("token"), "{fields:?}");
    for field in fields.iter().filter(|field| !others.contains(&field.as_str())) {
        assert!(source.contains(&format!("{field}={{typed}}")), "{field} is never filled in");
    }
}
