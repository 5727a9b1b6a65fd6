//! How often the store goes to the database and back, counted on the wire: round trips are what a
//! request mostly waits for.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "in a test a panic is the report"
)]

mod common;

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use chrono::TimeDelta;
use common::{issue, link, now, offer, site, token};
use rebooking_core::change::{Change, Commit, EffectWrite};
use rebooking_core::effect::{Lane, Outcome};
use rebooking_core::ports::{EffectQueue, RebookingStore};
use rebooking_core::testing::samples;
use rebooking_core::value::ids::CourseDateId;
use rebooking_postgres::PostgresStore;
use rebooking_postgres::testing::TestDatabase;
use sqlx::postgres::PgPoolOptions;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// Passes everything on, and counts how often the client waits for the server: it ends what it asks
/// by `Sync`, or by a simple query. The `NOTIFY` for other processes is left out: it is sent some
/// time after a commit, and nobody waits for it.
struct Wire {
    url: String,
    trips: Arc<AtomicU32>,
}

impl Wire {
    async fn to(database: &str) -> Self {
        let (user, rest) = database.split_once('@').unwrap();
        let (address, name) = rest.split_once('/').unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("{user}@{}/{name}?sslmode=disable", listener.local_addr().unwrap());
        let (address, trips) = (address.to_owned(), Arc::new(AtomicU32::new(0)));
        let count = Arc::clone(&trips);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let server = TcpStream::connect(&address).await.unwrap();
                let (mut from_client, mut to_client) = client.into_split();
                let (mut from_server, mut to_server) = server.into_split();
                tokio::spawn(
                    async move { tokio::io::copy(&mut from_server, &mut to_client).await },
                );
                let count = Arc::clone(&count);
                tokio::spawn(async move {
                    let (mut said, mut read) = (Vec::new(), vec![0; 64 * 1024]);
                    let mut begun = false;
                    while let Ok(length @ 1..) = from_client.read(&mut read).await {
                        said.extend_from_slice(&read[..length]);
                        // Before the bytes: whoever hears the answer finds the question counted.
                        count.fetch_add(ended(&mut said, &mut begun), Ordering::SeqCst);
                        if to_server.write_all(&read[..length]).await.is_err() {
                            return;
                        }
                    }
                });
            }
        });
        Self { url, trips }
    }

    /// How many trips some work takes.
    async fn trips<T>(&self, work: impl Future<Output = T>) -> (T, u32) {
        let before = self.trips.load(Ordering::SeqCst);
        let done = work.await;
        (done, self.trips.load(Ordering::SeqCst) - before)
    }
}

/// Takes whole messages off, and says how many of them wait for an answer. Only the first one of a
/// connection has no letter.
fn ended(said: &mut Vec<u8>, begun: &mut bool) -> u32 {
    let mut trips = 0;
    loop {
        let letter = usize::from(*begun);
        let Some(length) = said.get(letter..letter + 4) else { return trips };
        let length = letter + u32::from_be_bytes(length.try_into().unwrap()) as usize;
        if said.len() < length {
            return trips;
        }
        let notify = said[..length].windows(6).any(|word| word == b"NOTIFY");
        trips += u32::from(*begun && matches!(said[0], b'S' | b'Q') && !notify);
        *begun = true;
        said.drain(..length);
    }
}

#[tokio::test]
async fn a_page_takes_one_trip_a_choice_two_and_work_one_to_claim_and_one_to_settle() {
    let database = TestDatabase::migrated().await.unwrap();
    let wire = Wire::to(&database.tcp_url()).await;
    // On one connection, so that none is opened and prepared in the middle.
    let pool = PgPoolOptions::new().max_connections(1).connect_lazy(&wire.url).unwrap();
    let site = site(PostgresStore::new(pool));
    offer(&site.store, &[(1, 10)]).await;
    let now = now(&site.store).await;
    let tokens = [1, 2].map(|item| token(item, 2, now));
    issue(&site.store, &tokens).await;
    let choice = samples::choice(CourseDateId::new(1));
    let mut trips = Vec::new();
    // The first time a connection is opened, and each statement is prepared on it.
    for token in &tokens {
        let link = link(token);
        let (shown, show) = wire.trips(site.rebookings.customer(&link).show()).await;
        assert_eq!(shown.unwrap().into_offers().unwrap().offers.len(), 1);
        let (chosen, choose) = wire.trips(site.rebookings.customer(&link).choose(&choice)).await;
        assert_eq!(chosen.unwrap().slot.id, choice.date);
        let (again, repeat) = wire.trips(site.rebookings.customer(&link).choose(&choice)).await;
        assert_eq!(again.unwrap().slot.id, choice.date);
        let (claimed, claim) =
            wire.trips(site.store.claim(Lane::Orders, 10, TimeDelta::seconds(60))).await;
        let claimed = claimed.unwrap().pop().unwrap();
        let mut change = Change::at(claimed.now);
        change.effect = Some(EffectWrite::Settle { lease: claimed.lease, outcome: Outcome::Done });
        let (settled, settle) = wire.trips(site.store.commit(&change)).await;
        assert_eq!(settled.unwrap(), Commit::Applied);
        trips = vec![show, choose, repeat, claim, settle];
    }
    assert_eq!(trips, [1, 2, 1, 1, 1], "show, choose, the same choice again, claim, settle");
}
