//! The server with an Odoo that keeps its tickets.

use rebooking_odoo::Flavour;
use rebooking_odoo::testing::{DATABASE, FakeOdoo, KEY, LOGIN, SeenTicket};
use serde_json::json;

use crate::process::{Server, command, eventually};
use crate::{PARTNER, SUPPORT, ids};

fn with_odoo(odoo: &FakeOdoo, options: &[&str]) -> Server {
    let mut command = command(options);
    command.env("REBOOKING_ODOO_URL", format!("http://{}", odoo.address()));
    command.env("REBOOKING_ODOO_DATABASE", DATABASE).env("REBOOKING_ODOO_KEY", KEY);
    command.env("REBOOKING_ODOO_FLAVOUR", "oca").env("REBOOKING_BARRED_PAUSE", "200ms");
    Server::run(&mut command)
}

/// The booking of Erika Mustermann is declined.
fn decline(server: &Server) {
    let requests = server.get("/api/partner/confirmations?status=pending", PARTNER);
    let oldest = ids(&requests["data"]["confirmations"]).into_iter().min().unwrap();
    server.decline(oldest, json!([]));
}

/// The one ticket, once it has so many notes.
fn ticket_with(odoo: &FakeOdoo, notes: usize) -> SeenTicket {
    eventually(|| {
        let tickets = odoo.tickets();
        tickets.into_iter().next().filter(|ticket| ticket.notes.len() == notes)
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_is_told_in_one_ticket_from_decline_to_confirmation() {
    for dialect in [&[][..], &["--odoo-login", LOGIN]] {
        let odoo = FakeOdoo::start(Flavour::Oca).await.unwrap();
        let server = with_odoo(&odoo, dialect);
        decline(&server);
        assert_eq!(ticket_with(&odoo, 1).stage, "Awaiting");
        let link = server.newest_link();
        server.choose(&link, 402);
        assert_eq!(ticket_with(&odoo, 2).stage, "In Progress");
        server.confirm(server.newest_request());
        let ticket = ticket_with(&odoo, 3);
        assert_eq!((ticket.stage.as_str(), odoo.tickets().len()), ("Done", 1));
        let secret = link.rsplit('/').next().unwrap();
        assert!(!format!("{ticket:?}").contains(secret), "no link is in a ticket");
        let case = server.get("/api/support/cases/7001", SUPPORT);
        assert!(case.to_string().contains(&ticket.number), "support reads its number");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn notes_wait_for_a_key_that_has_run_out_and_come_in_their_order() {
    let odoo = FakeOdoo::start(Flavour::Oca).await.unwrap();
    odoo.revoke_key(true);
    let server = with_odoo(&odoo, &[]);
    decline(&server);
    let link = eventually(|| server.newest_link_if_any());
    server.choose(&link, 402);
    server.confirm(server.newest_request());
    let refused = || odoo.calls().len() > 2;
    eventually(|| refused().then_some(()));
    assert_eq!(odoo.tickets(), []);
    odoo.revoke_key(false);
    let ticket = ticket_with(&odoo, 3);
    let said: Vec<&str> = ticket.notes.iter().map(|note| note.message_id.as_str()).collect();
    let facts = ["declined", "rebooked", "confirmed"];
    assert!(said.iter().zip(facts).all(|(id, fact)| id.contains(fact)), "{said:?}");
    assert_eq!(dead(&server), 0);
}

/// How many effects of the case have failed for good.
fn dead(server: &Server) -> usize {
    let case = server.get("/api/support/cases/7001", SUPPORT);
    let effects = case["data"]["effects"].as_array().unwrap();
    effects.iter().filter(|effect| effect["state"] == "dead").count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_helpdesk_that_never_answers_keeps_no_server_from_ending() {
    let odoo = FakeOdoo::start(Flavour::Oca).await.unwrap();
    odoo.hold();
    let patient = ["--lease=1000s", "--deadline=900s", "--odoo-deadline=800s"];
    let mut server = with_odoo(&odoo, &patient);
    decline(&server);
    odoo.until_held(1).await;
    let leased =
        || server.get("/api/support/effects?state=leased", SUPPORT)["data"]["total"].as_u64();
    eventually(|| leased().filter(|total| *total > 0));
    server.signal("TERM");
    assert!(server.ended().success());
}
