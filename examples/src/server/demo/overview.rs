//! What there is to play with, and how far the story has come.

use rebooking_core::ports::reports::CaseStatus;
use rebooking_core::value::ids::CaseId;
use serde_json::{Value, json};

use super::data::Waiting;
use super::roles::{DEMO_TOKENS, DemoRole};
use super::{Demo, story};

impl Demo {
    /// All of it.
    pub(super) async fn overview(&self) -> Value {
        let mut bookings = Vec::new();
        for waiting in &self.0.waiting {
            bookings.push(self.booking(waiting).await);
        }
        // The story is that of the first booking.
        let first = bookings.first().map(|booking| &booking["state"]);
        let next = match first.and_then(Value::as_str) {
            Some("waiting_for_answer") => "decline",
            Some("open") => "choose",
            Some("rebooked" | "awaiting_partner") => "confirm",
            Some(_) | None => "support",
        };
        let story = story::steps(self.0.base.as_str());
        let story: Vec<Value> =
            story.into_iter().map(|(what, lines)| json!({"what": what, "lines": lines})).collect();
        json!({
            "story": story,
            "next": next,
            "bearerTokens": tokens(),
            "bookings": bookings,
            "dates": self.dates(),
            "mails": format!("{}/demo/mails", self.0.base),
            "inMemory": self.0.in_memory,
            "mailsLeave": self.0.mails_leave,
        })
    }

    async fn booking(&self, waiting: &Waiting) -> Value {
        let booking = &waiting.booking;
        json!({
            "confirmationId": waiting.confirmation,
            "orderItemId": booking.item,
            "orderId": booking.order,
            "orderNumber": booking.order_number,
            "course": booking.course.name,
            "dateId": booking.slot.id,
            "starts": booking.slot.local_start().format("%Y-%m-%d %H:%M").to_string(),
            "participants": booking.participants.count(),
            "partnerId": booking.partner.id,
            "customer": booking.customer.name.expose(),
            "customerEmail": booking.customer.email.expose(),
            "state": self.state(booking.item.into()).await,
        })
    }

    /// How far a case has come; a booking that was never declined has none.
    async fn state(&self, case: CaseId) -> &'static str {
        let Ok(file) = self.0.rebookings.support("demo").case(case).await else {
            return "waiting_for_answer";
        };
        file.value
            .tokens
            .last()
            .map_or("waiting_for_answer", |token| CaseStatus::from_token(token, file.now).as_str())
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

fn tokens() -> Vec<Value> {
    let token = |(token, role)| match role {
        DemoRole::Partner(partner) => {
            json!({"token": token, "partnerId": partner, "page": "partner"})
        }
        DemoRole::Support(name) => json!({"token": token, "support": name, "page": "support"}),
    };
    DEMO_TOKENS.into_iter().map(token).collect()
}
