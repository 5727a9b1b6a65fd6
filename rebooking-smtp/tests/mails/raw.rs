//! The bytes of every mail, as Python's mail parser reads them with its default policy.

use rebooking_core::customer::Language;
use serde_json::Value;

use crate::files::{bytes_of, folder};
use crate::python;
use crate::stage::{BASE, Sample, all_samples, one_line, renderer, secret_of, visible};

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
        let language = sample.notice.language.code();
        for (header, wanted) in [
            ("From", "Miomente <buchung@mail.example.com>".to_owned()),
            ("Reply-To", "Miomente <support@miomente.de>".to_owned()),
            ("Date", "Tue, 12 Jan 2027 10:00:00 +0000".to_owned()),
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
        assert_eq!((headers(&read, "To").len(), headers(&read, "Content-Type").len()), (1, 1), "{name}");
        assert_eq!(read["defects"], serde_json::json!([]), "{name}");
        assert_eq!((&read["bare"], &read["ascii"]), (&false.into(), &true.into()), "{name}: CRLF, ASCII");
        assert!(read["longest"].as_u64().unwrap() <= 78, "{name}: a line of {}", read["longest"]);
        assert_parts(&sample, &read);
    }
}

fn assert_parts(sample: &Sample, read: &Value) {
    let name = &sample.name;
    let mail = renderer().render(&sample.notice).unwrap();
    for part in read["parts"].as_array().unwrap() {
        assert_eq!(part["defects"], serde_json::json!([]), "{name}");
        assert_eq!((&part["encoding"], &part["charset"]), (&"quoted-printable".into(), &"utf-8".into()));
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
                assert_eq!(entry["method"], calendar.method.word(), "{name}");
                assert_eq!(
                    entry["content"].as_str().unwrap().replace("\r\n", "\n"),
                    calendar.text.replace("\r\n", "\n")
                );
            }
            let file = if sample.notice.language == Language::German { "termin.ics" } else { "date.ics" };
            assert_eq!(
                (&entries[0]["disposition"], &entries[1]["disposition"]),
                (&Value::Null, &"attachment".into())
            );
            assert_eq!(entries[1]["filename"], file, "{name}");
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
        let path = if sample.notice.message.link().is_some() { "rebook" } else { "partner/answer" };
        let link = format!("{BASE}/{path}/{}", secret.expose());
        assert_eq!(count(&mail.text, &link), 1, "{}", sample.name);
        assert_eq!(count(&mail.html, &format!("href=\"{link}\"")), 1, "{}", sample.name);
        assert_eq!(count(&visible(&mail.html), &link), 1, "{}", sample.name);
        assert_eq!(count(&format!("{}{:?}", mail.subject, mail), secret.expose()), 0, "{}", sample.name);
    }
}

#[test]
fn nothing_is_fetched_and_no_address_is_a_strangers() {
    for sample in all_samples() {
        let html = renderer().render(&sample.notice).unwrap().html;
        for fetching in
            ["src=", "<img", "<link", "<script", "<iframe", "url(", "@import", "@font-face", "background="]
        {
            assert!(!html.contains(fetching), "{}: {fetching}", sample.name);
        }
        for address in html.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            let ours = [BASE, "https://www.miomente.de", "mailto:support@miomente.de", "tel:+49891234560"];
            assert!(ours.iter().any(|ours| address.starts_with(ours)), "{}: {address}", sample.name);
        }
    }
}

/// Line by line: what the text says, the page says.
#[test]
fn text_and_page_carry_the_same_facts() {
    for sample in all_samples() {
        let mail = renderer().render(&sample.notice).unwrap();
        let page = visible(&mail.html);
        for line in mail.text.lines().map(one_line).filter(|line| !line.is_empty() && line != "--") {
            // Labels end in a colon on both, but the plain address stands under another one, and the footer is laid out anew.
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
async fn every_try_is_the_same_to_the_last_byte() {
    let folder = folder("tries");
    for sample in all_samples() {
        let first = bytes_of(renderer(), &sample.notice, &folder).await;
        assert!(first == bytes_of(renderer(), &sample.notice, &folder).await, "{}", sample.name);
    }
}
