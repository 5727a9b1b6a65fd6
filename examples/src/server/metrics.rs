//! What is counted: kept by a recorder for Prometheus, read at `/metrics`.

use std::time::Duration;

use metrics::counter;
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};
use rebooking_core::effect::Lane;
use rebooking_core::service::Delivered;
use rebooking_http::MetricsPage;
use tokio::time::sleep;

/// Who may read `/metrics`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MetricsFor {
    Nobody,
    /// Whoever shows an access token of support's.
    Support,
    Everybody,
}

/// From a fast answer to one that has run into the deadline.
const SECONDS: [f64; 11] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 20.0];

/// Begins to count, and says what `/metrics` answers.
pub(crate) fn start(who: MetricsFor) -> Result<Option<MetricsPage>, Box<dyn std::error::Error>> {
    if who == MetricsFor::Nobody {
        return Ok(None);
    }
    let recorder = recorder()?;
    let handle = recorder.handle();
    metrics::set_global_recorder(recorder)?;
    tokio::spawn(tidied(handle.clone()));
    let page = MetricsPage::new(move || handle.render());
    Ok(Some(if who == MetricsFor::Everybody { page.open() } else { page }))
}

fn recorder() -> Result<metrics_exporter_prometheus::PrometheusRecorder, BuildError> {
    let durations = Matcher::Suffix("_seconds".to_owned());
    Ok(PrometheusBuilder::new().set_buckets_for_metric(durations, &SECONDS)?.build_recorder())
}

/// The recorder keeps single values until somebody looks: nobody may, for days.
async fn tidied(handle: PrometheusHandle) {
    loop {
        sleep(Duration::from_secs(5)).await;
        handle.run_upkeep();
    }
}

/// Counts what a round of the worker did, by lane and by how effects ended.
pub(crate) fn delivered(lane: Lane, delivered: Delivered) {
    let Delivered { done, retried, dead, left } = delivered;
    for (end, count) in [("done", done), ("retried", retried), ("dead", dead), ("left", left)] {
        counter!("rebooking_effects_ended_total", "lane" => lane.as_str(), "end" => end)
            .increment(count.into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_worker_did_can_be_read_by_prometheus() {
        let recorder = recorder().unwrap();
        let handle = recorder.handle();
        metrics::with_local_recorder(&recorder, || {
            delivered(Lane::Mail, Delivered { done: 3, retried: 1, ..Delivered::default() });
            delivered(Lane::Mail, Delivered { done: 2, ..Delivered::default() });
            metrics::histogram!("some_seconds").record(0.003);
        });
        let text = handle.render();
        for line in [
            "rebooking_effects_ended_total{lane=\"mail\",end=\"done\"} 5",
            "rebooking_effects_ended_total{lane=\"mail\",end=\"retried\"} 1",
            "rebooking_effects_ended_total{lane=\"mail\",end=\"dead\"} 0",
            "some_seconds_bucket{le=\"0.0025\"} 0",
            "some_seconds_bucket{le=\"0.005\"} 1",
        ] {
            assert!(text.lines().any(|there| there == line), "{line} in {text}");
        }
    }
}
