//! Every state of every page, in every language, light and dark: readable for everybody, and never
//! wider than the screen.

use rebooking_core::value::customer::Language;
use tests::browser::{Browser, Page};
use tests::checks::{Axe, cut_off, pieces, shown_though_hidden, too_wide};
use tests::states::{State, states};

/// Widths in CSS pixels: the narrowest phone, a usual one, and a desktop.
const WIDTHS: [u32; 3] = [320, 390, 1280];

async fn faults(state: State, page: &Page, language: Language, axe: &Axe) -> Vec<String> {
    let _kept = state.reach(page, language).await;
    let mut faults = Vec::new();
    let mut note = |at: &str, found: Vec<String>| {
        let place = format!("{} in {} {at}", state.name, language.as_str());
        faults.extend(found.into_iter().map(|fault| format!("{place}: {fault}")));
    };
    for width in WIDTHS {
        page.look(width, false).await;
        note(&format!("at {width}"), too_wide(page, width).await);
        note(&format!("breaks in the middle at {width}"), pieces(page).await.broken);
        note(&format!("cuts off at {width}"), cut_off(page).await);
    }
    note("shows", shown_though_hidden(page).await);
    page.zoom_to_double().await;
    note("at 200 %", too_wide(page, 640).await);
    page.look(390, false).await;
    note("in light", axe.faults(page).await);
    page.look(390, true).await;
    note("in dark", axe.faults_of_colour(page).await);
    note("asks strangers", strangers(page));
    faults
}

/// What was asked of anybody but this machine.
pub(crate) fn strangers(page: &Page) -> Vec<String> {
    // What is written in the page itself is asked of nobody.
    let ours = ["http://127.0.0.1:", "data:"];
    page.asked()
        .into_iter()
        .filter(|asked| !ours.iter().any(|ours| asked.starts_with(ours)))
        .collect()
}

async fn every_state_is_fine(language: Language) {
    let (browser, axe) = (Browser::start().await, Axe::bring().await);
    let mut found = Vec::new();
    for state in states() {
        let page = browser.visitor().await;
        found.extend(faults(state, &page, language, &axe).await);
    }
    assert!(found.is_empty(), "{} faults:\n{}", found.len(), found.join("\n"));
}

#[tokio::test]
async fn every_state_of_every_page_fits_and_breaks_no_rule_of_accessibility_in_german() {
    every_state_is_fine(Language::GERMAN).await;
}

#[tokio::test]
async fn every_state_of_every_page_fits_and_breaks_no_rule_of_accessibility_in_english() {
    every_state_is_fine(Language::ENGLISH).await;
}

#[tokio::test]
async fn every_state_of_every_page_fits_and_breaks_no_rule_of_accessibility_in_french() {
    every_state_is_fine(Language::FRENCH).await;
}

/// A check that cannot fail checks nothing.
#[tokio::test]
async fn what_is_too_wide_breaks_a_rule_or_asks_a_stranger_is_noticed() {
    let (browser, axe) = (Browser::start().await, Axe::bring().await);
    let page = browser.visitor().await;
    page.goto(PLANTED).await;
    for (width, dark) in [(320, false), (390, true)] {
        page.look(width, dark).await;
        assert!(too_wide(&page, width).await.concat().contains("700px"), "at {width}");
        assert!(axe.faults_of_colour(&page).await.concat().contains("pale"), "dark: {dark}");
    }
    let faults = axe.faults(&page).await.concat();
    assert!(cut_off(&page).await.concat().contains("too long"));
    for rule in ["color-contrast", "image-alt", "html-has-lang", "label"] {
        assert!(faults.contains(&format!("\"{rule}\"")), "{rule}: {faults}");
    }
    assert!(shown_though_hidden(&page).await.concat().contains("kept back"));
    assert_eq!(strangers(&page), ["http://tracker.example/pixel.png"]);
    page.zoom_to_double().await;
    assert!(!too_wide(&page, 640).await.is_empty());
}

/// A page with everything wrong.
const PLANTED: &str = "data:text/html,<meta name=viewport \
                       content='width=device-width'><title>Planted</title>\
    <style>@media (prefers-color-scheme: dark) { body { background: black } .pale { color: \
    rgb(60,60,60) } }</style>\
    <main><h1>Planted</h1><p hidden style='display:block'>kept back</p><div \
    style='width:700px'>wide</div><p class=pale style='background:canvas'>pale</p>\
    <p style='background:white;color:rgb(190,190,190)'>pale</p>\
    <img src='http://tracker.example/pixel.png'><input><select \
    style='width:60px'><option>too long for it</select></main>";
