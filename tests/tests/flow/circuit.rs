//! A way out that is closed, because the other side refuses us: the lane waits as a whole, and
//! nothing is lost or worn out by it.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex, Once};

use chrono::TimeDelta;
use rebooking_core::Policy;
use rebooking_core::effect::{EffectState, EffectStatus, Lane};
use rebooking_core::ports::reports::PageRequest;
use rebooking_core::testing::{Trouble, World, samples};
use tracing::field::{Field, Visit};
use tracing::{Event, Level, Metadata, Subscriber, span};

use crate::stage::{customer_mails, ticket};

const MINUTE: TimeDelta = TimeDelta::minutes(1);

/// Every event has a listener from now on. One that another test comes to first while this one
/// begins to listen, and that nobody had listened to, could be left out of its log otherwise.
fn heard_by_someone() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        tracing::subscriber::set_global_default(tracing_subscriber::registry()).unwrap();
    });
}

/// Six declined bookings, and a mail server that no longer takes our password.
async fn barred(bookings: i64) -> World {
    heard_by_someone();
    let world = World::new();
    for item in 7001..7001 + bookings {
        world.declined(samples::booking_of(item)).await;
    }
    world.mailer.every_call(Some(Trouble::Bar));
    world
}

async fn attempts(world: &World) -> Vec<u32> {
    let effects = world
        .rebookings
        .support("sam")
        .effects(Some(EffectStatus::Waiting), PageRequest::default())
        .await
        .unwrap()
        .rows;
    effects.iter().map(|effect| effect.attempts).collect()
}

#[tokio::test]
async fn a_refused_login_closes_the_lane_and_counts_no_try() {
    let world = barred(6).await;
    world.deliver_all().await.unwrap();
    assert_eq!(attempts(&world).await, [0; 6]);
    let closed = world.rebookings.open_circuits();
    assert_eq!(closed.iter().map(|closed| closed.lane).collect::<Vec<_>>(), [Lane::Mail]);
    assert_eq!(closed[0].error, "we are refused over there: scripted: who are you");
    assert!(ticket(&world, samples::booking_of(7001).item.into()).contains(&"Declined".to_owned()));
}

#[tokio::test]
async fn while_it_is_closed_only_one_mail_knocks_after_each_pause_and_the_pauses_grow() {
    let world = barred(6).await;
    world.deliver_all().await.unwrap();
    let mut pauses = Vec::new();
    for _ in 0..6 {
        let closed = world.rebookings.open_circuits().remove(0);
        let pause = closed.next_probe - samples::now() - pauses.iter().copied().sum::<TimeDelta>();
        world.clock.set(closed.next_probe - TimeDelta::milliseconds(1));
        assert_eq!(world.rebookings.deliver_lane(Lane::Mail).await.unwrap().total(), 0);
        world.clock.set(closed.next_probe);
        assert_eq!(world.rebookings.deliver_lane(Lane::Mail).await.unwrap().retried, 1);
        assert_eq!(world.rebookings.deliver_lane(Lane::Mail).await.unwrap().total(), 0);
        pauses.push(pause);
    }
    assert_eq!(pauses, [1, 2, 4, 8, 15, 15].map(TimeDelta::minutes));
}

#[tokio::test]
async fn the_first_mail_that_gets_through_opens_the_lane_for_all() {
    let world = barred(6).await;
    world.deliver_all().await.unwrap();
    world.mailer.every_call(None);
    world.clock.advance(MINUTE);
    assert_eq!(world.rebookings.deliver_lane(Lane::Mail).await.unwrap().done, 1);
    assert_eq!(world.rebookings.open_circuits(), []);
    world.deliver_all().await.unwrap();
    assert_eq!(customer_mails(&world), ["declined"; 6]);
}

#[tokio::test]
async fn a_week_behind_a_closed_door_kills_no_mail() {
    let world = barred(1).await;
    let until = samples::now() + TimeDelta::days(7);
    for _ in 0..1_000 {
        world.deliver_all().await.unwrap();
        world.clock.advance(TimeDelta::minutes(15));
    }
    assert!(world.rebookings.open_circuits()[0].next_probe > until, "it was tried to the end");
    // The week is over, and what comes now is an ordinary failure: the time behind the door is not
    // held against the mail.
    world.mailer.every_call(None);
    for _ in 0..3 {
        world.mailer.next_call(Trouble::Fail);
    }
    for _ in 0..10 {
        world.deliver_all().await.unwrap();
        world.clock.advance(TimeDelta::minutes(15));
    }
    assert_eq!(customer_mails(&world), ["declined"]);
}

#[tokio::test]
async fn a_probe_whose_own_address_is_refused_lets_the_next_one_try_at_once() {
    let world = barred(2).await;
    world.deliver_all().await.unwrap();
    world.mailer.every_call(None);
    world.mailer.next_call(Trouble::FailForGood);
    world.clock.advance(MINUTE);
    world.deliver_all().await.unwrap();
    assert_eq!(customer_mails(&world), ["declined"]);
    assert_eq!(world.rebookings.open_circuits(), []);
}

#[tokio::test]
async fn a_server_that_does_not_answer_the_probe_keeps_the_lane_closed() {
    let world = barred(2).await;
    world.deliver_all().await.unwrap();
    world.mailer.every_call(Some(Trouble::Fail));
    world.clock.advance(MINUTE);
    assert_eq!(world.rebookings.deliver_lane(Lane::Mail).await.unwrap().retried, 1);
    assert_eq!(world.rebookings.open_circuits().len(), 1);
    assert_eq!(attempts(&world).await, [0, 1], "what was tried in vain is counted as ever");
}

#[tokio::test]
async fn a_closed_lane_with_nothing_to_send_is_probed_by_the_next_mail() {
    let world = barred(1).await;
    world.deliver_all().await.unwrap();
    let waiting = world
        .rebookings
        .support("sam")
        .effects(Some(EffectStatus::Waiting), PageRequest::default())
        .await
        .unwrap()
        .rows
        .remove(0);
    world
        .rebookings
        .support("sam")
        .skip(waiting.id, &crate::stage::text("angerufen"))
        .await
        .unwrap();
    world.mailer.every_call(None);
    world.clock.advance(MINUTE);
    world.deliver_all().await.unwrap();
    world.declined(samples::booking_of(7002)).await;
    world.deliver_all().await.unwrap();
    assert_eq!(customer_mails(&world), ["declined"]);
}

#[tokio::test]
async fn another_lane_goes_on() {
    let world = barred(1).await;
    world.deliver_all().await.unwrap();
    let states =
        world.rebookings.support("sam").effects(None, PageRequest::default()).await.unwrap().rows;
    let done =
        states.iter().filter(|effect| matches!(effect.state, EffectState::Done { .. })).count();
    assert_eq!(done, 1, "the ticket");
}

#[tokio::test]
async fn a_pause_longer_than_the_longest_backoff_is_kept() {
    let mut policy = Policy::default();
    policy.delivery.unauthorized_pause = TimeDelta::hours(2);
    let world = World::with(policy);
    world.declined_booking().await;
    world.mailer.every_call(Some(Trouble::Bar));
    world.deliver_all().await.unwrap();
    assert_eq!(
        world.rebookings.open_circuits()[0].next_probe,
        samples::now() + TimeDelta::hours(2)
    );
}

/// Remembers what was logged at `info` and above.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Subscriber for Log {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() <= Level::INFO && metadata.is_event()
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &Event<'_>) {
        struct Line(String);
        impl Visit for Line {
            fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
                if field.name() == "message" {
                    let _ = write!(self.0, "{value:?}");
                }
            }
        }
        let mut line = Line(format!("{} ", event.metadata().level()));
        event.record(&mut line);
        self.0.lock().unwrap().push(line.0);
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

#[tokio::test]
async fn there_is_one_alarm_when_it_closes_and_one_line_when_it_opens() {
    heard_by_someone();
    let log = Log::default();
    let _guard = tracing::subscriber::set_default(log.clone());
    let world = barred(6).await;
    for _ in 0..20 {
        world.deliver_all().await.unwrap();
        world.clock.advance(MINUTE);
    }
    world.mailer.every_call(None);
    for _ in 0..20 {
        world.deliver_all().await.unwrap();
        world.clock.advance(MINUTE);
    }
    assert_eq!(
        *log.0.lock().unwrap(),
        ["ERROR closed: the other side refuses us", "INFO open again"]
    );
}
