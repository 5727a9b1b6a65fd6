//! What support does with a case.

use http::StatusCode;
use rebooking_core::token::TokenState;

use super::answer::asked;
use super::browser::{Browser, Page as _};
use crate::api::{Api, SUPPORT};

const CASE: &str = "/support/cases/7001";

/// The mails that go out now.
pub(super) async fn mails(api: &Api) -> Vec<&'static str> {
    drop(api.world.mailer.take());
    api.world.deliver_all().await.unwrap();
    api.world.mailer.sent().iter().map(|mail| mail.message.kind().as_str()).collect()
}

#[tokio::test]
async fn a_case_allows_what_its_state_allows() {
    let api = Api::new();
    asked(&api).await;
    let page = Browser::signed_in(&api, SUPPORT).await.get(CASE).await.ok();
    let actions = page.texts("details summary");
    assert_eq!(actions, ["Stornieren", "Personenbezogene Daten löschen"], "it is live");
    let unknown = Browser::signed_in(&api, SUPPORT).await.get("/support/cases/1").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_link_is_mailed_again_replaced_extended_and_called_off() {
    let api = Api::new();
    let declined = api.declined().await;
    let mut browser = Browser::signed_in(&api, SUPPORT).await;
    let until = api.world.token(declined.token).await.expires_at();
    let resent = browser.submit_and_follow(CASE, "act=resend").await;
    assert_eq!(resent.told(), "Der Link wird noch einmal verschickt.");
    assert_eq!(mails(&api).await, ["declined"]);
    browser.submit_and_follow(CASE, "act=extend&days=10").await;
    assert_eq!(
        api.world.token(declined.token).await.expires_at() - until,
        chrono::TimeDelta::days(10)
    );
    browser.submit_and_follow(CASE, "act=reissue").await;
    assert_eq!(mails(&api).await, ["link_replaced"]);
    let cancelled = browser.submit_and_follow(CASE, "act=cancel&reason=Irrtum").await;
    assert_eq!(cancelled.told(), "Der Fall wurde storniert.");
    let told = cancelled.texts("ol.timeline li");
    let off = told.iter().find(|one| one.starts_with("Link storniert")).unwrap();
    assert!(off.contains("Support: Susi") && off.ends_with("Irrtum"), "{off}");
    assert!(matches!(
        api.world.token(declined.token.next()).await.state(),
        TokenState::Cancelled { .. }
    ));
}

#[tokio::test]
async fn support_picks_a_date_for_the_customer() {
    let api = Api::new();
    let declined = api.declined().await;
    let mut browser = Browser::signed_in(&api, SUPPORT).await;
    let page = browser.get(CASE).await.ok();
    assert_eq!(page.attributes("select[name=dateId] option", "value"), ["", "1", "2"]);
    let page =
        browser.submit_and_follow(CASE, "act=choose&dateId=2&reason=Am+Telefon+besprochen").await;
    assert_eq!(page.told(), "Die Buchung wurde umgebucht.");
    assert_eq!(api.world.token(declined.token).await.rebooking().unwrap().slot.id.value(), 2);
    let again = browser.submit(CASE, "act=choose&dateId=1&reason=Noch+einmal").await;
    assert_eq!(again.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn what_is_wrong_in_a_form_is_named_and_what_was_typed_is_kept() {
    let api = Api::new();
    api.declined().await;
    let mut browser = Browser::signed_in(&api, SUPPORT).await;
    let before = api.world.store.snapshot();
    for (form, field, told) in [
        (
            "act=cancel&reason=+",
            "reason-cancel",
            "Bitte geben Sie einen Grund an (höchstens 2000 Zeichen).",
        ),
        ("act=extend&days=366", "days-extend", "Bitte geben Sie 1 bis 365 Tage an."),
        ("act=extend&days=viele", "days-extend", "Bitte geben Sie 1 bis 365 Tage an."),
        ("act=choose&reason=Telefon", "dateId-choose", "Bitte wählen Sie einen Termin aus."),
        (
            "act=choose&dateId=2",
            "reason-choose",
            "Bitte geben Sie einen Grund an (höchstens 2000 Zeichen).",
        ),
    ] {
        let page = browser.submit(CASE, form).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
        assert!(page.told().starts_with(told), "{form}: {}", page.told());
        assert_eq!(page.attributes("[aria-invalid]", "id"), [field], "{form}");
        assert_eq!(page.attributes("#notice a", "href"), [format!("#{field}")]);
    }
    assert_eq!(
        browser.submit(CASE, "act=choose&reason=Telefon").await.texts("details[open] textarea"),
        ["Telefon"]
    );
    let sold_out = browser.submit(CASE, "act=choose&dateId=3&reason=Telefon").await;
    assert_eq!(sold_out.status, StatusCode::CONFLICT);
    assert_eq!(api.world.store.snapshot(), before);
}
