//! The customer's page as support sees it.

use chrono::TimeDelta;
use http::StatusCode;
use http::header::CONTENT_SECURITY_POLICY;
use rebooking_core::testing::{World, samples};
use rebooking_core::value::customer::Language;
use rebooking_http::Templates;

use super::browser::{Browser, Page as _};
use crate::api::{Answer, Api, SUPPORT};

const PREVIEW: &str = "/support/cases/7001/preview";

/// What is the same for both: everything in the frame but what tells of the preview.
fn shown(page: &Answer) -> Vec<String> {
    page.texts("h1, h2, h3, h4, dd, label, summary, button, .card p, .validity")
}

async fn preview(api: &Api) -> Answer {
    let before = api.world.store.snapshot();
    let page = Browser::signed_in(api, SUPPORT).await.get(PREVIEW).await.ok();
    assert_eq!(api.world.store.snapshot(), before, "it is no visit");
    assert!(page.texts(".notice")[0].starts_with("Das sieht der Kunde in Fall 7001 jetzt."));
    let controls = page.attributes("main form :is(button, input, select, textarea)", "name");
    let disabled = "fieldset.preview[disabled] form :is(button, input, select, textarea)";
    assert_eq!(page.attributes(disabled, "name"), controls, "nothing on it can be sent");
    page
}

#[tokio::test]
async fn it_shows_what_the_customer_sees_in_every_state() {
    let api = Api::new();
    let declined = api.declined().await;
    let link = format!("/rebook/{}", declined.link.expose());
    let customer = async || Browser::new(&api).get(&link).await.ok();
    assert_eq!(shown(&preview(&api).await), shown(&customer().await));
    api.choose(&declined, 1).await.ok();
    api.world.deliver_all().await.unwrap();
    assert_eq!(shown(&preview(&api).await), shown(&customer().await));

    let api = Api::new();
    let declined = api.declined().await;
    api.world.clock.advance(TimeDelta::days(31));
    let gone = Browser::new(&api).get(&format!("/rebook/{}", declined.link.expose())).await;
    assert_eq!(gone.status, StatusCode::GONE);
    assert_eq!(shown(&preview(&api).await), shown(&gone));
}

/// The frame of a host's own knows nothing of a preview.
async fn in_frame(base: &str) -> Answer {
    let api = Api::on(World::new(), |settings| {
        settings.templates = Templates::default().with("base.html", base).unwrap();
    });
    api.world.declined_booking().await;
    Browser::signed_in(&api, SUPPORT).await.get(PREVIEW).await.ok()
}

#[tokio::test]
async fn it_says_what_it_is_and_sends_nothing_in_a_hosts_own_frame_too() {
    let content = "<main>{% block content %}{% endblock %}</main>";
    for base in [
        content.to_owned(),
        format!("<body>{content}</body>"),
        format!("<html><head></head><body class=\"own\">{content}</body></html>"),
        format!("<body>{{% if shell.preview %}}{{{{ shell.preview.told }}}}{{% endif %}}{content}"),
        include_str!("../../../pages/base.html").to_owned(),
    ] {
        let page = in_frame(&base).await;
        assert_eq!(
            page.text.matches("Das sieht der Kunde in Fall 7001 jetzt.").count(),
            1,
            "{base}"
        );
        assert!(page.texts("main h1").concat().contains("Termin"), "{base}");
        let policy = page.header(CONTENT_SECURITY_POLICY);
        assert!(policy.contains("form-action 'none';"), "{policy}");
    }
    let page = in_frame(&format!("<body>{content}</body>")).await;
    assert_eq!(page.attributes("body > .notice a", "href"), ["/support/cases/7001"]);
}

#[tokio::test]
async fn it_takes_no_form() {
    let api = Api::new();
    api.declined().await;
    let mut support = Browser::signed_in(&api, SUPPORT).await;
    let form = "choice=1%3A178.00&customerEmail=erika%40example.com";
    let sent = support.submit(PREVIEW, form).await;
    assert_eq!(sent.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(Browser::new(&api).get(PREVIEW).await.status, StatusCode::SEE_OTHER);
    assert_eq!(support.get("/support/cases/1/preview").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn it_speaks_the_customers_language_and_says_in_supports_what_it_is() {
    let api = Api::on(World::new(), |_| {});
    let mut booking = samples::booking();
    booking.customer.language = Language::ENGLISH;
    api.world.declined(booking).await;
    let page = preview(&api).await;
    assert_eq!(page.attributes("html", "lang"), ["en"]);
    assert_eq!(page.attributes(".notice", "lang"), ["de"]);
    let mut support = Browser::signed_in(&api, SUPPORT).await;
    let page = support.get(&format!("{PREVIEW}?lang=fr")).await.ok();
    assert_eq!(page.attributes("html, .notice", "lang"), ["fr", "fr"]);
}
