//! What people do in the helpdesk, for a test that runs it as a process: `POST /control/move` and
//! the like, with JSON and without a sign-in.
//!
//! | call | body | does |
//! |---|---|---|
//! | `GET /control/tickets` | | every ticket that was not deleted, with its notes |
//! | `GET /control/calls` | | which methods were called, and what was sent |
//! | `POST /control/move` | `ticket`, `stage` | people move it |
//! | `POST /control/delete` | `ticket` | people delete it |
//! | `POST /control/revoke` | `revoked` | the key is no longer valid, or is again |
//! | `POST /control/fail` | `symptom`, `done`, `writes` for the next write alone | calls fail |
//! | `POST /control/calm` | | no call goes wrong any more |

use serde_json::{Value, json};

use super::http::Response;
use super::shared::Shared;
use super::trouble::{Symptom, Trouble};
use super::world::SeenTicket;

/// Does what the last part of the path says.
pub(super) fn carry_out(shared: &Shared, what: &str, body: &[u8]) -> Response {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    match answer(shared, what, &body) {
        Some(answer) => Response::json(200, &answer),
        None => Response::json(400, &json!({ "message": "no such call, or a field is missing" })),
    }
}

fn answer(shared: &Shared, what: &str, body: &Value) -> Option<Value> {
    let number = |name: &str| body.get(name).and_then(Value::as_i64);
    let text = |name: &str| body.get(name).and_then(Value::as_str);
    let flag = |name: &str| body.get(name).and_then(Value::as_bool).unwrap_or_default();
    match what {
        "tickets" => return Some(shared.world().seen().iter().map(ticket).collect()),
        "calls" => {
            let plan = shared.plan();
            return Some(json!({ "methods": plan.calls(), "bodies": plan.bodies() }));
        }
        "move" => shared.world().people_move(number("ticket")?, text("stage")?),
        "delete" => shared.world().delete(number("ticket")?),
        "revoke" => shared.world().revoked = flag("revoked"),
        "fail" => {
            let trouble = Trouble { symptom: symptom(text("symptom")?)?, done: flag("done") };
            let mut plan = shared.plan();
            match flag("writes") {
                true => plan.at_next_write(trouble),
                false => plan.at_every(trouble),
            }
        }
        "calm" => shared.plan().clear(),
        _ => return None,
    }
    Some(json!(true))
}

/// A port that nobody listens at could not be told to go on, so that is none of them.
fn symptom(name: &str) -> Option<Symptom> {
    Some(match name {
        "Reset" => Symptom::Reset,
        "Silent" => Symptom::Silent,
        "Drip" => Symptom::Drip,
        "Huge" => Symptom::Huge,
        "WrongJson" => Symptom::WrongJson,
        "Error" => Symptom::error_in_json(),
        page => Symptom::page(page.parse().ok()?),
    })
}

fn ticket(ticket: &SeenTicket) -> Value {
    let notes = ticket.notes.iter().map(
        |note| json!({ "body": note.body, "subtype": note.subtype, "messageId": note.message_id }),
    );
    json!({
        "id": ticket.id, "number": ticket.number, "external": ticket.external,
        "name": ticket.name, "description": ticket.description,
        "partnerName": ticket.partner_name, "partnerEmail": ticket.partner_email,
        "stage": ticket.stage, "priority": ticket.priority, "closed": ticket.closed,
        "notes": notes.collect::<Vec<_>>(),
    })
}
