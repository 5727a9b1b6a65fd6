//! What support reads of what the feature earns.

use http::StatusCode;

use super::answer::asked;
use super::browser::{Browser, Page as _};
use crate::api::{Api, SUPPORT};

#[tokio::test]
async fn the_earnings_are_drawn_and_written() {
    let api = Api::new();
    asked(&api).await;
    let mut browser = Browser::signed_in(&api, SUPPORT).await;
    let page = browser.get("/support/earnings?from=2027-01-01&to=2027-01-31").await.ok();
    assert_eq!(page.attributes(".bar rect:last-child", "width"), ["100", "100", "100", "100", "0"]);
    assert_eq!(page.texts("table:last-of-type tbody td")[1..4], ["1", "1", "1"]);
    assert_eq!(page.attributes(".chart rect", "height"), ["160", "160", "0"]);
    assert_eq!(page.texts("table:first-of-type tbody td"), ["1", "1", "0", "100 %"]);
    assert_eq!(
        page.texts("tbody th")[..3],
        ["Januar 2027", "Partner 5", "Sushi-Kurs für Einsteiger"]
    );
    assert!(!page.text.contains(" style="), "colours come from the sheet, in light and dark");
    let before = browser.get("/support/earnings?from=2026-01-01&to=2026-12-31").await.ok();
    assert!(before.texts("tbody td").is_empty());
    let table = page.attributes("a[href*='earnings.csv']", "href").concat();
    let table = browser.get(&table).await.ok();
    assert_eq!(table.header("content-disposition"), "attachment; filename=\"earnings.csv\"");
    let lines: Vec<&str> = table.text.lines().collect();
    assert!(lines[0].contains("\"Stunden bis zur Wahl (Median)\""), "{}", lines[0]);
    assert!(lines[1].starts_with("\"2027-01\";\"Partner 5\";\"Sushi-Kurs für Einsteiger\";\"1\""));
    let wrong = browser.get("/support/earnings?from=2027-02-01&to=2027-01-01").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
}
