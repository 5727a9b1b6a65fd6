//! The only place that names every adapter.

use std::error::Error;
use std::sync::Arc;

use rebooking_core::link::{LinkKey, LinkKeyId, LinkKeys};
use rebooking_core::ports::{Partners, SecretSource};
use rebooking_core::presentation::{BaseUrl, Presentation};
use rebooking_core::system::SystemSecrets;
use rebooking_core::{Ports, Rebookings};
use rebooking_http::{EnabledParts, HttpSettings, MetricsPage, RebookingService, StaticTokens};
use rebooking_magento::Magento;
use rebooking_odoo::OdooTickets;
use rebooking_postgres::{Listener, PostgresStore, listen, migrate};

use crate::config::{Config, DatabaseConfig, MagentoConfig};
#[cfg(feature = "demo")]
use crate::demo::Fakes;
use crate::metrics;
use crate::unconnected::Unconnected;

/// Everything composed, with a handle to each adapter that the demo reads or fills.
pub(crate) struct Wired {
    pub(crate) rebookings: Rebookings,
    pub(crate) service: RebookingService,
    /// What stands in where nothing is connected.
    #[cfg(feature = "demo")]
    pub(crate) fakes: Fakes,
    /// The database, where it is not memory.
    pub(crate) postgres: Option<PostgresStore>,
    /// Hears of commits by other servers on the same database.
    pub(crate) listening: Option<Listener>,
    /// Links are derived from a key that nobody set, so they end with this process.
    #[cfg(feature = "demo")]
    pub(crate) random_key: bool,
    /// The shop, where there is one that is not memory.
    pub(crate) magento: Option<Magento>,
    /// Where tickets are written, where it is not memory.
    pub(crate) odoo: Option<Arc<OdooTickets>>,
}

/// The store on PostgreSQL, its tables brought up to date unless somebody else does that.
pub(crate) async fn database(config: &DatabaseConfig) -> Result<PostgresStore, Box<dyn Error>> {
    let pool =
        rebooking_postgres::connect(&config.url, &config.settings).await.map_err(|error| {
            format!("--database-url or REBOOKING_DATABASE_URL: cannot connect: {error}")
        })?;
    if config.migrate {
        migrate(&pool, config.settings.schema.as_ref()).await?;
    }
    Ok(PostgresStore::with(&pool, config.settings.clone()))
}

/// Composes core, adapters and HTTP by the settings.
pub(crate) async fn wire(config: &mut Config, base: &BaseUrl) -> Result<Wired, Box<dyn Error>> {
    let postgres = match &config.database {
        Some(config) => Some(database(config).await?),
        None => None,
    };
    let ports = Ports::builder().orders(Arc::new(Unconnected)).tickets(Arc::new(Unconnected));
    #[cfg(feature = "demo")]
    let fakes = Fakes::default();
    #[cfg(feature = "demo")]
    let ports = fakes.stand_in(ports, config);
    let ports = match &postgres {
        Some(store) => {
            let store = Arc::new(store.clone());
            let ports = ports.database(store.clone()).imports(store.clone());
            ports.event_switch(store)
        }
        None => ports,
    };
    let partners: Option<Arc<dyn Partners>> = match (&config.partners, &postgres) {
        (Some(list), _) => Some(Arc::new(list.clone())),
        (None, Some(store)) => Some(Arc::new(store.clone())),
        (None, None) => None,
    };
    let ports = match &partners {
        Some(list) => ports.partners(list.clone()),
        None => ports,
    };
    // Pages and mails show the same.
    let presentation = Presentation::new(base.clone()).with_brand(config.brand.clone());
    let magento = config.magento.as_ref().map(MagentoConfig::shop).transpose()?;
    let magento = magento.map(|shop| match partners {
        Some(list) => shop.with_partners(list),
        None => shop,
    });
    let ports = match &magento {
        Some(shop) => ports.orders(Arc::new(shop.clone())).schedule(Arc::new(shop.clone())),
        None => ports,
    };
    let odoo = match &config.odoo {
        Some(odoo) => Some(Arc::new(odoo.tickets(rebooking_odoo::client_builder().build()?)?)),
        None => None,
    };
    let ports = match &odoo {
        Some(odoo) => ports.tickets(odoo.clone()),
        None => ports,
    };
    let ports = match &config.mail {
        Some(mail) => ports.mailer(mail.mailer(&presentation, &config.templates)?),
        None => ports,
    };
    let ports = match &config.webhooks {
        Some(webhooks) => ports.events(Arc::new(webhooks.webhooks()?)),
        None => ports,
    };
    let ports = ports.build()?;
    let keys = config.secrets.link_keys.take();
    #[cfg(feature = "demo")]
    let random_key = keys.is_none();
    let keys = match keys {
        Some(keys) => keys,
        None => LinkKeys::new(
            LinkKeyId(1),
            LinkKey::new([SystemSecrets.bytes()?, SystemSecrets.bytes()?].concat())?,
        ),
    };
    #[cfg(feature = "demo")]
    let policy = crate::demo::policy(config);
    #[cfg(not(feature = "demo"))]
    let policy = config.policy.clone();
    let rebookings = Rebookings::new(ports, policy, keys)?;
    let has_sessions = config.database.as_ref().is_some_and(DatabaseConfig::has_sessions);
    let listening =
        postgres.as_ref().filter(|_| has_sessions).map(|store| listen(store, &rebookings));
    let metrics = metrics::start(config.http.metrics)?;
    let settings = http_settings(config, presentation, metrics);
    #[cfg(feature = "demo")]
    let settings = HttpSettings { templates: crate::demo::with_footer(config)?, ..settings };
    let service = rebooking_http::service(rebookings.clone(), settings);
    Ok(Wired {
        rebookings,
        service,
        #[cfg(feature = "demo")]
        fakes,
        postgres,
        listening,
        #[cfg(feature = "demo")]
        random_key,
        magento,
        odoo,
    })
}

fn http_settings(
    config: &Config,
    presentation: Presentation,
    metrics: Option<MetricsPage>,
) -> HttpSettings {
    let tokens = StaticTokens::default();
    #[cfg(feature = "demo")]
    let tokens = crate::demo::well_known(config.demo)
        .fold(tokens, |tokens, (token, who)| tokens.with(token, who));
    let own = config.secrets.tokens.iter().cloned();
    let tokens = own.fold(tokens, |tokens, (token, who)| tokens.with(&token, who));
    let served = config.role.serves_people();
    HttpSettings {
        enabled: EnabledParts { customer: served, partner: served, support: served },
        templates: config.templates.pages.clone(),
        session_key: config.secrets.session_key.clone(),
        body_limit: config.http.body_limit,
        deadline: config.http.request_deadline,
        embedders: config.http.embedders.clone(),
        many_dates: config.http.many_dates,
        web_calendars: config.http.web_calendars,
        partner_calendars: config.http.partner_calendars,
        ask_after: config.http.ask_after,
        proxies: config.http.proxies.clone(),
        limits: config.http.limits,
        metrics,
        ..HttpSettings::new(presentation, tokens)
    }
}
