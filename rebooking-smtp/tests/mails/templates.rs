//! Templates are checked when a program starts, and each can be replaced on its own.

use rebooking_core::presentation::{BaseUrl, Brand, BrandName, Color, Presentation};
use rebooking_core::value::customer::{EmailAddress, Language};
use rebooking_smtp::{MailSettings, Renderer};

use crate::stage::{renderer, samples_in, settings};

#[test]
fn the_built_in_templates_fill_with_and_without_what_may_be_missing() {
    assert_eq!(renderer().check_templates(), []);
    let plain = MailSettings::new(settings().presentation.base, settings().sender);
    assert_eq!(Renderer::new(plain).check_templates(), []);
}

#[test]
fn every_fault_is_told_with_its_template_and_line() {
    let renderer = renderer()
        .with_template("de/reminder/body.txt", "Guten Tag {{ name }},\n\nbis {{ link.untill }}.")
        .unwrap()
        .with_template("en/parts.html", "{% macro greeting() %}{{ nobody }}{% endmacro %}")
        .unwrap();
    let faults = renderer.check_templates();
    let places: Vec<_> = faults.iter().map(|fault| (fault.template.as_str(), fault.line)).collect();
    assert!(places.contains(&("de/reminder/body.txt", Some(3))), "{faults:?}");
    assert!(places.contains(&("en/parts.html", Some(1))), "{faults:?}");
    assert!(
        places
            .iter()
            .all(|(template, _)| ["de/reminder/body.txt", "en/parts.html"].contains(template))
    );
}

#[test]
fn what_is_no_template_is_refused_at_once() {
    let unknown = renderer().with_template("de/declined/body.htm", "x").unwrap_err();
    assert_eq!(unknown.to_string(), "template de/declined/body.htm: no such template");
    let broken = renderer().with_template("de/declined/body.txt", "one\n{% if %}").unwrap_err();
    assert_eq!((broken.template.as_str(), broken.line), ("de/declined/body.txt", Some(2)));
}

#[test]
fn a_fault_in_a_real_mail_quotes_nothing_of_it() {
    let renderer = renderer().with_template("de/declined/body.txt", "{{ name + 1 }}").unwrap();
    let declined = samples_in(Language::GERMAN).remove(0).notice;
    let fault = renderer.render(&declined).unwrap_err();
    assert_eq!(fault.template, "de/declined/body.txt");
    assert!(!format!("{fault} {fault:?}").contains("Erika"), "{fault:?}");
}

#[test]
fn one_template_is_replaced_and_the_others_stay() {
    let renderer =
        renderer().with_template("de/declined/subject.txt", "Neu: {{ booking.order }}\n").unwrap();
    let declined = samples_in(Language::GERMAN).remove(0).notice;
    let (ours, built_in) =
        (renderer.render(&declined).unwrap(), self::renderer().render(&declined).unwrap());
    assert_eq!(ours.subject, "Neu: 100007001");
    assert_eq!(ours.text, built_in.text);
    assert_eq!(Renderer::template_names().count(), 5 + 15 * 3);
}

#[test]
fn name_colors_and_addresses_are_those_of_the_brand() {
    let brand = Brand {
        name: BrandName::parse("Koch & Werk").unwrap(),
        support_email: EmailAddress::parse("hilfe@kochwerk.example").unwrap(),
        primary_light: Color::parse("#ffe000").unwrap(),
        ..Brand::default()
    };
    let base = BaseUrl::parse("https://kochwerk.example/b&b").unwrap();
    let renderer = Renderer::new(MailSettings::new(
        Presentation::new(base).with_brand(brand),
        settings().sender,
    ));
    let mail = renderer.render(&samples_in(Language::GERMAN).remove(0).notice).unwrap();
    assert!(
        mail.text.contains("Ihr Koch & Werk Team")
            && mail.html.contains("Ihr Koch &amp; Werk Team")
    );
    assert!(
        mail.text.contains("hilfe@kochwerk.example") && !mail.html.contains("support@miomente.de")
    );
    // Black on yellow, not white; and no yellow on white.
    assert!(mail.html.contains("background:#ffe000;color:#000000"));
    assert!(
        mail.html.contains("color:#877600;\">Koch &amp; Werk<")
            && !mail.html.contains(" style=\"color:#ffe000")
    );
    assert!(mail.text.contains("https://kochwerk.example/b&b/rebook/"), "{}", mail.text);
    assert!(mail.html.contains("href=\"https://kochwerk.example/b&amp;b/rebook/"));
}
