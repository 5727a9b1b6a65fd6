//! What has happened before: some weeks of cases, played by the use cases themselves while the
//! clock comes from the past, so that lists, histories and figures show something.

mod script;

use std::error::Error;

use chrono::{DateTime, TimeDelta, Utc};
use rebooking_core::Rebookings;
use rebooking_core::error::RebookError;
use rebooking_core::link::LinkSecret;
use rebooking_core::ports::store::{CaseKey, ConfirmationKey};
use rebooking_core::service::{Choice, Decline, LinkView, NewWish, OrderEvent};
use rebooking_core::value::booking::Booking;
use rebooking_core::value::course_date::Slot;
use rebooking_core::value::ids::{CaseId, CourseDateId};
use rebooking_core::value::text::FreeText;

use super::data::{self, Courses, Numbers};
use super::fakes::Fakes;
use script::{Act, CASES, Past, SCRIPT};

/// Plays all of it, and leaves the clock at the moment of the machine. Nothing may deliver beside
/// it. What the rules in force refuse does not happen.
pub(super) async fn play(
    rebookings: &Rebookings,
    fakes: &Fakes,
    courses: &Courses,
) -> Result<Vec<Booking>, Box<dyn Error>> {
    let now = rebookings.ports().clock.now();
    let bookings = (1..).zip(&CASES).map(|(number, past)| booking(courses, number, past, now));
    let bookings = bookings.collect::<Result<Vec<_>, _>>()?;
    let history = History { rebookings, fakes };
    fakes.clock.set_ahead(-TimeDelta::days(SCRIPT.first().map_or(0, |(days, ..)| *days)));
    for (minutes, (days, case, act)) in (0..).zip(&SCRIPT) {
        // Not all at the same minute of a day.
        history.wait_until(TimeDelta::minutes(17 * minutes % 480) - TimeDelta::days(*days)).await?;
        let Some(booking) = bookings.get(case - 1) else { continue };
        if let Err(error) = history.perform(booking, act).await {
            tracing::debug!(case, error = %error.phrase(), "the rules do without it");
        }
        history.deliver().await?;
    }
    history.wait_until(TimeDelta::zero()).await?;
    Ok(bookings)
}

/// As it was booked; dates that are over are in no list any more.
fn booking(
    courses: &Courses,
    number: i64,
    past: &Past,
    now: DateTime<Utc>,
) -> Result<Booking, Box<dyn Error>> {
    let date = courses.date(past.like)?;
    let weeks = past.weeks_ago + (date.slot.starts_at - now).num_weeks() + 1;
    // By the clock on the wall, which may have been changed meanwhile.
    let start = date.slot.local_start() - TimeDelta::weeks(weeks);
    let starts_at = date.slot.zone.moment(start).ok_or("an hour that spring skips")?;
    let slot = Slot {
        id: CourseDateId::new(3900 + number),
        starts_at,
        ends_at: starts_at + (date.slot.ends_at - date.slot.starts_at),
        ..date.slot
    };
    let numbers =
        Numbers { order: 600 + number, order_number: 100_012_200 + number, item: 7100 + number };
    data::booking(date, slot, numbers, past.party, past.guest)
}

struct History<'a> {
    rebookings: &'a Rebookings,
    fakes: &'a Fakes,
}

impl History<'_> {
    /// Day by day, each with what time alone brings about.
    async fn wait_until(&self, ahead: TimeDelta) -> Result<(), RebookError> {
        while self.fakes.clock.ahead() < ahead {
            let next = self.fakes.clock.ahead() + TimeDelta::days(1);
            self.fakes.clock.set_ahead(next.min(ahead));
            self.rebookings.sweep().await?;
            self.deliver().await?;
        }
        Ok(())
    }

    async fn deliver(&self) -> Result<(), RebookError> {
        while self.rebookings.deliver().await?.total() > 0 {}
        Ok(())
    }

    async fn perform(&self, booking: &Booking, act: &Act) -> Result<(), RebookError> {
        let (email, store) = (&booking.customer.email, &self.rebookings.ports().store);
        match *act {
            Act::Books => {
                self.fakes.shop.put_booking(booking.clone());
                store.open_confirmation(booking).await?;
            }
            Act::Declines(reason) => self.decline(booking, reason, None).await?,
            Act::Proposes(reason, date) => self.decline(booking, reason, Some(date)).await?,
            Act::HasAnAddressThatIsGone => self.fakes.mailbox.refuse(email),
            Act::Opens => {
                let Some(link) = self.link(booking) else { return Ok(()) };
                let customer = self.rebookings.customer(&link);
                if let LinkView::Offers(offers) = customer.show().await? {
                    customer.visited(&offers).await?;
                }
            }
            Act::Chooses(date) => self.choose(booking, date).await?,
            Act::ChoosesWhatIsSoldOut(date) => {
                self.fakes.shop.sold_out(CourseDateId::new(date));
                self.choose(booking, date).await?;
                self.deliver().await?;
                self.fakes.shop.restock(CourseDateId::new(date));
            }
            Act::Wishes(kind, text) => {
                let Some(link) = self.link(booking) else { return Ok(()) };
                let (text, email) = (FreeText::line(text, 500), email.clone());
                let (weekdays, months) = (Vec::new(), Vec::new());
                let wish = NewWish { email, kind, text, weekdays, months };
                self.rebookings.customer(&link).wish(&wish).await?;
            }
            Act::Confirms => {
                let Some(key) = self.request(booking).await? else { return Ok(()) };
                self.rebookings.partner(booking.partner.id).confirm(&key).await?;
            }
            Act::IsRefunded => {
                self.fakes.shop.close(booking.order);
                self.rebookings.order_changed(booking.order, OrderEvent::Refunded).await?;
            }
        }
        Ok(())
    }

    async fn decline(
        &self,
        booking: &Booking,
        reason: &str,
        proposed: Option<i64>,
    ) -> Result<(), RebookError> {
        let Some(key) = self.request(booking).await? else { return Ok(()) };
        let proposed = proposed.into_iter().map(CourseDateId::new).collect();
        let decline = Decline { reason: FreeText::line(reason, 500), proposed };
        self.rebookings.partner(booking.partner.id).decline(&key, &decline).await?;
        Ok(())
    }

    /// Somebody delivers while the answer waits for the number of a linked order.
    async fn choose(&self, booking: &Booking, date: i64) -> Result<(), RebookError> {
        let Some(link) = self.link(booking) else { return Ok(()) };
        let (date, email) = (CourseDateId::new(date), booking.customer.email.clone());
        let choice = Choice { date, email, expected_total: None };
        let customer = self.rebookings.customer(&link);
        let (chosen, delivered) = tokio::join!(customer.choose(&choice), self.deliver());
        chosen.map(drop).and(delivered)
    }

    /// What the partner is asked of the case now.
    async fn request(&self, booking: &Booking) -> Result<Option<ConfirmationKey>, RebookError> {
        let seen = self.rebookings.ports().store.find(&CaseKey::Item(booking.item)).await?;
        Ok(seen.value.confirmation.map(|request| ConfirmationKey::Id(request.id)))
    }

    /// The link in the newest mail of the case.
    fn link(&self, booking: &Booking) -> Option<LinkSecret> {
        let (case, mails) = (CaseId::from(booking.item), self.fakes.mailbox.sent());
        let mut mails = mails.into_iter().rev().filter(|mail| mail.token.case == case);
        mails.find_map(|mail| mail.message.link().map(|link| link.secret.clone()))
    }
}
