//! What there is to play with, and how far the story has come.

use rebooking_core::error::RebookError;
use rebooking_core::ports::reports::CaseStatus;
use rebooking_core::value::booking::Booking;
use rebooking_core::value::ids::{CaseId, ConfirmationId, PartnerId};
use serde_json::{Value, json};

use super::data::Waiting;
use super::roles::{DemoPartner, PARTNERS, SUPPORT};
use super::{Demo, story};

impl Demo {
    /// All of it.
    pub(super) async fn overview(&self) -> Value {
        let mut bookings = Vec::new();
        for Waiting { confirmation, booking } in &self.0.waiting {
            bookings.push(self.booking(booking, Some(*confirmation)).await);
        }
        for booking in &self.0.past {
            bookings.push(self.booking(booking, None).await);
        }
        // The story is that of the first booking.
        let first = bookings.first().map(|booking| &booking["state"]);
        let next = match first.and_then(Value::as_str) {
            Some("waiting_for_answer") => "decline",
            Some("open") => "choose",
            Some("rebooked" | "awaiting_partner") => "confirm",
            // The database is away: nobody knows.
            Some("unknown") => "unknown",
            Some(_) | None => "support",
        };
        let story = story::steps(self.0.base.as_str());
        let story: Vec<Value> =
            story.into_iter().map(|(what, lines)| json!({"what": what, "lines": lines})).collect();
        json!({
            "story": story,
            "next": next,
            "bearerTokens": tokens(),
            "controls": self.controls().await,
            "bookings": bookings,
            "courses": self.courses(),
            "dates": self.dates(),
            "mails": format!("{}/demo/mails", self.0.base),
            "inMemory": self.0.in_memory,
        })
    }

    async fn booking(&self, booking: &Booking, confirmation: Option<ConfirmationId>) -> Value {
        json!({
            "confirmationId": confirmation,
            "orderItemId": booking.item,
            "orderId": booking.order,
            "orderNumber": booking.order_number,
            "course": booking.course.name,
            "dateId": booking.slot.id,
            "starts": booking.slot.local_start().format("%Y-%m-%d %H:%M").to_string(),
            "participants": booking.participants.count(),
            "partnerId": booking.partner.id,
            "partner": name_of(booking.partner.id),
            "customer": booking.customer.name.expose(),
            "customerEmail": booking.customer.email.expose(),
            "state": self.state(booking.item.into()).await,
        })
    }

    /// How far a case has come; a booking that was never declined has none.
    async fn state(&self, case: CaseId) -> &'static str {
        let file = match self.0.rebookings.support("demo").case(case).await {
            Ok(file) => file,
            Err(RebookError::NotFound(_)) => return "waiting_for_answer",
            Err(_) => return "unknown",
        };
        file.value
            .tokens
            .last()
            .map_or("waiting_for_answer", |token| CaseStatus::from_token(token, file.now).as_str())
    }

    /// The courses by name, each with who gives it and how many dates it has.
    fn courses(&self) -> Vec<Value> {
        let mut courses: Vec<(&str, Option<PartnerId>, usize)> = Vec::new();
        for date in &self.0.courses.0 {
            let (name, partner) = (date.course.name.as_str(), date.partner.as_ref());
            match courses.iter_mut().find(|(known, ..)| *known == name) {
                Some((.., count)) => *count += 1,
                None => courses.push((name, partner.map(|partner| partner.id), 1)),
            }
        }
        let row = |(name, partner, dates): (&str, Option<PartnerId>, usize)| {
            let by = partner.map(name_of);
            json!({"name": name, "partnerId": partner, "partner": by, "dates": dates})
        };
        courses.into_iter().map(row).collect()
    }

    fn dates(&self) -> Vec<Value> {
        let dates = self.0.courses.0.iter();
        dates
            .map(|date| {
                json!({
                    "id": date.id(),
                    "course": date.course.name,
                    "partnerId": date.partner.as_ref().map(|partner| partner.id),
                    "starts": date.slot.local_start().format("%Y-%m-%d %H:%M").to_string(),
                    "price": date.unit_price.decimal(),
                    "places": date.capacity,
                    "takenAtTheStart": date.taken,
                })
            })
            .collect()
    }
}

fn name_of(partner: PartnerId) -> &'static str {
    PARTNERS.iter().find(|known| known.id == partner).map_or("", |known| known.name)
}

fn tokens() -> Vec<Value> {
    let partner = |known: &DemoPartner| {
        let DemoPartner { id, name, token, .. } = known;
        json!({"token": token, "partnerId": id, "name": name, "page": "partner"})
    };
    let (token, name) = SUPPORT;
    let support = json!({"token": token, "support": name, "page": "support"});
    PARTNERS.iter().map(partner).chain([support]).collect()
}
