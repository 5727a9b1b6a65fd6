//! The form for backups below what was booked.

use http::StatusCode;
use rebooking_core::policy::Policy;
use rebooking_core::ports::store::ConfirmationKey;
use rebooking_core::testing::World;

use super::{ERIKA, link, submit_and_follow};
use crate::api::{Api, Document as _, PARTNER, SECOND, SINGLE};
use crate::pages::browser::Page as _;

const HEADING: &str = "Falls der Partner nicht kann";

#[tokio::test]
async fn below_the_success_further_dates_can_be_named_in_german_and_english() {
    let api = Api::new();
    let declined = api.chosen().await;
    api.get(&link(&declined)).await.ok().main().reads("pages/backups.de.html");
    let english = api.get(&format!("{}?lang=en", link(&declined))).await.ok();
    english.main().reads("pages/backups.en.html");
}

#[tokio::test]
async fn what_was_named_is_shown_and_taken_back_by_the_same_form() {
    let api = Api::new();
    let declined = api.chosen().await;
    let form = format!("{ERIKA}&backups=save&backup1={SECOND}%3A178.00&backup2=");
    let named = submit_and_follow(&api, &link(&declined), &form).await;
    named.main().reads("pages/backups_named.de.html");
    let backups = api.world.token(declined.token).await.rebooking().unwrap().backups.clone();
    assert_eq!(backups.iter().map(|one| one.id()).collect::<Vec<_>>(), [World::DATES[1]]);

    let none = format!("{ERIKA}&backups=save&backup1=&backup2=");
    let taken_back = submit_and_follow(&api, &link(&declined), &none).await;
    assert!(taken_back.main().contains("keine Ersatztermine mehr"), "{}", taken_back.main());
    assert!(api.world.token(declined.token).await.rebooking().unwrap().backups.is_empty());
}

#[tokio::test]
async fn the_page_of_a_backup_says_why_it_is_booked_and_the_old_one_speaks_of_no_choice() {
    let api = Api::new();
    let declined = api.chosen().await;
    api.world.deliver_all().await.unwrap();
    let form = format!("{ERIKA}&backups=save&backup1={SECOND}%3A178.00");
    submit_and_follow(&api, &link(&declined), &form).await;
    let request = api.world.token(declined.token).await.rebooking().unwrap().confirmation.unwrap();
    let path = format!("/api/partner/confirmations/{request}/decline");
    api.post_as(PARTNER, &path, r#"{"reason":"Rohrbruch"}"#).await.ok();
    let next = api.world.link(declined.token.next()).await;
    let page = api.get(&format!("/rebook/{}", next.expose())).await.ok();
    assert!(page.main().contains("der Ersatztermin, den Sie genannt hatten"), "{}", page.main());
    assert!(page.main().contains("Passt Ihnen dieser Termin doch nicht?"), "{}", page.main());
    let old = api.get(&link(&declined)).await.ok();
    let old = old.main();
    assert!(old.contains("Wie es für Sie weitergeht, steht in unserer neuesten E-Mail"), "{old}");
    assert!(!old.contains("wählen"), "{old}");
}

#[tokio::test]
async fn a_form_that_lacks_something_says_what_and_keeps_what_was_chosen() {
    let api = Api::new();
    let declined = api.chosen().await;
    let chosen = format!("backups=save&backup1={SECOND}%3A178.00");
    let stored = api.world.store.snapshot();
    for (form, status, notice) in [
        (chosen.clone(), 422, "Bitte geben Sie die E-Mail-Adresse an"),
        (
            format!("{ERIKA}&{chosen}&backup2={SECOND}%3A178.00"),
            422,
            "Bitte wählen Sie verschiedene",
        ),
        (format!("{ERIKA}&backups=save&backup1={SECOND}"), 422, "Bitte wählen Sie verschiedene"),
        (format!("{ERIKA}&backups=save&backup1={SINGLE}%3A178.00"), 409, "freie Plätze"),
        (format!("{ERIKA}&backups=save&backup1={SECOND}%3A1.00"), 409, "Der Preis hat sich"),
    ] {
        let page = api.submit(&link(&declined), &form).await;
        assert_eq!(page.status.as_u16(), status, "{form}");
        assert!(page.main().contains(notice), "{form}: {}", page.main());
        assert!(page.main().contains(HEADING), "{form}");
        let selected = page.attributes("#backup1 option[selected]", "value");
        assert_eq!(selected.len(), usize::from(form.contains("backup1=2%3A178.00")), "{form}");
    }
    assert_eq!(api.world.store.snapshot(), stored);
}

#[tokio::test]
async fn a_wrong_address_names_nothing_and_is_counted() {
    let api = Api::new();
    let declined = api.chosen().await;
    let form = format!("customerEmail=junk%40example.net&backups=save&backup1={SECOND}%3A178.00");
    let page = api.submit(&link(&declined), &form).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    let token = api.world.token(declined.token).await;
    assert_eq!((token.attempts().total, token.rebooking().unwrap().backups.len()), (1, 0));
}

#[tokio::test]
async fn after_the_partners_answer_and_where_a_host_wants_none_there_is_no_form() {
    let api = Api::new();
    let declined = api.chosen().await;
    api.world.deliver_all().await.unwrap();
    let request = api.world.token(declined.token).await.rebooking().unwrap().confirmation.unwrap();
    api.world.rebookings.confirm_unchecked(&ConfirmationKey::Id(request)).await.unwrap();
    assert!(!api.get(&link(&declined)).await.ok().main().contains(HEADING));
    let form = format!("{ERIKA}&backups=save&backup1={SECOND}%3A178.00");
    let late = api.submit(&link(&declined), &form).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.main().contains("der Partner noch nicht geantwortet hat"), "{}", late.main());

    let api = Api::with(Policy { backups: 0, ..Policy::default() });
    let declined = api.chosen().await;
    assert!(!api.get(&link(&declined)).await.ok().main().contains(HEADING));
}
