//! Settings of events to another system.

use super::*;

const URL: &str = "--webhook-url=https://crm.example.com/hooks?key=geheim";
const SECRETS: &str = "--webhook-secrets=whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

fn settings(options: &[&str]) -> rebooking_http::WebhookSettings {
    read(options).ok().unwrap().webhooks.unwrap().0
}

#[test]
fn events_are_off_without_an_endpoint() {
    assert!(read(&[]).ok().unwrap().webhooks.is_none());
}

#[test]
fn an_endpoint_is_named_by_address_and_secrets_and_learns_of_no_customer() {
    let webhooks = settings(&[URL, SECRETS]);
    assert_eq!(webhooks.url.as_str(), "https://crm.example.com/hooks?key=geheim");
    assert_eq!((webhooks.secrets.len(), webhooks.with_customer), (1, false));
    assert!(settings(&[URL, SECRETS, "--webhook-customer"]).with_customer);
}

#[test]
fn several_secrets_may_come_from_a_file() {
    let one = SECRETS.split_once('=').unwrap().1;
    let file = TestFile::new("webhook-secrets", &format!("{one}\n{one}\n"));
    let webhooks = settings(&[URL, &file.option("webhook-secrets-file")]);
    assert_eq!(webhooks.secrets.len(), 2);
}

#[test]
fn events_go_in_clear_only_on_this_machine_or_where_it_is_said_to_be_safe() {
    for address in ["http://127.0.0.1:9000/", "http://localhost/", "http://[::1]:9000/hooks"] {
        settings(&[&format!("--webhook-url={address}"), SECRETS]);
    }
    let inside = "--webhook-url=http://crm.example.com/";
    assert!(read(&[inside, SECRETS]).is_err());
    settings(&[inside, SECRETS, "--webhook-trusted-network"]);
}

#[test]
fn what_is_wrong_is_told_and_no_secret_repeated() {
    for (options, wrong) in [
        (vec![URL], "--webhook-secrets"),
        (vec![URL, "--webhook-secrets=geheim"], "--webhook-secrets"),
        (vec![SECRETS], "--webhook-secrets"),
        (vec!["--webhook-customer"], "--webhook-customer"),
        (vec!["--webhook-url=crm.example.com?key=geheim", SECRETS], "--webhook-url"),
        (vec![URL, SECRETS, "--webhook-customer=perhaps"], "--webhook-customer"),
    ] {
        let faults = read(&options).err().unwrap().to_string();
        assert!(faults.contains(wrong) && !faults.contains("geheim"), "{faults}");
    }
}
