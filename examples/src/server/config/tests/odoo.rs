//! Settings of Odoo.

use rebooking_odoo::Flavour;

use super::*;

const ODOO: [&str; 3] =
    ["--odoo-url=https://odoo.example.com", "--odoo-key=c0ffee", "--odoo-flavour=oca"];

fn with(options: &[&'static str]) -> Vec<&'static str> {
    [&ODOO, options].concat()
}

fn settings(options: &[&str]) -> rebooking_odoo::OdooSettings {
    read(options).ok().unwrap().odoo.unwrap().0
}

#[test]
fn odoo_is_named_by_address_key_and_flavour() {
    let odoo = settings(&ODOO);
    assert_eq!((odoo.flavour, odoo.team.is_none()), (Flavour::Oca, true));
    assert_eq!(odoo.limits.total.as_secs(), 25);
    assert!(read(&[]).ok().unwrap().odoo.is_none());
}

#[test]
fn a_login_means_json_rpc_and_a_stage_replaces_its_default() {
    let odoo = settings(&with(&[
        "--odoo-login=bot",
        "--odoo-database=shop",
        "--odoo-stage-solved=Erledigt",
        "--odoo-team=3",
        "--odoo-language=en",
    ]));
    let database = "shop".to_owned();
    let protocol = rebooking_odoo::Protocol::JsonRpc { database, login: "bot".to_owned() };
    assert_eq!(odoo.protocol, protocol);
    assert_eq!(odoo.stages.solved, "Erledigt".parse().ok());
    assert_eq!(
        odoo.stages.needs_support.unwrap().to_string(),
        "helpdesk_mgmt.helpdesk_ticket_stage_new"
    );
}

#[test]
fn every_setting_of_odoo_arrives_where_it_belongs() {
    let odoo = settings(&[
        "--odoo-url=http://odoo:8069",
        "--odoo-trusted-network=true",
        "--odoo-key=c0ffee",
        "--odoo-flavour=enterprise",
        "--odoo-database=shop",
        "--odoo-team=3",
        "--odoo-language=en",
        "--odoo-deadline=13s",
        "--odoo-stage-awaiting-customer=first",
        "--odoo-stage-awaiting-partner=second",
        "--odoo-stage-needs-support=third",
        "--odoo-stage-solved=fourth",
    ]);
    assert_eq!((odoo.flavour, odoo.limits.total.as_secs()), (Flavour::Enterprise, 13));
    assert_eq!(odoo.team, "3".parse().ok());
    assert_eq!(odoo.language, Some(rebooking_core::value::customer::Language::ENGLISH));
    let protocol = rebooking_odoo::Protocol::Json2 { database: Some("shop".to_owned()) };
    assert_eq!(odoo.protocol, protocol);
    let stages = odoo.stages;
    let named =
        [stages.awaiting_customer, stages.awaiting_partner, stages.needs_support, stages.solved];
    assert_eq!(named, ["first", "second", "third", "fourth"].map(|name| name.parse().ok()));
}

#[test]
fn the_key_may_come_from_a_file() {
    let file = TestFile::new("odoo-key", "c0ffee\n");
    let options = [
        "--odoo-url=https://odoo.example.com",
        "--odoo-flavour=oca",
        &file.option("odoo-key-file"),
    ];
    assert!(read(&options).ok().unwrap().odoo.is_some());
}

#[test]
fn what_is_wrong_with_odoo_is_told_at_once() {
    let told = faults(&[
        "--odoo-url=http://odoo:8069",
        "--odoo-flavour=community",
        "--odoo-login=bot",
        "--odoo-deadline=25s",
    ]);
    assert_eq!(
        told,
        [
            "--odoo-key or REBOOKING_ODOO_KEY: an API key of the user that writes the tickets",
            "--odoo-url or REBOOKING_ODOO_URL: https is needed, as the key goes with every call; \
             http only to this machine",
            "--odoo-flavour or REBOOKING_ODOO_FLAVOUR: oca (helpdesk_mgmt) or enterprise",
            "--odoo-database or REBOOKING_ODOO_DATABASE: needed with --odoo-login",
        ]
    );
    let told = faults(&with(&["--odoo-deadline=30s", "--odoo-team=", "--odoo-language=tlh"]));
    assert_eq!(
        told,
        [
            "--odoo-team or REBOOKING_ODOO_TEAM: a number, an external id like module.name, or a \
             name is needed",
            "--odoo-language or REBOOKING_ODOO_LANGUAGE: one of de, en, fr",
            "--odoo-deadline or REBOOKING_ODOO_DEADLINE: more than nothing, and shorter than \
             --deadline, which is shorter than --lease",
        ]
    );
    assert_eq!(
        faults(&["--odoo-team=3"]),
        ["--odoo-team or REBOOKING_ODOO_TEAM: only with --odoo-url"]
    );
}

#[test]
fn a_network_of_ones_own_may_carry_the_key_in_clear() {
    let options = ["--odoo-url=http://odoo:8069", "--odoo-key=c0ffee", "--odoo-flavour=oca"];
    assert!(!faults(&options).is_empty());
    let trusted = [&options[..], &["--odoo-trusted-network"]].concat();
    assert_eq!(faults(&trusted), Vec::<String>::new());
}

#[test]
fn enterprise_needs_a_team() {
    let options = ["--odoo-url=https://odoo.example.com", "--odoo-key=c0ffee"];
    let options = [&options[..], &["--odoo-flavour=enterprise"]].concat();
    assert_eq!(faults(&options), ["--odoo-team or REBOOKING_ODOO_TEAM: needed with enterprise"]);
}
