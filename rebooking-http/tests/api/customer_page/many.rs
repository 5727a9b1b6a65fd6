//! Many dates: grouped, narrowed down and laid out as a calendar, by an address that anybody may
//! write.

use std::collections::BTreeSet;

use http::StatusCode;
use rebooking_core::testing::World;

use super::{ERIKA, link};
use crate::api::{Answer, Api, Document as _};
use crate::pages::browser::Page as _;

/// So many dates more than the two that the world has for two people, and where the page is.
async fn with_more(count: u32) -> (Api, String) {
    with_more_and(count, Some(12)).await
}

async fn with_more_and(count: u32, many_dates: Option<usize>) -> (Api, String) {
    let api = Api::on(World::new(), |settings| settings.many_dates = many_dates);
    api.world.seed_many(count).await.unwrap();
    let declined = api.declined().await;
    (api, link(&declined))
}

/// Every date with a button of its own.
fn dates(page: &Answer) -> Vec<String> {
    page.attributes("button[name=choice]", "value")
}

fn ticked(page: &Answer) -> Vec<String> {
    page.attributes("input[form=narrow][checked]", "value")
}

#[tokio::test]
async fn twelve_dates_are_grouped_and_eleven_stay_one_list() {
    let (api, page) = with_more(10).await;
    api.get(&page).await.ok().main().reads("pages/many.de.html");
    let english = api.get(&format!("{page}?lang=en&view=calendar")).await.ok();
    english.main().reads("pages/many_calendar.en.html");
    let (api, page) = with_more(9).await;
    for query in ["", "?view=calendar&weekday=someday"] {
        let plain = api.get(&format!("{page}{query}")).await.ok();
        assert_eq!(dates(&plain).len(), 11);
        assert_eq!(plain.texts("#narrow, .sticky, section > h3, .sheet"), [""; 0], "{query}");
    }
}

#[tokio::test]
async fn a_host_sets_from_how_many_on_or_has_one_list_however_long() {
    for (from, grouped) in [(None, false), (Some(63), false), (Some(62), true), (Some(0), true)] {
        let (api, page) = with_more_and(60, from).await;
        let shown = api.get(&page).await.ok();
        assert_eq!(shown.attributes("#narrow", "method").len(), usize::from(grouped), "{from:?}");
        assert_eq!(dates(&shown).len(), 62);
    }
}

#[tokio::test]
async fn no_view_and_no_filter_loses_or_doubles_a_date() {
    let (api, page) = with_more(60).await;
    let all: BTreeSet<String> = dates(&api.get(&page).await.ok()).into_iter().collect();
    for view in ["list", "calendar"] {
        let mut found = Vec::new();
        for time in ["morning", "afternoon", "evening"] {
            let shown = api.get(&format!("{page}?view={view}&time={time}")).await.ok();
            let ids = shown.attributes(".compact .card", "id");
            assert_eq!(ids.len(), dates(&shown).len());
            if view == "calendar" {
                let led_to = shown.attributes(".sheet a", "href");
                assert_eq!(led_to, ids.iter().map(|id| format!("#{id}")).collect::<Vec<_>>());
            }
            found.extend(dates(&shown));
        }
        assert_eq!(found.len(), 62, "{view}");
        assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), all, "{view}");
    }
}

#[tokio::test]
async fn what_was_asked_for_stays_in_every_address_and_in_the_boxes() {
    let (api, page) = with_more(60).await;
    let query = "?lang=en&weekday=saturday&weekday=sunday&time=morning";
    let shown = api.get(&format!("{page}{query}")).await.ok();
    assert_eq!(ticked(&shown), ["saturday", "sunday", "morning"]);
    assert_eq!(shown.attributes("#narrow input", "value"), ["en"], "the form keeps the language");
    assert!(shown.texts(".found")[0].contains("of 62 dates fit your selection."));
    let views = shown.attributes("nav:has([aria-current]) a", "href");
    let narrowed = &query[1..];
    assert_eq!(views, [format!("?{narrowed}#dates"), format!("?{narrowed}&view=calendar#dates")]);
    assert_eq!(shown.attributes(".found a", "href"), ["?lang=en#dates"]);
    assert_eq!(
        shown.attributes("a.switch", "href"),
        ["de", "fr"].map(|to| format!("?lang={to}&weekday=saturday&weekday=sunday&time=morning"))
    );
    let calendar = api.get(&format!("{page}?view=calendar&time=morning")).await.ok();
    assert_eq!(calendar.attributes("#narrow input", "value"), ["calendar"]);
    assert!(calendar.texts("details.narrowing[open]").len() == 1, "what is set is seen");
}

#[tokio::test]
async fn a_filter_that_nothing_fits_says_so_and_leads_back_to_all_dates() {
    let (api, page) = with_more(10).await;
    let none = api.get(&format!("{page}?weekday=monday&time=morning")).await.ok();
    assert_eq!(dates(&none), [""; 0]);
    assert!(none.texts(".found")[0].starts_with("Kein Termin passt zu Ihrer Auswahl."));
    assert_eq!(none.attributes(".found a", "href"), ["?#dates"]);
    assert_eq!(none.texts("h1"), ["Termin umbuchen"], "there are dates all the same");
}

#[tokio::test]
async fn an_address_that_asks_for_nonsense_gets_all_dates_and_is_told_so() {
    let (api, page) = with_more(10).await;
    let long = format!("weekday={}", "monday%20".repeat(200));
    for query in [
        "weekday=someday",
        "time=night",
        "view=grid",
        "weekday=monday&weekday=%00%FF",
        "time=%3Cscript%3E",
        "weekday=saturday&time=evening&view=../../etc/passwd",
        &long,
    ] {
        let told = api.get(&format!("{page}?{query}")).await;
        assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        assert!(told.notice().starts_with("Diese Auswahl gibt es nicht."), "{}", told.notice());
        assert_eq!(told.attributes("#notice a", "href"), ["#dates"]);
        assert_eq!((dates(&told).len(), ticked(&told).len()), (12, 0), "{query}");
        assert!(!told.text.contains("<script"));
    }
    let foreign = api.get(&format!("{page}?utm_source=mail&weekday=&view=")).await.ok();
    assert_eq!(foreign.notice(), "");
}

#[tokio::test]
async fn a_choice_that_lacks_the_address_is_kept_and_its_button_is_the_first_of_the_form() {
    let (api, page) = with_more(60).await;
    let address = format!("{page}?time=morning");
    for (email, status) in [("", 422), ("x", 422), ("jemand%40example.org", 403)] {
        let form = format!("customerEmail={email}&choice=1001%3A178.00");
        let again = api.submit(&address, &form).await;
        assert_eq!(again.status.as_u16(), status);
        assert_eq!(again.attributes("#notice a", "href"), ["#customerEmail"]);
        assert_eq!(again.texts(".kept-choice h2"), ["Ihr gewählter Termin"]);
        let first = &again.attributes("form.choice button", "value")[0];
        assert_eq!(first, "1001:178.00", "it is what the Enter key presses");
        assert_eq!(ticked(&again), ["morning"], "and the filter is as it was");
    }
    let booked = api.submit(&address, &format!("{ERIKA}&choice=1001%3A178.00")).await;
    assert_eq!(booked.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn nothing_is_kept_that_was_not_shown_or_not_chosen() {
    let (api, page) = with_more(60).await;
    for form in
        ["choice=1001%3A1.00", "choice=99%3A178.00", "choice=1001", "wish=new_dates", ERIKA, ""]
    {
        let again = api.submit(&page, form).await;
        assert_eq!(again.texts(".kept-choice"), [""; 0], "{form}");
        let first = again.attributes("form.choice button", "class");
        assert_eq!(first[0], "unseen", "{form}: Enter books nothing by accident");
    }
}
