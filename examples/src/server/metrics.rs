//! What is counted: kept by a recorder for Prometheus, read at `/metrics`.

use std::time::Duration;

use metrics::{counter, gauge};
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};
use rebooking_core::effect::Lane;
use rebooking_core::service::Delivered;
use rebooking_http::MetricsPage;
use rebooking_magento::{Looked, Watched};
use tokio::runtime::Handle;
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
    let tasks = Handle::current().metrics();
    let page = MetricsPage::new(move || {
        let tasks = u32::try_from(tasks.num_alive_tasks()).unwrap_or(u32::MAX);
        gauge!("rebooking_server_tasks").set(tasks);
        handle.render()
    });
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

/// Counts what a look at the shop found. Orders that nobody claims are a level: it falls once
/// people have dealt with them.
pub(crate) fn watched(watched: &Watched) {
    match watched {
        Watched::Looked(Looked { gone, requests, put_off }) => {
            for (what, count) in [("gone", gone), ("request", requests), ("put_off", put_off)] {
                let count = u64::try_from(*count).unwrap_or(u64::MAX);
                counter!("rebooking_shop_orders_seen_total", "what" => what).increment(count);
            }
        }
        Watched::Reconciled(found) => {
            for (what, orders) in
                [("unclaimed", &found.unclaimed), ("called_off", &found.called_off)]
            {
                let count = u32::try_from(orders.len()).unwrap_or(u32::MAX);
                gauge!("rebooking_shop_orders_astray", "what" => what).set(count);
            }
        }
        Watched::Failed => counter!("rebooking_shop_looks_failed_total").increment(1),
    }
}

/// In how many zones the database's clocks go otherwise than ours.
pub(crate) fn zone_differences(zones: usize) {
    gauge!("rebooking_zone_differences").set(u32::try_from(zones).unwrap_or(u32::MAX));
}

#[cfg(test)]
mod tests {
    use rebooking_core::value::booking::OrderNumber;
    use rebooking_core::value::ids::OrderId;
    use rebooking_magento::{KeyedOrder, Reconciled};

    use super::*;

    #[test]
    fn what_the_worker_did_can_be_read_by_prometheus() {
        let recorder = recorder().unwrap();
        let handle = recorder.handle();
        metrics::with_local_recorder(&recorder, || {
            delivered(Lane::Mail, Delivered { done: 3, retried: 1, ..Delivered::default() });
            delivered(Lane::Mail, Delivered { done: 2, ..Delivered::default() });
            metrics::histogram!("some_seconds").record(0.003);
            watched(&Watched::Looked(Looked { gone: 2, ..Looked::default() }));
            let (key, order, live) = ("reb-1-1".to_owned(), OrderId::new(7), true);
            let number = OrderNumber::parse("000000007").unwrap();
            let unclaimed = vec![KeyedOrder { key, order, number, live }];
            watched(&Watched::Reconciled(Reconciled { unclaimed, ..Reconciled::default() }));
            watched(&Watched::Failed);
        });
        let text = handle.render();
        for line in [
            "rebooking_effects_ended_total{lane=\"mail\",end=\"done\"} 5",
            "rebooking_effects_ended_total{lane=\"mail\",end=\"retried\"} 1",
            "rebooking_effects_ended_total{lane=\"mail\",end=\"dead\"} 0",
            "rebooking_shop_orders_seen_total{what=\"gone\"} 2",
            "rebooking_shop_orders_astray{what=\"unclaimed\"} 1",
            "rebooking_shop_orders_astray{what=\"called_off\"} 0",
            "rebooking_shop_looks_failed_total 1",
            "some_seconds_bucket{le=\"0.0025\"} 0",
            "some_seconds_bucket{le=\"0.005\"} 1",
        ] {
            assert!(text.lines().any(|there| there == line), "{line} in {text}");
        }
    }
}
