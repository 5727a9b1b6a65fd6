//! The only place that names every adapter.

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use rebooking_core::link::{BaseAddress, LinkKey, LinkKeys};
use rebooking_core::ports::{Clock, Mailer, RebookingStore, SecretSource};
use rebooking_core::system::{SystemClock, SystemSecrets};
use rebooking_core::testing::{MemoryMailer, MemoryShop, MemoryStore, MemoryTickets};
use rebooking_core::{Ports, Rebookings};
use rebooking_http::{Connections, HttpSettings, Principal, RebookingService, StaticTokens};
use rebooking_postgres::{Listener, PostgresStore, Settings, listen, migrate};
use rebooking_smtp::{FolderMailer, Relay, Renderer, SmtpMailer};

use crate::config::{Config, DatabaseConfig, MailConfig, MailWay};

/// Everything composed, with a handle to each adapter that the demo reads or fills.
pub(crate) struct Wired {
    pub(crate) rebookings: Rebookings,
    pub(crate) service: RebookingService,
    pub(crate) connections: Connections,
    pub(crate) sweep_every: Duration,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) store: Arc<dyn RebookingStore>,
    pub(crate) shop: MemoryShop,
    /// Catches mails that have no way out.
    pub(crate) mailbox: MemoryMailer,
    /// Hears of commits by other servers on the same database.
    pub(crate) listening: Option<Listener>,
    /// Links were derived from a key that nobody set, so they end with this process.
    pub(crate) random_key: bool,
}

/// The demo's own bearer tokens, beside those that are set.
pub(crate) const DEMO_TOKENS: [(&str, DemoRole); 3] = [
    ("demo-partner", DemoRole::Partner(crate::demo::PARTNER)),
    ("demo-other-partner", DemoRole::Partner(crate::demo::OTHER_PARTNER)),
    ("demo-support", DemoRole::Support("demo")),
];

/// Whom a demo token stands for.
#[derive(Clone, Copy)]
pub(crate) enum DemoRole {
    Partner(rebooking_core::ids::PartnerId),
    Support(&'static str),
}

impl From<DemoRole> for Principal {
    fn from(role: DemoRole) -> Self {
        match role {
            DemoRole::Partner(partner) => Self::Partner(partner),
            DemoRole::Support(name) => Self::Support(name.to_owned()),
        }
    }
}

/// The store on PostgreSQL, its tables brought up to date unless somebody else does that.
pub(crate) async fn database(config: &DatabaseConfig) -> Result<PostgresStore, Box<dyn Error>> {
    let settings =
        Settings { schema: config.schema.clone(), connections: config.connections, ..Settings::default() };
    let pool = rebooking_postgres::connect(&config.url, &settings).await?;
    if config.migrate {
        migrate(&pool, config.schema.as_ref()).await?;
    }
    Ok(PostgresStore::with(&pool, settings))
}

/// Mails over a relay or into a folder, in the built-in wording.
fn mailer(config: &MailConfig, base: &BaseAddress) -> Result<Arc<dyn Mailer>, Box<dyn Error>> {
    let renderer = Renderer::new(config.settings(base.clone()));
    Ok(match &config.way {
        MailWay::Relay(relay) => Arc::new(SmtpMailer::new(renderer, Relay::clone(relay))?),
        MailWay::Folder(folder) => Arc::new(FolderMailer::new(renderer, folder)?),
    })
}

/// Composes core, adapters and HTTP by the settings.
pub(crate) async fn wire(config: Config, base: &BaseAddress) -> Result<Wired, Box<dyn Error>> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let postgres = match &config.database {
        Some(config) => Some(database(config).await?),
        None => None,
    };
    let store: Arc<dyn RebookingStore> = match &postgres {
        Some(store) => Arc::new(store.clone()),
        None => Arc::new(MemoryStore::new(clock.clone())),
    };
    let (shop, mailbox) = (MemoryShop::new(), MemoryMailer::new());
    let ports = Ports {
        store: store.clone(),
        schedule: None,
        orders: Arc::new(shop.clone()),
        tickets: Arc::new(MemoryTickets::new()),
        mailer: match &config.mail {
            Some(config) => mailer(config, base)?,
            None => Arc::new(mailbox.clone()),
        },
        clock: clock.clone(),
        secrets: Arc::new(SystemSecrets),
    };
    let random_key = config.link_key.is_none();
    let key = match config.link_key {
        Some(key) => key,
        None => LinkKey::new([SystemSecrets.bytes()?, SystemSecrets.bytes()?].concat())?,
    };
    let keys = LinkKeys::new(config.link_key_id, key);
    let keys = config.retired_link_keys.into_iter().fold(keys, |keys, (id, key)| keys.with_retired(id, key));
    let rebookings = Rebookings::new(ports, config.policy, keys)?;
    let listening = postgres.map(|store| listen(&store, &rebookings));

    let tokens = DEMO_TOKENS
        .into_iter()
        .fold(StaticTokens::default(), |tokens, (token, role)| tokens.with(token, role.into()));
    let tokens = config.tokens.into_iter().fold(tokens, |tokens, (token, who)| tokens.with(&token, who));
    let settings = HttpSettings {
        body_limit: config.body_limit,
        deadline: config.request_deadline,
        base: base.clone(),
        session_key: config.session_key,
        proxies: config.proxies,
        limits: config.limits,
        ..HttpSettings::new(tokens)
    };
    let service = rebooking_http::service(rebookings.clone(), settings);
    Ok(Wired {
        rebookings,
        service,
        connections: config.connections,
        sweep_every: config.sweep_every,
        clock,
        store,
        shop,
        mailbox,
        listening,
        random_key,
    })
}
