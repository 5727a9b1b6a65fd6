//! Pages on paper: dark on white whatever the screen is, and without what is only for pressing.

use rebooking_core::testing::World;
use tests::browser::{Browser, Page};
use tests::stage::{SUPPORT, Stage, path};

/// How light the text and the ground of a page are, from 0 to 255, and what of it can be pressed.
const PRINTED: &str = r"(() => {
  const light = colour => Math.max(...colour.match(/[\d.]+/g).slice(0, 3).map(Number));
  const style = getComputedStyle(document.querySelector('main h1'));
  const ground = getComputedStyle(document.body);
  const pressed = 'button, .button, input, .switch, header nav a, summary';
  return {
    text: light(style.color),
    ground: light(ground.backgroundColor),
    pressed: [...document.querySelectorAll(pressed)].filter(e => e.getClientRects().length)
      .map(e => e.outerHTML.slice(0, 120)),
  };
})()";

async fn prints_well(page: &Page, told: &str) {
    page.on_paper().await;
    let printed = page.find_out(PRINTED).await;
    assert!(printed["text"].as_f64().unwrap() < 90.0, "{printed}");
    assert!(printed["ground"].as_f64().unwrap() > 250.0, "{printed}");
    assert_eq!(printed["pressed"], serde_json::json!([]));
    assert!(page.text().await.contains(told), "{}", page.text().await);
}

#[tokio::test]
async fn what_was_booked_and_what_can_be_chosen_print_well() {
    let (browser, stage) = (Browser::start().await, Stage::new().await);
    let page = browser.visitor().await;
    let link = stage.declined_with_many_dates().await;
    for view in ["list", "calendar"] {
        page.goto(&format!("{}{}?view={view}", stage.base, path(&link))).await;
        prints_well(&page, "#100007001").await;
    }
    let stage = Stage::new().await;
    let declined = stage.declined().await;
    stage.choose(&declined, World::DATES[0]).await;
    page.goto(&format!("{}{}", stage.base, path(&declined.link))).await;
    prints_well(&page, "Montag, 01.02.2027, 18:00 Uhr").await;
}

#[tokio::test]
async fn the_earnings_print_well() {
    let (browser, stage) = (Browser::start().await, Stage::new().await);
    let declined = stage.chosen().await;
    stage.confirm(&declined).await;
    let page = browser.visitor().await;
    page.goto(&format!("{}/sign-in", stage.base)).await;
    page.fill("#token", SUPPORT).await;
    page.click_through("main button", "").await;
    page.goto(&format!("{}/support/earnings", stage.base)).await;
    page.on_paper().await;
    let text = page.text().await;
    assert!(text.contains("Umbuchungen nach Monat") && text.contains("178,00"), "{text}");
}
