//! The settings, from options and environment, checked before anything starts; every fault is told at once.

mod arguments;
mod mail;
mod read;
#[cfg(test)]
mod tests;

use std::net::SocketAddr;
use std::time::Duration;

use clap::Parser as _;
use rebooking_core::Policy;
use rebooking_core::ids::PartnerId;
use rebooking_core::link::{BaseAddress, LinkKey, LinkKeyId, MalformedWebAddress};
use rebooking_core::policy::Delivery;
use rebooking_http::{Connections, Principal, RateLimits, SessionKey, TrustedProxies};
use rebooking_postgres::Schema;

use arguments::{Arguments, Database, DeliveryNumbers, Http, Rules, Secrets};
use read::Reader;

pub(crate) use mail::{MailConfig, MailWay};

/// All settings.
pub(crate) struct Config {
    pub(crate) listen: SocketAddr,
    base_url: Option<BaseAddress>,
    pub(crate) body_limit: usize,
    pub(crate) request_deadline: Duration,
    pub(crate) connections: Connections,
    pub(crate) proxies: TrustedProxies,
    pub(crate) limits: RateLimits,
    pub(crate) log: String,
    pub(crate) log_format: LogFormat,
    pub(crate) database: Option<DatabaseConfig>,
    pub(crate) migrate_only: bool,
    /// Without it the demo catches all mails.
    pub(crate) mail: Option<MailConfig>,
    pub(crate) link_key: Option<LinkKey>,
    pub(crate) link_key_id: LinkKeyId,
    pub(crate) retired_link_keys: Vec<(LinkKeyId, LinkKey)>,
    pub(crate) session_key: Option<SessionKey>,
    pub(crate) tokens: Vec<(String, Principal)>,
    pub(crate) policy: Policy,
    pub(crate) sweep_every: Duration,
}

/// Where the database is. The address may hold a password, so this prints nothing.
pub(crate) struct DatabaseConfig {
    pub(crate) url: String,
    pub(crate) schema: Option<Schema>,
    pub(crate) connections: u32,
    pub(crate) migrate: bool,
}

/// How logs are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LogFormat {
    Text,
    Json,
}

/// Settings that make no sense, all of them.
#[derive(Debug, thiserror::Error)]
#[error("the server cannot start with these settings:\n  {}", .0.join("\n  "))]
pub(crate) struct Faults(Vec<String>);

impl Config {
    /// Reads options and environment. Ends the process after `--help`, and at an option that does not exist.
    pub(crate) fn from_environment() -> Result<Self, Faults> {
        Self::read(&Arguments::parse())
    }

    fn read(arguments: &Arguments) -> Result<Self, Faults> {
        let mut reader = Reader::default();
        let mut config = Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            base_url: None,
            body_limit: 0,
            request_deadline: Duration::ZERO,
            connections: Connections::default(),
            proxies: TrustedProxies::default(),
            limits: RateLimits::default(),
            log: arguments.http.log.clone(),
            log_format: LogFormat::Text,
            database: None,
            migrate_only: arguments.database.migrate_only,
            mail: None,
            link_key: None,
            link_key_id: LinkKeyId(1),
            retired_link_keys: Vec::new(),
            session_key: None,
            tokens: Vec::new(),
            policy: Policy::default(),
            sweep_every: Duration::ZERO,
        };
        config.read_http(&arguments.http, &mut reader);
        config.read_database(&arguments.database, &mut reader);
        config.mail = MailConfig::read(&arguments.mail, &mut reader);
        config.read_secrets(&arguments.secrets, &mut reader);
        config.read_rules(&arguments.rules, &mut reader);
        read_delivery(&mut config.policy.delivery, &arguments.delivery, &mut reader);
        reader.set(&mut config.sweep_every, "sweep-every", &arguments.delivery.sweep_every);
        let mut faults = reader.faults();
        faults.extend(config.policy.check().iter().map(ToString::to_string));
        if faults.is_empty() { Ok(config) } else { Err(Faults(faults)) }
    }

    /// What links begin with.
    pub(crate) fn base_url(&self, listening: SocketAddr) -> Result<BaseAddress, MalformedWebAddress> {
        self.base_url.clone().map_or_else(|| BaseAddress::parse(&format!("http://{listening}")), Ok)
    }

    fn read_http(&mut self, http: &Http, reader: &mut Reader) {
        reader.set(&mut self.listen, "listen", &http.listen);
        match http.base_url.as_deref().map(BaseAddress::parse).transpose() {
            Ok(base) => self.base_url = base,
            Err(wrong) => reader.fault("base-url", &wrong.to_string()),
        }
        reader.set(&mut self.body_limit, "body-limit", &http.body_limit);
        reader.set(&mut self.request_deadline, "request-deadline", &http.request_deadline);
        reader.set(&mut self.connections.header_timeout, "header-timeout", &http.header_timeout);
        reader.set(&mut self.connections.at_once, "connections", &http.connections);
        reader.set(&mut self.connections.drain, "drain", &http.drain);
        reader.set(&mut self.proxies.networks, "trusted-proxies", &http.trusted_proxies);
        reader.set(&mut self.proxies.header, "forwarded-by", &http.forwarded_by);
        reader.set(&mut self.limits.per_address, "address-limit", &http.address_limit);
        reader.set(&mut self.limits.per_link, "link-limit", &http.link_limit);
        reader.set(&mut self.log_format, "log-format", &http.log_format);
        if !(1..=1_000_000).contains(&self.connections.at_once) {
            reader.fault("connections", "1 to 1000000");
        }
    }

    fn read_database(&mut self, database: &Database, reader: &mut Reader) {
        let (name, file) = ("database-url", database.database_url_file.as_deref());
        let url = reader.secret(name, database.database_url.as_deref(), file);
        let is_address = |url: &String| url.starts_with("postgres://") || url.starts_with("postgresql://");
        if url.as_ref().is_some_and(|url| !is_address(url)) {
            reader.fault(name, "an address that begins with postgres://");
        }
        if url.is_none() && self.migrate_only {
            reader.fault(name, "needed for --migrate-only");
        }
        let schema = database.database_schema.as_deref().map(Schema::parse).transpose();
        if let Err(wrong) = &schema {
            reader.fault("database-schema", &wrong.to_string());
        }
        let mut connections = 8;
        reader.set(&mut connections, "database-connections", &database.database_connections);
        if !(1..=1_000).contains(&connections) {
            reader.fault("database-connections", "1 to 1000");
        }
        self.database = url.zip(schema.ok()).map(|(url, schema)| DatabaseConfig {
            url,
            schema,
            connections,
            migrate: self.migrate_only || !database.no_migration,
        });
    }

    fn read_secrets(&mut self, secrets: &Secrets, reader: &mut Reader) {
        let key = reader.secret("link-key", secrets.link_key.as_deref(), secrets.link_key_file.as_deref());
        self.link_key = key.and_then(|key| read_key("link-key", &key, reader, |key| LinkKey::new(key).ok()));
        reader.set(&mut self.link_key_id.0, "link-key-id", &secrets.link_key_id);

        let (name, file) = ("session-key", secrets.session_key_file.as_deref());
        let key = reader.secret(name, secrets.session_key.as_deref(), file);
        self.session_key = key.and_then(|key| read_key(name, &key, reader, |key| SessionKey::new(key).ok()));

        let (name, file) = ("retired-link-keys", secrets.retired_link_keys_file.as_deref());
        let retired = reader.secret(name, secrets.retired_link_keys.as_deref(), file).unwrap_or_default();
        for (id, key) in reader.pairs(name, &retired) {
            let key = read_key(name, &key, reader, |key| LinkKey::new(key).ok());
            if let (Some(id), Some(key)) = (reader.read(name, &id), key) {
                self.retired_link_keys.push((LinkKeyId(id), key));
            }
        }

        let (name, file) = ("partner-tokens", secrets.partner_tokens_file.as_deref());
        let partners = reader.secret(name, secrets.partner_tokens.as_deref(), file).unwrap_or_default();
        for (partner, token) in reader.pairs(name, &partners) {
            match partner.parse() {
                Ok(partner) => self.tokens.push((token, Principal::Partner(PartnerId::new(partner)))),
                Err(_) => reader.fault(name, "partner-number=token, separated by commas or lines"),
            }
        }

        let (name, file) = ("support-tokens", secrets.support_tokens_file.as_deref());
        let support = reader.secret(name, secrets.support_tokens.as_deref(), file).unwrap_or_default();
        for (who, token) in reader.pairs(name, &support) {
            self.tokens.push((token, Principal::Support(who)));
        }
    }

    fn read_rules(&mut self, rules: &Rules, reader: &mut Reader) {
        let policy = &mut self.policy;
        reader.set(&mut policy.validity, "validity", &rules.validity);
        reader.set(&mut policy.minimum_notice, "minimum-notice", &rules.minimum_notice);
        reader.set(&mut policy.horizon, "horizon", &rules.horizon);
        reader.set(&mut policy.step_limit, "step-limit", &rules.step_limit);
        reader.set(&mut policy.renewal_limit, "renewal-limit", &rules.renewal_limit);
        reader.set(&mut policy.attempts.in_window, "attempts-in-window", &rules.attempts_in_window);
        reader.set(&mut policy.attempts.window, "attempts-window", &rules.attempts_window);
        reader.set(&mut policy.attempts.in_all, "attempts-in-all", &rules.attempts_in_all);
        reader.set(&mut policy.price, "price-rule", &rules.price_rule);
        reader.set(&mut policy.orders, "orders", &rules.orders);
        reader.set(&mut policy.money_back, "money-back", &rules.money_back);
        reader.set(&mut policy.reminder_before, "reminder-before", &rules.reminder_before);
        reader.set(&mut policy.purge_after, "purge-after", &rules.purge_after);
        reader.set(&mut policy.order_wait, "order-wait", &rules.order_wait);
    }
}

fn read_delivery(delivery: &mut Delivery, numbers: &DeliveryNumbers, reader: &mut Reader) {
    reader.set(&mut delivery.lease, "lease", &numbers.lease);
    reader.set(&mut delivery.deadline, "deadline", &numbers.deadline);
    reader.set(&mut delivery.poll, "poll", &numbers.poll);
    reader.set(&mut delivery.at_once, "at-once", &numbers.at_once);
    reader.set(&mut delivery.backoff_base, "backoff-base", &numbers.backoff_base);
    reader.set(&mut delivery.backoff_cap, "backoff-cap", &numbers.backoff_cap);
    reader.set(&mut delivery.barred_pause, "barred-pause", &numbers.barred_pause);
    reader.set(&mut delivery.grace, "grace", &numbers.grace);
    reader.set(&mut delivery.tries, "tries", &numbers.tries);
    reader.set(&mut delivery.give_up_after, "give-up-after", &numbers.give_up_after);
}

/// A key in hex digits.
fn read_key<K>(name: &str, text: &str, reader: &mut Reader, key_of: fn(Vec<u8>) -> Option<K>) -> Option<K> {
    let digits: Option<Vec<u8>> =
        text.chars().map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok())).collect();
    let bytes = digits.filter(|digits| digits.len().is_multiple_of(2)).map(|digits| {
        digits.chunks(2).map(|pair| pair.iter().fold(0, |byte, digit| byte * 16 + digit)).collect()
    });
    let key = bytes.and_then(key_of);
    if key.is_none() {
        reader.fault(name, "at least 64 hex digits, as `openssl rand -hex 32` makes them");
    }
    key
}
