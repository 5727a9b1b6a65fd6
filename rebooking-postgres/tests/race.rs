//! Races between two processes on one database, each with its control: without the guard the same
//! race goes wrong.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "in a test a panic is the report"
)]

mod common;

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::TimeDelta;
use common::child::{Player, hear, role, say};
use common::{count, issue, link, offer, pool, site, taken, token, weakened};
use futures_util::StreamExt as _;
use futures_util::stream;
use rebooking_core::RebookError;
use rebooking_core::service::ManualLink;
use rebooking_core::testing::samples;
use rebooking_core::token::{RebookingToken, TokenParts};
use rebooking_core::value::ids::CourseDateId;
use rebooking_core::value::text::FreeText;
use rebooking_postgres::PostgresStore;
use rebooking_postgres::testing::TestDatabase;
use sqlx::Executor as _;
use sqlx::postgres::PgPool;

const PLAYERS: [u32; 2] = [0, 1];

/// The other half of each test, in a process of its own.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn child() {
    let Some((role, url)) = role() else { return };
    let mut words = role.split(' ');
    let (play, off) = (words.next().unwrap(), words.next().unwrap());
    let number: i64 = words.next().unwrap().parse().unwrap();
    let store = weakened(PostgresStore::new(pool(&url).await), off);
    match play {
        "same" => choose_the_same(store, 1_000).await,
        "seats" => choose_seats(store, number).await,
        other => panic!("no such play: {other}"),
    }
}

async fn at_once<F: Future<Output = String>>(choices: impl Iterator<Item = F>) {
    say("ready");
    hear();
    let mut answers = stream::iter(choices).buffer_unordered(24);
    while let Some(answer) = answers.next().await {
        say(answer);
    }
}

/// Plays on two processes that begin at the same moment; all that they say.
fn play(play: &str, off: &str, numbers: [i64; 2], url: &str) -> Vec<String> {
    let mut players = numbers.map(|number| Player::start(&format!("{play} {off} {number}"), url));
    for player in &mut players {
        assert_eq!(player.hear().as_deref(), Some("ready"));
    }
    for player in &mut players {
        player.say("go");
    }
    players.into_iter().flat_map(Player::finish).collect()
}

async fn choose_the_same(store: PostgresStore, times: u32) {
    let token = token(7001, 2, samples::now());
    let site = Arc::new(site(store));
    at_once((0..times).map(|_| async {
        let chosen = site
            .rebookings
            .customer(&link(&token))
            .choose(&samples::choice(CourseDateId::new(1)))
            .await;
        match chosen {
            Ok(chosen) => format!("{} {}", chosen.order_number, chosen.slot.id),
            Err(error) => format!("{error:?}"),
        }
    }))
    .await;
}

/// How many rebookings, how many places, and which answers two thousand identical choices lead to.
async fn identical_choices(database: &TestDatabase, off: &str) -> (i64, u32, BTreeSet<String>) {
    let pool = database.pool().await.unwrap();
    let store = PostgresStore::new(pool.clone());
    offer(&store, &[(1, 5_000)]).await;
    issue(&store, &[token(7001, 2, common::now(&store).await)]).await;
    let answers = play("same", off, [0, 0], &database.url());
    assert_eq!(answers.len(), 2_000);
    let requests =
        count(&pool, "SELECT count(*) FROM miomente_partner_portal_rebooking_requests").await;
    (requests, taken(&store, 1).await, answers.into_iter().collect())
}

#[tokio::test(flavor = "multi_thread")]
async fn two_thousand_identical_choices_from_two_processes_make_one_rebooking() {
    let database = TestDatabase::migrated().await.unwrap();
    let (requests, places, answers) = identical_choices(&database, "none").await;
    assert_eq!((requests, places), (1, 2));
    assert_eq!(answers, BTreeSet::from(["100007001 1".to_owned()]));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_guard_of_the_token_identical_choices_make_many_rebookings() {
    let database = TestDatabase::migrated().await.unwrap();
    database
        .pool()
        .await
        .unwrap()
        .execute("DROP INDEX rebooking_requests_one_a_token")
        .await
        .unwrap();
    let (requests, _, _) = identical_choices(&database, "Token").await;
    assert!(requests > 1, "the race was never lost, so the test above shows nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn behind_the_guard_of_the_token_stands_the_table() {
    let database = TestDatabase::migrated().await.unwrap();
    let (requests, places, _) = identical_choices(&database, "Token").await;
    assert_eq!((requests, places), (1, 2));
}

const CUSTOMERS: i64 = 500;

/// Customer `n` of a round; parties of one to four.
fn customer(round: i64, n: i64) -> RebookingToken {
    token(round * 10_000 + n + 1, u32::try_from(n % 4).unwrap() + 1, samples::now())
}

async fn choose_seats(store: PostgresStore, number: i64) {
    let (round, half) = (number / 10, number % 10);
    let site = Arc::new(site(store));
    let mine = (0..CUSTOMERS).filter(|n| n % 2 == half % 2).map(|n| (n, Arc::clone(&site)));
    at_once(mine.map(|(n, site)| async move {
        let token = customer(round, n);
        let choice = samples::choice(CourseDateId::new(round));
        let party = token.booking().participants.count();
        match site.rebookings.customer(&link(&token)).choose(&choice).await {
            Ok(_) => format!("got {party}"),
            Err(RebookError::ChooseAgain { .. }) => format!("full {party}"),
            Err(error) => format!("{error:?}"),
        }
    }))
    .await;
}

/// One round: how many places were promised, how many are taken, and the smallest party that was
/// turned away.
async fn sell_out(pool: &PgPool, url: &str, round: i64, off: &str) -> (u32, u32, u32) {
    let store = PostgresStore::new(pool.clone());
    offer(&store, &[(round, 10)]).await;
    let now = common::now(&store).await;
    let customers: Vec<RebookingToken> = (0..CUSTOMERS)
        .map(|n| {
            RebookingToken::restore(TokenParts {
                issued_at: now,
                expires_at: now + TimeDelta::days(30),
                ..customer(round, n).into_parts()
            })
        })
        .collect();
    issue(&store, &customers).await;
    let answers = play("seats", off, PLAYERS.map(|half| round * 10 + i64::from(half)), url);
    assert_eq!(answers.len(), 500);
    let parties = |word: &str| -> Vec<u32> {
        let told = answers.iter().filter_map(|answer| answer.strip_prefix(word));
        told.map(|party| party.parse().unwrap()).collect()
    };
    let (got, full) = (parties("got "), parties("full "));
    assert_eq!(got.len() + full.len(), 500, "somebody got neither place nor refusal: {answers:?}");
    (got.iter().sum(), taken(&store, round).await, full.into_iter().min().unwrap_or(u32::MAX))
}

#[tokio::test(flavor = "multi_thread")]
async fn five_hundred_customers_fill_ten_seats_exactly_twenty_times() {
    let database = TestDatabase::migrated().await.unwrap();
    let pool = database.pool().await.unwrap();
    for round in 1..=20 {
        let (promised, taken, turned_away) = sell_out(&pool, &database.url(), round, "none").await;
        assert_eq!(promised, taken, "round {round}");
        assert!(taken <= 10, "round {round}: oversold, {taken}");
        assert!(
            10 - taken < turned_away,
            "round {round}: undersold, a party of {turned_away} was turned away at {taken}"
        );
    }
    common::assert_whole(&pool).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_guard_of_the_places_the_ten_seats_are_oversold() {
    let database = TestDatabase::migrated().await.unwrap();
    let pool = database.pool().await.unwrap();
    pool.execute(
        "ALTER TABLE miomente_partner_portal_rebooking_dates DROP CONSTRAINT \
         rebooking_dates_never_oversold",
    )
    .await
    .unwrap();
    let mut most = 0;
    for round in 1..=5 {
        most = most.max(sell_out(&pool, &database.url(), round, "Places").await.1);
    }
    assert!(most > 10, "never oversold, so the test above shows nothing");
}

/// Support sends a link by hand for each of some bookings at the moment at which the shop's new
/// order opens the partner's request; how many requests are live beside a link that does not hold
/// them, so that a choice would not close them.
async fn sent_and_opened_at_once(off: &str) -> i64 {
    const LOOSE: &str = "SELECT count(*) FROM miomente_partner_portal_rebooking_requests AS r \
        JOIN miomente_partner_portal_rebooking_tokens AS t ON t.case_id = r.item_id \
        WHERE r.live AND r.token_case IS NULL AND t.holds_confirmation_id IS DISTINCT FROM r.id";
    let database = TestDatabase::migrated().await.unwrap();
    let store = PostgresStore::new(pool(&database.url()).await);
    let support = site(weakened(store, off));
    let shop = site(PostgresStore::new(pool(&database.url()).await));
    let races = (1..=300).map(|item| {
        let booking = samples::booking_of(item);
        support.shop.put_booking(booking.clone());
        let (support, shop) = (&support.rebookings, &shop.rebookings);
        async move {
            let reason = FreeText::line("Am Telefon besprochen", 100);
            let link = ManualLink { item: booking.item, reason, again: false };
            let send = support.support("eva").send_link(&link);
            let (sent, opened) = futures_util::join!(send, shop.open_request(&booking));
            assert!(opened.unwrap().is_some(), "the partner of {item} is not asked");
            sent.unwrap();
        }
    });
    stream::iter(races).buffer_unordered(16).collect::<Vec<()>>().await;
    count(&database.pool().await.unwrap(), LOOSE).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_by_hand_and_a_new_order_at_once_are_one_case() {
    assert_eq!(sent_and_opened_at_once("none").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_guard_of_the_request_a_link_by_hand_leaves_it_behind() {
    let loose = sent_and_opened_at_once("Confirmation").await;
    assert!(loose > 0, "the race was never lost, so the test above shows nothing");
}
