//! The routes that are described, each with requests that it takes.

use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{Method, Request};
use rebooking_core::testing::samples;
use serde_json::{Value, json};

use super::DESCRIBED;
use crate::api::{Answer, Api, FIRST, FOURTH, PARTNER, SECOND, SINGLE, SUPPORT};

/// One route, with bodies that it can read; null where it reads none.
pub(super) struct Route {
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) token: &'static str,
    pub(super) bodies: Vec<Value>,
}

impl Route {
    pub(super) fn all() -> Vec<Self> {
        let route = |((method, path), operation): (&(String, String), &Value)| Self {
            method: method.parse().unwrap(),
            bodies: bodies(method, path),
            token: match operation["security"][0]["bearer"].is_array() {
                true if path.starts_with("/api/partner/") => PARTNER,
                true => SUPPORT,
                false => "",
            },
            path: path.clone(),
        };
        DESCRIBED.iter().map(route).collect()
    }

    pub(super) fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// Where it is, of a link or a number that there is.
    pub(super) fn place(&self, link: &str) -> String {
        self.path.replace("{token}", link).replace("{id}", "1")
    }

    /// The same of every link and number that there may be, and of some that there are not.
    fn places(&self, link: &str) -> Vec<String> {
        let order = samples::booking().order.value();
        let numbers = (1..=9).chain([7001, 7002, order, 999_999]).map(|id| id.to_string());
        if self.path.contains("{token}") {
            [link, "A"].iter().map(|link| self.path.replace("{token}", link)).collect()
        } else if self.path.contains("{id}") {
            let numbers = numbers.chain(["x".to_owned()]);
            numbers.map(|id| self.path.replace("{id}", &id)).collect()
        } else {
            vec![self.path.clone()]
        }
    }

    /// What it answers to all of its requests, one after the other.
    pub(super) async fn ask(&self, api: &Api, link: &str) -> Vec<Answer> {
        let mut answers = Vec::new();
        for place in self.places(link) {
            for body in &self.bodies {
                let body = if body.is_null() { String::new() } else { body.to_string() };
                answers.push(self.send(api, &place, self.token, &body).await);
            }
        }
        answers
    }

    pub(super) async fn send(&self, api: &Api, place: &str, token: &str, body: &str) -> Answer {
        let mut request = Request::builder().method(&self.method).uri(place);
        if !token.is_empty() {
            request = request.header(AUTHORIZATION, format!("Bearer {token}"));
        }
        if !body.is_empty() {
            request = request.header(CONTENT_TYPE, "application/json");
        }
        api.call(request.body(body.to_owned()).unwrap()).await
    }
}

fn bodies(method: &str, path: &str) -> Vec<Value> {
    const CUSTOMERS: [&str; 2] = ["wrong@example.com", "erika@example.com"];
    let reason = "Am Telefon besprochen";
    match path.rsplit('/').next().unwrap_or_default() {
        "{token}" if method == "POST" => {
            let dates = [999, SINGLE, SECOND, FIRST];
            let choices = CUSTOMERS.map(|email| {
                dates.map(|date| json!({"selectedDateId": date, "customerEmail": email}))
            });
            choices.into_iter().flatten().collect()
        }
        // Named, then by somebody who does not know the address until that is too often.
        "backups" if method == "PUT" => {
            let list =
                |email: &str, date| json!({"customerEmail": email, "backups": [{"dateId": date}]});
            let named = [999, SINGLE, SECOND].map(|date| list(CUSTOMERS[1], date));
            named.into_iter().chain([0; 6].map(|_| list(CUSTOMERS[0], SECOND))).collect()
        }
        // Exchanged, then the same again by who does not know the address.
        "date" if method == "PUT" => {
            let choice =
                |email: &str, date: i64| json!({"customerEmail": email, "selectedDateId": date});
            let right = [999, SINGLE, FOURTH, SECOND].map(|date| choice(CUSTOMERS[1], date));
            right.into_iter().chain([0; 6].map(|_| choice(CUSTOMERS[0], FOURTH))).collect()
        }
        "wishes" => {
            CUSTOMERS.map(|email| json!({"customerEmail": email, "kind": "new_dates"})).into()
        }
        "choose" => [999, SINGLE, SECOND, FIRST]
            .map(|date| json!({"dateId": date, "reason": reason}))
            .into(),
        "decline" | "withdraw" | "cancel" | "settle" | "skip" => vec![json!({"reason": reason})],
        "forget" | "export" if method == "GET" => vec![Value::Null],
        "forget" if path.contains("{id}") => {
            [false, true].map(|cancel| json!({"reason": reason, "cancelOpen": cancel})).into()
        }
        "forget" => [("nobody@example.com", false), (CUSTOMERS[1], false), (CUSTOMERS[1], true)]
            .map(|(email, cancel)| json!({"email": email, "reason": reason, "cancelOpen": cancel}))
            .into(),
        "export" => CUSTOMERS.map(|email| json!({"email": email})).into(),
        "take" => vec![json!({}), json!({"takeOver": true})],
        "notes" => vec![json!({"note": reason})],
        "extend" => vec![json!({"days": 1})],
        "changed" => vec![json!({"event": "refunded"})],
        "links" => vec![
            json!({"orderItemId": 4711, "reason": reason}),
            json!({"orderNumber": "100007001", "reason": reason}),
            json!({"orderItemId": 7001, "reason": reason}),
        ],
        _ => vec![Value::Null],
    }
}
