//! What a host sets.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::sign_in::Authenticator;

/// The settings of the service.
#[derive(Clone)]
pub struct HttpSettings {
    /// Who calls as a partner or as support.
    pub authenticator: Arc<dyn Authenticator>,
    /// The longest body that is read, in bytes: 16 KiB.
    pub body_limit: usize,
    /// How long a caller waits for an answer: 20 s. What has begun by then is carried through all the same.
    pub deadline: Duration,
}

impl HttpSettings {
    /// The numbers of the design, and somebody who knows the callers.
    #[must_use]
    pub fn new(authenticator: impl Authenticator + 'static) -> Self {
        Self {
            authenticator: Arc::new(authenticator),
            body_limit: 16 * 1024,
            deadline: Duration::from_secs(20),
        }
    }
}

impl fmt::Debug for HttpSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpSettings")
            .field("body_limit", &self.body_limit)
            .field("deadline", &self.deadline)
            .finish_non_exhaustive()
    }
}
