//! *Deliver*: carries out what was committed, one effect at a time, and commits what came of it
//! together with the effect's end.

mod act;
mod checkpoints;
pub(super) mod circuit;
mod count;
mod notice;
pub(super) mod order;
mod outcome;
mod retry;
mod settle;
pub(crate) mod stop;

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use chrono::TimeDelta;
use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, Either, join_all, select};
use tracing::Instrument as _;

use self::checkpoints::LeasedCheckpoints;
use self::circuit::{Health, Permit};
use self::outcome::{given_up, health};
use super::Rebookings;
use crate::change::{Change, Commit, EffectWrite};
use crate::effect::{Claimed, Lane, Outcome};
use crate::error::RebookError;
use crate::policy::Delivery;
use crate::ports::{AsOf, PortError, TraceParent};
use crate::token::RebookingToken;
use act::{Acted, was_accepted};
pub(crate) use count::End;
use stop::Stop;

pub use count::Delivered;

impl Rebookings {
    /// Claims what is due in every lane, once, and carries it out. For tests, and for hosts with a
    /// scheduler of their own; the loop is the `runtime` feature's `Worker`. Any number may run at
    /// once.
    ///
    /// # Errors
    /// [`PortError`] when the store cannot be asked for work. What goes wrong with an effect is
    /// noted with the effect.
    pub async fn deliver(&self) -> Result<Delivered, PortError> {
        let mut all = Delivered::default();
        for lane in Lane::ALL {
            all = all.and(self.deliver_lane(lane).await?);
        }
        Ok(all)
    }

    /// The same for one lane.
    ///
    /// # Errors
    /// As [`Rebookings::deliver`].
    pub async fn deliver_lane(&self, lane: Lane) -> Result<Delivered, PortError> {
        let begun = self.begin(lane, self.policy().delivery.at_once, &Stop::never()).await?;
        let mut all = Delivered::default();
        join_all(begun).await.into_iter().for_each(|end| all.count(end));
        Ok(all)
    }

    /// Claims what is due in a lane, so many effects at most, and gives what carries each of them
    /// out; from the moment on when `stop` says so it gives them back instead.
    pub(crate) async fn begin(
        &self,
        lane: Lane,
        at_most: u32,
        stop: &Stop,
    ) -> Result<Vec<Attempt>, PortError> {
        if !self.serves(lane) {
            return Ok(Vec::new());
        }
        let (policy, now) = (self.policy().delivery, self.0.ports.clock.now());
        let permit = self.0.circuits.admit(lane, policy, now);
        let at_most = match permit {
            Permit::Deliver => at_most,
            Permit::Probe if self.is_switched_off(lane).await? => return Ok(Vec::new()),
            Permit::Probe => at_most.min(1),
            Permit::Wait => return Ok(Vec::new()),
        };
        let claimed = self.queue().claim(lane, at_most, policy.lease).await?;
        if claimed.is_empty() {
            self.learn(lane, permit, Health::Nothing);
        }
        let carried_out = claimed.into_iter().map(|claimed| {
            let (here, stop) = (self.clone(), stop.clone());
            async move { here.in_its_trace(claimed, permit, &stop).await }.boxed()
        });
        Ok(carried_out.collect())
    }

    fn learn(&self, lane: Lane, permit: Permit, health: Health<'_>) -> TimeDelta {
        self.0.circuits.learn(
            lane,
            permit,
            health,
            self.policy().delivery,
            self.0.ports.clock.now(),
        )
    }

    /// No request waits for an effect, so each try of it is a trace of its own.
    async fn in_its_trace(&self, claimed: Claimed, permit: Permit, stop: &Stop) -> End {
        let key = claimed.effect.key.as_str();
        let trace = TraceParent::of_work(key, claimed.now);
        let span = tracing::info_span!(
            "effect",
            effect = key,
            trace_id = %trace.trace_id(),
            span_id = %trace.span_id()
        );
        trace.scope(self.carry_out(claimed, permit, stop)).instrument(span).await
    }

    async fn carry_out(&self, claimed: Claimed, permit: Permit, stop: &Stop) -> End {
        let Delivery { tries, give_up_after, .. } = self.policy().delivery;
        // A claim counts as a try, so that an effect that ends the process each time it is tried
        // dies as well. Time alone kills nothing: after a week without any worker everything is
        // still tried once.
        let attempts = claimed.effect.attempts;
        // Events are tried for days: another's receiver may be mended late, and no case waits.
        let tried_enough = attempts > tries && claimed.effect.kind.lane() != Lane::Events;
        let worn_out =
            tried_enough || (attempts > 1 && claimed.now - claimed.effect.since > give_up_after);
        let mut seen = None;
        let acted = if was_accepted(&claimed) {
            Ok(Acted::MailedBefore)
        } else if worn_out {
            Err(given_up(&claimed.effect))
        } else if stop.is_stopping() {
            return self.give_back(&claimed, permit).await;
        } else {
            self.act_safely(&claimed, stop, &mut seen).await
        };
        let lane = claimed.effect.kind.lane();
        let closed_for = self.learn(lane, permit, health(&acted));
        self.watch_endpoint(lane, health(&acted)).await;
        match self.settle(&claimed, seen, acted, closed_for).await {
            Ok(end) => end,
            Err(error) => self.leave(&claimed, &error).await,
        }
    }

    /// Nothing of it was begun: another worker may have it at once, and no try is counted.
    async fn give_back(&self, claimed: &Claimed, permit: Permit) -> End {
        self.learn(claimed.effect.kind.lane(), permit, Health::Nothing);
        // What went wrong last stays readable.
        let error = claimed.effect.last_error.clone();
        let error = error.unwrap_or_else(|| "its worker was stopped before it began".to_owned());
        let outcome = Outcome::GivenBack { after: TimeDelta::zero(), error };
        let change =
            Change::at(claimed.now).note(EffectWrite::Settle { lease: claimed.lease, outcome });
        if let Err(error) = self.commit(&change).await {
            let (effect, error) = (claimed.effect.key.as_str(), error.phrase());
            tracing::warn!(effect, %error, "cannot give an effect back: its lease must run out");
        }
        End::Left
    }

    /// The end of an effect could not be written down with all that follows from it. Where that may
    /// work later the effect stays leased, comes again when the lease has run out, and is looked up
    /// then. Where it never will, the effect alone is put to death: a mail that went out must not
    /// go out again each time a lease runs out.
    async fn leave(&self, claimed: &Claimed, error: &RebookError) -> End {
        let (effect, phrase) = (claimed.effect.key.as_str(), error.phrase());
        tracing::error!(effect, error = %phrase, "cannot write down the end of an effect");
        if matches!(error, RebookError::TryLater(_)) {
            return End::Left;
        }
        let outcome =
            Outcome::Dead { error: format!("its end could not be written down: {phrase}") };
        let change =
            Change::at(claimed.now).note(EffectWrite::Settle { lease: claimed.lease, outcome });
        match self.commit(&change).await {
            Ok(Commit::Applied) => End::Dead,
            Ok(Commit::Lost(_)) => End::Left,
            Err(error) => {
                let error = error.phrase();
                tracing::error!(effect, %error, "cannot write down that an effect is dead");
                End::Left
            }
        }
    }

    /// The effect's own token alone: another one of its case that is unreadable harms nothing here.
    async fn token_of(&self, claimed: &Claimed) -> Result<Option<AsOf<RebookingToken>>, PortError> {
        self.store().token(claimed.effect.token).await
    }

    /// Acts within the deadline; a panic harms this effect alone. Leaves in `seen` the token that
    /// was acted on, where the call was so short that it is as good as read now.
    async fn act_safely(
        &self,
        claimed: &Claimed,
        stop: &Stop,
        seen: &mut Option<AsOf<RebookingToken>>,
    ) -> Result<Acted, PortError> {
        let (effect, checkpoints) = (&claimed.effect, LeasedCheckpoints::new(self, claimed));
        if !effect.token.is_link() {
            return self.guarded(self.act_on_booking(effect, &checkpoints), stop).await;
        }
        let Some(AsOf { now, value: token }) = self.token_of(claimed).await? else {
            return Err(PortError::Permanent("the effect's token does not exist".into()));
        };
        let began = self.0.ports.clock.now();
        let acted = self.guarded(self.act(effect, &token, &checkpoints, now), stop).await;
        let took = self.0.ports.clock.now() - began;
        *seen = (took.abs() < FRESH).then_some(AsOf { now, value: token });
        acted
    }

    async fn guarded(
        &self,
        acting: impl Future<Output = Result<Acted, PortError>> + Send,
        stop: &Stop,
    ) -> Result<Acted, PortError> {
        let acting = stop.unless_cut_off(AssertUnwindSafe(acting).catch_unwind());
        match self.within(self.policy().delivery.deadline, acting).await {
            Some(Some(Ok(acted))) => acted,
            Some(Some(Err(_panic))) => Err(PortError::Permanent("the adapter panicked".into())),
            // The other side may be at it still.
            Some(None) => Err(PortError::Unknown("cut off, as its worker was stopped".into())),
            None => Err(PortError::Unknown("no answer within the deadline".into())),
        }
    }

    pub(in crate::service) async fn within<F: Future + Send>(
        &self,
        deadline: TimeDelta,
        work: F,
    ) -> Option<F::Output> {
        let sleep = self.0.ports.clock.sleep(deadline.to_std().unwrap_or(Duration::ZERO));
        match select(Box::pin(work), sleep).await {
            Either::Left((output, _)) => Some(output),
            Either::Right(((), _)) => None,
        }
    }
}

/// What carries out one effect that was claimed, and says how that ended.
pub(crate) type Attempt = BoxFuture<'static, End>;

/// For how long after a token was read what is decided on it may bear that moment.
const FRESH: TimeDelta = TimeDelta::seconds(1);
