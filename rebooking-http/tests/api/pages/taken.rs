//! Who of support looks after a case, and for how long cases have waited.

use chrono::TimeDelta;
use http::StatusCode;
use rebooking_core::testing::{Trouble, samples};
use rebooking_core::value::ids::CaseId;
use rebooking_core::value::text::FreeText;

use super::browser::{Browser, Page as _};
use crate::api::{Api, SUPPORT};

const CASE: &str = "/support/cases/7001";
const BUTTON: &str = "dd form button";

fn words(text: &str) -> FreeText {
    FreeText::line(text, 100)
}

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

/// Three cases: Susi has the first, whose ticket has failed, Anna the second, and nobody the third.
async fn three_cases(api: &Api) {
    api.world.tickets.next_call(Trouble::FailForGood);
    for item in 7001..=7003 {
        api.world.declined(samples::booking_of(item)).await;
        api.world.deliver_all().await.unwrap();
        api.world.clock.advance(TimeDelta::hours(1));
    }
    for (name, case) in [("Susi", 7001), ("Anna", 7002)] {
        api.world.rebookings.support(name).take(CaseId::new(case), false).await.unwrap();
    }
}

const FIRST: &str = "#100007001";
const SECOND: &str = "#100007002";
const THIRD: &str = "#100007003";

#[tokio::test]
async fn the_worklist_is_narrowed_down_to_who_has_taken_a_case_and_sorted_by_how_long_it_waits() {
    let api = Api::new();
    three_cases(&api).await;
    let mut susi = Browser::signed_in(&api, SUPPORT).await;
    for (query, orders, picked) in [
        ("", &[THIRD, SECOND, FIRST][..], ["", "newest"]),
        ("taken=mine", &[FIRST], ["mine", "newest"]),
        ("taken=nobody", &[THIRD], ["nobody", "newest"]),
        ("taken=name%3AAnna", &[SECOND], ["name:Anna", "newest"]),
        ("taken=name%3ASusi", &[FIRST], ["mine", "newest"]),
        ("taken=name%3ABerta", &[], ["name:Berta", "newest"]),
        ("sort=longest_waiting", &[FIRST, THIRD, SECOND], ["", "longest_waiting"]),
    ] {
        let page = susi.get(&format!("/support?{query}")).await.ok();
        assert_eq!(page.texts("tbody th"), orders, "{query}");
        let chosen = ["#taken option[selected]", "#sort option[selected]"];
        assert_eq!(chosen.map(|one| page.attributes(one, "value").concat()), picked, "{query}");
    }
    api.world.rebookings.support("Susi").cancel(CaseId::new(7001), &words("Anruf")).await.unwrap();
    assert_eq!(susi.get("/support").await.ok().texts("tbody th"), [THIRD, SECOND]);
    let mine = susi.get("/support?taken=mine&status=").await.ok();
    assert_eq!(mine.texts("tbody th"), [FIRST], "one's own, however far they have come");
}

#[tokio::test]
async fn whoever_has_a_case_on_the_page_can_be_picked_and_their_name_leads_to_all_of_theirs() {
    let api = Api::new();
    three_cases(&api).await;
    let mut susi = Browser::signed_in(&api, SUPPORT).await;
    let page = susi.get("/support").await.ok();
    let options = page.attributes("#taken option", "value");
    assert_eq!(options, ["", "mine", "nobody", "name:Anna"], "one's own name is `mine`");
    let links = page.attributes("tbody td a", "href");
    assert_eq!(links, ["/support?taken=name%3AAnna", "/support?taken=name%3ASusi"]);
    let anna = susi.get("/support?taken=name%3AAnna").await.ok();
    assert_eq!(anna.texts("tbody th"), [SECOND]);
    for name in ["", &"a".repeat(201)] {
        let refused = susi.get(&format!("/support?taken=name%3A{name}")).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
    }
}

#[tokio::test]
async fn programs_ask_for_the_cases_of_anybody() {
    let api = Api::new();
    three_cases(&api).await;
    for (query, cases) in [
        ("taken=mine", &[7001][..]),
        ("taken=nobody", &[7003]),
        ("holder=Anna", &[7002]),
        ("holder=anna", &[]),
        ("sort=longest_waiting", &[7001, 7003, 7002]),
        ("sort=newest&holder=Susi", &[7001]),
    ] {
        let found = api.get_as(SUPPORT, &format!("/api/support/cases?{query}")).await.ok().data();
        let ids: Vec<_> = found["cases"].as_array().unwrap().iter().map(|one| &one["id"]).collect();
        assert_eq!(ids, cases, "{query}");
    }
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
