//! Where to listen, what links begin with, and the limits on connections and requests.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use clap::Args;
use rebooking_core::presentation::{BaseUrl, MalformedUrl};
use rebooking_http::{Connections, RateLimits, TrustedProxies, WebOrigin};

use super::read::Reader;
use crate::metrics::MetricsFor;
use crate::tls::Certificate;

#[derive(Args)]
#[group(skip)]
#[command(next_help_heading = "Server")]
pub(super) struct Arguments {
    /// Where to listen
    #[arg(long, env = "REBOOKING_LISTEN", default_value = "127.0.0.1:8080")]
    listen: String,
    /// What links in mails begin with: where browsers reach the server; in a demo, where it listens
    #[arg(long, env = "REBOOKING_BASE_URL")]
    pub(super) base_url: Option<String>,
    /// Sites whose pages may show ours in a frame, like https://www.example.com, separated by
    /// commas
    #[arg(long, env = "REBOOKING_EMBEDDERS", default_value = "")]
    embedders: String,
    /// From how many dates on the customer's page groups them by month, with a filter and a
    /// calendar; off for one plain list, however long
    #[arg(long, env = "REBOOKING_MANY_DATES", default_value = "12")]
    many_dates: String,
    /// Whether the page of success links to calendars on the web, Google's and Outlook's: true or
    /// false
    #[arg(long, env = "REBOOKING_WEB_CALENDARS", default_value = "true")]
    web_calendars: String,
    /// Whether partners may subscribe to a calendar of what they have confirmed, at a secret
    /// address: true or false
    #[arg(long, env = "REBOOKING_PARTNER_CALENDARS", default_value = "true")]
    partner_calendars: String,
    /// How long after a choice the page of success asks a customer to write who has heard nothing
    /// of the partner's answer; off names no day
    #[arg(long, env = "REBOOKING_ASK_AFTER", default_value = "3d")]
    ask_after: String,
    /// The longest body of a request, in bytes
    #[arg(long, env = "REBOOKING_BODY_LIMIT", default_value = "40960")]
    body_limit: String,
    /// How long a caller waits for an answer
    #[arg(long, env = "REBOOKING_REQUEST_DEADLINE", default_value = "20s")]
    request_deadline: String,
    /// How long a caller may take for the head of a request
    #[arg(long, env = "REBOOKING_HEADER_TIMEOUT", default_value = "10s")]
    header_timeout: String,
    /// How long an answer waits for a caller who reads nothing of it
    #[arg(long, env = "REBOOKING_WRITE_TIMEOUT", default_value = "20s")]
    write_timeout: String,
    /// How many connections are open at once
    #[arg(long, env = "REBOOKING_CONNECTIONS", default_value = "1024")]
    connections: String,
    /// How long requests under way may take once the server is told to stop
    #[arg(long, env = "REBOOKING_DRAIN", default_value = "8s")]
    drain: String,
    /// Proxies that are believed about for whom they ask: addresses or networks like 10.0.0.0/8,
    /// separated by commas. Behind a proxy that is not named, all callers share one limit
    #[arg(long, env = "REBOOKING_TRUSTED_PROXIES", default_value = "")]
    trusted_proxies: String,
    /// The header in which they say it: x-forwarded-for or forwarded
    #[arg(long, env = "REBOOKING_FORWARDED_BY", default_value = "x-forwarded-for")]
    forwarded_by: String,
    /// How many requests an address may send at once, and then how many a minute; off for no limit
    #[arg(long, env = "REBOOKING_ADDRESS_LIMIT", default_value = "240,240")]
    address_limit: String,
    /// How many requests about one link there may be at once, and then how many a minute; off for
    /// no limit
    #[arg(long, env = "REBOOKING_LINK_LIMIT", default_value = "30,30")]
    link_limit: String,
    /// How many wrong access tokens an address may send at once, and then how many a minute; off
    /// for no limit
    #[arg(long, env = "REBOOKING_WRONG_TOKEN_LIMIT", default_value = "10,10")]
    wrong_token_limit: String,
    /// How many connections one address may have, but for the trusted proxies
    #[arg(long, env = "REBOOKING_CONNECTIONS_PER_ADDRESS", default_value = "128")]
    connections_per_address: String,
    /// Who may read /metrics: off for nobody, support for whoever shows one of support's tokens,
    /// open for everybody
    #[arg(long, env = "REBOOKING_METRICS", default_value = "support")]
    metrics: String,
}

/// What the HTTP side needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct HttpConfig {
    pub(crate) listen: SocketAddr,
    pub(super) base_url: Option<BaseUrl>,
    pub(crate) embedders: Vec<WebOrigin>,
    pub(crate) many_dates: Option<usize>,
    pub(crate) web_calendars: bool,
    pub(crate) partner_calendars: bool,
    pub(crate) ask_after: Option<Duration>,
    pub(crate) body_limit: usize,
    pub(crate) request_deadline: Duration,
    pub(crate) connections: Connections,
    pub(crate) proxies: TrustedProxies,
    pub(crate) limits: RateLimits,
    pub(crate) metrics: MetricsFor,
}

impl Arguments {
    pub(super) fn read(&self, reader: &mut Reader) -> HttpConfig {
        let mut http = HttpConfig {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            base_url: None,
            embedders: Vec::new(),
            many_dates: None,
            web_calendars: true,
            partner_calendars: true,
            ask_after: None,
            body_limit: 1,
            request_deadline: Duration::MAX,
            connections: Connections::default(),
            proxies: TrustedProxies::default(),
            limits: RateLimits::default(),
            metrics: MetricsFor::Support,
        };
        reader.set(&mut http.listen, "listen", &self.listen);
        match self.base_url.as_deref().map(BaseUrl::parse).transpose() {
            Ok(base) => http.base_url = base,
            Err(wrong) => reader.fault("base-url", &wrong.to_string()),
        }
        reader.set(&mut http.embedders, "embedders", &self.embedders);
        reader.set(&mut http.many_dates, "many-dates", &self.many_dates);
        reader.set(&mut http.web_calendars, "web-calendars", &self.web_calendars);
        reader.set(&mut http.partner_calendars, "partner-calendars", &self.partner_calendars);
        reader.set(&mut http.ask_after, "ask-after", &self.ask_after);
        reader.set(&mut http.body_limit, "body-limit", &self.body_limit);
        reader.set(&mut http.request_deadline, "request-deadline", &self.request_deadline);
        reader.set(&mut http.connections.header_timeout, "header-timeout", &self.header_timeout);
        reader.set(&mut http.connections.write_timeout, "write-timeout", &self.write_timeout);
        reader.set(&mut http.connections.at_once, "connections", &self.connections);
        let (name, per_address) = ("connections-per-address", &self.connections_per_address);
        reader.set(&mut http.connections.per_address, name, per_address);
        reader.demand(http.connections.per_address > 0, name, "1 or more");
        reader.set(&mut http.connections.drain, "drain", &self.drain);
        reader.set(&mut http.proxies.networks, "trusted-proxies", &self.trusted_proxies);
        http.connections.uncounted.clone_from(&http.proxies.networks);
        reader.set(&mut http.proxies.header, "forwarded-by", &self.forwarded_by);
        reader.set(&mut http.limits.per_address, "address-limit", &self.address_limit);
        reader.set(&mut http.limits.per_link, "link-limit", &self.link_limit);
        reader.set(&mut http.limits.wrong_tokens, "wrong-token-limit", &self.wrong_token_limit);
        reader.set(&mut http.metrics, "metrics", &self.metrics);
        reader.demand(
            (1..=1_000_000).contains(&http.connections.at_once),
            "connections",
            "1 to 1000000",
        );
        reader.demand(http.body_limit > 0, "body-limit", "1 or more");
        for (name, time) in [
            ("request-deadline", http.request_deadline),
            ("header-timeout", http.connections.header_timeout),
            ("write-timeout", http.connections.write_timeout),
        ] {
            reader.demand(!time.is_zero(), name, "more than nothing");
        }
        http
    }
}

impl HttpConfig {
    /// Lets callers in by TLS, where there is a certificate.
    pub(super) fn show(&mut self, certificate: Option<&Certificate>, reader: &mut Reader) {
        self.connections.tls = certificate.map(|certificate| certificate.tls.clone());
        let base = self.base_url.as_ref().map_or("", |base| base.as_str());
        let wanted = "https://…, as the server speaks nothing else";
        reader.demand(certificate.is_none() || !base.starts_with("http:"), "base-url", wanted);
    }

    /// What addresses of this server begin with.
    pub(crate) const fn scheme(&self) -> &'static str {
        if self.connections.tls.is_some() { "https" } else { "http" }
    }

    /// What links begin with. Who listens on every address is reached on this machine, as far as we
    /// know.
    pub(crate) fn base_url(&self, mut listening: SocketAddr) -> Result<BaseUrl, MalformedUrl> {
        match listening.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => listening.set_ip([127, 0, 0, 1].into()),
            IpAddr::V6(ip) if ip.is_unspecified() => {
                listening.set_ip([0, 0, 0, 0, 0, 0, 0, 1].into())
            }
            IpAddr::V4(_) | IpAddr::V6(_) => {}
        }
        let scheme = self.scheme();
        self.base_url.clone().map_or_else(|| BaseUrl::parse(&format!("{scheme}://{listening}")), Ok)
    }

    /// Nobody else is to meet tokens that everybody knows, unless somebody has said so.
    pub(super) fn demand_this_machine(&self, reader: &mut Reader) {
        let wanted = "an address of this machine alone, like 127.0.0.1:8080: the demo's tokens are \
                      known to everybody; \
                      --demo=true lets others in all the same";
        reader.demand(self.listen.ip().is_loopback(), "listen", wanted);
    }
}
