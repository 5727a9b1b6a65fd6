//! What an operator does for a person: hands out what is stored about them, and has it forgotten.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use rebooking_postgres::testing::TestDatabase;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

use crate::SUPPORT;
use crate::on_postgres::{demo, oldest_request};
use crate::process::Server;

/// What a command says to an address on its standard input.
fn told(command: &mut Command, address: &str) -> Output {
    let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut process = piped.spawn().unwrap();
    process.stdin.take().unwrap().write_all(address.as_bytes()).unwrap();
    process.wait_with_output().unwrap()
}

/// What is stored about nobody, or belongs to the machinery alone.
const NOT_PERSONAL: &[&str] = &[
    // Keys and numbers of rows, and how often they were written.
    "tokens.id",
    "tokens.version",
    "tokens.written_by",
    "tokens.updated_at",
    // Secrets of the link, which are handed out to nobody.
    "tokens.token",
    "tokens.key_id",
    "tokens.nonce",
    // The same in other spellings, for searches and the sweep.
    "tokens.sought_email",
    "tokens.sought_name",
    "tokens.waits",
    "tokens.over_at",
    // The partner's.
    "tokens.partner_email",
    "tokens.partner_language",
    // The course and the day, in other words than those that are handed out.
    "tokens.course_product_id",
    "tokens.course_sku",
    "tokens.zone",
    "tokens.ends_at",
    "requests.live",
    "requests.asked_by_us",
    "requests.forgotten_at",
    "requests.reminded_at",
    "requests.silent_at",
    "requests.in_stock",
    "requests.in_stock_since",
    "requests.in_stock_told",
    // How often somebody has tried the partner's link.
    "requests.attempts",
    "requests.attempts_recent",
    "requests.answer_key",
    "requests.answer_nonce",
    "requests.answer_digest",
    "effects.place",
    "effects.since",
    "effects.leased_until",
    "effects.put_off",
    "effects.dead",
    "effects.fence",
    "effects.progress",
    "effects.settled_by",
    "audit.id",
    "audit.noted_at",
    "audit.change",
];

/// What is about a person, and the fields under which it is handed out.
const PERSONAL: &[(&str, &str)] = &[
    ("tokens.original_confirmation_id", "requestId"),
    ("tokens.original_order_id", "orderId"),
    ("tokens.original_order_item_id", "orderItemId"),
    ("tokens.customer_email", "customerEmail"),
    ("tokens.customer_name", "customerName"),
    ("tokens.original_participants", "participants"),
    ("tokens.original_price", "price"),
    ("tokens.original_paid", "total"),
    ("tokens.token_expires_at", "expiresAt"),
    ("tokens.status", "status"),
    ("tokens.new_confirmation_id", "confirmationId"),
    ("tokens.new_order_id", "newOrderId"),
    ("tokens.new_date", "date"),
    ("tokens.rebooked_at", "chosenAt"),
    ("tokens.odoo_ticket_id", "id"),
    ("tokens.created_at", "issuedAt"),
    ("tokens.case_id", "id"),
    ("tokens.step", "step"),
    ("tokens.holds_confirmation_id", "heldRequestId"),
    ("tokens.cause", "cause"),
    ("tokens.reason", "reason"),
    ("tokens.declines", "declines"),
    ("tokens.renewals", "renewals"),
    ("tokens.lost", "lostDateIds"),
    ("tokens.proposed", "proposedDateIds"),
    ("tokens.order_number", "orderNumber"),
    ("tokens.course_name", "courseName"),
    ("tokens.venue_name", "venue"),
    ("tokens.venue_address", "venue"),
    ("tokens.date_id", "dateId"),
    ("tokens.starts_at", "date"),
    ("tokens.partner_id", "partnerId"),
    ("tokens.customer_language", "language"),
    ("tokens.currency", "currency"),
    ("tokens.attempts", "wrongAddresses"),
    ("tokens.attempts_recent", "wrongAddressesAt"),
    ("tokens.wishes", "wishes"),
    ("tokens.ticket_number", "ticket"),
    ("tokens.cancelled_at", "cancelled"),
    ("tokens.cancel_reason", "cancelled"),
    ("tokens.rebooking_state", "status"),
    ("tokens.new_order_item_id", "newOrderItemId"),
    ("tokens.new_order_number", "orderNumber"),
    ("tokens.rebooking", "rebooking"),
    ("tokens.mailed_at", "mailedAt"),
    ("tokens.reminded_at", "remindedAt"),
    ("tokens.expired_at", "expiredAt"),
    ("tokens.forgotten_at", "forgottenAt"),
    ("tokens.order_gone_at", "orderGoneAt"),
    ("tokens.refunded_at", "refundedAt"),
    ("requests.id", "id"),
    ("requests.order_id", "orderId"),
    ("requests.item_id", "orderItemId"),
    ("requests.date_id", "dateId"),
    ("requests.partner_id", "partnerId"),
    ("requests.state", "status"),
    ("requests.booking", "booking"),
    ("requests.token_case", "id"),
    ("requests.token_step", "step"),
    ("requests.reason", "reason"),
    ("requests.opened_at", "openedAt"),
    ("effects.id", "id"),
    ("effects.key", "key"),
    ("effects.case_id", "caseId"),
    ("effects.step", "step"),
    ("effects.lane", "lane"),
    ("effects.kind", "kind"),
    ("effects.created_at", "createdAt"),
    ("effects.state", "state"),
    ("effects.due_at", "at"),
    ("effects.over_at", "at"),
    ("effects.attempts", "attempts"),
    ("effects.last_error", "lastError"),
    ("audit.subject", "step"),
    ("audit.number", "id"),
    ("audit.step", "step"),
    ("audit.at", "at"),
    ("audit.actor", "actor"),
    ("audit.partner_id", "name"),
    ("audit.support", "name"),
    ("audit.event", "event"),
    ("audit.note", "note"),
];

/// Tables that hold nothing of customers.
const ABOUT_NOBODY: &[&str] = &[
    "calendars",
    "dates",
    "event_outage",
    "malformed_rows",
    "migrations",
    "partner_courses",
    "partners",
    "sign_outs",
    "unclaimed_orders",
];

/// The names of all fields of a document.
fn fields(value: &serde_json::Value, found: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::Object(object) => {
            for (name, value) in object {
                found.insert(name.clone());
                fields(value, found);
            }
        }
        serde_json::Value::Array(all) => all.iter().for_each(|value| fields(value, found)),
        _ => {}
    }
}

#[tokio::test]
async fn every_stored_column_is_handed_out_or_is_not_about_a_person() {
    let database = TestDatabase::migrated().await.unwrap();
    let server = Server::run(&mut demo(&database.url(), &[]));
    server.decline(oldest_request(&server), serde_json::json!([]));
    let output = told(&mut demo(&database.url(), &["export", "--case=7001"]), "");
    assert!(output.status.success(), "{output:?}");
    let handed_out: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut shown = BTreeSet::new();
    fields(&handed_out, &mut shown);
    // What only a rebooking, a cancelled link or a ticket has stands there as nothing.
    let inside = ["chosenAt", "confirmationId"].map(str::to_owned);
    let mut db = PgConnection::connect(&database.url()).await.unwrap();
    let columns: Vec<(String, String)> = sqlx::query_as(
        "SELECT replace(table_name, 'miomente_partner_portal_rebooking_', ''), column_name \
         FROM information_schema.columns WHERE table_schema = 'public' \
             AND table_name LIKE 'miomente_partner_portal_rebooking_%'",
    )
    .fetch_all(&mut db)
    .await
    .unwrap();
    assert!(columns.len() > 90, "the tables are there");
    for (table, column) in columns {
        if ABOUT_NOBODY.contains(&table.as_str()) {
            continue;
        }
        let name = format!("{table}.{column}");
        let field = PERSONAL.iter().find(|(personal, _)| *personal == name);
        match field {
            Some((_, field)) => assert!(
                shown.contains(*field) || inside.contains(&(*field).to_owned()),
                "{name} is not handed out as {field}"
            ),
            None => assert!(NOT_PERSONAL.contains(&name.as_str()), "{name}: whose is it?"),
        }
    }
}

#[tokio::test]
async fn an_operator_hands_out_and_forgets_beside_the_server() {
    let database = TestDatabase::migrated().await.unwrap();
    let server = Server::run(&mut demo(&database.url(), &[]));
    server.decline(oldest_request(&server), serde_json::json!([]));
    let case = &server.get("/api/support/cases/7001", SUPPORT)["data"];
    let address = case["tokens"][0]["booking"]["customerEmail"].as_str().unwrap().to_owned();
    let forget = ["forget", "--address-from-stdin", "--reason=Auf Wunsch", "--by=root"];

    let export = ["export", "--address-from-stdin"];
    let output = told(&mut demo(&database.url(), &export), &address);
    assert!(String::from_utf8(output.stdout).unwrap().contains("Mustermann"), "what is stored");
    let refused = told(&mut demo(&database.url(), &forget), &address);
    let why = String::from_utf8(refused.stderr).unwrap();
    assert!(!refused.status.success() && why.contains("case 7001 has a link"), "{why}");
    assert!(!why.contains(&address), "{why}");

    let mut db = PgConnection::connect(&database.url()).await.unwrap();
    let others = "UPDATE miomente_partner_portal_rebooking_requests SET state = 'withdrawn' \
                  WHERE live AND token_case IS NULL";
    sqlx::query(AssertSqlSafe(others)).execute(&mut db).await.unwrap();
    let options = [&forget[..], &["--cancel-open"]].concat();
    let output = told(&mut demo(&database.url(), &options), &address);
    assert!(output.status.success(), "{output:?}");
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.starts_with("forgotten: case 7001"), "{said}");
    let case = &server.get("/api/support/cases/7001", SUPPORT)["data"];
    assert_eq!(case["tokens"][0]["booking"]["customerEmail"], "");
    let again = told(&mut demo(&database.url(), &export), &address);
    assert!(!again.status.success(), "nothing is stored any more");
    let nobody = told(&mut demo(&database.url(), &["export"]), "");
    assert!(String::from_utf8(nobody.stderr).unwrap().contains("--address-from-stdin"));
}

/// `server export | head` closes the pipe when it has read enough.
#[tokio::test]
async fn a_reader_who_has_gone_breaks_no_command() {
    let database = TestDatabase::migrated().await.unwrap();
    let server = Server::run(&mut demo(&database.url(), &[]));
    server.decline(oldest_request(&server), serde_json::json!([]));
    for options in [&["export", "--case=7001"][..], &["rights", "--of=app"], &["doctor"]] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = demo(&database.url(), options).stdout(writer).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{options:?}: {said}");
    }
}
