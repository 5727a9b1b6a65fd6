//! What must be on no page: a link, its digest, and an address that its reader is asked for or has
//! no business with.

use chrono::TimeDelta;
use rebooking_core::value::ids::TokenRef;

use super::answer::{KITCHEN, asked};
use super::browser::Browser;
use crate::api::{Answer, Api, CASE, PARTNER, SUPPORT};

const ERIKA: &str = "erika@example.com";
const KITCHENS: &str = "kueche@example.org";

/// Nothing of it is on the page, nor in its headers, in whatever case and however escaped.
fn holds_none_of(page: &Answer, secrets: &[&str]) {
    let escaped = page.text.replace("&#x2f;", "/").replace("&#64;", "@").replace("%40", "@");
    let shown = format!("{escaped}{:?}", page.headers).to_lowercase();
    for secret in secrets {
        assert!(!shown.contains(&secret.to_lowercase()), "{secret} in {}", page.text);
    }
}

#[tokio::test]
async fn a_customers_pages_hold_neither_the_link_nor_any_address_at_any_turn() {
    let api = Api::new();
    let declined = api.declined().await;
    let (link, digest) = (declined.link.expose(), declined.link.digest());
    let path = format!("/rebook/{link}");
    let secrets = [link, digest.as_str(), ERIKA, KITCHENS];
    for form in [
        "",
        "customerEmail=x&choice=1%3A178.00",
        "customerEmail=x%40y.de&wish=new_dates",
        "newLink=yes",
    ] {
        holds_none_of(&api.submit(&path, form).await, &secrets);
    }
    holds_none_of(&api.get(&path).await.ok(), &secrets);
    api.choose(&declined, 1).await.ok();
    for query in ["", "?said=used", "?calendar=file"] {
        holds_none_of(&api.get(&format!("{path}{query}")).await.ok(), &secrets);
    }
    let late = Api::new();
    let expired = late.declined().await;
    late.world.clock.advance(TimeDelta::days(30));
    let (link, digest) = (expired.link.expose(), expired.link.digest());
    let page = late.get(&format!("/rebook/{link}")).await;
    holds_none_of(&page, &[link, digest.as_str(), ERIKA, KITCHENS]);
}

#[tokio::test]
async fn a_partners_pages_hold_no_link_and_no_address() {
    let api = Api::new();
    let path = asked(&api).await;
    let customers = api.world.link(TokenRef::first(CASE)).await;
    let secrets = [path.rsplit('/').next().unwrap(), customers.expose(), ERIKA, KITCHENS];
    let mut nobody = Browser::new(&api);
    holds_none_of(&nobody.get(&path).await.ok(), &secrets);
    holds_none_of(&nobody.post(&path, "answer=confirm").await, &secrets);
    holds_none_of(&nobody.post(&path, &format!("{KITCHEN}&answer=confirm")).await, &secrets);
    holds_none_of(&nobody.get(&path).await.ok(), &secrets);
    let mut partner = Browser::signed_in(&api, PARTNER).await;
    for page in ["/partner?status=confirmed", "/partner/rebookings", "/partner/rebookings.csv"] {
        holds_none_of(&partner.get(page).await.ok(), &secrets);
    }
}

#[tokio::test]
async fn no_page_holds_an_access_token() {
    let api = Api::new();
    asked(&api).await;
    for (token, pages) in [
        (PARTNER, &["/partner", "/partner/rebookings"][..]),
        (
            SUPPORT,
            &["/support", "/support/cases/7001", "/support/links", "/support/effects?status=all"],
        ),
    ] {
        let mut browser = Browser::signed_in(&api, token).await;
        for page in pages {
            holds_none_of(&browser.get(page).await.ok(), &[token]);
        }
        holds_none_of(
            &Browser::new(&api).post("/sign-in", &format!("token={token}x")).await,
            &[token],
        );
    }
}
