//! Which shop has the orders and the dates, and how it is signed in to.

mod catalog;
mod orders;
mod watch;

use std::path::PathBuf;
use std::sync::Arc;

use chrono::TimeDelta;
use clap::Args;
use rebooking_core::system::{SystemClock, SystemSecrets};
use rebooking_magento::{
    Magento, MagentoSettings, OAuthCredentials, SecretString, ShopUrl, SignIn, WatchSettings,
    reqwest,
};

use super::read::Reader;

#[derive(Args)]
#[group(skip)]
#[command(next_help_heading = "Orders and dates in Magento")]
pub(super) struct Arguments {
    /// Where the shop is: https://shop.example.com, as the world sees it, or http on this machine;
    /// a demo has a shop of its own in memory
    #[arg(long, env = "REBOOKING_MAGENTO_URL")]
    magento_url: Option<String>,
    /// The consumer key of the integration; it and the three that follow are needed, unless there
    /// is a token alone
    #[arg(long, env = "REBOOKING_MAGENTO_OAUTH_CONSUMER_KEY", hide_env_values = true)]
    magento_oauth_consumer_key: Option<String>,
    #[arg(long, env = "REBOOKING_MAGENTO_OAUTH_CONSUMER_KEY_FILE")]
    magento_oauth_consumer_key_file: Option<PathBuf>,
    /// Its consumer secret
    #[arg(long, env = "REBOOKING_MAGENTO_OAUTH_CONSUMER_SECRET", hide_env_values = true)]
    magento_oauth_consumer_secret: Option<String>,
    #[arg(long, env = "REBOOKING_MAGENTO_OAUTH_CONSUMER_SECRET_FILE")]
    magento_oauth_consumer_secret_file: Option<PathBuf>,
    /// Its access token
    #[arg(long, env = "REBOOKING_MAGENTO_OAUTH_ACCESS_TOKEN", hide_env_values = true)]
    magento_oauth_access_token: Option<String>,
    #[arg(long, env = "REBOOKING_MAGENTO_OAUTH_ACCESS_TOKEN_FILE")]
    magento_oauth_access_token_file: Option<PathBuf>,
    /// Its access token secret
    #[arg(long, env = "REBOOKING_MAGENTO_OAUTH_ACCESS_TOKEN_SECRET", hide_env_values = true)]
    magento_oauth_access_token_secret: Option<String>,
    #[arg(long, env = "REBOOKING_MAGENTO_OAUTH_ACCESS_TOKEN_SECRET_FILE")]
    magento_oauth_access_token_secret_file: Option<PathBuf>,
    /// The access token alone, where the shop takes it as a bearer
    #[arg(long, env = "REBOOKING_MAGENTO_TOKEN", hide_env_values = true)]
    magento_token: Option<String>,
    #[arg(long, env = "REBOOKING_MAGENTO_TOKEN_FILE")]
    magento_token_file: Option<PathBuf>,
    /// The longest that all calls of one step may take; shorter than --deadline
    #[arg(long, env = "REBOOKING_MAGENTO_DEADLINE", default_value = "25s")]
    magento_deadline: String,
    #[command(flatten)]
    catalog: catalog::Arguments,
    #[command(flatten)]
    orders: orders::Arguments,
    #[command(flatten)]
    watch: watch::Arguments,
}

/// The shop that has the orders and the dates.
pub(crate) struct MagentoConfig {
    pub(super) settings: MagentoSettings,
    /// How closely it is watched.
    pub(crate) watch: WatchSettings,
}

/// A credential as it is given.
struct Credential<'a> {
    name: &'static str,
    value: Option<&'a str>,
    file: Option<&'a std::path::Path>,
}

impl Credential<'_> {
    const fn is_given(&self) -> bool {
        self.value.is_some() || self.file.is_some()
    }

    fn read(&self, reader: &mut Reader) -> Option<SecretString> {
        reader.secret(self.name, self.value, self.file).map(SecretString::from)
    }
}

impl Arguments {
    pub(super) const fn is_given(&self) -> bool {
        self.magento_url.is_some()
    }

    /// `deadline` is that of the worker around each call.
    pub(super) fn read(&self, deadline: TimeDelta, reader: &mut Reader) -> Option<MagentoConfig> {
        let Some(url) = &self.magento_url else {
            self.demand_nothing(reader);
            return None;
        };
        let shop = ShopUrl::parse(url);
        let shop = shop.map_err(|wrong| reader.fault("magento-url", &wrong.to_string())).ok();
        let sign_in = self.sign_in(reader);
        let catalog = self.catalog.read(reader);
        let orders = self.orders.read(reader);
        let watch = self.watch.read(reader);
        let total: Option<TimeDelta> = reader.read("magento-deadline", &self.magento_deadline);
        // Calls that are cut short by the worker would not say how far they had come.
        reader.demand(
            total.is_none_or(|total| total > TimeDelta::zero() && total < deadline),
            "magento-deadline",
            "more than nothing, and shorter than --deadline, which is shorter than --lease",
        );
        let mut settings = MagentoSettings::new(shop?, sign_in?);
        settings.catalog = catalog?;
        settings.orders = orders;
        settings.limits.total = total?.to_std().unwrap_or_default();
        Some(MagentoConfig { settings, watch })
    }

    fn demand_nothing(&self, reader: &mut Reader) {
        let credentials = self.four().into_iter().chain([self.token()]);
        let credentials: Vec<_> = credentials.map(|one| (one.is_given(), one.name)).collect();
        let others = self.catalog.given().into_iter().chain(self.orders.given());
        let others = others.chain(self.watch.given());
        for (given, name) in credentials.into_iter().chain(others) {
            reader.demand(!given, name, "only with --magento-url");
        }
    }

    fn four(&self) -> [Credential<'_>; 4] {
        [
            Credential {
                name: "magento-oauth-consumer-key",
                value: self.magento_oauth_consumer_key.as_deref(),
                file: self.magento_oauth_consumer_key_file.as_deref(),
            },
            Credential {
                name: "magento-oauth-consumer-secret",
                value: self.magento_oauth_consumer_secret.as_deref(),
                file: self.magento_oauth_consumer_secret_file.as_deref(),
            },
            Credential {
                name: "magento-oauth-access-token",
                value: self.magento_oauth_access_token.as_deref(),
                file: self.magento_oauth_access_token_file.as_deref(),
            },
            Credential {
                name: "magento-oauth-access-token-secret",
                value: self.magento_oauth_access_token_secret.as_deref(),
                file: self.magento_oauth_access_token_secret_file.as_deref(),
            },
        ]
    }

    fn token(&self) -> Credential<'_> {
        Credential {
            name: "magento-token",
            value: self.magento_token.as_deref(),
            file: self.magento_token_file.as_deref(),
        }
    }

    /// The four of the integration, or its token alone.
    fn sign_in(&self, reader: &mut Reader) -> Option<SignIn> {
        let (four, token) = (self.four(), self.token());
        if token.is_given() {
            for one in &four {
                reader.demand(!one.is_given(), one.name, "not beside --magento-token");
            }
            return token.read(reader).map(SignIn::Bearer);
        }
        for one in &four {
            let wanted = "as the shop shows it under System, Integrations; or --magento-token";
            reader.demand(one.is_given(), one.name, wanted);
        }
        let [consumer_key, consumer_secret, access_token, access_token_secret] =
            four.map(|one| one.read(reader));
        Some(SignIn::OAuth1(OAuthCredentials {
            consumer_key: consumer_key?,
            consumer_secret: consumer_secret?,
            access_token: access_token?,
            access_token_secret: access_token_secret?,
        }))
    }
}

impl MagentoConfig {
    /// The shop. Calls nobody yet.
    ///
    /// # Errors
    /// What the system's TLS has to say.
    pub(crate) fn shop(&self) -> Result<Magento, reqwest::Error> {
        let http = rebooking_magento::client_builder().build()?;
        let (clock, secrets) = (Arc::new(SystemClock), Arc::new(SystemSecrets));
        Ok(Magento::new(self.settings.clone(), http, clock, secrets))
    }
}
