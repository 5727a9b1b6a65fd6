//! A mail scanner: it opens what is in a mail, runs scripts, follows every link, and presses every
//! button of every form, empty and filled with junk. Nothing may come of it.

use rebooking_core::testing::World;
use serde_json::json;
use tests::browser::{Browser, Page};
use tests::stage::{PARTNER, Stage, path};

/// Everything that a scanner could do on one page.
async fn scan(page: &Page, url: &str) {
    page.goto(url).await;
    let links = page.find_out(LINKS).await;
    for link in links.as_array().unwrap() {
        page.goto(link.as_str().unwrap()).await;
    }
    page.goto(url).await;
    page.find_out("document.querySelectorAll('summary, label, input').forEach(e => e.click())")
        .await;
    let buttons =
        page.find_out("document.querySelectorAll('button').length").await.as_u64().unwrap();
    assert!(buttons > 0, "there is nothing to press on {}", page.heading().await);
    for button in 0..buttons {
        for junk in ["", "scan", "https://scanner.example/"] {
            page.goto(url).await;
            page.submit(&format!("({SUBMIT})({button}, {})", json!(junk))).await;
        }
    }
}

/// Every link to another page of the same host.
const LINKS: &str = r"[...new Set([...document.links].map(link => link.href.split('#')[0]))]
  .filter(link => link.startsWith(location.origin) && link !== location.href)";

/// Fills every field, be it seen or not, ticks every box, and presses one button whatever the
/// browser would say about the fields.
const SUBMIT: &str = r"(button, junk) => {
  for (const field of document.querySelectorAll('input, textarea')) {
    if (field.type === 'checkbox') field.checked = !!junk;
    else if (field.type !== 'hidden') field.value = junk;
  }
  document.querySelectorAll('form').forEach(form => form.noValidate = true);
  document.querySelectorAll('button')[button].click();
}";

#[tokio::test]
async fn a_scanner_changes_nothing_and_the_owner_can_still_book() {
    let (browser, stage) = (Browser::start().await, Stage::new().await);
    let declined = stage.declined().await;
    let before = stage.world.store.snapshot();
    scan(&browser.visitor().await, &format!("{}{}", stage.base, path(&declined.link))).await;
    assert_eq!(stage.world.store.snapshot(), before, "no token, no place, no attempt, no wish");
    stage.choose(&declined, World::DATES[0]).await;
}

#[tokio::test]
async fn a_scanner_of_the_partners_mail_answers_nothing_and_the_partner_still_can() {
    let (browser, stage) = (Browser::start().await, Stage::new().await);
    let declined = stage.chosen().await;
    let before = stage.world.store.snapshot();
    scan(&browser.visitor().await, &format!("{}{}", stage.base, stage.answer_path())).await;
    assert_eq!(stage.world.store.snapshot(), before);
    stage.confirm(&declined).await;
}

#[tokio::test]
async fn a_scanner_of_an_old_mail_asks_for_no_new_link() {
    let (browser, stage) = (Browser::start().await, Stage::new().await);
    let declined = stage.declined().await;
    stage.world.clock.advance(chrono::TimeDelta::days(30));
    let before = stage.world.store.snapshot();
    scan(&browser.visitor().await, &format!("{}{}", stage.base, path(&declined.link))).await;
    assert_eq!(stage.world.store.snapshot(), before);
}

/// The same scanner with somebody's sign-in: there a button is all that it takes.
#[tokio::test]
async fn a_page_that_a_scanner_can_trip_is_noticed() {
    let (browser, stage) = (Browser::start().await, Stage::new().await);
    stage.chosen().await;
    let page = browser.visitor().await;
    page.goto(&format!("{}/sign-in", stage.base)).await;
    page.fill("#token", PARTNER).await;
    page.click_through("main button", "").await;
    let before = stage.world.store.snapshot();
    // Behind the two that sign out.
    page.submit(&format!("({SUBMIT})(2, '')")).await;
    assert_ne!(stage.world.store.snapshot(), before);
}
