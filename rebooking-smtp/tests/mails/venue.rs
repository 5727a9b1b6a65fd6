//! Where a course takes place, as the course itself says it, in mails to both.

use rebooking_core::effect::MailKind;
use rebooking_core::eligibility::PriceAdjustment;
use rebooking_core::notice::Message;
use rebooking_core::value::booking::{Booking, Venue};
use rebooking_core::value::customer::Language;
use rebooking_smtp::Renderer;

use crate::stage::{after, before, notice, secret, settings};

/// The new date at a place of its own.
fn placed() -> Booking {
    let venue = Venue::new("Backstube Süd; Hof 2", "Kochstraße 5, <80331> München");
    let after = after();
    Booking { course: after.course.at(venue), ..after }
}

const PLACE: &str = "Backstube Süd; Hof 2, Kochstraße 5, <80331> München";
const ESCAPED: &str = "Backstube Süd; Hof 2, Kochstraße 5, &lt;80331&gt; München";

#[test]
fn the_customer_reads_the_place_of_the_new_date_and_finds_it_in_the_calendar() {
    let message = Message::Rebooked {
        before: before(),
        after: placed(),
        consequence: PriceAdjustment::Same,
        confirmed: false,
        declined: None,
        page: None,
        backups: false,
        exchange: false,
    };
    let renderer = Renderer::new(settings());
    let mail = renderer.render(&notice(MailKind::Rebooked, 1, Language::GERMAN, message)).unwrap();
    assert!(mail.text.contains(&format!("Ort: {PLACE}\n")), "{}", mail.text);
    assert!(mail.html.contains(ESCAPED), "{}", mail.html);
    let entry = mail.calendar.unwrap().text.replace("\r\n ", "");
    assert!(
        entry.contains("LOCATION:Backstube Süd\\; Hof 2\\, Kochstraße 5\\, <80331> München\r\n"),
        "{entry}"
    );
}

#[test]
fn the_partner_reads_the_place_that_is_asked_for() {
    let message = Message::PartnerRequest {
        booking: placed(),
        before: before(),
        answer: secret(rebooking_core::link::LinkPurpose::Answer),
    };
    let renderer = Renderer::new(settings());
    for (language, told) in [(Language::GERMAN, "Ort: "), (Language::ENGLISH, "Venue: ")] {
        let mail = renderer
            .render(&notice(MailKind::PartnerRequest, 1, language, message.clone()))
            .unwrap();
        assert!(mail.text.contains(&format!("{told}{PLACE}\n")), "{}", mail.text);
        assert!(mail.html.contains(ESCAPED), "{}", mail.html);
    }
}
