//! Settings that do not fit the Odoo that is there: said in plain words, and nothing is lost.

use rebooking_core::effect::TicketFact;
use rebooking_core::ports::{PortError, Tickets as _};
use rebooking_odoo::Flavour::{Enterprise, Oca};
use rebooking_odoo::testing::Dialect::{Json2, JsonRpc};
use rebooking_odoo::testing::{Symptom, Trouble};
use rebooking_odoo::{
    Flavour, OdooSettings, OdooTickets, Protocol, SecretString, UnusableSettings,
};

use crate::desk::{ALL, Desk, client, note};

/// What a check of changed settings says: what kind of error, and its phrase.
async fn complaint(desk: Desk, change: impl FnOnce(&mut OdooSettings)) -> String {
    let desk = desk.with(change);
    let error = desk.tickets.check().await.unwrap_err();
    let recorded = desk.tickets.record(&note(TicketFact::Declined)).await.unwrap_err();
    assert_eq!(recorded.phrase(), error.phrase(), "a note says the same");
    assert_eq!(desk.odoo.tickets(), [], "nothing was written");
    error.phrase()
}

#[tokio::test]
async fn a_check_of_good_settings_changes_nothing() {
    for (dialect, flavour) in ALL {
        let desk = Desk::new(dialect, flavour).await;
        desk.tickets.check().await.unwrap();
        let calls = desk.odoo.calls();
        let reads = ["authenticate", "fields_get", "check_object_reference", "read", "search"];
        let method = |call: &str| call.rsplit('/').next().map(str::to_owned).unwrap();
        assert!(calls.iter().all(|call| reads.contains(&method(call).as_str())), "{calls:?}");
    }
}

#[tokio::test]
async fn the_other_helpdesk_is_named() {
    for dialect in [Json2, JsonRpc] {
        let said = complaint(Desk::new(dialect, Oca).await, |to| to.flavour = Enterprise).await;
        assert_eq!(
            said,
            "we are refused over there: the helpdesk of this Odoo is oca, not enterprise as the \
             settings say"
        );
        let said = complaint(Desk::new(dialect, Enterprise).await, |to| to.flavour = Oca).await;
        assert_eq!(
            said,
            "we are refused over there: the helpdesk of this Odoo is enterprise, not oca as the \
             settings say"
        );
    }
}

/// To JSON-RPC alone, as JSON-2 tells a model that is not there by the status of a wrong address.
#[tokio::test]
async fn an_odoo_without_a_helpdesk_is_named() {
    let desk = Desk::new(JsonRpc, Oca).await;
    desk.odoo.lack("helpdesk.ticket");
    let said = complaint(desk, |_| {}).await;
    assert_eq!(
        said,
        "we are refused over there: there is no helpdesk in this Odoo, or this user may not see it"
    );
}

#[tokio::test]
async fn a_helpdesk_without_fields_for_the_customer_takes_the_ticket_all_the_same() {
    for (dialect, flavour) in ALL {
        let desk = Desk::new(dialect, flavour).await;
        desk.odoo.lack("partner_name");
        desk.record(&note(TicketFact::Declined)).await;
        let ticket = desk.ticket();
        assert_eq!((ticket.partner_name.as_str(), ticket.notes.len()), ("", 1));
        assert_eq!(ticket.partner_email, "erika@example.com");
    }
}

#[tokio::test]
async fn a_stage_or_team_that_is_not_there_is_named() {
    for (reference, dialect) in [
        ("helpdesk_mgmt.nothing", Json2),
        ("99", Json2),
        ("Nirgends", Json2),
        ("helpdesk_mgmt.nothing", JsonRpc),
        ("99", JsonRpc),
        ("Nirgends", JsonRpc),
    ] {
        let said = complaint(Desk::new(dialect, Oca).await, |to| {
            to.stages.solved = Some(reference.parse().unwrap());
        });
        let expected = format!(
            "we are refused over there: the stage of solved tickets `{reference}` is not in this \
             Odoo, or this user may not see it"
        );
        assert_eq!(said.await, expected);
        let said = complaint(Desk::new(dialect, Oca).await, |to| {
            to.team = Some(reference.parse().unwrap());
        });
        assert!(said.await.contains(&format!("the team `{reference}` is not")));
    }
}

/// To read a record that is gone is an error to some versions, and nothing to others.
#[tokio::test]
async fn a_team_by_number_that_is_gone_is_told_from_an_odoo_that_is_down() {
    let missing = r#"{"name": "odoo.exceptions.MissingError", "message": "", "arguments": []}"#;
    let missing = Symptom::Answer(404, "application/json", missing.to_owned());
    for (symptom, named) in [(missing, true), (Symptom::page(503), false)] {
        let desk = Desk::new(Json2, Enterprise).await;
        // The second call, after the one for the fields.
        desk.odoo.trouble_at(1, Trouble { symptom, done: false }).await;
        let error = desk.tickets.check().await.unwrap_err();
        assert_eq!(error.phrase().contains("the team `1` is not in this Odoo"), named, "{error:?}");
        assert_eq!(matches!(error, PortError::Unauthorized(_)), named, "{error:?}");
    }
}

#[tokio::test]
async fn a_name_that_several_stages_have_is_not_guessed() {
    let desk = Desk::new(Json2, Oca).await;
    desk.odoo.add_stage("Done");
    let said = complaint(desk, |to| to.stages.solved = Some("Done".parse().unwrap())).await;
    assert!(said.contains("`Done` is the name of several: give its number or external id"));
}

#[tokio::test]
async fn a_wrong_key_or_login_is_a_refusal_of_us() {
    let key = |to: &mut OdooSettings| to.key = SecretString::from("another");
    let said = complaint(Desk::new(Json2, Oca).await, key).await;
    assert_eq!(said, "we are refused over there: helpdesk.ticket/fields_get: status 401");
    let said = complaint(Desk::new(JsonRpc, Oca).await, key).await;
    let refused = "we are refused over there: common/authenticate: login or key was refused";
    assert_eq!(said, refused);
    let said = complaint(Desk::new(JsonRpc, Oca).await, |to| {
        to.protocol = Protocol::JsonRpc { database: "shop".into(), login: "nobody".into() };
    });
    assert_eq!(said.await, refused);
}

#[tokio::test]
async fn a_wrong_database_is_told_as_each_protocol_tells_it() {
    let said = complaint(Desk::new(Json2, Oca).await, |to| {
        to.protocol = Protocol::Json2 { database: Some("other".into()) };
    });
    let expected = "we are refused over there: helpdesk.ticket/fields_get: status 404";
    assert_eq!(said.await, expected);
    // To JSON-RPC it looks as if the database were down.
    let said = complaint(Desk::new(JsonRpc, Oca).await, |to| {
        to.protocol = Protocol::JsonRpc { database: "other".into(), login: "rebooking-bot".into() };
    });
    let expected = "nobody answers over there: common/authenticate: psycopg2.OperationalError";
    assert_eq!(said.await, expected);
}

#[tokio::test]
async fn a_right_that_is_missing_is_a_refusal_of_us() {
    for (dialect, flavour) in ALL {
        let desk = Desk::new(dialect, flavour).await;
        desk.odoo.forbid("helpdesk.ticket", true);
        let said = complaint(desk, |_| {}).await;
        let expected = "we are refused over there: helpdesk.ticket/fields_get: \
                        odoo.exceptions.AccessError";
        assert_eq!(said, expected);
    }
}

#[tokio::test]
async fn a_key_that_is_renewed_over_there_needs_no_restart_here() {
    for (dialect, flavour) in ALL {
        let desk = Desk::new(dialect, flavour).await;
        desk.record(&note(TicketFact::Declined)).await;
        desk.odoo.revoke_key(true);
        let refused = desk.tickets.record(&note(TicketFact::Rebooked)).await;
        assert!(matches!(refused, Err(PortError::Unauthorized(_))), "{refused:?}");
        desk.odoo.revoke_key(false);
        desk.record(&note(TicketFact::Rebooked)).await;
        assert_eq!(desk.ticket().notes.len(), 2);
    }
}

/// The next try says which one, and works as soon as the settings or Odoo are mended.
#[tokio::test]
async fn a_stage_that_people_delete_is_noticed() {
    for (dialect, flavour, stage) in [
        (Json2, Oca, "In Progress"),
        (JsonRpc, Oca, "In Progress"),
        (Json2, Enterprise, "In Progress"),
        (JsonRpc, Enterprise, "In Progress"),
    ] {
        let mut desk = Desk::new(dialect, flavour).await;
        desk.record(&note(TicketFact::Declined)).await;
        desk.odoo.delete_stage(stage);
        let gone = desk.tickets.record(&note(TicketFact::Rebooked)).await;
        assert!(matches!(gone, Err(PortError::Transient(_))), "{gone:?}");
        let named = desk.tickets.record(&note(TicketFact::Rebooked)).await.unwrap_err();
        assert!(named.phrase().contains("the stage of tickets that wait for the partner"));
        desk = desk.with(|settings| settings.stages.awaiting_partner = None);
        desk.record(&note(TicketFact::Rebooked)).await;
        assert_eq!(desk.ticket().notes.len(), 2);
    }
}

#[tokio::test]
async fn a_team_gets_its_tickets() {
    for (dialect, flavour) in ALL {
        let desk = Desk::new(dialect, flavour).await;
        let desk = desk.with(|settings| settings.team = Some("Kurse".parse().unwrap()));
        desk.record(&note(TicketFact::Declined)).await;
        assert_eq!(desk.ticket().team, Some(1));
    }
}

#[test]
fn what_no_header_can_carry_is_refused_at_once() {
    let settings = |key: &str, database: &str| {
        let address = "https://odoo.example.com".parse().unwrap();
        let protocol = Protocol::Json2 { database: Some(database.into()) };
        OdooSettings::new(address, protocol, SecretString::from(key), Flavour::Oca)
    };
    for (key, database, expected) in [
        ("", "shop", UnusableSettings::Key),
        ("line\nbreak", "shop", UnusableSettings::Key),
        ("key", "", UnusableSettings::Database),
        ("key", "line\nbreak", UnusableSettings::Database),
    ] {
        assert_eq!(OdooTickets::new(client(), settings(key, database)).unwrap_err(), expected);
    }
}

#[test]
fn settings_print_neither_key_nor_login() {
    let protocol = Protocol::JsonRpc { database: "shop".into(), login: "bot@example.com".into() };
    let address = "https://odoo.example.com".parse().unwrap();
    let key = SecretString::from("c0ffee");
    let printed = format!("{:?}", OdooSettings::new(address, protocol, key, Flavour::Oca));
    assert!(!printed.contains("c0ffee") && !printed.contains("bot@"), "{printed}");
}
