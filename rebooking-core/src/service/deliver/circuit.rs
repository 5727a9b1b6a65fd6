//! Circuit breakers, one a lane. A breaker trips when the other side is down or refuses our
//! credentials; after a pause one effect probes it, and the first that gets through resets it.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

use crate::effect::Lane;
use crate::policy::Delivery;
use crate::ports::PortError;
use crate::service::Rebookings;

/// A lane whose circuit breaker has tripped: it delivers nothing for now, because the other side
/// refuses us or does not answer, whatever we ask (see [`PortError::Unauthorized`] and
/// [`PortError::Unavailable`]). Nothing is lost: its effects wait, and no attempt is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OpenCircuit {
    /// Which lane.
    pub lane: Lane,
    /// Since when, by this process's clock.
    pub since: DateTime<Utc>,
    /// When one effect will be tried again.
    pub next_probe: DateTime<Utc>,
    /// Why, without personal data.
    pub error: String,
}

impl Rebookings {
    /// Lanes whose circuit breaker has tripped in this process: for readiness, metrics, and whoever
    /// must renew a password. The log has one error when we are refused, one warning when nobody
    /// answers, and one line when the lane delivers again.
    #[must_use]
    pub fn open_circuits(&self) -> Vec<OpenCircuit> {
        self.0.circuits.tripped().values().map(|tripped| tripped.circuit.clone()).collect()
    }
}

/// The circuit breakers of one process. Each process finds out for itself, so that one with valid
/// credentials goes on.
#[derive(Debug, Default)]
pub(in crate::service) struct Breakers(Mutex<BTreeMap<Lane, Tripped>>);

#[derive(Debug)]
struct Tripped {
    circuit: OpenCircuit,
    /// How many probes in a row have failed.
    times: u32,
    /// Whether the other side is down, rather than refusing us.
    down: bool,
}

/// What a delivery round may do in a lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::service) enum Permit {
    /// Deliver: the breaker has not tripped.
    Deliver,
    /// Try one effect: the pause is over.
    Probe,
    /// Deliver nothing: the breaker has tripped.
    Wait,
}

/// What the end of an attempt says about the health of the other side.
#[derive(Clone, Copy, Debug)]
pub(in crate::service) enum Health<'a> {
    /// The other side served us.
    Served,
    /// It refuses our credentials.
    Unauthorized(&'a PortError),
    /// It is down.
    Unavailable(&'a PortError),
    /// It did not answer this one thing.
    Unclear,
    /// It was not asked, or refused this one thing.
    Nothing,
}

impl Breakers {
    /// Whether a round may begin. Only one probe runs at a time.
    pub(in crate::service) fn admit(
        &self,
        lane: Lane,
        delivery: Delivery,
        now: DateTime<Utc>,
    ) -> Permit {
        match self.tripped().get_mut(&lane) {
            None => Permit::Deliver,
            Some(tripped) if now < tripped.circuit.next_probe => Permit::Wait,
            Some(tripped) => {
                tripped.circuit.next_probe = now + tripped.pause(delivery);
                Permit::Probe
            }
        }
    }

    /// Records how an attempt ended, and returns how long the breaker stays tripped.
    pub(in crate::service) fn learn(
        &self,
        lane: Lane,
        permit: Permit,
        health: Health<'_>,
        delivery: Delivery,
        now: DateTime<Utc>,
    ) -> TimeDelta {
        let mut all = self.tripped();
        let probe = permit == Permit::Probe;
        let down = matches!(health, Health::Unavailable(_));
        match (health, all.get_mut(&lane)) {
            (Health::Unauthorized(error) | Health::Unavailable(error), None) => {
                alarm(lane, down, error);
                let circuit =
                    OpenCircuit { lane, since: now, next_probe: now, error: error.phrase() };
                let tripped = all.entry(lane).or_insert(Tripped { circuit, times: 0, down });
                tripped.again(delivery, now);
            }
            (Health::Unauthorized(error) | Health::Unavailable(error), Some(tripped)) if probe => {
                if tripped.down && !down {
                    alarm(lane, down, error);
                }
                tripped.circuit.error = error.phrase();
                tripped.down = down;
                tripped.again(delivery, now);
            }
            (Health::Served, Some(_)) if probe => {
                all.remove(&lane);
                tracing::info!(lane = lane.as_str(), "open again");
            }
            // The next one tries at once.
            (Health::Nothing, Some(tripped)) if probe => tripped.circuit.next_probe = now,
            // What had begun before the breaker tripped proves nothing, and is no second alarm.
            (
                Health::Served
                | Health::Unauthorized(_)
                | Health::Unavailable(_)
                | Health::Unclear
                | Health::Nothing,
                _,
            ) => {}
        }
        all.get(&lane).map_or(TimeDelta::zero(), |tripped| tripped.circuit.next_probe - now)
    }

    /// Lets a lane deliver at once, as somebody has put things right over there.
    pub(in crate::service) fn reset(&self, lane: Lane) {
        self.tripped().remove(&lane);
    }

    fn tripped(&self) -> MutexGuard<'_, BTreeMap<Lane, Tripped>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One log line each time a breaker trips: a password is for people to renew, while what is down
/// mostly comes back by itself.
fn alarm(lane: Lane, down: bool, error: &PortError) {
    let (lane, error) = (lane.as_str(), error.phrase());
    if down {
        tracing::warn!(lane, %error, "closed: nobody answers");
    } else {
        tracing::error!(lane, %error, "closed: the other side refuses us");
    }
}

impl Tripped {
    fn again(&mut self, delivery: Delivery, now: DateTime<Utc>) {
        self.times = self.times.saturating_add(1);
        self.circuit.next_probe = now + self.pause(delivery);
    }

    /// Exponential backoff: twice as long each time, up to the cap of all pauses.
    fn pause(&self, delivery: Delivery) -> TimeDelta {
        let first = if self.down { delivery.backoff_base } else { delivery.unauthorized_pause };
        let doubled = 1_i32.checked_shl(self.times.saturating_sub(1).min(30)).unwrap_or(i32::MAX);
        let longest = delivery.backoff_cap.max(first);
        first.checked_mul(doubled).unwrap_or(longest).min(longest)
    }
}
