//! What is counted, and who may read it.

use std::sync::{Arc, Mutex};

use http::header::{ACCEPT, CONTENT_TYPE};
use http::{Request, StatusCode};
use metrics::{
    Counter, CounterFn, Gauge, GaugeFn, Histogram, HistogramFn, Key, KeyName, Metadata, Recorder,
    SharedString, Unit, with_local_recorder,
};
use rebooking_core::testing::{Trouble, World};
use rebooking_core::value::zone::ZoneRules;
use rebooking_http::MetricsPage;

use crate::api::{Answer, Api, FIRST, PARTNER, SUPPORT, page};

/// Writes down everything that is counted, as a recorder of the host's would.
#[derive(Clone, Default)]
struct Noted(Arc<Mutex<Vec<String>>>);

struct Line(Noted, Key);

impl Line {
    fn note(&self, value: impl std::fmt::Display) {
        let labels: Vec<_> =
            self.1.labels().map(|label| format!("{}={}", label.key(), label.value())).collect();
        self.0.0.lock().unwrap().push(format!("{}{{{}}} {value}", self.1.name(), labels.join(",")));
    }
}

impl CounterFn for Line {
    fn increment(&self, value: u64) {
        self.note(value);
    }

    fn absolute(&self, value: u64) {
        self.note(value);
    }
}

impl GaugeFn for Line {
    fn increment(&self, value: f64) {
        self.note(value);
    }

    fn decrement(&self, value: f64) {
        self.note(-value);
    }

    fn set(&self, value: f64) {
        self.note(value);
    }
}

impl HistogramFn for Line {
    fn record(&self, value: f64) {
        assert!((0.0..600.0).contains(&value), "seconds");
        self.note("some time");
    }
}

impl Recorder for Noted {
    fn describe_counter(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_gauge(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_histogram(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn register_counter(&self, key: &Key, _: &Metadata<'_>) -> Counter {
        Counter::from_arc(Arc::new(Line(self.clone(), key.clone())))
    }

    fn register_gauge(&self, key: &Key, _: &Metadata<'_>) -> Gauge {
        Gauge::from_arc(Arc::new(Line(self.clone(), key.clone())))
    }

    fn register_histogram(&self, key: &Key, _: &Metadata<'_>) -> Histogram {
        Histogram::from_arc(Arc::new(Line(self.clone(), key.clone())))
    }
}

/// What was noted while something happened.
fn noted(happens: impl Future<Output = ()>) -> Vec<String> {
    let noted = Noted::default();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .start_paused(true)
        .build()
        .unwrap();
    with_local_recorder(&noted, || runtime.block_on(happens));
    std::mem::take(&mut *noted.0.lock().unwrap())
}

/// How often a line was noted.
fn times(lines: &[String], line: &str) -> usize {
    lines.iter().filter(|noted| *noted == line).count()
}

#[test]
fn requests_are_counted_by_route_method_and_status_with_the_time_they_took() {
    let lines = noted(async {
        let api = Api::new();
        let declined = api.declined().await;
        api.get(&page(&declined)).await.ok();
        api.get(&page(&declined)).await.ok();
        api.get(&format!("/rebook/{}", declined.link.expose())).await.ok();
        api.get("/api/rebook/unknown").await;
        api.get("/no/such/route/erika@example.com").await;
        api.call(Request::builder().method("BREW").uri("/healthz").body(String::new()).unwrap())
            .await;
    });
    for (line, count) in [
        ("rebooking_http_requests_total{route=/api/rebook/{token},method=GET,status=200} 1", 2),
        ("rebooking_http_requests_total{route=/api/rebook/{token},method=GET,status=404} 1", 1),
        ("rebooking_http_requests_total{route=/rebook/{token},method=GET,status=200} 1", 1),
        ("rebooking_http_requests_total{route=none,method=GET,status=404} 1", 1),
        ("rebooking_http_requests_total{route=/healthz,method=other,status=405} 1", 1),
        (
            "rebooking_http_request_duration_seconds{route=/api/rebook/{token},method=GET} some \
             time",
            3,
        ),
    ] {
        assert_eq!(times(&lines, line), count, "{line} in {lines:#?}");
    }
}

#[test]
fn choices_are_counted_by_what_came_of_them_and_visits_by_who_came() {
    let lines = noted(async {
        let api = Api::new();
        let declined = api.declined().await;
        api.get(&page(&declined)).await.ok();
        api.call(
            Request::get(page(&declined))
                .header("user-agent", "Googlebot")
                .body(String::new())
                .unwrap(),
        )
        .await
        .ok();
        api.choose(&declined, 999).await;
        let wrong = format!(r#"{{"selectedDateId":{FIRST},"customerEmail":"else@example.com"}}"#);
        api.post(&page(&declined), &wrong).await;
        let form = format!("customerEmail=erika%40example.com&choice={FIRST}%3A178.00");
        api.submit(&format!("/rebook/{}", declined.link.expose()), &form).await;
        api.get(&page(&declined)).await;
        let body = r#"{"dateId":2,"reason":"x"}"#;
        api.post_as(SUPPORT, "/api/support/cases/7001/choose", body).await;
    });
    for line in [
        "rebooking_choices_total{by=customer,outcome=date_not_offered} 1",
        "rebooking_choices_total{by=customer,outcome=email_mismatch} 1",
        "rebooking_choices_total{by=customer,outcome=chosen} 1",
        "rebooking_choices_total{by=support,outcome=link_used} 1",
        "rebooking_links_opened_total{by=person} 1",
        "rebooking_links_opened_total{by=robot} 1",
    ] {
        assert_eq!(times(&lines, line), 1, "{line} in {lines:#?}");
    }
}

fn with_page(change: impl FnOnce(MetricsPage) -> MetricsPage) -> Api {
    let page = change(MetricsPage::new(|| "the numbers\n".to_owned()));
    Api::on(World::new(), |settings| settings.metrics = Some(page))
}

#[tokio::test]
async fn the_numbers_are_for_support_alone_unless_the_host_opens_them() {
    let read = |answer: Answer| (answer.status.as_u16(), answer.text);
    let shown = (200, "the numbers\n".to_owned());
    let api = with_page(|page| page);
    assert_eq!(api.get("/metrics").await.code(), "not_signed_in");
    assert_eq!(api.get_as(PARTNER, "/metrics").await.code(), "wrong_role");
    let answer = api.get_as(SUPPORT, "/metrics").await;
    assert_eq!(answer.header(CONTENT_TYPE), "text/plain; version=0.0.4; charset=utf-8");
    assert_eq!(read(answer), shown);
    assert_eq!(read(with_page(MetricsPage::open).get("/metrics").await), shown);
    // Without a page there is no such route, whoever asks.
    assert_eq!(Api::new().get_as(SUPPORT, "/metrics").await.code(), "not_found");
    let from_a_browser =
        Request::get("/metrics").header(ACCEPT, "text/html").body(String::new()).unwrap();
    assert_eq!(api.call(from_a_browser).await.header(CONTENT_TYPE), "application/json");
}

#[test]
fn a_scrape_looks_at_what_waits_what_is_dead_and_which_lanes_are_closed() {
    let lines = noted(async {
        let api = with_page(MetricsPage::open);
        api.world.declined_booking().await;
        // The store is asked once a second, however often the page is read.
        for _ in 0..5 {
            api.get("/metrics").await.ok();
        }
    });
    let rules = ZoneRules::of_process();
    let (source, version) = (rules.source(), rules.version());
    for line in [
        &format!("rebooking_zone_rules{{source={source},version={version}}} 1"),
        "rebooking_effects{lane=mail,state=waiting} 1",
        "rebooking_effects{lane=tickets,state=waiting} 1",
        "rebooking_effects{lane=orders,state=waiting} 0",
        "rebooking_effects{lane=mail,state=dead} 0",
        "rebooking_effects_overdue_seconds{lane=orders} 0",
        "rebooking_lane_closed{lane=mail} 0",
    ] {
        assert_eq!(times(&lines, line), 1, "{line} in {lines:#?}");
    }
    let lines = noted(async {
        let api = with_page(MetricsPage::open);
        api.world.store.every_call(Some(Trouble::Fail));
        assert_eq!(
            api.get("/metrics").await.status,
            StatusCode::OK,
            "the others are still worth reading"
        );
    });
    let unknown = "rebooking_effects{lane=mail,state=dead} NaN";
    assert_eq!(times(&lines, unknown), 1, "{lines:#?}");
}

#[test]
fn no_label_holds_a_link_a_path_an_address_or_a_name() {
    let mut secret = String::new();
    let lines = noted(async {
        let api = with_page(MetricsPage::open);
        let declined = api.chosen().await;
        secret = declined.link.expose().to_owned();
        api.get(&format!("/rebook/{secret}")).await;
        api.get(&format!("/nothing/{secret}?x=erika@example.com")).await;
        api.get_as(SUPPORT, "/api/support/cases?q=erika@example.com").await;
        api.get("/metrics").await;
    });
    let all = lines.join("\n");
    assert!(lines.len() > 10, "{all}");
    for hidden in [&secret, "erika", "example.com", "7001", "/nothing", SUPPORT, "Susi"] {
        assert!(!all.contains(hidden), "{hidden}: {all}");
    }
}
