//! What happens to a service that runs while its database changes hands: PostgreSQL with a
//! synchronous standby under Patroni, and PgBouncer, from Debian's packages on the loopback.

mod cluster;
mod config;
mod daemon;
mod kept;
mod load;

use std::collections::BTreeMap;
use std::time::Duration;

use rebooking_postgres::{PostgresStore, Settings, connect};
use sqlx::postgres::{PgConnection, PgPool};
use sqlx::{Connection as _, Executor as _};
use tokio::time::{Instant, timeout};

use crate::process::{Process, Signal, program};
use crate::stack::wait::eventually;
use cluster::{Cluster, Pooler};
use load::Load;

/// What is done to the database, or to the way there, while people are asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Play {
    /// The leader ends without a word.
    LeaderKilled,
    /// The leader stands still for longer than its lease, and is woken.
    LeaderFrozen,
    /// An operator hands the lead to the other node.
    Switchover,
    /// The standby ends without a word.
    ReplicaGone,
    /// PgBouncer ends without a word, and is started again, twice.
    PoolerRestarted,
}

impl Play {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::LeaderKilled,
        Self::LeaderFrozen,
        Self::Switchover,
        Self::ReplicaGone,
        Self::PoolerRestarted,
    ];

    /// Its name for people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::LeaderKilled => "leader-killed",
            Self::LeaderFrozen => "leader-frozen",
            Self::Switchover => "switchover",
            Self::ReplicaGone => "replica-gone",
            Self::PoolerRestarted => "pooler-restarted",
        }
    }
}

/// Plays each so often, and prints how long there was no writer. Panics at the first broken
/// promise.
pub async fn play(plays: &[Play], times: u32) {
    let mut cluster = Cluster::start().await;
    println!("Patroni: {}", config::LEASE);
    let admin = leading(&cluster.url("postgres")).await;
    admin.execute("CREATE DATABASE shop").await.unwrap();
    let mut round = 0;
    for play in plays {
        let mut silences = Vec::new();
        for _ in 0..times {
            silences.push(once(&mut cluster, *play, round).await);
            round += 1;
        }
        silences.sort();
        if let (Some(shortest), Some(longest)) = (silences.first(), silences.last()) {
            let middle = silences[silences.len() / 2].as_secs_f64();
            println!(
                "{}: {times} times, without a writer {:.1} s to {:.1} s, mostly {middle:.1} s",
                play.name(),
                shortest.as_secs_f64(),
                longest.as_secs_f64(),
            );
        }
    }
}

/// Connections to whichever node leads now.
async fn leading(url: &str) -> PgPool {
    eventually("a leader", async || connect(url, &Settings::default()).await.ok()).await
}

/// The built server, outside the demo.
async fn server(url: &str, mails: &str, has_pooler: bool) -> (Process, String) {
    let settings = [
        ("LISTEN", "127.0.0.1:0"),
        ("BASE_URL", "http://umbuchen.example.com"),
        ("DATABASE_URL", url),
        ("DATABASE_POOLER", if has_pooler { "true" } else { "false" }),
        ("WITHOUT", "shop,helpdesk"),
        ("MAIL_FOLDER", mails),
        ("MAIL_FROM", "buchung@example.com"),
        ("LINK_KEY", &"07".repeat(32)),
        ("PARTNER_TOKENS", &format!("5={}", load::PARTNER)),
        ("ADDRESS_LIMIT", "off"),
        ("LINK_LIMIT", "off"),
    ];
    let settings: BTreeMap<_, _> = settings
        .map(|(name, value)| (format!("REBOOKING_{name}"), value.to_owned()))
        .into_iter()
        .collect();
    let process = Process::start(&program("demo-server"), &[], &settings);
    let base = process.says("listening on ").await;
    process.let_it_talk();
    (process, base)
}

/// One play, from a cluster that is whole to one that is whole again; how long nobody was told of
/// success.
async fn once(cluster: &mut Cluster, play: Play, round: i64) -> Duration {
    let leader = cluster.settled().await;
    let (both, port) = (cluster.url("shop"), cluster.nodes[leader].port);
    let mut pooler = match play == Play::PoolerRestarted {
        true => Some(Pooler::start(cluster.folder(), port).await),
        false => None,
    };
    let url = match &pooler {
        Some(pooler) => format!("postgres://postgres@127.0.0.1:{}/shop", pooler.port),
        None => both.clone(),
    };
    let mails = std::env::temp_dir().join(format!("rebooking-failover-{}", std::process::id()));
    let (server, base) = server(&url, &mails.display().to_string(), pooler.is_some()).await;
    let store = PostgresStore::new(leading(&both).await);
    if round == 0 {
        load::offer(&store).await;
    }
    let load = Load::start(&store, &base, round).await;
    load.goes_on(20).await;
    let since = Instant::now();
    disturb(cluster, play, leader, pooler.as_mut(), &load).await;
    cluster.settled().await;
    load.goes_on(20).await;
    let told = load.end().await;
    kept::is_kept(&leading(&both).await, &told).await;
    let silence = told.longest_silence(since);
    println!(
        "{} {round}: no writer for {:.1} s; {} choices and {} declines told, {} told to come back",
        play.name(),
        silence.as_secs_f64(),
        told.chosen.len(),
        told.declined.len(),
        told.refused,
    );
    store.close().await;
    server.signal(Signal::Term).await;
    drop(server);
    drop(std::fs::remove_dir_all(mails));
    silence
}

/// Does it, and mends it; people have been told of success in between.
async fn disturb(
    cluster: &mut Cluster,
    play: Play,
    leader: usize,
    pooler: Option<&mut Pooler>,
    load: &Load,
) {
    let other = 1 - leader;
    match play {
        Play::LeaderKilled => {
            cluster.kill(leader);
            load.goes_on(20).await;
            cluster.revive(leader);
        }
        Play::LeaderFrozen => {
            cluster.signal_patroni(leader, Signal::Stop);
            cluster.signal_postgres(leader, Signal::Stop);
            cluster.led_by(other).await;
            load.goes_on(20).await;
            // PostgreSQL first: for a moment nobody tells it that it does not lead any more.
            cluster.signal_postgres(leader, Signal::Continue);
            acknowledges_nothing(cluster.nodes[leader].port).await;
            cluster.signal_patroni(leader, Signal::Continue);
        }
        Play::Switchover => {
            cluster.switch_over(leader, other).await;
            cluster.led_by(other).await;
        }
        Play::ReplicaGone => {
            cluster.kill(other);
            load.goes_on(20).await;
            cluster.revive(other);
        }
        Play::PoolerRestarted => {
            let pooler = pooler.unwrap();
            // So quickly that nobody hears of it, and so slowly that somebody does.
            pooler.down();
            pooler.up().await;
            load.goes_on(10).await;
            pooler.down();
            load.is_refused().await;
            pooler.up().await;
        }
    }
}

/// A leader that was deposed without hearing of it takes a write and must not say that it is done.
async fn acknowledges_nothing(port: u16) {
    let url = format!("postgres://postgres@127.0.0.1:{port}/postgres");
    let written = async {
        let mut old = PgConnection::connect(&url).await?;
        old.execute("CREATE TABLE IF NOT EXISTS written_by_the_deposed (number int)").await?;
        sqlx::Result::<()>::Ok(())
    };
    let answer = timeout(Duration::from_secs(1), written).await;
    assert!(!matches!(answer, Ok(Ok(()))), "two leaders: the deposed one has acknowledged a write");
}
