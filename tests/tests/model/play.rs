//! Plays a run step by step, and puts every promise to the test after each.

mod aim;
mod backups;
mod choice;
mod exchange;
mod lists;

use std::fmt::Write as _;
use std::sync::Mutex;

use chrono::TimeDelta;
use rebooking_core::RebookError;
use rebooking_core::link::{LinkDigest, LinkSecret};
use rebooking_core::ports::RebookingStore as _;
use rebooking_core::service::{
    Choice, Chosen, Decline, Forget, LinkView, ManualLink, NewWish, OrderEvent, SupportChoice,
};
use rebooking_core::testing::Snapshot;
use rebooking_core::value::ids::{CourseDateId, OrderId, OrderItemId, PartnerId};
use rebooking_core::value::money::Money;
use rebooking_core::wish::WishKind;

use crate::check::{Checker, Violation};
use crate::gate::Mishap;
use crate::ops::{Op, Port, Run, Step, reads_only};
use crate::pick::{case_id, date_id, pick, stranger, text, world_orders};
use crate::world::{Ended, Plant, World, block_on, euros, run_tasks};
pub(crate) use backups::Named;

/// A choice that was answered with success: it must be there ever after, and give the same answer
/// again.
#[derive(Clone)]
pub(crate) struct Acknowledged {
    pub(crate) link: LinkSecret,
    pub(crate) choice: Choice,
    pub(crate) chosen: Chosen,
    /// In place of a backup that was booked.
    pub(crate) instead: bool,
}

/// What tasks report to the player while they run side by side.
#[derive(Default)]
struct Reports {
    lines: Vec<String>,
    acknowledged: Vec<Acknowledged>,
    violations: Vec<Violation>,
}

pub(crate) struct Player {
    world: World,
    checker: Checker,
    reports: Mutex<Reports>,
    /// Every total that a customer ever agreed to, by link.
    agreed: Mutex<Vec<(LinkDigest, Money)>>,
    /// Every backup that a customer ever named, by link, at the total that was shown.
    named: Mutex<Vec<Named>>,
    trace: String,
}

/// Plays a whole run; the trace tells what happened, for the same run always the same.
pub(crate) fn play(run: &Run, plant: &Plant) -> (String, Result<(), Violation>) {
    let world = World::new(run, plant);
    let checker = Checker::new(&world);
    let mut player = Player {
        world,
        checker,
        reports: Mutex::default(),
        agreed: Mutex::default(),
        named: Mutex::default(),
        trace: String::new(),
    };
    let result = player.play(run);
    (player.trace, result)
}

impl Player {
    fn play(&mut self, run: &Run) -> Result<(), Violation> {
        for (number, step) in run.steps.iter().enumerate() {
            self.step(step)?;
            let _ = writeln!(self.trace, "{number}: {:?}", step.ops);
            let reports = std::mem::take(self.reports.get_mut().unwrap());
            for line in reports.lines {
                let _ = writeln!(self.trace, "    {line}");
            }
            if let Some(violation) = reports.violations.into_iter().next() {
                return Err(violation);
            }
            for acknowledged in reports.acknowledged {
                self.checker.acknowledge(acknowledged);
            }
            let agreed = self.agreed.get_mut().unwrap();
            let named = self.named.get_mut().unwrap();
            self.checker.after_step(&self.world, agreed, named)?;
            self.repeat_choices()?;
        }
        self.settle_everything()
    }

    fn step(&mut self, step: &Step) -> Result<(), Violation> {
        let world = &self.world;
        world.clock.advance(TimeDelta::minutes(i64::from(step.minutes)));
        if let Some(date) = step.refused {
            if date.is_multiple_of(2) {
                world.shop.sold_out(date_id(date))
            } else {
                world.shop.restock(date_id(date))
            }
        }
        if step.trouble.is_some() {
            world.gate.troubled();
        }
        match step.trouble {
            Some((Port::Store, trouble)) => world.store.next_call(trouble),
            Some((Port::Shop, trouble)) => world.shop.next_call(trouble),
            Some((Port::Tickets, trouble)) => world.tickets.next_call(trouble),
            Some((Port::Mailer, trouble)) => world.mailer.next_call(trouble),
            None => {}
        }
        let before = world.store.snapshot();
        world.gate.arm(step.mishap, step.turns);
        let tasks = step.ops.iter().map(|op| Box::pin(self.op(op, &before)) as _).collect();
        // A panic in a port that a caller meets directly is the caller's; the library owes only
        // that nothing is half-done.
        let ended =
            std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| run_tasks(world, tasks)));
        let ended = ended.unwrap_or(Ended::Crashed);
        world.gate.arm(Mishap::None, 0);
        self.calm_down();
        self.reports.lock().unwrap().lines.push(format!("{ended:?}"));
        if ended == Ended::All
            && step.mishap == Mishap::None
            && step.trouble.is_none()
            && step.ops.iter().all(reads_only)
        {
            self.checker.unchanged(
                "I11: reading changed something",
                &before,
                &world.store.snapshot(),
            )?;
        }
        Ok(())
    }

    fn calm_down(&self) {
        self.world.store.calm_down();
        self.world.shop.calm_down();
        self.world.tickets.calm_down();
        self.world.mailer.calm_down();
    }

    fn report<T: std::fmt::Debug>(&self, result: &Result<T, RebookError>) {
        let line = match result {
            Ok(value) => format!("Ok {value:?}"),
            Err(error) => format!("Err {error}"),
        };
        self.reports.lock().unwrap().lines.push(line);
    }

    fn violate(&self, what: impl Into<String>) {
        self.reports.lock().unwrap().violations.push(Violation(what.into()));
    }

    async fn op(&self, op: &Op, seen: &Snapshot) {
        let rebookings = &self.world.rebookings;
        match op {
            Op::Decline { which, own, proposals } => {
                let Some((asked, owner)) = self.request(*which, seen) else { return };
                let partner = if *own { owner } else { stranger(owner) };
                let proposed = if *proposals {
                    vec![CourseDateId::new(3), CourseDateId::new(5)]
                } else {
                    Vec::new()
                };
                let result = rebookings
                    .partner(partner)
                    .decline(&asked, &Decline { reason: text("krank"), proposed })
                    .await;
                self.strangers_change_nothing(*own, &result);
                self.report(&result);
            }
            // Seldom, or there is soon nothing left to choose.
            Op::Withdraw { date, .. } if *date > 100 => {}
            Op::Withdraw { date, own } => {
                let id = date_id(*date);
                let owner = PartnerId::new(if id.value() == 9 || id.value() <= 5 { 1 } else { 2 });
                let partner = if *own { owner } else { stranger(owner) };
                let result = rebookings.partner(partner).withdraw(id, &text("Küche defekt")).await;
                self.strangers_change_nothing(*own, &result);
                self.report(&result);
            }
            Op::Confirm { which, own } => {
                let Some((asked, owner)) = self.request(*which, seen) else { return };
                let partner = if *own { owner } else { stranger(owner) };
                let result = rebookings.partner(partner).confirm(&asked).await;
                self.strangers_change_nothing(*own, &result);
                self.report(&result);
            }
            Op::Show { link } => {
                let Some(link) = self.link(*link) else { return };
                let shown = rebookings.customer(&link).show().await.and_then(LinkView::into_offers);
                self.report(&shown.map(|shown| shown.offers.len()));
            }
            Op::Visit { link } => {
                let Some(link) = self.link(*link) else { return };
                let visited =
                    match rebookings.customer(&link).show().await.and_then(LinkView::into_offers) {
                        Ok(shown) => rebookings.customer(&link).visited(&shown).await,
                        Err(error) => Err(error),
                    };
                self.report(&visited);
            }
            Op::Choose { link, date, right_address, total } => {
                self.choose(*link, *date, *right_address, *total, seen).await
            }
            Op::NameBackups { link, first, second, right_address } => {
                let dates = [Some(*first), *second];
                self.name_backups(*link, dates, *right_address, seen).await;
            }
            Op::Exchange { link, date, right_address } => {
                self.exchange(*link, *date, *right_address, seen).await;
            }
            Op::Wish { link, money_back, right_address } => {
                let Some(link) = self.link(*link) else { return };
                let kind = if *money_back { WishKind::MoneyBack } else { WishKind::NewDates };
                let email = self.address(&link, *right_address, seen);
                let wish = NewWish {
                    email,
                    kind,
                    text: text("gern abends"),
                    weekdays: Vec::new(),
                    months: Vec::new(),
                };
                self.report(&rebookings.customer(&link).wish(&wish).await);
            }
            Op::Renew { link } => {
                let Some(link) = self.link(*link) else { return };
                self.report(&rebookings.customer(&link).request_new_link(None).await);
            }
            Op::ManualLink { item } => {
                let item = OrderItemId::new(101 + i64::from(item % 6));
                let request = ManualLink { item, reason: text("telefonisch"), again: true };
                self.report(&rebookings.support("sam").send_link(&request).await);
            }
            Op::Resend { case } => {
                self.report(&rebookings.support("sam").resend(case_id(*case)).await)
            }
            Op::Reissue { case } => {
                self.report(&rebookings.support("sam").reissue(case_id(*case)).await)
            }
            Op::Cancel { case } => self.report(
                &rebookings.support("sam").cancel(case_id(*case), &text("auf Wunsch")).await,
            ),
            Op::Forget { case, cancel_open } => {
                let forget = Forget { reason: text("auf Wunsch"), cancel_open: *cancel_open };
                self.report(&rebookings.support("sam").forget(case_id(*case), &forget).await);
            }
            Op::Extend { case, days } => self
                .report(&rebookings.support("sam").extend(case_id(*case), u32::from(*days)).await),
            Op::ChooseFor { case, date } => {
                let choice = SupportChoice { date: date_id(*date), reason: text("telefonisch") };
                self.report(
                    &rebookings
                        .support("sam")
                        .choose(case_id(*case), &choice)
                        .await
                        .map(|chosen| chosen.slot.id),
                );
            }
            Op::OrderChanged { order, refunded } => {
                let event = if *refunded { OrderEvent::Refunded } else { OrderEvent::Cancelled };
                // An order of the beginning, or one that the shop made since.
                let made = world_orders(&self.world);
                let order = pick(&made, *order).copied().unwrap_or(OrderId::new(11));
                self.report(&rebookings.order_changed(order, event).await);
            }
            Op::Sweep => self.report(&rebookings.sweep().await),
            Op::Deliver => self.report(&rebookings.deliver().await.map_err(RebookError::from)),
            Op::Retry { which } => {
                let Some(effect) = pick(&seen.effects, *which) else { return };
                self.report(&rebookings.support("sam").retry(effect.effect.id).await);
            }
            Op::Skip { which } => {
                let Some(effect) = pick(&seen.effects, *which) else { return };
                let sam = rebookings.support("sam");
                self.report(&sam.skip(effect.effect.id, &text("von Hand erledigt")).await);
            }
            Op::Lists { partner } => self.lists(PartnerId::new(1 + i64::from(partner % 2))).await,
            Op::Reprice { date: which, price } => {
                let known = self.world.store.date(date_id(*which)).await;
                let Ok(Some(seen)) = known else { return };
                let mut changed = seen.value.date;
                changed.unit_price = euros(40 + i64::from(price % 80));
                let result =
                    self.world.store.upsert_dates(&[changed]).await.map_err(RebookError::from);
                self.report(&result);
            }
        }
    }

    /// Everything works again: all that is open must come to its end (I3, I5).
    fn settle_everything(&mut self) -> Result<(), Violation> {
        for round in 0..400 {
            self.world.gate.arm(Mishap::None, 0);
            let deliver: std::pin::Pin<Box<dyn Future<Output = ()> + '_>> = Box::pin(async {
                let _ = self.world.rebookings.deliver().await;
            });
            run_tasks(&self.world, vec![deliver]);
            let snapshot = self.world.store.snapshot();
            for dead in snapshot.effects.iter().filter(|kept| kept.effect.state.as_str() == "dead")
            {
                block_on(self.world.rebookings.support("sam").retry(dead.effect.id))
                    .map_err(|error| Violation(format!("I5: {error}")))?;
            }
            let open = snapshot
                .effects
                .iter()
                .filter(|kept| !matches!(kept.effect.state.as_str(), "done" | "skipped"))
                .count();
            if open == 0 {
                let _ = writeln!(self.trace, "settled after {round}");
                let (agreed, named) =
                    (self.agreed.get_mut().unwrap(), self.named.get_mut().unwrap());
                self.checker.after_step(&self.world, agreed, named)?;
                return self.checker.at_the_end(&self.world);
            }
            self.world.clock.advance(TimeDelta::minutes(3));
        }
        Err(Violation("I5: effects never come to an end".into()))
    }
}
