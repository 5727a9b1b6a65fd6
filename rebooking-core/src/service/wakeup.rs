//! Wake-ups: which lanes a commit has given work to, and who waits to hear of it.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use event_listener::{Event, EventListener};

use crate::change::{Change, EffectWrite};
use crate::effect::{Lane, Outcome};

/// What a commit wakes: the lanes that it has given work to, and whoever waits for the end of an
/// effect. As text it travels from one process to the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wakeup {
    orders: bool,
    mail: bool,
    tickets: bool,
    events: bool,
    ended: bool,
}

const ENDED: &str = "ended";

impl Wakeup {
    /// Everything, for who does not know what has happened.
    pub const ALL: Self =
        Self { orders: true, mail: true, tickets: true, events: true, ended: true };

    /// What `change` wakes once it is committed. A worker looks again after what it has settled,
    /// so its own lane needs no second call; what it gives back at once is for others.
    #[must_use]
    pub fn after(change: &Change) -> Self {
        let first = match change.effect {
            None => Self::default(),
            // In which lane it is, its number does not say.
            Some(EffectWrite::Retry(_) | EffectWrite::TellAgain(_) | EffectWrite::Skip(_)) => {
                Self::ALL
            }
            Some(EffectWrite::Settle { outcome: Outcome::GivenBack { after, .. }, .. })
                if after.is_zero() =>
            {
                Self::ALL
            }
            Some(EffectWrite::Settle { .. }) => Self { ended: true, ..Self::default() },
        };
        change.effects.iter().map(|effect| Self::lane(effect.kind.lane())).fold(first, Self::and)
    }

    /// One lane.
    #[must_use]
    pub fn lane(lane: Lane) -> Self {
        let mut one = Self::default();
        *one.of_lane(lane) = true;
        one
    }

    /// Both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            orders: self.orders || other.orders,
            mail: self.mail || other.mail,
            tickets: self.tickets || other.tickets,
            events: self.events || other.events,
            ended: self.ended || other.ended,
        }
    }

    /// Whether nobody is woken.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }

    /// The lanes that have work.
    pub fn each_lane(mut self) -> impl Iterator<Item = Lane> {
        Lane::ALL.into_iter().filter(move |lane| *self.of_lane(*lane))
    }

    const fn of_lane(&mut self, lane: Lane) -> &mut bool {
        match lane {
            Lane::Orders => &mut self.orders,
            Lane::Mail => &mut self.mail,
            Lane::Tickets => &mut self.tickets,
            Lane::Events => &mut self.events,
        }
    }
}

impl fmt::Display for Wakeup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = self.each_lane().map(Lane::as_str).chain(self.ended.then_some(ENDED));
        let words: Vec<&str> = words.collect();
        f.write_str(&words.join(" "))
    }
}

/// Reads what another process has sent. A word that this version does not know wakes everybody,
/// and so does a text that says nothing.
impl FromStr for Wakeup {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        let one = |word: &str| match word {
            ENDED => Self { ended: true, ..Self::default() },
            lane => lane.parse().map_or(Self::ALL, Self::lane),
        };
        let read = text.split_whitespace().map(one).reduce(Self::and);
        Ok(read.unwrap_or(Self::ALL))
    }
}

/// The events of one front door.
#[derive(Debug, Default)]
pub(super) struct Wakeups {
    orders: Event,
    mail: Event,
    tickets: Event,
    events: Event,
    ended: Event,
    any: Event,
}

impl Wakeups {
    fn of_lane(&self, lane: Lane) -> &Event {
        match lane {
            Lane::Orders => &self.orders,
            Lane::Mail => &self.mail,
            Lane::Tickets => &self.tickets,
            Lane::Events => &self.events,
        }
    }

    /// Resolves when there is work for a lane.
    pub(super) fn lane(&self, lane: Lane) -> EventListener {
        self.of_lane(lane).listen()
    }

    /// Resolves when an effect has ended.
    pub(super) fn ended(&self) -> EventListener {
        self.ended.listen()
    }

    /// Resolves whenever anybody is woken.
    pub(super) fn any(&self) -> EventListener {
        self.any.listen()
    }

    pub(super) fn wake(&self, whom: Wakeup) {
        if whom.is_empty() {
            return;
        }
        for lane in whom.each_lane() {
            self.of_lane(lane).notify(usize::MAX);
        }
        if whom.ended {
            self.ended.notify(usize::MAX);
        }
        self.any.notify(usize::MAX);
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::effect::{EffectKind, EventKind, Lease, MailKind};
    use crate::testing::samples;
    use crate::value::ids::{CaseId, EffectId, TokenRef};

    fn change(kinds: &[EffectKind], effect: Option<EffectWrite>) -> Change {
        let token = TokenRef::first(CaseId::new(1));
        let change = Change { effect, ..Change::at(samples::now()) };
        kinds.iter().fold(change, |change, kind| change.effect_once(token, *kind))
    }

    #[test]
    fn a_change_wakes_the_lanes_that_it_gives_work_to_and_no_other() {
        let mail = EffectKind::Mail(MailKind::Declined);
        let lease = Lease { effect: EffectId::new(1), fence: 1 };
        let settled = Some(EffectWrite::Settle { lease, outcome: Outcome::Done });
        let retried = Some(EffectWrite::Retry(EffectId::new(1)));
        let given_back = |after| {
            let outcome = Outcome::GivenBack { after, error: "stopped".to_owned() };
            Some(EffectWrite::Settle { lease, outcome })
        };
        for (change, woken) in [
            (change(&[], None), ""),
            (change(&[EffectKind::PlaceOrder], None), "orders"),
            (change(&[mail, EffectKind::Refund, mail], None), "orders mail"),
            (change(&[EffectKind::Event(EventKind::OrderMade)], None), "events"),
            (change(&[], settled.clone()), "ended"),
            (change(&[mail], settled), "mail ended"),
            (change(&[], retried), "orders mail tickets events ended"),
            (change(&[], given_back(TimeDelta::zero())), "orders mail tickets events ended"),
            (change(&[], given_back(TimeDelta::seconds(1))), "ended"),
        ] {
            assert_eq!(Wakeup::after(&change).to_string(), woken);
        }
    }

    #[test]
    fn what_another_version_sends_wakes_everybody_where_it_is_not_understood() {
        let read = |text: &str| text.parse::<Wakeup>().unwrap_or_default();
        assert_eq!(read("mail ended").to_string(), "mail ended");
        assert_eq!(read(""), Wakeup::ALL);
        assert_eq!(read("mail letters"), Wakeup::ALL);
    }
}
