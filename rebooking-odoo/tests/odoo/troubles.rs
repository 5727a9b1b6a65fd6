//! Every call of every sequence goes wrong in every way, one at a time, with and without a restart
//! after it. In the end there is one ticket with each note once.

use futures_util::StreamExt as _;
use futures_util::future::{join, join_all};
use futures_util::stream::iter;
use rebooking_core::effect::TicketFact;
use rebooking_core::ports::{PortError, TicketNote, Tickets as _};
use rebooking_core::token::TicketRef;
use rebooking_core::wish::WishKind;
use rebooking_odoo::Flavour::{self, Enterprise, Oca};
use rebooking_odoo::reqwest::Client;
use rebooking_odoo::testing::Dialect::{self, Json2, JsonRpc};
use rebooking_odoo::testing::{KEY, LOGIN, Symptom, Trouble};

use crate::desk::{Desk, SHORT, client, note, wish};

/// What a note meets.
#[derive(Clone, Copy, Debug)]
enum Sequence {
    /// No ticket yet, and an adapter that has just begun.
    First,
    /// A ticket that is known by its id.
    Known,
    /// A ticket that only Odoo knows.
    Forgotten,
    /// A ticket that people have deleted.
    Deleted,
    /// A ticket that we have solved ourselves, and somebody wants the money back.
    Solved,
}

const SEQUENCES: [Sequence; 5] =
    [Sequence::First, Sequence::Known, Sequence::Forgotten, Sequence::Deleted, Sequence::Solved];

fn symptoms() -> [Symptom; 13] {
    [
        Symptom::Refused,
        Symptom::Reset,
        Symptom::error_in_json(),
        Symptom::Answer(500, "text/plain", "Internal Server Error".into()),
        Symptom::page(502),
        Symptom::page(503),
        Symptom::page(429),
        Symptom::page(404),
        Symptom::page(401),
        Symptom::Silent,
        Symptom::Huge,
        Symptom::WrongJson,
        Symptom::Drip,
    ]
}

impl Sequence {
    /// Everything before the note that meets trouble, and that note.
    async fn prepare(self, desk: &mut Desk) -> TicketNote {
        let knowing = |note: TicketNote, ticket| TicketNote { ticket: Some(ticket), ..note };
        match self {
            Self::First => note(TicketFact::Declined),
            Self::Known => {
                let ticket = record(desk, &note(TicketFact::Declined), false).await;
                knowing(note(TicketFact::Rebooked), ticket)
            }
            Self::Forgotten => {
                record(desk, &note(TicketFact::Declined), false).await;
                note(TicketFact::Rebooked)
            }
            Self::Deleted => {
                let ticket = record(desk, &note(TicketFact::Declined), false).await;
                desk.odoo.delete(ticket.id.parse().unwrap());
                knowing(note(TicketFact::Rebooked), ticket)
            }
            Self::Solved => {
                let ticket = record(desk, &note(TicketFact::Confirmed), false).await;
                knowing(wish(0, WishKind::MoneyBack, "Bitte"), ticket)
            }
        }
    }

    const fn notes(self) -> usize {
        match self {
            Self::First | Self::Deleted => 1,
            Self::Known | Self::Forgotten | Self::Solved => 2,
        }
    }

    const fn stage(self, flavour: Flavour) -> &'static str {
        match (self, flavour) {
            (Self::First, Oca) => "Awaiting",
            (Self::First, Enterprise) => "Waiting",
            (Self::Known | Self::Forgotten | Self::Deleted, _) => "In Progress",
            (Self::Solved, _) => "New",
        }
    }

    /// The calls of a run without any trouble.
    async fn calls(self, http: &Client, dialect: Dialect, flavour: Flavour) -> usize {
        let mut desk = Desk::with_client(http.clone(), dialect, flavour).await;
        let note = self.prepare(&mut desk).await;
        let before = desk.odoo.calls().len();
        desk.record(&note).await;
        desk.odoo.calls().len() - before
    }
}

/// One run.
#[derive(Clone, Debug)]
struct Run {
    sequence: Sequence,
    call: usize,
    trouble: Trouble,
    restart: bool,
}

async fn all_runs(http: &Client, dialect: Dialect, flavour: Flavour) -> Vec<Run> {
    let mut runs = Vec::new();
    for sequence in SEQUENCES {
        for call in 0..sequence.calls(http, dialect, flavour).await {
            for symptom in symptoms() {
                for (done, restart) in [(false, false), (false, true), (true, false), (true, true)]
                {
                    if symptom == Symptom::Refused && done {
                        continue;
                    }
                    let trouble = Trouble { symptom: symptom.clone(), done };
                    runs.push(Run { sequence, call, trouble, restart });
                }
            }
        }
    }
    runs
}

fn assert_says_nothing(error: &PortError) {
    let said = format!("{error} {error:?} {}", error.phrase());
    for secret in [KEY, LOGIN, "Erika", "example.com", "krank", "127.0.0.1", "Traceback"] {
        assert!(!said.contains(secret), "{secret} in {said}");
    }
}

/// As the worker does it: again and again while that can help.
async fn record(desk: &mut Desk, note: &TicketNote, restart: bool) -> TicketRef {
    for _ in 0..20 {
        match desk.tickets.record(note).await {
            Ok(ticket) => return ticket,
            Err(error) => {
                assert!(error.is_retryable(), "{error:?}");
                assert_says_nothing(&error);
                desk.odoo.calm_down().await;
                if restart {
                    desk.restart();
                }
            }
        }
    }
    panic!("it never worked")
}

async fn run(http: &Client, dialect: Dialect, flavour: Flavour, run: Run) {
    let mut desk = Desk::with_client(http.clone(), dialect, flavour).await;
    if matches!(run.trouble.symptom, Symptom::Silent | Symptom::Drip) {
        desk = desk.with(|settings| settings.limits.call = SHORT);
    }
    let note = run.sequence.prepare(&mut desk).await;
    desk.odoo.trouble_at(run.call, run.trouble.clone()).await;
    let ticket = record(&mut desk, &note, run.restart).await;
    let seen = desk.ticket();
    assert_eq!(ticket.id, seen.id.to_string(), "{run:?}");
    assert_eq!(seen.external, ["__rebooking__.case_7001"], "{run:?}");
    assert_eq!(seen.notes.len(), run.sequence.notes(), "{run:?}");
    assert_eq!(seen.stage, run.sequence.stage(flavour), "{run:?}");
    desk.odoo.calm_down().await;
    assert_eq!(record(&mut desk, &note, false).await, ticket, "{run:?}");
    assert_eq!(desk.ticket(), seen, "nothing happens any more: {run:?}");
}

async fn every_trouble(dialect: Dialect, flavour: Flavour) {
    let http = client();
    let runs = all_runs(&http, dialect, flavour).await;
    assert!(runs.len() > 1_000, "only {}", runs.len());
    iter(runs).for_each_concurrent(24, |this| run(&http, dialect, flavour, this)).await;
}

#[tokio::test]
async fn every_trouble_over_json2_with_oca_ends_in_one_ticket_and_one_note() {
    every_trouble(Json2, Oca).await;
}

#[tokio::test]
async fn every_trouble_over_json2_with_enterprise_ends_in_one_ticket_and_one_note() {
    every_trouble(Json2, Enterprise).await;
}

#[tokio::test]
async fn every_trouble_over_json_rpc_with_oca_ends_in_one_ticket_and_one_note() {
    every_trouble(JsonRpc, Oca).await;
}

#[tokio::test]
async fn every_trouble_over_json_rpc_with_enterprise_ends_in_one_ticket_and_one_note() {
    every_trouble(JsonRpc, Enterprise).await;
}

fn sorted(result: Result<TicketRef, PortError>) -> &'static str {
    match result.unwrap_err() {
        PortError::Transient(_) => "transient",
        PortError::Unknown(_) => "unknown",
        PortError::Unavailable(_) => "unavailable",
        PortError::Unauthorized(_) => "unauthorized",
        other => panic!("{other:?}"),
    }
}

/// What is known of the outcome when a call breaks that reads, and when one breaks that writes.
#[tokio::test]
async fn a_broken_call_is_sorted_by_whether_it_may_have_written() {
    let http = client();
    for (symptom, reading, writing) in [
        (Symptom::Reset, "unavailable", "unknown"),
        (Symptom::Silent, "unavailable", "unknown"),
        (Symptom::Drip, "unavailable", "unknown"),
        (Symptom::Huge, "transient", "unknown"),
        (Symptom::WrongJson, "transient", "unknown"),
        (Symptom::error_in_json(), "unavailable", "unknown"),
        (Symptom::page(503), "unavailable", "unknown"),
        (Symptom::page(429), "unavailable", "unavailable"),
        (Symptom::page(401), "unauthorized", "unauthorized"),
    ] {
        let desk = Desk::with_client(http.clone(), Json2, Oca).await;
        let desk = match symptom {
            Symptom::Silent | Symptom::Drip => desk.with(|to| to.limits.call = SHORT),
            _ => desk,
        };
        let trouble = Trouble { symptom: symptom.clone(), done: false };
        desk.odoo.trouble_at(0, trouble.clone()).await;
        let read = desk.tickets.record(&note(TicketFact::Declined)).await;
        desk.odoo.calm_down().await;
        desk.odoo.trouble_with_next_write(trouble);
        let wrote = desk.tickets.record(&note(TicketFact::Declined)).await;
        assert_eq!((sorted(read), sorted(wrote)), (reading, writing), "{symptom:?}");
    }
}

#[tokio::test]
async fn nobody_at_the_port_is_nobody_there() {
    let desk = Desk::new(Json2, Oca).await;
    desk.odoo.trouble_at(0, Trouble { symptom: Symptom::Refused, done: false }).await;
    let refused = desk.tickets.record(&note(TicketFact::Declined)).await;
    assert_eq!(sorted(refused), "unavailable");
    desk.odoo.calm_down().await;
    desk.record(&note(TicketFact::Declined)).await;
}

#[tokio::test]
async fn all_calls_of_a_note_share_its_time() {
    let desk = Desk::new(Json2, Oca).await.with(|settings| settings.limits.total = SHORT);
    desk.odoo.trouble_with_next_write(Trouble { symptom: Symptom::Silent, done: true });
    let over = desk.tickets.record(&note(TicketFact::Declined)).await;
    assert_eq!(sorted(over), "unknown");
}

/// A field that this Odoo demands, say: the next try may find it mended.
#[tokio::test]
async fn a_ticket_that_odoo_does_not_take_is_tried_again_and_names_the_field() {
    for (said, expected) in [
        (r#","field":"name""#, "helpdesk.ticket/load: the ticket was not taken (name)"),
        (
            r#","field":"Erika""#,
            "helpdesk.ticket/load: the ticket was not taken (no field is named)",
        ),
        ("", "helpdesk.ticket/load: the ticket was not taken (no field is named)"),
    ] {
        let desk = Desk::new(Json2, Oca).await;
        let body = format!(
            r#"{{"ids":false,"messages":[{{"type":"error"{said},"message":"Erika"}}],"nextrow":0}}"#
        );
        let symptom = Symptom::Answer(200, "application/json", body);
        desk.odoo.trouble_with_next_write(Trouble { symptom, done: false });
        let refused = desk.tickets.record(&note(TicketFact::Declined)).await.unwrap_err();
        assert_eq!(refused.phrase(), format!("out of reach for now: {expected}"));
        desk.record(&note(TicketFact::Declined)).await;
        assert_eq!(desk.ticket().notes.len(), 1);
    }
}

/// Whatever is due at once, Odoo has no more than its share to do.
#[tokio::test]
async fn no_more_calls_are_under_way_than_the_settings_allow() {
    let desk = Desk::new(Json2, Oca).await.with(|settings| settings.limits.at_once = 3);
    desk.record(&note(TicketFact::Declined)).await;
    let before = desk.odoo.calls().len();
    desk.odoo.hold();
    let notes: Vec<TicketNote> = (0..12).map(|place| wish(place, WishKind::Other, "x")).collect();
    let all = join_all(notes.iter().map(|note| desk.tickets.record(note)));
    let watch = async {
        desk.odoo.until_held(3).await;
        // Whoever could have come would be there by now: others have come and gone meanwhile.
        for _ in 0..20 {
            let version = format!("http://{}/json/version", desk.odoo.address());
            assert!(desk.http.get(version).send().await.unwrap().status().is_success());
        }
        assert_eq!(desk.odoo.calls().len() - before, 3 + 20);
        desk.odoo.release();
    };
    let (recorded, ()) = join(all, watch).await;
    assert!(recorded.iter().all(Result::is_ok), "{recorded:?}");
    assert_eq!(desk.ticket().notes.len(), 13);
}
