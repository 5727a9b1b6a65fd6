//! What a host sets.

use std::sync::Arc;
use std::time::Duration;

use rebooking_core::presentation::Presentation;

#[cfg(feature = "pages")]
use crate::auth::session::SessionKey;
use crate::auth::{Authenticator, Principal};
use crate::edge::client_ip::TrustedProxies;
#[cfg(feature = "pages")]
use crate::edge::origin::WebOrigin;
use crate::edge::rate_limit::RateLimits;
#[cfg(feature = "pages")]
use crate::pages::templates::kind::Templates;

/// The settings of the service.
#[derive(Clone, derive_more::Debug)]
// Exhaustive: hosts write it as a literal.
pub struct HttpSettings {
    /// Base URL, brand and places: the same value as for mails.
    ///
    /// The base URL is where browsers reach the service: its path is the one that the service is
    /// mounted under, and all that pages lead to, redirects and cookies included, begins with it.
    /// A request that changes something is taken from pages of its origin, and from pages at the
    /// host that was asked; a page of another site is refused.
    pub presentation: Presentation,
    /// Who calls as a partner or as support.
    #[debug(skip)] // It may know secrets.
    pub authenticator: Arc<dyn Authenticator>,
    /// Which parts there are: all.
    pub enabled: EnabledParts,
    /// What pages are made from.
    #[cfg(feature = "pages")]
    pub templates: Templates,
    /// What sign-ins on pages are signed with. Without it each process takes a random one: right
    /// for one process whose restart may sign everybody out. Several servers behind one address
    /// need the same.
    #[cfg(feature = "pages")]
    pub session_key: Option<SessionKey>,
    /// Whether partners may subscribe to a calendar of what they have confirmed, at a secret
    /// address that they make, renew and revoke: yes, where the store keeps such addresses. Without
    /// it there are neither routes nor a page for it, and addresses that were made lead nowhere.
    pub partner_calendars: bool,
    /// The longest body that is read, in bytes: 40 KiB. Both texts of the customer's page fit, as
    /// browsers encode 2,000 characters of any script.
    pub body_limit: usize,
    /// How long a caller waits for an answer: 20 s. What has begun by then is carried through all
    /// the same.
    pub deadline: Duration,
    /// Whose pages may show ours in a frame: nobody's.
    #[cfg(feature = "pages")]
    pub embedders: Vec<WebOrigin>,
    /// From how many dates on the customer's page groups them by month, with a filter and a
    /// calendar: 12. `None` shows any number as one plain list.
    #[cfg(feature = "pages")]
    pub many_dates: Option<usize>,
    /// Whether the page of success links to calendars on the web, Google's and Outlook's, with
    /// course, time and place of the date: yes. Without them it offers the calendar file alone.
    #[cfg(feature = "pages")]
    pub web_calendars: bool,
    /// How long a customer who waits is asked to wait before they write: for the partner's answer
    /// after a choice, or up to the date where that is sooner, and for support where there is no
    /// date to choose, after a wish and after the last link. 3 days; on pages that count from
    /// their reading, whole days and at least one. `None` says nothing of it.
    #[cfg(feature = "pages")]
    pub ask_after: Option<Duration>,
    /// The proxies that are believed about for whom they ask: none.
    pub proxies: TrustedProxies,
    /// How often somebody may ask.
    pub limits: RateLimits,
    /// What `/metrics` answers: nothing, it is no route then.
    pub metrics: Option<MetricsPage>,
}

impl HttpSettings {
    /// The usual numbers, with an authenticator that knows the callers. A base URL alone is a
    /// [`Presentation`] under the default brand.
    #[must_use]
    pub fn new(
        presentation: impl Into<Presentation>,
        authenticator: impl Authenticator + 'static,
    ) -> Self {
        Self {
            presentation: presentation.into(),
            authenticator: Arc::new(authenticator),
            enabled: EnabledParts::default(),
            #[cfg(feature = "pages")]
            templates: Templates::default(),
            #[cfg(feature = "pages")]
            session_key: None,
            partner_calendars: true,
            body_limit: 40 * 1024,
            deadline: Duration::from_secs(20),
            #[cfg(feature = "pages")]
            embedders: Vec::new(),
            #[cfg(feature = "pages")]
            many_dates: Some(12),
            #[cfg(feature = "pages")]
            web_calendars: true,
            #[cfg(feature = "pages")]
            ask_after: Some(Duration::from_secs(3 * 24 * 60 * 60)),
            proxies: TrustedProxies::default(),
            limits: RateLimits::default(),
            metrics: None,
        }
    }
}

/// Which parts a service has. A host that has a portal of its own takes
/// `EnabledParts { partner: false, ..EnabledParts::default() }`, one that wants nothing but the
/// customers' pages and routes [`EnabledParts::CUSTOMERS`].
///
/// A part that is left out has no routes and no pages, and nobody is signed in for it. `/healthz`,
/// `/readyz` and the description of the API belong to no part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
// Exhaustive: hosts write it as a literal.
pub struct EnabledParts {
    /// `/rebook/…` and `/api/rebook/…`.
    pub customer: bool,
    /// `/partner…`, the answer by the link in a partner's mail included, and `/api/partner/…`.
    pub partner: bool,
    /// `/support…` and `/api/support/…`.
    pub support: bool,
}

impl EnabledParts {
    /// What customers see and nothing else.
    pub const CUSTOMERS: Self = Self { customer: true, partner: false, support: false };

    /// Whether there is anything for somebody who signs in as this.
    pub(crate) const fn has(self, principal: &Principal) -> bool {
        match principal {
            Principal::Partner(_) => self.partner,
            Principal::Support(_) => self.support,
        }
    }
}

impl Default for EnabledParts {
    fn default() -> Self {
        Self { customer: true, partner: true, support: true }
    }
}

/// What `/metrics` shows: the host's recorder, as text for Prometheus.
///
/// With the feature `metrics` the service counts by the facade of that name. Whatever recorder the
/// host installs reads it, whether or not there is this page:
///
/// | name | labels | what it is |
/// |---|---|---|
/// | `rebooking_http_requests_total` | `route`, `method`, `status` | requests that were answered |
/// | `rebooking_http_request_duration_seconds` | `route`, `method` | how long they took |
/// | `rebooking_choices_total` | `by`, `outcome` | choices: `chosen`, or the code of the refusal |
/// | `rebooking_links_opened_total` | `by` | links shown: to a `person`, all others are `robot` |
/// | `rebooking_effects` | `lane`, `state` | effects that wait or are under way, or are `dead` |
/// | `rebooking_effects_overdue_seconds` | `lane` | how long the longest overdue is due |
/// | `rebooking_malformed_rows` | | rows of the store that make no sense, up to 1000 |
/// | `rebooking_zone_rules` | `source`, `version` | 1: whose rules of time zones are in use |
/// | `rebooking_lane_closed` | `lane` | 1 while the lane's circuit breaker has tripped here |
///
/// Routes are named as they are written in the code, and no label holds a link, a path, an address
/// or a name.
#[derive(Clone, derive_more::Debug)]
pub struct MetricsPage {
    #[debug(skip)]
    render: Arc<dyn Fn() -> String + Send + Sync>,
    is_open: bool,
}

impl MetricsPage {
    /// For whoever shows an access token of support's: the numbers tell how the business goes.
    #[must_use]
    pub fn new(render: impl Fn() -> String + Send + Sync + 'static) -> Self {
        Self { render: Arc::new(render), is_open: false }
    }

    /// For anybody: right where nobody but the host's own watchers reaches the path.
    #[must_use]
    pub fn open(self) -> Self {
        Self { is_open: true, ..self }
    }

    pub(crate) const fn is_open(&self) -> bool {
        self.is_open
    }

    pub(crate) fn render(&self) -> String {
        (self.render)()
    }
}
