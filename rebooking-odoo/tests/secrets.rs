//! Neither the key nor anything about a customer is in a log, whatever goes wrong and however much
//! is logged.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    dead_code,
    reason = "in a test a panic is the report; other tests use more of the desk"
)]

#[path = "odoo/desk.rs"]
mod desk;

use std::io;
use std::sync::Mutex;

use rebooking_core::effect::TicketFact;
use rebooking_core::ports::Tickets as _;
use rebooking_core::wish::WishKind;
use rebooking_odoo::testing::{KEY, Symptom, Trouble};

use desk::{ALL, Desk, note, wish};

static LOG: Mutex<Vec<u8>> = Mutex::new(Vec::new());

/// Takes what libraries log by `tracing`.
struct Lines;

impl io::Write for Lines {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        LOG.lock().unwrap().extend_from_slice(line);
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Takes what they log by `log`.
struct Records;

impl log::Log for Records {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        let line = format!("{} {}\n", record.target(), record.args());
        LOG.lock().unwrap().extend_from_slice(line.as_bytes());
    }

    fn flush(&self) {}
}

fn capture() {
    let everything = tracing_subscriber::fmt().with_writer(|| Lines);
    let everything = everything.with_max_level(tracing::Level::TRACE).finish();
    tracing::subscriber::set_global_default(everything).unwrap();
    log::set_boxed_logger(Box::new(Records)).unwrap();
    log::set_max_level(log::LevelFilter::Trace);
}

#[tokio::test]
async fn no_log_holds_the_key_or_the_customer() {
    capture();
    for (dialect, flavour) in ALL {
        let desk = Desk::new(dialect, flavour).await;
        desk.record(&note(TicketFact::Declined)).await;
        desk.record(&wish(0, WishKind::MoneyBack, "Mein Hund ist krank")).await;
        for symptom in [
            Symptom::Reset,
            Symptom::Huge,
            Symptom::WrongJson,
            Symptom::error_in_json(),
            Symptom::page(503),
            Symptom::page(401),
        ] {
            desk.odoo.trouble_at(0, Trouble { symptom, done: true }).await;
            let _ = desk.tickets.record(&note(TicketFact::NoDates)).await.unwrap_err();
            desk.odoo.calm_down().await;
        }
        desk.odoo.forbid("helpdesk.ticket", true);
        let _ = desk.tickets.record(&note(TicketFact::NoDates)).await.unwrap_err();
        desk.odoo.revoke_key(true);
        let _ = desk.tickets.record(&note(TicketFact::NoDates)).await.unwrap_err();
    }
    let log = String::from_utf8_lossy(&LOG.lock().unwrap()).into_owned();
    assert!(log.contains("hyper"), "libraries are heard");
    for secret in [KEY, "Erika", "Mustermann", "example.com", "Koch", "Hund", "Traceback"] {
        assert!(!log.contains(secret), "{secret} is in the log");
    }
}
