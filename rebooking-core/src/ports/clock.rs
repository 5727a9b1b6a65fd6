//! Time and randomness, so that tests own both.

use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, Utc};

/// The time of what the store does not see: deadlines of calls, pauses of the worker.
#[async_trait]
pub trait Clock: Send + Sync {
    /// The current moment.
    fn now(&self) -> DateTime<Utc>;

    /// Returns once this much time has passed. Dropping it is harmless.
    async fn sleep(&self, time: Duration);
}

/// Bytes that nobody can guess.
pub trait SecretSource: Send + Sync {
    /// Sixteen fresh bytes: the nonce of a link, or the seed of a pause.
    ///
    /// # Errors
    /// [`PortError::Transient`](super::PortError::Transient) when the system has none to give.
    fn bytes(&self) -> Result<[u8; 16], super::PortError>;
}
