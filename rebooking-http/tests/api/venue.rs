//! Where a course takes place: shown as far as somebody says it, and nowhere else.

use chrono::TimeDelta;
use rebooking_core::ports::RebookingStore as _;
use rebooking_core::testing::samples;
use rebooking_core::value::booking::{Booking, Venue};
use rebooking_core::value::course_date::CourseDate;
use serde_json::json;

use crate::api::{Api, PARTNER, page};
use crate::pages::browser::{Browser, Page as _};

const HERE: &str = "Evas Küche, Kochstraße 5, 80331 München";
const THERE: &str = "Backstube <Süd>";

/// The booked course in one place, and a date to choose in another.
async fn placed() -> (Api, String) {
    let api = Api::new();
    let here = Venue::new("Evas Küche", "Kochstraße 5, 80331 München");
    let booking = Booking { course: samples::course().at(here), ..samples::booking() };
    let starts_at = booking.slot.starts_at + TimeDelta::days(7);
    let date = samples::course_date(1, starts_at, 5);
    let there = Venue::new("Backstube\r\n<Süd>", "");
    let date = CourseDate { course: date.course.at(there), ..date };
    let declined = api.world.declined(booking).await;
    api.world.store.upsert_dates(&[date]).await.unwrap();
    api.world.deliver_all().await.unwrap();
    let link = page(&declined);
    (api, link)
}

#[tokio::test]
async fn a_program_reads_the_place_of_the_booking_and_of_each_date() {
    let (api, link) = placed().await;
    let data = api.get(&link).await.ok().data();
    let here = json!({ "name": "Evas Küche", "address": "Kochstraße 5, 80331 München" });
    assert_eq!(data["originalBooking"]["venue"], here);
    let there = json!({ "name": THERE, "address": "" });
    assert_eq!(data["availableDates"][0]["venue"], there);
    let silent = Api::new();
    let declined = silent.declined().await;
    let data = silent.get(&page(&declined)).await.ok().data();
    assert!(data["originalBooking"].get("venue").is_none(), "{data}");
    assert!(data["availableDates"][0].get("venue").is_none(), "{data}");
}

#[tokio::test]
async fn pages_show_the_place_of_the_booking_of_each_date_and_of_what_was_booked() {
    let (api, link) = placed().await;
    let link = link.strip_prefix("/api").unwrap().to_owned();
    let choose = api.get(&link).await.ok();
    assert!(choose.texts(".booking dd").contains(&HERE.to_owned()), "{}", choose.text);
    assert_eq!(choose.texts(".dates .place"), [THERE]);
    let mut browser = Browser::new(&api);
    let form = "customerEmail=erika%40example.com&choice=1:178.00";
    let booked = browser.submit_and_follow(&link, form).await;
    assert!(booked.texts("dd").contains(&THERE.to_owned()), "{}", booked.text);
    let file = api.get(&format!("{link}?calendar=file")).await.ok();
    assert!(file.text.contains("LOCATION:Backstube <Süd>\r\n"), "{}", file.text);
}

#[tokio::test]
async fn a_partner_sees_where_the_request_is_for() {
    let (api, link) = placed().await;
    let link = link.strip_prefix("/api").unwrap().to_owned();
    let mut browser = Browser::new(&api);
    browser.submit_and_follow(&link, "customerEmail=erika%40example.com&choice=1:178.00").await;
    api.world.deliver_all().await.unwrap();
    let mut partner = Browser::signed_in(&api, PARTNER).await;
    let requests = partner.get("/partner").await.ok();
    assert!(requests.texts(".request dd").contains(&THERE.to_owned()), "{}", requests.text);
    let listed = api.get_as(PARTNER, "/api/partner/confirmations?status=pending").await.ok();
    assert_eq!(listed.data()["confirmations"][0]["venue"]["name"], THERE);
}
