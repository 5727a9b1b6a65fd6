//! What is measured, and by whom it is done.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use sqlx::Executor as _;

use crate::cpu::Watch;
use crate::ground::{COURSES, Ground};
use crate::http::Http;
use crate::links::{LinkView, Unused};
use crate::process::{Server, Shop};
use crate::sample::{Sample, measure};
use crate::table::{Measured, Table};
use crate::{Size, pgbench};

/// Those that are compared stand side by side, and each round measures all of them in turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    Get,
    GetBare,
    GetPgbench,
    Post,
    PostBare,
    PostPgbench,
    PostOneDate,
    PostOneDatePgbench,
    PostDelivered,
}

impl Who {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Get => "GET, this server",
            Self::GetBare => "GET, bare hyper + sqlx",
            Self::GetPgbench => "GET, pgbench, two statements",
            Self::Post => "POST, this server",
            Self::PostBare => "POST, bare hyper + sqlx",
            Self::PostPgbench => "POST, pgbench, seven statements",
            Self::PostOneDate => "POST one date, this server",
            Self::PostOneDatePgbench => "POST one date, pgbench",
            Self::PostDelivered => "POST, everything delivered",
        }
    }
}

/// One server of ours, with the bare one beside it.
pub struct Stage<'a> {
    ground: &'a Ground,
    ours: Server,
    bare: Server,
}

const CONNECTIONS: u32 = 8;
const CLAIMS: &str = "SELECT coalesce(sum(calls), 0)::bigint FROM pg_stat_user_functions \
                      WHERE funcname = 'miomente_partner_portal_rebooking_claim'";

/// What one customer sends.
pub fn choice(date: i64) -> String {
    format!("{{\"selectedDateId\":{date},\"customerEmail\":\"erika@example.com\"}}")
}

async fn get(http: Http, links: Arc<LinkView>, clients: usize, time: Duration) -> Sample {
    let get = measure(clients, time, move || {
        let (http, links) = (http.clone(), Arc::clone(&links));
        async move {
            let (status, body) =
                http.get(&format!("/api/rebook/{}", links.next().0.expose())).await;
            assert_eq!(status, 200, "{body}");
        }
    });
    get.await
}

pub async fn post(http: Http, links: Arc<Unused>, clients: usize, time: Duration) -> Sample {
    let post = measure(clients, time, move || {
        let (http, links) = (http.clone(), Arc::clone(&links));
        async move {
            let (link, item) = links.next();
            let date = links.date.unwrap_or(10 * (item % COURSES) + item / COURSES % 10);
            let path = format!("/api/rebook/{}", link.expose());
            let (status, body) = http.post(&path, "", &choice(date)).await;
            assert_eq!(status, 200, "{body}");
        }
    });
    post.await
}

impl<'a> Stage<'a> {
    pub async fn new(ground: &'a Ground, ours: Server) -> Self {
        Self { ground, ours, bare: Server::bare(ground, CONNECTIONS) }
    }

    async fn once(&self, who: Who, clients: usize, time: Duration) -> Sample {
        let (ours, bare) = (self.ours.http.clone(), self.bare.http.clone());
        let ground = self.ground;
        let (shown, spread) = (Arc::clone(&ground.shown), Arc::clone(&ground.spread));
        let one_date = Arc::clone(&ground.one_date);
        match who {
            Who::Get => get(ours, shown, clients, time).await,
            Who::GetBare => get(bare, shown, clients, time).await,
            Who::GetPgbench => pgbench::show(ground, clients, time),
            Who::Post | Who::PostDelivered => post(ours, spread, clients, time).await,
            Who::PostBare => post(bare, spread, clients, time).await,
            Who::PostPgbench => pgbench::choose(ground, &spread, clients, time).await,
            Who::PostOneDate => post(ours, one_date, clients, time).await,
            Who::PostOneDatePgbench => pgbench::choose(ground, &one_date, clients, time).await,
        }
    }

    async fn claims(&self) -> i64 {
        sqlx::query_scalar(CLAIMS).fetch_one(&self.ground.pool).await.unwrap()
    }

    async fn watched(&self, who: Who, clients: usize, time: Duration) -> Measured {
        let (watch, before) = (Watch::start(self.ground), self.claims().await);
        let sample = self.once(who, clients, time).await;
        let seen = watch.end();
        let claims = self.claims().await - before;
        let each = |all: f64| all / sample.count.max(1) as f64;
        Measured {
            sample,
            database: Duration::from_secs_f64(each(seen.database.as_secs_f64())),
            claims: each(claims as f64),
            others: seen.others,
        }
    }

    /// Measures all of `whom` in turn, as often as there are rounds.
    pub async fn run(&self, whom: &[Who], size: &Size, table: &mut Table) {
        table.next_stage();
        for clients in &size.clients {
            // The first time opens connections and has statements planned.
            for who in whom {
                self.once(*who, *clients, Duration::from_millis(500)).await;
            }
            for _ in 0..size.rounds {
                for who in whom {
                    table.add(*who, *clients, self.watched(*who, *clients, size.time).await);
                }
            }
        }
    }

    pub fn memory(&self) -> String {
        let (most, now) = self.ours.memory();
        format!("resident memory: {now} MB, {most} MB at most")
    }

    /// Ends both servers, and takes what they have left undone off the queue.
    pub async fn end(self) {
        let ground = self.ground;
        drop(self);
        clear(ground).await;
    }
}

/// Choices while a shop in memory makes the orders. What the anchors write no shop could make an
/// order of, so they are measured while none is there, in turn.
pub async fn delivered(program: &Path, ground: &Ground, size: &Size, table: &mut Table) {
    table.next_stage();
    for clients in &size.clients {
        for _ in 0..size.rounds {
            for (shop, who) in [(Shop::Memory, Who::PostDelivered), (Shop::None, Who::PostPgbench)]
            {
                let stage = Stage::new(ground, Server::start(program, ground, shop).await).await;
                ground.restore_dates().await;
                stage.once(who, *clients, Duration::from_millis(500)).await;
                table.add(who, *clients, stage.watched(who, *clients, size.time).await);
                if shop == Shop::Memory {
                    println!("everything delivered: {}", stage.memory());
                }
                stage.end().await;
            }
        }
    }
}

/// Nothing is left to be done.
pub async fn clear(ground: &Ground) {
    const OPEN: &str =
        "DELETE FROM miomente_partner_portal_rebooking_effects WHERE over_at IS NULL";
    ground.pool.execute(OPEN).await.unwrap();
    ground.pool.execute("VACUUM (ANALYZE)").await.unwrap();
    ground.pool.execute("CHECKPOINT").await.unwrap();
}

const LEFT: &str =
    "SELECT EXISTS (SELECT FROM miomente_partner_portal_rebooking_effects WHERE over_at IS NULL)";
const OVER: &str = "SELECT count(*) FROM miomente_partner_portal_rebooking_effects \
                    WHERE over_at IS NOT NULL";

/// Returns when nothing is left to be done.
pub async fn until_all_is_done(ground: &Ground) {
    let left = async || -> bool {
        let mut look = ground.pool.begin().await.unwrap();
        // By the index of what is not over, and not through all that is.
        look.execute("SET LOCAL enable_seqscan = off").await.unwrap();
        sqlx::query_scalar(LEFT).fetch_one(&mut *look).await.unwrap()
    };
    while left().await {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// How long the effects of 2,500 choices take, an order, two mails and a note each, once a shop is
/// there.
pub async fn drain(program: &Path, ground: &Ground) {
    clear(ground).await;
    let alone = Server::start(program, ground, Shop::None).await;
    for _ in 0..2_500 {
        let (link, item) = ground.spread.next();
        let path = format!("/api/rebook/{}", link.expose());
        let (status, body) = alone.http.post(&path, "", &choice(10 * (item % COURSES))).await;
        assert_eq!(status, 200, "{body}");
    }
    drop(alone);
    // What it had just begun with is free at once.
    let free = "UPDATE miomente_partner_portal_rebooking_effects SET state = 'waiting', \
                leased_until = NULL, put_off = false, due_at = created_at WHERE over_at IS NULL";
    ground.pool.execute(free).await.unwrap();
    let before: i64 = sqlx::query_scalar(OVER).fetch_one(&ground.pool).await.unwrap();
    let watch = Watch::start(ground);
    let shop = Server::start(program, ground, Shop::Memory).await;
    let began = Instant::now();
    until_all_is_done(ground).await;
    let (took, seen) = (began.elapsed(), watch.end());
    let done: i64 = sqlx::query_scalar(OVER).fetch_one(&ground.pool).await.unwrap();
    println!(
        "{} effects delivered in {took:.1?}, {:.2} ms of PostgreSQL each{}",
        done - before,
        seen.database.as_secs_f64() * 1e3 / (done - before).max(1) as f64,
        crate::table::noise(seen.others)
    );
    drop(shop);
}
