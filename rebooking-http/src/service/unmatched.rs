//! Addresses that no route has: there the reader is known by what they would like to have.

use axum::extract::Request;
use axum::response::Response;
use http::HeaderValue;
use http::header::ACCEPT;

use crate::api::json::{JsonFloor, JsonReader};
use crate::edge::floor::{Floor, Rejection};
use crate::pages::floor::{PageFloor, PageReader};

/// Answers with a page to whoever accepts one, and with JSON to everybody else.
#[derive(Clone)]
pub(super) struct Unmatched {
    pub(super) json: JsonFloor,
    pub(super) pages: PageFloor,
}

#[derive(Clone)]
pub(super) enum Reader {
    Program(JsonReader),
    Person(PageReader),
}

impl Floor for Unmatched {
    type Reader = Reader;

    fn reader(&self, request: &Request) -> Reader {
        let accepted = request.headers().get(ACCEPT).and_then(|accepted| accepted.to_str().ok());
        if accepted.is_some_and(|types| types.contains("text/html")) {
            Reader::Person(self.pages.reader(request))
        } else {
            Reader::Program(self.json.reader(request))
        }
    }

    fn language(reader: &Reader) -> Option<HeaderValue> {
        match reader {
            Reader::Program(reader) => JsonFloor::language(reader),
            Reader::Person(reader) => PageFloor::language(reader),
        }
    }

    fn reject(&self, rejection: Rejection, reader: &Reader) -> Response {
        match reader {
            Reader::Program(reader) => self.json.reject(rejection, reader),
            Reader::Person(reader) => self.pages.reject(rejection, reader),
        }
    }
}
