//! A server that runs for long under a mixed load, while something outside fails for ten seconds of
//! every minute: what it holds must not grow, and no promise may break.

use std::time::Duration;

use futures_util::future::join_all;
use tokio::time::{Instant, sleep, sleep_until};

use crate::stack::Stack;
use crate::stack::doors::As;
use crate::stack::line::{Condition, Line};
use crate::stack::people::SUSI;
use crate::stack::promises::promises_hold;
use crate::stack::way::{IMPATIENT, goes_through, has_places_for_all};

/// How many guests are on their way at once.
const GUESTS: usize = 3;
/// How long a guest takes before the next one comes.
const PAUSE: Duration = Duration::from_millis(700);
const MINUTE: Duration = Duration::from_secs(60);
const FAULT: Duration = Duration::from_secs(10);

/// What the server holds at the end of a minute.
#[derive(Clone, Copy, Debug)]
pub struct Held {
    /// Its resident memory, in KiB.
    pub resident: u64,
    /// Its open handles.
    pub handles: u64,
    /// Its tasks.
    pub tasks: u64,
}

/// Plays so many minutes and gives what was held at the end of each.
pub async fn soak(minutes: u32) -> Vec<Held> {
    // As patient as in production, where twenty tries take days.
    let settings = [&IMPATIENT[..], &[("TRIES", "1000")]].concat();
    let stack = Stack::with(&settings).await;
    has_places_for_all(&stack).await;
    stack.doors().are_asked_until_they_answer();
    let (over, ended) = tokio::sync::watch::channel(false);
    let guests = (0..GUESTS).map(|place| {
        let (ended, stack) = (ended.clone(), &stack);
        async move {
            let mut number = place;
            while !*ended.borrow() {
                goes_through(stack, number).await;
                number += GUESTS;
                sleep(PAUSE).await;
            }
            number / GUESTS
        }
    });
    let watched = async {
        let mut held = Vec::new();
        for minute in 0..minutes {
            held.push(one_minute(&stack, minute).await);
        }
        over.send_replace(true);
        held
    };
    let (guests, held) = tokio::join!(join_all(guests), watched);
    println!("{} guests went through", guests.iter().sum::<usize>());
    promises_hold(&stack).await;
    held
}

/// One thing outside fails, in one of several ways, and all is well again for most of the minute.
async fn one_minute(stack: &Stack, minute: u32) -> Held {
    let end = Instant::now() + MINUTE;
    let lines = [
        ("shop", &stack.lines.shop),
        ("helpdesk", &stack.lines.helpdesk),
        ("mail", &stack.lines.mail),
        ("database", &stack.lines.database),
    ];
    let ways = [
        Condition::Down,
        Condition::Silent,
        Condition::Slow(Duration::from_millis(300)),
        Condition::AnswersCut,
    ];
    let (name, line) = lines[minute as usize % 4];
    let way = ways[minute as usize / 4 % 4];
    stack.mishap();
    fails(line, way).await;
    sleep_until(end).await;
    let held = stack.holds().await;
    let Held { resident, handles, tasks } = held;
    println!(
        "{minute:>3}  {name} {way:?}: {} MiB, {handles} handles, {tasks} tasks",
        resident / 1024
    );
    held
}

async fn fails(line: &Line, way: Condition) {
    line.is(way).await;
    sleep(FAULT).await;
    line.is(Condition::Up).await;
}

impl Stack {
    /// What the oldest server holds.
    async fn holds(&self) -> Held {
        let id = self.server_id().await;
        let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap();
        let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        let handles = std::fs::read_dir(format!("/proc/{id}/fd")).unwrap().count();
        let metrics = self.doors().ask(As::Bearer(SUSI), "GET", "/metrics", "").await;
        let line = |line: &str| Some(line.strip_prefix("rebooking_server_tasks ")?.to_owned());
        let tasks = metrics.body.lines().find_map(line).unwrap();
        Held {
            resident: resident.trim().trim_end_matches(" kB").parse().unwrap(),
            handles: handles as u64,
            tasks: tasks.parse().unwrap(),
        }
    }
}

/// What has grown between the second quarter and the last, each by its middle.
#[must_use]
pub fn grown(held: &[Held]) -> Vec<String> {
    let quarter = (held.len() / 4).max(1);
    let early = held.iter().skip(quarter).take(quarter);
    let late = held.iter().rev().take(quarter);
    let compare = |what: &str, of: fn(&Held) -> u64, most: fn(u64) -> u64| {
        let (early, late) = (middle(early.clone().map(of)), middle(late.clone().map(of)));
        (late > most(early)).then(|| format!("{what} from {early} to {late}"))
    };
    [
        compare("resident memory in KiB", |held| held.resident, |early| early + early / 4),
        compare("handles", |held| held.handles, |early| early + 10),
        compare("tasks", |held| held.tasks, |early| early + early / 2 + 10),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn middle(numbers: impl Iterator<Item = u64>) -> u64 {
    let mut numbers: Vec<u64> = numbers.collect();
    numbers.sort_unstable();
    numbers.get(numbers.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minutes(resident: impl Fn(u64) -> u64) -> Vec<Held> {
        let held = |minute| Held { resident: resident(minute), handles: 40, tasks: 20 };
        (0..20).map(held).collect()
    }

    #[test]
    fn what_grows_is_told_and_what_has_settled_is_not() {
        assert_eq!(grown(&minutes(|minute| 60_000 + 100 * minute)), Vec::<String>::new());
        assert_eq!(grown(&minutes(|minute| 60_000 + 3_000 * minute)).len(), 1);
    }
}
