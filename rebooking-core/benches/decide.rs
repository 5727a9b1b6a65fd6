//! How long the decisions take, and a whole choice on the memory store.
//!
//! `cargo bench -p rebooking-core`. Absolute times depend on the machine: compare lines of one run.

#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark that cannot begin should say so")]

use std::hint::black_box;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use futures_util::FutureExt as _;
use rebooking_core::change::Change;
use rebooking_core::link::{LinkNonce, LinkPurpose, StoredLink};
use rebooking_core::policy::{Alternatives, Policy};
use rebooking_core::ports::store::{
    CaseKey, CaseState, ConfirmationCase, ConfirmationKey, TokenKey, TokenWithDates,
};
use rebooking_core::ports::{AsOf, RebookingStore as _};
use rebooking_core::service::{Decline, decisions};
use rebooking_core::testing::{World, samples};
use rebooking_core::token::Cause;
use rebooking_core::value::ids::CourseDateId;

fn now<T>(future: impl Future<Output = T>) -> T {
    future.now_or_never().unwrap()
}

fn stamp() -> StoredLink {
    samples::link_keys().stamp(LinkPurpose::Rebook, LinkNonce([3; 16])).unwrap()
}

/// A token with so many dates to choose from.
fn opened(dates: i64) -> AsOf<TokenWithDates> {
    let world = World::new();
    let declined = now(world.declined_booking());
    let mut seen = now(world.store.open(&TokenKey::Id(declined.token), &Alternatives::new()))
        .unwrap()
        .unwrap();
    let first = samples::booking().slot.starts_at;
    seen.value.dates = (2..dates + 2)
        .map(|id| samples::course_date(id, first + chrono::TimeDelta::days(id), 8))
        .collect();
    seen
}

fn request() -> AsOf<ConfirmationCase> {
    let world = World::new();
    now(world.seed()).unwrap();
    let id = now(world.store.open_confirmation(&samples::booking())).unwrap();
    let key = CaseKey::Confirmation(ConfirmationKey::Id(id));
    let seen = now(world.store.find(&key)).unwrap();
    seen.map(CaseState::into_confirmation).transpose().unwrap()
}

fn decide(c: &mut Criterion) {
    let policy = Policy::default();
    let mut group = c.benchmark_group("decide");
    for dates in [1, 10, 100] {
        let seen = opened(dates);
        group.bench_function(format!("show, {dates} dates"), |b| {
            b.iter_batched(
                || seen.clone(),
                |seen| decisions::show(black_box(seen), &policy),
                BatchSize::SmallInput,
            );
        });
        let choice = samples::choice(CourseDateId::new(2));
        group.bench_function(format!("choose, {dates} dates"), |b| {
            let ready = || (seen.clone(), stamp());
            b.iter_batched(
                ready,
                |(seen, answer)| decisions::choose(black_box(seen), &choice, &policy, answer),
                BatchSize::SmallInput,
            );
        });
    }
    let (seen, decline) = (request(), Decline::default());
    group.bench_function("decline", |b| {
        let ready = || (seen.clone(), stamp());
        b.iter_batched(
            ready,
            |(seen, link)| {
                decisions::decline(black_box(seen), &decline, Cause::Declined, &policy, link)
            },
            BatchSize::SmallInput,
        );
    });
    group.finish();
}

fn on_memory(c: &mut Criterion) {
    let mut group = c.benchmark_group("memory store");
    let ready = || {
        let world = World::new();
        let declined = now(world.declined_booking());
        (world, declined.link)
    };
    let choice = samples::choice(CourseDateId::new(2));
    group.bench_function("show", |b| {
        let (world, link) = ready();
        b.iter(|| now(world.rebookings.customer(black_box(&link)).show()).unwrap());
    });
    group.bench_function("choose", |b| {
        b.iter_batched(
            ready,
            |(world, link)| {
                now(world.rebookings.customer(black_box(&link)).choose(&choice)).unwrap();
                world
            },
            BatchSize::SmallInput,
        );
    });
    group.bench_function("choose, told again", |b| {
        let (world, link) = ready();
        now(world.rebookings.customer(&link).choose(&choice)).unwrap();
        b.iter(|| now(world.rebookings.customer(black_box(&link)).choose(&choice)).unwrap());
    });
    group.bench_function("commit of nothing (floor)", |b| {
        let (world, _) = ready();
        b.iter(|| now(world.store.commit(black_box(&Change::at(samples::now())))).unwrap());
    });
    group.finish();
}

criterion_group!(benches, decide, on_memory);
criterion_main!(benches);
