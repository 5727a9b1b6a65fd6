//! Who may call what.

use http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use http::{Request, StatusCode};
use rebooking_core::value::ids::PartnerId;
use rebooking_http::{Authenticator as _, Principal, StaticTokens};

use crate::api::{Api, PARTNER, SUPPORT};

const OF_PARTNERS: [(&str, &str); 7] = [
    ("GET", "/api/partner/rebookings"),
    ("GET", "/api/partner/rebookings.csv"),
    ("GET", "/api/partner/confirmations"),
    ("POST", "/api/partner/confirmations/1/confirm"),
    ("POST", "/api/partner/confirmations/1/decline"),
    ("POST", "/api/partner/dates/1/confirm"),
    ("POST", "/api/partner/dates/1/withdraw"),
];

const OF_SUPPORT: [(&str, &str); 20] = [
    ("POST", "/api/support/links"),
    ("GET", "/api/support/cases"),
    ("GET", "/api/support/cases/7001"),
    ("POST", "/api/support/cases/7001/resend"),
    ("POST", "/api/support/cases/7001/reissue"),
    ("POST", "/api/support/cases/7001/cancel"),
    ("POST", "/api/support/cases/7001/extend"),
    ("POST", "/api/support/cases/7001/choose"),
    ("GET", "/api/support/effects"),
    ("POST", "/api/support/effects/1/retry"),
    ("POST", "/api/support/effects/1/skip"),
    ("GET", "/api/support/events"),
    ("POST", "/api/support/events/switch-on"),
    ("GET", "/api/support/earnings"),
    ("POST", "/api/support/orders/17001/changed"),
    ("POST", "/api/support/cases/7001/settle"),
    ("POST", "/api/support/cases/7001/forget"),
    ("POST", "/api/support/forget"),
    ("GET", "/api/support/cases/7001/export"),
    ("POST", "/api/support/export"),
];

fn request(method: &str, path: &str, authorization: &str) -> Request<String> {
    let request =
        Request::builder().method(method).uri(path).header("content-type", "application/json");
    request.header(AUTHORIZATION, authorization).body(String::new()).unwrap()
}

#[tokio::test]
async fn nobody_gets_in_without_a_known_token() {
    let api = Api::new();
    let almost = &PARTNER[1..];
    for authorization in
        ["", "Bearer", "Bearer ", "Basic dXNlcjpwYXNz", &format!("Bearer {almost}"), PARTNER]
    {
        for (method, path) in OF_PARTNERS.into_iter().chain(OF_SUPPORT) {
            let answer = api.call(request(method, path, authorization)).await;
            assert_eq!(
                (answer.status, answer.code().as_str()),
                (StatusCode::UNAUTHORIZED, "not_signed_in"),
                "{path}"
            );
            assert_eq!(answer.header(WWW_AUTHENTICATE), "Bearer");
        }
    }
}

#[tokio::test]
async fn partners_and_support_have_their_own_routes_only() {
    let api = Api::new();
    for (routes, token) in [(&OF_PARTNERS[..], SUPPORT), (&OF_SUPPORT[..], PARTNER)] {
        for (method, path) in routes {
            let answer = api.call(request(method, path, &format!("Bearer {token}"))).await;
            assert_eq!(
                (answer.status, answer.code().as_str()),
                (StatusCode::FORBIDDEN, "wrong_role"),
                "{path}"
            );
        }
    }
}

async fn who(tokens: &StaticTokens, authorization: &str) -> Option<Principal> {
    let (parts, _) = request("GET", "/", authorization).into_parts();
    tokens.authenticate(&parts).await.unwrap()
}

#[tokio::test]
async fn two_tokens_may_stand_for_one_partner_while_one_replaces_the_other() {
    let partner = Principal::Partner(PartnerId::new(5));
    let tokens = StaticTokens::default().with("old", partner.clone()).with("new", partner.clone());
    assert_eq!(who(&tokens, "Bearer old").await, Some(partner.clone()));
    assert_eq!(who(&tokens, "bearer  new ").await, Some(partner));
    assert_eq!(who(&tokens, "Bearer newer").await, None);
}

#[tokio::test]
async fn an_empty_token_is_nobodys() {
    let tokens = StaticTokens::default().with("", Principal::Support("Susi".to_owned()));
    assert_eq!(who(&tokens, "Bearer ").await, None);
}

#[test]
fn tokens_are_not_printed() {
    let tokens = StaticTokens::default().with("secret", Principal::Support("Susi".to_owned()));
    assert_eq!(format!("{tokens:?}"), r#"[Support("Susi")]"#);
}
