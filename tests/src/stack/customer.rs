//! What customers do: with a browser, and with the API that stands behind it.

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use super::doors::{As, Doors};
use super::people::{Guest, Link};
use crate::http::Answer;

/// A choice that was answered with success.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acknowledged {
    /// By which link.
    pub link: Link,
    /// By which address.
    pub email: String,
    /// Which date.
    pub date: i64,
    /// What was answered: the data.
    pub data: Value,
}

/// All choices that were answered with success.
#[derive(Clone, Debug, Default)]
pub struct Acknowledgements(Arc<Mutex<Vec<Acknowledged>>>);

impl Acknowledgements {
    /// Each so far.
    #[must_use]
    pub fn all(&self) -> Vec<Acknowledged> {
        self.0.lock().unwrap().clone()
    }

    fn note(&self, link: &Link, email: &str, date: i64, answer: &Answer) {
        if answer.status == 200 {
            let data = answer.json()["data"].take();
            let (link, email) = (link.clone(), email.to_owned());
            self.0.lock().unwrap().push(Acknowledged { link, email, date, data });
        }
    }
}

/// Somebody with a link.
#[derive(Clone, Debug)]
pub struct Customer {
    doors: Doors,
    told: Acknowledgements,
}

impl Customer {
    /// At these doors; what is acknowledged is noted.
    #[must_use]
    pub const fn at(doors: Doors, told: Acknowledgements) -> Self {
        Self { doors, told }
    }

    /// Opens the page in a browser.
    pub async fn opens(&self, link: &Link) -> Answer {
        self.doors.ask(As::Browser, "GET", &link.page, "").await
    }

    /// What the page is made of.
    pub async fn looks(&self, link: &Link) -> Answer {
        self.doors.ask(As::Anybody, "GET", &link.api(), "").await
    }

    /// The numbers of the dates on offer.
    pub async fn dates(&self, link: &Link) -> Vec<i64> {
        let shown = self.looks(link).await.json();
        let dates = shown["data"]["availableDates"].as_array().unwrap_or_else(|| panic!("{shown}"));
        dates.iter().filter_map(|date| date["id"].as_i64()).collect()
    }

    /// Opens the page, types the address and clicks on a date: the page that comes back, after
    /// where it leads.
    pub async fn clicks(&self, link: &Link, guest: &Guest, date: i64) -> Answer {
        let page = self.opens(link).await;
        let begin = format!("value=\"{date}:");
        let rest = page.body.split_once(&begin).unwrap_or_else(|| panic!("{date} in {page:?}")).1;
        let total = rest.split('"').next().unwrap();
        let email = guest.email.replace('@', "%40");
        let form = format!("customerEmail={email}&choice={date}%3A{total}");
        let answer = self.doors.ask(As::Browser, "POST", &link.page, &form).await;
        let led = answer.head.lines().find_map(|line| line.strip_prefix("location: "));
        match led {
            // It leads to the same page, which now says what was done.
            Some(onward) if answer.status == 303 => {
                let path = format!("{}{onward}", link.page);
                self.doors.ask(As::Browser, "GET", &path, "").await
            }
            Some(_) | None => answer,
        }
    }

    /// Chooses a date by the API.
    pub async fn chooses(&self, link: &Link, guest: &Guest, date: i64) -> Answer {
        let answer = self.sends(link, &guest.email, date).await;
        self.told.note(link, &guest.email, date, &answer);
        answer
    }

    /// The same, and nobody takes note.
    pub async fn sends(&self, link: &Link, email: &str, date: i64) -> Answer {
        let choice = json!({ "selectedDateId": date, "customerEmail": email }).to_string();
        self.doors.ask(As::Anybody, "POST", &link.api(), &choice).await
    }

    /// Chooses a date, and agrees to what it costs the party: `198`.
    pub async fn agrees(&self, link: &Link, guest: &Guest, date: i64, total: i64) -> Answer {
        let choice = json!({
            "selectedDateId": date, "customerEmail": guest.email, "expectedTotal": total,
        });
        let answer = self.doors.ask(As::Anybody, "POST", &link.api(), &choice.to_string()).await;
        self.told.note(link, &guest.email, date, &answer);
        answer
    }

    /// Names one date to take should the partner decline.
    pub async fn names_backup(&self, link: &Link, guest: &Guest, date: i64) -> Answer {
        let list = json!({ "customerEmail": guest.email, "backups": [{ "dateId": date }] });
        let path = format!("{}/backups", link.api());
        self.doors.ask(As::Anybody, "PUT", &path, &list.to_string()).await
    }

    /// Takes a date in place of the backup that was booked.
    pub async fn exchanges(&self, link: &Link, guest: &Guest, date: i64) -> Answer {
        let choice = json!({ "selectedDateId": date, "customerEmail": guest.email }).to_string();
        self.doors.ask(As::Anybody, "PUT", &format!("{}/date", link.api()), &choice).await
    }

    /// Says that no date suits: `new_dates`, `other` or `money_back`.
    pub async fn wishes(&self, link: &Link, guest: &Guest, kind: &str, text: &str) -> Answer {
        let wish = json!({ "customerEmail": guest.email, "kind": kind, "text": text }).to_string();
        self.doors.ask(As::Anybody, "POST", &format!("{}/wishes", link.api()), &wish).await
    }

    /// Asks for a fresh link in place of one that has expired.
    pub async fn asks_for_a_new_link(&self, link: &Link) -> Answer {
        self.doors.ask(As::Anybody, "POST", &format!("{}/new-link", link.api()), "{}").await
    }
}
