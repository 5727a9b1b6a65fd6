//! Customers who choose and partners who decline, and everything that they were told.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use rebooking_core::change::{Change, Commit, TokenWrite};
use rebooking_core::link::LinkPurpose;
use rebooking_core::ports::{Clock as _, RebookingStore as _};
use rebooking_core::system::SystemClock;
use rebooking_core::testing::samples;
use rebooking_core::token::RebookingToken;
use rebooking_core::value::booking::Booking;
use rebooking_core::value::course_date::CourseDate;
use rebooking_postgres::PostgresStore;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

use crate::http::{Answer, try_call};
use crate::stack::wait::eventually;

/// The access token of the partner.
pub(super) const PARTNER: &str = "kueche";
/// How many there are to be asked in one play.
const CASES: i64 = 1_000;

/// One thing to ask of the server.
#[derive(Clone, Debug)]
struct Request {
    case: i64,
    path: String,
    body: String,
    chosen: Option<i64>,
}

/// Everything that was answered with success.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// Which case has chosen which date.
    pub(super) chosen: Vec<(i64, i64)>,
    /// Which booking was declined.
    pub(super) declined: Vec<i64>,
    /// When, one after another.
    pub(super) at: Vec<Instant>,
    /// How often somebody was told to come back.
    pub(super) refused: usize,
}

impl Told {
    /// The longest time in which nobody was told of success, from this moment on.
    pub(super) fn longest_silence(&self, since: Instant) -> Duration {
        let after = self.at.iter().copied().filter(|at| *at > since);
        let moments: Vec<Instant> = std::iter::once(since).chain(after).collect();
        moments.windows(2).map(|pair| pair[1] - pair[0]).max().unwrap_or_default()
    }
}

/// Four people at once, until they are told to stop.
pub(super) struct Load {
    told: Arc<Mutex<Told>>,
    stop: Arc<AtomicBool>,
    people: JoinSet<()>,
}

fn booking(case: i64, now: DateTime<Utc>) -> Booking {
    let slot = samples::slot(90, now + TimeDelta::days(3));
    Booking { slot, participants: samples::party(1), ..samples::booking_of(case) }.at_list_price()
}

/// Links that wait for a choice, and requests that wait for an answer, from this number on.
async fn cases(store: &PostgresStore, from: i64) -> Vec<Request> {
    let now = DateTime::from_timestamp(SystemClock.now().timestamp(), 0).unwrap();
    let tokens: Vec<RebookingToken> =
        (from..from + CASES).map(|case| samples::token(booking(case, now), now)).collect();
    for some in tokens.chunks(100) {
        let mut change = Change::at(now);
        change.tokens =
            some.iter().map(|token| TokenWrite::Issue(Box::new(token.clone()))).collect();
        assert_eq!(store.commit(&change).await.unwrap(), Commit::Applied);
    }
    let mut requests = Vec::new();
    for (number, token) in (from..).zip(&tokens) {
        let link = samples::link_keys().secret(LinkPurpose::Rebook, token.link()).unwrap();
        let date = 1 + number % 2;
        requests.push(Request {
            case: number,
            path: format!("/api/rebook/{}", link.expose()),
            body: format!(r#"{{"selectedDateId":{date},"customerEmail":"erika@example.com"}}"#),
            chosen: Some(date),
        });
        let case = number + CASES;
        let asked = store.open_confirmation(&booking(case, now)).await.unwrap();
        requests.push(Request {
            case,
            path: format!("/api/partner/confirmations/{}/decline", asked.value()),
            body: r#"{"reason":"Der Koch ist krank."}"#.to_owned(),
            chosen: None,
        });
    }
    requests
}

/// Dates that there is room on for everybody.
pub(super) async fn offer(store: &PostgresStore) {
    let starts_at = SystemClock.now() + TimeDelta::days(7);
    let date = |id| CourseDate {
        capacity: 100_000,
        taken: 0,
        ..samples::course_date(id, starts_at, 100_000)
    };
    store.upsert_dates(&[date(1), date(2)]).await.unwrap();
}

impl Load {
    /// Begins; the numbers of its cases begin with `from`, and twice [`CASES`] are used up.
    pub(super) async fn start(store: &PostgresStore, base: &str, round: i64) -> Self {
        let requests = Arc::new(cases(store, 1 + round * 2 * CASES).await);
        let told = Arc::new(Mutex::new(Told::default()));
        let (stop, next) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
        let mut people = JoinSet::new();
        for _ in 0..4 {
            let (base, requests) = (base.to_owned(), Arc::clone(&requests));
            let (told, stop, next) = (Arc::clone(&told), Arc::clone(&stop), Arc::clone(&next));
            people.spawn(async move {
                while !stop.load(Ordering::Relaxed) {
                    let one = requests.get(next.fetch_add(1, Ordering::Relaxed));
                    ask(&base, one.expect("more cases are needed for this play"), &told).await;
                    sleep(Duration::from_millis(50)).await;
                }
            });
        }
        Self { told, stop, people }
    }

    fn answered(&self) -> usize {
        self.told.lock().unwrap().at.len()
    }

    /// Waits until so many more were told of success.
    pub(super) async fn goes_on(&self, more: usize) {
        let before = self.answered();
        eventually("somebody who is told of success", async || {
            (self.answered() >= before + more).then_some(())
        })
        .await;
    }

    /// Waits until somebody is told to come back.
    pub(super) async fn is_refused(&self) {
        let refused = || self.told.lock().unwrap().refused;
        let before = refused();
        eventually("somebody who is told to come back", async || {
            (refused() > before).then_some(())
        })
        .await;
    }

    /// Lets each have an answer, and ends it.
    pub(super) async fn end(mut self) -> Told {
        self.stop.store(true, Ordering::Relaxed);
        while let Some(person) = self.people.join_next().await {
            person.unwrap();
        }
        std::mem::take(&mut *self.told.lock().unwrap())
    }
}

/// Asks until there is success, as people do. Whatever else is said is a promise broken: a failure
/// says when to come back.
async fn ask(base: &str, request: &Request, told: &Mutex<Told>) {
    let bearer = format!("Bearer {PARTNER}");
    let mut headers = vec![("accept", "application/json"), ("content-type", "application/json")];
    headers.extend(request.chosen.is_none().then_some(("authorization", bearer.as_str())));
    loop {
        let answer = try_call(base, "POST", &request.path, &headers, &request.body).await.unwrap();
        if answer.status == 200 {
            let mut told = told.lock().unwrap();
            told.at.push(Instant::now());
            match request.chosen {
                Some(date) => told.chosen.push((request.case, date)),
                None => told.declined.push(request.case),
            }
            return;
        }
        assert!(says_when_to_come_back(&answer), "case {}: {answer:?}", request.case);
        told.lock().unwrap().refused += 1;
        sleep(Duration::from_millis(200)).await;
    }
}

fn says_when_to_come_back(answer: &Answer) -> bool {
    answer.status == 503 && answer.head.to_ascii_lowercase().contains("\r\nretry-after: ")
}
