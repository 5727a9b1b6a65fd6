//! A hundred customers of one date that its partner withdraws: all get a link and choose at once.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use rebooking_core::link::LinkPurpose;
use rebooking_core::ports::RebookingStore as _;
use rebooking_core::ports::store::CaseKey;
use rebooking_core::testing::samples;
use rebooking_core::value::booking::Partner;
use rebooking_core::value::ids::{CaseId, CourseId, PartnerId};
use rebooking_postgres::PostgresStore;
use tokio::task::JoinSet;

use crate::cases::{choice, clear, until_all_is_done};
use crate::ground::Ground;
use crate::http::Http;
use crate::process::{PARTNER_TOKEN, Server, Shop};

const CUSTOMERS: i64 = 100;
const COURSE: i64 = 7;
const FIRST: i64 = 2_000_000_000;

/// Bookings on the first date of a course, each with its live request.
async fn book(store: &PostgresStore) -> i64 {
    let dates = store.dates(CourseId::new(COURSE)).await.unwrap().value;
    let date = dates.first().unwrap();
    for item in FIRST..FIRST + CUSTOMERS {
        let mut booking = samples::booking_of(item);
        booking.course = date.course.clone();
        booking.slot = date.slot;
        booking.partner = Partner { id: PartnerId::new(COURSE), ..booking.partner };
        booking.participants = samples::party(1);
        store.open_confirmation(&booking.at_list_price()).await.unwrap();
    }
    date.id().value()
}

async fn choose(http: Http, store: PostgresStore, case: i64, date: i64) {
    let seen = store.find(&CaseKey::Id(CaseId::new(case))).await.unwrap();
    let token = seen.value.into_newest().unwrap();
    let link = samples::link_keys().secret(LinkPurpose::Rebook, token.link()).unwrap();
    let email = token.booking().customer.email.expose().to_owned();
    let body = choice(date).replace("erika@example.com", &email);
    let (status, said) = http.post(&format!("/api/rebook/{}", link.expose()), "", &body).await;
    assert_eq!(status, 200, "{said}");
}

pub async fn run(program: &Path, ground: &Ground) {
    clear(ground).await;
    let store = PostgresStore::new(ground.pool.clone());
    let date = book(&store).await;
    let server = Server::start(program, ground, Shop::Memory).await;
    let began = Instant::now();
    let path = format!("/api/partner/dates/{date}/withdraw");
    let token = format!("authorization: Bearer {PARTNER_TOKEN}\r\n");
    let (status, said) =
        server.http.post(&path, &token, "{\"reason\":\"Der Koch ist krank.\"}").await;
    assert_eq!(status, 200, "{said}");
    let declined = async |case| {
        let seen = store.find(&CaseKey::Id(CaseId::new(case))).await.unwrap();
        seen.value.into_newest().is_some()
    };
    for case in FIRST..FIRST + CUSTOMERS {
        while !declined(case).await {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    }
    let linked = began.elapsed();
    until_all_is_done(ground).await;
    let mailed = began.elapsed();
    let (began, store) = (Instant::now(), Arc::new(store));
    let mut all = JoinSet::new();
    for case in FIRST..FIRST + CUSTOMERS {
        let (http, store) = (server.http.clone(), PostgresStore::clone(&store));
        all.spawn(choose(http, store, case, date + 1));
    }
    all.join_all().await;
    println!(
        "{CUSTOMERS} customers of a date that was withdrawn: all have links after {linked:.1?}, \
         and their mails after {mailed:.1?}; all at once, they have chosen within {:.1?}",
        began.elapsed()
    );
}
