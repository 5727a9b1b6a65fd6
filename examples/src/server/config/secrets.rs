//! Keys and tokens, each from its variable or from a file.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::Args;
use rebooking_core::link::{LinkKey, LinkKeyId, LinkKeys};
use rebooking_core::value::ids::PartnerId;
use rebooking_http::{Principal, SessionKey};

use super::read::Reader;

#[derive(Args)]
#[group(skip)]
#[command(next_help_heading = "Secrets, each also from a file")]
pub(super) struct Arguments {
    /// What links are derived from: at least 64 hex digits (openssl rand -hex 32); in a demo,
    /// without it, a random one
    #[arg(long, env = "REBOOKING_LINK_KEY", hide_env_values = true)]
    link_key: Option<String>,
    #[arg(long, env = "REBOOKING_LINK_KEY_FILE")]
    link_key_file: Option<PathBuf>,
    /// The number of that key; a new key takes a new number
    #[arg(long, env = "REBOOKING_LINK_KEY_ID", default_value = "1")]
    link_key_id: String,
    /// Keys that links in the mail were derived from before: number=key, separated by commas or
    /// lines
    #[arg(long, env = "REBOOKING_RETIRED_LINK_KEYS", hide_env_values = true)]
    retired_link_keys: Option<String>,
    #[arg(long, env = "REBOOKING_RETIRED_LINK_KEYS_FILE")]
    retired_link_keys_file: Option<PathBuf>,
    /// What sign-ins on pages are signed with: at least 64 hex digits, the same for every server;
    /// without it a random one
    #[arg(long, env = "REBOOKING_SESSION_KEY", hide_env_values = true)]
    session_key: Option<String>,
    #[arg(long, env = "REBOOKING_SESSION_KEY_FILE")]
    session_key_file: Option<PathBuf>,
    /// Bearer tokens of partners: partner-number=token, separated by commas or lines
    #[arg(long, env = "REBOOKING_PARTNER_TOKENS", hide_env_values = true)]
    partner_tokens: Option<String>,
    #[arg(long, env = "REBOOKING_PARTNER_TOKENS_FILE")]
    partner_tokens_file: Option<PathBuf>,
    /// Bearer tokens of support: name=token, separated by commas or lines
    #[arg(long, env = "REBOOKING_SUPPORT_TOKENS", hide_env_values = true)]
    support_tokens: Option<String>,
    #[arg(long, env = "REBOOKING_SUPPORT_TOKENS_FILE")]
    support_tokens_file: Option<PathBuf>,
}

/// Keys and tokens. It prints nothing.
pub(crate) struct SecretsConfig {
    /// What links are derived from; in a demo, without it, a random key.
    pub(crate) link_keys: Option<LinkKeys>,
    pub(crate) session_key: Option<SessionKey>,
    pub(crate) tokens: Vec<(String, Principal)>,
}

impl Arguments {
    pub(super) fn has_link_key(&self) -> bool {
        self.link_key.is_some() || self.link_key_file.is_some()
    }

    pub(super) fn has_tokens(&self) -> bool {
        self.partner_tokens.is_some()
            || self.partner_tokens_file.is_some()
            || self.support_tokens.is_some()
            || self.support_tokens_file.is_some()
    }

    pub(super) fn read(&self, reader: &mut Reader) -> SecretsConfig {
        let (mut link_key_id, name) = (1, "link-key");
        reader.set(&mut link_key_id, "link-key-id", &self.link_key_id);
        let link_key = reader
            .secret(name, self.link_key.as_deref(), self.link_key_file.as_deref())
            .and_then(|key| read_key(name, &key, reader, |key| LinkKey::new(key).ok()));
        let retired = self.retired(link_key_id, reader);
        reader.demand(
            link_key.is_some() || retired.is_empty(),
            "retired-link-keys",
            "only beside --link-key",
        );
        let link_keys = link_key.map(|key| {
            let keys = LinkKeys::new(LinkKeyId(link_key_id), key);
            retired.into_iter().fold(keys, |keys, (id, key)| keys.with_retired(id, key))
        });
        let name = "session-key";
        let session_key = reader
            .secret(name, self.session_key.as_deref(), self.session_key_file.as_deref())
            .and_then(|key| read_key(name, &key, reader, |key| SessionKey::new(key).ok()));
        let mut tokens = self.partners(reader);
        tokens.extend(self.support(reader));
        let apart: BTreeSet<_> = tokens.iter().map(|(token, _)| token).collect();
        reader.demand(
            apart.len() == tokens.len(),
            "support-tokens",
            "each token once, also among --partner-tokens",
        );
        SecretsConfig { link_keys, session_key, tokens }
    }

    fn retired(&self, current: u16, reader: &mut Reader) -> Vec<(LinkKeyId, LinkKey)> {
        let (name, file) = ("retired-link-keys", self.retired_link_keys_file.as_deref());
        let Some(text) = reader.secret(name, self.retired_link_keys.as_deref(), file) else {
            return Vec::new();
        };
        let (mut keys, mut taken) = (Vec::new(), BTreeSet::from([current]));
        for (id, key) in reader.pairs(name, &text) {
            let key = read_key(name, &key, reader, |key| LinkKey::new(key).ok());
            if let (Some(id), Some(key)) = (reader.read(name, &id), key) {
                reader.demand(
                    taken.insert(id),
                    name,
                    "each number once, and none of them --link-key-id",
                );
                keys.push((LinkKeyId(id), key));
            }
        }
        keys
    }

    fn partners(&self, reader: &mut Reader) -> Vec<(String, Principal)> {
        let (name, file) = ("partner-tokens", self.partner_tokens_file.as_deref());
        let text = reader.secret(name, self.partner_tokens.as_deref(), file).unwrap_or_default();
        let mut tokens = Vec::new();
        for (partner, token) in reader.pairs(name, &text) {
            match partner.parse() {
                Ok(partner) => tokens.push((token, Principal::Partner(PartnerId::new(partner)))),
                Err(_) => reader.fault(name, "partner-number=token, separated by commas or lines"),
            }
        }
        tokens
    }

    fn support(&self, reader: &mut Reader) -> Vec<(String, Principal)> {
        let (name, file) = ("support-tokens", self.support_tokens_file.as_deref());
        let text = reader.secret(name, self.support_tokens.as_deref(), file).unwrap_or_default();
        reader
            .pairs(name, &text)
            .into_iter()
            .map(|(who, token)| (token, Principal::Support(who)))
            .collect()
    }
}

/// A key in hex digits.
fn read_key<K>(
    name: &str,
    text: &str,
    reader: &mut Reader,
    key_of: fn(Vec<u8>) -> Option<K>,
) -> Option<K> {
    let digits: Option<Vec<u8>> =
        text.chars().map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok())).collect();
    let bytes = digits.filter(|digits| digits.len().is_multiple_of(2)).map(|digits| {
        digits.chunks(2).map(|pair| pair.iter().fold(0, |byte, digit| byte * 16 + digit)).collect()
    });
    let key = bytes.and_then(key_of);
    reader.demand(
        key.is_some(),
        name,
        "at least 64 hex digits, as `openssl rand -hex 32` makes them",
    );
    key
}
