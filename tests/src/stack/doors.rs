//! Where the servers are, and how they are asked.

use std::io;
use std::sync::{Arc, Mutex};

use super::wait::eventually;
use crate::http::{Answer, try_call};

/// The addresses of the servers that run. A clone is another handle to them.
#[derive(Clone, Debug, Default)]
pub struct Doors(Arc<Mutex<Open>>);

#[derive(Debug, Default)]
struct Open {
    bases: Vec<String>,
    asked_again: bool,
}

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum As<'a> {
    /// Somebody with no more than a link, by the API.
    Anybody,
    /// Somebody with a browser.
    Browser,
    /// Who has this access token.
    Bearer(&'a str),
}

impl Doors {
    /// These servers are to be asked from now on, in turn.
    pub fn set(&self, bases: Vec<String>) {
        self.0.lock().unwrap().bases = bases;
    }

    /// From now on, [`ask`](Self::ask) asks again where nobody answers, or somebody who cannot for
    /// now: as people do.
    pub fn are_asked_until_they_answer(&self) {
        self.0.lock().unwrap().asked_again = true;
    }

    /// Where the next request goes: each server has its turn. None runs while there is none.
    #[must_use]
    pub fn next(&self) -> Option<String> {
        let mut open = self.0.lock().unwrap();
        let first = open.bases.first()?.clone();
        open.bases.rotate_left(1);
        Some(first)
    }

    /// Asks one of them.
    ///
    /// # Errors
    /// Nobody is there, or the answer breaks off.
    pub async fn try_ask(
        &self,
        who: As<'_>,
        method: &str,
        path: &str,
        body: &str,
    ) -> io::Result<Answer> {
        let bearer;
        let mut headers = match who {
            As::Browser => vec![
                ("accept", "text/html,application/xhtml+xml"),
                ("content-type", "application/x-www-form-urlencoded"),
                ("sec-fetch-site", "same-origin"),
                ("sec-fetch-user", "?1"),
            ],
            As::Anybody | As::Bearer(_) => {
                vec![("accept", "application/json"), ("content-type", "application/json")]
            }
        };
        if let As::Bearer(token) = who {
            bearer = format!("Bearer {token}");
            headers.push(("authorization", &bearer));
        }
        let base = self.next().ok_or(io::ErrorKind::NotConnected)?;
        try_call(&base, method, path, &headers, body).await
    }

    /// Asks one of them, which must be there.
    pub async fn ask(&self, who: As<'_>, method: &str, path: &str, body: &str) -> Answer {
        if self.0.lock().unwrap().asked_again {
            return eventually(&format!("an answer to {method} {path}"), || async {
                let answer = self.try_ask(who, method, path, body).await.ok()?;
                (answer.status < 500).then_some(answer)
            })
            .await;
        }
        let answer = self.try_ask(who, method, path, body).await;
        answer.unwrap_or_else(|error| panic!("{method} {path}: {error}"))
    }
}
