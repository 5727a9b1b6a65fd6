//! The states that a case, its link, its order and its effects can be in.

use chrono::TimeDelta;
use rebooking_core::Policy;
use rebooking_core::policy::{AttemptLimits, PriceRule};
use rebooking_core::ports::RebookingStore as _;
use rebooking_core::testing::world::DeclinedBooking;
use rebooking_core::testing::{Trouble, World, samples};
use rebooking_core::value::booking::Booking;
use rebooking_core::value::course_date::CourseDate;
use rebooking_http::MetricsPage;

use crate::api::{Api, CASE, FIRST, FOURTH, PARTNER, SECOND, SUPPORT, page};

const REASON: &str = r#"{"reason":"Am Telefon besprochen"}"#;
const WRONG: &str = r#"{"selectedDateId":1,"customerEmail":"wrong@example.com"}"#;

#[derive(Clone, Copy, Debug)]
pub(super) enum State {
    Empty,
    Declined,
    /// The customer has chosen, and nothing of it is delivered.
    Chosen,
    /// The partner is asked.
    AtPartner,
    Lost,
    Expired,
    CalledOff,
    Superseded,
    Forgotten,
    /// Another of support has taken the case.
    Taken,
    Refunded,
    /// As many wrong addresses as a while takes.
    Locked,
    /// As many as a link takes.
    LockedForGood,
    /// A date became dearer.
    Dearer,
    /// The customer has chosen, and another date became dearer.
    ChosenDearer,
    /// The customer has chosen, and one wrong address is too many.
    ChosenLocked,
    /// A backup is booked.
    Backup,
    /// The same, and another date became dearer.
    BackupDearer,
    /// The same, and one wrong address is too many.
    BackupLocked,
    /// As many wishes as a link takes.
    Wished,
    /// An order has several items.
    Several,
    /// A ticket could not be made.
    Failed,
    /// The host has its own lists.
    NoReports,
}

impl State {
    pub(super) const ALL: [Self; 23] = [
        Self::Empty,
        Self::Declined,
        Self::Chosen,
        Self::AtPartner,
        Self::Lost,
        Self::Expired,
        Self::CalledOff,
        Self::Superseded,
        Self::Forgotten,
        Self::Taken,
        Self::Refunded,
        Self::Locked,
        Self::LockedForGood,
        Self::Dearer,
        Self::ChosenDearer,
        Self::ChosenLocked,
        Self::Backup,
        Self::BackupDearer,
        Self::BackupLocked,
        Self::Wished,
        Self::Several,
        Self::Failed,
        Self::NoReports,
    ];

    fn policy(self) -> Policy {
        let usual = Policy::default();
        match self {
            Self::Lost => Policy { step_limit: 1, ..usual },
            Self::Dearer | Self::ChosenDearer | Self::BackupDearer => {
                Policy { price: PriceRule::Settle, ..usual }
            }
            Self::LockedForGood | Self::ChosenLocked | Self::BackupLocked => {
                let attempts = AttemptLimits { in_window: 1, in_all: 1, ..usual.attempts };
                Policy { attempts, ..usual }
            }
            _ => usual,
        }
    }

    /// A host in this state, and the customer's link.
    pub(super) async fn reach(self) -> (Api, String) {
        let api = Api::on(World::with(self.policy()), |settings| {
            settings.limits.per_address = None;
            settings.limits.per_link = None;
            let numbers = MetricsPage::new(String::new);
            settings.metrics = (!matches!(self, Self::Empty)).then_some(numbers);
        });
        let link = match self {
            Self::Empty => "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx".to_owned(),
            Self::Failed => {
                api.world.tickets.next_call(Trouble::FailForGood);
                api.declined().await.link.expose().to_owned()
            }
            Self::Backup | Self::BackupLocked => {
                api.moved_to_a_backup().await.link.expose().to_owned()
            }
            Self::BackupDearer => {
                let moved = api.moved_to_a_backup().await;
                dearer(&api, FOURTH).await;
                moved.link.expose().to_owned()
            }
            _ => {
                let declined = api.declined().await;
                self.go_on(&api, &declined).await;
                declined.link.expose().to_owned()
            }
        };
        let api = if let Self::NoReports = self { api.without_reports() } else { api };
        (api, link)
    }

    async fn go_on(self, api: &Api, declined: &DeclinedBooking) {
        let support = async |path: &str, body: &str| {
            api.post_as(SUPPORT, &format!("/api/support/{path}"), body).await.ok();
        };
        match self {
            Self::Empty
            | Self::Declined
            | Self::Failed
            | Self::NoReports
            | Self::Backup
            | Self::BackupDearer
            | Self::BackupLocked => {}
            Self::Chosen | Self::ChosenLocked => drop(api.choose(declined, FIRST).await.ok()),
            Self::AtPartner | Self::Lost => {
                api.choose(declined, FIRST).await.ok();
                api.world.deliver_all().await.unwrap();
                if let Self::Lost = self {
                    let token = api.world.token(declined.token).await;
                    let request = token.rebooking().unwrap().confirmation.unwrap();
                    let path = format!("/api/partner/confirmations/{request}/decline");
                    api.post_as(PARTNER, &path, REASON).await.ok();
                }
            }
            Self::Expired => api.world.clock.advance(TimeDelta::days(30)),
            Self::CalledOff => support(&format!("cases/{CASE}/cancel"), REASON).await,
            Self::Superseded => support(&format!("cases/{CASE}/reissue"), "").await,
            Self::Forgotten => {
                api.world.clock.advance(TimeDelta::days(200));
                api.world.rebookings.sweep().await.unwrap();
            }
            Self::Taken => {
                api.world.rebookings.support("Anna").take(CASE, false).await.unwrap();
            }
            Self::Refunded => {
                let order = format!("orders/{}/changed", declined.booking.order);
                support(&order, r#"{"event":"refunded"}"#).await;
            }
            Self::Locked | Self::LockedForGood => {
                for _ in 0..5 {
                    api.post(&page(declined), WRONG).await;
                }
            }
            Self::Dearer | Self::ChosenDearer => {
                if let Self::ChosenDearer = self {
                    api.choose(declined, FIRST).await.ok();
                }
                dearer(api, SECOND).await;
            }
            Self::Wished => {
                let path = format!("{}/wishes", page(declined));
                for n in 0..10 {
                    let wish = format!(
                        r#"{{"customerEmail":"erika@example.com","kind":"other","text":"{n}"}}"#
                    );
                    api.post(&path, &wish).await.ok();
                }
            }
            Self::Several => {
                for item in [7001, 7002] {
                    let order_number = samples::order_number("100007001");
                    let booking = Booking { order_number, ..samples::booking_of(item) };
                    api.world.shop.put_booking(booking);
                }
            }
        }
    }
}

async fn dearer(api: &Api, date: i64) {
    let starts_at = samples::booking().slot.starts_at + TimeDelta::days(1);
    let date = samples::course_date(date, starts_at, 8);
    let date = CourseDate { unit_price: samples::euros(123_450), ..date };
    api.world.store.upsert_dates(&[date]).await.unwrap();
}
