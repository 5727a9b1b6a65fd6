//! What whoever plays can move: the clock, and whether the systems around the server answer.

use std::time::Duration;

use chrono::TimeDelta;
use rebooking_core::effect::{Effect, EffectState, EffectStatus};
use rebooking_core::error::RebookError;
use rebooking_core::ports::reports::PageRequest;
use rebooking_core::value::course_date::VenueZone;
use serde_json::{Value, json};

use super::Demo;
use super::outside::{Condition, System};

/// How far one click moves the clock: a word for paths, one for people, and how much.
const STEPS: [(&str, &str, TimeDelta); 4] = [
    ("1h", "1 hour", TimeDelta::hours(1)),
    ("1d", "1 day", TimeDelta::days(1)),
    ("7d", "7 days", TimeDelta::days(7)),
    ("90d", "90 days", TimeDelta::days(90)),
];

/// How long is waited until what can be delivered is, before somebody looks.
const TO_LOOK: Duration = Duration::from_secs(2);
/// The same before the clock is moved on, and after something is switched on again: what waited
/// for it is tried again within two seconds.
const TO_GO_ON: Duration = Duration::from_secs(8);
/// How many rows of what waits are shown.
const SHOWN: u32 = 25;

/// What came of moving something.
pub(super) enum Moved {
    Done,
    /// There is no such thing to move.
    NoSuchThing,
    /// A call to the outside is under way, and its lease must not run out before its time.
    Busy,
}

impl Demo {
    /// Moves the clock on by a step, day by day, each with what time alone brings about.
    pub(super) async fn let_pass(&self, step: &str) -> Moved {
        let Some((_, _, by)) = STEPS.iter().find(|(name, ..)| *name == step) else {
            return Moved::NoSuchThing;
        };
        if !self.0.in_memory {
            return Moved::NoSuchThing;
        }
        let _alone = self.0.moving.lock().await;
        let clock = &self.0.fakes.clock;
        let end = clock.ahead() + *by;
        loop {
            if !self.is_idle(TO_GO_ON).await {
                return Moved::Busy;
            }
            let next = (clock.ahead() + TimeDelta::days(1)).min(end);
            if next <= clock.ahead() {
                return Moved::Done;
            }
            clock.set_ahead(next);
            if clock.ahead() < next {
                return Moved::Done;
            }
            if let Err(error) = self.0.rebookings.sweep().await {
                // The worker sweeps, too, once that can be done again.
                tracing::warn!(error = %error.phrase(), "nothing but the clock was moved");
            }
            self.0.rebookings.wake();
        }
    }

    /// Switches a system on, off, or what else it can be.
    pub(super) async fn switch(&self, system: &str, condition: &str) -> Moved {
        let system = self.0.played.iter().find(|known| known.as_str() == system);
        let Some(&system) = system else { return Moved::NoSuchThing };
        let mut conditions = system.conditions().iter();
        let Some(condition) = conditions.find(|known| known.as_str() == condition) else {
            return Moved::NoSuchThing;
        };
        self.0.fakes.switches.set(system, *condition, &self.0.fakes.store);
        if *condition == Condition::On {
            self.0.rebookings.wake();
            self.settled(TO_GO_ON).await;
        }
        Moved::Done
    }

    /// Waits, for a moment at most, until what was asked for has been delivered, so that a mail is
    /// there when somebody looks for it.
    pub(super) async fn settle(&self) {
        self.settled(TO_LOOK).await;
    }

    async fn settled(&self, patience: Duration) {
        self.within(patience, |effect| !effect.state.is_over() && self.is_on(effect)).await;
    }

    /// Waits until nothing is under way, and nothing can be.
    async fn is_idle(&self, patience: Duration) -> bool {
        let is_under_way = |effect: &Effect| match effect.state {
            EffectState::Leased { .. } => true,
            EffectState::Waiting { .. } => self.is_on(effect),
            EffectState::Done { .. } | EffectState::Dead { .. } | EffectState::Skipped { .. } => {
                false
            }
        };
        self.within(patience, is_under_way).await
    }

    /// Whether the system that an effect is for does its work at once.
    fn is_on(&self, effect: &Effect) -> bool {
        let lane = Some(effect.kind.lane());
        let mut systems = System::ALL.into_iter().filter(|system| system.lane() == lane);
        systems.all(|system| self.0.fakes.switches.condition(system) == Condition::On)
    }

    /// Whether no effect is any more what is meant, before patience ends. Without the store
    /// nothing can be under way.
    async fn within(&self, patience: Duration, is_meant: impl Fn(&Effect) -> bool) -> bool {
        const PAUSE: Duration = Duration::from_millis(20);
        let Ok(reports) = self.0.rebookings.reports() else { return true };
        for _ in 0..patience.as_millis() / PAUSE.as_millis() {
            // One look: an effect that is done leaves others to do, which a second look would miss
            // between the two.
            match reports.effects(None, PageRequest::new(1, 100)).await {
                Ok(newest) if newest.rows.iter().any(&is_meant) => {}
                Ok(_) => return true,
                Err(error) => {
                    tracing::warn!(error = %error.phrase(), "cannot see what is under way");
                    return true;
                }
            }
            tokio::time::sleep(PAUSE).await;
        }
        false
    }

    /// All that can be moved, and how it is.
    pub(super) async fn controls(&self) -> Value {
        let waiting = self.waiting().await;
        let readable = waiting.is_ok();
        let (waiting, total) = waiting.unwrap_or_default();
        json!({
            "clock": self.clock(),
            "systems": self.systems().await,
            "readable": readable,
            "waiting": waiting,
            "waitingInAll": total,
        })
    }

    fn clock(&self) -> Value {
        let ahead = self.0.fakes.clock.ahead();
        let now = VenueZone::BERLIN.local(self.0.rebookings.ports().clock.now());
        let steps = STEPS.iter().map(|(name, label, _)| json!({"name": name, "label": label}));
        let policy = self.0.rebookings.policy();
        json!({
            "now": now.format("%A, %-d %B %Y, %H:%M").to_string(),
            "movable": self.0.in_memory,
            "aheadHours": ahead.num_hours(),
            "ahead": span(ahead),
            "steps": steps.collect::<Vec<_>>(),
            "validity": span(policy.validity),
            "reminderBefore": span(policy.reminder_before),
            "purgeAfter": span(policy.purge_after),
        })
    }

    async fn systems(&self) -> Vec<Value> {
        let backlog = self.0.rebookings.backlog().await.map(|seen| seen.value).unwrap_or_default();
        let row = |system: &System| {
            let in_lane = backlog.iter().find(|row| Some(row.lane) == system.lane());
            let condition = self.0.fakes.switches.condition(*system);
            let conditions: Vec<_> =
                system.conditions().iter().map(|condition| condition.as_str()).collect();
            json!({
                "name": system.as_str(),
                "condition": condition.as_str(),
                "conditions": conditions,
                "waiting": in_lane.map(|row| row.waiting),
                "books": self.books(*system),
            })
        };
        self.0.played.iter().map(row).collect()
    }

    /// What has reached a system, as it knows it itself.
    fn books(&self, system: System) -> String {
        let fakes = &self.0.fakes;
        match system {
            System::Shop => {
                let (notes, refunds) = (fakes.shop.comments().len(), fakes.shop.refunds().len());
                format!("{notes} notes on orders, {refunds} refunds")
            }
            System::Helpdesk => {
                let tickets = fakes.tickets.tickets();
                let notes: usize = tickets.iter().map(|ticket| ticket.notes.len()).sum();
                format!("{} tickets with {notes} notes", tickets.len())
            }
            System::Mail => format!("{} mails", fakes.mailbox.sent().len()),
            System::Database => String::new(),
        }
    }

    /// What is still to be delivered, the newest first, and how much that is in all.
    async fn waiting(&self) -> Result<(Vec<Value>, u64), RebookError> {
        let reports = self.0.rebookings.reports()?;
        let (mut rows, mut total) = (Vec::new(), 0);
        for status in [EffectStatus::Leased, EffectStatus::Waiting] {
            let page = reports.effects(Some(status), PageRequest::new(1, SHOWN)).await?;
            rows.extend(page.rows.iter().map(waiting_row));
            total += page.total;
        }
        Ok((rows, total))
    }
}

fn waiting_row(effect: &Effect) -> Value {
    let since = VenueZone::BERLIN.local(effect.created_at);
    json!({
        "what": effect.kind.to_string(),
        "case": effect.token.case,
        "lane": effect.kind.lane().as_str(),
        "state": effect.state.as_str(),
        "since": since.format("%Y-%m-%d %H:%M").to_string(),
        "lastError": effect.last_error,
    })
}

/// Whole days, or else hours.
fn span(time: TimeDelta) -> String {
    let (days, hours) = (time.num_days(), time.num_hours() % 24);
    let count =
        |count: i64, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
    match (days, hours) {
        (days, 0) => count(days, "day"),
        (0, hours) => count(hours, "hour"),
        (days, hours) => format!("{} and {}", count(days, "day"), count(hours, "hour")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_told_in_days_and_hours() {
        for (hours, told) in [
            (0, "0 days"),
            (1, "1 hour"),
            (24, "1 day"),
            (49, "2 days and 1 hour"),
            (720, "30 days"),
        ] {
            assert_eq!(span(TimeDelta::hours(hours)), told);
        }
    }
}
