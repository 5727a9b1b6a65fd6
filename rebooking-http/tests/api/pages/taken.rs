//! Who of support looks after a case, and for how long cases have waited.

use chrono::TimeDelta;
use http::StatusCode;
use rebooking_core::testing::Trouble;

use super::browser::{Browser, Page as _};
use crate::api::{Api, SUPPORT};

const CASE: &str = "/support/cases/7001";
const BUTTON: &str = "dd form button";

#[tokio::test]
async fn a_case_is_taken_given_back_and_taken_over_where_everybody_sees_it() {
    let api = Api::new();
    let case = api.declined().await.token.case;
    let mut susi = Browser::signed_in(&api, SUPPORT).await;
    assert_eq!(susi.get(CASE).await.ok().texts(BUTTON), ["Übernehmen"]);
    let page = susi.submit_and_follow(CASE, "act=take").await;
    assert_eq!(page.told(), "Sie kümmern sich jetzt um diesen Fall.");
    assert_eq!(page.texts(BUTTON), ["Zurückgeben"]);
    let list = susi.get("/support").await.ok().texts("tbody td").pop().unwrap();
    assert!(list.ends_with("bei Susi"), "{list}");
    let page = susi.submit_and_follow(CASE, "act=give-back").await;
    assert_eq!(page.told(), "Der Fall ist wieder frei.");

    let anna = api.world.rebookings.support("Anna");
    anna.take(case, false).await.unwrap();
    let page = susi.get(CASE).await.ok();
    assert_eq!(page.texts(BUTTON), ["Von dieser Person übernehmen"]);
    let late = susi.submit(CASE, "act=take").await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert_eq!(late.told(), "Diesen Fall hat inzwischen jemand anderes übernommen.");
    let page = susi.submit_and_follow(CASE, "act=take-over").await;
    assert_eq!(page.texts(BUTTON), ["Zurückgeben"]);
    let told = page.texts(".timeline strong");
    assert_eq!(told.iter().filter(|one| *one == "Fall übernommen").count(), 3, "{told:?}");
}

#[tokio::test]
async fn the_worklist_says_for_how_long_a_case_has_needed_something() {
    let api = Api::new();
    api.world.tickets.next_call(Trouble::FailForGood);
    api.declined().await;
    for (wait, told) in [
        (TimeDelta::zero(), "wartet seit 1 Stunde"),
        (TimeDelta::hours(47), "wartet seit 47 Stunden"),
        (TimeDelta::hours(1), "wartet seit 2 Tagen"),
    ] {
        api.world.clock.advance(wait);
        let mut susi = Browser::signed_in(&api, SUPPORT).await;
        let row = susi.get("/support").await.ok().texts("tbody td").pop().unwrap();
        assert!(row.ends_with(told), "{row}");
    }
}
