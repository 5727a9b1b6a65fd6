//! Every setting arrives, and in its own place: each is given a value that no other has.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use rebooking_core::policy::{Alternatives, AttemptLimits, Delivery, OrderStrategy, PriceRule};
use rebooking_core::presentation::{BaseUrl, BrandName, Color, PhoneNumber, Presentation, WebUrl};
use rebooking_core::value::customer::EmailAddress;
use rebooking_core::value::ids::CourseId;
use rebooking_http::{Connections, ForwardedBy, Rate, RateLimits, TrustedProxies};
use rebooking_postgres::{Schema, Settings};

use super::*;
use crate::metrics::MetricsFor;

/// All that are no secrets, files or folders.
const DISTINCT: [&str; 65] = [
    "--demo=true",
    "--role=worker",
    "--listen=127.0.0.2:4711",
    "--base-url=https://umbuchen.example.com",
    "--embedders=https://www.example.com, https://shop.example.com",
    "--many-dates=1060",
    "--web-calendars=false",
    "--partner-calendars=false",
    "--ask-after=1061s",
    "--body-limit=1001",
    "--request-deadline=1002s",
    "--header-timeout=1003s",
    "--write-timeout=1004s",
    "--connections=1005",
    "--drain=1006s",
    "--trusted-proxies=10.0.0.0/8, ::1",
    "--forwarded-by=forwarded",
    "--address-limit=1007,1008",
    "--link-limit=1009,1010",
    "--log=warn",
    "--log-format=json",
    "--brand-name=Kochwerk",
    "--support-email=hilfe@example.com",
    "--support-phone=+49 89 1234560",
    "--home-page=https://www.example.com/kurse",
    "--color=#010203",
    "--color-dark=#040506",
    "--database-schema=rebooking",
    "--database-connections=11",
    "--database-connect-within=1012s",
    "--database-pooler",
    "--no-migration",
    "--smtp-tls=implicit",
    "--smtp-deadline=1013s",
    "--mail-from=from@example.com",
    "--mail-reply-to=reply@example.com",
    "--mail-bounces=bounces@example.com",
    "--link-key-id=14",
    "--validity=31d",
    "--minimum-notice=32h",
    "--horizon=330d",
    "--step-limit=34",
    "--renewal-limit=35",
    "--backups=4",
    "--attempts-in-window=36",
    "--attempts-window=37m",
    "--attempts-in-all=38",
    "--price-rule=settle",
    "--orders=linked-order",
    "--money-back=false",
    "--reminder-before=39d",
    "--partner-reminder-after=391h",
    "--partner-silent-after=392h",
    "--purge-after=40d",
    "--order-wait=4100ms",
    "--dates-max-age=410ms",
    "--alternatives=42=43+44, 45=46",
    "--lease=1047s",
    "--deadline=1046s",
    "--poll=48s",
    "--at-once=49",
    "--backoff-base=50s",
    "--backoff-cap=51m",
    "--barred-pause=52s",
    "--grace=53s",
];
const REST: [&str; 8] = [
    "--tries=54",
    "--give-up-after=55d",
    "--sweep-every=56s",
    "--schedule-interval=57s",
    "--schedule-max-age=58s",
    "--wrong-token-limit=1057,1058",
    "--connections-per-address=1059",
    "--metrics=open",
];

/// Tried by tests of their own: each needs a file, ends the process, or comes with others.
const ELSEWHERE: [&str; 43] = [
    "tls-certificate-file",
    "tls-key-file",
    "database-url",
    "database-url-file",
    "migrate-only",
    "smtp-url",
    "smtp-url-file",
    "smtp-ca-file",
    "mail-folder",
    "locales-dir",
    "templates",
    "link-key",
    "link-key-file",
    "retired-link-keys",
    "retired-link-keys-file",
    "session-key",
    "session-key-file",
    "partner-tokens",
    "partner-tokens-file",
    "support-tokens",
    "support-tokens-file",
    "webhook-customer",
    "webhook-secrets",
    "webhook-secrets-file",
    "webhook-trusted-network",
    "webhook-url",
    "odoo-database",
    "odoo-deadline",
    "odoo-flavour",
    "odoo-key",
    "odoo-key-file",
    "odoo-language",
    "odoo-login",
    "odoo-stage-awaiting-customer",
    "odoo-stage-awaiting-partner",
    "odoo-stage-needs-support",
    "odoo-stage-solved",
    "odoo-team",
    "odoo-trusted-network",
    "odoo-url",
    "partners-file",
    "without",
    "help",
];

fn all() -> Config {
    let addresses =
        ["--database-url=postgres://app@localhost/shop", "--smtp-url=smtp://mail.example.com"];
    read(&[&DISTINCT[..], &REST[..], &addresses[..]].concat()).unwrap()
}

#[test]
fn every_rule_and_every_number_of_delivery_arrives_in_its_own_place() {
    let seconds = TimeDelta::seconds;
    let expected = Policy {
        validity: TimeDelta::days(31),
        minimum_notice: TimeDelta::hours(32),
        horizon: TimeDelta::days(330),
        step_limit: 34,
        renewal_limit: 35,
        backups: 4,
        attempts: AttemptLimits { in_window: 36, window: TimeDelta::minutes(37), in_all: 38 },
        price: PriceRule::Settle,
        orders: OrderStrategy::LinkedOrder,
        alternatives: Alternatives::from([
            (CourseId::new(42), vec![CourseId::new(43), CourseId::new(44)]),
            (CourseId::new(45), vec![CourseId::new(46)]),
        ]),
        money_back: false,
        reminder_before: TimeDelta::days(39),
        partner_reminder_after: TimeDelta::hours(391),
        partner_silent_after: TimeDelta::hours(392),
        purge_after: TimeDelta::days(40),
        order_wait: TimeDelta::milliseconds(4_100),
        dates_max_age: TimeDelta::milliseconds(410),
        delivery: Delivery {
            lease: seconds(1_047),
            deadline: seconds(1_046),
            poll: seconds(48),
            at_once: 49,
            backoff_base: seconds(50),
            backoff_cap: TimeDelta::minutes(51),
            unauthorized_pause: seconds(52),
            grace: seconds(53),
            tries: 54,
            give_up_after: TimeDelta::days(55),
        },
    };
    let config = all();
    assert_eq!(config.policy, expected);
    assert_eq!(config.sweep_every, Duration::from_secs(56));
    assert_eq!(config.imports.interval, Duration::from_secs(57));
    assert_eq!(config.imports.max_age, Duration::from_secs(58));
}

#[test]
fn every_setting_of_the_server_its_logs_and_its_brand_arrives_in_its_own_place() {
    let config = all();
    assert_eq!(config.role, Role::Worker);
    let expected = HttpConfig {
        listen: "127.0.0.2:4711".parse().unwrap(),
        base_url: Some(BaseUrl::parse("https://umbuchen.example.com").unwrap()),
        embedders: ["https://www.example.com", "https://shop.example.com"]
            .map(|site| site.parse().unwrap())
            .into(),
        many_dates: Some(1_060),
        web_calendars: false,
        partner_calendars: false,
        ask_after: Some(Duration::from_secs(1_061)),
        body_limit: 1_001,
        request_deadline: Duration::from_secs(1_002),
        connections: Connections {
            header_timeout: Duration::from_secs(1_003),
            write_timeout: Duration::from_secs(1_004),
            at_once: 1_005,
            per_address: 1_059,
            uncounted: ["10.0.0.0/8", "::1"].map(|network| network.parse().unwrap()).into(),
            drain: Duration::from_secs(1_006),
            tls: None,
        },
        proxies: TrustedProxies {
            networks: ["10.0.0.0/8", "::1"].map(|network| network.parse().unwrap()).into(),
            header: ForwardedBy::Forwarded,
        },
        limits: RateLimits {
            per_address: Some(Rate::new(1_007, 1_008)),
            per_link: Some(Rate::new(1_009, 1_010)),
            wrong_tokens: Some(Rate::new(1_057, 1_058)),
        },
        metrics: MetricsFor::Everybody,
    };
    assert_eq!(config.http, expected);
    assert_eq!(config.logs, LogConfig { filter: "warn".to_owned(), format: LogFormat::Json });
    let expected = Brand {
        name: BrandName::parse("Kochwerk").unwrap(),
        support_email: EmailAddress::parse("hilfe@example.com").unwrap(),
        phone: Some(PhoneNumber::parse("+49 89 1234560").unwrap()),
        home_page: WebUrl::parse("https://www.example.com/kurse").unwrap(),
        primary_light: Color::new(1, 2, 3),
        primary_dark: Color::new(4, 5, 6),
    };
    assert_eq!(config.brand, expected);
    assert!(config.demo);
}

#[test]
fn every_setting_of_database_and_mail_arrives_in_its_own_place() {
    let config = all();
    let database = config.database.unwrap();
    let expected = Settings {
        connections: 11,
        connect_within: Duration::from_secs(1_012),
        schema: Some(Schema::parse("rebooking").unwrap()),
        sent_at_start: false,
        ..Settings::default()
    };
    assert_eq!(database.settings, expected);
    assert!(!database.migrate && !database.has_sessions(), "a pooler has no sessions to listen in");
    let mail = config.mail.unwrap();
    let super::super::mail::MailWay::Relay(relay) = &mail.way else { panic!("a relay is set") };
    assert_eq!((relay.tls, relay.port), (rebooking_smtp::Tls::Implicit, 465));
    assert_eq!(relay.deadline, Duration::from_secs(1_013));
    let presentation = Presentation::new(BaseUrl::default()).with_brand(config.brand.clone());
    let settings = mail.settings(presentation);
    let addresses =
        [&settings.sender, &settings.reply_to, &settings.bounces].map(EmailAddress::expose);
    assert_eq!(addresses, ["from@example.com", "reply@example.com", "bounces@example.com"]);
    assert_eq!(settings.presentation.brand, config.brand, "mails show the brand that pages show");
}

#[test]
fn no_setting_is_left_out_here() {
    let command = <Arguments as clap::CommandFactory>::command();
    let known: BTreeSet<_> =
        command.get_arguments().filter_map(|argument| argument.get_long()).collect();
    let name = |option: &&'static str| {
        option.trim_start_matches("--").split('=').next().unwrap_or_default()
    };
    let elsewhere = ELSEWHERE.into_iter().chain(magento::tried());
    let tried: BTreeSet<_> = DISTINCT.iter().chain(&REST).map(name).chain(elsewhere).collect();
    let left_out: Vec<_> = known.difference(&tried).filter(|name| **name != "help").collect();
    assert!(left_out.is_empty(), "{left_out:?}");
}

#[test]
fn every_option_is_a_variable_of_its_own_name_too() {
    let command = <Arguments as clap::CommandFactory>::command();
    for argument in command.get_arguments().filter(|argument| argument.get_id() != "migrate_only") {
        let Some(option) = argument.get_long() else { continue };
        let variable = format!("REBOOKING_{}", option.replace('-', "_").to_uppercase());
        assert_eq!(argument.get_env(), Some(variable.as_ref()), "{option}");
    }
}

#[test]
fn help_shows_no_secret_from_the_environment() {
    let command = <Arguments as clap::CommandFactory>::command();
    for secret in ["database-url", "smtp-url", "link-key", "retired-link-keys", "session-key"]
        .into_iter()
        .chain(["partner-tokens", "support-tokens", "odoo-key", "magento-token"])
        .chain(["magento-oauth-consumer-key", "magento-oauth-consumer-secret"])
        .chain(["magento-oauth-access-token", "magento-oauth-access-token-secret"])
    {
        let argument =
            command.get_arguments().find(|argument| argument.get_long() == Some(secret)).unwrap();
        assert!(argument.is_hide_env_values_set(), "{secret}");
    }
}

#[test]
fn without_any_setting_everything_is_as_core_http_store_and_brand_have_it() {
    let config = read(&[]).unwrap();
    assert_eq!(config.policy, Policy::default());
    assert_eq!(config.brand, Brand::default());
    let (http, library) = (
        config.http,
        rebooking_http::HttpSettings::new(
            BaseUrl::default(),
            rebooking_http::StaticTokens::default(),
        ),
    );
    assert_eq!((http.body_limit, http.request_deadline), (library.body_limit, library.deadline));
    assert_eq!((http.connections, http.proxies), (Connections::default(), library.proxies));
    assert_eq!((http.limits, http.embedders), (library.limits, Vec::new()));
    assert_eq!(http.metrics, MetricsFor::Support);
    let database = read(&OUTSIDE).unwrap().database.unwrap();
    assert_eq!(database.settings, Settings::default());
    assert!(database.migrate && database.has_sessions());
    assert!(
        config.secrets.link_keys.is_none()
            && config.secrets.tokens.is_empty()
            && config.mail.is_none()
    );
}
