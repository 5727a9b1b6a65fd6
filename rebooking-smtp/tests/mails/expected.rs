//! Every mail word for word. `REBOOKING_WRITE_EXPECTED=1` writes the files anew; read the
//! difference before you commit it.

use std::fs;
use std::path::PathBuf;

use rebooking_core::effect::MailKind;
use rebooking_core::ports::RebookingStore as _;
use rebooking_core::testing::{MemoryStore, World, samples};
use rebooking_core::value::booking::Booking;
use rebooking_core::value::course_date::CourseDate;

use crate::files::{bytes_of, folder};
use crate::stage::{all_samples, renderer};

fn expected(name: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/expected")).join(name)
}

fn compare(name: &str, actual: &str, wrong: &mut Vec<String>) {
    let path = expected(name);
    if std::env::var_os("REBOOKING_WRITE_EXPECTED").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, actual).unwrap();
    }
    if fs::read_to_string(&path).unwrap_or_default() != actual {
        wrong.push(format!("{name} is now:\n{actual}"));
    }
}

#[test]
fn every_mail_says_what_was_agreed() {
    let mut wrong = Vec::new();
    for sample in all_samples() {
        let mail = renderer().render(&sample.notice).unwrap();
        let text = format!("Subject: {}\n\n{}", mail.subject, mail.text);
        compare(&format!("{}.txt", sample.name), &text, &mut wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// The whole of every mail as it travels: headers, text, page and calendar entry.
#[tokio::test]
async fn the_bytes_of_every_mail_are_what_was_agreed() {
    let mut wrong = Vec::new();
    let folder = folder("expected");
    for sample in all_samples() {
        let bytes = bytes_of(renderer(), &sample.notice, &folder).await;
        let text = String::from_utf8(bytes).unwrap().replace("\r\n", "\n");
        compare(&format!("{}.eml", sample.name), &text, &mut wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// 250.00 for three places at 89.00, moved to a date at 84.00: the discount is kept.
#[tokio::test]
async fn the_mail_of_a_discounted_booking_gives_back_the_difference_of_the_sums() {
    let world = World::new();
    let (participants, paid) = (samples::party(3), samples::euros(25_000));
    let booking = Booking { participants, paid, ..samples::booking() };
    let link = world.declined(booking).await.link;
    let id = World::<MemoryStore>::DATES[0];
    let date = world.store.date(id).await.unwrap().unwrap().value.date;
    let cheaper = CourseDate { unit_price: samples::euros(8_400), ..date };
    world.store.upsert_dates(&[cheaper]).await.unwrap();
    world.rebookings.customer(&link).choose(&samples::choice(id)).await.unwrap();
    world.deliver_all().await.unwrap();
    let sent = world.mailer.sent();
    let rebooked = sent.iter().find(|notice| notice.message.kind() == MailKind::Rebooked).unwrap();
    let mail = renderer().render(rebooked).unwrap();
    let said = "Der neue Termin ist günstiger: Wir erstatten Ihnen 15,00\u{a0}€.";
    assert!(mail.text.contains(said), "{}", mail.text);
}

#[test]
fn no_expected_file_is_left_over() {
    let names: Vec<_> = all_samples().into_iter().map(|sample| sample.name).collect();
    for entry in fs::read_dir(expected("")).unwrap() {
        let file = entry.unwrap().file_name().into_string().unwrap();
        let name = file.rsplit_once('.').unwrap().0;
        assert!(names.iter().any(|known| known == name), "{file}");
    }
}
