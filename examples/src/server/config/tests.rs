//! The settings as they come, and what is told when they make no sense.

mod arrive;
mod demo;
mod fuzz;
mod magento;
mod mail;
mod odoo;
mod partners;
mod rights;
mod secrets;
mod templates;
mod tls;
mod webhooks;

use super::*;

/// What a server outside the demo needs.
const OUTSIDE: [&str; 8] = [
    "--demo=false",
    "--database-url=postgres://app@localhost/shop",
    "--base-url=https://umbuchen.example.com",
    "--link-key=000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
    "--mail-folder=mails",
    "--mail-from=buchung@example.com",
    "--support-tokens=susi=geheim",
    "--without=shop,helpdesk",
];

/// Reads options, of which the environment of the test changes nothing.
fn read(options: &[&str]) -> Result<Config, Faults> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let command = Arguments::everywhere().mut_args(|argument| argument.env(None));
    let matches = command.get_matches_from([&["server"], options].concat());
    Config::read(&<Arguments as clap::FromArgMatches>::from_arg_matches(&matches).unwrap())
}

fn faults(options: &[&str]) -> Vec<String> {
    read(options).err().map(|faults| faults.0).unwrap_or_default()
}

/// A file of its own, gone with the test.
struct TestFile(std::path::PathBuf);

impl TestFile {
    fn new(name: &str, content: &str) -> Self {
        let path = std::env::temp_dir().join(format!("rebooking-{}-{name}", std::process::id()));
        std::fs::write(&path, content).unwrap();
        Self(path)
    }

    fn option(&self, name: &str) -> String {
        format!("--{name}={}", self.0.display())
    }
}

impl Drop for TestFile {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

#[test]
fn every_fault_is_told_at_once_by_its_setting_and_no_secret_is_repeated() {
    let told = faults(&[
        "--demo=perhaps",
        "--listen=here",
        "--base-url=example.com",
        "--embedders=example.com",
        "--many-dates=0",
        "--ask-after=soon",
        "--web-calendars=perhaps",
        "--partner-calendars=perhaps",
        "--header-timeout=0s",
        "--log=hunter2=loud",
        "--color=red",
        "--database-url=hunter2.example.com",
        "--database-connections=0",
        "--database-schema=Shop",
        "--validity=soon",
        "--step-limit=0",
        "--price-rule=free",
        "--alternatives=40=sushi",
        "--lease=30s",
        "--sweep-every=0s",
        "--schedule-interval=0s",
        "--smtp-url=smtp://hunter2@mail.example.com",
        "--link-key=c0ffee",
        "--session-key=c0ffee",
        "--retired-link-keys=1=c0ffee",
        "--partner-tokens=hunter2",
        "--support-tokens=susi=",
        "--without=shop,helpdesk",
    ]);
    let key = "at least 64 hex digits, as `openssl rand -hex 32` makes them";
    assert_eq!(
        told,
        [
            "--listen or REBOOKING_LISTEN: an address and a port, like 127.0.0.1:8080",
            "--base-url or REBOOKING_BASE_URL: an absolute address like https://www.example.com, \
             at most 200 characters",
            "--embedders or REBOOKING_EMBEDDERS: addresses like https://www.example.com, separated \
             by commas",
            "--many-dates or REBOOKING_MANY_DATES: a number from 1 on, or off",
            "--web-calendars or REBOOKING_WEB_CALENDARS: true or false",
            "--partner-calendars or REBOOKING_PARTNER_CALENDARS: true or false",
            "--ask-after or REBOOKING_ASK_AFTER: a time like 30d, 24h, 15m, 60s or 500ms, or off",
            "--header-timeout or REBOOKING_HEADER_TIMEOUT: more than nothing",
            "--log or REBOOKING_LOG: filter directives like info,rebooking_core=debug",
            "--color or REBOOKING_COLOR: a colour like #a32a4a",
            "--database-url or REBOOKING_DATABASE_URL: an address like \
             postgres://user:password@host/name",
            "--database-schema or REBOOKING_DATABASE_SCHEMA: a schema is named by small letters, \
             digits and underscores, at most 63, and begins with a letter",
            "--database-connections or REBOOKING_DATABASE_CONNECTIONS: 1 to 1000",
            &format!("--link-key or REBOOKING_LINK_KEY: {key}"),
            &format!("--retired-link-keys or REBOOKING_RETIRED_LINK_KEYS: {key}"),
            &format!("--session-key or REBOOKING_SESSION_KEY: {key}"),
            "--partner-tokens or REBOOKING_PARTNER_TOKENS: name=secret, separated by commas or \
             lines",
            "--support-tokens or REBOOKING_SUPPORT_TOKENS: name=secret, separated by commas or \
             lines",
            "--validity or REBOOKING_VALIDITY: a time like 30d, 24h, 15m, 60s or 500ms",
            "--price-rule or REBOOKING_PRICE_RULE: equal-only, absorb or settle",
            "--alternatives or REBOOKING_ALTERNATIVES: course=course+course, separated by commas, \
             each course by its number",
            "--sweep-every or REBOOKING_SWEEP_EVERY: more than nothing",
            "--schedule-interval or REBOOKING_SCHEDULE_INTERVAL: more than nothing",
            "--mail-from or REBOOKING_MAIL_FROM: an address that mails come from",
            "--smtp-url or REBOOKING_SMTP_URL: a user and a password, both or none, special \
             characters written as %40 and the like",
            "--step-limit or REBOOKING_STEP_LIMIT: 1 to 100",
            "--lease or REBOOKING_LEASE: longer than --deadline",
            "--demo or REBOOKING_DEMO: true or false",
        ]
    );
}

#[test]
fn what_the_core_finds_is_told_by_options_that_exist() {
    let mut worst = Policy { step_limit: 0, renewal_limit: 1_000, ..Policy::default() };
    let backwards = chrono::TimeDelta::seconds(-1);
    worst.validity = backwards;
    worst.minimum_notice = backwards;
    worst.horizon = backwards;
    worst.attempts =
        rebooking_core::policy::AttemptLimits { in_window: 1_000, window: backwards, in_all: 0 };
    worst.reminder_before = backwards;
    worst.partner_reminder_after = backwards;
    worst.partner_silent_after = backwards;
    worst.purge_after = backwards;
    worst.order_wait = backwards;
    worst.dates_max_age = backwards;
    let delivery = &mut worst.delivery;
    (delivery.lease, delivery.deadline, delivery.poll) = (backwards, backwards, backwards);
    (delivery.backoff_base, delivery.backoff_cap) = (backwards, backwards);
    (delivery.unauthorized_pause, delivery.grace, delivery.give_up_after) =
        (backwards, backwards, backwards);
    (delivery.at_once, delivery.tries) = (0, 0);
    let found = worst.check();
    assert_eq!(found.len(), 24, "everything that the core looks at is wrong here");
    let mut reader = Reader::default();
    reader.policy(&found);
    let command = <Arguments as clap::CommandFactory>::command();
    let options: Vec<_> = command
        .get_arguments()
        .filter_map(|argument| argument.get_long())
        .map(|name| format!("--{name}"))
        .collect();
    for fault in reader.faults() {
        let named = fault.split([' ', ':', ',']).filter(|word| word.starts_with("--"));
        for option in named {
            assert!(options.iter().any(|known| known == option), "{option} in {fault}");
        }
    }
}

#[test]
fn times_are_written_with_their_unit() {
    for (text, milliseconds) in
        [("0s", 0), ("500ms", 500), ("15m", 900_000), ("24h", 86_400_000), ("2d", 172_800_000)]
    {
        let read = <Duration as read::Setting>::read(text);
        assert_eq!(read, Some(Duration::from_millis(milliseconds)), "{text}");
    }
    for text in ["", "s", "5", "-1s", "1.5h", "1 h", "9999999999999999d", "ß"] {
        assert_eq!(<Duration as read::Setting>::read(text), None, "{text}");
    }
}

#[test]
fn links_begin_where_the_server_listens_unless_somebody_says_otherwise() {
    let base = |options: &[&str], listening: &str| {
        read(options).unwrap().http.base_url(listening.parse().unwrap()).unwrap().to_string()
    };
    assert_eq!(base(&[], "127.0.0.1:4711"), "http://127.0.0.1:4711");
    assert_eq!(base(&["--demo"], "0.0.0.0:80"), "http://127.0.0.1:80");
    assert_eq!(base(&["--demo"], "[::]:80"), "http://[::1]:80");
    let set = "--base-url=https://umbuchen.example.com/";
    assert_eq!(base(&[set], "127.0.0.1:4711"), "https://umbuchen.example.com");
}
