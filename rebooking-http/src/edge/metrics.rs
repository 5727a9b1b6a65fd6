//! What is counted, for whoever reads it by a recorder of the `metrics` crate. Labels are words of
//! ours: a route is named as it is written in the code, and no link, path, address or name is ever
//! in one.

use http::{Method, StatusCode};
use metrics::{counter, gauge, histogram};
use rebooking_core::effect::Lane;
use rebooking_core::ports::store::PageRequest;
use tokio::time::Instant;

use crate::edge::route::Route;
use crate::state::AppState;

/// One request.
pub(crate) struct Meter(Instant);

impl Meter {
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    pub(crate) fn answered(self, route: &Route, method: &Method, status: StatusCode) {
        let (route, method) = (route.name().to_owned(), named(method));
        let status = status.as_str().to_owned();
        counter!("rebooking_http_requests_total", "route" => route.clone(), "method" => method, "status" => status)
            .increment(1);
        histogram!("rebooking_http_request_duration_seconds", "route" => route, "method" => method)
            .record(self.0.elapsed());
    }
}

/// Anybody can make up methods: they share a name.
fn named(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

/// Somebody was shown a link that works.
pub(crate) fn opened(by_a_person: bool) {
    counter!("rebooking_links_opened_total", "by" => if by_a_person { "person" } else { "robot" })
        .increment(1);
}

/// A choice was made, or refused with a code.
pub(crate) fn chosen(by: &'static str, outcome: impl FnOnce() -> &'static str) {
    counter!("rebooking_choices_total", "by" => by, "outcome" => outcome()).increment(1);
}

/// Looks at what is not counted as it happens, because it only matters how it is now.
pub(crate) async fn look(app: &AppState) {
    let closed = app.rebookings().open_circuits();
    for lane in Lane::ALL {
        let is_closed = closed.iter().any(|closed| closed.lane == lane);
        gauge!("rebooking_lane_closed", "lane" => lane.name()).set(f64::from(u8::from(is_closed)));
    }
    // What is done is not asked for: it only grows, and the worker counts it.
    for state in ["waiting", "leased", "dead"] {
        let found = app.rebookings().effects(Some(state), PageRequest::new(1, 1)).await;
        // A number that is not known must not pass for the last one that was.
        #[expect(clippy::cast_precision_loss, reason = "so many effects there never are")]
        let count = found.map_or(f64::NAN, |found| found.total as f64);
        gauge!("rebooking_effects", "state" => state).set(count);
    }
}
