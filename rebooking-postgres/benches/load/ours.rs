//! The library on its store.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use rebooking_core::change::{Change, Commit, EffectWrite};
use rebooking_core::effect::{Lane, Outcome};
use rebooking_core::ports::{EffectQueue, RebookingStore};
use rebooking_core::testing::{MemoryMailer, MemoryShop, MemoryTickets, samples};
use rebooking_core::value::ids::CourseDateId;
use rebooking_core::{Policy, Ports, Rebookings};
use rebooking_postgres::PostgresStore;
use sqlx::postgres::PgPoolOptions;

use crate::ground::{COURSES, Ground};
use crate::links::{LinkView, Unused};
use crate::sample::{Sample, measure};

pub struct Ours {
    pub clients: usize,
    store: PostgresStore,
    site: Arc<Rebookings>,
}

impl Ours {
    pub fn new(ground: &Ground, clients: usize) -> Self {
        let connections = u32::try_from(clients).unwrap();
        let options = PgPoolOptions::new().max_connections(connections);
        let store = PostgresStore::new(options.connect_lazy(&ground.cluster.url("load")).unwrap());
        Self { clients, site: Arc::new(rebookings(store.clone())), store }
    }

    pub async fn show(&self, links: &Arc<LinkView>, time: Duration) -> Sample {
        let (site, links) = (Arc::clone(&self.site), Arc::clone(links));
        let show = measure(self.clients, time, move || {
            let (site, links) = (Arc::clone(&site), Arc::clone(&links));
            async move { drop(site.customer(&links.next().0).show().await.unwrap()) }
        });
        show.await
    }

    pub async fn choose(&self, links: &Arc<Unused>, time: Duration) -> Sample {
        let (site, links) = (Arc::clone(&self.site), Arc::clone(links));
        let choose = measure(self.clients, time, move || {
            let (site, links) = (Arc::clone(&site), Arc::clone(&links));
            async move {
                let (link, item) = links.next();
                let date = links.date.unwrap_or(10 * (item % COURSES) + item / COURSES % 10);
                site.customer(link)
                    .choose(&samples::choice(CourseDateId::new(date)))
                    .await
                    .unwrap();
            }
        });
        choose.await
    }

    /// As a worker does: ten at a time, and each is settled by itself.
    pub async fn claim(&self, time: Duration) -> Sample {
        let store = self.store.clone();
        let claim = measure(self.clients, time, move || {
            let store = store.clone();
            async move {
                let claimed = store.claim(Lane::Mail, 10, TimeDelta::seconds(60)).await.unwrap();
                assert_eq!(
                    claimed.len(),
                    10,
                    "more tokens are needed for so many seconds and rounds"
                );
                for claimed in claimed {
                    let mut change = Change::at(claimed.now);
                    change.effect =
                        Some(EffectWrite::Settle { lease: claimed.lease, outcome: Outcome::Done });
                    assert_eq!(store.commit(&change).await.unwrap(), Commit::Applied);
                }
            }
        });
        claim.await
    }

    pub async fn close(self) {
        self.store.close().await;
    }
}

fn rebookings(store: PostgresStore) -> Rebookings {
    let ports = Ports::builder()
        .database(Arc::new(store))
        .orders(Arc::new(MemoryShop::new()))
        .tickets(Arc::new(MemoryTickets::new()))
        .mailer(Arc::new(MemoryMailer::new()));
    Rebookings::new(ports.build().unwrap(), Policy::default(), samples::link_keys()).unwrap()
}
