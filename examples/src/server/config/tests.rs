//! The settings as they come, and what is told when they make no sense.

use super::*;

fn read(options: &[&str]) -> Result<Config, Faults> {
    Config::read(&Arguments::parse_from([&["server"], options].concat()))
}

fn faults(options: &[&str]) -> Vec<String> {
    read(options).err().map(|faults| faults.0).unwrap_or_default()
}

#[test]
fn without_any_setting_the_numbers_are_those_of_the_core_and_of_http() {
    let config = read(&[]).unwrap();
    assert_eq!(config.policy, Policy::default());
    assert_eq!(config.connections, Connections::default());
    assert_eq!((config.proxies, config.limits), (TrustedProxies::default(), RateLimits::default()));
    assert_eq!((config.body_limit, config.request_deadline), (16 * 1024, Duration::from_secs(20)));
    assert!(config.link_key.is_none() && config.tokens.is_empty());
}

#[test]
fn every_fault_is_told_at_once_and_no_secret_is_repeated() {
    let told = faults(&[
        "--listen=here",
        "--validity=soon",
        "--step-limit=0",
        "--price-rule=free",
        "--link-key=c0ffee",
        "--session-key=c0ffee",
        "--partner-tokens=secret",
        "--support-tokens=susi=",
    ]);
    assert_eq!(
        told,
        [
            "--listen or REBOOKING_LISTEN: an address and a port, like 127.0.0.1:8080",
            "--link-key or REBOOKING_LINK_KEY: at least 64 hex digits, as `openssl rand -hex 32` makes them",
            "--session-key or REBOOKING_SESSION_KEY: at least 64 hex digits, as `openssl rand -hex 32` makes them",
            "--partner-tokens or REBOOKING_PARTNER_TOKENS: name=secret, separated by commas or lines",
            "--support-tokens or REBOOKING_SUPPORT_TOKENS: name=secret, separated by commas or lines",
            "--validity or REBOOKING_VALIDITY: a time like 30d, 24h, 15m, 60s or 500ms",
            "--price-rule or REBOOKING_PRICE_RULE: equal-only, absorb or settle",
            "step_limit: 1 to 100",
        ]
    );
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
fn tokens_and_keys_are_read_in_pairs() {
    let keys = format!("2={},3={}", "ab".repeat(32), "CD".repeat(40));
    let config = read(&[
        "--partner-tokens=5=one,5=two",
        "--support-tokens=susi=a=b\n max = c ",
        &format!("--retired-link-keys={keys}"),
    ])
    .unwrap();
    let partner = Principal::Partner(PartnerId::new(5));
    let support = |name: &str| Principal::Support(name.to_owned());
    let tokens =
        [("one", partner.clone()), ("two", partner), ("a=b", support("susi")), ("c", support("max"))];
    assert_eq!(config.tokens, tokens.map(|(token, who)| (token.to_owned(), who)));
    let ids: Vec<_> = config.retired_link_keys.iter().map(|(id, _)| id.0).collect();
    assert_eq!(ids, [2, 3]);
}

#[test]
fn a_secret_comes_from_its_file_or_not_but_not_twice() {
    let file = std::env::temp_dir().join(format!("rebooking-link-key-{}", std::process::id()));
    std::fs::write(&file, format!("{}\n", "ab".repeat(32))).unwrap();
    let from_file = format!("--link-key-file={}", file.display());
    assert!(read(&[&from_file]).unwrap().link_key.is_some());
    let both = faults(&[&from_file, "--link-key=ab"]);
    assert_eq!(both, ["--link-key or REBOOKING_LINK_KEY: give the secret or its file, not both"]);
    std::fs::remove_file(&file).unwrap();
    assert!(faults(&[&from_file])[0].starts_with("--link-key-file or REBOOKING_LINK_KEY_FILE: "));
}

#[test]
fn links_begin_where_the_server_listens_unless_somebody_says_otherwise() {
    let here = SocketAddr::from(([127, 0, 0, 1], 4711));
    assert_eq!(read(&[]).unwrap().base_url(here).unwrap().as_str(), "http://127.0.0.1:4711");
    let set = read(&["--base-url=https://umbuchen.example.com/"]).unwrap();
    assert_eq!(set.base_url(here).unwrap().as_str(), "https://umbuchen.example.com");
    assert_eq!(faults(&["--base-url=example.com"]).len(), 1);
}

#[test]
fn mails_stay_in_the_demo_unless_there_is_a_way_for_them() {
    assert!(read(&[]).unwrap().mail.is_none());
    let from = "--mail-from=buchung@example.com";
    let config = read(&["--smtp-url=smtp://shop:secret@localhost:2525", "--smtp-tls=none", from]).unwrap();
    let mail = config.mail.unwrap();
    assert!(matches!(&mail.way, MailWay::Relay(relay) if relay.port == 2525));
    let settings = mail.settings(rebooking_core::link::BaseAddress::parse("https://example.com").unwrap());
    assert_eq!(settings.bounces.expose(), "buchung@example.com");
    assert_eq!(settings.reply_to.expose(), "support@miomente.de");
    let config = read(&["--mail-folder=mails", from, "--mail-reply-to=hilfe@example.com"]).unwrap();
    assert!(matches!(config.mail.unwrap().way, MailWay::Folder(_)));
}

#[test]
fn mail_settings_that_make_no_sense_are_all_told_without_the_password() {
    let told =
        faults(&["--smtp-url=smtp://shop:hunter2@mail.example.com", "--smtp-tls=none", "--mail-reply-to=x"]);
    assert_eq!(
        told,
        [
            "--smtp-tls or REBOOKING_SMTP_TLS: without TLS only to this machine: mails hold links that must not be overheard",
            "--mail-from or REBOOKING_MAIL_FROM: an address that mails come from",
            "--mail-reply-to or REBOOKING_MAIL_REPLY_TO: one @ with a name before and a domain after it",
        ]
    );
    let told =
        faults(&["--smtp-url=mail.example.com:hunter2", "--mail-folder=mails", "--mail-from=a@b.example"]);
    assert_eq!(told.len(), 2);
    assert!(!told.concat().contains("hunter2"), "{told:?}");
}

#[test]
fn proxies_and_limits_are_read_and_a_wrong_one_is_told() {
    let config =
        read(&["--trusted-proxies=10.0.0.0/8, ::1", "--forwarded-by=forwarded", "--address-limit=off"])
            .unwrap();
    assert_eq!(config.proxies.networks, ["10.0.0.0/8", "::1"].map(|network| network.parse().unwrap()));
    assert_eq!(config.proxies.header, rebooking_http::ForwardedBy::Forwarded);
    assert_eq!(config.limits, RateLimits { per_address: None, ..RateLimits::default() });
    let told = faults(&["--trusted-proxies=proxy.local", "--address-limit=0,1", "--link-limit=30"]);
    assert_eq!(told.len(), 3, "{told:?}");
}
