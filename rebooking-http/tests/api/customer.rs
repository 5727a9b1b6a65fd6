//! What customers read and send: the fixed shapes, word by word.

use http::{Method, Request, StatusCode};
use rebooking_core::audit::AuditEvent;
use rebooking_core::policy::{OrderStrategy, Policy, PriceRule};
use rebooking_core::ports::{RebookingStore as _, Reports as _};
use rebooking_core::testing::samples;
use rebooking_core::testing::world::DeclinedBooking;
use rebooking_core::value::ids::CourseDateId;
use rebooking_core::value::money::{Currency, Money};
use serde_json::json;

use crate::api::{Api, BROWSER, CASE, FIRST, SECOND, SINGLE, by_a_person, page};

#[tokio::test]
async fn a_link_shows_the_booking_and_the_dates_that_are_possible() {
    let api = Api::new();
    let declined = api.declined().await;
    api.get(&page(&declined)).await.reads("customer/page.json");
}

#[tokio::test]
async fn a_choice_answers_in_german() {
    let api = Api::new();
    let declined = api.declined().await;
    api.choose(&declined, FIRST).await.reads("customer/chosen.de.json");
}

#[tokio::test]
async fn a_choice_answers_in_english_when_english_is_asked_for() {
    let api = Api::new().speaking("en-GB,en;q=0.9,de;q=0.2");
    let declined = api.declined().await;
    api.choose(&declined, FIRST).await.reads("customer/chosen.en.json");
}

#[tokio::test]
async fn the_same_choice_again_gives_the_same_answer_and_moves_nothing() {
    let api = Api::new();
    let declined = api.declined().await;
    let first = api.choose(&declined, FIRST).await.ok();
    let stored = api.world.store.snapshot();
    assert_eq!(api.choose(&declined, FIRST).await.ok().text, first.text);
    assert_eq!(api.world.store.snapshot(), stored);
}

#[tokio::test]
async fn the_address_may_differ_in_case_and_surrounding_blanks() {
    let api = Api::new();
    let declined = api.declined().await;
    let body = r#"{"selectedDateId":1,"customerEmail":"  ERIKA@Example.com "}"#;
    api.post(&page(&declined), body).await.ok();
}

/// As browsers send an address to the shop's checkout, and as people type it.
#[tokio::test]
async fn the_address_may_be_spelled_as_a_browser_does_or_as_people_do() {
    for (stored, typed) in [
        ("erika@xn--mller-kva.example", "Erika@müller.example"),
        ("erika@Müller.example", "erika@XN--MLLER-KVA.example"),
        ("jürgen@example.com", "JU\u{308}RGEN@example.com"),
    ] {
        let api = Api::new();
        let mut booking = samples::booking();
        booking.customer.email = samples::email(stored);
        let declined = api.world.declined(booking).await;
        let body = json!({ "selectedDateId": 1, "customerEmail": typed });
        api.post(&page(&declined), &body.to_string()).await.ok();
        let _ = api.world.deliver_all().await.unwrap();
        assert!(
            api.world.mailer.sent().iter().all(|mail| mail.to.expose() != typed),
            "mailed as it was given to the shop"
        );
    }
}

#[tokio::test]
async fn the_address_is_in_no_answer_to_a_customer() {
    let api = Api::new();
    let declined = api.declined().await;
    for answer in [
        api.get(&page(&declined)).await,
        api.choose(&declined, FIRST).await,
        api.choose(&declined, SECOND).await,
    ] {
        assert!(!answer.text.to_lowercase().contains("erika@example.com"), "{}", answer.text);
    }
}

/// A declined booking for 89 € each, with the first date at 79 € and the second at 99 €.
pub(crate) async fn with_other_prices(api: &Api) -> DeclinedBooking {
    let declined = api.declined().await;
    let slot =
        |id| samples::slot(id, samples::booking().slot.starts_at + chrono::TimeDelta::days(id));
    for (id, cents) in [(FIRST, 7900), (SECOND, 9900)] {
        let date = samples::course_date(id, slot(id).starts_at, 5);
        let date = rebooking_core::value::course_date::CourseDate {
            unit_price: samples::euros(cents),
            ..date
        };
        api.world.store.upsert_dates(&[date]).await.unwrap();
    }
    declined
}

#[tokio::test]
async fn each_date_shows_its_price_the_total_and_what_follows_from_the_difference() {
    for (price, file) in [
        (PriceRule::Absorb, "customer/prices.absorb.json"),
        (PriceRule::Settle, "customer/prices.settle.json"),
    ] {
        let api = Api::with(Policy { price, ..Policy::default() });
        let declined = with_other_prices(&api).await;
        api.get(&page(&declined)).await.reads(file);
    }
}

#[tokio::test]
async fn a_cheaper_date_says_that_the_difference_is_refunded() {
    let api = Api::new();
    let declined = with_other_prices(&api).await;
    api.choose(&declined, FIRST).await.reads("customer/chosen.cheaper.json");
}

#[tokio::test]
async fn a_dearer_date_is_booked_once_its_total_is_agreed_to() {
    let api = Api::with(Policy { price: PriceRule::Settle, ..Policy::default() });
    let declined = with_other_prices(&api).await;
    let refused = api.choose(&declined, SECOND).await;
    assert_eq!((refused.status, refused.code().as_str()), (StatusCode::CONFLICT, "price_changed"));
    let total = &refused.json()["error"]["total"];
    let body = format!(
        r#"{{"selectedDateId":2,"customerEmail":"erika@example.com","expectedTotal":{total}}}"#
    );
    api.post(&page(&declined), &body).await.reads("customer/chosen.dearer.json");
}

#[tokio::test]
async fn amounts_have_the_decimals_of_their_currency() {
    for (code, minor, price) in
        [("JPY", 1_500, "1500"), ("KWD", 12_500, "12.500"), ("EUR", 8_905, "89.05")]
    {
        let api = Api::new();
        let unit_price = Money::new(minor, Currency::parse(code).unwrap()).unwrap();
        let booking = rebooking_core::value::booking::Booking { unit_price, ..samples::booking() };
        let declined = api.world.declined(booking.at_list_price()).await;
        let answer = api.get(&page(&declined)).await.ok();
        assert!(answer.text.contains(&format!(r#""price":{price},"#)), "{}", answer.text);
    }
}

#[tokio::test]
async fn a_linked_order_answers_with_our_reference_while_the_shop_is_slow() {
    let api = Api::with(Policy { orders: OrderStrategy::LinkedOrder, ..Policy::default() });
    let declined = api.declined().await;
    let data = api.choose(&declined, FIRST).await.ok().data();
    assert_eq!(
        (&data["newOrderNumber"], &data["orderPending"]),
        (&json!("100007001-1"), &json!(true))
    );
}

#[tokio::test]
async fn a_linked_order_answers_with_the_shops_number_once_there_is_one() {
    let api = Api::with(Policy { orders: OrderStrategy::LinkedOrder, ..Policy::default() });
    let declined = api.chosen().await;
    api.world.deliver_all().await.unwrap();
    let data = api.choose(&declined, FIRST).await.ok().data();
    assert_eq!(data["orderPending"], json!(false));
    assert_ne!(data["newOrderNumber"], json!("100007001-1"));
}

pub(crate) async fn is_opened(api: &Api, declined: &DeclinedBooking) -> bool {
    let file = api.world.store.case(declined.token.case).await.unwrap().unwrap().value;
    file.first(declined.token, AuditEvent::PageOpened).is_some()
}

#[tokio::test]
async fn head_answers_like_get_without_a_body_and_is_no_visit() {
    let api = Api::new();
    let declined = api.declined().await;
    let request = |method, token: &str| {
        let uri = format!("/api/rebook/{token}");
        by_a_person(Request::builder().method(method).uri(uri)).body(String::new()).unwrap()
    };
    for token in ["nonsense", declined.link.expose()] {
        let head = api.call(request(Method::HEAD, token)).await;
        assert!(!is_opened(&api, &declined).await);
        let get = api.call(request(Method::GET, token)).await;
        assert_eq!(head.text, "");
        assert_eq!(head.status, get.status);
        assert_eq!(head.header(http::header::CONTENT_LENGTH), get.text.len().to_string());
        assert_eq!(head.header(http::header::CONTENT_TYPE), "application/json");
    }
}

#[tokio::test]
async fn a_person_who_looks_counts_and_a_robot_does_not() {
    let api = Api::new();
    let declined = api.declined().await;
    let request = |agent: &str| {
        let request = Request::builder().uri(page(&declined)).header("user-agent", agent);
        request.header("rebooking-viewed-by", "person").body(String::new()).unwrap()
    };
    let robot = api.call(request("Mozilla/5.0 (compatible; bingbot/2.0)")).await.ok();
    assert!(!is_opened(&api, &declined).await);
    let person = api.call(request(BROWSER)).await.ok();
    assert!(is_opened(&api, &declined).await);
    assert_eq!(robot.text, person.text);
}

#[tokio::test]
async fn a_page_is_shown_also_when_the_visit_cannot_be_noted() {
    let api = Api::new();
    let declined = api.declined().await;
    api.world.store.next_commit(rebooking_core::testing::Trouble::FailForGood);
    api.get(&page(&declined)).await.ok();
}

#[tokio::test]
async fn the_first_customer_who_finds_no_date_makes_a_ticket() {
    let api = Api::new();
    let declined = api.declined().await;
    for date in [FIRST, SECOND, SINGLE] {
        let reason = rebooking_core::value::text::FreeText::line("Umbau", 100);
        let partner = samples::partner().id;
        api.world
            .rebookings
            .partner(partner)
            .withdraw(CourseDateId::new(date), &reason)
            .await
            .unwrap();
    }
    let data = api.get(&page(&declined)).await.ok().data();
    assert_eq!(data["availableDates"], json!([]));
    api.world.deliver_all().await.unwrap();
    let ticket = api.world.tickets.of_case(CASE).pop().unwrap();
    assert_eq!(ticket.notes.last().unwrap().fact, rebooking_core::effect::TicketFact::NoDates);
}

#[tokio::test]
async fn a_wish_lands_in_the_ticket() {
    let api = Api::new();
    let declined = api.declined().await;
    let wish = r#"{"customerEmail":"erika@example.com","kind":"new_dates",
                   "text":"Gern am Wochenende.",
                   "weekdays":["saturday","sunday"],"months":[3,4]}"#;
    api.post(&format!("{}/wishes", page(&declined)), wish).await.reads("customer/wish.de.json");
    api.world.deliver_all().await.unwrap();
    let ticket = api.world.tickets.of_case(CASE).pop().unwrap();
    let said = ticket.notes.last().unwrap().wish.clone().unwrap();
    assert_eq!(said.text.expose(), "Gern am Wochenende.");
    assert_eq!(
        (said.weekdays, said.months),
        (vec![chrono::Weekday::Sat, chrono::Weekday::Sun], vec![3, 4])
    );
}

#[tokio::test]
async fn a_new_link_is_promised_to_anybody_in_the_same_words() {
    let api = Api::new();
    let declined = api.declined().await;
    let works = api.post(&format!("{}/new-link", page(&declined)), "").await.ok();
    api.world.clock.advance(chrono::TimeDelta::days(40));
    let expired = api.post(&format!("{}/new-link", page(&declined)), "").await.ok();
    let unknown = api.post(&format!("/api/rebook/{}/new-link", "x".repeat(43)), "").await.ok();
    let nonsense = api.post("/api/rebook/nonsense/new-link", "").await.ok();
    assert_eq!([&expired.text, &unknown.text, &nonsense.text], [&works.text; 3]);
    works.reads("customer/new_link.de.json");
}

#[tokio::test]
async fn an_expired_link_is_replaced_by_mail() {
    let api = Api::new();
    let declined = api.declined().await;
    api.world.clock.advance(chrono::TimeDelta::days(40));
    drop(api.world.mailer.take());
    api.post(&format!("{}/new-link", page(&declined)), "").await.ok();
    api.world.deliver_all().await.unwrap();
    let names: Vec<_> =
        api.world.mailer.sent().iter().map(|notice| notice.message.kind().as_str()).collect();
    assert_eq!(names, ["link_replaced"]);
}
