//! Lanes whose way out is barred, or leads to nobody: closed as a whole, probed by one effect after
//! a pause, opened by the first that gets through.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

use crate::effect::Lane;
use crate::policy::Delivery;
use crate::ports::PortError;
use crate::service::Rebookings;

/// A lane that carries nothing out for now, because the other side refuses us or does not answer,
/// whatever we ask (see [`PortError::Unauthorized`] and [`PortError::Unavailable`]). Nothing is
/// lost: its effects wait, and no try of theirs is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenCircuit {
    /// Which one.
    pub lane: Lane,
    /// Since when, by this process's clock.
    pub since: DateTime<Utc>,
    /// When one effect will be tried again.
    pub next_probe: DateTime<Utc>,
    /// Why, without personal data.
    pub error: String,
}

impl Rebookings {
    /// Lanes that are closed in this process: for readiness, metrics, and whoever must renew a
    /// password. The log has one error when we are refused, one warning when nobody answers, and
    /// one line when the lane is open again.
    #[must_use]
    pub fn open_circuits(&self) -> Vec<OpenCircuit> {
        self.0.circuits.closed().values().map(|tripped| tripped.lane.clone()).collect()
    }
}

/// The gates of one process. Each process finds out for itself, so that one with a right password
/// goes on.
#[derive(Debug, Default)]
pub(in crate::service) struct Breakers(Mutex<BTreeMap<Lane, Tripped>>);

#[derive(Debug)]
struct Tripped {
    lane: OpenCircuit,
    /// How often in a row it was found closed.
    times: u32,
    /// Whether nobody answers, rather than that we are refused.
    down: bool,
}

/// What a round may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::service) enum Permit {
    /// The lane is open.
    Open,
    /// The lane is closed, but one effect may try.
    Probe,
    /// Nothing.
    Closed,
}

/// What the end of an attempt says about the way out.
#[derive(Clone, Copy, Debug)]
pub(in crate::service) enum Health<'a> {
    /// The other side served us.
    Served,
    /// It refuses us.
    Unauthorized(&'a PortError),
    /// It is not there.
    Unavailable(&'a PortError),
    /// It did not answer this one thing.
    Unclear,
    /// It was not asked, or refused this one thing.
    Nothing,
}

impl Breakers {
    /// Whether a round may begin. Only one probe at a time is let out.
    pub(in crate::service) fn admit(
        &self,
        lane: Lane,
        delivery: Delivery,
        now: DateTime<Utc>,
    ) -> Permit {
        match self.closed().get_mut(&lane) {
            None => Permit::Open,
            Some(tripped) if now < tripped.lane.next_probe => Permit::Closed,
            Some(tripped) => {
                tripped.lane.next_probe = now + tripped.pause(delivery);
                Permit::Probe
            }
        }
    }

    /// Takes in how an attempt ended, and says how long the lane is closed.
    pub(in crate::service) fn learn(
        &self,
        lane: Lane,
        permit: Permit,
        health: Health<'_>,
        delivery: Delivery,
        now: DateTime<Utc>,
    ) -> TimeDelta {
        let mut closed = self.closed();
        let probe = permit == Permit::Probe;
        let down = matches!(health, Health::Unavailable(_));
        match (health, closed.get_mut(&lane)) {
            (Health::Unauthorized(error) | Health::Unavailable(error), None) => {
                alarm(lane, down, error);
                let lane_closed =
                    OpenCircuit { lane, since: now, next_probe: now, error: error.phrase() };
                let tripped =
                    closed.entry(lane).or_insert(Tripped { lane: lane_closed, times: 0, down });
                tripped.again(delivery, now);
            }
            (Health::Unauthorized(error) | Health::Unavailable(error), Some(tripped)) if probe => {
                if tripped.down && !down {
                    alarm(lane, down, error);
                }
                tripped.lane.error = error.phrase();
                tripped.down = down;
                tripped.again(delivery, now);
            }
            (Health::Served, Some(_)) if probe => {
                closed.remove(&lane);
                tracing::info!(lane = lane.as_str(), "open again");
            }
            // The next one tries at once.
            (Health::Nothing, Some(tripped)) if probe => tripped.lane.next_probe = now,
            // What had begun before the lane was closed proves nothing, and is no second alarm.
            (
                Health::Served
                | Health::Unauthorized(_)
                | Health::Unavailable(_)
                | Health::Unclear
                | Health::Nothing,
                _,
            ) => {}
        }
        closed.get(&lane).map_or(TimeDelta::zero(), |tripped| tripped.lane.next_probe - now)
    }

    fn closed(&self) -> MutexGuard<'_, BTreeMap<Lane, Tripped>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One of each kind a tripped: a password is for people to renew, while what is down mostly comes
/// back by itself.
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
        self.lane.next_probe = now + self.pause(delivery);
    }

    /// Twice as long each time, up to the cap of all pauses.
    fn pause(&self, delivery: Delivery) -> TimeDelta {
        let first = if self.down { delivery.backoff_base } else { delivery.barred_pause };
        let doubled = 1_i32.checked_shl(self.times.saturating_sub(1).min(30)).unwrap_or(i32::MAX);
        let longest = delivery.backoff_cap.max(first);
        first.checked_mul(doubled).unwrap_or(longest).min(longest)
    }
}
