//! The bytes of every mail, as Python's mail parser reads them with its default policy.

use chrono::TimeDelta;
use rebooking_core::notice::{Message, Notice};
use rebooking_core::value::customer::Language;
use serde_json::Value;

use crate::files::{bytes_of, folder};
use crate::python;
use crate::stage::{
    BASE, Sample, all_samples, one_line, renderer, secret_of, visible, visible_lines,
};

/// Every sample with what Python says of it.
async fn read_by_python(name: &str) -> Vec<(Sample, Value)> {
    let folder = folder(name);
    let samples = all_samples();
    for sample in &samples {
        let bytes = bytes_of(renderer(), &sample.notice, &folder).await;
        std::fs::write(folder.join(format!("{}.eml", sample.name)), bytes).unwrap();
    }
    let Value::Array(read) = python::run("read.py", &folder) else { panic!("a list") };
    let find = |sample: Sample| {
        let file = format!("{}.eml", sample.name);
        let read = read.iter().find(|read| read["file"] == file.as_str()).unwrap().clone();
        (sample, read)
    };
    samples.into_iter().map(find).collect()
}

fn headers<'a>(read: &'a Value, name: &str) -> Vec<&'a str> {
    let headers = read["headers"].as_array().unwrap().iter();
    headers.filter(|header| header[0] == name).map(|header| header[1].as_str().unwrap()).collect()
}

fn part<'a>(read: &'a Value, content_type: &str) -> &'a str {
    let parts = read["parts"].as_array().unwrap();
    parts.iter().find(|part| part["type"] == content_type).unwrap()["content"].as_str().unwrap()
}

#[tokio::test]
async fn every_mail_is_sound_and_carries_its_link_once_a_part() {
    for (sample, read) in read_by_python("raw").await {
        let name = &sample.name;
        let domain = "mail.example.com";
        let language = sample.notice.language.as_str();
        for (header, wanted) in [
            ("From", "Miomente <buchung@mail.example.com>".to_owned()),
            ("Reply-To", "Miomente <support@miomente.de>".to_owned()),
            ("Date", sample.notice.at.format("%a, %d %b %Y %H:%M:%S +0000").to_string()),
            ("Message-ID", format!("<{}@{domain}>", sample.notice.key)),
            ("In-Reply-To", format!("<case-7001@{domain}>")),
            ("References", format!("<case-7001@{domain}>")),
            ("Auto-Submitted", "auto-generated".to_owned()),
            ("Content-Language", language.to_owned()),
            ("MIME-Version", "1.0".to_owned()),
            ("Subject", renderer().render(&sample.notice).unwrap().subject),
        ] {
            assert_eq!(headers(&read, header), [wanted], "{name}: {header}");
        }
        assert_eq!(read["to"][0][1], sample.notice.to.expose(), "{name}");
        assert_eq!(
            (headers(&read, "To").len(), headers(&read, "Content-Type").len()),
            (1, 1),
            "{name}"
        );
        assert_eq!(read["defects"], serde_json::json!([]), "{name}");
        assert_eq!(
            (&read["bare"], &read["ascii"]),
            (&false.into(), &true.into()),
            "{name}: CRLF, ASCII"
        );
        assert!(read["longest"].as_u64().unwrap() <= 78, "{name}: a line of {}", read["longest"]);
        assert_parts(&sample, &read);
    }
}

fn assert_parts(sample: &Sample, read: &Value) {
    let name = &sample.name;
    let mail = renderer().render(&sample.notice).unwrap();
    for part in read["parts"].as_array().unwrap() {
        assert_eq!(part["defects"], serde_json::json!([]), "{name}");
        assert_eq!(
            (&part["encoding"], &part["charset"]),
            (&"quoted-printable".into(), &"utf-8".into())
        );
    }
    assert_eq!(part(read, "text/plain").replace("\r\n", "\n"), mail.text, "{name}");
    assert_eq!(part(read, "text/html").replace("\r\n", "\n"), mail.html, "{name}");
    let shape: Vec<_> =
        read["shape"].as_array().unwrap().iter().map(|shape| shape.as_str().unwrap()).collect();
    match &mail.calendar {
        None => assert_eq!(shape, ["multipart/alternative", "text/plain", "text/html"], "{name}"),
        Some(calendar) => {
            let mixed = [
                "multipart/mixed",
                "multipart/alternative",
                "text/plain",
                "text/html",
                "text/calendar",
                "text/calendar",
            ];
            assert_eq!(shape, mixed, "{name}");
            let entries: Vec<_> = read["parts"]
                .as_array()
                .unwrap()
                .iter()
                .filter(|part| part["type"] == "text/calendar")
                .collect();
            for entry in &entries {
                assert_eq!(entry["method"], calendar.method.as_str(), "{name}");
                assert_eq!(
                    entry["content"].as_str().unwrap().replace("\r\n", "\n"),
                    calendar.text.replace("\r\n", "\n")
                );
            }
            let files = ["termin.ics", "date.ics", "rendez-vous.ics"];
            let languages = [Language::GERMAN, Language::ENGLISH, Language::FRENCH];
            let mut files = languages.into_iter().zip(files);
            let own = files.find(|(language, _)| *language == sample.notice.language);
            let (_, file) = own.unwrap();
            assert_eq!(
                (&entries[0]["disposition"], &entries[1]["disposition"]),
                (&Value::Null, &"attachment".into())
            );
            assert_eq!(entries[1]["filename"], file, "{name}");
        }
    }
}

/// What a mail program shows beside the subject, before the mail is opened.
fn preheader(html: &str) -> &str {
    let (_, rest) = html.split_once("<div style=\"display:none;").unwrap();
    let (_, rest) = rest.split_once("\">").unwrap();
    rest.split_once("</div>").unwrap().0
}

#[test]
fn every_mail_has_a_preheader_that_says_more_than_its_subject_and_shows_no_link() {
    for sample in all_samples() {
        let mail = renderer().render(&sample.notice).unwrap();
        let preheader = preheader(&mail.html);
        let length = preheader.chars().count();
        assert!((15..=130).contains(&length), "{}: {length} letters", sample.name);
        assert!(!preheader.contains('<') && !preheader.contains(BASE), "{}", sample.name);
        assert_ne!(preheader, mail.subject, "{}", sample.name);
        assert!(mail.html.find("display:none;") < mail.html.find("<table"), "{}", sample.name);
    }
}

/// An order number is copied by eye: wherever a mail lists it, it stays on one line.
#[test]
fn an_order_number_never_breaks_in_the_middle() {
    let listed = |html: &str| html.matches("white-space:nowrap;\">#").count();
    for sample in all_samples() {
        let html = renderer().render(&sample.notice).unwrap().html;
        assert_eq!(html.matches("\">#").count(), listed(&html), "{}", sample.name);
    }
    let mails = all_samples().into_iter().map(|sample| renderer().render(&sample.notice).unwrap());
    assert!(mails.filter(|mail| listed(&mail.html) > 0).count() > 1);
}

/// Each of them is about a booking, and whoever got none would miss a date or an answer. A header
/// that unsubscribes belongs to mails that are about something else, and there is none.
#[tokio::test]
async fn no_mail_about_a_booking_offers_to_unsubscribe_from_it() {
    for (sample, read) in read_by_python("unsubscribe").await {
        for header in ["List-Unsubscribe", "List-Unsubscribe-Post", "List-Id", "Precedence"] {
            assert_eq!(headers(&read, header), [""; 0], "{}: {header}", sample.name);
        }
    }
}

#[test]
fn a_link_is_once_in_the_text_and_once_behind_and_below_the_button() {
    for sample in all_samples() {
        let mail = renderer().render(&sample.notice).unwrap();
        let count = |text: &str, what: &str| text.matches(what).count();
        let Some(secret) = secret_of(&sample.notice.message) else {
            assert!(!mail.text.contains(BASE) && !mail.html.contains(BASE), "{}", sample.name);
            continue;
        };
        let secret = secret.expose();
        let links = match &sample.notice.message {
            Message::Rebooked { exchange: true, .. } => {
                vec![format!("{BASE}/rebook/{secret}#exchange")]
            }
            Message::Rebooked { backups: true, .. } => {
                vec![format!("{BASE}/rebook/{secret}#backups")]
            }
            Message::Rebooked { .. } => vec![format!("{BASE}/rebook/{secret}")],
            message if message.link().is_some() => vec![format!("{BASE}/rebook/{secret}")],
            // One page, each answer in view.
            _ => ["confirm", "decline"]
                .map(|part| format!("{BASE}/partner/answer/{secret}#{part}"))
                .to_vec(),
        };
        assert_eq!(count(&mail.text, secret), links.len(), "{}", sample.name);
        assert_eq!(count(&mail.html, secret), 2 * links.len(), "{}", sample.name);
        for link in links {
            assert_eq!(count(&mail.text, &format!("{link}\n")), 1, "{}", sample.name);
            assert_eq!(count(&mail.html, &format!("href=\"{link}\"")), 1, "{}", sample.name);
            assert_eq!(count(&visible(&mail.html), &link), 1, "{}", sample.name);
        }
        assert_eq!(count(&format!("{}{:?}", mail.subject, mail), secret), 0, "{}", sample.name);
    }
}

#[test]
fn nothing_is_fetched_and_no_address_is_a_strangers() {
    for sample in all_samples() {
        let html = renderer().render(&sample.notice).unwrap().html;
        for fetching in [
            "src=",
            "<img",
            "<link",
            "<script",
            "<iframe",
            "url(",
            "@import",
            "@font-face",
            "background=",
        ] {
            assert!(!html.contains(fetching), "{}: {fetching}", sample.name);
        }
        for address in html.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            let ours =
                [BASE, "https://www.miomente.de", "mailto:support@miomente.de", "tel:+49891234560"];
            assert!(
                ours.iter().any(|ours| address.starts_with(ours)),
                "{}: {address}",
                sample.name
            );
        }
    }
}

/// Line by line: what the page says below its heading, the text says.
#[test]
fn a_page_says_nothing_that_the_text_leaves_out() {
    for sample in all_samples() {
        let mail = renderer().render(&sample.notice).unwrap();
        let text = one_line(&mail.text);
        let below = mail.html.split("</h1>").nth(1).unwrap();
        for line in visible_lines(&format!("<body>{below}")) {
            // These two say how to use what stands beside them.
            let guide = [
                "Oder öffnen Sie",
                "Or open this",
                "Zur Miomente-Startseite",
                "To the Miomente home page",
                "Ou ouvrez cette adresse",
                "Vers la page d’accueil",
            ];
            if !guide.iter().any(|guide| line.starts_with(guide)) {
                assert!(text.contains(&line), "{}: {line}\n{text}", sample.name);
            }
        }
    }
}

/// Line by line: what the text says, the page says.
#[test]
fn a_text_says_nothing_that_the_page_leaves_out() {
    for sample in all_samples() {
        let mail = renderer().render(&sample.notice).unwrap();
        let page = visible(&mail.html);
        for line in mail.text.lines().map(one_line).filter(|line| !line.is_empty() && line != "--")
        {
            // Labels end in a colon on both, but the plain address stands under another one, and
            // the footer is laid out anew.
            let facts = line.trim_end_matches(':').split(" · ");
            for fact in facts.filter(|fact| !fact.starts_with("https://www.miomente.de")) {
                assert!(
                    page.to_lowercase().contains(&fact.to_lowercase()),
                    "{}: {fact}\n{page}",
                    sample.name
                );
            }
        }
    }
}

#[tokio::test]
async fn a_mail_is_made_of_its_notice_alone() {
    let folder = folder("tries");
    for sample in all_samples() {
        let first = bytes_of(renderer(), &sample.notice, &folder).await;
        assert!(first == bytes_of(renderer(), &sample.notice, &folder).await, "{}", sample.name);
    }
}

/// Its moment and what it says are those of the try, so that they are true; what names it is not.
#[tokio::test]
async fn a_later_try_keeps_its_name_and_tells_the_time_that_is_left() {
    let folder = folder("later-tries");
    let sample = all_samples().remove(0);
    let later = Notice { at: sample.notice.at + TimeDelta::days(4), ..sample.notice.clone() };
    let mut sent = Vec::new();
    for notice in [&sample.notice, &later] {
        let bytes = String::from_utf8(bytes_of(renderer(), notice, &folder).await).unwrap();
        sent.push(bytes.lines().find(|line| line.starts_with("Message-ID:")).unwrap().to_owned());
    }
    assert_eq!(sent[0], sent[1]);
    assert!(
        renderer().render(&sample.notice).unwrap().text.contains("Dieser Link ist 30 Tage gültig.")
    );
    assert!(
        renderer().render(&later).unwrap().text.contains("Dieser Link ist noch 26 Tage gültig.")
    );
}
