//! What a link shows that was used, has expired, or was taken away.

use std::time::Duration;

use chrono::TimeDelta;
use http::StatusCode;
use rebooking_core::policy::{OrderStrategy, Policy};
use rebooking_core::ports::store::ConfirmationKey;
use rebooking_core::testing::World;
use rebooking_core::token::TokenState;

use super::{ERIKA, Words as _, link, submit_and_follow};
use crate::api::{Api, CASE, Document as _};
use crate::pages::browser::Page as _;

#[tokio::test]
async fn the_booked_date_can_be_taken_into_a_calendar_as_the_entry_that_the_mails_are_about() {
    let api = Api::new();
    let declined = api.chosen().await;
    let page = api.get(&link(&declined)).await.ok();
    let href = page.attributes("a[href*='calendar=']", "href").concat();
    let file = api.get(&format!("{}{href}", link(&declined))).await.ok();
    assert_eq!(file.header("content-type"), "text/calendar; charset=utf-8; method=PUBLISH");
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"termin.ics\"");
    assert_eq!(file.header("cache-control"), "no-store");
    file.text.replace("\r\n", "\n").reads("customer/booked.de.ics");
    api.world.clock.advance(TimeDelta::minutes(5));
    let again = api.get(&format!("{}/calendar", crate::api::page(&declined))).await.ok();
    assert_eq!(again.text, file.text, "the same to programs, and whenever it is fetched");
    assert!(!file.text.to_lowercase().contains("erika"), "it names nobody");
    api.world.rebookings.support("Susi").cancel(CASE, &"Irrtum".parse_text()).await.unwrap();
    assert!(api.get(&link(&declined)).await.ok().attributes(".calendars a", "href").is_empty());
    assert_eq!(
        api.get(&format!("{}/calendar", crate::api::page(&declined))).await.code(),
        "not_found"
    );
}

#[tokio::test]
async fn calendars_on_the_web_are_told_the_date_and_nothing_secret_unless_a_host_leaves_them_out() {
    for offered in [true, false] {
        let api = Api::on(World::new(), |settings| settings.web_calendars = offered);
        let declined = api.chosen().await;
        let page = api.get(&link(&declined)).await.ok();
        let hrefs = page.attributes(".calendars a", "href");
        let elsewhere: Vec<&String> =
            hrefs.iter().filter(|href| href.starts_with("https://")).collect();
        assert_eq!((hrefs.len(), elsewhere.len()), if offered { (3, 2) } else { (1, 0) });
        for href in elsewhere {
            assert!(href.contains("Sushi-Kurs") && href.contains("2027"), "{href}");
            for secret in [declined.link.expose(), "100007001", "rebook", "erika", "7001"] {
                assert!(!href.to_lowercase().contains(&secret.to_lowercase()), "{href}");
            }
        }
        let rel = page.attributes(".calendars a[target]", "rel");
        assert!(rel.iter().all(|rel| rel == "external noreferrer"), "{rel:?}");
    }
}

#[tokio::test]
async fn who_waits_for_the_partner_reads_by_when_to_ask_and_never_after_the_date() {
    let days = |days: u64| Some(Duration::from_secs(days * 24 * 60 * 60));
    for (after, told) in [
        (days(3), Some("Haben Sie bis zum 15.01.2027 nichts von uns gehört?")),
        (days(300), Some("Haben Sie bis zum 01.02.2027 nichts von uns gehört?")),
        (Some(Duration::MAX), None),
        (None, None),
    ] {
        let api = Api::on(World::new(), |settings| settings.ask_after = after);
        let declined = api.chosen().await;
        let page = api.get(&link(&declined)).await.ok();
        assert_eq!(page.main().contains("nichts von uns gehört"), told.is_some(), "{after:?}");
        assert!(page.main().contains(told.unwrap_or_default()), "{}", page.main());
        api.world.deliver_all().await.unwrap();
        let id = api.world.token(declined.token).await.rebooking().unwrap().confirmation.unwrap();
        api.world.rebookings.confirm_unchecked(&ConfirmationKey::Id(id)).await.unwrap();
        let confirmed = api.get(&link(&declined)).await.ok();
        assert!(!confirmed.main().contains("nichts von uns gehört"), "{}", confirmed.main());
    }
}

#[tokio::test]
async fn who_waits_for_support_reads_within_how_many_days_to_hear_of_it() {
    let hours = |hours: u64| Some(Duration::from_secs(hours * 60 * 60));
    for (after, told) in [
        (hours(72), "Haben Sie innerhalb von 3 Tagen nichts von uns gehört?"),
        (hours(49), "Haben Sie innerhalb von 3 Tagen nichts von uns gehört?"),
        (hours(1), "Haben Sie bis morgen nichts von uns gehört?"),
        (Some(Duration::MAX), ""),
        (None, ""),
    ] {
        let soon = Policy { horizon: TimeDelta::days(2), ..Policy::default() };
        let none = Api::on(World::with(soon), |settings| settings.ask_after = after);
        let api = Api::on(World::new(), |settings| settings.ask_after = after);
        let page = link(&api.declined().await);
        let says = |text: &str| {
            let about = |text: &str| text.contains("nichts von uns gehört");
            assert_eq!((text.contains(told), about(text)), (true, !told.is_empty()), "{text}");
        };
        let choices = api.get(&page).await.ok();
        assert!(!choices.main().contains("nichts von uns gehört"), "here the customer is next");
        let wish = format!("{ERIKA}&wish=other&months=3");
        says(submit_and_follow(&api, &page, &wish).await.notice());
        let told = submit_and_follow(&api, &page, &format!("{ERIKA}&wish=new_dates")).await;
        assert!(!told.notice().contains("nichts von uns gehört"), "nobody knows how long");
        let without_dates = link(&none.declined().await);
        says(none.get(&without_dates).await.ok().main());
    }
}

#[tokio::test]
async fn before_a_date_is_chosen_there_is_none_to_take_into_a_calendar() {
    let api = Api::new();
    let declined = api.declined().await;
    assert_eq!(
        api.get(&format!("{}/calendar", crate::api::page(&declined))).await.code(),
        "not_found"
    );
    let page = api.get(&format!("{}?calendar=file", link(&declined))).await.ok();
    assert!(page.main().contains("<h1>Termin umbuchen</h1>"), "the page is shown as ever");
}

#[tokio::test]
async fn a_link_that_was_used_meanwhile_leads_to_what_was_booked_and_says_so() {
    let api = Api::new();
    let declined = api.chosen().await;
    let stored = api.world.store.snapshot();
    for form in [&format!("{ERIKA}&choice=2%3A178.00"), &format!("{ERIKA}&wish=new_dates"), ERIKA] {
        let page = submit_and_follow(&api, &link(&declined), form).await;
        assert!(page.notice().starts_with("Mit diesem Link wurde bereits umgebucht."), "{form}");
        assert!(page.main().contains("<h1>Bereits umgebucht</h1>"), "{form}: {}", page.main());
        assert!(page.main().contains("Montag, 01.02.2027, 18:00 Uhr"), "{form}");
    }
    let same = format!("{ERIKA}&choice=1%3A178.00");
    let page = submit_and_follow(&api, &link(&declined), &same).await;
    assert!(page.main().contains("<h1>Umbuchung erfolgreich!</h1>"), "{}", page.main());
    assert_eq!(api.world.store.snapshot(), stored);
}

#[tokio::test]
async fn past_the_last_link_nobody_is_sent_to_a_mail_that_never_comes() {
    let api = Api::with(Policy { step_limit: 1, ..Policy::default() });
    let declined = api.chosen().await;
    api.world.deliver_all().await.unwrap();
    let id = api.world.token(declined.token).await.rebooking().unwrap().confirmation.unwrap();
    let partner = rebooking_core::value::ids::PartnerId::new(5);
    let decline =
        rebooking_core::service::Decline { reason: "Rohrbruch".parse_text(), proposed: Vec::new() };
    api.world
        .rebookings
        .partner(partner)
        .decline(&ConfirmationKey::Id(id), &decline)
        .await
        .unwrap();
    let page = api.get(&link(&declined)).await.ok();
    assert!(page.main().contains("Unser Support-Team meldet sich bei Ihnen"), "{}", page.main());
    assert!(!page.main().contains("neuesten E-Mail"), "{}", page.main());
    assert!(page.main().contains("innerhalb von 3 Tagen nichts von uns gehört"), "by when");
    let program = api.get(&crate::api::page(&declined)).await;
    assert!(program.text.contains("Unser Support-Team meldet sich bei Ihnen"), "{}", program.text);
}

#[tokio::test]
async fn a_used_link_shows_how_its_booking_stands() {
    let api = Api::new();
    let declined = api.chosen().await;
    api.world.deliver_all().await.unwrap();
    let id = api.world.token(declined.token).await.rebooking().unwrap().confirmation.unwrap();
    api.world.rebookings.confirm_unchecked(&ConfirmationKey::Id(id)).await.unwrap();
    let confirmed = api.get(&link(&declined)).await.ok();
    assert!(
        confirmed.main().contains("<h1>Ihr neuer Termin ist bestätigt!</h1>"),
        "{}",
        confirmed.text
    );
    api.world.rebookings.support("Susi").cancel(CASE, &"Irrtum".parse_text()).await.unwrap();
    let cancelled = api.get(&link(&declined)).await.ok();
    assert!(
        cancelled.main().contains("<h1>Diese Umbuchung wurde storniert</h1>"),
        "{}",
        cancelled.text
    );
}

#[tokio::test]
async fn a_pending_order_number_is_called_pending() {
    let api = Api::with(Policy { orders: OrderStrategy::LinkedOrder, ..Policy::default() });
    let declined = api.chosen().await;
    let page = api.get(&link(&declined)).await.ok();
    assert!(page.main().contains("#100007001-1"), "{}", page.main());
    assert!(page.main().contains("Die endgültige Bestellnummer"));
}

#[tokio::test]
async fn an_expired_link_offers_a_new_one_and_says_the_same_to_everybody() {
    let api = Api::new();
    let declined = api.declined().await;
    api.world.clock.advance(TimeDelta::days(30));
    let expired = api.get(&link(&declined)).await;
    assert_eq!(expired.status, StatusCode::GONE);
    expired.main().reads("pages/expired.de.html");
    let stored = api.world.store.snapshot();
    for form in
        ["newLink=yes", "newLink=yes&customerEmail=erika", &format!("{ERIKA}&newLink=yes&blank=x")]
    {
        let robot = api.submit(&link(&declined), form).await;
        assert_eq!(robot.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
        assert!(
            robot.main().contains("<h1>Dieser Link ist abgelaufen</h1>"),
            "{form}: {}",
            robot.main()
        );
    }
    let stranger =
        submit_and_follow(&api, &link(&declined), "newLink=yes&customerEmail=x%40y.de").await;
    assert_eq!(api.world.store.snapshot(), stored, "nothing is mailed and nothing counted");
    let owner = submit_and_follow(&api, &link(&declined), &format!("{ERIKA}&newLink=yes")).await;
    owner.main().reads("pages/new_link.de.html");
    assert_ne!(api.world.store.snapshot(), stored);
    assert_eq!(owner.main(), stranger.main());
    let unknown =
        api.submit(&format!("/rebook/{}", "A".repeat(43)), &format!("{ERIKA}&newLink=yes")).await;
    assert_eq!(
        (unknown.status, unknown.header("location")),
        (StatusCode::SEE_OTHER, "?said=new-link")
    );
}

#[tokio::test]
async fn every_end_of_a_link_has_a_page_with_a_heading_of_its_own() {
    let api = Api::new();
    let declined = api.declined().await;
    let unknown = api.get("/rebook/unknown").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    assert!(unknown.main().contains("<h1>Link nicht gefunden</h1>"));
    api.world.rebookings.support("Susi").reissue(CASE).await.unwrap();
    let superseded = api.get(&link(&declined)).await;
    assert_eq!(superseded.status, StatusCode::GONE);
    assert!(superseded.main().contains("<h1>Es gibt einen neueren Link</h1>"));
    let newest = api.world.link(api.world.token(declined.token).await.id()).await;
    assert!(!superseded.text.contains(newest.expose()));
    for page in [unknown, superseded] {
        assert!(page.main().contains("mailto:support@miomente.de"));
    }
}

#[tokio::test]
async fn a_cancelled_link_says_that_it_is_over() {
    let api = Api::new();
    let declined = api.declined().await;
    api.world.rebookings.support("Susi").cancel(CASE, &"Irrtum".parse_text()).await.unwrap();
    assert!(matches!(api.world.token(declined.token).await.state(), TokenState::Cancelled { .. }));
    let page = api.get(&link(&declined)).await;
    assert_eq!(page.status, StatusCode::GONE);
    assert!(page.main().contains("<h1>Dieser Link gilt nicht mehr</h1>"));
}
