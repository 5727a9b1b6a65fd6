//! The form for another date in place of a backup, below what was booked.

use http::StatusCode;
use rebooking_core::ports::store::ConfirmationKey;

use super::{ERIKA, link, submit_and_follow};
use crate::api::{Api, Document as _, FIRST, FOURTH, SINGLE, SUPPORT};
use crate::pages::browser::{Browser, Page as _};

const HEADING: &str = "Lieber ein anderer Termin?";

#[tokio::test]
async fn below_a_backup_other_dates_are_offered_in_every_language() {
    let api = Api::new();
    let moved = api.moved_to_a_backup().await;
    let page = api.get(&link(&moved)).await.ok();
    page.main().reads("pages/exchange.de.html");
    assert!(!page.main().contains("Passt Ihnen dieser Termin doch nicht?"));
    for language in ["en", "fr"] {
        let page = api.get(&format!("{}?lang={language}", link(&moved))).await.ok();
        page.main().reads(&format!("pages/exchange.{language}.html"));
    }
}

#[tokio::test]
async fn one_click_exchanges_the_backup_and_its_page_shows_the_new_date() {
    let api = Api::new();
    let moved = api.moved_to_a_backup().await;
    let form = format!("{ERIKA}&exchange=date&instead={FOURTH}%3A178.00");
    let changed = submit_and_follow(&api, &link(&moved), &form).await;
    changed.main().reads("pages/exchanged.de.html");
    let next = api.world.token(moved.token.next()).await;
    assert_eq!(next.rebooking().unwrap().slot.id.value(), FOURTH);
}

#[tokio::test]
async fn a_form_that_lacks_something_says_what_and_keeps_what_was_chosen() {
    let api = Api::new();
    let moved = api.moved_to_a_backup().await;
    let chosen = format!("exchange=date&instead={FOURTH}%3A178.00");
    let stored = api.world.store.snapshot();
    for (form, status, notice, leads_to) in [
        (chosen.clone(), 422, "Bitte geben Sie die E-Mail-Adresse an", "#exchangeEmail"),
        (
            format!("{ERIKA}&exchange=date&instead="),
            422,
            "Bitte wählen Sie einen Termin",
            "#instead",
        ),
        (format!("{ERIKA}&exchange=date&instead={FOURTH}"), 422, "Bitte wählen Sie", "#instead"),
        (
            format!("{ERIKA}&exchange=date&instead={SINGLE}%3A178.00"),
            409,
            "freie Plätze",
            "#instead",
        ),
        (format!("{ERIKA}&exchange=date&instead={FIRST}%3A178.00"), 409, "Termin", "#instead"),
        (format!("{ERIKA}&exchange=date&instead={FOURTH}%3A1.00"), 409, "Der Preis", "#instead"),
    ] {
        let page = api.submit(&link(&moved), &form).await;
        assert_eq!(page.status.as_u16(), status, "{form}");
        assert!(page.main().contains(notice), "{form}: {}", page.main());
        assert!(page.main().contains(HEADING), "{form}");
        assert_eq!(page.attributes("#notice a", "href"), [leads_to], "{form}");
        let selected = page.attributes("#instead option[selected]", "value");
        assert_eq!(selected.len(), usize::from(form.contains("=4%3A178.00")), "{form}");
        // The other form of the page is none of it.
        assert_eq!(page.attributes("#customerEmail[value]", "value"), [""; 0], "{form}");
    }
    assert_eq!(api.world.store.snapshot(), stored);
}

#[tokio::test]
async fn a_wrong_address_exchanges_nothing_and_is_counted() {
    let api = Api::new();
    let moved = api.moved_to_a_backup().await;
    let form = format!("customerEmail=junk%40example.net&exchange=date&instead={FOURTH}%3A178.00");
    let page = api.submit(&link(&moved), &form).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    let token = api.world.token(moved.token).await;
    assert_eq!((token.attempts().total, token.was_exchanged()), (1, false));
}

#[tokio::test]
async fn once_the_partner_has_confirmed_there_is_no_form_and_who_had_it_open_is_told() {
    let api = Api::new();
    let moved = api.moved_to_a_backup().await;
    let request = api.world.token(moved.token).await.rebooking().unwrap().confirmation.unwrap();
    api.world.rebookings.confirm_unchecked(&ConfirmationKey::Id(request)).await.unwrap();
    assert!(!api.get(&link(&moved)).await.ok().main().contains(HEADING));
    let form = format!("{ERIKA}&exchange=date&instead={FOURTH}%3A178.00");
    let late = api.submit(&link(&moved), &form).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.main().contains("nur solange der Partner"), "{}", late.main());
}

#[tokio::test]
async fn support_sees_the_form_as_its_customer_does() {
    let api = Api::new();
    api.moved_to_a_backup().await;
    let preview = Browser::signed_in(&api, SUPPORT).await.get("/support/cases/7001/preview").await;
    assert!(preview.ok().main().contains(HEADING));
}
