//! What the processors did meanwhile, read from `/proc`.

use std::path::Path;
use std::time::{Duration, Instant};

use crate::ground::Ground;

/// So many of the kernel's ticks are a second.
const TICKS: u64 = 100;

/// The fields of a process that are asked for here.
#[derive(Clone, Copy, Debug)]
struct Process {
    parent: u32,
    own: u64,
    ended_children: u64,
}

fn process(id: u32) -> Option<Process> {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // What stands in brackets is a name, and may hold anything.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let number = |place: usize| fields.get(place).and_then(|field| field.parse::<u64>().ok());
    Some(Process {
        parent: u32::try_from(number(1)?).ok()?,
        own: number(11)? + number(12)?,
        ended_children: number(13)? + number(14)?,
    })
}

/// The ticks of a process with all of its children, those that have ended included.
fn family(id: u32) -> u64 {
    let Some(first) = process(id) else { return 0 };
    let ids = std::fs::read_dir("/proc").unwrap().filter_map(|entry| {
        entry.unwrap().file_name().to_str().and_then(|name| name.parse::<u32>().ok())
    });
    let children = ids.filter_map(process).filter(|process| process.parent == id);
    first.own + first.ended_children + children.map(|child| child.own).sum::<u64>()
}

/// All that the machine has done, whoever asked for it.
fn machine() -> u64 {
    let stat = std::fs::read_to_string("/proc/stat").unwrap();
    let line = stat.lines().next().unwrap();
    let fields: Vec<u64> =
        line.split_whitespace().skip(1).filter_map(|field| field.parse().ok()).collect();
    let idle = fields[3] + fields[4];
    fields.iter().take(8).sum::<u64>() - idle
}

/// The largest and the present memory of a process, in MB.
pub fn memory(id: u32) -> (u64, u64) {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let field = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0)
            / 1_000
    };
    (field("VmHWM:"), field("VmRSS:"))
}

/// A stretch of time, with who did what in it.
pub struct Watch {
    began: Instant,
    database: u32,
    at_first: (u64, u64, u64),
}

/// What was seen.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    /// Processor time of PostgreSQL.
    pub database: Duration,
    /// The share of the machine that others took, of 1.
    pub others: f64,
}

impl Watch {
    pub fn start(ground: &Ground) -> Self {
        let file = ground.cluster.socket().join("data/postmaster.pid");
        let database = first_number(&file);
        let mut watch = Self { began: Instant::now(), database, at_first: (0, 0, 0) };
        watch.at_first = watch.now();
        watch
    }

    /// PostgreSQL, all of ours, the machine.
    fn now(&self) -> (u64, u64, u64) {
        let database = family(self.database);
        // The servers are children of this process, and so is pgbench.
        (database, database + family(std::process::id()), machine())
    }

    pub fn end(&self) -> Seen {
        let (now, first) = (self.now(), self.at_first);
        let since = |now: u64, first: u64| now.saturating_sub(first);
        let all = since(now.2, first.2).saturating_sub(since(now.1, first.1));
        let cores = std::thread::available_parallelism().unwrap().get();
        let time = self.began.elapsed().as_secs_f64() * cores as f64;
        Seen {
            database: Duration::from_millis(since(now.0, first.0) * 1_000 / TICKS),
            others: all as f64 / TICKS as f64 / time,
        }
    }
}

fn first_number(file: &Path) -> u32 {
    let text = std::fs::read_to_string(file).unwrap();
    text.lines().next().and_then(|line| line.parse().ok()).unwrap()
}
