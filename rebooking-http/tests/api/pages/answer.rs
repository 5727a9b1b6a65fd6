//! The page behind the link in a partner's mail.

use http::{Method, Request, StatusCode};
use rebooking_core::notice::Message;
use rebooking_core::testing::samples;
use rebooking_core::value::ids::TokenRef;

use super::browser::{Browser, Page as _};
use crate::api::{Answer, Api, PARTNER, page};

/// The customer has chosen, the partner has the mail; the path of its link.
pub(crate) async fn asked(api: &Api) -> String {
    api.chosen().await;
    api.world.deliver_all().await.unwrap();
    let mails = api.world.mailer.sent();
    let link = mails.iter().find_map(|mail| match &mail.message {
        Message::PartnerRequest { answer, .. } => Some(answer.expose().to_owned()),
        _ => None,
    });
    format!("/partner/answer/{}", link.unwrap())
}

/// The address that the partner's mail went to.
pub(crate) const KITCHEN: &str = "partnerEmail=kueche%40example.org";

async fn answer(api: &Api, path: &str, form: &str) -> Answer {
    let mut browser = Browser::new(api);
    let sent = browser.post(path, &format!("{KITCHEN}&{form}")).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    browser.get(&format!("{path}{}", sent.header("location"))).await.ok()
}

#[tokio::test]
async fn it_shows_the_request_without_a_sign_in_in_german_and_english() {
    let api = Api::new();
    let path = asked(&api).await;
    let mut browser = Browser::new(&api);
    let german = browser.get(&path).await.ok();
    assert_eq!(german.texts("h1"), ["Können Sie diesen Termin anbieten?"]);
    assert_eq!(german.texts("form button:not(.unseen)"), ["Termin bestätigen", "Termin ablehnen"]);
    let facts = german.texts("dd");
    assert_eq!(facts[1], "Montag, 01.02.2027, 18:00 Uhr");
    assert_eq!(facts[2], "Montag, 25.01.2027, 18:00 Uhr", "the booking that it stands in for");
    let english = browser.get(&format!("{path}?lang=en")).await.ok();
    assert_eq!(english.texts("h1"), ["Can you offer this date?"]);
}

#[tokio::test]
async fn a_booking_that_was_sold_is_answered_in_the_same_way_and_stands_in_for_none() {
    let api = Api::new();
    api.world.seed().await.unwrap();
    api.world.rebookings.open_request(&samples::booking()).await.unwrap();
    api.world.deliver_all().await.unwrap();
    let mails = api.world.mailer.sent();
    let [Message::BookingRequest { answer: link, .. }] =
        &mails.iter().map(|mail| mail.message.clone()).collect::<Vec<_>>()[..]
    else {
        panic!("{mails:?}")
    };
    let path = format!("/partner/answer/{}", link.expose());
    let asked = Browser::new(&api).get(&path).await.ok();
    assert_eq!(asked.texts("h1"), ["Können Sie diesen Termin anbieten?"]);
    assert!(!asked.texts("dt").contains(&"Statt:".to_owned()), "{:?}", asked.texts("dt"));
    let wrong = Browser::new(&api).post(&path, "partnerEmail=x%40example.org&answer=confirm").await;
    assert_ne!(wrong.status, StatusCode::SEE_OTHER);
    let told = answer(&api, &path, "answer=confirm").await;
    assert_eq!(told.texts("h1"), ["Sie haben den Termin bestätigt"]);
}

#[tokio::test]
async fn it_tells_what_a_decline_costs_the_customer_and_which_language_the_party_speaks() {
    let api = Api::new();
    let path = asked(&api).await;
    let page = Browser::new(&api).get(&path).await.ok();
    assert!(page.texts("dd").contains(&"Deutsch".to_owned()), "{:?}", page.texts("dd"));
    let costs = |page: &Answer| page.texts("#decline p.costs").join(" ");
    assert!(costs(&page).ends_with("einen anderen: den 2. von höchstens 3."), "{}", costs(&page));
    assert!(page.texts("#decline label.tick")[0].contains("8 Plätze frei"), "own, with places");

    // The customer names a backup: no link follows then.
    let link = api.world.link(TokenRef::first(samples::booking().item.into())).await;
    let named = "customerEmail=erika%40example.com&backups=save&backup1=2%3A178.00";
    api.submit(&format!("/rebook/{}", link.expose()), named).await;
    let page = Browser::new(&api).get(&path).await.ok();
    assert!(costs(&page).contains("sofort einen Ersatztermin"), "{}", costs(&page));
    let mut partner = Browser::signed_in(&api, PARTNER).await;
    let requests = partner.get("/partner").await.ok();
    assert_eq!(requests.texts("p.costs"), page.texts("p.costs"), "and who signs in reads the same");
}

#[tokio::test]
async fn one_click_confirms_and_the_page_says_so_from_then_on() {
    let api = Api::new();
    let path = asked(&api).await;
    let told = answer(&api, &path, "answer=confirm").await;
    assert_eq!(told.texts("h1"), ["Sie haben den Termin bestätigt"]);
    assert!(told.texts("form").is_empty(), "there is nothing left to answer");
    let again = answer(&api, &path, "answer=confirm").await;
    assert_eq!(again.main(), told.main());
}

#[tokio::test]
async fn a_decline_says_why_and_proposes_dates() {
    let api = Api::new();
    let path = asked(&api).await;
    let mut browser = Browser::new(&api);
    let empty =
        browser.post(&path, &format!("{KITCHEN}&answer=decline&reason=+&proposedDateIds=2")).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.told().starts_with("Bitte geben Sie einen Grund an"), "{}", empty.told());
    assert_eq!(empty.attributes("input[checked]", "value"), ["2"], "what was ticked is kept");
    let told = answer(&api, &path, "answer=decline&reason=Rohrbruch&proposedDateIds=2").await;
    assert_eq!(told.texts("h1"), ["Sie haben den Termin abgelehnt"]);
    assert!(told.texts("dd").contains(&"Rohrbruch".to_owned()), "{}", told.text);
}

#[tokio::test]
async fn a_link_is_good_for_one_answer() {
    let api = Api::new();
    let path = asked(&api).await;
    answer(&api, &path, "answer=confirm").await;
    let late = Browser::new(&api)
        .post(&path, &format!("{KITCHEN}&answer=decline&reason=Doch+nicht"))
        .await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert_eq!(
        (late.texts("h1"), late.told().as_str()),
        (
            vec!["Sie haben den Termin bestätigt".to_owned()],
            "Diese Anfrage ist bereits abgeschlossen."
        )
    );
    let mut partner = Browser::signed_in(&api, PARTNER).await;
    let page = partner.get("/partner?status=confirmed").await.ok();
    assert_eq!(page.texts("article").len(), 1, "who has changed their mind signs in");
}

#[tokio::test]
async fn reading_it_changes_nothing() {
    let api = Api::new();
    let path = asked(&api).await;
    let before = api.world.store.snapshot();
    for method in [Method::GET, Method::HEAD, Method::GET] {
        let request = Request::builder().method(method).uri(&path).body(String::new()).unwrap();
        api.call(request).await.ok();
    }
    assert_eq!(api.world.store.snapshot(), before);
}

#[tokio::test]
async fn a_form_with_neither_answer_changes_nothing() {
    let api = Api::new();
    let path = asked(&api).await;
    let before = api.world.store.snapshot();
    for form in [
        "",
        "answer=",
        "answer=maybe",
        "answer=decline",
        "answer=decline&reason=x&proposedDateIds=z",
    ] {
        let answer = Browser::new(&api).post(&path, &format!("{KITCHEN}&{form}")).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
    }
    assert_eq!(api.world.store.snapshot(), before);
}

#[tokio::test]
async fn a_robot_that_presses_every_button_answers_nothing() {
    let api = Api::new();
    let path = asked(&api).await;
    let before = api.world.store.snapshot();
    for answer in ["answer=confirm", "answer=decline", "answer=decline&reason=x", ""] {
        for address in [
            "",
            "partnerEmail=",
            "partnerEmail=test",
            "partnerEmail=a%40b%40c",
            // Who fills in everything fills in what nobody sees.
            "partnerEmail=robot%40example.net&blank=http%3A%2F%2Fexample.net",
            &format!("{KITCHEN}&blank=x"),
        ] {
            let refused = Browser::new(&api).post(&path, &format!("{answer}&{address}")).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{answer} {address}");
        }
    }
    assert_eq!(api.world.store.snapshot(), before, "and nothing is counted");
}

#[tokio::test]
async fn an_address_of_somebody_else_is_counted_and_answers_nothing() {
    let api = Api::new();
    let path = asked(&api).await;
    let mut browser = Browser::new(&api);
    for _ in 0..5 {
        let refused = browser.post(&path, "partnerEmail=erika%40example.com&answer=confirm").await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        assert_eq!(refused.texts("h1"), ["Können Sie diesen Termin anbieten?"], "it still waits");
        assert_eq!(
            refused.attributes("[aria-invalid]", "value"),
            ["erika@example.com"],
            "and is shown again"
        );
    }
    let locked = browser.post(&path, &format!("{KITCHEN}&answer=confirm")).await;
    assert_eq!(
        (locked.status, locked.header("retry-after")),
        (StatusCode::TOO_MANY_REQUESTS, "900")
    );
}

#[tokio::test]
async fn a_page_never_brings_the_address_that_it_asks_for() {
    let api = Api::new();
    let path = asked(&api).await;
    for page in [path.clone(), format!("{path}?partnerEmail=kueche%40example.org")] {
        assert!(!Browser::new(&api).get(&page).await.ok().main().contains("kueche"), "{page}");
    }
}

#[tokio::test]
async fn a_link_that_nobody_got_and_a_customers_link_show_nothing() {
    let api = Api::new();
    let declined = api.declined().await;
    let customers = page(&declined).replace("/api/rebook", "/partner/answer");
    for path in ["/partner/answer/x", &customers, &format!("/partner/answer/{}", "x".repeat(43))] {
        let answer = Browser::new(&api).get(path).await;
        assert_eq!(
            (answer.status, answer.texts("h1")),
            (StatusCode::NOT_FOUND, vec!["Link nicht gefunden".to_owned()])
        );
        let sent = Browser::new(&api).post(path, "answer=confirm").await;
        assert_eq!(sent.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn the_page_holds_no_link() {
    let api = Api::new();
    let path = asked(&api).await;
    let secret = path.rsplit('/').next().unwrap();
    assert!(!Browser::new(&api).get(&path).await.ok().text.contains(secret));
}
