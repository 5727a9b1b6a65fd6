//! How the service is used: visits of links and choices, counted for the business.
//!
//! Labels are words of ours, and no link, address or name is ever in one.

use http::Method;
use rebooking_core::link::LinkSecret;
use rebooking_core::service::{Choice, Chosen, LinkOffers};
use rebooking_core::value::customer::Language;
use rebooking_core::{RebookError, Rebookings};

use crate::error::ApiError;
use crate::state::AppState;

/// Notes that a link was shown. A person's visit counts, once for each link and however many
/// machines came before; what goes wrong with it is no business of the customer's.
pub(crate) async fn note_visit(
    app: &AppState,
    link: &LinkSecret,
    shown: &LinkOffers,
    method: &Method,
    by_a_person: bool,
) {
    if *method != Method::GET {
        return;
    }
    counters::opened(by_a_person);
    if by_a_person {
        app.rebookings().customer(link).visited(shown).await.ok();
    }
}

/// The customer's choice, from wherever it comes.
pub(crate) async fn choose(
    app: &AppState,
    link: &LinkSecret,
    choice: &Choice,
) -> Result<Chosen, ApiError> {
    count_choice(app, "customer", app.rebookings().customer(link).choose(choice).await)
}

/// The customer's choice of another date in place of a backup.
pub(crate) async fn exchange(
    app: &AppState,
    link: &LinkSecret,
    choice: &Choice,
) -> Result<Chosen, ApiError> {
    let changed = app.rebookings().customer(link).exchange(choice).await;
    count_choice(app, "customer", changed)
}

/// Counts how a choice went.
pub(crate) fn count_choice(
    app: &AppState,
    by: &'static str,
    chosen: Result<Chosen, RebookError>,
) -> Result<Chosen, ApiError> {
    let chosen = chosen.map_err(ApiError::Core);
    counters::chosen(by, || match &chosen {
        Ok(_) => "chosen",
        Err(error) => error.code(&app.caller(Language::GERMAN)).as_str(),
    });
    chosen
}

/// Sets the gauges of what is not counted as it happens, because it only matters how it is now.
pub(crate) async fn measure(rebookings: &Rebookings) {
    counters::measure(rebookings).await;
}

#[cfg(feature = "metrics")]
mod counters {
    use metrics::{counter, gauge};
    use rebooking_core::Rebookings;
    use rebooking_core::effect::Lane;
    use rebooking_core::ports::AsOf;
    use rebooking_core::ports::reports::Backlog;
    use rebooking_core::value::zone::ZoneRules;

    pub(super) fn opened(by_a_person: bool) {
        let by = if by_a_person { "person" } else { "robot" };
        counter!("rebooking_links_opened_total", "by" => by).increment(1);
    }

    pub(super) fn chosen(by: &'static str, outcome: impl FnOnce() -> &'static str) {
        counter!("rebooking_choices_total", "by" => by, "outcome" => outcome()).increment(1);
    }

    pub(super) async fn measure(rebookings: &Rebookings) {
        let rules = ZoneRules::of_process();
        let version = rules.version().to_owned();
        gauge!("rebooking_zone_rules", "source" => rules.source(), "version" => version).set(1);
        let malformed = rebookings.malformed_rows().await.map(|rows| rows.len() as u64);
        gauge!("rebooking_malformed_rows").set(malformed.map_or(f64::NAN, level));
        let open = rebookings.open_circuits();
        let seen = rebookings.backlog().await.ok();
        for lane in Lane::ALL {
            let is_open = open.iter().any(|circuit| circuit.lane == lane);
            gauge!("rebooking_lane_closed", "lane" => lane.as_str()).set(u8::from(is_open));
            backlog(lane, seen.as_ref());
        }
    }

    fn level(number: u64) -> f64 {
        u32::try_from(number).map_or(f64::INFINITY, f64::from)
    }

    /// A number that is not known must not pass for the last one that was.
    fn backlog(lane: Lane, seen: Option<&AsOf<Vec<Backlog>>>) {
        let backlog = seen.and_then(|seen| seen.value.iter().find(|one| one.lane == lane));
        let state = |state: &'static str, number: f64| {
            gauge!("rebooking_effects", "lane" => lane.as_str(), "state" => state).set(number);
        };
        state("waiting", backlog.map_or(f64::NAN, |backlog| level(backlog.waiting)));
        state("dead", backlog.map_or(f64::NAN, |backlog| level(backlog.dead)));
        let age = seen.zip(backlog).map_or(f64::NAN, |(seen, backlog)| {
            let age = backlog.due_since.map(|since| seen.now - since).unwrap_or_default();
            age.to_std().unwrap_or_default().as_secs_f64()
        });
        gauge!("rebooking_effects_overdue_seconds", "lane" => lane.as_str()).set(age);
    }
}

/// Without the feature `metrics` nothing is counted.
#[cfg(not(feature = "metrics"))]
mod counters {
    use rebooking_core::Rebookings;

    pub(super) const fn opened(_by_a_person: bool) {}

    pub(super) fn chosen(_by: &'static str, _outcome: impl FnOnce() -> &'static str) {}

    pub(super) async fn measure(_rebookings: &Rebookings) {}
}
