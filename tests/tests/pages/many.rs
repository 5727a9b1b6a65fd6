//! Sixty dates: somebody finds one, by mouse and by keyboard, on a phone, without scripts, in both
//! languages.

use rebooking_core::value::customer::Language;
use tests::browser::{Browser, Key, Page};
use tests::checks::{Axe, too_wide};
use tests::person::{Hands, Person};
use tests::stage::{Stage, path};

use crate::story::somebody;

/// The narrowest width that the page is promised for, and a desktop.
const WIDTHS: [u32; 2] = [360, 1280];

/// What somebody reads and presses, in their language.
struct Words {
    language: Language,
    filter: &'static str,
    saturday: &'static str,
    morning: &'static str,
    apply: &'static str,
    address: &'static str,
    choose: &'static str,
    done: &'static str,
}

const GERMAN: Words = Words {
    language: Language::GERMAN,
    filter: "Nach Wochentag und Uhrzeit eingrenzen",
    saturday: "Samstag",
    morning: "Vormittag",
    apply: "Passende Termine zeigen",
    address: "Ihre E-Mail-Adresse",
    choose: "für 2 Personen auswählen",
    done: "Umbuchung erfolgreich!",
};

const ENGLISH: Words = Words {
    language: Language::ENGLISH,
    filter: "Narrow down by weekday and time",
    saturday: "Saturday",
    morning: "Morning",
    apply: "Show what fits",
    address: "Your e-mail address",
    choose: "for 2 people",
    done: "Your booking has been moved!",
};

/// Ticks a box.
async fn ticks(person: &Person, hands: Hands, label: &str) {
    match hands {
        Hands::Mouse => person.page.click("label", label).await,
        Hands::Keyboard => {
            person.page.tab_to(label).await;
            person.page.press(Key::Space).await;
        }
    }
}

/// Narrows the dates down, chooses without an address, and types it where the page leads to.
async fn finds_one(words: &Words, hands: Hands, scripts: bool, width: u32) {
    let (browser, stage) = (Browser::start().await, Stage::new().await);
    let link = path(&stage.declined_with_many_dates().await);
    let person = somebody(&browser, hands, scripts).await;
    person.page.look(width, false).await;
    person.goes_to(&format!("{}{link}?lang={}", stage.base, words.language.as_str())).await;
    person.unfolds_after("", words.filter).await;
    ticks(&person, hands, words.saturday).await;
    ticks(&person, hands, words.morning).await;
    person.presses(words.apply).await;
    let address = person.page.url().await;
    assert!(address.contains("weekday=saturday&time=morning"), "{address}");
    assert!(address.ends_with("#dates"), "{address}");
    let shown = person.page.find_out("document.querySelectorAll('.compact .card').length").await;
    assert!((1..=10).contains(&shown.as_u64().unwrap()), "{shown}");

    person.presses(words.choose).await;
    let kept = person.page.find_out("document.querySelector('.kept-choice button').value").await;
    assert!(person.page.url().await.contains("weekday=saturday"), "the filter stays");
    person.writes(words.address, "erika@example.com").await;
    match hands {
        Hands::Mouse => person.presses(words.choose).await,
        // The first button of the form is the one that somebody has pressed before.
        Hands::Keyboard => person.page.press_through(Key::Enter).await,
    }
    assert_eq!(person.reads_heading().await, words.done, "{kept}");
}

#[tokio::test]
async fn a_date_among_sixty_is_found_with_the_mouse_without_scripts_in_german() {
    finds_one(&GERMAN, Hands::Mouse, false, 1280).await;
}

#[tokio::test]
async fn a_date_among_sixty_is_found_with_the_keyboard_alone_in_english() {
    finds_one(&ENGLISH, Hands::Keyboard, true, 1280).await;
}

#[tokio::test]
async fn a_date_among_sixty_is_found_on_a_phone_in_english() {
    finds_one(&ENGLISH, Hands::Mouse, true, 360).await;
}

/// Where the address stands on the screen, and whether anything is above it there.
const ADDRESS: &str = r"(() => {
  const field = document.querySelector('#customerEmail'), box = field.getBoundingClientRect();
  const there = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return box.top >= 0 && box.bottom <= innerHeight && there === field;
})()";

async fn opened(browser: &Browser, stage: &Stage, query: &str) -> Page {
    let link = path(&stage.declined_with_many_dates().await);
    let page = browser.visitor().await;
    page.goto(&format!("{}{link}{query}", stage.base)).await;
    page
}

#[tokio::test]
async fn the_address_stays_within_reach_and_hides_nothing_that_is_led_to() {
    let (browser, stage) = (Browser::start().await, Stage::new().await);
    let page = opened(&browser, &stage, "").await;
    for width in WIDTHS {
        page.look(width, false).await;
        let last = "[...document.querySelectorAll('.compact .card')].at(-1).scrollIntoView()";
        page.find_out(last).await;
        assert_eq!(page.find_out(ADDRESS).await, true, "at {width}");
        // Every entry of the jump list leads to a heading that is seen.
        let links = "document.querySelectorAll('.jump a').length";
        for entry in 0..page.find_out(links).await.as_u64().unwrap() {
            let jump = format!("document.querySelectorAll('.jump a')[{entry}].click()");
            page.find_out(&jump).await;
            let seen = page.find_out(TARGET).await;
            assert_eq!(seen, true, "entry {entry} at {width}");
        }
    }
}

/// Whether what the address names is on the screen, with nothing over it.
const TARGET: &str = r"(() => {
  const target = document.querySelector(':target'), box = target.getBoundingClientRect();
  const there = document.elementFromPoint(box.x + 5, box.y + box.height / 2);
  return box.top >= 0 && box.bottom <= innerHeight && target.contains(there);
})()";

#[tokio::test]
async fn a_time_in_the_calendar_leads_to_its_date_with_its_price() {
    let (browser, stage) = (Browser::start().await, Stage::new().await);
    let page = opened(&browser, &stage, "?view=calendar").await;
    for width in WIDTHS {
        page.look(width, false).await;
        page.click(".sheet a", "Vom Partner vorgeschlagen").await;
        assert_eq!(page.find_out("location.hash").await, "#date-1030");
        let price = page.find_out("document.querySelector(':target .price').innerText").await;
        assert!(price.as_str().unwrap().contains("€"), "{price}");
        page.find_out("document.querySelector('.sheet').scrollIntoView()").await;
        assert_eq!(too_wide(&page, width).await, [""; 0], "at {width}");
    }
}

#[tokio::test]
async fn sixty_dates_fit_a_small_phone_and_break_no_rule_of_accessibility() {
    let (browser, stage, axe) = (Browser::start().await, Stage::new().await, Axe::bring().await);
    let page = opened(&browser, &stage, "").await;
    let list = page.url().await;
    for query in ["", "?view=calendar", "?view=calendar&weekday=saturday", "?weekday=someday"] {
        page.goto(&format!("{list}{query}")).await;
        page.look(360, false).await;
        assert_eq!(too_wide(&page, 360).await, [""; 0], "{query}");
        assert_eq!(axe.faults(&page).await, [""; 0], "{query} in light");
        page.look(360, true).await;
        assert_eq!(axe.faults_of_colour(&page).await, [""; 0], "{query} in dark");
    }
}
