//! The importer: on its timer, when a page is opened on old dates, and never in anybody's way.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "in a test a panic is the report, and any moment will do to begin with"
)]

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use rebooking_core::importer::{ImportSettings, Importer};
use rebooking_core::link::{LinkPurpose, LinkSecret};
use rebooking_core::ports::store::ConfirmationKey;
use rebooking_core::ports::{
    AsOf, Clock, CourseSchedule, LeftOut, Places, PortError, Ports, RebookingStore, Schedule,
    ScheduledDate, async_trait,
};
use rebooking_core::service::{Decline, Declined};
use rebooking_core::testing::{
    CountingSecrets, MemoryMailer, MemoryShop, MemoryStore, MemoryTickets, Trouble, Troubles,
    samples,
};
use rebooking_core::value::booking::Booking;
use rebooking_core::value::ids::{CourseDateId, CourseId};
use rebooking_core::value::text::FreeText;
use rebooking_core::{Policy, Rebookings};
use tokio::time::{Instant, sleep, timeout};

/// A schedule that counts how often it was asked, and by how many at once at most.
#[derive(Clone, Default)]
struct Elsewhere(Arc<Inner>);

#[derive(Default)]
struct Inner {
    free: AtomicUsize,
    asked: AtomicUsize,
    at_once: AtomicUsize,
    most: AtomicUsize,
    takes: Mutex<Duration>,
    /// A course that the other side cannot read, whatever it is asked for besides.
    unreadable: Mutex<Option<CourseId>>,
    troubles: Troubles,
}

impl Elsewhere {
    fn asked(&self) -> usize {
        self.0.asked.load(Ordering::SeqCst)
    }

    fn takes(&self, time: Duration) {
        *self.0.takes.lock().unwrap() = time;
    }

    fn has_free(&self, places: usize) {
        self.0.free.store(places, Ordering::SeqCst);
    }
}

#[async_trait]
impl Schedule for Elsewhere {
    async fn dates(&self, course: CourseId) -> Result<AsOf<CourseSchedule>, PortError> {
        self.0.asked.fetch_add(1, Ordering::SeqCst);
        let now_at_once = self.0.at_once.fetch_add(1, Ordering::SeqCst) + 1;
        self.0.most.fetch_max(now_at_once, Ordering::SeqCst);
        let takes = *self.0.takes.lock().unwrap();
        sleep(takes).await;
        self.0.at_once.fetch_sub(1, Ordering::SeqCst);
        let answer = self.0.troubles.begin().await?;
        if *self.0.unreadable.lock().unwrap() == Some(course) {
            return Err(PortError::Transient("this course breaks it".into()));
        }
        let now = samples::now();
        let mut date = samples::course_date(1, now + TimeDelta::days(20), 0);
        date.course.id = course;
        (date.capacity, date.taken) =
            (u32::try_from(self.0.free.load(Ordering::SeqCst)).unwrap(), 0);
        let date = ScheduledDate { date, places: Places::FreeThere, offered: true };
        let left_out = LeftOut { what: "SUSHI-9".into(), why: "it has no date".into() };
        answer.carry(AsOf {
            now,
            value: CourseSchedule { dates: vec![date], left_out: vec![left_out] },
        })
    }
}

/// The time of tokio, which a test may let fly.
struct TokioClock(DateTime<Utc>, Instant);

#[async_trait]
impl Clock for TokioClock {
    fn now(&self) -> DateTime<Utc> {
        self.0 + self.1.elapsed()
    }

    async fn sleep(&self, time: Duration) {
        sleep(time).await;
    }
}

/// A booking is declined, and its customer gets a link.
async fn decline(store: &MemoryStore, rebookings: &Rebookings, item: i64, course: CourseId) {
    let slot = samples::slot(90, samples::now() + TimeDelta::days(10));
    let mut booking = Booking { slot, ..samples::booking_of(item) };
    booking.course.id = course;
    let request = store.open_confirmation(&booking).await.unwrap();
    let reason = FreeText::line("Der Koch ist krank.", 100);
    let decline = Decline { reason, proposed: Vec::new() };
    let key = ConfirmationKey::Id(request);
    let declined = rebookings.decline_unchecked(&key, &decline).await.unwrap();
    assert!(matches!(declined, Declined::LinkIssued(_)));
}

struct House {
    elsewhere: Elsewhere,
    store: MemoryStore,
    rebookings: Rebookings,
    link: LinkSecret,
}

impl House {
    /// A customer has a link for a course whose dates are kept elsewhere.
    async fn open() -> Self {
        let clock = Arc::new(TokioClock(samples::now(), Instant::now()));
        let store = MemoryStore::new(clock.clone());
        let elsewhere = Elsewhere::default();
        elsewhere.has_free(5);
        let ports = Ports::builder()
            .database(Arc::new(store.clone()))
            .schedule(Arc::new(elsewhere.clone()))
            .imports(Arc::new(store.clone()))
            .orders(Arc::new(MemoryShop::new()))
            .tickets(Arc::new(MemoryTickets::new()))
            .mailer(Arc::new(MemoryMailer::new()))
            .secrets(Arc::new(CountingSecrets::default()))
            .clock(clock.clone());
        let rebookings =
            Rebookings::new(ports.build().unwrap(), Policy::default(), samples::link_keys())
                .unwrap();
        decline(&store, &rebookings, 7_001, samples::course().id).await;
        let token = store.snapshot().tokens.remove(0);
        let link = samples::link_keys().secret(LinkPurpose::Rebook, token.link()).unwrap();
        Self { elsewhere, store, rebookings, link }
    }

    async fn decline(&self, item: i64) {
        decline(&self.store, &self.rebookings, item, samples::course().id).await;
    }

    async fn free(&self) -> Option<u32> {
        let date = self.store.date(CourseDateId::new(1)).await.unwrap();
        date.map(|date| date.value.date.free())
    }

    async fn until_free(&self, places: u32) {
        let shown = async {
            while self.free().await != Some(places) {
                sleep(Duration::from_millis(5)).await;
            }
        };
        timeout(Duration::from_secs(3_000), shown).await.expect("the dates are imported");
    }

    async fn open_page(&self) {
        let _ = self.rebookings.customer(&self.link).show().await.unwrap();
    }
}

fn settings(interval: u64, max_age: u64) -> ImportSettings {
    let mut settings = ImportSettings::default();
    settings.interval = Duration::from_secs(interval);
    settings.max_age = Duration::from_secs(max_age);
    settings
}

#[tokio::test(start_paused = true)]
async fn known_courses_are_imported_at_the_start_and_on_the_timer() {
    let house = House::open().await;
    let importer = Importer::start(&house.rebookings, settings(1, 3_600));
    house.until_free(5).await;
    house.elsewhere.has_free(3);
    house.until_free(3).await;
    importer.stop().await;
    let asked = house.elsewhere.asked();
    sleep(Duration::from_secs(60)).await;
    assert_eq!(house.elsewhere.asked(), asked, "it begins nothing after its end");
}

#[tokio::test(start_paused = true)]
async fn a_page_on_old_dates_has_them_imported_without_waiting() {
    let house = House::open().await;
    let importer = Importer::start(&house.rebookings, settings(36_000, 60));
    house.until_free(5).await;
    house.elsewhere.takes(Duration::from_secs(20));
    house.elsewhere.has_free(3);
    let asked = house.elsewhere.asked();
    house.open_page().await;
    sleep(Duration::from_secs(30)).await;
    assert_eq!(house.elsewhere.asked(), asked, "they are young");
    sleep(Duration::from_secs(60)).await;
    let begun = Instant::now();
    for _ in 0..50 {
        house.open_page().await;
    }
    assert_eq!(begun.elapsed(), Duration::ZERO, "no page waits for the schedule");
    house.until_free(3).await;
    assert_eq!(house.elsewhere.asked(), asked + 1, "fifty pages are one reason");
    importer.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_link_has_the_dates_imported_before_its_page_is_opened() {
    let house = House::open().await;
    let importer = Importer::start(&house.rebookings, settings(36_000, 60));
    house.until_free(5).await;
    sleep(Duration::from_secs(90)).await;
    house.elsewhere.has_free(3);
    house.decline(7_002).await;
    house.until_free(3).await;
    importer.stop().await;
}

#[tokio::test(start_paused = true)]
async fn one_course_is_read_by_one_at_a_time() {
    let house = House::open().await;
    house.elsewhere.takes(Duration::from_secs(5));
    let importer = Importer::start(&house.rebookings, settings(1, 0));
    let course = samples::course().id;
    let (one, two) =
        tokio::join!(house.rebookings.refresh(course), house.rebookings.refresh(course));
    assert_eq!((one.unwrap().dates, two.unwrap().dates), (1, 1));
    importer.stop().await;
    assert_eq!(house.elsewhere.0.most.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_refresh_says_what_was_left_out() {
    let house = House::open().await;
    let refreshed = house.rebookings.refresh(samples::course().id).await.unwrap();
    let left_out = [LeftOut { what: "SUSHI-9".into(), why: "it has no date".into() }];
    assert_eq!((refreshed.dates, refreshed.dropped), (1, 0));
    assert_eq!(refreshed.left_out, left_out);
}

#[tokio::test(start_paused = true)]
async fn a_schedule_that_is_down_changes_nothing_and_is_asked_less_and_less() {
    for trouble in
        [Trouble::Fail, Trouble::Unavailable, Trouble::Bar, Trouble::Hang, Trouble::Panic]
    {
        let house = House::open().await;
        house.rebookings.refresh(samples::course().id).await.unwrap();
        house.elsewhere.0.troubles.every_call(Some(trouble));
        let importer = Importer::start(&house.rebookings, settings(1, 0));
        sleep(Duration::from_secs(3_600)).await;
        let asked = house.elsewhere.asked();
        assert!((5..25).contains(&asked), "{trouble:?}: {asked} times in an hour");
        for _ in 0..50 {
            house.open_page().await;
            sleep(Duration::from_millis(10)).await;
        }
        assert!(house.elsewhere.asked() <= asked + 1, "{trouble:?}: pages do not hurry it");
        assert_eq!(house.free().await, Some(5), "{trouble:?}");
        house.elsewhere.0.troubles.clear();
        house.elsewhere.has_free(2);
        house.until_free(2).await;
        importer.stop().await;
    }
}

#[tokio::test(start_paused = true)]
async fn what_fails_for_good_is_tried_again_on_the_timer_alone() {
    let house = House::open().await;
    house.elsewhere.0.troubles.every_call(Some(Trouble::FailForGood));
    let importer = Importer::start(&house.rebookings, settings(600, 300));
    sleep(Duration::from_secs(1_500)).await;
    assert!((2..=3).contains(&house.elsewhere.asked()), "{}", house.elsewhere.asked());
    importer.stop().await;
}

#[tokio::test(start_paused = true)]
async fn a_course_that_cannot_be_read_keeps_no_other_waiting() {
    let house = House::open().await;
    let unreadable = CourseId::new(samples::course().id.value() - 1);
    decline(&house.store, &house.rebookings, 7_002, unreadable).await;
    *house.elsewhere.0.unreadable.lock().unwrap() = Some(unreadable);
    let importer = Importer::start(&house.rebookings, settings(600, 300));
    house.until_free(5).await;
    house.elsewhere.has_free(2);
    house.until_free(2).await;
    importer.stop().await;
}
