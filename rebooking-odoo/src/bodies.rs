//! Every body that real servers were seen to send, and what it is read as.

use serde_json::{Value, json};

use crate::call::Call;
use crate::call::TICKET;
use crate::error::{CallError, Fault};
use crate::transport::message::Answer;
use crate::transport::{json_rpc, json2};
use crate::wire::{self, Loaded, Reference};
use rebooking_core::ports::PortError;

const ERROR: &str = r#"{"name": "NAME", "message": "x", "arguments": ["x"], "context": {},
    "debug": "Traceback"}"#;
const PAGE: &str = "<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n";

fn answer(status: u16, body: &str) -> Answer {
    Answer { status, body: body.as_bytes().to_vec() }
}

fn value(body: &str) -> Value {
    json2::result(&answer(200, body)).unwrap()
}

fn rpc(body: &str) -> Result<Value, Fault> {
    json_rpc::result(&answer(200, body))
}

/// How the worker hears of a fault.
fn sorted(call: &Call, fault: Fault) -> &'static str {
    match PortError::from(CallError::new(call, fault)) {
        PortError::Transient(_) => "transient",
        PortError::Unknown(_) => "unknown",
        PortError::Permanent(_) => "permanent",
        PortError::Unavailable(_) => "unavailable",
        PortError::Unauthorized(_) => "unauthorized",
        _ => "something else",
    }
}

/// What reading, writing and writing to one ticket make of an answer of JSON-2.
fn by_call(status: u16, body: &str) -> [&'static str; 3] {
    by_fault(&json2::result(&answer(status, body)).unwrap_err())
}

fn by_fault(fault: &Fault) -> [&'static str; 3] {
    let calls = [
        Call::read("ir.model.data", "check_object_reference"),
        Call::write(TICKET, "load"),
        Call::write(TICKET, "message_post").on(5),
    ];
    calls.map(|call| sorted(&call, fault.clone()))
}

#[test]
fn what_create_and_message_post_give_is_a_number_or_a_list_of_one() {
    for (body, expected) in [("[5]", Some(5)), ("6", Some(6)), ("[38]", Some(38)), ("49", Some(49))]
    {
        assert_eq!(wire::created(&value(body)), expected, "{body}");
    }
    for body in ["[]", "[1,2]", "false", "null", "0", "-3", "1.5", "\"5\"", "{}"] {
        assert_eq!(wire::created(&value(body)), None, "{body}");
    }
}

#[test]
fn what_search_count_and_write_give_is_read() {
    assert_eq!(wire::ids(&value("[1]")), Some(vec![1]));
    assert_eq!(wire::ids(&value("[]")), Some(vec![]));
    assert_eq!(wire::count(&value("0")), Some(0));
    assert_eq!(wire::written(&value("true")), Some(()));
    assert_eq!(wire::written(&value("false")), None);
}

#[test]
fn a_record_is_read_with_false_for_what_is_absent() {
    let body = r#"[{"id":1,"number":"HT00001","partner_id":false,"stage_id":[2,"In Progress"]}]"#;
    let record = wire::record(&value(body)).unwrap().unwrap();
    assert_eq!(wire::text(&record, "number"), Some("HT00001"));
    assert_eq!(wire::text(&record, "partner_id"), None);
    assert_eq!(wire::many2one(&record, "partner_id"), None);
    assert_eq!(wire::many2one(&record, "stage_id"), Some(2));
    assert_eq!(wire::record(&value("[]")), Some(None), "it is gone");
}

#[test]
fn an_external_id_leads_to_a_record_of_its_model() {
    let stage = value(r#"["helpdesk.ticket.stage", 4]"#);
    assert_eq!(wire::reference(&stage, "helpdesk.ticket.stage"), Some(Reference::To(4)));
    assert_eq!(wire::reference(&stage, TICKET), None);
    let hidden = value(r#"["helpdesk.ticket", false]"#);
    assert_eq!(wire::reference(&hidden, TICKET), Some(Reference::Hidden));
}

#[test]
fn load_refuses_under_status_200() {
    let loaded = |body: &str| wire::loaded(&value(body));
    assert_eq!(loaded(r#"{"ids":[5],"messages":[],"nextrow":0}"#), Some(Loaded::As(5)));
    let missing = r#"{"ids":false,"messages":[{"type":"error","record":0,"rows":{"from":0,"to":0},
        "field":"name","message":"Missing required value for the field 'Title' (name)…"}],
        "nextrow":0}"#;
    assert_eq!(loaded(missing), Some(Loaded::Refused(Some("name".into()))));
    let busy = r#"{"ids":false,"messages":[{"type":"error",
        "message":"could not serialize access due to concurrent update"}],"nextrow":0}"#;
    assert_eq!(loaded(busy), Some(Loaded::Refused(None)));
    assert_eq!(loaded(r#"{"messages":[]}"#), None);
}

#[test]
fn errors_of_json2_are_told_apart_by_status_and_name() {
    for (status, name, expected) in [
        (400, "werkzeug.exceptions.BadRequest", ["permanent"; 3]),
        (401, "werkzeug.exceptions.Unauthorized", ["unauthorized"; 3]),
        (403, "odoo.exceptions.AccessError", ["unauthorized", "unauthorized", "permanent"]),
        (404, "werkzeug.exceptions.NotFound", ["unauthorized"; 3]),
        (404, "odoo.exceptions.MissingError", ["transient"; 3]),
        (422, "werkzeug.exceptions.UnprocessableEntity", ["permanent"; 3]),
        (422, "odoo.exceptions.ValidationError", ["permanent"; 3]),
        (422, "odoo.exceptions.UserError", ["permanent"; 3]),
        (500, "builtins.ValueError", ["permanent"; 3]),
        (500, "psycopg2.OperationalError", ["unavailable", "unknown", "unknown"]),
        (500, "builtins.ZeroDivisionError", ["transient", "unknown", "unknown"]),
    ] {
        assert_eq!(by_call(status, &ERROR.replace("NAME", name)), expected, "{status} {name}");
    }
}

#[test]
fn answers_that_are_not_odoos_are_sorted_by_their_status() {
    for (status, body, expected) in [
        (200, PAGE, ["unavailable", "unknown", "unknown"]),
        (302, "", ["unauthorized"; 3]),
        (403, PAGE, ["unauthorized"; 3]),
        (404, PAGE, ["unauthorized"; 3]),
        (408, "", ["transient", "unknown", "unknown"]),
        (415, PAGE, ["permanent"; 3]),
        (429, PAGE, ["unavailable"; 3]),
        (500, "Internal Server Error", ["transient", "unknown", "unknown"]),
        (500, "{}", ["transient", "unknown", "unknown"]),
        (502, PAGE, ["unavailable", "unknown", "unknown"]),
        (503, PAGE, ["unavailable", "unknown", "unknown"]),
        (504, PAGE, ["unavailable", "unknown", "unknown"]),
    ] {
        assert_eq!(by_call(status, body), expected, "{status} {body}");
    }
}

#[test]
fn json_rpc_answers_everything_under_status_200() {
    assert_eq!(rpc(r#"{"jsonrpc":"2.0","id":1,"result":5}"#), Ok(json!(5)));
    assert_eq!(rpc(r#"{"jsonrpc":"2.0","id":1,"result":false}"#), Ok(json!(false)));
    let body = r#"{"jsonrpc":"2.0","id":2,"result":[{"id":1,"number":"HT00001",
        "name":"Rebooking 100012345","stage_id":[2,"In Progress"]}]}"#;
    assert!(wire::record(&rpc(body).unwrap()).unwrap().is_some());
    assert_eq!(rpc(r#"{"jsonrpc":"2.0","id":1}"#), Err(Fault::Unexpected));
    assert_eq!(rpc(r#"{"jsonrpc":"2.0","id":1,"error":"x"}"#), Err(Fault::Unexpected));
    assert_eq!(rpc(PAGE), Err(Fault::NotJson));
    let invalid = json_rpc::result(&answer(400, "Invalid JSON data"));
    assert_eq!(invalid, Err(Fault::Status(400)));
    assert_eq!(json_rpc::result(&answer(415, PAGE)), Err(Fault::Status(415)));
}

/// The code of an error is 0 in 19 and 200 before; its name decides.
#[test]
fn errors_of_json_rpc_are_told_apart_by_their_name() {
    for (name, expected) in [
        ("odoo.exceptions.AccessDenied", ["unauthorized"; 3]),
        ("odoo.exceptions.AccessError", ["unauthorized", "unauthorized", "permanent"]),
        ("odoo.exceptions.MissingError", ["transient"; 3]),
        ("odoo.exceptions.ValidationError", ["permanent"; 3]),
        ("odoo.exceptions.UserError", ["permanent"; 3]),
        ("builtins.AttributeError", ["unauthorized"; 3]),
        ("builtins.ValueError", ["permanent"; 3]),
        ("psycopg2.OperationalError", ["unavailable", "unknown", "unknown"]),
    ] {
        for code in [0, 200] {
            let data = ERROR.replace("NAME", name);
            let error = format!(r#"{{"code":{code},"message":"Odoo Server Error","data":{data}}}"#);
            let body = format!(r#"{{"jsonrpc":"2.0","id":1,"error":{error}}}"#);
            assert_eq!(by_fault(&rpc(&body).unwrap_err()), expected, "{name}");
        }
    }
}

#[test]
fn nothing_of_an_error_is_kept_but_a_name_that_is_one() {
    let quoting = ERROR.replace("NAME", "Erika <erika@example.com>");
    let fault = json2::result(&answer(500, &quoting)).unwrap_err();
    assert_eq!(fault.to_string(), "an exception");
    let error = CallError::new(&Call::write(TICKET, "load"), Fault::Status(503));
    assert_eq!(error.to_string(), "helpdesk.ticket/load: status 503");
}
