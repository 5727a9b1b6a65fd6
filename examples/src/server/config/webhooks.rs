//! Where events of cases are sent.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use rebooking_core::presentation::WebUrl;
use rebooking_core::system::SystemClock;
use rebooking_http::{WebhookSecret, WebhookSettings, Webhooks, webhook_client_builder};
use url::{Host, Url};

use super::read::Reader;

#[derive(Args)]
#[group(skip)]
#[command(next_help_heading = "Events to another system")]
pub(super) struct Arguments {
    /// Where events of cases are sent, signed: https://crm.example.com/hooks, or http on this
    /// machine; without it there are none
    #[arg(long, env = "REBOOKING_WEBHOOK_URL", hide_env_values = true)]
    webhook_url: Option<String>,
    /// Whether they may go in clear (http) over a network that is yours from end to end: true or
    /// false
    #[arg(
        long,
        env = "REBOOKING_WEBHOOK_TRUSTED_NETWORK",
        num_args = 0..=1,
        require_equals = true,
        default_value = "false",
        default_missing_value = "true"
    )]
    webhook_trusted_network: String,
    /// What they are signed with: whsec_ and the base64 of 24 to 64 random bytes; several while
    /// they are changed, separated by commas or lines
    #[arg(long, env = "REBOOKING_WEBHOOK_SECRETS", hide_env_values = true)]
    webhook_secrets: Option<String>,
    #[arg(long, env = "REBOOKING_WEBHOOK_SECRETS_FILE")]
    webhook_secrets_file: Option<PathBuf>,
    /// Whether they name the customer: true or false
    #[arg(
        long,
        env = "REBOOKING_WEBHOOK_CUSTOMER",
        num_args = 0..=1,
        require_equals = true,
        default_value = "false",
        default_missing_value = "true"
    )]
    webhook_customer: String,
}

/// The endpoint that events are sent to.
pub(crate) struct WebhookConfig(pub(super) WebhookSettings);

impl Arguments {
    pub(super) fn read(&self, reader: &mut Reader) -> Option<WebhookConfig> {
        let (value, file) = (self.webhook_secrets.as_deref(), self.webhook_secrets_file.as_deref());
        let secrets = reader.secret("webhook-secrets", value, file);
        let trusted: Option<bool> =
            reader.read("webhook-trusted-network", &self.webhook_trusted_network);
        let customer: Option<bool> = reader.read("webhook-customer", &self.webhook_customer);
        let Some(url) = &self.webhook_url else {
            let lone = value.is_some() || file.is_some();
            reader.demand(!lone, "webhook-secrets", "only with --webhook-url");
            reader.demand(customer != Some(true), "webhook-customer", "only with --webhook-url");
            return None;
        };
        let url = read_url(url, trusted?, reader);
        let secrets = read_secrets(secrets.as_deref(), value.is_some() || file.is_some(), reader)?;
        let mut settings = WebhookSettings::new(url?, secrets.first()?.clone());
        (settings.secrets, settings.with_customer) = (secrets, customer?);
        Some(WebhookConfig(settings))
    }
}

fn read_url(text: &str, trusted: bool, reader: &mut Reader) -> Option<WebUrl> {
    let wanted = "an address like https://crm.example.com/hooks, of at most 200 characters; http \
                  only on this machine, or with --webhook-trusted-network";
    let url = WebUrl::parse(text).ok().filter(|_| trusted || is_safe(text));
    reader.demand(url.is_some(), "webhook-url", wanted);
    url
}

fn is_safe(text: &str) -> bool {
    Url::parse(text.trim()).is_ok_and(|url| match url.host() {
        _ if url.scheme() == "https" => true,
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    })
}

fn read_secrets(
    texts: Option<&str>,
    are_given: bool,
    reader: &mut Reader,
) -> Option<Vec<WebhookSecret>> {
    let wanted = "whsec_ and the base64 of 24 to 64 random bytes (echo whsec_$(openssl rand \
                  -base64 32))";
    reader.demand(are_given, "webhook-secrets", wanted);
    let texts = texts?.split([',', '\n']).map(str::trim).filter(|text| !text.is_empty());
    let secrets: Option<Vec<_>> = texts.map(|text| text.parse().ok()).collect();
    reader.demand(secrets.is_some(), "webhook-secrets", wanted);
    secrets
}

impl WebhookConfig {
    /// What sends events there. Calls nobody yet.
    ///
    /// # Errors
    /// When the program has installed no TLS provider, or the machine has no certificates.
    pub(crate) fn webhooks(&self) -> Result<Webhooks, Box<dyn std::error::Error>> {
        let http = webhook_client_builder().build()?;
        Ok(Webhooks::new(http, self.0.clone(), Arc::new(SystemClock)))
    }
}
