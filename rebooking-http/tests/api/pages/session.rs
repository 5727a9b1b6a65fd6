//! The cookie of a session, as a browser keeps it.

use std::sync::Arc;

use chrono::TimeDelta;
use http::header::SET_COOKIE;
use rebooking_core::ports::Clock as _;
use rebooking_core::testing::World;
use rebooking_http::{Principal, SessionKey, StaticTokens, WeakSessionKey};

use super::browser::{Browser, Page as _};
use crate::api::{Api, SUPPORT};

const NAME: &str = "Süsi = \"x\"; y";

fn api() -> Api {
    Api::on(World::new(), |settings| {
        let tokens = StaticTokens::default().with(SUPPORT, Principal::Support(NAME.to_owned()));
        settings.authenticator = Arc::new(tokens);
    })
}

async fn cookie(api: &Api) -> String {
    Browser::signed_in(api, SUPPORT).await.cookie.unwrap()
}

/// Who is signed in for the service with this cookie.
async fn shown(api: &Api, cookie: &str) -> Option<String> {
    let mut browser = Browser::new(api);
    browser.cookie = Some(format!("theme=dark; {cookie}"));
    browser.get("/support").await.texts(".who").pop()
}

#[tokio::test]
async fn a_cookie_is_known_until_an_hour_after_its_issue_and_where_a_clock_is_a_minute_behind() {
    let api = api();
    let cookie = cookie(&api).await;
    let now = api.world.clock.now();
    for (later, known) in [(0, true), (3599, true), (3600, false), (-60, true), (-61, false)] {
        api.world.clock.set(now + TimeDelta::seconds(later));
        assert_eq!(shown(&api, &cookie).await.is_some(), known, "{later} s later");
    }
    api.world.clock.set(now);
    assert_eq!(shown(&api, &cookie).await.as_deref(), Some(NAME));
}

#[tokio::test]
async fn it_is_renewed_while_in_use_but_ends_after_twelve_hours() {
    let api = api();
    let mut browser = Browser::signed_in(&api, SUPPORT).await;
    let end = api.world.clock.now() + TimeDelta::hours(12);
    api.world.clock.advance(TimeDelta::minutes(4));
    assert_eq!(browser.get("/support").await.ok().header(SET_COOKIE), "");
    while api.world.clock.now() + TimeDelta::minutes(50) < end {
        api.world.clock.advance(TimeDelta::minutes(50));
        assert_ne!(browser.get("/support").await.ok().header(SET_COOKIE), "");
        let cookie = browser.cookie.clone().unwrap();
        assert!(shown(&api, &cookie).await.is_some(), "{}", api.world.clock.now());
    }
    api.world.clock.set(end);
    assert_eq!(shown(&api, &browser.cookie.unwrap()).await, None);
}

#[tokio::test]
async fn no_character_of_a_cookie_can_be_changed() {
    let api = api();
    let cookie = cookie(&api).await;
    for place in cookie.find('=').unwrap() + 1..cookie.len() {
        let other = if &cookie[place..=place] == "A" { "B" } else { "A" };
        let changed = format!("{}{other}{}", &cookie[..place], &cookie[place + 1..]);
        assert_eq!(shown(&api, &changed).await, None, "place {place}");
    }
    assert!(shown(&api, &cookie).await.is_some());
}

#[test]
fn a_key_that_could_be_guessed_is_refused_and_none_is_printed() {
    assert_eq!(SessionKey::new(vec![1; 31]).err(), Some(WeakSessionKey));
    assert_eq!(format!("{:?}", SessionKey::new(vec![1; 32]).unwrap()), "SessionKey(…)");
}

#[tokio::test]
async fn a_copied_cookie_is_good_for_nothing_once_its_owner_has_signed_out() {
    let api = api();
    let mut browser = Browser::signed_in(&api, SUPPORT).await;
    let (copied, other) = (browser.cookie.clone().unwrap(), cookie(&api).await);
    assert!(shown(&api, &copied).await.is_some());
    browser.submit_sign_out("").await;
    assert_eq!(shown(&api, &copied).await, None);
    assert_eq!(shown(&api, &other).await.as_deref(), Some(NAME), "another browser of theirs");
}

#[tokio::test]
async fn signing_out_everywhere_ends_every_sign_in_but_those_to_come() {
    let api = api();
    let mut browser = Browser::signed_in(&api, SUPPORT).await;
    let copies = [browser.cookie.clone().unwrap(), cookie(&api).await];
    browser.submit_sign_out("&everywhere=yes").await;
    for copied in copies {
        assert_eq!(shown(&api, &copied).await, None);
    }
    api.world.clock.advance(TimeDelta::seconds(1));
    assert!(shown(&api, &cookie(&api).await).await.is_some(), "a new one");
}

/// It ends with the browser's cookie there, as it always did.
#[tokio::test]
async fn a_host_that_remembers_no_sign_outs_has_no_way_to_sign_out_everywhere() {
    let mut world = World::new();
    let mut ports = world.rebookings.ports().clone();
    ports.sign_outs = None;
    let policy = rebooking_core::Policy::default();
    let keys = rebooking_core::testing::samples::link_keys();
    world.rebookings = rebooking_core::Rebookings::new(ports, policy, keys).unwrap();
    let api = Api::on(world, |_| {});
    let mut browser = Browser::signed_in(&api, SUPPORT).await;
    let page = browser.get("/support").await.ok();
    assert_eq!(page.attributes("button[name=everywhere]", "value"), [""; 0]);
    browser.submit_sign_out("").await;
    assert_eq!(browser.cookie, None);
}
