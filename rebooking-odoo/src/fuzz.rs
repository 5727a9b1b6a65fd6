//! Answers of the support system that are spoilt in every way are refused or read, and nothing
//! panics.

use rebooking_core::testing::fuzz::fuzz;

use crate::call::TICKET;
use crate::marker;
use crate::transport::message::Answer;
use crate::transport::{json_rpc, json2};
use crate::wire;

const SAMPLES: [&[u8]; 8] = [
    b"[5]",
    b"[\"helpdesk.ticket.stage\", 4]",
    br#"{"ids":false,"messages":[{"type":"error","record":0,"field":"name","message":"M"}]}"#,
    br#"[{"id":1,"number":"HT00001","partner_id":false,"stage_id":[2,"In Progress"]}]"#,
    br#"{"name":{"type":"char"},"team_id":{"type":"many2one"}}"#,
    br#"{"jsonrpc":"2.0","id":null,"result":[{"id":1}]}"#,
    br#"{"jsonrpc":"2.0","error":{"code":200,"data":{"name":"builtins.ValueError","debug":"T"}}}"#,
    br#"{"name":"odoo.exceptions.UserError","message":"x","arguments":["x"],"debug":"T"}"#,
];

#[test]
fn spoilt_answers_are_refused_or_read() {
    fuzz(&SAMPLES, |input| {
        for status in [200, 404, 422, 500] {
            let answer = Answer { status, body: input.to_vec() };
            for result in [json2::result(&answer), json_rpc::result(&answer)] {
                let Ok(value) = result else { continue };
                let _ = (wire::created(&value), wire::ids(&value), wire::count(&value));
                let _ = (wire::written(&value), wire::field_types(&value));
                let _ = (wire::reference(&value, TICKET), wire::loaded(&value));
                for record in wire::records(&value).into_iter().flatten() {
                    let _ = (wire::text(record, "number"), wire::flag(record, "closed"));
                    let _ = wire::many2one(record, "stage_id");
                }
                let _ = wire::record(&value);
            }
        }
        let _ = std::str::from_utf8(input).map(marker::stage_of);
    });
}
