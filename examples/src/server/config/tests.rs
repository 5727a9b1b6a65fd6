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
        "--partner-tokens=secret",
        "--support-tokens=susi=",
    ]);
    assert_eq!(
        told,
        [
            "--listen or REBOOKING_LISTEN: an address and a port, like 127.0.0.1:8080",
            "--link-key or REBOOKING_LINK_KEY: at least 64 hex digits, as `openssl rand -hex 32` makes them",
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
    assert_eq!(read(&[]).unwrap().base_url(here), "http://127.0.0.1:4711");
    let set = read(&["--base-url=https://umbuchen.example.com/"]).unwrap();
    assert_eq!(set.base_url(here), "https://umbuchen.example.com");
    assert_eq!(faults(&["--base-url=example.com"]).len(), 1);
}
