//! The library on its store.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::TimeDelta;
use rebooking_core::change::{Change, Commit, EffectWrite};
use rebooking_core::effect::{Lane, Outcome};
use rebooking_core::ids::CourseDateId;
use rebooking_core::ports::RebookingStore;
use rebooking_core::system::{SystemClock, SystemSecrets};
use rebooking_core::testing::{MemoryMailer, MemoryShop, MemoryTickets, samples};
use rebooking_core::{Policy, Ports, Rebookings};
use rebooking_postgres::PostgresStore;
use sqlx::postgres::PgPoolOptions;

use crate::{COURSES, Ground, Results, link, measure, somewhere};

pub async fn run(ground: &Ground, clients: usize, results: &mut Results) {
    let connections = u32::try_from(clients).unwrap();
    let pool =
        PgPoolOptions::new().max_connections(connections).connect_lazy(&ground.cluster.url("load")).unwrap();
    let store = PostgresStore::new(pool);
    let site = Arc::new(rebookings(store.clone()));
    let (shown, unused, hot_links) = (ground.shown(), ground.unused(), ground.hot());

    let here = Arc::clone(&site);
    let show = measure(clients, ground.time, move |client| {
        let (site, item) = (Arc::clone(&here), somewhere(&shown, client));
        async move { drop(site.show(&link(item)).await.unwrap()) }
    });
    results.insert(("show, ours", clients), show.await);

    for (what, hot, links) in
        [("choose, ours spread", false, unused), ("choose, ours one date", true, hot_links)]
    {
        let here = Arc::clone(&site);
        let choose = measure(clients, ground.time, move |_| {
            let (site, item) = (Arc::clone(&here), next(hot, &links));
            async move {
                let date = if hot { 0 } else { 10 * (item % COURSES) + item / COURSES % 10 };
                site.choose(&link(item), &samples::choice(CourseDateId::new(date))).await.unwrap();
            }
        });
        results.insert((what, clients), choose.await);
    }

    let claim = measure(clients, ground.time, move |_| {
        let store = store.clone();
        async move {
            for claimed in store.claim(Lane::Orders, 10, TimeDelta::seconds(60)).await.unwrap() {
                let mut change = Change::at(claimed.now);
                change.effect = Some(EffectWrite::Settle { lease: claimed.lease, outcome: Outcome::Done });
                assert_eq!(store.commit(&change).await.unwrap(), Commit::Applied);
            }
        }
    });
    results.insert(("claim ten effects and settle them, ours", clients), claim.await);
}

/// The next link that nobody has used yet.
fn next(hot: bool, links: &Range<i64>) -> i64 {
    static WALKED: [AtomicI64; 2] = [AtomicI64::new(0), AtomicI64::new(0)];
    let [spread, one_date] = &WALKED;
    let walked = if hot { one_date } else { spread };
    let item = links.start + walked.fetch_add(1, Ordering::Relaxed);
    assert!(links.contains(&item), "more tokens are needed for so many seconds");
    item
}

fn rebookings(store: PostgresStore) -> Rebookings {
    let ports = Ports {
        store: Arc::new(store),
        schedule: None,
        orders: Arc::new(MemoryShop::new()),
        tickets: Arc::new(MemoryTickets::new()),
        mailer: Arc::new(MemoryMailer::new()),
        clock: Arc::new(SystemClock),
        secrets: Arc::new(SystemSecrets),
    };
    Rebookings::new(ports, Policy::default(), samples::link_keys()).unwrap()
}
