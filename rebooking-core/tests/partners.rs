//! Dates that are imported without saying who gives them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test reports by panicking")]

use std::sync::Arc;

use rebooking_core::error::RebookError;
use rebooking_core::ports::{Ports, RebookingStore as _};
use rebooking_core::testing::{
    CountingSecrets, MemoryMailer, MemoryPartners, MemoryShop, MemoryStore, MemoryTickets,
    SettableClock, Trouble, samples,
};
use rebooking_core::value::booking::{Partner, PartnerEntry};
use rebooking_core::value::course_date::CourseDate;
use rebooking_core::value::ids::{CourseDateId, PartnerId};
use rebooking_core::{Policy, Rebookings};

/// A store, and an outer schedule whose dates are copied into it.
struct Imports {
    store: MemoryStore,
    schedule: MemoryStore,
    partners: MemoryPartners,
    rebookings: Rebookings,
}

impl Imports {
    fn new() -> Self {
        let clock = SettableClock::at(samples::now());
        let store = MemoryStore::new(Arc::new(clock.clone()));
        let schedule = MemoryStore::new(Arc::new(clock.clone()));
        let partners = MemoryPartners::new();
        let ports = Ports::builder()
            .database(Arc::new(store.clone()))
            .schedule(Arc::new(schedule.clone()))
            .imports(Arc::new(store.clone()))
            .partners(Arc::new(partners.clone()))
            .orders(Arc::new(MemoryShop::new()))
            .tickets(Arc::new(MemoryTickets::new()))
            .mailer(Arc::new(MemoryMailer::new()))
            .clock(Arc::new(clock))
            .secrets(Arc::new(CountingSecrets::default()));
        let ports = ports.build().unwrap();
        let rebookings = Rebookings::new(ports, Policy::default(), samples::link_keys()).unwrap();
        Self { store, schedule, partners, rebookings }
    }

    /// The schedule has these dates of the sushi course.
    async fn scheduled(&self, dates: &[(i64, Option<Partner>)]) {
        let dates: Vec<CourseDate> = dates
            .iter()
            .map(|(id, partner)| {
                let starts_at = samples::booking().slot.starts_at + chrono::TimeDelta::days(*id);
                let partner = partner.clone();
                CourseDate { partner, ..samples::course_date(*id, starts_at, 5) }
            })
            .collect();
        self.schedule.upsert_dates(&dates).await.unwrap();
    }

    async fn partner_of(&self, date: i64) -> Option<Option<Partner>> {
        let known = self.store.date(CourseDateId::new(date)).await.unwrap();
        known.map(|known| known.value.date.partner)
    }
}

fn bakery() -> Partner {
    Partner { id: PartnerId::new(6), ..samples::partner() }
}

#[tokio::test]
async fn who_gives_an_imported_date_is_looked_up_where_it_does_not_say() {
    let imports = Imports::new();
    imports.partners.put(PartnerEntry::new(bakery(), ""), &[samples::course().id]);
    imports.scheduled(&[(1, None), (2, Some(samples::partner()))]).await;
    assert_eq!(imports.rebookings.refresh(samples::course().id).await.unwrap().dates, 2);
    assert_eq!(imports.partner_of(1).await, Some(Some(bakery())));
    assert_eq!(imports.partner_of(2).await, Some(Some(samples::partner())));
}

#[tokio::test]
async fn a_date_that_nobody_is_named_for_is_left_out_and_named() {
    let imports = Imports::new();
    imports.scheduled(&[(1, None), (2, Some(samples::partner()))]).await;
    let refreshed = imports.rebookings.refresh(samples::course().id).await.unwrap();
    assert_eq!((refreshed.dates, refreshed.left_out.len()), (1, 1), "{refreshed:?}");
    let said = &refreshed.left_out[0].why;
    assert!(said.contains("gives product SUSHI (course 40, date 1)"), "{said}");
    assert_eq!(imports.partner_of(1).await, None, "nobody could be asked");
    assert_eq!(imports.partner_of(2).await, Some(Some(samples::partner())));
}

#[tokio::test]
async fn while_the_list_is_out_of_reach_nothing_is_imported() {
    let imports = Imports::new();
    imports.scheduled(&[(1, None)]).await;
    imports.partners.next_call(Trouble::Fail);
    let later = imports.rebookings.refresh(samples::course().id).await.unwrap_err();
    assert!(matches!(later, RebookError::TryLater(_)), "{later:?}");
    assert_eq!(imports.partner_of(1).await, None);
}
