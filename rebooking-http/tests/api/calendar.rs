//! A partner's calendar: its secret address, and what a program reads there.

use chrono::TimeDelta;
use http::header::{
    AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH, WWW_AUTHENTICATE,
};
use http::{Method, Request, StatusCode};
use rebooking_core::ports::RebookingStore as _;
use rebooking_core::ports::store::ConfirmationKey;
use rebooking_core::testing::{World, samples};
use rebooking_core::value::booking::Booking;
use rebooking_core::value::ids::CaseId;
use rebooking_http::Rate;

use crate::api::{Answer, Api, Document as _, OTHER_PARTNER, PARTNER, SUPPORT};

const ROUTE: &str = "/api/partner/calendar";
const REVOKE: &str = "/api/partner/calendar/revoke";

/// Makes an address; gives its path.
async fn made(api: &Api, partner: &str) -> String {
    let data = api.post_as(partner, ROUTE, "").await.ok().data();
    let url = data["url"].as_str().unwrap();
    url.strip_prefix("http://127.0.0.1:8080").unwrap().to_owned()
}

/// A booking that the partner has confirmed, on a date of its own.
async fn confirmed(api: &Api, item: i64) {
    let slot = samples::slot(item, samples::now() + TimeDelta::days(item - 7000));
    let booking = Booking { slot, ..samples::booking_of(item) };
    let id = api.world.store.open_confirmation(&booking).await.unwrap();
    api.world.rebookings.confirm_unchecked(&ConfirmationKey::Id(id)).await.unwrap();
}

/// As a program asks that knows an answer.
async fn ask_again(api: &Api, path: &str, tag: &str) -> Answer {
    api.call(Request::get(path).header(IF_NONE_MATCH, tag).body(String::new()).unwrap()).await
}

/// The lines of a property, unfolded.
fn lines(calendar: &str, property: &str) -> Vec<String> {
    let unfolded = calendar.replace("\r\n ", "");
    let begin = format!("{property}:");
    unfolded.lines().filter_map(|line| line.strip_prefix(&begin)).map(str::to_owned).collect()
}

#[tokio::test]
async fn a_program_reads_what_the_partner_has_confirmed_and_nobody_who_booked() {
    let api = Api::new();
    for item in [7002, 7001] {
        confirmed(&api, item).await;
    }
    api.world.store.open_confirmation(&samples::booking_of(7003)).await.unwrap();
    let path = made(&api, PARTNER).await;
    let read = api.get(&path).await.ok();
    assert_eq!(read.header(CONTENT_TYPE), "text/calendar; charset=utf-8; method=PUBLISH");
    read.text.replace("\r\n", "\n").reads("partner/calendar.ics");
    assert!(read.text.lines().all(|line| line.len() <= 75), "folded: {}", read.text);
    assert_eq!(lines(&read.text, "UID"), ["case-7001@127.0.0.1", "case-7002@127.0.0.1"]);
    for hidden in ["Erika", "Mustermann", "erika", "example.com\r\nATTENDEE", "kueche"] {
        assert!(!read.text.contains(hidden), "{hidden}: {}", read.text);
    }
    let theirs = made(&api, OTHER_PARTNER).await;
    assert!(lines(&api.get(&theirs).await.ok().text, "UID").is_empty(), "I10");
}

#[tokio::test]
async fn a_booking_that_moves_moves_in_the_calendar_and_one_that_is_off_says_so() {
    let api = Api::new();
    let path = made(&api, PARTNER).await;
    api.world.seed().await.unwrap();
    api.world.shop.put_booking(samples::booking());
    let asked = api.world.store.open_confirmation(&samples::booking()).await.unwrap();
    api.world.rebookings.confirm_unchecked(&ConfirmationKey::Id(asked)).await.unwrap();
    let before = api.get(&path).await.ok().text;
    let decline = format!("/api/partner/confirmations/{asked}/decline");
    api.post_as(PARTNER, &decline, r#"{"reason":"Rohrbruch"}"#).await.ok();
    let off = api.get(&path).await.ok().text;
    assert_eq!(lines(&off, "STATUS"), ["CANCELLED"], "programs would keep what only vanished");
    assert_eq!(lines(&off, "UID"), lines(&before, "UID"));
    api.world.deliver_all().await.unwrap();
    let link = api.world.mailer.sent()[0].message.link().unwrap().secret.expose().to_owned();
    let choice = r#"{"selectedDateId":1,"customerEmail":"erika@example.com"}"#;
    api.post(&format!("/api/rebook/{link}"), choice).await.ok();
    api.world.deliver_all().await.unwrap();
    let pending = api.get_as(PARTNER, "/api/partner/confirmations?status=pending").await.ok();
    let id = pending.data()["confirmations"][0]["id"].as_i64().unwrap();
    api.post_as(PARTNER, &format!("/api/partner/confirmations/{id}/confirm"), "").await.ok();
    let after = api.get(&path).await.ok().text;
    assert_eq!(lines(&before, "UID"), lines(&after, "UID"), "one entry for the case");
    assert_ne!(lines(&before, "DTSTART"), lines(&after, "DTSTART"));
    let sequence = |calendar: &str| lines(calendar, "SEQUENCE")[0].parse::<u64>().unwrap();
    assert!(sequence(&after) > sequence(&off) && sequence(&off) > sequence(&before));
    assert_eq!(lines(&after, "STATUS"), ["CONFIRMED"]);
}

#[tokio::test]
async fn a_case_that_is_forgotten_leaves_the_calendar() {
    let api = Api::new();
    confirmed(&api, 7001).await;
    let path = made(&api, PARTNER).await;
    assert_eq!(lines(&api.get(&path).await.ok().text, "UID").len(), 1);
    api.world.clock.advance(TimeDelta::days(3));
    let forget = format!("/api/support/cases/{}/forget", CaseId::new(7001));
    api.post_as(SUPPORT, &forget, r#"{"reason":"Auf Wunsch"}"#).await.ok();
    assert!(lines(&api.get(&path).await.ok().text, "UID").is_empty());
}

#[tokio::test]
async fn a_program_that_knows_the_calendar_is_told_that_it_is_as_it_was() {
    let api = Api::new();
    confirmed(&api, 7001).await;
    let path = made(&api, PARTNER).await;
    let read = api.get(&path).await.ok();
    assert_eq!(read.header(CACHE_CONTROL), "private, no-cache");
    let tag = read.header(ETAG).to_owned();
    for known in [tag.clone(), format!("W/{tag}"), format!("\"other\", {tag}"), "*".to_owned()] {
        let again = ask_again(&api, &path, &known).await;
        assert_eq!((again.status, again.text.as_str()), (StatusCode::NOT_MODIFIED, ""), "{known}");
        assert_eq!((again.header(ETAG), again.header(CACHE_CONTROL)), (&*tag, "private, no-cache"));
    }
    confirmed(&api, 7002).await;
    let changed = ask_again(&api, &path, &tag).await.ok();
    assert_eq!(lines(&changed.text, "UID").len(), 2);
    assert_ne!(changed.header(ETAG), tag);
}

#[tokio::test]
async fn an_address_that_was_never_made_is_renewed_or_revoked_is_as_unknown_as_nonsense() {
    let api = Api::new();
    let first = made(&api, PARTNER).await;
    let second = made(&api, PARTNER).await;
    api.get(&second).await.ok();
    let renewed = api.get(&first).await;
    for _ in 0..2 {
        let none = api.post_as(PARTNER, REVOKE, "").await.ok().data();
        assert_eq!(none["since"], serde_json::Value::Null);
    }
    let secret = second.strip_suffix(".ics").unwrap();
    for path in [
        &second,
        secret,
        &format!("/partner/calendar/{}.ics", "x".repeat(43)),
        "/partner/calendar/nonsense",
        "/partner/calendar/.ics",
        "/partner/calendar/%ff.ics",
    ] {
        let unknown = api.get(path).await;
        assert_eq!((unknown.status, unknown.code()), (StatusCode::NOT_FOUND, renewed.code()));
        assert_eq!((&unknown.text, unknown.header(ETAG)), (&renewed.text, ""), "{path}");
        assert_eq!(unknown.header(CACHE_CONTROL), "no-store", "{path}");
    }
    assert_eq!(renewed.code(), "token_unknown");
}

#[tokio::test]
async fn an_address_is_told_once_and_then_only_since_when_it_is_there() {
    let api = Api::new();
    let none = api.get_as(PARTNER, ROUTE).await.ok();
    assert_eq!(none.data()["since"], serde_json::Value::Null);
    let path = made(&api, PARTNER).await;
    let secret = path.rsplit('/').next().unwrap().strip_suffix(".ics").unwrap();
    let there = api.get_as(PARTNER, ROUTE).await.ok();
    assert_eq!(there.data()["since"], "2027-01-12T10:00:00Z");
    assert!(!there.text.contains(secret), "{}", there.text);
    let theirs = api.get_as(OTHER_PARTNER, ROUTE).await.ok();
    assert_eq!(theirs.data()["since"], serde_json::Value::Null);
    let page = api.get_as(PARTNER, "/api/partner/confirmations").await.ok();
    assert!(!page.text.contains(secret));
}

#[tokio::test]
async fn only_partners_make_addresses_and_an_address_lets_nobody_in_elsewhere() {
    let api = Api::new();
    let path = made(&api, PARTNER).await;
    let secret = path.rsplit('/').next().unwrap().strip_suffix(".ics").unwrap();
    for route in [ROUTE, REVOKE] {
        assert_eq!(api.post(route, "").await.code(), "not_signed_in");
        assert_eq!(api.post_as(SUPPORT, route, "").await.code(), "wrong_role");
        assert_eq!(api.post_as(secret, route, "").await.code(), "not_signed_in");
    }
    assert_eq!(api.get(&format!("/api/rebook/{secret}")).await.code(), "token_unknown");
    assert_eq!(api.get(&format!("/partner/answer/{secret}")).await.status, StatusCode::NOT_FOUND);
    let read = Request::get(&path).header(AUTHORIZATION, "Bearer wrong").body(String::new());
    let read = api.call(read.unwrap()).await.ok();
    assert_eq!(read.header(WWW_AUTHENTICATE), "", "nobody is asked to sign in");
}

#[tokio::test]
async fn an_address_may_be_asked_about_so_often_whoever_asks() {
    let api = Api::on(World::new(), |settings| settings.limits.per_link = Some(Rate::new(2, 1)));
    let path = made(&api, PARTNER).await;
    for _ in 0..2 {
        api.get(&path).await.ok();
    }
    assert_eq!(api.get(&path).await.code(), "too_many_requests");
    api.get(&made(&api, OTHER_PARTNER).await).await.ok();
}

#[tokio::test]
async fn a_host_that_switches_calendars_off_has_no_route_and_no_page_for_them() {
    let api = Api::new();
    let path = made(&api, PARTNER).await;
    let off = Api::on(api.world, |settings| settings.partner_calendars = false);
    for (method, path) in [
        (Method::GET, path.as_str()),
        (Method::GET, ROUTE),
        (Method::POST, ROUTE),
        (Method::POST, REVOKE),
        (Method::GET, "/partner/calendar"),
    ] {
        let request = Request::builder().method(method).uri(path);
        let request = request.header(AUTHORIZATION, format!("Bearer {PARTNER}"));
        let answer = off.call(request.body(String::new()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}: {}", answer.text);
    }
    let page = off.get_as(PARTNER, "/partner").await.ok();
    assert!(!page.text.contains("/partner/calendar"), "{}", page.text);
    #[cfg(feature = "openapi")]
    assert!(!off.get("/openapi.json").await.ok().text.contains("calendar.ics"));
}
