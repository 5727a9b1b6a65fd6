//! Every port call passes a gate, before and after: there the process may end, stand still, or let
//! another go first.

use std::future::{pending, poll_fn};
use std::sync::{Arc, Mutex};
use std::task::Poll;

use chrono::TimeDelta;
use rebooking_core::change::{Change, EffectWrite, TokenWrite};
use rebooking_core::ports::Clock as _;
use rebooking_core::value::ids::TokenRef;

use crate::clock::SimClock;

/// What goes wrong at which gate of one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mishap {
    None,
    /// The process ends.
    Crash {
        at: u32,
    },
    /// The process stands still for so many seconds while the world goes on.
    Pause {
        at: u32,
        seconds: u32,
    },
}

#[derive(Clone)]
pub(crate) struct Gate {
    clock: SimClock,
    state: Arc<Mutex<State>>,
}

struct State {
    mishap: Mishap,
    /// Two bits a gate: how often to let others go first.
    turns: u64,
    passed: u32,
    activity: u64,
    crashed: bool,
    mishaps: u32,
    used_too_late: Option<TokenRef>,
    asked_again: usize,
}

impl Gate {
    pub(crate) fn new(clock: SimClock) -> Self {
        let state = State {
            mishap: Mishap::None,
            turns: 0,
            passed: 0,
            activity: 0,
            crashed: false,
            mishaps: 0,
            used_too_late: None,
            asked_again: 0,
        };
        Self { clock, state: Arc::new(Mutex::new(state)) }
    }

    pub(crate) fn arm(&self, mishap: Mishap, turns: u64) {
        let mut state = self.state.lock().unwrap();
        (state.mishap, state.turns, state.passed, state.crashed) = (mishap, turns, 0, false);
    }

    /// A port misbehaves in this step: a mishap too.
    pub(crate) fn troubled(&self) {
        self.state.lock().unwrap().mishaps += 1;
    }

    pub(crate) fn crashed(&self) -> bool {
        self.state.lock().unwrap().crashed
    }

    /// Grows whenever somebody passes or waits at a gate.
    pub(crate) fn activity(&self) -> u64 {
        self.state.lock().unwrap().activity
    }

    /// How many mishaps there were since the beginning.
    pub(crate) fn mishaps(&self) -> u32 {
        self.state.lock().unwrap().mishaps
    }

    /// A token that a committed change used up at or after its expiry, by the store's clock at that
    /// very moment.
    pub(crate) fn used_too_late(&self) -> Option<TokenRef> {
        self.state.lock().unwrap().used_too_late
    }

    /// How many events support has had told once more.
    pub(crate) fn asked_again(&self) -> usize {
        self.state.lock().unwrap().asked_again
    }

    pub(crate) fn committed(&self, change: &Change) {
        let now = self.clock.now();
        if let Some(EffectWrite::TellAgain(_)) = change.effect {
            self.state.lock().unwrap().asked_again += 1;
        }
        for write in &change.tokens {
            let TokenWrite::Update { next, unexpired: true } = write else { continue };
            if now >= next.expires_at() {
                self.state.lock().unwrap().used_too_late = Some(next.id());
            }
        }
    }

    pub(crate) async fn pass(&self) {
        let (turns, crashed) = {
            let mut state = self.state.lock().unwrap();
            state.passed += 1;
            state.activity += 1;
            match state.mishap {
                Mishap::Crash { at } if at == state.passed => {
                    state.crashed = true;
                    state.mishaps += 1;
                }
                Mishap::Pause { at, seconds } if at == state.passed => {
                    state.mishaps += 1;
                    self.clock.advance(TimeDelta::seconds(i64::from(seconds)));
                }
                Mishap::None | Mishap::Crash { .. } | Mishap::Pause { .. } => {}
            }
            ((state.turns >> (2 * (state.passed % 32))) & 3, state.crashed)
        };
        if crashed {
            pending::<()>().await;
        }
        let mut left = turns;
        poll_fn(|_| {
            if left == 0 {
                return Poll::Ready(());
            }
            left -= 1;
            self.state.lock().unwrap().activity += 1;
            Poll::Pending
        })
        .await;
    }
}
