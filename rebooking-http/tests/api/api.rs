//! The service on a world of fakes, and its answers as whole documents.

use std::convert::Infallible;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use chrono::TimeDelta;
use http::header::{ACCEPT_LANGUAGE, AUTHORIZATION, AsHeaderName, CONTENT_TYPE, HeaderMap};
use http::{Method, Request, StatusCode};
use http_body::{Body, Frame};
use http_body_util::{BodyExt as _, StreamBody};
use rebooking_core::ports::RebookingStore as _;
use rebooking_core::presentation::BaseUrl;
use rebooking_core::testing::world::DeclinedBooking;
use rebooking_core::testing::{MemoryEvents, MemoryPartners, Trouble, World, samples};
use rebooking_core::value::booking::PartnerEntry;
use rebooking_core::value::ids::{CaseId, PartnerId};
use rebooking_core::{Policy, Rebookings};
use rebooking_http::{
    EnabledParts, HttpSettings, Principal, RebookingService, StaticTokens, service,
};
use serde_json::{Value, json};
use tower::ServiceExt as _;

pub(crate) const PARTNER: &str = "token-of-the-partner";
pub(crate) const OTHER_PARTNER: &str = "token-of-another-partner";
pub(crate) const SUPPORT: &str = "token-of-support";
pub(crate) const BROWSER: &str =
    "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";
/// A date with five places, one with eight, and one with a single place.
pub(crate) const FIRST: i64 = World::DATES[0].value();
pub(crate) const SECOND: i64 = World::DATES[1].value();
pub(crate) const SINGLE: i64 = World::DATES[2].value();
/// One with four, where there is one more.
pub(crate) const FOURTH: i64 = 4;
/// The case of the sample booking.
pub(crate) const CASE: CaseId = CaseId::new(7001);

/// The API on fakes, called by somebody who reads one language.
pub(crate) struct Api {
    pub(crate) world: World,
    pub(crate) service: RebookingService,
    language: &'static str,
    /// Whether all parts are there that are described.
    whole: bool,
}

impl Api {
    pub(crate) fn new() -> Self {
        Self::with(Policy::default())
    }

    pub(crate) fn with(policy: Policy) -> Self {
        Self::on(World::with(policy), |_| {})
    }

    /// A case whose ticket could not be made (7001), one whose customer wants the money back
    /// (7002), one whose customer found no date (7003), and one that needs nothing (7004).
    pub(crate) async fn with_cases_in_need() -> Self {
        let api = Self::with(Policy { horizon: TimeDelta::days(2), ..Policy::default() });
        api.world.tickets.next_call(Trouble::FailForGood);
        api.declined().await;
        let wishing = api.world.declined(samples::booking_of(7002)).await;
        let wish = r#"{"customerEmail":"erika@example.com","kind":"money_back"}"#;
        api.post(&format!("{}/wishes", page(&wishing)), wish).await.ok();
        let stranded = api.world.declined(samples::booking_of(7003)).await;
        api.get(&page(&stranded)).await.ok();
        api.world.declined(samples::booking_of(7004)).await;
        api
    }

    pub(crate) fn on(world: World, change: impl FnOnce(&mut HttpSettings)) -> Self {
        let tokens = StaticTokens::default()
            .with(PARTNER, Principal::Partner(PartnerId::new(5)))
            .with(OTHER_PARTNER, Principal::Partner(PartnerId::new(6)))
            .with(SUPPORT, Principal::Support("Susi".to_owned()));
        let mut settings = HttpSettings::new(BaseUrl::default(), tokens);
        change(&mut settings);
        let whole = settings.enabled == EnabledParts::default() && settings.partner_calendars;
        let service = service(world.rebookings.clone(), settings);
        Self { world, service, language: "", whole }
    }

    /// The same on a host that keeps lists of its own.
    pub(crate) fn without_reports(self) -> Self {
        let mut world = World::new();
        let mut ports = world.rebookings.ports().clone();
        (ports.reports, ports.personal) = (None, None);
        let rebookings = Rebookings::new(ports, Policy::default(), samples::link_keys());
        world.rebookings = rebookings.unwrap();
        Self::on(world, |_| {}).speaking(self.language)
    }

    /// The same with a list that says what people call the partner.
    pub(crate) fn with_partners(self) -> (Self, MemoryPartners) {
        let mut world = World::new();
        let (list, mut ports) = (MemoryPartners::new(), world.rebookings.ports().clone());
        list.put(PartnerEntry::new(samples::partner(), "Evas Küche"), &[]);
        ports.partners = Some(Arc::new(list.clone()));
        let rebookings = Rebookings::new(ports, Policy::default(), samples::link_keys());
        world.rebookings = rebookings.unwrap();
        (Self::on(world, |_| {}).speaking(self.language), list)
    }

    /// The same for a host that has switched events on, with nobody there to take them.
    pub(crate) fn with_events() -> (Self, MemoryEvents) {
        let events = MemoryEvents::new();
        events.every_call(Some(Trouble::Unavailable));
        (Self::on(World::with_events(Policy::default(), &events), |_| {}), events)
    }

    pub(crate) fn speaking(self, language: &'static str) -> Self {
        Self { language, ..self }
    }

    /// The sample booking declined, and everything delivered.
    pub(crate) async fn declined(&self) -> DeclinedBooking {
        let declined = self.world.declined_booking().await;
        self.world.deliver_all().await.unwrap();
        declined
    }

    /// The same, and the customer has chosen the first date. Nothing of the choice is delivered
    /// yet.
    pub(crate) async fn chosen(&self) -> DeclinedBooking {
        let declined = self.declined().await;
        self.choose(&declined, FIRST).await.ok();
        declined
    }

    /// The partner has declined that one too, and the second date is booked as a backup; the fourth
    /// one is free. With the link of the backup.
    pub(crate) async fn moved_to_a_backup(&self) -> DeclinedBooking {
        let mut declined = self.chosen().await;
        let starts_at = samples::now() + TimeDelta::days(50);
        let fourth = samples::course_date(FOURTH, starts_at, 4);
        self.world.store.upsert_dates(&[fourth]).await.unwrap();
        self.world.deliver_all().await.unwrap();
        let named = json!({
            "customerEmail": "erika@example.com", "backups": [{"dateId": SECOND}]
        });
        self.put(&format!("{}/backups", page(&declined)), &named.to_string()).await.ok();
        let request = self.world.token(declined.token).await;
        let request = request.rebooking().unwrap().confirmation.unwrap();
        let path = format!("/api/partner/confirmations/{request}/decline");
        self.post_as(PARTNER, &path, r#"{"reason":"Rohrbruch"}"#).await.ok();
        self.world.deliver_all().await.unwrap();
        declined.token = declined.token.next();
        declined.link = self.world.link(declined.token).await;
        declined
    }

    pub(crate) async fn choose(&self, declined: &DeclinedBooking, date: i64) -> Answer {
        let body = format!(r#"{{"selectedDateId":{date},"customerEmail":"erika@example.com"}}"#);
        self.post(&page(declined), &body).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, "", "").await
    }

    pub(crate) async fn post(&self, path: &str, json: &str) -> Answer {
        self.send(Method::POST, path, "", json).await
    }

    pub(crate) async fn put(&self, path: &str, json: &str) -> Answer {
        self.send(Method::PUT, path, "", json).await
    }

    pub(crate) async fn get_as(&self, token: &str, path: &str) -> Answer {
        self.send(Method::GET, path, token, "").await
    }

    pub(crate) async fn post_as(&self, token: &str, path: &str, json: &str) -> Answer {
        self.send(Method::POST, path, token, json).await
    }

    async fn send(&self, method: Method, path: &str, token: &str, json: &str) -> Answer {
        let mut request = by_a_person(Request::builder().method(method).uri(path));
        if !self.language.is_empty() {
            request = request.header(ACCEPT_LANGUAGE, self.language);
        }
        if !token.is_empty() {
            request = request.header(AUTHORIZATION, format!("Bearer {token}"));
        }
        if !json.is_empty() {
            request = request.header(CONTENT_TYPE, "application/json");
        }
        self.call(request.body(json.to_owned()).unwrap()).await
    }

    /// A form as a browser sends it, `field=value&…`.
    pub(crate) async fn submit(&self, path: &str, form: &str) -> Answer {
        let request = by_a_person(Request::post(path))
            .header(ACCEPT_LANGUAGE, self.language)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.call(request.body(form.to_owned()).unwrap()).await
    }

    /// A post with one more header.
    pub(crate) async fn post_with(&self, header: (&str, &str), path: &str, json: &str) -> Answer {
        let request =
            Request::post(path).header(header.0, header.1).header(ACCEPT_LANGUAGE, self.language);
        self.call(request.header(CONTENT_TYPE, "application/json").body(json.to_owned()).unwrap())
            .await
    }

    /// A request whose body never comes to its end.
    pub(crate) async fn post_endless(&self, path: &str) -> Answer {
        let body =
            StreamBody::new(futures_util::stream::pending::<Result<Frame<Bytes>, Infallible>>());
        self.call(Request::post(path).header(ACCEPT_LANGUAGE, self.language).body(body).unwrap())
            .await
    }

    /// Any request.
    pub(crate) async fn call<B>(&self, request: Request<B>) -> Answer
    where
        B: Body<Data = Bytes> + Send + 'static,
        B::Error: std::error::Error + Send + Sync + 'static,
    {
        #[cfg(feature = "openapi")]
        let (method, path) = (request.method().clone(), request.uri().path().to_owned());
        let (parts, body) = self.service.clone().oneshot(request).await.unwrap().into_parts();
        let text = String::from_utf8(body.collect().await.unwrap().to_bytes().to_vec()).unwrap();
        let answer = Answer { status: parts.status, headers: parts.headers, text };
        #[cfg(feature = "openapi")]
        if self.whole {
            crate::codes::is_described(&method, &path, &answer);
        }
        answer
    }
}

/// A request for somebody who looks: as browsers say it of a page, and hosts to the API.
pub(crate) fn by_a_person(request: http::request::Builder) -> http::request::Builder {
    request
        .header("user-agent", BROWSER)
        .header("sec-fetch-mode", "navigate")
        .header("sec-fetch-dest", "document")
        .header("rebooking-viewed-by", "person")
}

/// Where the API shows the link of a declined booking.
pub(crate) fn page(declined: &DeclinedBooking) -> String {
    format!("/api/rebook/{}", declined.link.expose())
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {}", self.text))
    }

    pub(crate) fn data(&self) -> Value {
        self.json()["data"].take()
    }

    pub(crate) fn code(&self) -> String {
        self.json()["error"]["code"].as_str().unwrap_or_default().to_owned()
    }

    pub(crate) fn header(&self, name: impl AsHeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// It went well.
    #[track_caller]
    pub(crate) fn ok(self) -> Self {
        assert_eq!(self.status, StatusCode::OK, "{}", self.text);
        self
    }

    /// What a page says between its header and its footer.
    #[track_caller]
    pub(crate) fn main(&self) -> &str {
        let page = self.text.split_once("<main").and_then(|(_, rest)| rest.split_once(">"));
        let (_, rest) = page.unwrap_or_else(|| panic!("no page: {}", self.text));
        rest.split_once("</main>").unwrap().0
    }

    /// What a page tells of the form that was sent.
    pub(crate) fn notice(&self) -> &str {
        let notice =
            self.text.split_once("<div id=\"notice\"").and_then(|(_, rest)| rest.split_once("<p>"));
        notice.and_then(|(_, rest)| rest.split_once("</p>")).map_or("", |(notice, _)| notice)
    }

    /// It went well, and reads like an expected document.
    #[track_caller]
    pub(crate) fn reads(self, file: &str) {
        self.ok().json().reads(file);
    }
}

/// A whole document that is compared with an expected one.
pub(crate) trait Document {
    /// `REBOOKING_WRITE_EXPECTED=1` writes the file anew; look at the difference before you keep
    /// it.
    fn reads(&self, file: &str);
}

impl Document for Value {
    #[track_caller]
    fn reads(&self, file: &str) {
        let is = serde_json::to_string_pretty(self).unwrap() + "\n";
        compare(file, &is, |expected| {
            let expected: Value = serde_json::from_str(expected).unwrap();
            serde_json::to_string_pretty(&expected).unwrap() + "\n"
        });
    }
}

impl Document for str {
    #[track_caller]
    fn reads(&self, file: &str) {
        compare(file, self, ToOwned::to_owned);
    }
}

#[track_caller]
fn compare(file: &str, is: &str, normal: impl Fn(&str) -> String) {
    let path = expected_folder().join(file);
    if std::env::var_os("REBOOKING_WRITE_EXPECTED").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, is).unwrap();
    }
    let expected =
        fs::read_to_string(&path).unwrap_or_else(|_| panic!("no {file}; the answer was:\n{is}"));
    assert_eq!(is, normal(&expected), "{file}");
}

pub(crate) fn expected_folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/expected")
}
