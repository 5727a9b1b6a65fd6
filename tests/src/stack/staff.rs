//! What partners and support do, by the API.

use serde_json::{Value, json};

use super::doors::{As, Doors};
use super::people::{Giver, SUSI};
use super::shop::Bought;
use super::wait::eventually;
use crate::http::Answer;

/// Somebody who gives courses, signed in to the portal.
#[derive(Clone, Debug)]
pub struct Partner {
    doors: Doors,
    giver: Giver,
}

impl Partner {
    /// Who gives courses, at these doors.
    #[must_use]
    pub const fn at(doors: Doors, giver: Giver) -> Self {
        Self { doors, giver }
    }

    /// Asks for something.
    pub async fn asks(&self, method: &str, path: &str, body: &Value) -> Answer {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        self.doors.ask(As::Bearer(self.giver.token), method, path, &body).await
    }

    /// The requests in this state.
    pub async fn requests(&self, status: &str) -> Vec<Value> {
        let path = format!("/api/partner/confirmations?status={status}&size=100");
        let found = self.asks("GET", &path, &Value::Null).await;
        assert_eq!(found.status, 200, "{found:?}");
        found.json()["data"]["confirmations"].as_array().unwrap().clone()
    }

    /// Waits for a request about an order on a date, in this state, and gives its number.
    pub async fn request(&self, order: &str, date: i64, status: &str) -> i64 {
        eventually(&format!("a request about {order} on {date} that is {status}"), || async {
            let requests = self.requests(status).await;
            let about = |request: &&Value| {
                request["orderNumber"] == *order && request["dateId"].as_i64() == Some(date)
            };
            requests.iter().find(about)?["id"].as_i64()
        })
        .await
    }

    /// Declines a request that waits, and proposes these dates.
    pub async fn declines(&self, order: &str, date: i64, proposed: &[i64]) {
        let request = self.request(order, date, "pending").await;
        self.declines_number(request, proposed).await;
    }

    /// Declines what was confirmed.
    pub async fn takes_back(&self, order: &str, date: i64) {
        let request = self.request(order, date, "confirmed").await;
        self.declines_number(request, &[]).await;
    }

    async fn declines_number(&self, request: i64, proposed: &[i64]) {
        let body = json!({ "reason": "Der Koch ist krank.", "proposedDateIds": proposed });
        let path = format!("/api/partner/confirmations/{request}/decline");
        let answer = self.asks("POST", &path, &body).await;
        // Asked once more after a server that was killed, it may be done.
        let done = answer.status == 409 && answer.body.contains("confirmation_closed");
        assert!(answer.status == 200 || done, "{answer:?}");
    }

    /// Confirms a request that waits.
    pub async fn confirms(&self, order: &str, date: i64) {
        let request = self.request(order, date, "pending").await;
        let path = format!("/api/partner/confirmations/{request}/confirm");
        let answer = self.asks("POST", &path, &json!({})).await;
        assert_eq!(answer.status, 200, "{answer:?}");
    }

    /// Withdraws a date with all of its bookings.
    pub async fn withdraws(&self, date: i64) -> Value {
        let path = format!("/api/partner/dates/{date}/withdraw");
        let answer = self.asks("POST", &path, &json!({ "reason": "Rohrbruch" })).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.json()["data"].take()
    }

    /// The list of what was rebooked.
    pub async fn rebookings(&self) -> Vec<Value> {
        let found = self.asks("GET", "/api/partner/rebookings?size=100", &Value::Null).await;
        assert_eq!(found.status, 200, "{found:?}");
        found.json()["data"]["rebookings"].as_array().unwrap().clone()
    }
}

/// Susi, who is support.
#[derive(Clone, Debug)]
pub struct Support {
    doors: Doors,
}

impl Support {
    /// At these doors.
    #[must_use]
    pub const fn at(doors: Doors) -> Self {
        Self { doors }
    }

    /// Asks for something.
    pub async fn asks(&self, method: &str, path: &str, body: &Value) -> Answer {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        self.doors.ask(As::Bearer(SUSI), method, path, &body).await
    }

    /// Reads something.
    pub async fn reads(&self, path: &str) -> Value {
        let answer = self.asks("GET", path, &Value::Null).await;
        assert_eq!(answer.status, 200, "{path}: {answer:?}");
        answer.json()["data"].take()
    }

    /// The case of a booking.
    pub async fn case(&self, bought: Bought) -> Value {
        self.reads(&format!("/api/support/cases/{}", bought.item)).await
    }

    /// Does something to the case of a booking: `cancel`, `extend`, `reissue`.
    pub async fn does(&self, bought: Bought, what: &str, body: &Value) -> Value {
        let path = format!("/api/support/cases/{}/{what}", bought.item);
        let answer = self.asks("POST", &path, body).await;
        assert_eq!(answer.status, 200, "{path} {body}: {answer:?}");
        answer.json()["data"].take()
    }

    /// Sends a link by the number of an order.
    pub async fn sends_a_link(&self, order: &str) -> Value {
        let body = json!({ "orderNumber": order, "reason": "Am Telefon besprochen" });
        let answer = self.asks("POST", "/api/support/links", &body).await;
        assert_eq!(answer.status, 200, "{body}: {answer:?}");
        answer.json()["data"].take()
    }
}
