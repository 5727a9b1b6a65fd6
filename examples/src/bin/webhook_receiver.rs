//! Another system that is told what happens: it believes what is signed, and takes each event once,
//! however often it comes. `SECRET=whsec_… LISTEN=127.0.0.1:9000 webhook_receiver`

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::error::Error;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Bytes;
use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use http::{HeaderMap, StatusCode};
use rebooking_core::ports::Clock as _;
use rebooking_core::system::SystemClock;
use rebooking_http::{WebhookSecret, verify_webhook};
use serde_json::Value;

/// What is known. Yours is a table with the id of the event as its key, written in the transaction
/// that acts on the event.
#[derive(Default)]
struct Known {
    ids: BTreeSet<String>,
    /// The events of each case, in their order.
    cases: BTreeMap<String, Vec<Value>>,
}

#[derive(Clone)]
struct Receiver {
    secrets: Arc<[WebhookSecret]>,
    known: Arc<Mutex<Known>>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let told = |name: &str| env::var(name).map_err(|_| format!("{name} is not set"));
    // Two, separated by a comma, while they are changed.
    let secrets: Result<_, _> = told("SECRET")?.split(',').map(str::parse).collect();
    let receiver = Receiver { secrets: secrets?, known: Arc::default() };
    let app = Router::new().route("/", post(take).get(show)).with_state(receiver);
    let listener = tokio::net::TcpListener::bind(told("LISTEN")?).await?;
    println!("listening on http://{}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}

/// Answers 2xx once the event is kept, and only then: it comes again until it hears that.
async fn take(State(receiver): State<Receiver>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let verified = verify_webhook(&receiver.secrets, &headers, &body, SystemClock.now());
    let Ok(webhook) = verified else { return StatusCode::UNAUTHORIZED };
    let Ok(event) = serde_json::from_slice::<Value>(&body) else { return StatusCode::BAD_REQUEST };
    let (kind, case) = (event.pointer("/type"), event.pointer("/data/caseId"));
    let (Some(kind), Some(case)) = (kind, case) else { return StatusCode::BAD_REQUEST };
    let (kind, case) = (kind.to_string(), case.to_string());
    let mut known = receiver.known.lock().unwrap_or_else(PoisonError::into_inner);
    if known.ids.insert(webhook.id) {
        println!("{kind} of case {case}");
        known.cases.entry(case).or_default().push(event);
    }
    StatusCode::NO_CONTENT
}

/// Everything that is known, by case.
async fn show(State(receiver): State<Receiver>) -> Json<BTreeMap<String, Vec<Value>>> {
    Json(receiver.known.lock().unwrap_or_else(PoisonError::into_inner).cases.clone())
}
