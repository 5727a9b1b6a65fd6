//! What must never be in a log, nor in what `Debug` prints.

use std::io::Write;
use std::sync::{Arc, Mutex};

use http::{Request, StatusCode};
use rebooking_core::presentation::BaseUrl;
use rebooking_core::testing::{Trouble, World};
use rebooking_http::{HttpSettings, SessionKey, StaticTokens};
use tracing::instrument::WithSubscriber as _;
use tracing_subscriber::fmt::MakeWriter;

use crate::api::{Api, FIRST, PARTNER, SECOND, SUPPORT, page};

#[derive(Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// Everything that is logged, at every level and by every crate, while the customer, the partner
/// and support go about their work.
async fn log_of_a_long_day() -> (String, Vec<String>) {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_span_events(tracing_subscriber::fmt::format::FmtSpan::FULL)
        .with_writer(log.clone())
        .finish();
    let link = async {
        let api = Api::new();
        let declined = api.declined().await;
        let link = page(&declined);
        api.get(&link).await.ok();
        api.get(&format!("{link}?again={}", declined.link.expose())).await.ok();
        api.get(&format!("{link}/nothing")).await;
        api.get(&format!("{link}).")).await.ok();
        api.get(&format!("{link}).").replace("/api", "")).await;
        api.call(Request::delete(&link).body(String::new()).unwrap()).await;
        let traced = Request::get(&link).header("traceparent", declined.link.expose());
        api.call(traced.body(String::new()).unwrap()).await.ok();
        api.post(&link, "{").await;
        api.post(&link, r#"{"selectedDateId":1,"customerEmail":"wrong@example.com"}"#).await;
        api.post(&format!("{link}/new-link"), "").await.ok();
        let shown = link.replace("/api", "");
        api.get(&shown).await.ok();
        api.submit(&shown, "customerEmail=wrong%40example.com&choice=1%3A178.00").await;
        api.submit(&shown, "customerEmail=erika%40example.com&wish=other&text=Erika+Mustermann")
            .await;
        api.submit(&shown, "customerEmail=erika%40example.com&newLink=yes").await;
        api.submit("/sign-in", &format!("token={SUPPORT}")).await;
        for trouble in [Trouble::Fail, Trouble::FailForGood, Trouble::Unanswered, Trouble::Panic] {
            api.world.store.next_call(trouble);
            api.choose(&declined, FIRST).await;
        }
        api.choose(&declined, FIRST).await.ok();
        api.choose(&declined, SECOND).await;
        api.world.deliver_all().await.unwrap();
        api.get_as(PARTNER, "/api/partner/rebookings").await.ok();
        api.get_as(SUPPORT, "/api/support/cases?q=erika@example.com").await.ok();
        let mails = api.world.mailer.sent();
        let answer = mails.iter().find_map(|mail| match &mail.message {
            rebooking_core::notice::Message::BookingRequest { answer, .. }
            | rebooking_core::notice::Message::PartnerRequest { answer, .. }
            | rebooking_core::notice::Message::PartnerReminder { answer, .. } => {
                Some(answer.expose().to_owned())
            }
            _ => None,
        });
        let answered = format!("/partner/answer/{}", answer.clone().unwrap());
        api.get(&format!("{shown}?calendar=file")).await.ok();
        api.get(&answered).await.ok();
        api.submit(&answered, "partnerEmail=wrong%40example.org&answer=confirm").await;
        api.submit(&answered, "partnerEmail=kueche%40example.org&answer=confirm").await;
        let calendar = api.post_as(PARTNER, "/api/partner/calendar", "").await.ok().data();
        let calendar = calendar["url"].as_str().unwrap();
        let secret = calendar.rsplit('/').next().unwrap().strip_suffix(".ics").unwrap().to_owned();
        for path in
            [format!("/partner/calendar/{secret}.ics"), format!("/partner/calendar/{secret}")]
        {
            api.get(&path).await;
            api.call(Request::delete(&path).body(String::new()).unwrap()).await;
        }
        vec![
            secret,
            declined.link.expose().to_owned(),
            answer.unwrap(),
            declined.link.digest().as_str().to_owned(),
        ]
    };
    let secrets = link.with_subscriber(subscriber).await;
    (log.text(), secrets)
}

#[tokio::test]
async fn no_link_no_address_no_name_and_no_token_is_in_the_log() {
    let (log, secrets) = log_of_a_long_day().await;
    for secret in secrets {
        assert!(!log.contains(&secret), "{secret}");
    }
    for personal in
        ["erika", "wrong@", "mustermann", "example.com", "example.org", "kueche", PARTNER, SUPPORT]
    {
        assert!(!log.to_lowercase().contains(personal), "{personal}");
    }
}

#[tokio::test]
async fn the_log_names_method_route_status_and_request() {
    let (log, _) = log_of_a_long_day().await;
    let wanted = r#"method=POST route="/api/rebook/{token}" request_id="#;
    assert!(log.contains(wanted), "{log}");
    assert!(log.contains("status=403"), "{log}");
    assert!(log.contains("out of reach for now: scripted: out of reach"), "{log}");
}

#[tokio::test]
async fn an_error_tells_nothing_of_the_inside() {
    let api = Api::new();
    let declined = api.declined().await;
    for trouble in [Trouble::Fail, Trouble::FailForGood, Trouble::Unanswered, Trouble::Panic] {
        api.world.store.next_call(trouble);
        let answer = api.choose(&declined, FIRST).await;
        assert_ne!(answer.status, StatusCode::OK);
        assert!(!answer.text.contains("scripted"), "{}", answer.text);
        assert!(!answer.text.contains(declined.link.expose()), "{}", answer.text);
    }
}

#[tokio::test]
async fn debug_prints_neither_tokens_nor_anything_else_of_the_inside() {
    let tokens = StaticTokens::default()
        .with(PARTNER, rebooking_http::Principal::Support("Susi".to_owned()));
    let mut settings = HttpSettings::new(BaseUrl::default(), tokens);
    settings.session_key =
        Some(SessionKey::new(b"a key that nobody should ever see".to_vec()).unwrap());
    let printed = format!("{settings:?}");
    for shown in
        ["base: BaseUrl(", "body_limit: 40960", "deadline: 20s", "session_key: Some(SessionKey(…))"]
    {
        assert!(printed.contains(shown), "{shown}: {printed}");
    }
    for hidden in [
        PARTNER,
        "Susi",
        "nobody",
        "110, 111, 98",
        settings.presentation.brand.support_email.expose(),
    ] {
        assert!(!printed.contains(hidden), "{hidden}: {printed}");
    }
    let service = rebooking_http::service(World::new().rebookings, settings);
    assert_eq!(format!("{service:?}"), "RebookingService { running: 0, .. }");
}
