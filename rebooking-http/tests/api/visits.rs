//! Whose look at a link counts as the customer's.

use chrono::TimeDelta;
use http::Request;
use http::request::Builder;
use rebooking_core::effect::{EffectKind, TicketFact};
use rebooking_core::policy::Policy;
use rebooking_core::testing::World;
use rebooking_core::testing::world::DeclinedBooking;

use crate::api::{Api, BROWSER, page};
use crate::customer::is_opened;
use crate::pages::answer::asked;

/// What a browser says when its reader goes to a page.
const NAVIGATION: [(&str, &str); 3] =
    [("user-agent", BROWSER), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document")];
/// What a host's own page says.
const HOST: [(&str, &str); 2] =
    [("user-agent", "node-fetch/3.3"), ("rebooking-viewed-by", "person")];

fn with(mut request: Builder, headers: &[(&str, &str)]) -> Request<String> {
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(String::new()).unwrap()
}

fn page_of(declined: &DeclinedBooking) -> String {
    page(declined).replace("/api", "")
}

/// Whether a look at the page with these headers counts.
async fn is_seen(headers: &[(&str, &str)]) -> bool {
    let api = Api::new();
    let declined = api.declined().await;
    api.call(with(Request::get(page_of(&declined)), headers)).await.ok();
    is_opened(&api, &declined).await
}

/// Whether a look by the API with these headers counts.
async fn is_told(headers: &[(&str, &str)]) -> bool {
    let api = Api::new();
    let declined = api.declined().await;
    api.call(with(Request::get(page(&declined)), headers)).await.ok();
    is_opened(&api, &declined).await
}

#[tokio::test]
async fn a_browser_that_goes_to_the_page_is_a_person() {
    for name in [
        BROWSER,
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 \
         Version/18.6 Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (Linux; Android 11; CUBOT NOTE 20) AppleWebKit/537.36 Chrome/120.0 Mobile \
         Safari/537.36",
    ] {
        assert!(is_seen(&[("user-agent", name), NAVIGATION[1], NAVIGATION[2]]).await, "{name}");
    }
}

#[tokio::test]
async fn whoever_does_not_say_so_is_none_whatever_the_name() {
    for name in [
        BROWSER,
        "WhatsApp/2.23.20.0 A",
        "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17126; Pro)",
        "Mozilla/4.0 (compatible; ms-office; MSOffice rmj)",
        "TelegramClient/1.0",
        "",
    ] {
        assert!(!is_seen(&[("user-agent", name)]).await, "{name}");
        assert!(!is_told(&[("user-agent", name)]).await, "{name}");
    }
    assert!(!is_seen(&[]).await);
    assert!(!is_told(&[]).await);
}

#[tokio::test]
async fn a_picture_a_script_or_a_frame_that_nobody_allowed_is_none() {
    for (mode, dest) in [
        ("no-cors", "image"),
        ("cors", "empty"),
        ("navigate", "iframe"),
        ("navigate", "empty"),
        ("navigate", ""),
        ("same-origin", "document"),
        ("", "document"),
    ] {
        let headers = [NAVIGATION[0], ("sec-fetch-mode", mode), ("sec-fetch-dest", dest)];
        assert!(!is_seen(&headers).await, "{mode} {dest}");
    }
    let [name, mode, dest] = NAVIGATION;
    assert!(!is_seen(&[name, mode, mode, dest]).await, "said twice is said by nobody");
}

#[tokio::test]
async fn a_frame_is_looked_at_where_the_host_lets_others_show_the_page() {
    let api = Api::on(World::new(), |settings| {
        settings.embedders = vec!["https://shop.example.com".parse().unwrap()];
    });
    let declined = api.declined().await;
    let framed = [NAVIGATION[0], NAVIGATION[1], ("sec-fetch-dest", "iframe")];
    api.call(with(Request::get(page_of(&declined)), &framed)).await.ok();
    assert!(is_opened(&api, &declined).await);
}

#[tokio::test]
async fn a_known_robot_is_none_even_where_it_drives_a_browser() {
    for name in [
        "",
        " ",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 AppleWebKit/537.36 BingPreview/1.0b",
        "WhatsApp/2.23 LinkPreview",
        "Mozilla/5.0 (Linux; Android 11; CUBOT NOTE 20; compatible; Googlebot/2.1)",
        "Mozilla/5.0 HeadlessChrome/120.0",
        "curl/8.5.0",
        "Wget/1.21.3",
        "python-requests/2.31",
    ] {
        assert!(!is_seen(&[("user-agent", name), NAVIGATION[1], NAVIGATION[2]]).await, "{name}");
    }
    assert!(!is_seen(&NAVIGATION[1..]).await, "every browser has a name");
    assert!(!is_told(&[("user-agent", "Googlebot/2.1"), HOST[1]]).await, "it runs scripts, too");
}

#[tokio::test]
async fn a_page_that_is_fetched_ahead_of_time_is_seen_by_nobody_yet() {
    for early in [
        ("sec-purpose", "prefetch"),
        ("sec-purpose", "prefetch;prerender"),
        ("purpose", "prefetch"),
        ("x-purpose", "preview"),
        ("x-moz", "prefetch"),
    ] {
        let [name, mode, dest] = NAVIGATION;
        assert!(!is_seen(&[name, mode, dest, early]).await, "{early:?}");
        assert!(!is_told(&[HOST[0], HOST[1], early]).await, "{early:?}");
    }
}

#[tokio::test]
async fn a_look_by_the_api_counts_where_its_caller_says_that_a_person_looks() {
    assert!(is_told(&HOST).await, "a host's server is no robot");
    assert!(is_told(&HOST[1..]).await);
    for said in ["", "Person", "robot", "person, person", "yes"] {
        assert!(!is_told(&[HOST[0], ("rebooking-viewed-by", said)]).await, "{said}");
    }
    assert!(!is_told(&[HOST[0], HOST[1], HOST[1]]).await, "said twice is said by nobody");
    assert!(!is_told(&NAVIGATION).await, "what shows JSON shows no page");
}

#[tokio::test]
async fn the_real_visit_counts_after_any_number_of_machines() {
    let api = Api::with(Policy { horizon: TimeDelta::days(2), ..Policy::default() });
    let declined = api.declined().await;
    let tickets = async || {
        let effects = api.world.store.snapshot().effects;
        let no_dates = EffectKind::Ticket(TicketFact::NoDates);
        effects.iter().filter(|kept| kept.effect.kind == no_dates).count()
    };
    let before = api.world.store.snapshot();
    for _ in 0..5 {
        for name in ["WhatsApp/2.23.20.0 A", "Microsoft Office/16.0 (Windows NT 10.0)"] {
            for path in [page(&declined), page_of(&declined)] {
                api.call(with(Request::get(path), &[("user-agent", name)])).await.ok();
            }
        }
        let head = with(Request::head(page_of(&declined)), &NAVIGATION);
        api.call(head).await.ok();
    }
    assert_eq!(api.world.store.snapshot(), before, "machines leave nothing behind");
    for _ in 0..2 {
        api.call(with(Request::get(page_of(&declined)), &NAVIGATION)).await.ok();
        assert!(is_opened(&api, &declined).await);
        assert_eq!(tickets().await, 1, "a person who finds no date is told to support, once");
    }
}

#[tokio::test]
async fn a_partners_link_may_be_opened_by_any_machine() {
    let api = Api::new();
    let path = asked(&api).await;
    let before = api.world.store.snapshot();
    for headers in [&[("user-agent", "WhatsApp/2.23.20.0 A")][..], &NAVIGATION] {
        api.call(with(Request::get(&path), headers)).await.ok();
    }
    assert_eq!(api.world.store.snapshot(), before);
}
