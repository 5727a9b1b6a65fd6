//! What a host sets.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use rebooking_core::brand::Brand;
use rebooking_core::link::BaseAddress;

use crate::client_address::TrustedProxies;
use crate::limits::RateLimits;
use crate::origin::WebOrigin;
use crate::page::Templates;
use crate::session::SessionKey;
use crate::sign_in::Authenticator;

/// The settings of the service.
#[derive(Clone)]
pub struct HttpSettings {
    /// Who calls as a partner or as support.
    pub authenticator: Arc<dyn Authenticator>,
    /// Where browsers reach the service, and where the links in mails lead to: its path is the one that the service is mounted under. A
    /// request that changes something is taken from pages of its origin, and from pages at the host that was asked; a page of another
    /// site is refused.
    pub base: BaseAddress,
    /// Whose name, colours and support pages show.
    pub brand: Brand,
    /// What pages are made from.
    pub templates: Templates,
    /// What sign-ins on pages are signed with. Without it each process takes a random one: right for one process whose restart may
    /// sign everybody out. Several servers behind one address need the same.
    pub session_key: Option<SessionKey>,
    /// The longest body that is read, in bytes: 16 KiB.
    pub body_limit: usize,
    /// How long a caller waits for an answer: 20 s. What has begun by then is carried through all the same.
    pub deadline: Duration,
    /// Whose pages may show ours in a frame: nobody's.
    pub embedders: Vec<WebOrigin>,
    /// The proxies that are believed about for whom they ask: none.
    pub proxies: TrustedProxies,
    /// How often somebody may ask.
    pub limits: RateLimits,
}

impl HttpSettings {
    /// The numbers of the design, and somebody who knows the callers.
    #[must_use]
    pub fn new(authenticator: impl Authenticator + 'static) -> Self {
        Self {
            authenticator: Arc::new(authenticator),
            base: BaseAddress::default(),
            brand: Brand::default(),
            templates: Templates::default(),
            session_key: None,
            body_limit: 16 * 1024,
            deadline: Duration::from_secs(20),
            embedders: Vec::new(),
            proxies: TrustedProxies::default(),
            limits: RateLimits::default(),
        }
    }
}

impl fmt::Debug for HttpSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpSettings")
            .field("body_limit", &self.body_limit)
            .field("deadline", &self.deadline)
            .field("base", &self.base)
            .field("proxies", &self.proxies)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}
