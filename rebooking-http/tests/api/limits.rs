//! How often somebody may ask.

use std::net::IpAddr;

use http::header::RETRY_AFTER;
use http::{Request, StatusCode};
use rebooking_core::testing::World;
use rebooking_http::{ClientAddress, MetricsPage, Rate, RateLimits, TrustedProxies};

use crate::api::{Answer, Api, PARTNER, SUPPORT, page};

const NONE: RateLimits = RateLimits { per_address: None, per_link: None, wrong_tokens: None };

fn api_with(limits: RateLimits) -> Api {
    Api::on(World::new(), |settings| settings.limits = limits)
}

fn by_address() -> Api {
    api_with(RateLimits { per_address: Some(Rate::new(3, 6)), ..NONE })
}

async fn ask(api: &Api, path: &str, peer: &str, forwarded: &str) -> Answer {
    let mut request = Request::get(path);
    if !forwarded.is_empty() {
        request = request.header("x-forwarded-for", forwarded);
    }
    let mut request = request.body(String::new()).unwrap();
    request.extensions_mut().insert(ClientAddress::from(peer.parse::<IpAddr>().unwrap()));
    api.call(request).await
}

/// How many of five requests are let in.
async fn let_in(api: &Api, path: &str, callers: [(&str, &str); 5]) -> usize {
    let mut count = 0;
    for (peer, forwarded) in callers {
        let answer = ask(api, path, peer, forwarded).await;
        count += usize::from(answer.status != StatusCode::TOO_MANY_REQUESTS);
    }
    count
}

#[tokio::test(start_paused = true)]
async fn who_asks_too_often_waits_and_nobody_else_does() {
    let api = by_address();
    for _ in 0..3 {
        ask(&api, "/api/rebook/x", "203.0.113.9", "").await;
    }
    let refused = ask(&api, "/api/rebook/x", "203.0.113.9", "").await;
    assert_eq!(
        (refused.status, refused.code().as_str()),
        (StatusCode::TOO_MANY_REQUESTS, "too_many_requests")
    );
    assert_eq!(refused.header(RETRY_AFTER), "10");
    assert_eq!(ask(&api, "/api/rebook/x", "203.0.113.10", "").await.code(), "token_unknown");
    tokio::time::advance(std::time::Duration::from_secs(10)).await;
    assert_eq!(ask(&api, "/api/rebook/x", "203.0.113.9", "").await.code(), "token_unknown");
}

#[tokio::test(start_paused = true)]
async fn without_a_limit_everybody_is_let_in() {
    let five = [("203.0.113.9", ""); 5];
    assert_eq!(let_in(&by_address(), "/nothing", five).await, 3);
    assert_eq!(let_in(&api_with(NONE), "/nothing", five).await, 5);
}

#[tokio::test(start_paused = true)]
async fn a_link_may_be_asked_about_so_often_whoever_asks() {
    let five = ["1", "2", "3", "4", "5"].map(|last| format!("203.0.113.{last}"));
    let five = [0, 1, 2, 3, 4].map(|n: usize| (five[n].as_str(), ""));
    let one_link = RateLimits { per_link: Some(Rate::new(2, 6)), ..NONE };
    for (limits, admitted) in [(one_link, 2), (NONE, 5)] {
        let api = api_with(limits);
        let declined = api.declined().await;
        assert_eq!(let_in(&api, &page(&declined), five).await, admitted);
        assert_eq!(
            let_in(&api, &format!("{}/wishes", page(&declined)), five).await,
            admitted - admitted % 5
        );
        assert_eq!(let_in(&api, "/api/support/cases/7001", five).await, 5, "no link is in it");
    }
}

#[tokio::test(start_paused = true)]
async fn behind_a_trusted_proxy_each_caller_has_a_count_of_their_own() {
    let proxies = TrustedProxies {
        networks: vec!["10.0.0.0/8".parse().unwrap()],
        ..TrustedProxies::default()
    };
    let limits = RateLimits { per_address: Some(Rate::new(3, 6)), ..NONE };
    let api =
        Api::on(World::new(), |settings| (settings.limits, settings.proxies) = (limits, proxies));
    let apart = ["198.51.100.1", "198.51.100.2", "198.51.100.3", "198.51.100.4", "198.51.100.5"];
    assert_eq!(let_in(&api, "/nothing", apart.map(|caller| ("10.1.1.1", caller))).await, 5);
    let pretending =
        ["1.1.1.1, 9.9.9.9", "2.2.2.2, 9.9.9.9", "3.3.3.3, 9.9.9.9", "9.9.9.9", "5.5.5.5, 9.9.9.9"];
    assert_eq!(let_in(&api, "/nothing", pretending.map(|caller| ("10.1.1.1", caller))).await, 3);
    // Who is no proxy of ours is not believed.
    assert_eq!(let_in(&api, "/nothing", apart.map(|caller| ("203.0.113.9", caller))).await, 3);
}

#[tokio::test(start_paused = true)]
async fn one_callers_ipv6_addresses_are_one_caller() {
    let five = ["2001:db8::1", "2001:db8::2", "2001:db8::3", "2001:db8::ffff:1", "2001:db8::4"];
    assert_eq!(let_in(&by_address(), "/nothing", five.map(|peer| (peer, ""))).await, 3);
}

#[tokio::test(start_paused = true)]
async fn those_who_watch_the_process_may_ask_as_often_as_they_like() {
    for path in ["/healthz", "/readyz"] {
        assert_eq!(let_in(&by_address(), path, [("203.0.113.9", ""); 5]).await, 5);
    }
}

#[tokio::test]
async fn a_request_without_any_address_is_let_in() {
    let api = by_address();
    for _ in 0..5 {
        assert_eq!(api.get("/nothing").await.status, StatusCode::NOT_FOUND);
    }
}

async fn show(api: &Api, path: &str, token: &str, peer: &str) -> Answer {
    let mut request = Request::get(path).header("authorization", format!("Bearer {token}"));
    if path == "/sign-in" {
        request = Request::post(path).header("content-type", "application/x-www-form-urlencoded");
    }
    let mut request = request.body(format!("token={token}")).unwrap();
    request.extensions_mut().insert(ClientAddress::from(peer.parse::<IpAddr>().unwrap()));
    api.call(request).await
}

#[tokio::test(start_paused = true)]
async fn who_shows_too_many_wrong_tokens_is_not_even_told_of_the_right_one() {
    for path in ["/api/support/cases", "/support", "/sign-in"] {
        for (limit, ends) in [(Some(Rate::new(3, 6)), true), (None, false)] {
            let api = api_with(RateLimits { wrong_tokens: limit, ..NONE });
            for _ in 0..3 {
                let wrong = show(&api, path, "guess", "203.0.113.9").await.status;
                assert!(
                    matches!(wrong, StatusCode::UNAUTHORIZED | StatusCode::SEE_OTHER),
                    "{path}: {wrong}"
                );
            }
            let right = show(&api, path, SUPPORT, "203.0.113.9").await;
            assert_eq!(
                right.status == StatusCode::TOO_MANY_REQUESTS,
                ends,
                "{path}: {}",
                right.text
            );
            if ends {
                assert_eq!(right.header(RETRY_AFTER), "10");
                tokio::time::advance(std::time::Duration::from_secs(10)).await;
                let later = show(&api, path, SUPPORT, "203.0.113.9").await.status;
                assert!(matches!(later, StatusCode::OK | StatusCode::SEE_OTHER), "{path}: {later}");
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn right_tokens_and_those_of_others_count_for_nothing() {
    let api = api_with(RateLimits { wrong_tokens: Some(Rate::new(3, 6)), ..NONE });
    for _ in 0..10 {
        show(&api, "/api/support/cases", SUPPORT, "203.0.113.9").await.ok();
        // Nor does it count when a token is right but of another role.
        show(&api, "/api/support/cases", PARTNER, "203.0.113.9").await;
        show(&api, "/api/support/cases", "guess", "203.0.113.10").await;
    }
    show(&api, "/api/support/cases", SUPPORT, "203.0.113.9").await.ok();
}

#[tokio::test(start_paused = true)]
async fn nobody_guesses_tokens_where_those_may_ask_often_who_watch_the_process() {
    let api = Api::on(World::new(), |settings| {
        settings.limits = RateLimits { wrong_tokens: Some(Rate::new(3, 6)), ..NONE };
        settings.metrics = Some(MetricsPage::new(String::new));
    });
    show(&api, "/metrics", SUPPORT, "203.0.113.9").await.ok();
    for _ in 0..3 {
        show(&api, "/metrics", "guess", "203.0.113.9").await;
    }
    let right = show(&api, "/metrics", SUPPORT, "203.0.113.9").await;
    assert_eq!(right.status, StatusCode::TOO_MANY_REQUESTS);
}
