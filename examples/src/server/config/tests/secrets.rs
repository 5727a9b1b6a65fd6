//! Each secret from its variable, or from its file, and none of them told to anybody.

use rebooking_core::link::{LinkKey, LinkKeyId, LinkKeys, LinkNonce, LinkPurpose};
use rebooking_core::value::ids::PartnerId;
use rebooking_http::Principal;

use super::*;

const KEY: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
const OTHER: &str = "ffFFffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff";

/// The digest of a fixed link: it tells keys apart.
fn link_of(config: &Config) -> String {
    let keys = config.secrets.link_keys.as_ref().unwrap();
    format!("{:?}", keys.stamp(LinkPurpose::Rebook, LinkNonce([7; 16])).unwrap())
}

#[test]
fn every_secret_arrives_from_its_file_as_from_its_option() {
    for (name, secret) in [
        ("database-url", "postgres://app:hunter2@localhost/shop"),
        ("smtp-url", "smtp://shop:hunter2@mail.example.com"),
        ("link-key", KEY),
        ("retired-link-keys", "2=ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"),
        ("session-key", KEY),
        ("partner-tokens", "5=hunter2\n6=hunter3"),
        ("support-tokens", "susi=hunter2"),
    ] {
        let file = TestFile::new(name, &format!("  {secret}\n"));
        let beside: &[&str] = match name {
            "smtp-url" => &["--mail-from=buchung@example.com"],
            "retired-link-keys" => {
                &["--link-key=000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"]
            }
            _ => &[],
        };
        let (option, from_file) =
            (format!("--{name}={secret}"), file.option(&format!("{name}-file")));
        let with = |option: &str| read(&[&["--demo", option], beside].concat()).unwrap();
        assert_eq!(all_secrets(&with(&option)), all_secrets(&with(&from_file)), "{name}");
        assert_ne!(all_secrets(&with(&from_file)), all_secrets(&read(&[]).unwrap()), "{name}");
    }
}

/// Everything secret that can be compared.
fn all_secrets(config: &Config) -> String {
    let SecretsConfig { link_keys, session_key, tokens } = &config.secrets;
    let link = link_keys.as_ref().map(|_| link_of(config));
    let url = config.database.as_ref().map(|database| &database.url);
    let relay = config.mail.as_ref().map(|mail| match &mail.way {
        super::super::mail::MailWay::Relay(relay) => format!("{}:{}", relay.host, relay.port),
        super::super::mail::MailWay::Folder(folder) => folder.display().to_string(),
    });
    format!("{link:?} {link_keys:?} {} {tokens:?} {url:?} {relay:?}", session_key.is_some())
}

#[test]
fn a_secret_is_given_once_and_is_not_empty() {
    let file = TestFile::new("twice", KEY);
    let from_file = file.option("link-key-file");
    let both = faults(&[&from_file, "--link-key=ab"]);
    assert_eq!(both, ["--link-key or REBOOKING_LINK_KEY: give the secret or its file, not both"]);
    let empty = TestFile::new("empty", " \n");
    let told = faults(&[
        &empty.option("link-key-file"),
        &empty.option("session-key-file"),
        "--partner-tokens=",
    ]);
    assert_eq!(
        told,
        [
            "--link-key-file or REBOOKING_LINK_KEY_FILE: nothing is in it",
            "--session-key-file or REBOOKING_SESSION_KEY_FILE: nothing is in it",
            "--partner-tokens or REBOOKING_PARTNER_TOKENS: nothing is in it",
        ]
    );
    drop(file);
    let gone = faults(&[&from_file]);
    assert!(
        gone[0]
            .starts_with("--link-key-file or REBOOKING_LINK_KEY_FILE: a file that can be read: "),
        "{gone:?}"
    );
}

#[test]
fn tokens_and_keys_are_read_in_pairs() {
    let keys = format!("2={},3={}", "ab".repeat(32), "CD".repeat(40));
    let config = read(&[
        "--partner-tokens=5=one,5=two",
        "--support-tokens=susi=a=b\n max = c ",
        &format!("--link-key={KEY}"),
        "--link-key-id=7",
        &format!("--retired-link-keys={keys}"),
    ])
    .unwrap();
    let partner = Principal::Partner(PartnerId::new(5));
    let support = |name: &str| Principal::Support(name.to_owned());
    let tokens = [
        ("one", partner.clone()),
        ("two", partner),
        ("a=b", support("susi")),
        ("c", support("max")),
    ];
    assert_eq!(config.secrets.tokens, tokens.map(|(token, who)| (token.to_owned(), who)));
    let keys = config.secrets.link_keys.unwrap();
    let (purpose, nonce) = (LinkPurpose::Rebook, LinkNonce([7; 16]));
    let current = keys.stamp(purpose, nonce).unwrap();
    assert_eq!(current.key, LinkKeyId(7), "new links come from the current key");
    for (id, byte, length) in [(2, 0xAB, 32), (3, 0xCD, 40)] {
        let retired = LinkKeys::new(LinkKeyId(id), LinkKey::new(vec![byte; length]).unwrap());
        let old = retired.stamp(purpose, nonce).unwrap();
        assert!(keys.secret(purpose, &old).is_ok(), "links of key {id} can still be mailed");
    }
}

#[test]
fn what_could_stand_for_two_is_refused() {
    let told = faults(&["--partner-tokens=5=same", "--support-tokens=susi=same"]);
    assert_eq!(
        told,
        ["--support-tokens or REBOOKING_SUPPORT_TOKENS: each token once, also among \
             --partner-tokens"]
    );
    let key = format!("--link-key={KEY}");
    let told = faults(&[&key, &format!("--retired-link-keys=1={OTHER},2={OTHER},2={KEY}")]);
    let twice = "--retired-link-keys or REBOOKING_RETIRED_LINK_KEYS: each number once, and none of \
                 them --link-key-id";
    assert_eq!(told, [twice, twice]);
    let alone = faults(&[&format!("--retired-link-keys=2={OTHER}")]);
    assert_eq!(
        alone,
        ["--retired-link-keys or REBOOKING_RETIRED_LINK_KEYS: only beside --link-key"]
    );
}
